/// The methods that the stand-in knows; all others are answered `404 method not found`.
enum BotMethod: String, CaseIterable {
  case getMe, getUpdates, setWebhook, deleteWebhook, getWebhookInfo
  case sendMessage, sendRichMessage, sendMessageDraft, sendRichMessageDraft, sendChatAction
  case sendDocument, copyMessage, copyMessages
  case editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage
  case setMessageReaction
  case createForumTopic, editForumTopic, closeForumTopic, reopenForumTopic, deleteForumTopic
  case getForumTopicIconStickers
  case setMyCommands, getMyCommands, deleteMyCommands, answerCallbackQuery
  case getFile, getChat, getChatMember, getChatAdministrators

  /// Finds a method by its name in a path; names are compared without regard to case.
  init?(path name: some StringProtocol) {
    let name = name.lowercased()
    guard let method = Self.allCases.first(where: { $0.rawValue.lowercased() == name }) else {
      return nil
    }
    self = method
  }
}

/// One call of the bot whose parameters have the right kinds.
struct BotCall {
  /// What a parameter is.
  enum Kind {
    case integer, string, boolean, object, array, chat
    /// A file of the form (`attach://name`), or the id of one.
    case file
  }

  let method: BotMethod
  private(set) var values: [String: JSONValue] = [:]
  /// The files that came with it.
  let files: [String: RequestBody.File]

  /// Reads the parameters. Values from forms and queries come as text and are read as the kind
  /// demands, as the Bot API does.
  ///
  /// Unlike the Bot API, the strict mode also refuses parameters that the method does not have.
  init(
    _ method: BotMethod, _ given: [String: JSONValue], files: [String: RequestBody.File] = [:],
    strict: Bool
  ) throws(TelegramFailure) {
    self.method = method
    self.files = files
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
      (.object, .object), (.array, .array), (.file, .string):
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
      case .file: "file"
      }
    return .refused("parameter \"\(name)\" must be of type \(expected) and not null")
  }
}
