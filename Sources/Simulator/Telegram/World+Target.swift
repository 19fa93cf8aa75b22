internal import Conversation

/// Where a call of the bot leads, and what it carries.
extension World {
  /// The chat that a call means, when the bot may write there.
  func target(_ call: BotCall, named name: String = "chat_id") throws(TelegramFailure) -> Chat {
    guard let given = call.values[name] else { throw .refused("\(name) is empty") }
    guard let id = given.integer, let chat = chats[id] else {
      if let id = given.integer, people[id] != nil {
        throw TelegramFailure(403, "Forbidden: bot can't initiate conversation with a user")
      }
      throw .refused("chat not found")
    }
    if let newID = chat.migratedTo {
      throw TelegramFailure(
        400, "Bad Request: group chat was upgraded to a supergroup chat", migrateToChat: newID)
    }
    switch (chat.kind, chat.isBlocked) {
    case (.person, true): throw TelegramFailure(403, "Forbidden: bot was blocked by the user")
    case (.group, true):
      throw TelegramFailure(403, "Forbidden: bot was kicked from the group chat")
    case (.supergroup, true):
      throw TelegramFailure(403, "Forbidden: bot was kicked from the supergroup chat")
    case (.person, false) where !chat.hasStarted:
      throw TelegramFailure(403, "Forbidden: bot can't initiate conversation with a user")
    case (_, false): return chat
    }
  }

  /// The topic that a call names, when the bot may write there.
  func thread(_ call: BotCall, in chat: Chat) throws(TelegramFailure) -> Int64? {
    guard let thread = call.integer("message_thread_id") else { return nil }
    guard let topic = chat.topics.first(where: { $0.id == thread }) else {
      throw .refused("message thread not found")
    }
    let mayWrite = chat.botRole.managesTopics || topic.creator == settings.botID
    guard !topic.isClosed || mayWrite || chat.kind == .person else {
      throw .refused("TOPIC_CLOSED")
    }
    return thread
  }

  /// The place of the message that a call names.
  func place(
    of call: BotCall, in chat: Chat, orRefuse words: String
  ) throws(TelegramFailure) -> Int {
    guard let id = call.integer("message_id"),
      let index = chat.messages.firstIndex(where: { $0.id == id && !$0.isDeleted })
    else { throw .refused(words) }
    return index
  }

  /// Reads text or blocks.
  func content(_ call: BotCall, into message: inout Transcript.Message, isDraft: Bool)
    throws(TelegramFailure)
  {
    let isRich = call.method == .sendRichMessage || call.method == .sendRichMessageDraft
    if isRich || (call.method == .editMessageText && call.values["rich_message"] != nil) {
      guard call.values["text"] == nil else {
        throw .refused("text and rich_message can't be used together")
      }
      message.blocks = try RichRules.read(call.values["rich_message"], isDraft: isDraft)
      return
    }
    guard let raw = call.string("text") else {
      guard isDraft else { throw .refused("message text is empty") }
      return message.text = ""
    }
    let text = try TextRules.read(
      raw, entities: call.values["entities"]?.array ?? [], parseMode: call.string("parse_mode"))
    guard isDraft || !raw.isEmpty else { throw .refused("message text is empty") }
    guard isDraft || !text.text.isEmpty else { throw .refused("text must be non-empty") }
    message.text = text.text
    message.entities = text.entities
  }

  /// Reads the caption of a medium; none is no mistake.
  func caption(_ call: BotCall, into message: inout Transcript.Message) throws(TelegramFailure) {
    let text = try TextRules.read(
      call.string("caption") ?? "", entities: call.values["caption_entities"]?.array ?? [],
      parseMode: call.string("parse_mode"), isCaption: true)
    message.text = text.text.isEmpty ? nil : text.text
    message.entities = text.entities
  }

  /// Reads `reply_parameters`.
  func reply(_ parameters: JSONValue?, in chat: Chat, into message: inout Transcript.Message)
    throws(TelegramFailure)
  {
    guard let fields = parameters?.object else { return }
    let known: Set<String> = [
      "message_id", "chat_id", "allow_sending_without_reply", "quote", "quote_parse_mode",
      "quote_entities", "quote_position",
    ]
    if let unknown = fields.keys.sorted().first(where: { !known.contains($0) }) {
      throw .refused("can't parse reply parameters: unexpected \"\(unknown)\" (strict stand-in)")
    }
    guard let id = fields["message_id"]?.integer else {
      throw .refused("can't parse reply parameters: Can't find field \"message_id\"")
    }
    guard let original = chat.messages.first(where: { $0.id == id && !$0.isDeleted }) else {
      guard fields["allow_sending_without_reply"]?.bool == true else {
        throw .refused("message to be replied not found")
      }
      return
    }
    message.replyTo = id
    // A reply stands where the message stands that it replies to, without being told
    // (github.com/tdlib/telegram-bot-api/issues/447).
    message.thread = message.thread ?? original.thread
    guard let quote = fields["quote"]?.string, !quote.isEmpty else { return }
    guard quote.unicodeScalars.count <= 1024, (original.text ?? "").contains(quote) else {
      throw .refused("QUOTE_TEXT_INVALID")
    }
    message.quote = quote
  }
}
