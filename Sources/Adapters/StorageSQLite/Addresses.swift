internal import Conversation

/// A lane of the inbox: the entries of one address. In the database 0 stands for no topic and for
/// no person; Telegram uses it for neither.
extension ConversationAddress {
  var botValue: Value { .integer(bot.rawValue) }
  var chatValue: Value { .integer(chat.rawValue) }
  var topicValue: Value { .integer(topic?.rawValue ?? 0) }
  var personValue: Value { .integer(person?.rawValue ?? 0) }
}

extension Value {
  static func id(_ id: some Identifier) -> Value { .integer(id.rawValue) }
  static func id(_ id: (some Identifier)?) -> Value { .integer(id?.rawValue) }
  static func time(_ time: Instant) -> Value { .integer(time.milliseconds) }
  static func time(_ time: Instant?) -> Value { .integer(time?.milliseconds) }
}

extension Row {
  func id<ID: Identifier>(_ column: Int32, _ type: ID.Type = ID.self) -> ID { ID(integer(column)) }

  func optionalID<ID: Identifier>(_ column: Int32, _ type: ID.Type = ID.self) -> ID? {
    optionalInteger(column).map { ID($0) }
  }

  func time(_ column: Int32) -> Instant { Instant(milliseconds: integer(column)) }

  func optionalTime(_ column: Int32) -> Instant? {
    optionalInteger(column).map { Instant(milliseconds: $0) }
  }

  /// The address in four columns: bot, chat, topic, person.
  func address(_ column: Int32) -> ConversationAddress {
    let topic = integer(column + 2)
    let person = integer(column + 3)
    return ConversationAddress(
      bot: id(column), chat: id(column + 1), topic: topic == 0 ? nil : TopicID(topic),
      person: person == 0 ? nil : PersonID(person))
  }
}
