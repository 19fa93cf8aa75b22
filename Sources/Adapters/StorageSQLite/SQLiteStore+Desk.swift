package import Conversation
package import Storage

extension SQLiteStore {
  package func find(_ key: DialogueKey) async throws(StoreError) -> FoundDialogue? {
    let located = try await writer.perform(.read) { database throws(StoreError) in
      try database.find(key)
    }
    guard let located else { return nil }
    guard let dialogue = Codec.decode(Dialogue.self, located.dialogue) else {
      throw .unreadableDialogue
    }
    return FoundDialogue(
      address: located.address,
      stored: StoredDialogue(version: located.version, dialogue: dialogue))
  }

  /// A dialogue that can't be read is left out: the others must still be seen.
  package func browse(_ query: DialogueQuery) async throws(StoreError) -> [DialogueSummary] {
    var summaries: [DialogueSummary] = []
    var rest = query
    while rest.limit > 0 {
      let listed = try await writer.perform(.read) { [rest] database throws(StoreError) in
        try database.browse(rest)
      }
      for entry in listed {
        guard let dialogue = Codec.decode(Dialogue.self, entry.dialogue) else { continue }
        summaries.append(
          DialogueSummary(address: entry.address, dialogue: dialogue, customer: entry.customer))
      }
      guard listed.count == rest.limit else { break }
      rest.after = listed.last?.id
      rest.limit = query.limit - summaries.count
    }
    return summaries
  }

  package func dueTimers(now: Instant, limit: Int) async throws(StoreError) -> [DueTimer] {
    try await writer.perform(.read) { database throws(StoreError) in
      try database.dueTimers(now: now, limit: limit)
    }
  }

  package func deskLog(
    after: Int64, from: Instant?, limit: Int
  ) async throws(StoreError) -> [NumberedLogEntry] {
    let stored = try await writer.perform(.read) { database throws(StoreError) in
      try database.deskLog(after: after, from: from, limit: limit)
    }
    return try stored.map { entry throws(StoreError) in
      guard let kind = Codec.decode(DeskLogEntry.Kind.self, entry.kind) else {
        throw .corrupt("a stored entry of the operators' log can't be read")
      }
      return NumberedLogEntry(
        number: entry.number,
        entry: DeskLogEntry(conversation: entry.conversation, at: entry.at, kind: kind))
    }
  }

  package func isUndelivered(
    _ position: Position, of conversation: ConversationID
  ) async throws(StoreError) -> Bool {
    try await writer.perform(.read) { database throws(StoreError) in
      try database.connection.first(
        "SELECT 1 FROM undelivered WHERE conversation = ? AND position = ?", .id(conversation),
        .id(position)
      ) { (_) throws(StoreError) in true } ?? false
    }
  }

  package func isErased(
    _ topic: TopicID, in chat: ChatID, of bot: BotID
  ) async throws(StoreError) -> Bool {
    try await writer.perform(.read) { database throws(StoreError) in
      try database.connection.first(
        "SELECT 1 FROM erased_topics WHERE bot = ? AND chat = ? AND topic = ?", .id(bot),
        .id(chat), .id(topic)
      ) { (_) throws(StoreError) in true } ?? false
    }
  }

  package func cannedAnswers(_ bot: BotID) async throws(StoreError) -> [CannedAnswer] {
    try await writer.perform(.read) { database throws(StoreError) in
      try database.connection.rows(
        "SELECT name, text FROM canned_answers WHERE bot = ? ORDER BY name", .id(bot)
      ) { (row) throws(StoreError) in CannedAnswer(name: row.text(0), text: row.text(1)) }
    }
  }

  package func setCannedAnswer(
    _ bot: BotID, name: String, text: String?
  ) async throws(StoreError) -> Bool {
    try await writer.perform(.write) { database throws(StoreError) in
      guard let text else {
        return try database.connection.run(
          "DELETE FROM canned_answers WHERE bot = ? AND name = ?", .id(bot), .text(name)) > 0
      }
      try database.connection.run(
        "INSERT OR REPLACE INTO canned_answers(bot, name, text) VALUES(?, ?, ?)", .id(bot),
        .text(name), .text(text))
      return true
    }
  }

  /// Who acts over the HTTP API keeps the chat in which they acted before.
  package func noteOperator(
    _ bot: BotID, _ operator: Operator, chat: ChatID?, now: Instant
  ) async throws(StoreError) {
    try await writer.perform(.write) { database throws(StoreError) in
      _ = try database.connection.run(
        """
        INSERT INTO operators(bot, id, name, chat, acted_at) VALUES(?, ?, ?, ?, ?)
        ON CONFLICT(bot, id) DO UPDATE SET name = excluded.name,
          chat = coalesce(excluded.chat, chat), acted_at = excluded.acted_at
        """, .id(bot), .id(`operator`.id), .text(`operator`.name), .id(chat), .time(now))
    }
  }

  package func dismissOperator(
    _ bot: BotID, _ operator: OperatorID, from chat: ChatID
  ) async throws(StoreError) {
    try await writer.perform(.write) { database throws(StoreError) in
      _ = try database.connection.run(
        "DELETE FROM operators WHERE bot = ? AND id = ? AND chat = ?", .id(bot), .id(`operator`),
        .id(chat))
    }
  }

  package func operators(
    _ bot: BotID, limit: Int
  ) async throws(StoreError) -> [KnownOperator] {
    try await writer.perform(.read) { database throws(StoreError) in
      try database.connection.rows(
        """
        SELECT id, name, chat FROM operators WHERE bot = ? ORDER BY acted_at DESC, id DESC LIMIT ?
        """, .id(bot), .count(limit)
      ) { (row) throws(StoreError) in
        KnownOperator(
          operator: Operator(id: row.id(0), name: row.text(1)), chat: row.optionalID(2))
      }
    }
  }

  package func enqueue(
    _ messages: [OutboxMessage], at address: ConversationAddress, completing: [InboxID],
    now: Instant
  ) async throws(StoreError) {
    let entries = messages.map { EncodedOutboxEntry(.send($0)) }
    try await writer.perform(.write) { database throws(StoreError) in
      let writer = try database.complete(completing)
      let conversation = try database.conversation(at: address)
      for entry in entries {
        try database.enqueue(entry, conversation, address, for: writer, now: now)
      }
    }
  }
}
