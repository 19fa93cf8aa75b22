/// The parameters of a method of the Bot API, sent as a JSON body. Nil fields are left out: Telegram
/// refuses an explicit `null`.
package protocol TelegramMethod: Equatable, Sendable, Codable {
  /// What the method gives when it works.
  associatedtype Result: Sendable, Codable
  /// The method's name, as it stands in the address.
  static var name: String { get }
}

/// Asks who the bot is.
package struct GetMe: TelegramMethod {
  package typealias Result = TelegramUser
  package static let name = "getMe"

  /// Makes parameters.
  package init() {}
}

/// Asks for updates, waiting for the first.
package struct GetUpdates: TelegramMethod {
  package typealias Result = [TelegramUpdate]
  package static let name = "getUpdates"

  /// The first update wanted; all before it are confirmed and forgotten.
  package var offset: Int64?
  /// At most how many, 1 to 100.
  package var limit: Int?
  /// How long to wait, in seconds, at most 50.
  package var timeout: Int?
  /// The kinds wanted; remembered by Telegram.
  package var allowedUpdates: [String]?

  /// Makes parameters.
  package init(
    offset: Int64? = nil, limit: Int? = nil, timeout: Int? = nil, allowedUpdates: [String]? = nil
  ) {
    self.offset = offset
    self.limit = limit
    self.timeout = timeout
    self.allowedUpdates = allowedUpdates
  }

  private enum CodingKeys: String, CodingKey {
    case offset, limit, timeout
    case allowedUpdates = "allowed_updates"
  }
}

/// Directs updates to an address.
package struct SetWebhook: TelegramMethod {
  package typealias Result = Bool
  package static let name = "setWebhook"

  /// The address; empty removes the webhook.
  package var url: String
  /// At most how many connections Telegram opens, 1 to 100.
  package var maxConnections: Int?
  /// The kinds wanted; remembered by Telegram.
  package var allowedUpdates: [String]?
  /// What comes with every update in `X-Telegram-Bot-Api-Secret-Token`: 1 to 256 of `A-Za-z0-9_-`.
  package var secretToken: String?

  /// Makes parameters.
  package init(
    url: String, maxConnections: Int? = nil, allowedUpdates: [String]? = nil,
    secretToken: String? = nil
  ) {
    self.url = url
    self.maxConnections = maxConnections
    self.allowedUpdates = allowedUpdates
    self.secretToken = secretToken
  }

  private enum CodingKeys: String, CodingKey {
    case url
    case maxConnections = "max_connections"
    case allowedUpdates = "allowed_updates"
    case secretToken = "secret_token"
  }
}

/// Goes back to polling.
package struct DeleteWebhook: TelegramMethod {
  package typealias Result = Bool
  package static let name = "deleteWebhook"

  /// Whether updates that wait are thrown away.
  package var dropPendingUpdates: Bool?

  /// Makes parameters.
  package init(dropPendingUpdates: Bool? = nil) { self.dropPendingUpdates = dropPendingUpdates }

  private enum CodingKeys: String, CodingKey {
    case dropPendingUpdates = "drop_pending_updates"
  }
}

/// Asks where updates go.
package struct GetWebhookInfo: TelegramMethod {
  package typealias Result = TelegramWebhookInfo
  package static let name = "getWebhookInfo"

  /// Makes parameters.
  package init() {}
}

/// Registers the commands that clients offer.
package struct SetMyCommands: TelegramMethod {
  package typealias Result = Bool
  package static let name = "setMyCommands"

  /// The commands, at most 100.
  package var commands: [TelegramBotCommand]
  /// Where they are offered; nil for everywhere.
  package var scope: TelegramCommandScope?
  /// For readers of which language, two letters; nil for all that have none of their own.
  package var languageCode: String?

  /// Makes parameters.
  package init(
    commands: [TelegramBotCommand], scope: TelegramCommandScope? = nil,
    languageCode: String? = nil
  ) {
    self.commands = commands
    self.scope = scope
    self.languageCode = languageCode
  }

  private enum CodingKeys: String, CodingKey {
    case commands, scope
    case languageCode = "language_code"
  }
}

/// Where commands are offered: here, one chat (`BotCommandScopeChat`).
package struct TelegramCommandScope: Equatable, Sendable, Codable {
  /// The kind of scope: `chat`.
  package var type: String
  /// The chat.
  package var chatID: Int64

  /// Makes the scope of one chat.
  package init(chatID: Int64) {
    type = "chat"
    self.chatID = chatID
  }

  private enum CodingKeys: String, CodingKey {
    case type
    case chatID = "chat_id"
  }
}

/// Asks what a chat is.
package struct GetChat: TelegramMethod {
  package typealias Result = TelegramChat
  package static let name = "getChat"

  /// The chat.
  package var chatID: Int64

  /// Makes parameters.
  package init(chatID: Int64) { self.chatID = chatID }

  private enum CodingKeys: String, CodingKey { case chatID = "chat_id" }
}
