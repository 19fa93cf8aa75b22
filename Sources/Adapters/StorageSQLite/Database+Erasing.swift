internal import Conversation
internal import Foundation
internal import Storage

/// The end of what people said: because they ask for it, or because its time has come.
extension Database {
  // MARK: One person

  /// Erases everything about a person, except what `step` itself writes or completes.
  ///
  /// The small tables are read as a whole here, each by one of its indexes.
  func erase(_ person: PersonID, by step: Step, now: Instant) throws(StoreError) {
    // A private chat has its person's number. An anonymous administrator speaks with their group's;
    // that chat is not theirs.
    let chat = person.rawValue > 0 ? ChatID(person.rawValue) : nil
    try eraseInbox(person, chat, by: step)
    try eraseOutbox(person, chat, now: now)
    let conversation: (Row) throws(StoreError) -> ConversationID = { row in row.id(0) }
    let own = try connection.rows(
      "SELECT id FROM conversations WHERE chat = ?", .id(chat), read: conversation)
    let shared = try connection.rows(
      "SELECT DISTINCT conversation FROM messages WHERE member = ?", .id(person),
      read: conversation)
    for id in own where id != step.dialogue.id {
      try forget(person, id, isPrivate: true, now: now)
    }
    for id in shared where id != step.dialogue.id {
      try forget(person, id, isPrivate: false, now: now)
    }
    for id in shared where !own.contains(id) { try eraseCards(id, now: now) }
    try eraseDesk(person, own)
    try eraseTranscripts(person, own)
    emptiesLog = true
  }

  private func eraseInbox(
    _ person: PersonID, _ chat: ChatID?, by step: Step
  ) throws(StoreError) {
    let entries = try connection.rows(
      "SELECT id FROM inbox WHERE writer = ? OR chat = ?", .id(person), .id(chat)
    ) { (row) throws(StoreError) in row.id(0, InboxID.self) }
    for id in entries where !step.completing.contains(id) {
      if let newest = step.completing.max(), id > newest, try isUpdate(id) { continue }
      try completed(id)
    }
    try connection.run(
      "DELETE FROM quarantine WHERE writer = ? OR chat = ?", .id(person), .id(chat))
  }

  /// Whether an entry came from outside, and not from the end of a job.
  private func isUpdate(_ id: InboxID) throws(StoreError) -> Bool {
    let event = try connection.first("SELECT event FROM inbox WHERE id = ?", .id(id)) {
      (row) throws(StoreError) in events[id] ?? Codec.decode(InboxEvent.self, row.blob(0))
    }
    guard case .update? = event else { return false }
    return true
  }

  /// A job that somebody holds stays, without its content, for its holder to learn of it.
  private func eraseOutbox(
    _ person: PersonID, _ chat: ChatID?, now: Instant
  ) throws(StoreError) {
    let answers = try connection.rows(
      "SELECT id FROM answers WHERE asker = ? OR chat = ?", .id(person), .id(chat)
    ) { (row) throws(StoreError) in row.id(0, OutboxID.self) }
    for id in answers {
      jobs[id] = nil
      try connection.run("DELETE FROM answers WHERE id = ? AND owner IS NULL", .id(id))
      try connection.run(
        """
        UPDATE answers SET interruption = 'drop', due = NULL, job = x'',
          dropped_at = coalesce(dropped_at, ?2)
        WHERE id = ?1
        """, .id(id), .time(now))
    }
    // What goes to staff chats about a private dialogue is about its person.
    let sends = try connection.rows(
      """
      SELECT id, bot, chat FROM sends
      WHERE asker = ?1 OR chat = ?2
        OR conversation IN (SELECT id FROM conversations WHERE chat = ?2)
      """, .id(person), .id(chat)
    ) { (row) throws(StoreError) in
      (row.id(0, OutboxID.self), row.id(1, BotID.self), row.id(2, ChatID.self))
    }
    for (id, bot, chat) in sends {
      try remove(id)
      try promoteHead(bot, chat)
    }
    try connection.run(
      """
      DELETE FROM undelivered WHERE asker = ?1 OR chat = ?2
        OR conversation IN (SELECT id FROM conversations WHERE chat = ?2)
      """, .id(person), .id(chat))
  }

  /// Takes out of the outbox the cards of a dialogue that the person shares with others: whoever asked
  /// for an operator, they quote everybody. A request is shown anew, without the person's words; not
  /// in a topic, where it is known already.
  private func eraseCards(_ id: ConversationID, now: Instant) throws(StoreError) {
    let sends = try connection.rows(
      "SELECT id, bot, chat FROM sends WHERE conversation = ? AND desk = 1", .id(id)
    ) { (row) throws(StoreError) in
      (row.id(0, OutboxID.self), row.id(1, BotID.self), row.id(2, ChatID.self))
    }
    for (send, bot, chat) in sends {
      guard let slot = try readableMessage(send)?.slot, slot.name == .request else { continue }
      try remove(send)
      try promoteHead(bot, chat)
      if slot.isNew, try topic(of: id, in: chat) == nil {
        try tell(id, .staffChatLost(chat, topicOnly: true), now: now)
      }
    }
    let undelivered = try connection.rows(
      "SELECT id, message FROM undelivered WHERE conversation = ?", .id(id)
    ) { (row) throws(StoreError) in
      (row.id(0, OutboxID.self), Codec.decode(OutboxMessage.self, row.blob(1)))
    }
    for (send, message) in undelivered where message?.slot?.name == .request {
      try connection.run("DELETE FROM undelivered WHERE id = ?", .id(send))
    }
  }

  /// Takes a person out of a dialogue. Its version changes, so that a step which was begun on it
  /// can't bring them back. What operators are told of it comes with the step that erases.
  private func forget(
    _ person: PersonID, _ id: ConversationID, isPrivate: Bool, now: Instant
  ) throws(StoreError) {
    typealias Found = (address: ConversationAddress, isClosed: Bool, dialogue: Dialogue?)
    let found: Found? = try connection.first(
      "SELECT bot, chat, topic, person, dialogue FROM conversations WHERE id = ?", .id(id)
    ) { (row) throws(StoreError) in
      (row.address(0), row.isNull(1), Codec.decode(Dialogue.self, row.blob(4)))
    }
    guard let found, var dialogue = found.dialogue else { throw .unreadableDialogue }
    let effects = dialogue.forget(person, isPrivate: isPrivate, at: now)
    try write(dialogue)
    for case .log(let entry) in effects { try log(entry) }
    for case .startAnswer(let job) in effects where !found.isClosed {
      try enqueue(
        EncodedOutboxEntry(.answer(job)), id, found.address, for: job.question.person, now: now)
    }
  }

  /// What a person wrote in groups, and the answers, which stand at the same place; and the whole
  /// of their own conversations.
  private func eraseTranscripts(
    _ person: PersonID, _ own: [ConversationID]
  ) throws(StoreError) {
    try connection.run(
      """
      DELETE FROM sent_messages WHERE (conversation, position) IN (
        SELECT conversation, position FROM messages WHERE (conversation, anchor) IN (
          SELECT conversation, anchor FROM messages WHERE member = ?))
      """, .id(person))
    try connection.run(
      """
      DELETE FROM messages WHERE (conversation, anchor) IN (
        SELECT conversation, anchor FROM messages WHERE member = ?)
      """, .id(person))
    for id in own {
      try connection.run("DELETE FROM sent_messages WHERE conversation = ?", .id(id))
      try connection.run("DELETE FROM messages WHERE conversation = ?", .id(id))
    }
  }

  // MARK: Retention

  /// Removes up to `limit` messages that were said in a time, oldest first, and what else is known
  /// of them; from where to go on, or nil when there are no more. Conversations with a job that has
  /// not ended stay as they are, for its model is yet to read them.
  func removeTranscripts(
    from: Instant, before: Instant, limit: Int
  ) throws(StoreError) -> Instant? {
    typealias Old = (
      conversation: ConversationID, anchor: Position, position: Position, at: Instant,
      wasSent: Bool
    )
    let old: [Old] = try connection.rows(
      """
      SELECT conversation, anchor, position, at, anchor <> position OR role IS NOT NULL
      FROM messages
      WHERE at >= ? AND at < ?
        AND conversation NOT IN (SELECT conversation FROM answers WHERE due IS NOT NULL)
      ORDER BY at LIMIT ?
      """, .time(from), .time(before), .count(limit)
    ) { (row) throws(StoreError) in (row.id(0), row.id(1), row.id(2), row.time(3), row.flag(4)) }
    for message in old {
      try connection.run(
        "DELETE FROM messages WHERE conversation = ? AND anchor = ? AND position = ?",
        .id(message.conversation), .id(message.anchor), .id(message.position))
      guard message.wasSent else { continue }
      try connection.run(
        "DELETE FROM sent_messages WHERE conversation = ? AND position = ?",
        .id(message.conversation), .id(message.position))
    }
    for id in Set(old.map(\.conversation)) { try forgetFiles(id, before: before) }
    return old.count == limit ? old.last?.at : nil
  }

  /// The questions that were answered last may name files. Other dialogues need not be decoded.
  private func forgetFiles(_ id: ConversationID, before: Instant) throws(StoreError) {
    let json = try connection.first(
      """
      SELECT dialogue FROM conversations
      WHERE id = ? AND instr(dialogue, CAST('"fileID"' AS BLOB)) > 0
      """, .id(id)
    ) { (row) throws(StoreError) in row.blob(0) }
    guard let json, var dialogue = Codec.decode(Dialogue.self, json),
      let last = dialogue.lastAnswered, last.at < before
    else { return }
    dialogue.lastAnswered = nil
    try write(dialogue)
  }
}
