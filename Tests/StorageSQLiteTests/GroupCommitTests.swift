import Conversation
import Dispatch
import Storage
import Testing

@testable import StorageSQLite

@Suite("Group commit")
struct GroupCommitTests {
  @Test("What waits at one time shares one transaction and one sync")
  func shared() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    let before = store.statistics
    let release = await store.pause()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<64 {
        group.addTask { _ = try await store.admit([entry(Int64(number))], now: start) }
      }
      await store.waiting(for: 64)
      release.signal()
      try await group.waitForAll()
    }
    #expect(store.statistics.transactions - before.transactions == 1)
    #expect(store.statistics.syncs - before.syncs == 1)
    #expect(try await store.figures().inboxDepth == 64)
  }

  @Test("Claims alone do not wait for the disk; claims of messages do")
  func claims() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    _ = try await store.admit([entry(1)], now: start)
    let loaded = try await store.load(address(1))
    try await store.commit(
      Step(expectedVersion: 1, dialogue: loaded.dialogue, outbox: [send("a")]), now: start)
    let before = store.statistics.syncs
    #expect(try await store.claim(limit: 1, lease: lease(), now: start).count == 1)
    #expect(store.statistics.syncs == before)
    #expect(try await store.claimSends(limit: 1, lease: lease(), now: start).count == 1)
    #expect(store.statistics.syncs == before + 1)
  }

  /// The failing steps fail after they have written, in the middle of the group.
  @Test("One that fails takes nothing with it, and leaves nothing", arguments: [0, 5, 9])
  func isolation(position: Int) async throws {
    let store = try await SQLiteStore.open(path: SQLiteStore.inMemory)
    var loaded: [StoredDialogue] = []
    for number in 0..<10 { loaded.append(try await store.load(address(Int64(number)))) }
    let release = await store.pause()
    let failures = try await withThrowingTaskGroup(of: Int?.self) { group in
      for (number, stored) in loaded.enumerated() {
        group.addTask {
          var dialogue = stored.dialogue
          dialogue.introduced = true
          let step = Step(
            expectedVersion: stored.version, dialogue: dialogue,
            transcript: [.append(message(1, "text \(number)"))], outbox: [send("\(number)")],
            completing: number == position ? [InboxID(99)] : [])
          do throws(StoreError) {
            try await store.commit(step, now: start)
            return nil
          } catch {
            #expect(error == .conflict)
            return number
          }
        }
        await store.waiting(for: number + 1)
      }
      release.signal()
      return try await group.reduce(into: [Int]()) { if let number = $1 { $0.append(number) } }
    }
    #expect(failures == [position])
    #expect(try await store.figures().outboxDepth == 9)
    for (number, stored) in loaded.enumerated() {
      let now = try await store.load(address(Int64(number)))
      #expect(now.dialogue.introduced == (number != position))
      #expect(now.version == (number == position ? 1 : 2))
      let transcript = try await store.transcript(
        stored.dialogue.id, from: Position(1), through: Position(9), limit: 9)
      #expect(transcript.count == (number == position ? 0 : 1))
    }
  }

  @Test("A full queue refuses, and works again when there is room")
  func bounded() async throws {
    let store = try await SQLiteStore.open(
      path: SQLiteStore.inMemory, options: .init(queueLimit: 4))
    let release = await store.pause()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<4 {
        group.addTask { _ = try await store.admit([entry(Int64(number))], now: start) }
      }
      await store.waiting(for: 4)
      await #expect(throws: StoreError.self) { try await store.probe() }
      release.signal()
      try await group.waitForAll()
    }
    try await store.probe()
    #expect(try await store.figures().inboxDepth == 4)
  }

  @Test("What was asked for before closing is done")
  func closing() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    let release = await store.pause()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { _ = try await store.admit([entry(1)], now: start) }
      await store.waiting(for: 1)
      group.addTask { await store.close() }
      release.signal()
      try await group.waitForAll()
    }
    let again = try await SQLiteStore.open(path: folder.database)
    #expect(try await again.figures().inboxDepth == 1)
  }
}
