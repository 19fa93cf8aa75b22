/// Sends a text.
package struct SendMessage: TelegramMethod {
  package typealias Result = TelegramMessage
  package static let name = "sendMessage"

  /// The chat.
  package var chatID: Int64
  /// The topic; the General topic of a forum (1) is left out.
  package var messageThreadID: Int64?
  /// The text, 1 to 4,096 Unicode scalars.
  package var text: String
  /// What is special in it.
  package var entities: [TelegramMessageEntity]?
  /// How links are shown below it.
  package var linkPreviewOptions: TelegramLinkPreviewOptions?
  /// What it replies to.
  package var replyParameters: TelegramReplyParameters?
  /// The keyboard below the input field.
  package var replyMarkup: TelegramReplyKeyboardMarkup?

  /// Makes parameters.
  package init(
    chatID: Int64, messageThreadID: Int64? = nil, text: String,
    entities: [TelegramMessageEntity]? = nil,
    linkPreviewOptions: TelegramLinkPreviewOptions? = nil,
    replyParameters: TelegramReplyParameters? = nil,
    replyMarkup: TelegramReplyKeyboardMarkup? = nil
  ) {
    self.chatID = chatID
    self.messageThreadID = messageThreadID
    self.text = text
    self.entities = entities
    self.linkPreviewOptions = linkPreviewOptions
    self.replyParameters = replyParameters
    self.replyMarkup = replyMarkup
  }

  private enum CodingKeys: String, CodingKey {
    case text, entities
    case chatID = "chat_id"
    case messageThreadID = "message_thread_id"
    case linkPreviewOptions = "link_preview_options"
    case replyParameters = "reply_parameters"
    case replyMarkup = "reply_markup"
  }
}

/// Sends a rich message.
package struct SendRichMessage: TelegramMethod {
  package typealias Result = TelegramMessage
  package static let name = "sendRichMessage"

  /// The chat.
  package var chatID: Int64
  /// The topic; the General topic of a forum (1) is left out.
  package var messageThreadID: Int64?
  /// The content.
  package var richMessage: TelegramInputRichMessage
  /// What it replies to.
  package var replyParameters: TelegramReplyParameters?
  /// The keyboard below the input field.
  package var replyMarkup: TelegramReplyKeyboardMarkup?

  /// Makes parameters.
  package init(
    chatID: Int64, messageThreadID: Int64? = nil, richMessage: TelegramInputRichMessage,
    replyParameters: TelegramReplyParameters? = nil,
    replyMarkup: TelegramReplyKeyboardMarkup? = nil
  ) {
    self.chatID = chatID
    self.messageThreadID = messageThreadID
    self.richMessage = richMessage
    self.replyParameters = replyParameters
    self.replyMarkup = replyMarkup
  }

  private enum CodingKeys: String, CodingKey {
    case chatID = "chat_id"
    case messageThreadID = "message_thread_id"
    case richMessage = "rich_message"
    case replyParameters = "reply_parameters"
    case replyMarkup = "reply_markup"
  }
}

/// Shows a text that is still being written, for 30 seconds, in a private chat.
package struct SendMessageDraft: TelegramMethod {
  package typealias Result = Bool
  package static let name = "sendMessageDraft"

  /// The private chat.
  package var chatID: Int64
  /// The topic.
  package var messageThreadID: Int64?
  /// The draft's id, not 0; changes under the same id are animated.
  package var draftID: Int64
  /// The text so far, 0 to 4,096 Unicode scalars; empty shows "Thinking…".
  package var text: String?
  /// What is special in it.
  package var entities: [TelegramMessageEntity]?
  /// Whether there is a button to stop.
  package var canStop: Bool?

  /// Makes parameters.
  package init(
    chatID: Int64, messageThreadID: Int64? = nil, draftID: Int64, text: String? = nil,
    entities: [TelegramMessageEntity]? = nil, canStop: Bool? = nil
  ) {
    self.chatID = chatID
    self.messageThreadID = messageThreadID
    self.draftID = draftID
    self.text = text
    self.entities = entities
    self.canStop = canStop
  }

  private enum CodingKeys: String, CodingKey {
    case text, entities
    case chatID = "chat_id"
    case messageThreadID = "message_thread_id"
    case draftID = "draft_id"
    case canStop = "can_stop"
  }
}

/// Shows a rich message that is still being written, for 30 seconds, in a private chat.
package struct SendRichMessageDraft: TelegramMethod {
  package typealias Result = Bool
  package static let name = "sendRichMessageDraft"

  /// The private chat.
  package var chatID: Int64
  /// The topic.
  package var messageThreadID: Int64?
  /// The draft's id, not 0; changes under the same id are animated.
  package var draftID: Int64
  /// The content so far.
  package var richMessage: TelegramInputRichMessage
  /// Whether there is a button to stop.
  package var canStop: Bool?

  /// Makes parameters.
  package init(
    chatID: Int64, messageThreadID: Int64? = nil, draftID: Int64,
    richMessage: TelegramInputRichMessage, canStop: Bool? = nil
  ) {
    self.chatID = chatID
    self.messageThreadID = messageThreadID
    self.draftID = draftID
    self.richMessage = richMessage
    self.canStop = canStop
  }

  private enum CodingKeys: String, CodingKey {
    case chatID = "chat_id"
    case messageThreadID = "message_thread_id"
    case draftID = "draft_id"
    case richMessage = "rich_message"
    case canStop = "can_stop"
  }
}

/// Shows what the bot is doing, for 5 seconds.
package struct SendChatAction: TelegramMethod {
  package typealias Result = Bool
  package static let name = "sendChatAction"

  /// The chat.
  package var chatID: Int64
  /// The topic.
  package var messageThreadID: Int64?
  /// What it is doing: `typing` …
  package var action: String

  /// Makes parameters.
  package init(chatID: Int64, messageThreadID: Int64? = nil, action: String) {
    self.chatID = chatID
    self.messageThreadID = messageThreadID
    self.action = action
  }

  private enum CodingKeys: String, CodingKey {
    case action
    case chatID = "chat_id"
    case messageThreadID = "message_thread_id"
  }
}

/// How links are shown below a message.
package struct TelegramLinkPreviewOptions: Equatable, Sendable, Codable {
  /// Whether nothing is shown.
  package var isDisabled: Bool?

  /// Makes options.
  package init(isDisabled: Bool?) { self.isDisabled = isDisabled }

  private enum CodingKeys: String, CodingKey { case isDisabled = "is_disabled" }
}

/// What a message replies to.
package struct TelegramReplyParameters: Equatable, Sendable, Codable {
  /// The message, in the same chat.
  package var messageID: Int64
  /// Whether it is sent when that message is gone.
  package var allowSendingWithoutReply: Bool?

  /// Makes parameters.
  package init(messageID: Int64, allowSendingWithoutReply: Bool? = nil) {
    self.messageID = messageID
    self.allowSendingWithoutReply = allowSendingWithoutReply
  }

  private enum CodingKeys: String, CodingKey {
    case messageID = "message_id"
    case allowSendingWithoutReply = "allow_sending_without_reply"
  }
}

/// A keyboard below the input field.
package struct TelegramReplyKeyboardMarkup: Equatable, Sendable, Codable {
  /// The buttons, by rows.
  package var keyboard: [[TelegramKeyboardButton]]
  /// Whether it stays.
  package var isPersistent: Bool?
  /// Whether it is no higher than it must be.
  package var resizeKeyboard: Bool?

  /// Makes a keyboard.
  package init(
    keyboard: [[TelegramKeyboardButton]], isPersistent: Bool? = nil, resizeKeyboard: Bool? = nil
  ) {
    self.keyboard = keyboard
    self.isPersistent = isPersistent
    self.resizeKeyboard = resizeKeyboard
  }

  private enum CodingKeys: String, CodingKey {
    case keyboard
    case isPersistent = "is_persistent"
    case resizeKeyboard = "resize_keyboard"
  }
}

/// A button of a keyboard; pressing it sends its text.
package struct TelegramKeyboardButton: Equatable, Sendable, Codable {
  /// The label.
  package var text: String

  /// Makes a button.
  package init(text: String) { self.text = text }
}
