/// Gives a message of the bot new content: a text or a rich message, exactly one of them.
package struct EditMessageText: TelegramMethod {
  package typealias Result = TelegramMessage
  package static let name = "editMessageText"

  /// The chat.
  package var chatID: Int64
  /// The message.
  package var messageID: Int64
  /// The text, 1 to 4,096 Unicode scalars.
  package var text: String?
  /// What is special in it.
  package var entities: [TelegramMessageEntity]?
  /// How links are shown below it.
  package var linkPreviewOptions: TelegramLinkPreviewOptions?
  /// The rich content.
  package var richMessage: TelegramInputRichMessage?

  /// Makes parameters.
  package init(
    chatID: Int64, messageID: Int64, text: String? = nil,
    entities: [TelegramMessageEntity]? = nil,
    linkPreviewOptions: TelegramLinkPreviewOptions? = nil,
    richMessage: TelegramInputRichMessage? = nil
  ) {
    self.chatID = chatID
    self.messageID = messageID
    self.text = text
    self.entities = entities
    self.linkPreviewOptions = linkPreviewOptions
    self.richMessage = richMessage
  }

  private enum CodingKeys: String, CodingKey {
    case text, entities
    case chatID = "chat_id"
    case messageID = "message_id"
    case linkPreviewOptions = "link_preview_options"
    case richMessage = "rich_message"
  }
}

/// Gives a topic a name, in a forum or in a private chat.
package struct EditForumTopic: TelegramMethod {
  package typealias Result = Bool
  package static let name = "editForumTopic"

  /// The chat.
  package var chatID: Int64
  /// The topic.
  package var messageThreadID: Int64
  /// The name, at most 128 characters; an empty one keeps the old.
  package var name: String

  /// Makes parameters.
  package init(chatID: Int64, messageThreadID: Int64, name: String) {
    self.chatID = chatID
    self.messageThreadID = messageThreadID
    self.name = name
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case chatID = "chat_id"
    case messageThreadID = "message_thread_id"
  }
}

/// Asks where a file can be fetched, for the next hour at least.
package struct GetFile: TelegramMethod {
  package typealias Result = TelegramFile
  package static let name = "getFile"

  /// The file.
  package var fileID: String

  /// Makes parameters.
  package init(fileID: String) { self.fileID = fileID }

  private enum CodingKeys: String, CodingKey { case fileID = "file_id" }
}
