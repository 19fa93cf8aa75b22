/// One pass over the fields that are there, instead of a question for each that might be: a message
/// has about ten of a hundred.
extension TelegramMessage: Codable {
  private enum Field: String {
    case messageID = "message_id"
    case messageThreadID = "message_thread_id"
    case isTopicMessage = "is_topic_message"
    case from
    case senderChat = "sender_chat"
    case date
    case editDate = "edit_date"
    case chat
    case isAutomaticForward = "is_automatic_forward"
    case replyToMessage = "reply_to_message"
    case quote
    case ephemeralMessageID = "ephemeral_message_id"
    case mediaGroupID = "media_group_id"
    case text, entities, caption
    case captionEntities = "caption_entities"
    case richMessage = "rich_message"
    case migrateToChatID = "migrate_to_chat_id"
    case migrateFromChatID = "migrate_from_chat_id"
    case forumTopicCreated = "forum_topic_created"

    var name: FieldName { FieldName(rawValue) }
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    var messageID: Int64?
    var date: Int64?
    var chat: TelegramChat?
    var others: [String] = []
    var rest: [(Field, FieldName)] = []
    var files: [(FileField, FieldName)] = []
    for name in fields.allKeys {
      switch Field(rawValue: name.stringValue) {
      case .messageID: messageID = try fields.decode(Int64.self, forKey: name)
      case .date: date = try fields.decode(Int64.self, forKey: name)
      case .chat: chat = try fields.decode(TelegramChat.self, forKey: name)
      case nil:
        if let field = FileField(rawValue: name.stringValue) {
          files.append((field, name))
        } else {
          others.append(name.stringValue)
        }
      case .some(let field): rest.append((field, name))
      }
    }
    guard let messageID else { throw DecodingError.missing("message_id", in: decoder) }
    guard let date else { throw DecodingError.missing("date", in: decoder) }
    guard let chat else { throw DecodingError.missing("chat", in: decoder) }
    self.init(messageID: messageID, date: date, chat: chat, otherFields: others)
    for (field, name) in rest { try read(field, name, fields) }
    for (field, name) in files { read(field, name, fields) }
    // The order of fields means nothing; sorted, equal messages are equal.
    if otherFields.count > 1 { otherFields.sort() }
  }

  /// A file that cannot be read must not cost the message: its name still tells what it is.
  private mutating func read(
    _ field: FileField, _ name: FieldName, _ fields: KeyedDecodingContainer<FieldName>
  ) {
    files[field] =
      switch field {
      case .photo:
        (try? fields.decode([TelegramFile].self, forKey: name)).flatMap(TelegramFile.largest)
      case .livePhoto, .voice, .audio, .video, .videoNote, .animation, .document, .sticker:
        try? fields.decode(TelegramFile.self, forKey: name)
      }
    if files[field] == nil { otherFields.append(name.stringValue) }
  }

  private mutating func read(
    _ field: Field, _ name: FieldName, _ fields: KeyedDecodingContainer<FieldName>
  ) throws {
    switch field {
    case .messageID, .date, .chat: return
    case .messageThreadID: messageThreadID = try fields.decode(Int64.self, forKey: name)
    case .isTopicMessage: isTopicMessage = try fields.decode(Bool.self, forKey: name)
    case .from: from = try fields.decode(TelegramUser.self, forKey: name)
    case .senderChat: senderChat = try fields.decode(TelegramChat.self, forKey: name)
    case .editDate: editDate = try fields.decode(Int64.self, forKey: name)
    case .isAutomaticForward: isAutomaticForward = try fields.decode(Bool.self, forKey: name)
    case .replyToMessage:
      replyToMessage = try fields.decode(TelegramRepliedMessage.self, forKey: name)
    case .quote: quote = try fields.decode(TelegramTextQuote.self, forKey: name)
    case .ephemeralMessageID: ephemeralMessageID = try fields.decode(Int64.self, forKey: name)
    case .mediaGroupID: mediaGroupID = try fields.decode(String.self, forKey: name)
    case .text: text = try fields.decode(String.self, forKey: name)
    case .entities: entities = try fields.decode([TelegramMessageEntity].self, forKey: name)
    case .caption: caption = try fields.decode(String.self, forKey: name)
    case .captionEntities:
      captionEntities = try fields.decode([TelegramMessageEntity].self, forKey: name)
    case .richMessage:
      // The largest and newest shape of the API: a block that cannot be read must not cost the
      // message.
      richMessage = try? fields.decode(TelegramRichMessage.self, forKey: name)
      if richMessage == nil { otherFields.append(name.stringValue) }
    case .migrateToChatID: migrateToChatID = try fields.decode(Int64.self, forKey: name)
    case .migrateFromChatID: migrateFromChatID = try fields.decode(Int64.self, forKey: name)
    case .forumTopicCreated:
      forumTopicCreated = try fields.decode(TelegramForumTopicCreated.self, forKey: name)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: FieldName.self)
    try fields.encode(messageID, forKey: Field.messageID.name)
    try fields.encodeIfPresent(messageThreadID, forKey: Field.messageThreadID.name)
    try fields.encodeIfPresent(isTopicMessage, forKey: Field.isTopicMessage.name)
    try fields.encodeIfPresent(from, forKey: Field.from.name)
    try fields.encodeIfPresent(senderChat, forKey: Field.senderChat.name)
    try fields.encode(date, forKey: Field.date.name)
    try fields.encodeIfPresent(editDate, forKey: Field.editDate.name)
    try fields.encode(chat, forKey: Field.chat.name)
    try fields.encodeIfPresent(isAutomaticForward, forKey: Field.isAutomaticForward.name)
    try fields.encodeIfPresent(replyToMessage, forKey: Field.replyToMessage.name)
    try fields.encodeIfPresent(quote, forKey: Field.quote.name)
    try fields.encodeIfPresent(ephemeralMessageID, forKey: Field.ephemeralMessageID.name)
    try fields.encodeIfPresent(mediaGroupID, forKey: Field.mediaGroupID.name)
    try fields.encodeIfPresent(text, forKey: Field.text.name)
    try fields.encodeIfPresent(entities, forKey: Field.entities.name)
    try fields.encodeIfPresent(caption, forKey: Field.caption.name)
    try fields.encodeIfPresent(captionEntities, forKey: Field.captionEntities.name)
    try fields.encodeIfPresent(richMessage, forKey: Field.richMessage.name)
    try fields.encodeIfPresent(migrateToChatID, forKey: Field.migrateToChatID.name)
    try fields.encodeIfPresent(migrateFromChatID, forKey: Field.migrateFromChatID.name)
    try fields.encodeIfPresent(forumTopicCreated, forKey: Field.forumTopicCreated.name)
    for (field, file) in files {
      let name = FieldName(field.rawValue)
      if field == .photo {
        try fields.encode([file], forKey: name)
      } else {
        try fields.encode(file, forKey: name)
      }
    }
    for field in otherFields { try fields.encode(EmptyObject(), forKey: FieldName(field)) }
  }
}
