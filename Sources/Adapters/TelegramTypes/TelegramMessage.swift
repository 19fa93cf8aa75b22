/// A message, with the fields that Switchboard uses.
package struct TelegramMessage: Equatable, Sendable {
  /// The id in its chat; 0 for ephemeral messages.
  package var messageID: Int64
  /// The topic or the thread of replies that it belongs to.
  package var messageThreadID: Int64?
  /// Whether `messageThreadID` is a topic of a forum or of a private chat.
  package var isTopicMessage: Bool?
  /// Who sent it.
  package var from: TelegramUser?
  /// The chat on whose behalf it was sent: a group of an anonymous administrator, a channel.
  package var senderChat: TelegramChat?
  /// When it was sent, in Unix seconds.
  package var date: Int64
  /// When it was last edited, in Unix seconds.
  package var editDate: Int64?
  /// The chat.
  package var chat: TelegramChat
  /// Whether it is a channel's post that was forwarded to the discussion group by itself.
  package var isAutomaticForward: Bool?
  /// What it replies to.
  package var replyToMessage: TelegramRepliedMessage?
  /// The part of the original message that it quotes.
  package var quote: TelegramTextQuote?
  /// The id of an ephemeral message, which only one member of a group sees.
  package var ephemeralMessageID: Int64?
  /// The album that it is a part of.
  package var mediaGroupID: String?
  /// The text of a text message.
  package var text: String?
  /// What is special in `text`.
  package var entities: [TelegramMessageEntity]?
  /// The words under a photo, a file and so on.
  package var caption: String?
  /// What is special in `caption`.
  package var captionEntities: [TelegramMessageEntity]?
  /// The content of a rich message.
  package var richMessage: TelegramRichMessage?
  /// The group became the supergroup with this id.
  package var migrateToChatID: Int64?
  /// The supergroup was the group with this id.
  package var migrateFromChatID: Int64?
  /// The opening of a topic, of which this message tells.
  package var forumTopicCreated: TelegramForumTopicCreated?
  /// The files it holds, by the field each came in; of a photo's sizes, the largest.
  package var files: [FileField: TelegramFile]
  /// The names of all other fields: `contact`, `new_chat_members` … Their content is not read; they
  /// are written as empty objects.
  package var otherFields: [String]

  /// Makes a message.
  package init(
    messageID: Int64, messageThreadID: Int64? = nil, isTopicMessage: Bool? = nil,
    from: TelegramUser? = nil, senderChat: TelegramChat? = nil, date: Int64,
    editDate: Int64? = nil, chat: TelegramChat, isAutomaticForward: Bool? = nil,
    replyToMessage: TelegramRepliedMessage? = nil, quote: TelegramTextQuote? = nil,
    ephemeralMessageID: Int64? = nil, mediaGroupID: String? = nil, text: String? = nil,
    entities: [TelegramMessageEntity]? = nil, caption: String? = nil,
    captionEntities: [TelegramMessageEntity]? = nil, richMessage: TelegramRichMessage? = nil,
    migrateToChatID: Int64? = nil, migrateFromChatID: Int64? = nil,
    forumTopicCreated: TelegramForumTopicCreated? = nil, files: [FileField: TelegramFile] = [:],
    otherFields: [String] = []
  ) {
    self.messageID = messageID
    self.messageThreadID = messageThreadID
    self.isTopicMessage = isTopicMessage
    self.from = from
    self.senderChat = senderChat
    self.date = date
    self.editDate = editDate
    self.chat = chat
    self.isAutomaticForward = isAutomaticForward
    self.replyToMessage = replyToMessage
    self.quote = quote
    self.ephemeralMessageID = ephemeralMessageID
    self.mediaGroupID = mediaGroupID
    self.text = text
    self.entities = entities
    self.caption = caption
    self.captionEntities = captionEntities
    self.richMessage = richMessage
    self.migrateToChatID = migrateToChatID
    self.migrateFromChatID = migrateFromChatID
    self.forumTopicCreated = forumTopicCreated
    self.files = files
    self.otherFields = otherFields
  }

  /// The fields that hold a file.
  package enum FileField: String, Sendable, CaseIterable {
    case photo
    case livePhoto = "live_photo"
    case voice, audio, video
    case videoNote = "video_note"
    case animation, document, sticker
  }
}

/// The message that another one replies to, with the fields that Switchboard uses. Telegram does not
/// nest replies, so this one has no reply of its own.
package struct TelegramRepliedMessage: Equatable, Sendable, Codable {
  /// The id in its chat.
  package var messageID: Int64
  /// Who sent it.
  package var from: TelegramUser?
  /// When it was sent, in Unix seconds; 0 when it can no longer be read.
  package var date: Int64?
  /// The chat.
  package var chat: TelegramChat?
  /// Its text.
  package var text: String?
  /// Its caption.
  package var caption: String?
  /// Its rich content.
  package var richMessage: TelegramRichMessage?
  /// Present when it is the service message that opened a topic. In a topic, Telegram marks every
  /// message as a reply to that one.
  package var forumTopicCreated: TelegramForumTopicCreated?

  /// Makes a message.
  package init(
    messageID: Int64, from: TelegramUser? = nil, date: Int64? = nil, chat: TelegramChat? = nil,
    text: String? = nil, caption: String? = nil, richMessage: TelegramRichMessage? = nil,
    forumTopicCreated: TelegramForumTopicCreated? = nil
  ) {
    self.messageID = messageID
    self.from = from
    self.date = date
    self.chat = chat
    self.text = text
    self.caption = caption
    self.richMessage = richMessage
    self.forumTopicCreated = forumTopicCreated
  }

  private enum CodingKeys: String, CodingKey {
    case from, date, chat, text, caption
    case messageID = "message_id"
    case richMessage = "rich_message"
    case forumTopicCreated = "forum_topic_created"
  }
}

/// The opening of a topic.
package struct TelegramForumTopicCreated: Equatable, Sendable, Codable {
  /// The topic's name.
  package var name: String?
  /// Whether nobody chose the name.
  package var isNameImplicit: Bool?

  /// Makes an event.
  package init(name: String?, isNameImplicit: Bool? = nil) {
    self.name = name
    self.isNameImplicit = isNameImplicit
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case isNameImplicit = "is_name_implicit"
  }
}

/// The quoted part of a message.
package struct TelegramTextQuote: Equatable, Sendable, Codable {
  /// The part.
  package var text: String
  /// Where it begins in the original, in UTF-16 code units; approximate.
  package var position: Int?
  /// Whether the writer chose it, rather than the server.
  package var isManual: Bool?

  /// Makes a quote.
  package init(text: String, position: Int? = nil, isManual: Bool? = nil) {
    self.text = text
    self.position = position
    self.isManual = isManual
  }

  private enum CodingKeys: String, CodingKey {
    case text, position
    case isManual = "is_manual"
  }
}
