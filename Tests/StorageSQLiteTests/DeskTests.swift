import Conversation
import Foundation
import Gateways
import Storage
import Testing

@testable import StorageSQLite

@Suite("Operators")
struct DeskTests {
  private let desk = ChatID(-5)

  /// A database as the version before operators left it: what it holds reads as before, and goes on.
  @Test("A database without operators keeps what it holds")
  func migration() async throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "old.db").path
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let old = try Connection(path: path, busyTimeout: 0)
    let before = try #require(Schema.migrations.firstIndex(of: Schema.operators))
    for step in Schema.migrations[..<before] { try old.execute(step) }
    try old.execute(
      """
      PRAGMA application_id = \(Schema.applicationID);
      PRAGMA user_version = \(before);
      """)
    let awaited = job(ConversationID(1))
    let dialogue = """
      {"id":1,"state":{"bot":{}},"queue":[],"nextPosition":3,"contextStart":1,"jobs":1,
      "introduced":true,"warnedOfFullContext":false,"recent":[],"reachable":true,
      "topicIsUnnamed":false}
      """
    try old.run(
      "INSERT INTO conversations(bot, chat, topic, person, version, dialogue) VALUES(1,7,0,0,4,?)",
      .blob(Data(dialogue.utf8)))
    try old.execute(
      """
      INSERT INTO messages(conversation, anchor, position, at, speaker, name, language, stopped,
        message_id, delivery, quoted, text)
      VALUES(1, 1, 1, \(start.milliseconds), 7, 'Анна', 'ru', 0, 1, NULL, NULL, 'a'),
        (1, 1, 2, \(start.milliseconds), NULL, NULL, NULL, 0, NULL, 'pending', NULL, 'b');
      """)
    let send = #"{"parts":[{"text":{"_0":{"text":"b","entities":[]}}}],"position":2}"#
    try old.run(
      """
      INSERT INTO sends(conversation, bot, chat, topic, person, not_before, due, parts, position,
        message)
      VALUES(1, 1, 7, 0, 0, 0, 0, 1, 2, ?)
      """, .blob(Data(send.utf8)))
    try old.run(
      """
      INSERT INTO answers(conversation, bot, chat, topic, person, asked_at, due, job_id, job)
      VALUES(1, 1, 7, 0, 0, 0, 0, 1, ?)
      """, .blob(Codec.encode(awaited)))
    old.close()

    let store = try await SQLiteStore.open(path: path)
    let loaded = try await store.load(address(7))
    var expected = Dialogue(id: ConversationID(1))
    expected.nextPosition = Position(3)
    expected.jobs = 1
    expected.introduced = true
    #expect(loaded == StoredDialogue(version: 4, dialogue: expected))
    let said = try await store.transcript(
      ConversationID(1), from: Position(1), through: Position(9), limit: 9)
    let reply = Message(
      position: Position(2), role: .assistant(question: Position(1), stopped: false), text: "b",
      at: start, delivery: .pending)
    #expect(said == [message(1, "a"), reply])
    let work = try await store.claimSends(limit: 9, lease: lease(), now: start)[0]
    #expect(
      work.message == OutboxMessage(parts: [.text(FormattedText("b"))], position: Position(2)))
    try await store.settleSend(work.id, part: 0, .sent(MessageID(3), repeated: false), now: start)
    let jobs = try await store.claimAnswers(limit: 9, lease: lease(), now: start)
    #expect(jobs.map(\.job) == [awaited])
    #expect(try await store.browse(DialogueQuery(state: .bot, limit: 9)).count == 1)
    var waiting = loaded.dialogue
    waiting.state = .waiting(
      HandoffRequest(
        since: start, reason: .words, announcedIn: [desk], lastSign: start, due: start))
    try await store.commit(Step(expectedVersion: 4, dialogue: waiting), now: start)
    #expect(try await store.dueTimers(now: start, limit: 9).map(\.address) == [address(7)])
  }

  @Test("A dialogue that can't be read is told when it is looked for, and left out of lists")
  func unreadableDialogue() async throws {
    let store = try await SQLiteStore.open(path: SQLiteStore.inMemory)
    for chat in Int64(1)...4 { _ = try await store.load(address(chat)) }
    try await store.execute(
      "UPDATE conversations SET dialogue = CAST('[' AS BLOB) WHERE id IN (1, 3)")
    await #expect(throws: StoreError.unreadableDialogue) {
      _ = try await store.find(.conversation(ConversationID(1)))
    }
    let listed = try await store.browse(DialogueQuery(limit: 2))
    #expect(listed.map(\.address) == [address(2), address(4)], "a page is filled up")
  }

  @Test("A message to operators that can't be read ends as undelivered, and the next goes out")
  func unreadableMessage() async throws {
    let store = try await SQLiteStore.open(
      path: SQLiteStore.inMemory, options: .init(recentLimit: 0))
    let loaded = try await store.load(address(1))
    let messages = ["a", "b"].map { words in
      NewOutboxEntry.send(
        OutboxMessage(
          parts: [.text(FormattedText(words))], staff: StaffDestination(chat: desk),
          relay: .toStaff([])))
    }
    try await store.commit(
      Step(expectedVersion: 1, dialogue: loaded.dialogue, outbox: messages), now: start)
    try await store.execute("UPDATE sends SET message = CAST('[' AS BLOB) WHERE id = 1")
    #expect(try await store.claimSends(limit: 9, lease: lease(), now: start) == [])
    #expect(try await store.claimSends(limit: 9, lease: lease(), now: start).count == 1)
  }

  @Test("With the bot answering a dialogue stands in no index for operators")
  func noCost() async throws {
    let store = try await SQLiteStore.open(path: SQLiteStore.inMemory)
    let loaded = try await store.load(address(1))
    try await store.commit(
      Step(expectedVersion: 1, dialogue: loaded.dialogue, outbox: [send("a")]), now: start)
    let indexed = try await store.writer.perform(.read) { database throws(StoreError) in
      try database.connection.first(
        """
        SELECT (SELECT count(*) FROM conversations WHERE coalesce(status, since, operator, timer)
          IS NOT NULL) + (SELECT count(*) FROM sends WHERE desk IS NOT NULL)
        """
      ) { (row) throws(StoreError) in row.integer(0) }
    }
    #expect(indexed == 0)
  }
}
