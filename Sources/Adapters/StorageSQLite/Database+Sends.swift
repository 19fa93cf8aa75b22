internal import Conversation
internal import Foundation
internal import Gateways
internal import Storage

/// A message that was claimed, perhaps still to be decoded.
struct ClaimedSend: Sendable {
  var id: OutboxID
  var address: ConversationAddress
  var message: Stored<OutboxMessage>
  var part: Int
  var failures: Int
  var unknowns: Int
  var isInterrupted: Bool
}

extension Database {
  /// Puts a message into the outbox. Its lane is its chat.
  func enqueue(
    _ message: OutboxMessage, _ json: Data, _ conversation: ConversationID,
    _ address: ConversationAddress, now: Instant
  ) throws(StoreError) {
    try connection.run(
      """
      INSERT INTO sends(conversation, bot, chat, topic, person, asked_at, not_before, parts,
        position, message, due)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
        CASE WHEN EXISTS(SELECT 1 FROM sends WHERE bot = ?2 AND chat = ?3) THEN NULL ELSE ?7 END)
      """, .id(conversation), address.botValue, address.chatValue, address.topicValue,
      address.personValue, .time(message.askedAt), .time(now), .count(message.parts.count),
      .id(message.position), .blob(json))
    messages[OutboxID(connection.lastInsertedID)] = message
  }

  /// Takes up to `limit` chats' oldest messages that are due, and marks them as being sent.
  func claimSends(limit: Int, lease: Lease, now: Instant) throws(StoreError) -> [ClaimedSend] {
    let claimed = try connection.rows(
      """
      SELECT id, bot, chat, topic, person, part, failures, unknowns, sending, message FROM sends
      WHERE due <= ? ORDER BY due, id LIMIT ?
      """, .time(now), .count(limit)
    ) { (row) throws(StoreError) in
      let id: OutboxID = row.id(0)
      return ClaimedSend(
        id: id, address: row.address(1),
        message: messages[id].map { .value($0) } ?? .json(row.blob(9)), part: row.count(5),
        failures: row.count(6), unknowns: row.count(7), isInterrupted: row.flag(8))
    }
    for send in claimed {
      try connection.run(
        "UPDATE sends SET sending = 1, lease_until = ?2, due = ?2 WHERE id = ?1", .id(send.id),
        .time(lease.until))
    }
    return claimed
  }

  // MARK: Settling

  /// What a message's row tells when it is settled.
  private struct SendRow {
    var id: OutboxID
    var conversation: ConversationID
    var address: ConversationAddress
    var part: Int
    var parts: Int
    var position: Position?
    var isRepeated: Bool
  }

  /// Records what became of a message. One that has ended before is left as it is.
  func settleSend(
    _ id: OutboxID, _ settlement: SendSettlement, now: Instant
  ) throws(StoreError) {
    let row: SendRow? = try connection.first(
      """
      SELECT conversation, bot, chat, topic, person, part, parts, position, repeated
      FROM sends WHERE id = ?
      """, .id(id)
    ) { (row) throws(StoreError) in
      SendRow(
        id: id, conversation: row.id(0), address: row.address(1), part: row.count(5),
        parts: row.count(6), position: row.optionalID(7), isRepeated: row.flag(8))
    }
    guard let row else { return }
    switch settlement {
    case .sent(let messageID, let repeated):
      try sent(row, messageID, repeated: repeated, now: now)
    case .retry(let time, let counted):
      try giveBack(id, at: time, failures: counted ? 1 : 0, unknowns: 0)
    case .repeatOnce(let time):
      try giveBack(id, at: time, failures: 0, unknowns: 1)
    case .replacePart(let contents):
      try replacePart(row, contents, now: now)
    case .undelivered(let reason, let unreachable):
      try undelivered(row, reason, unreachable: unreachable, now: now)
    }
  }

  private func sent(
    _ row: SendRow, _ messageID: MessageID, repeated: Bool, now: Instant
  ) throws(StoreError) {
    try connection.run(
      """
      INSERT OR REPLACE INTO sent_messages(bot, chat, message_id, conversation, position)
      VALUES(?, ?, ?, ?, ?)
      """, row.address.botValue, row.address.chatValue, .id(messageID), .id(row.conversation),
      .id(row.position))
    let isRepeated = row.isRepeated || repeated
    guard row.part + 1 >= row.parts else {
      try connection.run(
        """
        UPDATE sends SET part = part + 1, repeated = ?2, failures = 0, unknowns = 0, sending = 0,
          lease_until = NULL, not_before = ?3, due = CASE WHEN due IS NULL THEN NULL ELSE ?3 END
        WHERE id = ?1
        """, .id(row.id), .flag(isRepeated), .time(now))
      return
    }
    try end(row, isRepeated ? .repeated : .delivered)
  }

  private func giveBack(
    _ id: OutboxID, at time: Instant, failures: Int, unknowns: Int
  ) throws(StoreError) {
    try connection.run(
      """
      UPDATE sends SET failures = failures + ?3, unknowns = unknowns + ?4, sending = 0,
        lease_until = NULL, not_before = ?2, due = CASE WHEN due IS NULL THEN NULL ELSE ?2 END
      WHERE id = ?1
      """, .id(id), .time(time), .count(failures), .count(unknowns))
  }

  /// The new parts were not tried yet; that an earlier form may stand in the chat stays known.
  private func replacePart(
    _ row: SendRow, _ contents: [MessageContent], now: Instant
  ) throws(StoreError) {
    let json = try connection.first("SELECT message FROM sends WHERE id = ?", .id(row.id)) {
      (found) throws(StoreError) in found.blob(0)
    }
    guard let stored = messages[row.id].map({ Stored.value($0) }) ?? json.map({ .json($0) }),
      var message = stored.decoded, message.parts.indices.contains(row.part)
    else { throw .corrupt("a stored message can't be read") }
    message.parts.replaceSubrange(row.part...row.part, with: contents)
    guard row.part < message.parts.count else {
      return try end(row, row.isRepeated ? .repeated : .delivered)
    }
    try connection.run(
      """
      UPDATE sends SET message = ?2, parts = ?3, failures = 0, sending = 0, lease_until = NULL,
        not_before = ?4, due = CASE WHEN due IS NULL THEN NULL ELSE ?4 END
      WHERE id = ?1
      """, .id(row.id), .blob(try Codec.encode(message)), .count(message.parts.count), .time(now))
    messages[row.id] = message
  }

  private func undelivered(
    _ row: SendRow, _ reason: String, unreachable: Bool, now: Instant
  ) throws(StoreError) {
    try connection.run(
      """
      INSERT INTO undelivered(id, conversation, bot, chat, topic, person, position, part, ended_at,
        reason, message)
      SELECT id, conversation, bot, chat, topic, person, position, part, ?2, ?3, message
      FROM sends WHERE id = ?1
      """, .id(row.id), .time(now), .text(reason))
    try end(row, .undelivered)
    guard unreachable else { return }
    _ = try admit(
      NewInboxEntry(
        sourceKeys: ["unreachable:\(row.id)"], address: row.address, event: .unreachable,
        notBefore: now),
      json: try Codec.encode(InboxEvent.unreachable), now: now)
  }

  private func end(_ row: SendRow, _ delivery: Message.Delivery) throws(StoreError) {
    try connection.run("DELETE FROM sends WHERE id = ?", .id(row.id))
    messages[row.id] = nil
    try connection.run(
      """
      UPDATE sends SET due = max(not_before, coalesce(lease_until, not_before))
      WHERE id = (SELECT id FROM sends WHERE bot = ? AND chat = ? ORDER BY id LIMIT 1)
      """, row.address.botValue, row.address.chatValue)
    if let position = row.position { try setDelivery(delivery, row.conversation, position) }
  }

  // MARK: Migration of groups

  /// Gives the outbox of a group to the supergroup that it became, and orders its lane anew.
  func migrateOutbox(_ bot: BotID, from: ChatID, to: ChatID) throws(StoreError) {
    try connection.run(
      "UPDATE answers SET chat = ? WHERE bot = ? AND chat = ?", .id(to), .id(bot), .id(from))
    try connection.run(
      "UPDATE undelivered SET chat = ? WHERE bot = ? AND chat = ?", .id(to), .id(bot), .id(from))
    try connection.run(
      "UPDATE sends SET chat = ? WHERE bot = ? AND chat = ?", .id(to), .id(bot), .id(from))
    try connection.run(
      "UPDATE sends SET due = NULL WHERE bot = ? AND chat = ? AND due IS NOT NULL", .id(bot),
      .id(to))
    try connection.run(
      """
      UPDATE sends SET due = max(not_before, coalesce(
        (SELECT max(lease_until) FROM sends WHERE bot = ?1 AND chat = ?2), not_before))
      WHERE id = (SELECT id FROM sends WHERE bot = ?1 AND chat = ?2 ORDER BY id LIMIT 1)
      """, .id(bot), .id(to))
  }
}
