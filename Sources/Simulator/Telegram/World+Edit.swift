internal import Conversation

/// What the bot does to messages that are there.
extension World {
  /// Changes the text, the caption, the blocks or the buttons of one of the bot's messages.
  mutating func edit(_ call: BotCall, now: Instant) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    let index = try place(of: call, in: chat, orRefuse: "message to edit not found")
    var message = chat.messages[index]
    guard message.from.isBot, message.service == nil else {
      throw .refused("message can't be edited")
    }
    if call.method == .editMessageText {
      guard message.media == nil else {
        throw .refused("there is no text in the message to edit")
      }
      message.text = nil
      message.entities = []
      message.blocks = nil
      try content(call, into: &message, isDraft: false)
    } else if call.method == .editMessageCaption {
      guard Self.takesCaption(message.media) else {
        throw .refused("there is no caption in the message to edit")
      }
      try caption(call, into: &message)
    }
    if case .inline(let rows) = try ReplyMarkup(call.values["reply_markup"]) {
      message.buttons = rows.isEmpty ? nil : rows
    } else {
      message.buttons = nil
    }
    guard message != chat.messages[index] else {
      throw .refused(
        "message is not modified: specified new message content and reply markup are exactly the "
          + "same as a current content and reply markup of the message")
    }
    if call.method != .editMessageReplyMarkup { message.editDate = now.milliseconds / 1000 }
    chats[chat.id]?.messages[index] = message
    changes.append((chat.id, .edited(message)))
    return self.message(message, in: chat)
  }

  /// Whether a medium may stand over words.
  static func takesCaption(_ media: String?) -> Bool {
    ["photo", "voice", "document", "video", "audio"].contains(media)
  }

  /// Deletes a message. In groups, what others wrote is an administrator's to delete; nobody deletes
  /// the beginning of a topic.
  mutating func delete(_ call: BotCall, now: Instant) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    let index = try place(of: call, in: chat, orRefuse: "message to delete not found")
    let message = chat.messages[index]
    let isOurs = message.from.isBot || chat.kind == .person || chat.botRole.isAdministrator
    let isOld = now.milliseconds / 1000 - message.date >= 48 * 3600
    guard isOurs, !isOld, message.service != "topic_created" else {
      throw .refused("message can't be deleted")
    }
    remove(message: message.id, from: chat.id)
    return true
  }

  /// Takes a message out of sight.
  mutating func remove(message id: Int64, from chatID: Int64) {
    guard let index = chats[chatID]?.messages.firstIndex(where: { $0.id == id }) else { return }
    chats[chatID]?.messages[index].isDeleted = true
    changes.append((chatID, .deleted(message: id)))
  }

  /// Sets the bot's reaction; an empty list takes it away.
  mutating func react(_ call: BotCall) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    let index = try place(of: call, in: chat, orRefuse: "message to react not found")
    var reactions: [String] = []
    for reaction in call.values["reaction"]?.array ?? [] {
      guard reaction["type"] == "emoji", let emoji = reaction["emoji"]?.string,
        Self.reactions.contains(emoji), reaction.object?.count == 2
      else { throw .refused("REACTION_INVALID") }
      reactions.append(emoji)
    }
    guard reactions.count <= 1 else { throw .refused("REACTIONS_TOO_MANY") }
    guard chat.messages[index].service == nil else { throw .refused("MESSAGE_ID_INVALID") }
    chats[chat.id]?.messages[index].reactions = reactions
    if let changed = chats[chat.id]?.messages[index] {
      changes.append((chat.id, .edited(changed)))
    }
    return true
  }

  /// What `ReactionTypeEmoji` allows in Bot API 10.3.
  private static let reactions: Set<String> = [
    "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩",
    "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤‍🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆",
    "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈",
    "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄",
    "😘", "💊", "🙊", "😎", "👾", "🤷‍♂", "🤷", "🤷‍♀", "😡",
  ]
}
