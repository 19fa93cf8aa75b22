internal import Conversation
internal import Foundation
internal import Gateways
internal import Storage

/// Dialogues as operators look for them, and what is kept about the operators' work.
extension Database {
  // MARK: Writing dialogues

  /// Writes a dialogue in the place of its version `version`, and the columns that lists and timers
  /// go by; false when there is no such version. With the bot before and after, which is the rule,
  /// the columns are not touched.
  func replace(
    _ dialogue: Dialogue, _ json: Data, version: Int64
  ) throws(StoreError) -> Bool {
    if dialogue.status == .bot {
      let updated = try connection.run(
        """
        UPDATE conversations SET version = version + 1, dialogue = ?3
        WHERE id = ?1 AND version = ?2 AND chat IS NOT NULL AND status IS NULL
        """, .id(dialogue.id), .integer(version), .blob(json))
      if updated == 1 { return true }
    }
    return try connection.run(
      """
      UPDATE conversations SET version = version + 1, dialogue = ?3, status = ?4, since = ?5,
        operator = ?6, timer = ?7
      WHERE id = ?1 AND version = ?2 AND chat IS NOT NULL
      """, .id(dialogue.id), .integer(version), .blob(json), .text(dialogue.storedStatus),
      .time(dialogue.state.since), .id(dialogue.state.holder), .time(dialogue.timer)) == 1
  }

  /// Writes a dialogue whatever its version, which changes.
  func write(_ dialogue: Dialogue) throws(StoreError) {
    try readAgain(.one(dialogue.id))
    try connection.run(
      """
      UPDATE conversations SET version = version + 1, dialogue = ?2, status = ?3, since = ?4,
        operator = ?5, timer = ?6
      WHERE id = ?1
      """, .id(dialogue.id), .blob(Codec.encode(dialogue)), .text(dialogue.storedStatus),
      .time(dialogue.state.since), .id(dialogue.state.holder), .time(dialogue.timer))
  }

  // MARK: Transcripts

  /// What a message of neither the customer nor the model is kept as.
  private enum StoredRole: String {
    case `operator`, note, suggestion, mark
  }

  /// Adds what operators said, or what happened between them and the customer. It is read where it
  /// stands.
  func appendFromDesk(_ message: Message, _ conversation: ConversationID) throws(StoreError) {
    let role: StoredRole
    var person: Operator?
    var name: String?
    switch message.role {
    case .operator(let by): (role, person) = (.operator, by)
    case .note(let by): (role, person) = (.note, by)
    case .suggestion: role = .suggestion
    case .mark(let mark): (role, name) = (.mark, mark.rawValue)
    case .customer, .assistant: preconditionFailure("a message of the dialogue itself")
    }
    try connection.run(
      """
      INSERT INTO messages(conversation, anchor, position, at, name, stopped, message_id, delivery,
        quoted, text, role, operator, source_chat, source_message)
      VALUES(?1, ?2, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
      """, .id(conversation), .id(message.position), .time(message.at),
      .text(person?.name ?? name), .id(message.messageID), .text(message.delivery?.rawValue),
      .text(message.quoted), .text(message.text), .text(role.rawValue), .id(person?.id),
      .id(message.source?.chat), .id(message.source?.id))
  }

  /// The role that was kept in columns.
  static func deskRole(
    _ stored: String, operator id: OperatorID, name: String
  ) throws(StoreError) -> Message.Role {
    switch StoredRole(rawValue: stored) {
    case .operator?: return .operator(Operator(id: id, name: name))
    case .note?: return .note(Operator(id: id, name: name))
    case .suggestion?: return .suggestion
    case .mark?:
      guard let mark = Message.Mark(rawValue: name) else { throw .unreadableTranscript }
      return .mark(mark)
    case nil: throw .unreadableTranscript
    }
  }

  // MARK: Before a person speaks

  /// Takes the model's answers out of the outbox of which nothing may have been sent yet, and tells
  /// the dialogue which.
  func withdrawAnswers(
    of conversation: ConversationID, _ address: ConversationAddress, now: Instant
  ) throws(StoreError) {
    let answers = try connection.rows(
      """
      SELECT id, position FROM sends
      WHERE conversation = ? AND position IS NOT NULL AND desk IS NULL
        AND part = 0 AND sending = 0 AND unknowns = 0 AND repeated = 0
      """, .id(conversation)
    ) { (row) throws(StoreError) in (row.id(0, OutboxID.self), row.id(1, Position.self)) }
    guard !answers.isEmpty else { return }
    for (id, position) in answers {
      try remove(id)
      try setDelivery(.undelivered, conversation, position)
    }
    try promoteHead(address.bot, address.chat)
    try tell(conversation, .answersWithdrawn(answers.map(\.1)), now: now)
  }

  // MARK: Sending again

  /// Puts what could not be delivered for a position, a message and its changes, back into the
  /// outbox, behind all that waits there by now; what of it stands in the chat is not sent twice.
  func resend(
    _ position: Position, _ conversation: ConversationID, _ address: ConversationAddress,
    now: Instant
  ) throws(StoreError) {
    typealias Undelivered = (
      id: OutboxID, part: Int, asker: PersonID?, message: OutboxMessage?, isRepeated: Bool
    )
    let found: [Undelivered] = try connection.rows(
      """
      SELECT id, part, asker, message, repeated FROM undelivered
      WHERE conversation = ? AND position = ? ORDER BY id
      """, .id(conversation), .id(position)
    ) { (row) throws(StoreError) in
      let message = Codec.decode(OutboxMessage.self, row.blob(3))
      return (row.id(0), row.count(1), row.optionalID(2), message, row.flag(4))
    }
    for undelivered in found {
      guard let message = undelivered.message else { continue }
      try connection.run("DELETE FROM undelivered WHERE id = ?", .id(undelivered.id))
      try enqueue(
        EncodedOutboxEntry(.send(message)), conversation, address, for: undelivered.asker,
        now: now)
      try connection.run(
        "UPDATE sends SET part = ?2, repeated = ?3, asked_at = NULL WHERE id = ?1",
        .integer(connection.lastInsertedID), .count(undelivered.part),
        .flag(undelivered.isRepeated))
      try setDelivery(.pending, conversation, position)
    }
  }

  /// Words that could not be delivered are not sent again once a change of them has arrived; files
  /// still may.
  func supersede(by change: OutboxMessage, _ row: SendRow) throws(StoreError) {
    guard case .edit? = change.refersTo, let position = row.position else { return }
    let older = try connection.rows(
      "SELECT id, message FROM undelivered WHERE conversation = ? AND position = ? AND id < ?",
      .id(row.conversation), .id(position), .id(row.id)
    ) { (row) throws(StoreError) in
      (row.id(0, OutboxID.self), Codec.decode(OutboxMessage.self, row.blob(1)))
    }
    for (id, message) in older where message?.hasFiles == false {
      try connection.run("DELETE FROM undelivered WHERE id = ?", .id(id))
    }
  }

  // MARK: The log

  /// Adds to the log.
  func log(_ entry: DeskLogEntry) throws(StoreError) {
    try connection.run(
      "INSERT INTO desk_log(conversation, at, kind) VALUES(?, ?, ?)", .id(entry.conversation),
      .time(entry.at), .blob(Codec.encode(entry.kind)))
  }

  /// An entry of the log, its kind still to be decoded.
  typealias StoredLogEntry = (number: Int64, conversation: ConversationID, at: Instant, kind: Data)

  /// Up to `limit` entries after a number that did not happen before a time, oldest first. A reader
  /// that goes on is past what lies before the time; a new one is led there by an index.
  func deskLog(
    after number: Int64, from: Instant?, limit: Int
  ) throws(StoreError) -> [StoredLogEntry] {
    var number = number
    if let from, number <= 0 {
      let first = try connection.first(
        "SELECT min(id) FROM desk_log WHERE at >= ?", .time(from)
      ) { (row) throws(StoreError) in row.optionalInteger(0) }
      guard let first, let first else { return [] }
      number = first - 1
    }
    return try connection.rows(
      """
      SELECT id, conversation, at, kind FROM desk_log WHERE id > ? AND at >= ? ORDER BY id LIMIT ?
      """, .integer(number), .integer(from?.milliseconds ?? .min), .count(limit)
    ) { (row) throws(StoreError) in (row.integer(0), row.id(1), row.time(2), row.blob(3)) }
  }

  // MARK: The end of it all

  /// Erases what is remembered of a person's own dialogues with operators, and that they were one.
  /// Their topics, which stay where operators read, are remembered as nobody's.
  func eraseDesk(_ person: PersonID, _ own: [ConversationID]) throws(StoreError) {
    for id in own {
      try connection.run("DELETE FROM relays WHERE conversation = ?", .id(id))
      try connection.run("DELETE FROM slots WHERE conversation = ?", .id(id))
      try connection.run(
        """
        INSERT OR IGNORE INTO erased_topics(bot, chat, topic)
        SELECT (SELECT bot FROM conversations WHERE id = ?1), chat, topic
        FROM desk_topics WHERE conversation = ?1
        """, .id(id))
      try connection.run("DELETE FROM desk_topics WHERE conversation = ?", .id(id))
    }
    try connection.run("DELETE FROM operators WHERE id = ?", .id(person))
  }

  /// Forgets up to `limit` relays, and the slots, that are older than a time and of dialogues in
  /// which no person is wanted or there; how many relays there were.
  func removeRelays(before: Instant, limit: Int) throws(StoreError) -> Int {
    try connection.run(
      """
      DELETE FROM slots WHERE at < ? AND conversation NOT IN (
        SELECT id FROM conversations WHERE status IN ('waiting', 'operated'))
      """, .time(before))
    return try connection.run(
      """
      DELETE FROM relays WHERE id IN (
        SELECT id FROM relays WHERE at < ? AND conversation NOT IN (
          SELECT id FROM conversations WHERE status IN ('waiting', 'operated'))
        ORDER BY at LIMIT ?)
      """, .time(before), .count(limit))
  }

  // MARK: Migration of groups

  /// Gives what is known of a staff group to the supergroup that it became: which messages belong
  /// together, messages that refer to it or go there, and who works there.
  func migrateDesk(_ bot: BotID, from: ChatID, to: ChatID) throws(StoreError) {
    try connection.run(
      """
      UPDATE relays SET staff_chat = ?3 WHERE staff_chat = ?2
        AND (SELECT bot FROM conversations WHERE id = conversation) = ?1
      """, .id(bot), .id(from), .id(to))
    try connection.run(
      """
      UPDATE OR REPLACE slots SET chat = ?3 WHERE chat = ?2
        AND (SELECT bot FROM conversations WHERE id = conversation) = ?1
      """, .id(bot), .id(from), .id(to))
    try connection.run(
      """
      UPDATE OR REPLACE desk_topics SET chat = ?3 WHERE chat = ?2
        AND (SELECT bot FROM conversations WHERE id = conversation) = ?1
      """, .id(bot), .id(from), .id(to))
    try connection.run(
      "UPDATE OR REPLACE erased_topics SET chat = ?3 WHERE bot = ?1 AND chat = ?2", .id(bot),
      .id(from), .id(to))
    try connection.run(
      "UPDATE operators SET chat = ?3 WHERE bot = ?1 AND chat = ?2", .id(bot), .id(from), .id(to))
    let sends = try connection.rows(
      "SELECT id FROM sends WHERE desk IS NOT NULL AND bot = ?", .id(bot)
    ) { (row) throws(StoreError) in row.id(0, OutboxID.self) }
    for id in sends {
      guard let message = try readableMessage(id), let moved = message.moved(from, to) else {
        continue
      }
      try connection.run(
        "UPDATE sends SET message = ? WHERE id = ?", .blob(Codec.encode(moved)), .id(id))
      messages[id] = moved
    }
    let dialogues = try connection.rows(
      "SELECT dialogue FROM conversations WHERE bot = ? AND status IS NOT NULL", .id(bot)
    ) { (row) throws(StoreError) in Codec.decode(Dialogue.self, row.blob(0)) }
    for case let dialogue? in dialogues {
      if let moved = dialogue.moved(from, to) { try write(moved) }
    }
  }
}

// MARK: What stands in columns

extension Dialogue {
  /// The status as its column holds it: NULL for the bot.
  var storedStatus: String? { status == .bot ? nil : status.rawValue }
}

extension DialogueState {
  /// Since when a person is wanted or there.
  var since: Instant? {
    switch self {
    case .bot, .closed: nil
    case .waiting(let request): request.since
    case .operated(let assignment): assignment.since
    }
  }

  /// Who holds the dialogue.
  var holder: OperatorID? {
    switch self {
    case .bot, .waiting, .closed: nil
    case .operated(let assignment): assignment.by.id
    }
  }
}

// MARK: Chats that get another number

extension OutboxMessage {
  /// Whether it brings more than words.
  fileprivate var hasFiles: Bool {
    parts.contains { if case .copy = $0 { true } else { false } }
  }

  /// The message with a staff chat's new number; nil when it does not name that chat.
  func moved(_ old: ChatID, _ new: ChatID) -> OutboxMessage? {
    var moved = self
    if staff?.chat == old { moved.staff?.chat = new }
    if case .toCustomer(var source?)? = relay, source.chat == old {
      source.chat = new
      moved.relay = .toCustomer(source)
    }
    switch refersTo {
    case .replyToStaff(var source)? where source.chat == old:
      source.chat = new
      moved.refersTo = .replyToStaff(source)
    case .edit(var source)? where source.chat == old:
      source.chat = new
      moved.refersTo = .edit(source)
    case .replyToCustomer, .replyToStaff, .edit, nil: break
    }
    return moved == self ? nil : moved
  }
}

extension Dialogue {
  /// The dialogue with a staff chat's new number; nil when it does not name that chat.
  func moved(_ old: ChatID, _ new: ChatID) -> Dialogue? {
    var moved = self
    switch state {
    case .waiting(var request):
      request.announcedIn = request.announcedIn.map { $0 == old ? new : $0 }
      moved.state = .waiting(request)
    case .operated(var assignment):
      if assignment.chat == old { assignment.chat = new }
      assignment.readers = assignment.readers.map { $0 == old ? new : $0 }
      moved.state = .operated(assignment)
    case .bot, .closed: break
    }
    moved.desk?.forums = (desk?.forums ?? []).map { $0 == old ? new : $0 }
    if desk?.assistance?.chat == old { moved.desk?.assistance?.chat = new }
    return moved == self ? nil : moved
  }
}

extension StoreError {
  static let unreadableTranscript = StoreError.corrupt("a stored message can't be understood")
}
