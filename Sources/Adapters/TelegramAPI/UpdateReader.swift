internal import Conversation
internal import Gateways
internal import TelegramTypes

/// Reads updates for one bot and reduces them to what Switchboard acts on. Pure.
struct UpdateReader: Sendable {
  /// The account under which anonymous administrators of groups write.
  static let anonymousAdministrator: Int64 = 1_087_968_824
  /// How much of a quoted message is kept, in Unicode scalars.
  static let quoteLimit = 1_000
  /// How much of a name is kept, in Unicode scalars.
  static let nameLimit = 100

  private let bot: BotIdentity

  init(bot: BotIdentity) { self.bot = bot }

  func read(_ bytes: [UInt8]) throws(UnusableUpdate) -> InboundUpdate {
    if let usual = UpdateScanner.scan(bytes.span) {
      return InboundUpdate(id: usual.updateID, kind: kind(of: usual))
    }
    let update: TelegramUpdate
    do { update = try Wire.decode(TelegramUpdate.self, from: bytes) } catch {
      let scanner = JSONScanner(bytes)
      let id = scanner.member("update_id", of: scanner.whole).flatMap(scanner.integer)
      throw UnusableUpdate(id: id, reason: Self.reason(error))
    }
    return InboundUpdate(id: update.updateID, kind: kind(of: update))
  }

  private func kind(of update: TelegramUpdate) -> InboundUpdate.Kind {
    switch update.kind {
    case .message(let message):
      topicCreated(message) ?? read(message, as: InboundUpdate.Kind.message)
    case .editedMessage(let message): read(message, as: InboundUpdate.Kind.editedMessage)
    case .myChatMember(let change):
      .membershipChanged(
        chat: ChatID(change.chat.id), isPrivate: change.chat.type == "private",
        reachable: change.newChatMember.mayWrite)
    case .stoppedMessageGeneration(let stop):
      .generationStopped(
        chat: ChatID(stop.chat.id), topic: stop.messageThreadID.map(TopicID.init),
        draftID: stop.draftID)
    case .callbackQuery(let query): pressed(query)
    case .chatMember(let change): memberChanged(change)
    case .other(let name): .ignored(kind: name ?? "empty")
    }
  }

  /// A press counts when it tells which button it was, and where, even under a message that can no
  /// longer be read.
  private func pressed(_ query: TelegramCallbackQuery) -> InboundUpdate.Kind {
    guard let data = query.data, let message = query.message else {
      return .ignored(kind: "callback_query")
    }
    return .pressed(
      ButtonPress(
        id: query.id, chat: ChatID(message.chat.id), isPrivate: message.chat.type == "private",
        topic: message.topic, message: MessageID(message.messageID),
        speaker: Self.speaker(query.from), data: data))
  }

  /// The bot's own membership is told by another kind of update.
  private func memberChanged(_ change: TelegramChatMemberUpdated) -> InboundUpdate.Kind {
    let person = change.newChatMember.user.id
    guard person != bot.id.rawValue, change.chat.type != "channel" else {
      return .ignored(kind: "chat_member")
    }
    return .memberChanged(
      chat: ChatID(change.chat.id), person: PersonID(person),
      isMember: change.newChatMember.mayWrite)
  }

  /// Whoever made the topic, be it the bot: the name is looked at, not the maker.
  private func topicCreated(_ message: TelegramMessage) -> InboundUpdate.Kind? {
    guard let created = message.forumTopicCreated, let topic = message.messageThreadID,
      message.words == nil
    else { return nil }
    return .topicCreated(
      chat: ChatID(message.chat.id), topic: TopicID(topic),
      isPrivate: message.chat.type == "private", nameIsImplicit: created.isNameImplicit ?? false)
  }

  private func read(
    _ message: TelegramMessage, as kind: (InboundMessage) -> InboundUpdate.Kind
  ) -> InboundUpdate.Kind {
    // A migration is told in both chats. Either may come first, and the second changes nothing.
    if let to = message.migrateToChatID {
      return .migrated(from: ChatID(message.chat.id), to: ChatID(to))
    }
    if let from = message.migrateFromChatID {
      return .migrated(from: ChatID(from), to: ChatID(message.chat.id))
    }
    guard message.isAutomaticForward != true else { return .ignored(kind: "bot_message") }
    guard message.from != nil || message.senderChat != nil else {
      return .ignored(kind: "no_sender")
    }
    guard let speaker = speaker(of: message) else { return .ignored(kind: "bot_message") }
    let attachment = Attachment(of: message)
    guard message.words != nil || attachment != nil else {
      return .ignored(kind: message.serviceKind)
    }
    return kind(inbound(message, speaker, attachment))
  }

  private func inbound(
    _ message: TelegramMessage, _ speaker: Speaker, _ attachment: Attachment?
  ) -> InboundMessage {
    let isPrivate = message.chat.type == "private"
    let words = AddressedText(
      message.words ?? "", entities: message.wordEntities, bot: bot)
    return InboundMessage(
      chat: ChatID(message.chat.id), isPrivate: isPrivate,
      topic: message.topic, id: MessageID(message.messageID),
      ephemeralID: message.ephemeralMessageID,
      speaker: speaker, date: Instant(seconds: message.date),
      editDate: message.editDate.map(Instant.init(seconds:)),
      text: words.text.isEmpty ? nil : words.text, command: words.command,
      addressee: isPrivate ? .bot : addressee(of: message, words),
      quoted: quoted(in: message), attachment: attachment, album: message.mediaGroupID,
      entities: words.entities,
      repliesTo: repliesTo(message))
  }

  /// A command to another bot stays that bot's even in a reply to ours. One addressed to nobody is
  /// left to the caller, who knows which commands there are.
  private func addressee(of message: TelegramMessage, _ words: AddressedText)
    -> InboundMessage.Addressee
  {
    if words.commandIsForAnother { return .other }
    if words.isForBot || repliesToBot(message) { return .bot }
    return .nobody
  }

  private func repliesToBot(_ message: TelegramMessage) -> Bool {
    guard let original = message.originalMessage else { return false }
    return original.from?.id == bot.id.rawValue
  }

  private func repliesTo(_ message: TelegramMessage) -> MessageID? {
    // Ephemeral messages have no id of this kind.
    guard let original = message.originalMessage, original.messageID != 0 else { return nil }
    return MessageID(original.messageID)
  }

  private func quoted(in message: TelegramMessage) -> String? {
    if let quote = message.quote, quote.isManual == true || !repliesToBot(message) {
      return Self.bounded(quote.text, Self.quoteLimit)
    }
    guard let original = message.originalMessage, !repliesToBot(message) else { return nil }
    let words = original.text ?? original.caption ?? original.richMessage?.plainText
    return words.flatMap { Self.bounded($0, Self.quoteLimit) }
  }

  /// Who wrote; nil for bots. A chat speaks for an anonymous administrator, or for a person who
  /// writes as a channel; Telegram then puts an account of its own into `from`.
  private func speaker(of message: TelegramMessage) -> Speaker? {
    if let chat = message.senderChat {
      return Speaker(
        id: PersonID(chat.id), name: Self.name([chat.title], or: chat.username, chat.id),
        language: Language(tag: nil))
    }
    guard let user = message.from,
      !user.isBot || user.id == Self.anonymousAdministrator
    else { return nil }
    return Self.speaker(user)
  }

  private static func speaker(_ user: TelegramUser) -> Speaker {
    Speaker(
      id: PersonID(user.id),
      name: name([user.firstName, user.lastName], or: user.username, user.id),
      language: Language(tag: user.languageCode))
  }

  /// The parts of a name on one line: names reach the model, and one with line breaks could pass
  /// for somebody else's words.
  private static func name(_ parts: [String?], or username: String?, _ id: Int64) -> String {
    let line = parts.compactMap(\.self).joined(separator: " ").unicodeScalars
      .prefix(nameLimit * 4)
      .split { $0.isASCII ? $0.value <= 32 || $0.value == 127 : isBreak($0) }
      .map(String.init).joined(separator: " ")
    return bounded(line, nameLimit) ?? username ?? String(id)
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
  }

  private static func bounded(_ text: String, _ limit: Int) -> String? {
    guard !text.isEmpty else { return nil }
    return text.utf8.count <= limit ? text : String(text.unicodeScalars.prefix(limit))
  }

  /// What kind of fault, and in which field; nothing of the content.
  private static func reason(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "not an update" }
    func path(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
        .joined(separator: ".")
    }
    return switch error {
    case .typeMismatch(_, let context): "wrong type at \(path(context))"
    case .valueNotFound(_, let context): "no value at \(path(context))"
    case .keyNotFound(let key, let context): "no \(key.stringValue) at \(path(context))"
    case .dataCorrupted: "not JSON"
    @unknown default: "not an update"
    }
  }
}

extension TelegramChatMemberUpdated.Member {
  /// Whether they are in the chat and may write there.
  fileprivate var mayWrite: Bool {
    switch status {
    case "left", "kicked": false
    case "restricted": isMember != false && canSendMessages != false
    default: true
    }
  }
}

extension TelegramMessage {
  fileprivate var topic: TopicID? {
    isTopicMessage == true ? messageThreadID.map(TopicID.init) : nil
  }

  /// Text, caption, or the words of a rich message.
  fileprivate var words: String? { text ?? caption ?? richMessage?.plainText }

  fileprivate var wordEntities: [TelegramMessageEntity] {
    (text != nil ? entities : captionEntities) ?? []
  }

  /// What it replies to, except the opening of its topic: Telegram marks every message of a topic
  /// as a reply to that one.
  fileprivate var originalMessage: TelegramRepliedMessage? {
    guard let original = replyToMessage, original.forumTopicCreated == nil else { return nil }
    if isTopicMessage == true, original.messageID == messageThreadID { return nil }
    return original
  }

  /// The name of what a message without words and attachment tells.
  fileprivate var serviceKind: String {
    let marks: Set<String> = [
      "reply_markup", "has_protected_content", "sender_boost_count", "author_signature",
      "sender_tag", "via_bot", "receiver_user", "effect_id", "show_caption_above_media",
    ]
    if forumTopicCreated != nil { return "forum_topic_created" }
    return otherFields.sorted().first { !marks.contains($0) } ?? "empty_message"
  }
}
