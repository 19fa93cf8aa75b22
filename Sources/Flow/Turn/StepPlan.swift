internal import Conversation
internal import Gateways
internal import Storage

/// Turns what the state machine decided into one step for the store. Pure.
struct StepPlan: Sendable {
  let wording: NoticeWording
  let format: AnswerFormat
  let staff: StaffPlan
  private let relay: RelayPlan

  init(wording: NoticeWording, format: AnswerFormat, staff: StaffPlan) {
    self.wording = wording
    self.format = format
    self.staff = staff
    relay = RelayPlan(staff: staff)
  }

  /// `scene` is needed only where operators are concerned.
  func step(
    from stored: StoredDialogue, to dialogue: Dialogue, effects: [DialogueEffect],
    scene: StaffScene?, completing: [InboxID]
  ) -> Step {
    var step = Step(
      expectedVersion: stored.version, dialogue: dialogue, completing: completing,
      withdrawsAnswers: dialogue.status == .operated && stored.dialogue.status != .operated)
    for effect in effects {
      if let scene, addForStaff(effect, scene, to: &step) { continue }
      add(effect, to: &step)
    }
    return step
  }

  /// One of our own texts as an outbox row.
  func message(
    _ notice: Notice, in language: Language, replyTo: MessageID?, isPrivate: Bool,
    askedAt: Instant?
  ) -> OutboxMessage {
    OutboxMessage(
      parts: [.text(FormattedText(wording.words(notice, in: language)))], replyTo: replyTo,
      keyboard: wording.keyboard(notice, in: language, isPrivate: isPrivate), askedAt: askedAt,
      buttons: wording.buttons(notice, in: language, isPrivate: isPrivate),
      slot: wording.slot(notice))
  }

  /// False for what does not concern operators.
  private func addForStaff(
    _ effect: DialogueEffect, _ scene: StaffScene, to step: inout Step
  ) -> Bool {
    var messages: [OutboxMessage] = []
    switch effect {
    case .tellStaff(let notice, let chats):
      messages = chats.flatMap { staff.messages(notice, in: $0, scene) }
    case .relayToStaff(let chats):
      messages = chats.compactMap { relay.toStaff($0, scene) }
    case .mirror(let text, let voice, let chats):
      messages = chats.map { relay.mirrored(text, by: voice, in: $0, scene) }
    case .relayToCustomer(let position, let message, let person):
      messages = [relay.toCustomer(message, at: position, by: person, scene)]
    case .editRelayed(let source, let text, let person):
      messages = [relay.edited(source, text, by: person, scene)]
    case .showStatus(let status, let chats):
      messages = chats.map { staff.status(status, in: $0, scene) }
    case .confirmDelivery(let position):
      messages = [staff.confirmation(of: position, scene)].compactMap(\.self)
    case .reportUndelivered(let position, let blocked):
      messages = staff.undelivered(position, blocked: blocked, scene)
    case .record, .correct, .correctSource, .remove, .removeAll, .erase, .nameTopic, .startAnswer,
      .dropAnswer, .stopAnswer, .deliver, .say, .resend, .log:
      return false
    }
    step.outbox += messages.map(NewOutboxEntry.send)
    return true
  }

  private func add(_ effect: DialogueEffect, to step: inout Step) {
    switch effect {
    case .record(let message):
      step.transcript.append(.append(message))
    case .correct(let messageID, let text):
      step.transcript.append(.correct(messageID, text: text))
    case .correctSource(let source, let text):
      step.transcript.append(.correctSource(source, text: text))
    case .resend(let position):
      step.resending.append(position)
    case .log(let entry):
      step.log.append(entry)
    case .tellStaff, .relayToStaff, .mirror, .relayToCustomer, .editRelayed, .showStatus,
      .confirmDelivery, .reportUndelivered:
      preconditionFailure("operators are told without a scene")
    case .removeAll(let position):
      step.transcript.append(.removeAll(before: position))
    case .remove(let position):
      step.transcript.append(.remove(position))
    case .erase(let person):
      step.erasing = person
    case .nameTopic(let name):
      step.outbox.append(.send(OutboxMessage(parts: [.topicName(name)])))
    case .startAnswer(let job):
      step.outbox.append(.answer(job))
    case .dropAnswer(let job):
      step.interruptions[job] = .drop
    case .stopAnswer(let job):
      step.interruptions[job] = .stop
    case .deliver(let text, let position, let question, let replaces, let introducing):
      var message = answer(text, position, question, introducing)
      message.replaces = replaces
      step.outbox.append(.send(message))
    case .say(let notice, let language, let replyTo, let isPrivate, let askedAt):
      step.outbox.append(
        .send(
          message(
            notice, in: language, replyTo: replyTo, isPrivate: isPrivate, askedAt: askedAt)))
    }
  }

  private func answer(
    _ text: String, _ position: Position, _ question: Question, _ introducing: Bool
  ) -> OutboxMessage {
    var parts = format.render(text)
    // What formatting would make nothing of is shown as it was written.
    if parts.isEmpty { parts = [.text(FormattedText(text))] }
    let notice = wording.texts.text(.aiNotice, in: question.language)
    if introducing, !notice.isEmpty { parts.appendLine(notice) }
    return OutboxMessage(
      parts: parts, replyTo: question.repliable, position: position,
      askedAt: question.at)
  }
}

extension [MessageContent] {
  /// The most that a message of text may be, in Unicode scalars.
  private static let textLimit = 4_096

  /// Adds a last line in italics, apart from the Markdown before it, which may end in the middle of
  /// anything. Where it has no room it becomes a message of its own.
  fileprivate mutating func appendLine(_ line: String) {
    switch last {
    case .rich(var document):
      document.blocks.append(.paragraph([.styled(.italic, [.text(line)])]))
      self[count - 1] = .rich(document)
    case .text(var text)
    where text.text.unicodeScalars.count + line.unicodeScalars.count + 2 <= Self.textLimit:
      text.text += "\n\n"
      text.entities.append(
        .init(.italic, offset: text.text.utf16.count, length: line.utf16.count))
      text.text += line
      self[count - 1] = .text(text)
    case .text, .topicName, .newTopic, .copy, .document, .reaction, .pressAnswer, nil:
      append(
        .text(
          FormattedText(line, entities: [.init(.italic, offset: 0, length: line.utf16.count)])))
    }
  }
}
