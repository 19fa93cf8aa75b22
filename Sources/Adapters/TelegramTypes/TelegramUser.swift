/// A person or a bot.
package struct TelegramUser: Equatable, Sendable, Codable {
  /// The id; up to 52 significant bits.
  package var id: Int64
  /// Whether it is a bot.
  package var isBot: Bool
  /// The first name.
  package var firstName: String
  /// The last name.
  package var lastName: String?
  /// The username, without `@`.
  package var username: String?
  /// The language the person reads, an IETF tag.
  package var languageCode: String?
  /// In `getMe` only: whether privacy mode is off.
  package var canReadAllGroupMessages: Bool?

  /// Makes a user.
  package init(
    id: Int64, isBot: Bool = false, firstName: String, lastName: String? = nil,
    username: String? = nil, languageCode: String? = nil, canReadAllGroupMessages: Bool? = nil
  ) {
    self.id = id
    self.isBot = isBot
    self.firstName = firstName
    self.lastName = lastName
    self.username = username
    self.languageCode = languageCode
    self.canReadAllGroupMessages = canReadAllGroupMessages
  }

  private enum CodingKeys: String, CodingKey {
    case id, username
    case isBot = "is_bot"
    case firstName = "first_name"
    case lastName = "last_name"
    case languageCode = "language_code"
    case canReadAllGroupMessages = "can_read_all_group_messages"
  }
}

/// A chat.
package struct TelegramChat: Equatable, Sendable, Codable {
  /// The id; positive for private chats, negative for the others.
  package var id: Int64
  /// `private`, `group`, `supergroup` or `channel`.
  package var type: String
  /// The title, for all but private chats.
  package var title: String?
  /// The username, without `@`.
  package var username: String?
  /// The other party's first name, in a private chat.
  package var firstName: String?
  /// The other party's last name, in a private chat.
  package var lastName: String?
  /// Whether the supergroup has topics.
  package var isForum: Bool?

  /// Makes a chat.
  package init(
    id: Int64, type: String, title: String? = nil, username: String? = nil,
    firstName: String? = nil, lastName: String? = nil, isForum: Bool? = nil
  ) {
    self.id = id
    self.type = type
    self.title = title
    self.username = username
    self.firstName = firstName
    self.lastName = lastName
    self.isForum = isForum
  }

  private enum CodingKeys: String, CodingKey {
    case id, type, title, username
    case firstName = "first_name"
    case lastName = "last_name"
    case isForum = "is_forum"
  }
}

/// A stretch of a text with a meaning; `offset` and `length` are UTF-16 code units.
package struct TelegramMessageEntity: Equatable, Sendable, Codable {
  /// `mention`, `bot_command`, `bold`, `text_link` …; later versions may add names.
  package var type: String
  /// Where it begins.
  package var offset: Int
  /// How long it is.
  package var length: Int
  /// For `text_link`: the address.
  package var url: String?
  /// For `text_mention`: the user, who has no username.
  package var user: TelegramUser?
  /// For `pre`: the programming language.
  package var language: String?

  /// Makes an entity.
  package init(
    type: String, offset: Int, length: Int, url: String? = nil, user: TelegramUser? = nil,
    language: String? = nil
  ) {
    self.type = type
    self.offset = offset
    self.length = length
    self.url = url
    self.user = user
    self.language = language
  }
}
