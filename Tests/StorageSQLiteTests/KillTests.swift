import Conversation
import Foundation
import Storage
import Synchronization
import Testing

@testable import StorageSQLite

/// A process that is killed leaves the database and its log as they stand. A copy of both, taken
/// while operations go on, is such a state; the log is copied last, so that it is never older than
/// the database, and no checkpoint runs in between.
@Suite("Killed at any instant")
struct KillTests {
  @Test("What was acknowledged before is there after", arguments: 0..<5)
  func acknowledged(round: Int) async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(
      path: folder.database, options: .init(checkpointPages: 1_000_000))
    let acknowledged = Acknowledged()
    let images = try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<8 {
        group.addTask {
          for number in 0..<40 {
            let chat = Int64(worker * 1000 + number)
            try await Self.converse(store, chat)
            acknowledged.insert(chat)
          }
        }
      }
      var images: [(known: Set<Int64>, folder: TemporaryFolder)] = []
      for count in 1...4 {
        while acknowledged.chats.count < count * 60 + round { await Task.yield() }
        images.append((acknowledged.chats, try folder.crashImage()))
      }
      try await group.waitForAll()
      return images
    }
    for (known, image) in images {
      try await check(known, image)
    }
  }

  /// An entry comes in, is worked on, and has an outcome.
  private static func converse(_ store: SQLiteStore, _ chat: Int64) async throws {
    _ = try await store.admit([entry(chat, in: chat)], now: start)
    let loaded = try await store.load(address(chat))
    var dialogue = loaded.dialogue
    dialogue.nextPosition = Position(2)
    let step = Step(
      expectedVersion: loaded.version, dialogue: dialogue,
      transcript: [.append(message(1, "text \(chat)"))], outbox: [send("answer \(chat)")])
    try await store.commit(step, now: start)
  }

  /// Every conversation is whole or has not begun; those that were known are whole.
  private func check(_ known: Set<Int64>, _ image: TemporaryFolder) async throws {
    let store = try await SQLiteStore.open(path: image.database)
    let integrity = try await store.writer.perform(.read) { database throws(StoreError) in
      try database.connection.rows("PRAGMA integrity_check") { (row) throws(StoreError) in
        row.text(0)
      }
    }
    #expect(integrity == ["ok"])
    let works = try await store.claim(limit: 10_000, lease: lease(), now: start)
    let admitted = Set(works.map(\.address.chat.rawValue))
    let sends = try await store.claimSends(limit: 10_000, lease: lease(), now: start)
    let sent = Set(sends.map(\.address.chat.rawValue))
    #expect(admitted.isSuperset(of: known))
    #expect(sent.isSuperset(of: known))
    for chat in admitted {
      let dialogue = try await store.load(address(chat)).dialogue
      let transcript = try await store.transcript(
        dialogue.id, from: Position(1), through: Position(9), limit: 9)
      let isWhole = sent.contains(chat)
      #expect(transcript.count == (isWhole ? 1 : 0))
      #expect(dialogue.nextPosition == Position(isWhole ? 2 : 1))
    }
    #expect(sent.isSubset(of: admitted))
    await store.close()
  }
}

/// The conversations whose every operation has returned.
private final class Acknowledged: Sendable {
  private let known = Mutex<Set<Int64>>([])

  var chats: Set<Int64> { known.withLock { $0 } }

  func insert(_ chat: Int64) { known.withLock { _ = $0.insert(chat) } }
}
