internal import Conversation

/// What the bot does to chats.
extension World {
  /// Sends a text or a rich message; gives the `Message`.
  mutating func send(_ call: BotCall, now: Instant) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    let thread = try thread(call, in: chat)
    var message = newMessage(
      from: Transcript.Sender(id: settings.botID, name: settings.name, isBot: true), thread: thread,
      now: now)
    try content(call, into: &message, isDraft: false)
    message.replyTo = try reply(call.values["reply_parameters"], in: chat)
    let markup = try ReplyMarkup(call.values["reply_markup"])
    if case .inline(let rows) = markup { message.buttons = rows }
    if let limits = settings.floodLimits {
      let isGroup = chat.kind != .person
      let wait = chats[chat.id]?.sent.add(
        at: now.milliseconds, limit: isGroup ? limits.perGroup : limits.perPerson,
        windowSeconds: isGroup ? limits.groupWindowSeconds : limits.personWindowSeconds)
      if let wait { throw .flood(wait) }
    }
    append(message, to: chat.id)
    endPreview(in: chat.id, thread: thread)
    switch markup {
    case .keyboard(let rows): setKeyboard(rows, in: chat.id)
    case .remove: setKeyboard(nil, in: chat.id)
    case .inline, .forceReply, nil: break
    }
    return self.message(message, in: chats[chat.id] ?? chat)
  }

  /// Shows a draft for 30 seconds.
  mutating func draft(_ call: BotCall, now: Instant) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    guard chat.kind == .person else { throw .refused("TEXTDRAFT_PEER_INVALID") }
    guard let id = call.integer("draft_id"), id != 0 else {
      throw .refused("RANDOM_ID_INVALID")
    }
    let thread = try thread(call, in: chat)
    var shape = Transcript.Message(
      id: 0, from: Transcript.Sender(id: settings.botID, name: settings.name, isBot: true), date: 0)
    try content(call, into: &shape, isDraft: true)
    guard !chat.stoppedDrafts.contains(id) else { return true }
    let draft = Transcript.Draft(
      id: id, thread: thread, text: shape.text, entities: shape.entities, blocks: shape.blocks,
      canStop: call.flag("can_stop"), keepsOnStop: call.flag("keep_on_stop"),
      expires: (now + settings.draftLifetime).milliseconds)
    chats[chat.id]?.drafts.removeAll { $0.thread == thread }
    chats[chat.id]?.drafts.append(draft)
    chats[chat.id]?.typingUntil = nil
    busyChats.insert(chat.id)
    changes.append((chat.id, .draft(draft)))
    return true
  }

  /// Shows that the bot is busy, for five seconds.
  mutating func action(_ call: BotCall, now: Instant) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    _ = try thread(call, in: chat)
    let known: Set<String> = [
      "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
      "upload_document", "choose_sticker", "find_location", "record_video_note",
      "upload_video_note",
    ]
    guard let action = call.string("action"), known.contains(action) else {
      throw .refused("wrong parameter action in request")
    }
    let until = now.milliseconds + 5000
    chats[chat.id]?.typingUntil = until
    busyChats.insert(chat.id)
    changes.append((chat.id, .typing(until: until)))
    return true
  }

  /// Changes the text, the blocks or the buttons of one of the bot's messages.
  mutating func edit(_ call: BotCall, now: Instant) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    guard let id = call.integer("message_id"),
      let index = chat.messages.firstIndex(where: { $0.id == id && !$0.isDeleted })
    else { throw .refused("message to edit not found") }
    var message = chat.messages[index]
    guard message.from.isBot else { throw .refused("message can't be edited") }
    if call.method == .editMessageText {
      message.text = nil
      message.entities = []
      message.blocks = nil
      try content(call, into: &message, isDraft: false)
    }
    if case .inline(let rows) = try ReplyMarkup(call.values["reply_markup"]) {
      message.buttons = rows
    } else {
      message.buttons = nil
    }
    guard message != chat.messages[index] else {
      throw .refused(
        "message is not modified: specified new message content and reply markup are exactly the "
          + "same as a current content and reply markup of the message")
    }
    message.editDate = now.milliseconds / 1000
    chats[chat.id]?.messages[index] = message
    changes.append((chat.id, .edited(message)))
    return self.message(message, in: chat)
  }

  /// Deletes a message.
  mutating func delete(_ call: BotCall) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    guard let id = call.integer("message_id"),
      let index = chat.messages.firstIndex(where: { $0.id == id && !$0.isDeleted })
    else { throw .refused("message to delete not found") }
    chats[chat.id]?.messages[index].isDeleted = true
    changes.append((chat.id, .deleted(message: id)))
    return true
  }

  /// The chat that a call means, when the bot may write there.
  func target(_ call: BotCall) throws(TelegramFailure) -> Chat {
    guard let given = call.values["chat_id"] else { throw .refused("chat_id is empty") }
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

  /// A new message without content; it is not in any chat yet.
  mutating func newMessage(from: Transcript.Sender, thread: Int64?, now: Instant)
    -> Transcript.Message
  {
    defer { nextMessage += 1 }
    return Transcript.Message(
      id: nextMessage, from: from, date: now.milliseconds / 1000, thread: thread)
  }

  mutating func append(_ message: Transcript.Message, to chat: Int64) {
    chats[chat]?.messages.append(message)
    chats[chat]?.messages.trim(to: settings.rememberedMessages)
    changes.append((chat, .message(message)))
  }

  private mutating func endPreview(in chat: Int64, thread: Int64?) {
    for draft in chats[chat]?.drafts ?? [] where draft.thread == thread {
      changes.append((chat, .draftGone(draft: draft.id)))
    }
    chats[chat]?.drafts.removeAll { $0.thread == thread }
    chats[chat]?.typingUntil = nil
  }

  private mutating func setKeyboard(_ rows: [[String]]?, in chat: Int64) {
    chats[chat]?.keyboard = rows
    changes.append((chat, .keyboard(rows)))
  }

  private func thread(_ call: BotCall, in chat: Chat) throws(TelegramFailure) -> Int64? {
    guard let thread = call.integer("message_thread_id") else { return nil }
    guard chat.topics.contains(where: { $0.id == thread }) else {
      throw .refused("message thread not found")
    }
    return thread
  }

  private func content(_ call: BotCall, into message: inout Transcript.Message, isDraft: Bool)
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

  private func reply(_ parameters: JSONValue?, in chat: Chat) throws(TelegramFailure) -> Int64? {
    guard let fields = parameters?.object else { return nil }
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
    if chat.messages.contains(where: { $0.id == id && !$0.isDeleted }) { return id }
    guard fields["allow_sending_without_reply"]?.bool == true else {
      throw .refused("message to be replied not found")
    }
    return nil
  }
}
