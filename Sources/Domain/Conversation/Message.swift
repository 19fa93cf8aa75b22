/// A language that Switchboard speaks to people.
package enum Language: String, Sendable, Codable, CaseIterable {
  case russian = "ru"
  case english = "en"

  /// The language for an IETF tag as Telegram gives it: Russian for Russian and its neighbours'
  /// readers, English for the rest. Without a tag it is Russian, the language of most users.
  package init(tag: String?) {
    guard let tag else {
      self = .russian
      return
    }
    let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
    self = ["ru", "be", "uk", "kk", "ky", "uz", "tg"].contains(primary) ? .russian : .english
  }
}

/// Somebody who writes in a conversation.
package struct Speaker: Hashable, Sendable, Codable {
  /// Their id.
  package var id: PersonID
  /// The name they show.
  package var name: String
  /// The language they read.
  package var language: Language

  /// Makes a speaker.
  package init(id: PersonID, name: String, language: Language) {
    self.id = id
    self.name = name
    self.language = language
  }
}

/// Something that a message holds besides words.
package struct Attachment: Hashable, Sendable, Codable {
  /// What it is.
  package var kind: AttachmentKind
  /// Telegram's `file_id`, for what is a file.
  package var fileID: String?
  /// The media type, where Telegram tells it.
  package var mediaType: String?

  /// Makes an attachment.
  package init(_ kind: AttachmentKind, fileID: String? = nil, mediaType: String? = nil) {
    self.kind = kind
    self.fileID = fileID
    self.mediaType = mediaType
  }

  /// Whether it is something to look at. An image sent as a file is one, too.
  package var isPicture: Bool {
    kind == .photo || kind == .document && (mediaType?.hasPrefix("image/") ?? false)
  }

  /// Whether it is something to listen to.
  package var isSpeech: Bool { kind == .voice || kind == .audio }
}

/// One message of a transcript.
package struct Message: Equatable, Sendable, Codable {
  /// Who says it, and what belongs to that.
  package enum Role: Equatable, Sendable, Codable {
    case customer(Speaker)
    /// The model's answer to the message at `question`; `stopped` when the person cut it short.
    case assistant(question: Position, stopped: Bool)
    /// An operator's words to the customer.
    case `operator`(Operator)
    /// An operator's note: for operators only.
    case note(Operator)
    /// A suggestion of the model for operators; nobody has said it.
    case suggestion
    /// A person came, or the bot came back: for whoever reads the transcript.
    case mark(Mark)
  }

  /// What a transcript tells besides what was said.
  package enum Mark: String, Equatable, Sendable, Codable, CaseIterable {
    case operatorRequested, operatorCame, botCameBack, closed
  }

  /// Where it stands in the transcript.
  package var position: Position
  /// Who says it.
  package var role: Role
  /// What is said, as it was written.
  package var text: String
  /// A message of somebody else, or a part of one, that this one replies to.
  package var quoted: String?
  /// The id in the chat, for a message that came from there.
  package var messageID: MessageID?
  /// The message in a staff chat, for an operator's words that come from there.
  package var source: StaffMessage?
  /// When it was said.
  package var at: Instant
  /// What became of it on its way to the person; nil for what people wrote.
  package var delivery: Delivery?

  /// The way of a message to the person.
  package enum Delivery: String, Equatable, Sendable, Codable {
    case pending
    case delivered
    /// It may stand in the chat twice: the outcome of the first send was not known.
    case repeated
    case undelivered
  }

  /// Makes a message.
  package init(
    position: Position, role: Role, text: String, quoted: String? = nil,
    messageID: MessageID? = nil, source: StaffMessage? = nil, at: Instant,
    delivery: Delivery? = nil
  ) {
    self.source = source
    self.position = position
    self.role = role
    self.text = text
    self.quoted = quoted
    self.messageID = messageID
    self.at = at
    self.delivery = delivery
  }
}
