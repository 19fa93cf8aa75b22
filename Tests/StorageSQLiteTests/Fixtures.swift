import Conversation
import Foundation
import Gateways
import Storage

@testable import StorageSQLite

let start = Instant(seconds: 1_800_000_000)

func address(_ chat: Int64) -> ConversationAddress {
  ConversationAddress(bot: BotID(1), chat: ChatID(chat))
}

func lease(until seconds: Int64 = 60) -> Lease {
  Lease(owner: "a", until: start + .seconds(seconds))
}

func entry(_ number: Int64, in chat: Int64 = 1, text: String = "событие") -> NewInboxEntry {
  NewInboxEntry(
    sourceKeys: ["update:\(number)"], address: address(chat),
    event: .update(InboundUpdate(id: number, kind: .ignored(kind: text))), notBefore: start)
}

func send(
  _ text: String, position: Position? = nil, replaces: Position? = nil
) -> NewOutboxEntry {
  .send(
    OutboxMessage(parts: [.text(FormattedText(text))], position: position, replaces: replaces))
}

func message(_ position: Int64, _ text: String) -> Message {
  let speaker = Speaker(id: PersonID(7), name: "Анна", language: .russian)
  return Message(
    position: Position(position), role: .customer(speaker), text: text,
    messageID: MessageID(position), at: start)
}

func job(_ conversation: ConversationID) -> AnswerJob {
  AnswerJob(
    id: AnswerJobID(conversation: conversation, ordinal: 1),
    questions: [
      Question(
        position: Position(1), messageID: MessageID(1), person: PersonID(7), language: .russian,
        at: start, isPrivate: true)
    ], contextStart: Position(1))
}

/// A folder that ends with its test; in memory where the system offers that, for there a sync takes
/// no time, however busy the disk is.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    let memory = URL(filePath: "/dev/shm")
    let parent =
      FileManager.default.isWritableFile(atPath: memory.path)
      ? memory : FileManager.default.temporaryDirectory
    url = parent.appending(path: "switchboard-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var database: String { url.appending(path: "data/switchboard.db").path }

  /// Copies the database as it stands, with its log: what a killed process leaves behind.
  func crashImage() throws -> TemporaryFolder {
    let image = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: image.url.appending(path: "data"), withIntermediateDirectories: true)
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: database + suffix) {
      try FileManager.default.copyItem(atPath: database + suffix, toPath: image.database + suffix)
    }
    return image
  }
}

extension SQLiteStore {
  /// Runs SQL on the store's own connection.
  func execute(_ sql: String) async throws {
    try await writer.perform(.write) { database throws(StoreError) in
      try database.connection.execute(sql)
    }
  }

  /// Holds the thread until `release` is signalled, so that what is asked for meanwhile becomes
  /// one group. Returns when the thread stands.
  func pause() async -> DispatchSemaphore {
    let release = DispatchSemaphore(value: 0)
    await withCheckedContinuation { standing in
      writer.enqueue(
        Pause {
          standing.resume()
          release.wait()
        })
    }
    return release
  }

  /// Waits until `count` operations wait.
  func waiting(for count: Int) async {
    while writer.waitingCount < count { await Task.yield() }
  }
}

/// An operation that only holds up the thread.
private struct Pause: StorageSQLite.Operation {
  let hold: @Sendable () -> Void
  let access = Access.read

  init(hold: @escaping @Sendable () -> Void) { self.hold = hold }

  func run(on database: Database) -> StoreError? {
    hold()
    return nil
  }

  func finish(_ error: StoreError?) {}
}
