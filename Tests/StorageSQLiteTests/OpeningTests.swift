import Conversation
import Foundation
import Storage
import Testing

@testable import StorageSQLite

@Suite("Opening a database")
struct OpeningTests {
  @Test("Folder and files are the owner's alone")
  func rights() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    try await store.probe()
    for suffix in ["", "-wal", ".lock"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.database + suffix)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test("The settings that the promises rest on are in force")
  func settings() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    let found = try await store.writer.perform(.read) { database throws(StoreError) in
      let text: (Row) throws(StoreError) -> String = { row in row.text(0) }
      let connection = database.connection
      return [
        try connection.first("PRAGMA journal_mode", read: text),
        try connection.first("PRAGMA synchronous", read: text),
        try connection.first("PRAGMA secure_delete", read: text),
        try connection.first("PRAGMA foreign_keys", read: text),
      ]
    }
    #expect(found == ["wal", "2", "1", "1"])
  }

  @Test("A second server is refused, an administration is not, and after closing all may")
  func exclusive() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    _ = try await store.admit([entry(1)], now: start)
    let held = try await store.claim(limit: 1, lease: lease(), now: start)
    let ids = held.flatMap(\.entries).map(\.id)
    await #expect(throws: StoreError.self) { _ = try await SQLiteStore.open(path: folder.database) }
    let other = try await SQLiteStore.open(path: folder.database, role: .administration)
    #expect(
      try await other.claim(limit: 1, lease: lease(), now: start) == [], "leases are left alone")
    try await store.quarantine(ids, reason: "poison", telling: nil, now: start)
    #expect(try await other.quarantined(limit: 9).map(\.id) == ids)
    #expect(try await other.retryQuarantined(ids[0], now: start))
    #expect(try await store.claim(limit: 1, lease: lease(), now: start).count == 1)
    await other.close()
    await store.close()
    let again = try await SQLiteStore.open(path: folder.database)
    await again.close()
  }

  @Test("An administration makes no database")
  func administrationWithoutDatabase() async throws {
    let folder = try TemporaryFolder()
    await #expect(throws: StoreError.self) {
      _ = try await SQLiteStore.open(path: folder.database, role: .administration)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.database))
  }

  @Test("What a process that has ended held is free at once")
  func leasesOfTheDead() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    _ = try await store.admit([entry(1), entry(2)], now: start)
    let loaded = try await store.load(address(1))
    let answer = job(loaded.dialogue.id)
    let step = Step(
      expectedVersion: 1, dialogue: loaded.dialogue, outbox: [.answer(answer), send("a")])
    try await store.commit(step, now: start)
    _ = try await store.claim(limit: 9, lease: lease(), now: start)
    _ = try await store.claimAnswers(limit: 9, lease: lease(), now: start)
    _ = try await store.claimSends(limit: 9, lease: lease(), now: start)
    let image = try folder.crashImage()
    let again = try await SQLiteStore.open(path: image.database)
    let works = try await again.claim(limit: 9, lease: lease(), now: start)
    #expect(works.flatMap(\.entries).map(\.attempts) == [2])
    let answers = try await again.claimAnswers(limit: 9, lease: lease(), now: start)
    #expect(answers.map(\.job) == [answer])
    let sends = try await again.claimSends(limit: 9, lease: lease(), now: start)
    #expect(sends.map(\.interrupted) == [true])
  }

  @Test("A database of a newer program is refused, and left alone")
  func newer() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    try await store.execute("PRAGMA user_version = 999")
    await store.close()
    await #expect(throws: StoreError.self) { _ = try await SQLiteStore.open(path: folder.database) }
  }

  @Test("Another program's database is refused, and left alone")
  func foreign() async throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "other.db").path
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let other = try Connection(path: path, busyTimeout: 0)
    try other.execute("CREATE TABLE theirs(id INTEGER)")
    other.close()
    await #expect(throws: StoreError.self) { _ = try await SQLiteStore.open(path: path) }
    let tables = try Connection(path: path, busyTimeout: 0).rows("SELECT name FROM sqlite_schema") {
      (row) throws(StoreError) in row.text(0)
    }
    #expect(tables == ["theirs"])
  }

  @Test("A migration that was cut off is taken again from its beginning")
  func migrationCutOff() async throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "half.db").path
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let killed = try Connection(path: path, busyTimeout: 0)
    try killed.execute("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; \(Schema.migrations[0])")
    killed.close()  // without COMMIT
    let store = try await SQLiteStore.open(path: path)
    #expect(try await store.admit([entry(1)], now: start) == [true])
  }

  @Test("A file that is no database is refused as such")
  func noDatabase() async throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "text.db").path
    let text = String(repeating: "This is no database. ", count: 500)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    do throws(StoreError) {
      _ = try await SQLiteStore.open(path: path)
      Issue.record("it was opened")
    } catch {
      guard case .corrupt = error else {
        Issue.record("\(error)")
        return
      }
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test("A path that can't be used is told")
  func unusablePath() async throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "file").path
    _ = FileManager.default.createFile(atPath: file, contents: nil)
    await #expect(throws: StoreError.self) {
      _ = try await SQLiteStore.open(path: file + "/switchboard.db")
    }
  }
}
