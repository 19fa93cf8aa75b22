/// The methods that the stand-in knows; all others are answered `404 method not found`.
enum BotMethod: String, CaseIterable {
  case getMe, getUpdates, setWebhook, deleteWebhook, getWebhookInfo
  case sendMessage, sendRichMessage, sendMessageDraft, sendRichMessageDraft, sendChatAction
  case editMessageText, editMessageReplyMarkup, deleteMessage, editForumTopic
  case setMyCommands, getMyCommands, deleteMyCommands, answerCallbackQuery
  case getFile, getChat, getChatMember

  /// Finds a method by its name in a path; names are compared without regard to case.
  init?(path name: some StringProtocol) {
    let name = name.lowercased()
    guard let method = Self.allCases.first(where: { $0.rawValue.lowercased() == name }) else {
      return nil
    }
    self = method
  }

  /// The parameters of the method in Bot API 10.3, with their kinds.
  var parameters: [String: BotCall.Kind] {
    let target: [String: BotCall.Kind] = [
      "business_connection_id": .string, "chat_id": .chat, "message_thread_id": .integer,
    ]
    let sending = target.merging([
      "direct_messages_topic_id": .integer, "ephemeral_message_parameters": .object,
      "disable_notification": .boolean, "protect_content": .boolean,
      "allow_paid_broadcast": .boolean, "message_effect_id": .string,
      "suggested_post_parameters": .object, "reply_parameters": .object, "reply_markup": .object,
    ]) { first, _ in first }
    let text: [String: BotCall.Kind] = [
      "text": .string, "parse_mode": .string, "entities": .array,
      "link_preview_options": .object,
    ]
    let draft: [String: BotCall.Kind] = [
      "chat_id": .integer, "message_thread_id": .integer, "draft_id": .integer,
      "can_stop": .boolean, "keep_on_stop": .boolean,
    ]
    let webhook: [String: BotCall.Kind] = ["drop_pending_updates": .boolean]
    let edited: [String: BotCall.Kind] = [
      "business_connection_id": .string, "chat_id": .chat, "message_id": .integer,
      "inline_message_id": .string, "reply_markup": .object,
    ]
    let commands: [String: BotCall.Kind] = ["scope": .object, "language_code": .string]
    return switch self {
    case .getMe, .getWebhookInfo: [:]
    case .getUpdates:
      ["offset": .integer, "limit": .integer, "timeout": .integer, "allowed_updates": .array]
    case .setWebhook:
      webhook.merging([
        "url": .string, "ip_address": .string, "max_connections": .integer,
        "allowed_updates": .array, "secret_token": .string,
      ]) { first, _ in first }
    case .deleteWebhook: webhook
    case .sendMessage: sending.merging(text) { first, _ in first }
    case .sendRichMessage: sending.merging(["rich_message": .object]) { first, _ in first }
    case .sendMessageDraft:
      draft.merging(["text": .string, "parse_mode": .string, "entities": .array]) { first, _ in
        first
      }
    case .sendRichMessageDraft: draft.merging(["rich_message": .object]) { first, _ in first }
    case .sendChatAction: target.merging(["action": .string]) { first, _ in first }
    case .editMessageText:
      edited.merging(text) { first, _ in first }
        .merging(["rich_message": .object]) { first, _ in first }
    case .editMessageReplyMarkup: edited
    case .editForumTopic:
      [
        "chat_id": .chat, "message_thread_id": .integer, "name": .string,
        "icon_custom_emoji_id": .string,
      ]
    case .deleteMessage: ["chat_id": .chat, "message_id": .integer]
    case .setMyCommands: commands.merging(["commands": .array]) { first, _ in first }
    case .getMyCommands, .deleteMyCommands: commands
    case .answerCallbackQuery:
      [
        "callback_query_id": .string, "text": .string, "show_alert": .boolean, "url": .string,
        "cache_time": .integer,
      ]
    case .getFile: ["file_id": .string]
    case .getChat: ["chat_id": .chat]
    case .getChatMember: ["chat_id": .chat, "user_id": .integer]
    }
  }
}

/// One call of the bot whose parameters have the right kinds.
struct BotCall {
  /// What a parameter is.
  enum Kind { case integer, string, boolean, object, array, chat }

  let method: BotMethod
  private(set) var values: [String: JSONValue] = [:]

  /// Reads the parameters. Values from forms and queries come as text and are read as the kind
  /// demands, as the Bot API does.
  ///
  /// Unlike the Bot API, the strict mode also refuses parameters that the method does not have.
  init(_ method: BotMethod, _ given: [String: JSONValue], strict: Bool) throws(TelegramFailure) {
    self.method = method
    let kinds = method.parameters
    for (name, value) in given.sorted(by: { $0.key < $1.key }) {
      guard let kind = kinds[name] else {
        if strict { throw .refused("unknown parameter \"\(name)\" (strict stand-in)") }
        continue
      }
      guard let value = Self.read(value, as: kind) else { throw Self.mismatch(name, kind) }
      values[name] = value
    }
  }

  /// The chat that is meant, when it is given as a number.
  var chat: Int64? { values["chat_id"]?.integer }

  func integer(_ name: String) -> Int64? { values[name]?.integer }
  func string(_ name: String) -> String? { values[name]?.string }
  func flag(_ name: String) -> Bool { values[name]?.bool ?? false }

  private static func read(_ value: JSONValue, as kind: Kind) -> JSONValue? {
    switch (kind, value) {
    case (.integer, .integer), (.chat, .integer), (.string, .string), (.boolean, .bool),
      (.object, .object), (.array, .array):
      return value
    case (.integer, .string(let text)): return Int64(text).map { .integer($0) }
    case (.chat, .string(let text)): return Int64(text).map { .integer($0) } ?? value
    case (.boolean, .string(let text)):
      return .bool(["true", "yes", "1"].contains(text.lowercased()))
    case (.object, .string(let text)), (.array, .string(let text)):
      guard let parsed = JSONValue(parsing: Array(text.utf8)) else { return nil }
      return kind == .object
        ? parsed.object.map { .object($0) } : parsed.array.map { .array($0) }
    default: return nil
    }
  }

  private static func mismatch(_ name: String, _ kind: Kind) -> TelegramFailure {
    if name == "reply_markup" { return .refused("object expected as reply markup") }
    let expected =
      switch kind {
      case .integer: "integer"
      case .string: "string"
      case .boolean: "boolean"
      case .object: "object"
      case .array: "array"
      case .chat: "chat identifier"
      }
    return .refused("parameter \"\(name)\" must be of type \(expected) and not null")
  }
}
