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
  var edits: MessageID?
  var replyTo: MessageID?
  var failures: Int
  var unknowns: Int
  var isInterrupted: Bool
}

extension Database {
  /// Puts a message for the person `asker` into the outbox. Its lane is its chat.
  func enqueue(
    _ message: OutboxMessage, _ json: Data, _ conversation: ConversationID,
    _ address: ConversationAddress, for asker: PersonID?, now: Instant
  ) throws(StoreError) {
    guard !message.isForDesk else {
      return try enqueueForDesk(message, json, conversation, address, for: asker, now: now)
    }
    try connection.run(
      """
      INSERT INTO sends(conversation, bot, chat, topic, person, asked_at, not_before, parts,
        position, message, asker, replaces, due)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
        CASE WHEN EXISTS(SELECT 1 FROM sends WHERE bot = ?2 AND chat = ?3) THEN NULL ELSE ?7 END)
      """, .id(conversation), address.botValue, address.chatValue, address.topicValue,
      address.personValue, .time(message.askedAt), .time(now), .count(message.parts.count),
      .id(message.position), .blob(json), .id(asker), .id(message.replaces))
    messages[OutboxID(connection.lastInsertedID)] = message
  }

  /// Takes up to `limit` chats' oldest messages that are due, and marks them as being sent.
  func claimSends(limit: Int, lease: Lease, now: Instant) throws(StoreError) -> [ClaimedSend] {
    typealias Claimed = (
      send: ClaimedSend, conversation: ConversationID, replaces: Position?, isForDesk: Bool
    )
    let claimed: [Claimed] = try connection.rows(
      """
      SELECT id, bot, chat, topic, person, part, failures, unknowns, sending, message, conversation,
        CASE WHEN part = 0 AND parts = 1 THEN replaces END, desk
      FROM sends WHERE due <= ? ORDER BY due, id LIMIT ?
      """, .time(now), .count(limit)
    ) { (row) throws(StoreError) in
      let id: OutboxID = row.id(0)
      let send = ClaimedSend(
        id: id, address: row.address(1),
        message: messages[id].map { .value($0) } ?? .json(row.blob(9)), part: row.count(5),
        failures: row.count(6), unknowns: row.count(7), isInterrupted: row.flag(8))
      return (send, row.id(10), row.optionalID(11), row.flag(12))
    }
    var sends: [ClaimedSend] = []
    sends.reserveCapacity(claimed.count)
    for (var send, conversation, replaces, isForDesk) in claimed {
      try connection.run(
        "UPDATE sends SET sending = 1, lease_until = ?2, due = ?2 WHERE id = ?1", .id(send.id),
        .time(lease.until))
      if let replaces { send.edits = try onlyMessage(conversation, replaces) }
      if isForDesk { try resolve(&send, of: conversation) }
      sends.append(send)
    }
    return sends
  }

  /// The message that stands in the chat for a position, when it is just one.
  private func onlyMessage(
    _ conversation: ConversationID, _ position: Position
  ) throws(StoreError) -> MessageID? {
    let found = try connection.rows(
      "SELECT message_id FROM sent_messages WHERE conversation = ? AND position = ? LIMIT 2",
      .id(conversation), .id(position)
    ) { (row) throws(StoreError) in row.id(0, MessageID.self) }
    return found.count == 1 ? found[0] : nil
  }

  // MARK: Settling

  /// What a message's row tells when it is settled.
  struct SendRow {
    var id: OutboxID
    var conversation: ConversationID
    var address: ConversationAddress
    var part: Int
    var parts: Int
    var position: Position?
    var replaces: Position?
    var isRepeated: Bool
    var hasOthers: Bool
    /// The message, if it says more than the row does; nil, too, when it can't be read.
    var desk: OutboxMessage?
  }

  /// Records what became of a part. A message that has ended, or is at another part, is left as it is.
  func settleSend(
    _ id: OutboxID, part: Int, _ settlement: SendSettlement, now: Instant
  ) throws(StoreError) {
    typealias Found = (row: SendRow, isForDesk: Bool)
    let found: Found? = try connection.first(
      """
      SELECT conversation, bot, chat, topic, person, part, parts, position, repeated, replaces,
        EXISTS(
          SELECT 1 FROM sends AS other
          WHERE other.bot = send.bot AND other.chat = send.chat AND other.id <> send.id),
        desk
      FROM sends AS send WHERE id = ?
      """, .id(id)
    ) { (row) throws(StoreError) in
      let send = SendRow(
        id: id, conversation: row.id(0), address: row.address(1), part: row.count(5),
        parts: row.count(6), position: row.optionalID(7), replaces: row.optionalID(9),
        isRepeated: row.flag(8), hasOthers: row.flag(10))
      return (send, row.flag(11))
    }
    guard let found, found.row.part == part else { return }
    var row = found.row
    if found.isForDesk { row.desk = try readableMessage(id) }
    switch settlement {
    case .sent(let messageID, let repeated):
      try sent(row, messageID, repeated: repeated, now: now)
    case .retry(let time, let counted):
      try giveBack(id, at: time, failures: counted ? 1 : 0, unknowns: 0)
    case .repeatAgain(let time):
      try giveBack(id, at: time, failures: 0, unknowns: 1)
    case .replacePart(let contents):
      try replacePart(row, contents, now: now)
    case .sendAnew:
      try sendAnew(row, now: now)
    case .topicLost:
      try loseTopic(of: row, now: now)
    case .withoutTopic:
      try sendWithoutTopic(row, now: now)
    case .topicsRefused:
      try refuseTopics(row, now: now)
    case .undelivered(let reason, let unreachable):
      try undelivered(row, reason, unreachable: unreachable, now: now)
    }
  }

  private func sent(
    _ row: SendRow, _ messageID: MessageID, repeated: Bool, now: Instant
  ) throws(StoreError) {
    if let message = row.desk { try remember(messageID, of: message, row, now: now) }
    if let position = row.position, messageID.rawValue != 0, row.desk?.staff == nil {
      try connection.run(
        "INSERT OR IGNORE INTO sent_messages(conversation, position, message_id) VALUES(?, ?, ?)",
        .id(row.conversation), .id(position), .id(messageID))
    }
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
    try end(row, isRepeated ? .repeated : .delivered, now: now)
  }

  func giveBack(
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
  func replacePart(
    _ row: SendRow, _ contents: [MessageContent], now: Instant
  ) throws(StoreError) {
    var message = try storedMessage(row.id)
    guard message.parts.indices.contains(row.part) else { throw .unreadableMessage }
    message.parts.replaceSubrange(row.part...row.part, with: contents)
    guard row.part < message.parts.count else {
      return try end(row, row.isRepeated ? .repeated : .delivered, now: now)
    }
    try rewrite(row.id, message, now: now)
    try connection.run("UPDATE sends SET failures = 0 WHERE id = ?", .id(row.id))
  }

  /// The message that was to be edited no longer stands for anything.
  private func sendAnew(_ row: SendRow, now: Instant) throws(StoreError) {
    var message = try storedMessage(row.id)
    message.replaces = nil
    try forgetReplaced(row)
    try forgetEdited(by: row)
    try rewrite(row.id, message, now: now)
  }

  func storedMessage(_ id: OutboxID) throws(StoreError) -> OutboxMessage {
    if let message = messages[id] { return message }
    let json = try connection.first("SELECT message FROM sends WHERE id = ?", .id(id)) {
      (row) throws(StoreError) in row.blob(0)
    }
    guard let json, let message = Codec.decode(OutboxMessage.self, json) else {
      throw .unreadableMessage
    }
    return message
  }

  /// Gives a message that was taken another content, to be taken again at once.
  func rewrite(
    _ id: OutboxID, _ message: OutboxMessage, now: Instant
  ) throws(StoreError) {
    try connection.run(
      """
      UPDATE sends SET message = ?2, parts = ?3, replaces = ?4, sending = 0, lease_until = NULL,
        not_before = ?5, due = CASE WHEN due IS NULL THEN NULL ELSE ?5 END
      WHERE id = ?1
      """, .id(id), .blob(Codec.encode(message)), .count(message.parts.count),
      .id(message.replaces), .time(now))
    messages[id] = message
  }

  private func forgetReplaced(_ row: SendRow) throws(StoreError) {
    guard let replaces = row.replaces else { return }
    try connection.run(
      "DELETE FROM sent_messages WHERE conversation = ? AND position = ?", .id(row.conversation),
      .id(replaces))
  }

  private func undelivered(
    _ row: SendRow, _ reason: String, unreachable: Bool, now: Instant
  ) throws(StoreError) {
    if row.desk?.isMinor != true {
      try connection.run(
        """
        INSERT INTO undelivered(id, conversation, bot, chat, topic, person, position, part, ended_at,
          reason, message, asker, repeated)
        SELECT id, conversation, bot, chat, topic, person, position, part, ?2, ?3, message, asker,
          repeated = 1 OR unknowns > 0 OR EXISTS(
            SELECT 1 FROM messages WHERE conversation = sends.conversation
              AND anchor = sends.position AND position = sends.position
              AND delivery = 'repeated')
        FROM sends WHERE id = ?1
        """, .id(row.id), .time(now), .text(reason))
    }
    try end(row, .undelivered, isBlocked: unreachable, now: now)
    guard unreachable else { return }
    if let staff = row.desk?.staff {
      return try tell(row.conversation, .staffChatLost(staff.chat, topicOnly: false), now: now)
    }
    _ = try admit(
      NewInboxEntry(
        sourceKeys: [], address: row.address, event: .unreachable, notBefore: now),
      json: Codec.encode(InboxEvent.unreachable), writer: nil, now: now)
  }

  func end(
    _ row: SendRow, _ delivery: Message.Delivery, isBlocked: Bool = false, now: Instant
  ) throws(StoreError) {
    try remove(row.id)
    if row.hasOthers { try promoteHead(row.address.bot, row.address.chat) }
    try forgetReplaced(row)
    if let position = row.position { try setDelivery(delivery, row.conversation, position) }
    if let message = row.desk {
      if delivery != .undelivered { try supersede(by: message, row) }
      try tellOfRelay(message, row.conversation, delivery, isBlocked: isBlocked, now: now)
    }
  }

  /// Takes a message out of the outbox; the next one of its chat must then become the head.
  func remove(_ id: OutboxID) throws(StoreError) {
    try connection.run("DELETE FROM sends WHERE id = ?", .id(id))
    messages[id] = nil
  }

  /// Makes the oldest message of a chat its head.
  func promoteHead(_ bot: BotID, _ chat: ChatID) throws(StoreError) {
    try connection.run(
      """
      UPDATE sends SET due = max(not_before, coalesce(lease_until, not_before))
      WHERE id = (SELECT id FROM sends WHERE bot = ? AND chat = ? ORDER BY id LIMIT 1)
      """, .id(bot), .id(chat))
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

extension StoreError {
  static let unreadableMessage = StoreError.corrupt("a stored message can't be read")
}
