internal import Conversation
internal import Foundation
internal import Gateways
internal import Storage

/// Messages between customers and operators: in which lane they wait, what they refer to, and what
/// is remembered of them once they were sent.
extension OutboxMessage {
  /// Whether more must be done for it than sending it to the dialogue's own chat. Its row says so, so
  /// that nobody else's message is decoded to find out.
  var isForDesk: Bool {
    staff != nil || relay != nil || refersTo != nil || slot != nil || merges == true
      || isMinor == true
  }

  /// Whether it brings an operator's words to the customer.
  var isFromOperator: Bool {
    switch relay {
    case .toCustomer?: true
    case .toStaff?, nil: false
    }
  }
}

extension Database {
  // MARK: On the way in

  /// Puts such a message for the person `asker` into the outbox. The lane of one to operators is
  /// their chat. What an operator says is for the customer, whose chat tells so, and not for the
  /// operator, who wrote what it follows from.
  func enqueueForDesk(
    _ message: OutboxMessage, _ json: Data, _ conversation: ConversationID,
    _ address: ConversationAddress, for asker: PersonID?, now: Instant
  ) throws(StoreError) {
    var destination = address
    if let staff = message.staff {
      destination = ConversationAddress(bot: address.bot, chat: staff.chat)
    }
    let asker = message.isFromOperator ? nil : asker
    if try merge(message, conversation, address, for: asker) { return }
    try connection.run(
      """
      INSERT INTO sends(conversation, bot, chat, topic, person, asked_at, not_before, parts,
        position, message, asker, replaces, desk, due)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
        CASE WHEN EXISTS(SELECT 1 FROM sends WHERE bot = ?2 AND chat = ?3) THEN NULL ELSE ?7 END)
      """, .id(conversation), destination.botValue, destination.chatValue,
      destination.topicValue, destination.personValue, .time(message.askedAt), .time(now),
      .count(message.parts.count), .id(message.position), .blob(json), .id(asker),
      .id(message.staff == nil ? message.replaces : nil),
      .count(message.isMinor == true ? 2 : 1))
    messages[OutboxID(connection.lastInsertedID)] = message
  }

  /// Joins a message with the newest of its conversation that waits for the same staff chat, if
  /// nothing of that one may have been sent; false when it can't. One for another person is left
  /// alone, so that either can be erased without the other. In the dialogue's own chat rows of other
  /// kinds may stand between, so nothing is joined there.
  private func merge(
    _ message: OutboxMessage, _ conversation: ConversationID, _ address: ConversationAddress,
    for asker: PersonID?
  ) throws(StoreError) -> Bool {
    guard message.merges == true, let staff = message.staff, staff.chat != address.chat else {
      return false
    }
    typealias Newest = (id: OutboxID, isUntouched: Bool, asker: PersonID?)
    let newest: Newest? = try connection.first(
      """
      SELECT id, part = 0 AND sending = 0 AND unknowns = 0 AND repeated = 0
        AND lease_until IS NULL, asker
      FROM sends WHERE conversation = ? AND chat = ? AND desk = 1 ORDER BY id DESC LIMIT 1
      """, .id(conversation), .id(staff.chat)
    ) { (row) throws(StoreError) in (row.id(0), row.flag(1), row.optionalID(2)) }
    guard let newest, newest.isUntouched, newest.asker == asker,
      let merged = try readableMessage(newest.id)?.joined(with: message)
    else { return false }
    try connection.run(
      "UPDATE sends SET message = ?2, asked_at = ?3 WHERE id = ?1", .id(newest.id),
      .blob(Codec.encode(merged)), .time(merged.askedAt))
    messages[newest.id] = merged
    return true
  }

  // MARK: When it is taken

  /// Finds the topic of a message that was claimed, and the message that it replies to or changes.
  /// One that can't be read is left to whoever decodes it next.
  func resolve(_ send: inout ClaimedSend, of conversation: ConversationID) throws(StoreError) {
    guard let message = try readableMessage(send.id), message.parts.indices.contains(send.part)
    else { return }
    send.message = .value(message)
    let chat = send.address.chat
    if message.staff?.topicName != nil {
      send.address.topic = try topic(of: conversation, in: chat)
    }
    // A topic that is being made holds nothing yet.
    if case .newTopic = message.parts[send.part] { return }
    guard send.part == message.firstShown else { return }
    if send.edits == nil, message.parts.count == 1 {
      send.edits = try edited(by: message, conversation, chat)
    }
    switch message.refersTo {
    case .replyToCustomer(let id)? where message.staff != nil:
      send.replyTo = try connection.first(
        """
        SELECT staff_message FROM relays
        WHERE conversation = ? AND customer_message = ? AND staff_chat = ? ORDER BY id DESC LIMIT 1
        """, .id(conversation), .id(id), .id(chat)
      ) { (row) throws(StoreError) in row.id(0) }
    case .replyToStaff(let source)? where message.staff == nil:
      send.replyTo = try customerMessages(of: source, conversation).first
    case .replyToCustomer, .replyToStaff, .edit, nil: break
    }
  }

  /// The topic of a dialogue in a staff chat.
  func topic(
    of conversation: ConversationID, in chat: ChatID
  ) throws(StoreError) -> TopicID? {
    try connection.first(
      "SELECT topic FROM desk_topics WHERE conversation = ? AND chat = ?", .id(conversation),
      .id(chat)
    ) { (row) throws(StoreError) in row.id(0) }
  }

  /// The message that is changed in place: that of the slot, or of the reference.
  private func edited(
    by message: OutboxMessage, _ conversation: ConversationID, _ chat: ChatID
  ) throws(StoreError) -> MessageID? {
    if let slot = message.slot, !slot.isNew {
      let found = try connection.first(
        "SELECT message_id FROM slots WHERE conversation = ? AND chat = ? AND slot = ?",
        .id(conversation), .id(chat), .text(slot.name.rawValue)
      ) { (row) throws(StoreError) in row.id(0, MessageID.self) }
      if let found { return found }
    }
    guard case .edit(let source)? = message.refersTo, message.staff == nil else { return nil }
    let found = try customerMessages(of: source, conversation)
    return found.count == 1 ? found[0] : nil
  }

  /// The messages of the customer's chat that belong to one of a staff chat, newest first; of more
  /// than two only two.
  private func customerMessages(
    of source: StaffMessage, _ conversation: ConversationID
  ) throws(StoreError) -> [MessageID] {
    try connection.rows(
      """
      SELECT customer_message FROM relays
      WHERE staff_chat = ? AND staff_message = ? AND conversation = ?
        AND customer_message IS NOT NULL
      ORDER BY id DESC LIMIT 2
      """, .id(source.chat), .id(source.id), .id(conversation)
    ) { (row) throws(StoreError) in row.id(0) }
  }

  // MARK: When it was sent

  /// Remembers what a part was sent as. The id 0 stands for nothing that could be referred to.
  func remember(
    _ id: MessageID, of message: OutboxMessage, _ row: SendRow, now: Instant
  ) throws(StoreError) {
    guard id.rawValue != 0, message.parts.indices.contains(row.part) else { return }
    let chat = row.address.chat
    if case .newTopic = message.parts[row.part] {
      try connection.run(
        "INSERT OR REPLACE INTO desk_topics(conversation, chat, topic) VALUES(?, ?, ?)",
        .id(row.conversation), .id(chat), .id(id))
      return try tell(row.conversation, .staffTopicMade(chat), now: now)
    }
    switch message.relay {
    case .toStaff(let customers)?:
      let shown = StaffMessage(chat: chat, id: id)
      for customer in customers { try relate(shown, customer, row.conversation, now: now) }
      if customers.isEmpty { try relate(shown, nil, row.conversation, now: now) }
    case .toCustomer(let source?)?:
      // A change stands in the place of what it could not be made to, and is changed itself next.
      if row.part == 0, message.refersTo == .edit(source) {
        try forget(customerMessagesOf: source, row.conversation, besides: id)
      }
      try relate(source, id, row.conversation, now: now)
    case .toCustomer(nil)?, nil: break
    }
    if let slot = message.slot { try fill(slot, with: id, of: message, row, now: now) }
  }

  /// Remembers that two messages belong together; once, however often one of them is changed.
  private func relate(
    _ staff: StaffMessage, _ customer: MessageID?, _ conversation: ConversationID, now: Instant
  ) throws(StoreError) {
    try connection.run(
      """
      INSERT INTO relays(conversation, staff_chat, staff_message, customer_message, at)
      SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS(
        SELECT 1 FROM relays WHERE staff_chat = ?2 AND staff_message = ?3 AND conversation = ?1
          AND customer_message IS ?4)
      """, .id(conversation), .id(staff.chat), .id(staff.id), .id(customer), .time(now))
  }

  /// What is several messages can't be shown anew in the place of one.
  private func fill(
    _ slot: Slot, with id: MessageID, of message: OutboxMessage, _ row: SendRow, now: Instant
  ) throws(StoreError) {
    let isAlone =
      message.parts.count(where: { if case .newTopic = $0 { false } else { true } }) == 1
    guard isAlone else { return try empty(slot, row) }
    try connection.run(
      """
      INSERT OR REPLACE INTO slots(conversation, chat, slot, message_id, at)
      VALUES(?, ?, ?, ?, ?)
      """, .id(row.conversation), .id(row.address.chat), .text(slot.name.rawValue), .id(id),
      .time(now))
  }

  private func empty(_ slot: Slot, _ row: SendRow) throws(StoreError) {
    try connection.run(
      "DELETE FROM slots WHERE conversation = ? AND chat = ? AND slot = ?", .id(row.conversation),
      .id(row.address.chat), .text(slot.name.rawValue))
  }

  /// The message that was to be edited is forgotten, so that nothing refers to it again.
  func forgetEdited(by row: SendRow) throws(StoreError) {
    guard let message = row.desk else { return }
    if let slot = message.slot { try empty(slot, row) }
    guard case .edit(let source)? = message.refersTo else { return }
    try forget(customerMessagesOf: source, row.conversation)
  }

  private func forget(
    customerMessagesOf source: StaffMessage, _ conversation: ConversationID,
    besides kept: MessageID? = nil
  ) throws(StoreError) {
    try connection.run(
      """
      DELETE FROM relays WHERE staff_chat = ? AND staff_message = ? AND conversation = ?
        AND customer_message IS NOT NULL AND customer_message IS NOT ?
      """, .id(source.chat), .id(source.id), .id(conversation), .id(kept))
  }

  /// Tells the dialogue what became of an operator's message that stands in its transcript.
  func tellOfRelay(
    _ message: OutboxMessage, _ conversation: ConversationID, _ delivery: Message.Delivery,
    isBlocked: Bool, now: Instant
  ) throws(StoreError) {
    guard message.isFromOperator, let position = message.position else { return }
    let outcome: RelayOutcome =
      switch delivery {
      case .pending, .delivered, .repeated: .delivered
      case .undelivered: isBlocked ? .blocked : .undelivered
      }
    try tell(conversation, .relaySettled(position, outcome), now: now)
  }

  /// Admits an event to a dialogue, unless that has no address any more.
  func tell(
    _ conversation: ConversationID, _ event: InboxEvent, now: Instant
  ) throws(StoreError) {
    guard let address = try address(of: conversation) else { return }
    _ = try admit(
      NewInboxEntry(sourceKeys: [], address: address, event: event, notBefore: now),
      json: Codec.encode(event), writer: nil, now: now)
  }

  // MARK: Topics that are not there

  /// Forgets the topic and what is shown in it, for that must not be changed any more, and gives the
  /// message back.
  func loseTopic(of row: SendRow, now: Instant) throws(StoreError) {
    if row.desk?.staff != nil {
      let chat = row.address.chat
      try connection.run(
        "DELETE FROM desk_topics WHERE conversation = ? AND chat = ?", .id(row.conversation),
        .id(chat))
      try connection.run(
        "DELETE FROM slots WHERE conversation = ? AND chat = ?", .id(row.conversation), .id(chat))
      try tell(row.conversation, .staffChatLost(chat, topicOnly: true), now: now)
    }
    try giveBack(row.id, at: now, failures: 0, unknowns: 0)
  }

  /// Sends a message without the topic that it was to go to.
  func sendWithoutTopic(_ row: SendRow, now: Instant) throws(StoreError) {
    guard var message = row.desk, message.parts.indices.contains(row.part) else {
      return try giveBack(row.id, at: now, failures: 0, unknowns: 0)
    }
    message.staff?.topicName = nil
    if case .newTopic = message.parts[row.part] { message.parts.remove(at: row.part) }
    guard row.part < message.parts.count else {
      return try end(row, row.isRepeated ? .repeated : .delivered, now: now)
    }
    try rewrite(row.id, message, now: now)
  }

  /// Sends a dialogue's messages to the chat without a topic, and lets the dialogue show itself
  /// where it has none, once; cards that speak of a topic would be in the way of the right one.
  func refuseTopics(_ row: SendRow, now: Instant) throws(StoreError) {
    guard row.desk?.staff != nil else { return try sendWithoutTopic(row, now: now) }
    try tell(row.conversation, .staffChatLost(row.address.chat, topicOnly: true), now: now)
    let others = try connection.rows(
      "SELECT id FROM sends WHERE conversation = ? AND chat = ? AND id <> ? AND desk IS NOT NULL",
      .id(row.conversation), .id(row.address.chat), .id(row.id)
    ) { (row) throws(StoreError) in row.id(0, OutboxID.self) }
    for id in others {
      guard var message = try readableMessage(id), message.staff?.topicName != nil else { continue }
      if message.slot?.name == .request {
        try remove(id)
        continue
      }
      message.staff?.topicName = nil
      try connection.run(
        "UPDATE sends SET message = ? WHERE id = ?", .blob(Codec.encode(message)), .id(id))
      messages[id] = message
    }
    guard row.desk?.slot?.name == .request else { return try sendWithoutTopic(row, now: now) }
    try end(row, .delivered, now: now)
  }

  /// The message of a row; nil when it can't be read.
  func readableMessage(_ id: OutboxID) throws(StoreError) -> OutboxMessage? {
    do throws(StoreError) {
      return try storedMessage(id)
    } catch {
      guard error == .unreadableMessage else { throw error }
      return nil
    }
  }
}
