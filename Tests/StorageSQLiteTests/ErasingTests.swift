import Conversation
import Foundation
import Gateways
import Storage
import StorageContract
import Testing

@testable import StorageSQLite

@Suite("Erasing")
struct ErasingTests {
  private static let words = "words that nobody may find"
  private static let name = "Name That Nobody May Find"
  private static let file = "file-id-that-nobody-may-find"
  private static let anna = Speaker(id: PersonID(7), name: name, language: .russian)
  private static let boris = Speaker(id: PersonID(8), name: "Борис", language: .russian)

  /// Everywhere a person's words can stand: inbox, quarantine, dialogues, transcripts with pages
  /// that were split, jobs, messages to the person and to operators, undelivered ones, and the log.
  @Test("Nothing that a person wrote is in the files after", arguments: [false, true])
  func noTrace(closed: Bool) async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    for chat in [Int64(7), -1, -2] { try await fill(store, chat) }
    let aside = try await store.claim(limit: 1, lease: lease(), now: start)
    try await store.quarantine(
      aside.flatMap(\.entries).map(\.id), reason: "x", telling: send(Self.words), now: start)
    _ = try await store.claimAnswers(limit: 1, lease: lease(), now: start)
    for taken in try await store.claimSends(limit: 2, lease: lease(), now: start) {
      try await store.settleSend(
        taken, .undelivered(reason: "x", unreachable: false), now: start)
    }
    #expect(try traces(folder, [Self.words, Self.name, Self.file]) > 100, "they are there")

    let command = entry(of: Self.anna, 9000, in: 7)
    _ = try await store.admit([command], now: start)
    let own = try await store.load(address(7))
    try await store.commit(
      Step(
        expectedVersion: own.version, dialogue: Dialogue(id: own.dialogue.id),
        completing: [InboxID(4)], erasing: Self.anna.id), now: start)
    if closed { await store.close() }
    #expect(try traces(folder, [Self.words, Self.name, Self.file]) == 0)
    #expect(try traces(folder, ["the other's"]) > 100, "another person's are still there")
  }

  @Test("What was said long ago is not in the files after")
  func retention() async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    let loaded = try await store.load(address(7))
    try await store.commit(
      Step(
        expectedVersion: 1, dialogue: loaded.dialogue,
        transcript: (1...1500).map { .append(message($0, Self.words)) }), now: start)
    try await store.purge(
      now: start, undeliveredBefore: start, transcriptsBefore: start + .seconds(1))
    #expect(try traces(folder, [Self.words]) == 0)
  }

  @Test("A database of the first version keeps what it holds, and is found by person")
  func migration() async throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "old.db").path
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let old = try Connection(path: path, busyTimeout: 0)
    try old.execute(Schema.migrations[0])
    try old.execute(
      """
      PRAGMA application_id = \(Schema.applicationID);
      PRAGMA user_version = 1;
      INSERT INTO conversations VALUES(1, 1, -5, 0, 0, 1, x'7B'), (2, 1, 7, 0, 0, 1, x'7B');
      INSERT INTO messages VALUES(1, 1, 1, 0, 7, '', 'ru', 0, 1, NULL, NULL, 'a'),
        (1, 1, 2, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, 'b'),
        (2, 1, 1, 0, 7, '', 'ru', 0, 1, NULL, NULL, 'c');
      INSERT INTO sent_messages VALUES(1, -5, 70, 1, 2), (1, -5, 71, 1, NULL);
      """)
    let json = try JSONEncoder().encode(entry(of: Self.anna, 1, in: -5).event)
    for event in [json, Data("[".utf8)] {
      try old.run(
        """
        INSERT INTO inbox(bot, chat, topic, person, received_at, not_before, event)
        VALUES(1, -5, 0, 0, 0, 0, ?)
        """, .blob(event))
    }
    old.close()
    let store = try await SQLiteStore.open(path: path)
    let found = try await store.writer.perform(.read) { database throws(StoreError) in
      let number: (Row) throws(StoreError) -> Int64? = { row in row.optionalInteger(0) }
      return [
        try database.connection.rows("SELECT member FROM messages ORDER BY text", read: number),
        try database.connection.rows("SELECT message_id FROM sent_messages", read: number),
        try database.connection.rows("SELECT writer FROM inbox ORDER BY id", read: number),
      ]
    }
    #expect(found == [[7, nil, nil], [70], [7, nil]])
  }

  private func entry(of speaker: Speaker, _ number: Int64, in chat: Int64) -> NewInboxEntry {
    let isAnna = speaker == Self.anna
    let message = InboundMessage(
      chat: ChatID(chat), isPrivate: chat > 0, id: MessageID(number), speaker: speaker, date: start,
      text: isAnna ? Self.words : "the other's", addressee: .bot,
      attachment: Attachment(.photo, fileID: isAnna ? Self.file : "f"))
    return NewInboxEntry(
      sourceKeys: ["\(number)"], address: address(chat),
      event: .update(InboundUpdate(id: number, kind: .message(message))), notBefore: start)
  }

  /// Two people talk by turns, with texts of many lengths; in a private chat there is only one.
  private func fill(_ store: SQLiteStore, _ chat: Int64) async throws {
    _ = try await store.admit([entry(of: Self.anna, chat, in: chat)], now: start)
    for round in Int64(0)..<40 {
      let loaded = try await store.load(address(chat))
      var dialogue = loaded.dialogue
      var transcript: [Step.TranscriptChange] = []
      for number in Int64(1)...10 {
        let position = Position(round * 10 + number)
        let speaker = chat > 0 || number.isMultiple(of: 2) ? Self.anna : Self.boris
        let words = speaker == Self.anna ? Self.words : "the other's"
        let repetitions = Int((round * 7 + number * 13) % 90) + 1
        transcript.append(
          .append(
            Message(
              position: position, role: .customer(speaker),
              text: String(repeating: words, count: repetitions), messageID: MessageID(number),
              at: start)))
      }
      let question = Question(
        position: Position(round), messageID: MessageID(1), person: Self.anna.id,
        language: .russian, at: start, isPrivate: chat > 0,
        attachments: [Attachment(.photo, fileID: Self.file)])
      dialogue.lastAnswered = Answered(questions: [question], answer: nil, at: start)
      dialogue.queue = [question]
      let job = AnswerJob(
        id: AnswerJobID(conversation: dialogue.id, ordinal: round), questions: [question],
        contextStart: Position(1))
      try await store.commit(
        Step(
          expectedVersion: loaded.version, dialogue: dialogue, transcript: transcript,
          outbox: [.answer(job)] + (chat > 0 ? [send(Self.words), toStaff(Self.words)] : [])),
        now: start)
    }
  }

  private func toStaff(_ text: String) -> NewOutboxEntry {
    .send(
      OutboxMessage(
        parts: [.text(FormattedText(text))], staff: StaffDestination(chat: ChatID(-500)),
        relay: .toStaff([])))
  }

  /// How often the texts stand in the database and its log.
  private func traces(_ folder: TemporaryFolder, _ texts: [String]) throws -> Int {
    var count = 0
    for suffix in ["", "-wal"]
    where FileManager.default.fileExists(atPath: folder.database + suffix) {
      let bytes = try Data(contentsOf: URL(filePath: folder.database + suffix))
      for text in texts { count += occurrences(of: text, in: bytes) }
    }
    return count
  }

  private func occurrences(of text: String, in bytes: Data) -> Int {
    let wanted = Array(text.utf8)
    return unsafe bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      var count = 0
      var offset = 0
      while offset + wanted.count <= bytes.count,
        let found = unsafe memchr(
          start + offset, Int32(wanted[0]), bytes.count - wanted.count - offset + 1)
      {
        if unsafe memcmp(found, wanted, wanted.count) == 0 { count += 1 }
        offset = unsafe UnsafeRawPointer(found) - start + 1
      }
      return count
    }
  }
}
