internal import Platform
internal import TelegramTypes

/// Reads the usual update, a text message, in one pass over its bytes.
///
/// It reads strictly and leaves everything that it is not sure of to `JSONDecoder`: other kinds of
/// updates, any field of a message that is not named here (replies, files, forwards), nulls, keys
/// that come twice or with escapes, text that is not Unicode. What it saves:
/// `docs/decisions/0007-json-writer.md`.
struct UpdateScanner {
  typealias Unusual = JSONCursor.Unusual

  private var json = JSONCursor()

  /// Reads an update; nil when it is not a usual one.
  static func scan(_ bytes: Span<UInt8>) -> TelegramUpdate? {
    var scanner = UpdateScanner()
    do throws(Unusual) { return try scanner.update(bytes) } catch { return nil }
  }

  private mutating func update(_ b: Span<UInt8>) throws(Unusual) -> TelegramUpdate {
    var id: Int64?
    var message: TelegramMessage?
    var more = try json.open(b, "{", "}")
    while more {
      let key = try json.key(b)
      if json.matches(b, key, "update_id") {
        try set(&id, integer(b))
      } else if json.matches(b, key, "message") {
        try set(&message, self.message(b))
      } else {
        throw Unusual()
      }
      more = try json.next(b, "}")
    }
    try json.end(b)
    return TelegramUpdate(updateID: try found(id), kind: .message(try found(message)))
  }

  private mutating func message(_ b: Span<UInt8>) throws(Unusual) -> TelegramMessage {
    var id: Int64?
    var date: Int64?
    var chat: TelegramChat?
    var from: TelegramUser?
    var text: String?
    var entities: [TelegramMessageEntity]?
    var thread: Int64?
    var isTopic: Bool?
    var more = try json.open(b, "{", "}")
    while more {
      let key = try json.key(b)
      if json.matches(b, key, "message_id") {
        try set(&id, integer(b))
      } else if json.matches(b, key, "date") {
        try set(&date, integer(b))
      } else if json.matches(b, key, "chat") {
        try set(&chat, self.chat(b))
      } else if json.matches(b, key, "from") {
        try set(&from, user(b))
      } else if json.matches(b, key, "text") {
        try set(&text, string(b))
      } else if json.matches(b, key, "entities") {
        try set(&entities, self.entities(b))
      } else if json.matches(b, key, "message_thread_id") {
        try set(&thread, integer(b))
      } else if json.matches(b, key, "is_topic_message") {
        try set(&isTopic, json.boolean(b))
      } else {
        throw Unusual()
      }
      more = try json.next(b, "}")
    }
    return TelegramMessage(
      messageID: try found(id), messageThreadID: thread, isTopicMessage: isTopic, from: from,
      date: try found(date), chat: try found(chat), text: text, entities: entities)
  }

  private mutating func user(_ b: Span<UInt8>) throws(Unusual) -> TelegramUser {
    var id: Int64?
    var isBot: Bool?
    var firstName: String?
    var lastName: String?
    var username: String?
    var language: String?
    var readsAll: Bool?
    var more = try json.open(b, "{", "}")
    while more {
      let key = try json.key(b)
      if json.matches(b, key, "id") {
        try set(&id, integer(b))
      } else if json.matches(b, key, "is_bot") {
        try set(&isBot, json.boolean(b))
      } else if json.matches(b, key, "first_name") {
        try set(&firstName, string(b))
      } else if json.matches(b, key, "last_name") {
        try set(&lastName, string(b))
      } else if json.matches(b, key, "username") {
        try set(&username, string(b))
      } else if json.matches(b, key, "language_code") {
        try set(&language, string(b))
      } else if json.matches(b, key, "can_read_all_group_messages") {
        try set(&readsAll, json.boolean(b))
      } else {
        try json.skip(b)
      }
      more = try json.next(b, "}")
    }
    return TelegramUser(
      id: try found(id), isBot: try found(isBot), firstName: try found(firstName),
      lastName: lastName, username: username, languageCode: language,
      canReadAllGroupMessages: readsAll)
  }

  private mutating func chat(_ b: Span<UInt8>) throws(Unusual) -> TelegramChat {
    var id: Int64?
    var type: String?
    var title: String?
    var username: String?
    var firstName: String?
    var lastName: String?
    var isForum: Bool?
    var more = try json.open(b, "{", "}")
    while more {
      let key = try json.key(b)
      if json.matches(b, key, "id") {
        try set(&id, integer(b))
      } else if json.matches(b, key, "type") {
        try set(&type, string(b))
      } else if json.matches(b, key, "title") {
        try set(&title, string(b))
      } else if json.matches(b, key, "username") {
        try set(&username, string(b))
      } else if json.matches(b, key, "first_name") {
        try set(&firstName, string(b))
      } else if json.matches(b, key, "last_name") {
        try set(&lastName, string(b))
      } else if json.matches(b, key, "is_forum") {
        try set(&isForum, json.boolean(b))
      } else {
        try json.skip(b)
      }
      more = try json.next(b, "}")
    }
    return TelegramChat(
      id: try found(id), type: try found(type), title: title, username: username,
      firstName: firstName, lastName: lastName, isForum: isForum)
  }

  private mutating func entities(_ b: Span<UInt8>) throws(Unusual) -> [TelegramMessageEntity] {
    var entities: [TelegramMessageEntity] = []
    var more = try json.open(b, "[", "]")
    while more {
      entities.append(try entity(b))
      more = try json.next(b, "]")
    }
    return entities
  }

  private mutating func entity(_ b: Span<UInt8>) throws(Unusual) -> TelegramMessageEntity {
    var type: String?
    var offset: Int?
    var length: Int?
    var url: String?
    var user: TelegramUser?
    var language: String?
    var more = try json.open(b, "{", "}")
    while more {
      let key = try json.key(b)
      if json.matches(b, key, "type") {
        try set(&type, string(b))
      } else if json.matches(b, key, "offset") {
        try set(&offset, json.integer(b))
      } else if json.matches(b, key, "length") {
        try set(&length, json.integer(b))
      } else if json.matches(b, key, "url") {
        try set(&url, string(b))
      } else if json.matches(b, key, "user") {
        try set(&user, self.user(b))
      } else if json.matches(b, key, "language") {
        try set(&language, string(b))
      } else {
        try json.skip(b)
      }
      more = try json.next(b, "}")
    }
    return TelegramMessageEntity(
      type: try found(type), offset: try found(offset), length: try found(length), url: url,
      user: user, language: language)
  }
}

extension UpdateScanner {
  private mutating func string(_ b: Span<UInt8>) throws(Unusual) -> String {
    var text: [UInt8] = []
    try json.string(b, appendingTo: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Ids of groups are negative.
  private mutating func integer(_ b: Span<UInt8>) throws(Unusual) -> Int64 {
    let isNegative = json.takeMinus(b)
    let value = Int64(try json.integer(b))
    return isNegative ? -value : value
  }
}

/// Keeps the value of a key that may come once.
private func set<Value>(_ variable: inout Value?, _ value: Value) throws(JSONCursor.Unusual) {
  guard variable == nil else { throw JSONCursor.Unusual() }
  variable = value
}

/// The value of a key that must come.
private func found<Value>(_ value: Value?) throws(JSONCursor.Unusual) -> Value {
  guard let value else { throw JSONCursor.Unusual() }
  return value
}
