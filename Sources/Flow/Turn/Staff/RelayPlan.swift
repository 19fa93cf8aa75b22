internal import Conversation
internal import Gateways
internal import Storage

/// Brings the words of customers and operators from one side to the other. Pure.
struct RelayPlan: Sendable {
  let staff: StaffPlan

  // MARK: To operators

  /// What the customer sent, for one staff chat.
  func toStaff(_ chat: ChatID, _ scene: StaffScene) -> OutboxMessage? {
    guard let first = scene.source.first, let kind = staff.kind(chat, scene) else { return nil }
    let prefix = prefix(first.speaker, scene, kind)
    let ids = scene.source.map(\.id)
    var message = OutboxMessage(
      parts: parts(scene.source, prefix: prefix), staff: staff.destination(chat, scene),
      relay: .toStaff(ids))
    if let original = first.repliesTo {
      message.refersTo = .replyToCustomer(original)
    } else if case .text = message.parts[0], message.parts.count == 1 {
      message.merges = true
    }
    return message
  }

  /// What was said elsewhere, for a staff chat that reads along. Only the model writes Markdown.
  func mirrored(
    _ text: String, by voice: Voice, in chat: ChatID, _ scene: StaffScene
  ) -> OutboxMessage {
    var prefix: String
    var whole = [FormattedText(text)]
    switch voice {
    case .customer(let speaker): prefix = self.prefix(speaker, scene, .forum)
    case .operator(let person): prefix = "💬 \(person.name): "
    case .suggestion(let person):
      prefix = "💬 \(person.name): "
      whole = staff.format.texts(ofMarkdown: text)
    case .bot:
      prefix = "🤖 "
      whole = staff.format.texts(ofMarkdown: text)
    }
    // Outside topics several customers are written about.
    if staff.kind(chat, scene) != .forum {
      prefix = staff.wording.customerLine(scene) + "\n" + prefix
    }
    let parts =
      staff.format.parts(whole[0].prefixed(prefix)) + whole.dropFirst().map(MessageContent.text)
    return OutboxMessage(
      parts: parts, staff: staff.destination(chat, scene),
      relay: .toStaff([]), merges: parts.count == 1 ? true : nil)
  }

  private func prefix(
    _ speaker: Speaker, _ scene: StaffScene, _ kind: StaffChat.Kind
  ) -> String {
    let name = speaker.name.isEmpty ? speaker.id.description : speaker.name
    return switch kind {
    case .forum: "👤 \(name): "
    case .person, .group: "👤 \(name) (\(scene.address.chat)): "
    }
  }

  // MARK: To the customer

  /// What an operator sent, for the customer.
  func toCustomer(
    _ message: OperatorMessage, at position: Position, by person: Operator, _ scene: StaffScene
  ) -> OutboxMessage {
    let label = label(person, scene)
    var relayed = OutboxMessage(
      parts: operatorParts(message, label, scene), position: position,
      relay: .toCustomer(message.source))
    if let source = message.source, let original = scene.source.first?.repliesTo {
      relayed.refersTo = .replyToStaff(StaffMessage(chat: source.chat, id: original))
    }
    return relayed
  }

  /// The new words of an operator's message. What becomes of them counts as what became of it, and
  /// where they can't take its place, they stand for it from then on.
  func edited(
    _ source: StaffMessage, _ text: String, by person: Operator, _ scene: StaffScene
  ) -> OutboxMessage {
    let label = label(person, scene)
    let words = FormattedText(text, entities: scene.source.first?.entities ?? [])
    return OutboxMessage(
      parts: staff.format.parts(label.around(words)), position: scene.position(of: source),
      relay: .toCustomer(source), refersTo: .edit(source))
  }

  /// «Ответ оператора: …»
  private func label(_ person: Operator, _ scene: StaffScene) -> Frame {
    let language = scene.dialogue.desk?.audience.language ?? Language(tag: nil)
    return Frame(
      staff.wording.texts.text(
        .operatorAnswer, in: language, ["text": Frame.mark, "name": person.name]))
  }

  private func operatorParts(
    _ message: OperatorMessage, _ label: Frame, _ scene: StaffScene
  ) -> [MessageContent] {
    if message.isMarkdown {
      return label.around(staff.format.texts(ofMarkdown: message.text), staff.format)
    }
    let media = scene.source.filter { $0.attachment != nil }
    guard message.source != nil, let first = media.first else {
      // The words may be a part of what was written: `id: answer`.
      let whole = scene.source.first
      let entities = whole?.text == message.text ? whole?.entities ?? [] : []
      return staff.format.parts(
        label.around(FormattedText(message.text, entities: entities)))
    }
    if let words = scene.source.first, words.attachment == nil {
      // They stand apart from an album, whose captions are not what the customer shall read.
      let said = FormattedText(words.text ?? "", entities: words.entities ?? [])
      return staff.format.parts(label.around(said)) + [copy(media, FormattedText(""), first)]
    }
    guard media.count == 1, first.takesCaption else {
      return [.text(FormattedText(label.alone)), copy(media, nil, first)]
    }
    let caption = FormattedText(first.text ?? "", entities: first.entities ?? [])
    return [copy(media, label.around(caption), first)]
  }

  // MARK: Media

  private func parts(_ source: [InboundMessage], prefix: String) -> [MessageContent] {
    let first = source[0]
    let words = FormattedText(first.text ?? "", entities: first.entities ?? [])
    guard first.attachment != nil else {
      return staff.format.parts(words.prefixed(prefix))
    }
    if source.count == 1, first.takesCaption {
      return [copy(source, words.prefixed(prefix), first)]
    }
    let what =
      source.count > 1
      ? staff.wording.text(.staffAlbum, ["count": "\(source.count)"])
      : first.attachment?.kind.sign ?? ""
    return [.text(FormattedText(prefix + what)), copy(source, nil, first)]
  }

  private func copy(
    _ source: [InboundMessage], _ caption: FormattedText?, _ first: InboundMessage
  ) -> MessageContent {
    let kept = caption.map { $0.text.unicodeScalars.count <= Self.captionLimit ? $0 : nil } ?? nil
    let words = caption.flatMap { $0.text.isEmpty ? nil : $0 }
    return .copy(
      MessageCopy(
        from: first.chat, messages: source.map(\.id).sorted(), caption: kept,
        fallback: words ?? FormattedText(first.attachment?.kind.sign ?? "▫️")))
  }

  /// The most that a caption may be, in Unicode scalars.
  private static let captionLimit = 1_024
}

extension InboundMessage {
  /// Whether a copy of it can have a caption.
  fileprivate var takesCaption: Bool {
    switch attachment?.kind {
    case .photo, .voice, .audio, .video, .document: true
    case .sticker, .location, .contact, .poll, .other, nil: false
    }
  }
}
