internal import Conversation
internal import Gateways
internal import Storage

/// Turns what the state machine decided into one step for the store. Pure.
struct StepPlan: Sendable {
  let wording: NoticeWording
  let format: AnswerFormat

  func step(
    from stored: StoredDialogue, to dialogue: Dialogue, effects: [DialogueEffect],
    completing: [InboxID]
  ) -> Step {
    var step = Step(
      expectedVersion: stored.version, dialogue: dialogue, completing: completing)
    for effect in effects { add(effect, to: &step) }
    return step
  }

  /// One of our own texts as an outbox row.
  func message(
    _ notice: Notice, in language: Language, replyTo: MessageID?, isPrivate: Bool,
    askedAt: Instant?
  ) -> OutboxMessage {
    OutboxMessage(
      parts: [.text(FormattedText(wording.words(notice, in: language)))], replyTo: replyTo,
      keyboard: wording.keyboard(notice, in: language, isPrivate: isPrivate), askedAt: askedAt)
  }

  private func add(_ effect: DialogueEffect, to step: inout Step) {
    switch effect {
    case .record(let message):
      step.transcript.append(.append(message))
    case .correct(let messageID, let text):
      step.transcript.append(.correct(messageID, text: text))
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
      parts: parts, replyTo: question.isPrivate ? nil : question.messageID, position: position,
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
    case .text, .topicName, nil:
      append(
        .text(
          FormattedText(line, entities: [.init(.italic, offset: 0, length: line.utf16.count)])))
    }
  }
}
