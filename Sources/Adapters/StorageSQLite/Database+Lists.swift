internal import Conversation
internal import Foundation
internal import Storage

/// A dialogue of a list, still to be decoded.
struct ListedDialogue: Sendable {
  var id: ConversationID
  var address: ConversationAddress
  var dialogue: Data
  var customer: Speaker?
}

/// A dialogue that was found, still to be decoded.
struct LocatedDialogue: Sendable {
  var address: ConversationAddress
  var version: Int64
  var dialogue: Data
}

/// Dialogues found by what operators know of them, in lists, and by their timers. One that was closed
/// off by the merging of two chats is not among them.
extension Database {
  // MARK: One

  /// The dialogue that a key leads to.
  func find(_ key: DialogueKey) throws(StoreError) -> LocatedDialogue? {
    let id: ConversationID? =
      switch key {
      case .conversation(let id): id
      case .staffMessage(let bot, let message): try conversation(of: message, bot)
      case .staffTopic(let bot, let chat, let topic): try conversation(of: topic, in: chat, bot)
      case .chat(let bot, let chat): try conversation(in: chat, bot)
      }
    guard let id else { return nil }
    return try connection.first(
      """
      SELECT bot, chat, topic, person, version, dialogue FROM conversations
      WHERE id = ? AND chat IS NOT NULL
      """, .id(id)
    ) { (row) throws(StoreError) in
      LocatedDialogue(address: row.address(0), version: row.integer(4), dialogue: row.blob(5))
    }
  }

  /// The numbers of messages in a person's chat are each bot's own, so the dialogue must be its.
  private func conversation(
    of message: StaffMessage, _ bot: BotID
  ) throws(StoreError) -> ConversationID? {
    let related = try connection.first(
      """
      SELECT conversation FROM relays WHERE staff_chat = ?1 AND staff_message = ?2
        AND (SELECT bot FROM conversations WHERE id = conversation) = ?3
      ORDER BY id DESC LIMIT 1
      """, .id(message.chat), .id(message.id), .id(bot)
    ) { (row) throws(StoreError) in row.id(0, ConversationID.self) }
    if let related { return related }
    return try connection.first(
      """
      SELECT conversation FROM slots WHERE chat = ?1 AND message_id = ?2
        AND (SELECT bot FROM conversations WHERE id = conversation) = ?3
      LIMIT 1
      """, .id(message.chat), .id(message.id), .id(bot)
    ) { (row) throws(StoreError) in row.id(0) }
  }

  private func conversation(
    of topic: TopicID, in chat: ChatID, _ bot: BotID
  ) throws(StoreError) -> ConversationID? {
    try connection.first(
      """
      SELECT conversation FROM desk_topics WHERE chat = ?1 AND topic = ?2
        AND (SELECT bot FROM conversations WHERE id = conversation) = ?3
      LIMIT 1
      """, .id(chat), .id(topic), .id(bot)
    ) { (row) throws(StoreError) in row.id(0) }
  }

  /// The newest message has the greatest anchor, except for late answers, which nobody wrote.
  private func conversation(in chat: ChatID, _ bot: BotID) throws(StoreError) -> ConversationID? {
    try connection.first(
      """
      SELECT id FROM conversations WHERE bot = ? AND chat = ?
      ORDER BY topic <> 0 OR person <> 0, (
          SELECT at FROM messages WHERE conversation = conversations.id
          ORDER BY anchor DESC, position DESC LIMIT 1
        ) DESC, id DESC
      LIMIT 1
      """, .id(bot), .id(chat)
    ) { (row) throws(StoreError) in row.id(0) }
  }

  // MARK: Lists

  /// The dialogues that a query asks for, in its order.
  func browse(_ query: DialogueQuery) throws(StoreError) -> [ListedDialogue] {
    var found: [ListedDialogue] =
      switch query.state {
      case .waiting?, .operated?: try inOrderOfBeginning(query)
      case .closed?: try closed(query)
      case .bot?, nil: try inOrderOfNumber(query)
      }
    for index in found.indices { found[index].customer = try customer(of: found[index].id) }
    return found
  }

  private static func listed(_ row: Row) throws(StoreError) -> ListedDialogue {
    ListedDialogue(id: row.id(0), address: row.address(1), dialogue: row.blob(5))
  }

  /// From where a list goes on whose last dialogue has left it since is not known any more; it is
  /// given from its beginning, for nobody may be left out.
  private func inOrderOfBeginning(
    _ query: DialogueQuery
  ) throws(StoreError) -> [ListedDialogue] {
    let status = Value.text(query.state?.rawValue)
    var since: Instant?
    if let after = query.after {
      since = try connection.first(
        "SELECT since FROM conversations WHERE id = ? AND status = ?", .id(after), status
      ) { (row) throws(StoreError) in row.time(0) }
    }
    return try connection.rows(
      """
      SELECT id, bot, chat, topic, person, dialogue FROM conversations
      WHERE status = ?1 AND (since, id) > (?2, ?3) AND coalesce(operator = ?4, ?4 IS NULL)
        AND coalesce(chat = ?5, ?5 IS NULL)
      ORDER BY since, id LIMIT ?6
      """, status, .integer(since?.milliseconds ?? .min),
      .integer(since == nil ? .min : query.after?.rawValue), .id(query.heldBy), .id(query.chat),
      .count(query.limit), read: Self.listed)
  }

  private func closed(_ query: DialogueQuery) throws(StoreError) -> [ListedDialogue] {
    guard query.heldBy == nil else { return [] }
    return try connection.rows(
      """
      SELECT id, bot, chat, topic, person, dialogue FROM conversations
      WHERE status = 'closed' AND since IS NULL AND id > ?1 AND coalesce(chat = ?2, ?2 IS NULL)
      ORDER BY id LIMIT ?3
      """, .id(query.after ?? ConversationID(0)), .id(query.chat), .count(query.limit),
      read: Self.listed)
  }

  private func inOrderOfNumber(_ query: DialogueQuery) throws(StoreError) -> [ListedDialogue] {
    let after = Value.id(query.after ?? ConversationID(0))
    let isOfBot = Value.flag(query.state == .bot)
    let limit = Value.count(query.limit)
    if let holder = query.heldBy {
      guard query.state == nil else { return [] }
      return try connection.rows(
        """
        SELECT id, bot, chat, topic, person, dialogue FROM conversations
        WHERE operator = ?1 AND id > ?2 AND coalesce(chat = ?3, ?3 IS NULL) ORDER BY id LIMIT ?4
        """, .id(holder), after, .id(query.chat), limit, read: Self.listed)
    }
    if let chat = query.chat {
      return try connection.rows(
        """
        SELECT id, bot, chat, topic, person, dialogue FROM conversations
        WHERE chat = ?1 AND id > ?2 AND (NOT ?3 OR status IS NULL) ORDER BY id LIMIT ?4
        """, .id(chat), after, isOfBot, limit, read: Self.listed)
    }
    return try connection.rows(
      """
      SELECT id, bot, chat, topic, person, dialogue FROM conversations
      WHERE id > ?1 AND chat IS NOT NULL AND (NOT ?2 OR status IS NULL) ORDER BY id LIMIT ?3
      """, after, isOfBot, limit, read: Self.listed)
  }

  /// Who wrote last, of those whose words are kept.
  private func customer(of id: ConversationID) throws(StoreError) -> Speaker? {
    try connection.first(
      """
      SELECT speaker, name, language FROM messages
      WHERE conversation = ? AND speaker IS NOT NULL
      ORDER BY anchor DESC, position DESC LIMIT 1
      """, .id(id)
    ) { (row) throws(StoreError) in
      Speaker(
        id: row.id(0), name: row.text(1),
        language: Language(rawValue: row.text(2)) ?? Language(tag: nil))
    }
  }

  // MARK: Timers

  /// Up to `limit` dialogues whose time has come, the earliest first.
  func dueTimers(now: Instant, limit: Int) throws(StoreError) -> [DueTimer] {
    try connection.rows(
      """
      SELECT bot, chat, topic, person, id, timer FROM conversations
      WHERE timer <= ? AND chat IS NOT NULL ORDER BY timer, id LIMIT ?
      """, .time(now), .count(limit)
    ) { (row) throws(StoreError) in
      DueTimer(address: row.address(0), conversation: row.id(4), at: row.time(5))
    }
  }
}
