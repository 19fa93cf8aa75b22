internal import Conversation

/// What the bot sends.
extension World {
  /// Sends a text, a rich message or a document; gives the `Message`.
  mutating func send(_ call: BotCall, now: Instant) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    var message = try begin(call, in: chat, now: now)
    if call.method == .sendDocument {
      try document(call, into: &message)
    } else {
      try content(call, into: &message, isDraft: false)
    }
    try place([message], by: call, in: chat, now: now)
    return self.message(message, in: chats[chat.id] ?? chat)
  }

  /// A message of the bot without content: its topic, what it replies to, its buttons.
  mutating func begin(_ call: BotCall, in chat: Chat, now: Instant) throws(TelegramFailure)
    -> Transcript.Message
  {
    let thread = try thread(call, in: chat)
    var message = newMessage(from: botSender, thread: thread, now: now)
    try reply(call.values["reply_parameters"], in: chat, into: &message)
    if case .inline(let rows) = try ReplyMarkup(call.values["reply_markup"]) {
      message.buttons = rows
    }
    return message
  }

  /// Puts finished messages of the bot into a chat, all or none of them.
  mutating func place(
    _ messages: [Transcript.Message], by call: BotCall, in chat: Chat, now: Instant
  ) throws(TelegramFailure) {
    let markup = try ReplyMarkup(call.values["reply_markup"])
    if let limits = settings.floodLimits {
      let isGroup = chat.kind != .person
      let limit = isGroup ? limits.perGroup : limits.perPerson
      let wait = limit.flatMap { limit in
        chats[chat.id]?.sent.add(
          messages.count, at: now.milliseconds, limit: limit,
          windowSeconds: isGroup ? limits.groupWindowSeconds : limits.personWindowSeconds)
      }
      if let wait { throw .flood(wait) }
    }
    for message in messages {
      append(message, to: chat.id)
      endPreview(in: chat.id, thread: message.thread)
    }
    switch markup {
    case .keyboard(let rows): setKeyboard(rows, in: chat.id)
    case .remove: setKeyboard(nil, in: chat.id)
    case .inline, .forceReply, nil: break
    }
  }

  /// Shows a draft for 30 seconds.
  mutating func draft(_ call: BotCall, now: Instant) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    guard chat.kind == .person else { throw .refused("TEXTDRAFT_PEER_INVALID") }
    guard let id = call.integer("draft_id"), id != 0 else {
      throw .refused("RANDOM_ID_INVALID")
    }
    let thread = try thread(call, in: chat)
    var shape = Transcript.Message(id: 0, from: botSender, date: 0)
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

  /// The bot as the sender of a message.
  var botSender: Transcript.Sender {
    Transcript.Sender(id: settings.botID, name: settings.name, isBot: true)
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
}
