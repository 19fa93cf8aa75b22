import Conversation
import Foundation
import Gateways
import Storage
import StorageContract
import Testing

@testable import StorageSQLite

@Suite("Trouble with the database")
struct TroubleTests {
  /// Says whether an operation failed because the store can't be written.
  private func isUnavailable(_ operation: () async throws -> Void) async -> Bool {
    do {
      try await operation()
      return false
    } catch StoreError.unavailable {
      return true
    } catch {
      return false
    }
  }

  @Test("When the disk is full operations fail, nothing is lost, and it goes on by itself")
  func diskFull() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database, options: .init(pageLimit: 120))
    let text = String(repeating: "x", count: 4000)
    var admitted: Int64 = 0
    while true {
      let next = entry(admitted + 1, in: admitted + 1, text: text)
      if await isUnavailable({ _ = try await store.admit([next], now: start) }) { break }
      admitted += 1
      try #require(admitted < 1000)
    }
    #expect(admitted > 10)
    #expect(try await store.figures().inboxDepth == Int(admitted), "reading goes on")
    #expect(await isUnavailable { _ = try await store.admit([entry(-1, text: text)], now: start) })
    try await store.execute("PRAGMA max_page_count = 100000")
    let again = try await store.admit([entry(admitted + 1, text: text)], now: start)
    #expect(again == [true], "what failed was not remembered as seen")
    #expect(try await store.figures().inboxDepth == Int(admitted) + 1)
  }

  @Test("When another program locks the database operations fail in bounded time, and go on after")
  func locked() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(
      path: folder.database, options: .init(busyTimeout: .milliseconds(20)))
    let other = try Connection(path: folder.database, busyTimeout: 0)
    try other.execute("BEGIN IMMEDIATE")
    #expect(await isUnavailable { _ = try await store.admit([entry(1)], now: start) })
    #expect(try await store.figures().inboxDepth == 0, "reading goes on")
    try other.execute("ROLLBACK")
    #expect(try await store.admit([entry(1)], now: start) == [true])
  }

  @Test("A damaged database is told as such")
  func damaged() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    for number in 0..<200 { _ = try await store.admit([entry(Int64(number))], now: start) }
    await store.close()
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.database))
    try file.seek(toOffset: 4096)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 200_000))
    try file.close()
    do throws(StoreError) {
      let damaged = try await SQLiteStore.open(path: folder.database)
      _ = try await damaged.claim(limit: 9, lease: lease(), now: start)
      Issue.record("nothing was noticed")
    } catch {
      guard case .corrupt = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test("An event that can't be read goes into quarantine by itself; the next is worked on")
  func unreadableEvent() async throws {
    let store = try await SQLiteStore.open(
      path: SQLiteStore.inMemory, options: .init(recentLimit: 0))
    _ = try await store.admit([entry(1), entry(2)], now: start)
    _ = try await store.admit([entry(3, in: 2)], now: start)
    try await store.execute(
      "UPDATE inbox SET event = CAST('{\"later\":{}}' AS BLOB) WHERE id IN (1, 3)")
    #expect(try await store.claim(limit: 9, lease: lease(), now: start) == [])
    #expect(try await store.quarantined(limit: 9).map(\.id) == [InboxID(1), InboxID(3)])
    let works = try await store.claim(limit: 9, lease: lease(), now: start)
    #expect(works.flatMap(\.entries).map(\.id) == [InboxID(2)])
  }

  @Test("Outbox rows that can't be read end: the job as failed, the message as undelivered")
  func unreadableOutbox() async throws {
    let store = try await SQLiteStore.open(
      path: SQLiteStore.inMemory, options: .init(recentLimit: 0))
    let loaded = try await store.load(address(1))
    let answer = job(loaded.dialogue.id)
    try await store.commit(
      Step(
        expectedVersion: 1, dialogue: loaded.dialogue, outbox: [.answer(answer), send("a")]),
      now: start)
    try await store.execute("UPDATE answers SET job = CAST('[' AS BLOB) WHERE id = 1")
    try await store.execute("UPDATE sends SET message = CAST('[' AS BLOB) WHERE id = 1")
    #expect(try await store.claimAnswers(limit: 9, lease: lease(), now: start) == [])
    #expect(try await store.claimSends(limit: 9, lease: lease(), now: start) == [])
    let works = try await store.claim(limit: 9, lease: lease(), now: start)
    #expect(
      works.flatMap(\.entries).map(\.event)
        == [.answer(.failed(job: answer.id, .couldNotAnswer))])
    #expect(try await store.figures().outboxDepth == 0)
  }

  @Test("A dialogue that can't be read fails alone")
  func unreadableDialogue() async throws {
    let store = try await SQLiteStore.open(
      path: SQLiteStore.inMemory, options: .init(recentLimit: 0))
    _ = try await store.load(address(1))
    _ = try await store.load(address(2))
    try await store.execute(
      "UPDATE conversations SET dialogue = CAST('[' AS BLOB), version = 2 WHERE id = 1")
    await #expect(throws: StoreError.unreadableDialogue) { _ = try await store.load(address(1)) }
    #expect(try await store.load(address(2)).version == 1)
  }

  @Test("What was deleted or corrected is not in the file any more")
  func secureDelete() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    let secret = "a secret that nobody may find"
    _ = try await store.admit([entry(1, text: secret)], now: start)
    let work = try await store.claim(limit: 1, lease: lease(), now: start)
    let loaded = try await store.load(address(1))
    try await store.commit(
      Step(
        expectedVersion: 1, dialogue: loaded.dialogue, transcript: [.append(message(1, secret))],
        outbox: [send(secret)]), now: start)
    let sent = try await store.claimSends(limit: 1, lease: lease(), now: start)
    try await store.settleSend(sent[0], .sent(MessageID(2), repeated: false), now: start)
    try await store.commit(
      Step(
        expectedVersion: 2, dialogue: loaded.dialogue,
        transcript: [.correct(MessageID(1), text: "changed")],
        completing: work.flatMap(\.entries).map(\.id)), now: start)
    await store.close()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/data") {
      let bytes = try Data(contentsOf: folder.url.appending(path: "data/\(name)"))
      #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)")
    }
  }
}
