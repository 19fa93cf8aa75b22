package import Conversation

/// What Telegram told us, reduced to what Switchboard acts on. It is stored in the inbox.
package struct InboundUpdate: Equatable, Sendable, Codable {
  /// What it is about.
  package enum Kind: Equatable, Sendable, Codable {
    case message(InboundMessage)
    case editedMessage(InboundMessage)
    /// The person pressed the stop button of the preview with this id.
    case generationStopped(chat: ChatID, topic: TopicID?, draftID: Int64)
    /// The bot was blocked or unblocked by a person, or removed from or added to a group.
    case membershipChanged(chat: ChatID, isPrivate: Bool, reachable: Bool)
    /// A topic was made; `nameIsImplicit` when its name was not chosen by anybody.
    case topicCreated(chat: ChatID, topic: TopicID, isPrivate: Bool, nameIsImplicit: Bool)
    /// A button under a message of the bot was pressed.
    case pressed(ButtonPress)
    /// Somebody else than the bot came to a group, left it or lost the right to write there.
    case memberChanged(chat: ChatID, person: PersonID, isMember: Bool)
    /// A group became a supergroup.
    case migrated(from: ChatID, to: ChatID)
    /// Nothing that Switchboard acts on; `kind` is Telegram's field name or a short reason.
    case ignored(kind: String)
  }

  /// Telegram's `update_id`.
  package var id: Int64
  /// What it is about.
  package var kind: Kind

  /// Makes an update.
  package init(id: Int64, kind: Kind) {
    self.id = id
    self.kind = kind
  }
}

/// A press of a button under a message of the bot.
package struct ButtonPress: Equatable, Sendable, Codable {
  /// Telegram's id of the press, by which it is answered.
  package var id: String
  /// The chat in which the message stands.
  package var chat: ChatID
  /// Whether that is a private chat.
  package var isPrivate: Bool
  /// The topic in which the message stands.
  package var topic: TopicID?
  /// The message.
  package var message: MessageID
  /// Who pressed.
  package var speaker: Speaker
  /// What the button carries.
  package var data: String

  /// Makes a press.
  package init(
    id: String, chat: ChatID, isPrivate: Bool, topic: TopicID?, message: MessageID,
    speaker: Speaker, data: String
  ) {
    self.id = id
    self.chat = chat
    self.isPrivate = isPrivate
    self.topic = topic
    self.message = message
    self.speaker = speaker
    self.data = data
  }
}

/// A message as it came in.
package struct InboundMessage: Equatable, Sendable, Codable {
  /// To whom a message is addressed. In a private chat it is always the bot.
  package enum Addressee: String, Equatable, Sendable, Codable {
    /// The bot: mentioned, replied to, or given a command addressed to it.
    case bot
    /// Nobody in particular.
    case nobody
    /// Another bot: a command addressed to it.
    case other
  }

  /// A command at the beginning of a message.
  package struct Command: Equatable, Sendable, Codable {
    /// The name, lower case, without slash and addressee.
    package var name: String
    /// What follows it, trimmed.
    package var argument: String

    /// Makes a command.
    package init(name: String, argument: String) {
      self.name = name
      self.argument = argument
    }
  }

  /// The chat.
  package var chat: ChatID
  /// Whether it is a private chat.
  package var isPrivate: Bool
  /// The topic; only when Telegram says `is_topic_message`.
  package var topic: TopicID?
  /// The message's id in its chat; 0 for ephemeral messages.
  package var id: MessageID
  /// The id of an ephemeral message.
  package var ephemeralID: Int64?
  /// Who wrote: a user, or the chat that speaks for an anonymous administrator.
  package var speaker: Speaker
  /// When it was written.
  package var date: Instant
  /// When it was last changed.
  package var editDate: Instant?
  /// Text or caption, with the mention of the bot taken out; nil when the message has no words.
  package var text: String?
  /// The formatting of `text`; nil when there is none.
  package var entities: [FormattedText.Entity]?
  /// The message that this is a reply to; nil when that is the opening of its topic.
  package var repliesTo: MessageID?
  /// The command, when the message begins with one.
  package var command: Command?
  /// To whom it is addressed.
  package var addressee: Addressee
  /// The message, or the part of one, that this is a reply to; nil when that is the bot's own and
  /// no part was chosen.
  package var quoted: String?
  /// What it holds besides words.
  package var attachment: Attachment?
  /// The album that it is a part of.
  package var album: String?

  /// Makes a message.
  package init(
    chat: ChatID, isPrivate: Bool, topic: TopicID? = nil, id: MessageID,
    ephemeralID: Int64? = nil, speaker: Speaker, date: Instant, editDate: Instant? = nil,
    text: String?, command: Command? = nil, addressee: Addressee, quoted: String? = nil,
    attachment: Attachment? = nil, album: String? = nil,
    entities: [FormattedText.Entity]? = nil, repliesTo: MessageID? = nil
  ) {
    self.entities = entities
    self.repliesTo = repliesTo
    self.chat = chat
    self.isPrivate = isPrivate
    self.topic = topic
    self.id = id
    self.ephemeralID = ephemeralID
    self.speaker = speaker
    self.date = date
    self.editDate = editDate
    self.text = text
    self.command = command
    self.addressee = addressee
    self.quoted = quoted
    self.attachment = attachment
    self.album = album
  }
}
