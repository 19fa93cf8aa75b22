internal import Conversation
internal import Foundation
internal import Storage

/// A step with what it writes already encoded.
struct EncodedStep: Sendable {
  var step: Step
  var dialogue: Data
  var outbox: [EncodedOutboxEntry]

  init(_ step: Step) {
    self.step = step
    dialogue = Codec.encode(step.dialogue)
    outbox = step.outbox.map { EncodedOutboxEntry($0) }
  }
}

extension Database {
  // MARK: Loading

  /// The dialogue at an address, still to be decoded, with its version; nil when there is none yet.
  func load(
    _ address: ConversationAddress
  ) throws(StoreError) -> (version: Int64, json: Data)? {
    try connection.first(
      """
      SELECT version, dialogue FROM conversations
      WHERE bot = ? AND chat = ? AND topic = ? AND person = ?
      """, address.botValue, address.chatValue, address.topicValue, address.personValue
    ) { (row) throws(StoreError) in (row.integer(0), row.blob(1)) }
  }

  /// The dialogue at an address; a new one when there is none yet.
  func loadOrMake(_ address: ConversationAddress) throws(StoreError) -> StoredDialogue {
    if let (version, json) = try load(address) {
      guard let dialogue = Codec.decode(Dialogue.self, json) else { throw .unreadableDialogue }
      return StoredDialogue(version: version, dialogue: dialogue)
    }
    try connection.run(
      """
      INSERT INTO conversations(bot, chat, topic, person, version, dialogue)
      VALUES(?, ?, ?, ?, 1, x'')
      """, address.botValue, address.chatValue, address.topicValue, address.personValue)
    var dialogue = Dialogue(id: ConversationID(connection.lastInsertedID))
    for other in try others(of: address) { dialogue.inheritBan(from: other) }
    try connection.run(
      "UPDATE conversations SET dialogue = ? WHERE id = ?", .blob(Codec.encode(dialogue)),
      .id(dialogue.id))
    addresses[dialogue.id] = address
    let stored = StoredDialogue(version: 1, dialogue: dialogue)
    changedDialogues.append((address, stored))
    return stored
  }

  /// The dialogues that the bot has with the person of a private chat; each topic has its own.
  private func others(of address: ConversationAddress) throws(StoreError) -> [Dialogue] {
    guard address.chat.rawValue > 0 else { return [] }
    return try connection.rows(
      "SELECT dialogue FROM conversations WHERE bot = ? AND chat = ? AND version > 1",
      address.botValue, address.chatValue
    ) { (row) throws(StoreError) in Codec.decode(Dialogue.self, row.blob(0)) }.compactMap(\.self)
  }

  /// Has dialogues read from the database when they are loaded next.
  func readAgain(_ conversations: Conversations) throws(StoreError) {
    let read: (Row) throws(StoreError) -> RecentDialogues.Change = { row in (row.address(0), nil) }
    switch conversations {
    case .one(let id):
      changedDialogues += try connection.rows(
        "SELECT bot, chat, topic, person FROM conversations WHERE id = ?", .id(id), read: read)
    case .all(let chat, let bot):
      changedDialogues += try connection.rows(
        "SELECT bot, chat, topic, person FROM conversations WHERE bot = ? AND chat = ?",
        .id(bot), .id(chat), read: read)
    }
  }

  /// Which dialogues are meant.
  enum Conversations {
    case one(ConversationID)
    case all(in: ChatID, of: BotID)
  }

  /// The conversation at an address, whether or not its dialogue can be read; a new one when there
  /// is none yet.
  func conversation(at address: ConversationAddress) throws(StoreError) -> ConversationID {
    let found = try connection.first(
      "SELECT id FROM conversations WHERE bot = ? AND chat = ? AND topic = ? AND person = ?",
      address.botValue, address.chatValue, address.topicValue, address.personValue
    ) { (row) throws(StoreError) in row.id(0, ConversationID.self) }
    if let found { return found }
    return try loadOrMake(address).dialogue.id
  }

  // MARK: Steps

  /// Commits a step.
  func commit(_ encoded: EncodedStep, now: Instant) throws(StoreError) {
    let step = encoded.step
    let id = step.dialogue.id
    let isCurrent = try replace(step.dialogue, encoded.dialogue, version: step.expectedVersion)
    guard isCurrent, let address = try address(of: id) else {
      try readAgain(.one(id))
      throw .conflict
    }
    if let person = step.erasing { try erase(person, by: step, now: now) }
    let writer = try complete(step.completing)
    for change in step.transcript { try apply(change, id, address) }
    if step.withdrawsAnswers { try withdrawAnswers(of: id, address, now: now) }
    for position in step.resending { try resend(position, id, address, now: now) }
    for entry in encoded.outbox { try enqueue(entry, id, address, for: writer, now: now) }
    for (job, interruption) in step.interruptions {
      try interrupt(job, interruption, now: now)
    }
    for entry in step.log { try log(entry) }
    changedDialogues.append(
      (address, StoredDialogue(version: step.expectedVersion + 1, dialogue: step.dialogue)))
  }

  /// The address of a conversation. It changes only with a group's migration, so the one that was
  /// read last holds until then.
  func address(of id: ConversationID) throws(StoreError) -> ConversationAddress? {
    if let known = addresses[id] { return known }
    let found = try connection.first(
      "SELECT bot, chat, topic, person FROM conversations WHERE id = ? AND chat IS NOT NULL",
      .id(id)
    ) { (row) throws(StoreError) in row.address(0) }
    addresses[id] = found
    return found
  }

  private func apply(
    _ change: Step.TranscriptChange, _ conversation: ConversationID,
    _ address: ConversationAddress
  ) throws(StoreError) {
    switch change {
    case .append(let message):
      try append(message, conversation, isGroup: address.chat.rawValue < 0)
    case .correct(let messageID, let text):
      try connection.run(
        "UPDATE messages SET text = ?3 WHERE conversation = ?1 AND message_id = ?2",
        .id(conversation), .id(messageID), .text(text))
    case .correctSource(let source, let text):
      // Few messages of one dialogue are operators'; no index is worth it.
      try connection.run(
        """
        UPDATE messages SET text = ?4
        WHERE conversation = ?1 AND source_chat = ?2 AND source_message = ?3
        """, .id(conversation), .id(source.chat), .id(source.id), .text(text))
    case .remove(let position):
      try remove(position, conversation)
    case .removeAll(let position):
      try connection.run(
        "DELETE FROM messages WHERE conversation = ?1 AND anchor < ?2", .id(conversation),
        .id(position))
    }
  }

  /// Takes a message out. What was sent of it stays known, for the message that comes in its place.
  /// One with a question is found by the index of answers.
  private func remove(
    _ position: Position, _ conversation: ConversationID
  ) throws(StoreError) {
    let removed = try connection.run(
      "DELETE FROM messages WHERE conversation = ?1 AND position = ?2 AND anchor <> position",
      .id(conversation), .id(position))
    guard removed == 0 else { return }
    try connection.run(
      "DELETE FROM messages WHERE conversation = ?1 AND anchor = ?2 AND position = ?2",
      .id(conversation), .id(position))
  }

  private func append(
    _ message: Message, _ conversation: ConversationID, isGroup: Bool
  ) throws(StoreError) {
    let anchor: Position
    let speaker: Speaker?
    let isStopped: Bool
    switch message.role {
    case .customer(let person): (anchor, speaker, isStopped) = (message.position, person, false)
    case .assistant(let question, let stopped):
      (anchor, speaker, isStopped) = (question, nil, stopped)
    case .operator, .note, .suggestion, .mark:
      return try appendFromDesk(message, conversation)
    }
    try connection.run(
      """
      INSERT INTO messages(conversation, anchor, position, at, speaker, name, language, stopped,
        message_id, delivery, quoted, text, member)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .id(conversation), .id(anchor), .id(message.position), .time(message.at),
      .id(speaker?.id), .text(speaker?.name), .text(speaker?.language.rawValue), .flag(isStopped),
      .id(message.messageID), .text(message.delivery?.rawValue), .text(message.quoted),
      .text(message.text), .id(isGroup ? speaker?.id : nil))
  }

  // MARK: Transcripts

  /// A stretch of a transcript: a row value compares first the anchor, then the position, so what
  /// is anchored at `through` is only the message that stands there itself.
  func transcript(
    _ conversation: ConversationID, from: Position, through: Position, limit: Int
  ) throws(StoreError) -> [Message] {
    let newestFirst = try connection.rows(
      """
      SELECT anchor, position, at, speaker, name, language, stopped, message_id, delivery, quoted,
        text, role, operator, source_chat, source_message
      FROM messages
      WHERE conversation = ?1 AND anchor >= ?2 AND (anchor, position) <= (?3, ?3)
      ORDER BY anchor DESC, position DESC LIMIT ?4
      """, .id(conversation), .id(from), .id(through), .count(limit), read: Self.message)
    return newestFirst.reversed()
  }

  private static func message(_ row: Row) throws(StoreError) -> Message {
    let role: Message.Role =
      if let person = row.optionalID(3, PersonID.self) {
        .customer(
          Speaker(
            id: person, name: row.text(4),
            language: Language(rawValue: row.text(5)) ?? Language(tag: nil)))
      } else if row.isNull(11) {
        .assistant(question: row.id(0), stopped: row.flag(6))
      } else {
        try deskRole(row.text(11), operator: row.id(12), name: row.text(4))
      }
    let source = row.optionalID(13, ChatID.self).map { StaffMessage(chat: $0, id: row.id(14)) }
    return Message(
      position: row.id(1), role: role, text: row.text(10), quoted: row.optionalText(9),
      messageID: row.optionalID(7), source: source, at: row.time(2),
      delivery: row.optionalText(8).flatMap { Message.Delivery(rawValue: $0) })
  }

  /// Records what became of a message. One with a question is found by the index of answers. That
  /// it may have come twice stays known when a change of it arrives.
  func setDelivery(
    _ delivery: Message.Delivery, _ conversation: ConversationID, _ position: Position
  ) throws(StoreError) {
    let changed = try connection.run(
      """
      UPDATE messages SET delivery = ?3
      WHERE conversation = ?1 AND position = ?2 AND anchor <> position
      """, .id(conversation), .id(position), .text(delivery.rawValue))
    guard changed == 0 else { return }
    try connection.run(
      """
      UPDATE messages SET delivery = ?3
      WHERE conversation = ?1 AND anchor = ?2 AND position = ?2
        AND NOT (?3 = 'delivered' AND delivery IS 'repeated')
      """, .id(conversation), .id(position), .text(delivery.rawValue))
  }

  // MARK: Migration of groups

  func remember(_ old: ChatID, movedTo new: ChatID) throws(StoreError) {
    try connection.run(
      "INSERT OR REPLACE INTO moved_chats(old, new) VALUES (?, ?)", .id(old), .id(new))
    // What is moved to is where it is.
    try connection.run("DELETE FROM moved_chats WHERE old = ?", .id(new))
  }

  /// The newest id of a chat, which may have moved more than once.
  func newestID(of chat: ChatID) throws(StoreError) -> ChatID {
    var newest = chat
    while let next = try connection.first(
      "SELECT new FROM moved_chats WHERE old = ?", .id(newest),
      read: { (row) throws(StoreError) in row.id(0, ChatID.self) })
    {
      newest = next
    }
    return newest
  }

  /// Gives the conversations of a group to the supergroup that it became. One that the supergroup
  /// already has at the same place loses its address; its version changes, so that a step which
  /// was begun on it can't be committed.
  func migrateConversations(_ bot: BotID, from: ChatID, to: ChatID) throws(StoreError) {
    addresses.removeAll()
    try readAgain(.all(in: from, of: bot))
    try readAgain(.all(in: to, of: bot))
    try connection.run(
      """
      UPDATE conversations AS newer SET chat = NULL, version = version + 1, status = NULL,
        since = NULL, operator = NULL, timer = NULL
      WHERE bot = ?1 AND chat = ?3 AND EXISTS(
        SELECT 1 FROM conversations AS older
        WHERE older.bot = ?1 AND older.chat = ?2 AND older.topic = newer.topic
          AND older.person = newer.person)
      """, .id(bot), .id(from), .id(to))
    try connection.run(
      "UPDATE conversations SET chat = ?3 WHERE bot = ?1 AND chat = ?2", .id(bot), .id(from),
      .id(to))
  }
}

extension StoreError {
  static let unreadableDialogue = StoreError.corrupt("a stored dialogue can't be read")
}
