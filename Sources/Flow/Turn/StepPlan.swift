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
    let notice = wording.texts.text(.aiNotice, in: question.language)
    let whole = introducing && !notice.isEmpty ? "\(text)\n\n_\(notice)_" : text
    let rendered = format.render(whole)
    // What formatting would make nothing of is shown as it was written.
    return OutboxMessage(
      parts: rendered.isEmpty ? [.text(FormattedText(whole))] : rendered,
      replyTo: question.isPrivate ? nil : question.messageID,
      position: position, askedAt: question.at)
  }
}
