/// What people write, as the state machine takes it in.
extension Dialogue {
  mutating func customerWrote(
    _ message: CustomerMessage, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    switch message.content {
    case .question(let text, let quoted, let attachments):
      let question = question(message, text, attachments)
      let recorded = DialogueEffect.record(
        Message(
          position: question.position, role: .customer(message.speaker), text: text,
          quoted: quoted, messageID: message.messageID, at: message.at))
      return [recorded] + nameTopic(text) + ask(question, policy)
    case .command(let command):
      return obey(command, message, policy)
    case .unsupported(let kind):
      return message.place.isPrivate ? [reply(.unsupported(kind), to: message)] : []
    }
  }

  /// The newest words count: an answer under way to the old ones is replaced, and so is one that was
  /// given a moment ago. Each is a question more for the limit.
  mutating func customerEdited(
    _ messageID: MessageID, _ text: String, _ at: Instant, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    let corrected = DialogueEffect.correct(messageID: messageID, text: text)
    guard let (questions, replaces, job) = answeredWith(messageID, at) else { return [corrected] }
    let changed = questions.map { question in
      guard question.messageID == messageID else { return question }
      var question = question
      question.fingerprint = Question.fingerprint(of: text)
      return question
    }
    // Telegram tells of changes, too, that leave the words alone.
    guard changed != questions, let newest = changed.last,
      admit(newest.person, at, policy) == .admitted
    else { return [corrected] }
    return [corrected] + (job.map { [.dropAnswer($0)] } ?? []) + [
      start(changed, replaces: replaces)
    ]
  }

  /// The questions that an edit of a message bears on, if their answer is to be written again.
  private func answeredWith(
    _ messageID: MessageID, _ at: Instant
  ) -> (questions: [Question], replaces: Position?, job: AnswerJobID?)? {
    switch state {
    case .bot(let awaited?):
      let job = awaited.job
      return job.questions.contains { $0.messageID == messageID }
        ? (job.questions, job.replaces, job.id) : nil
    case .bot(awaiting: nil):
      guard let last = lastAnswered, last.questions.last?.messageID == messageID,
        at.since(last.at) <= Answered.changeable
      else { return nil }
      return (last.questions, last.answer, nil)
    case .waiting, .operated, .closed: return nil
    }
  }

  private mutating func question(
    _ message: CustomerMessage, _ text: String, _ attachments: [Attachment]
  ) -> Question {
    defer { nextPosition = nextPosition.next }
    return Question(
      position: nextPosition, messageID: message.messageID, person: message.speaker.id,
      language: message.speaker.language, at: message.at, isPrivate: message.place.isPrivate,
      attachments: attachments, fingerprint: Question.fingerprint(of: text))
  }

  private mutating func ask(_ question: Question, _ policy: DialoguePolicy) -> [DialogueEffect] {
    switch admit(question.person, question.at, policy) {
    case .admitted: break
    case .refused: return [say(.tooManyMessages, to: question)]
    case .refusedAgain: return []
    }
    switch state {
    case .waiting, .operated, .closed: return []
    case .bot(awaiting: nil):
      return [start([question])]
    case .bot(let awaited?):
      let job = awaited.job
      // Nothing of the answer was seen yet: it can still answer these words as well.
      let isBurst =
        !awaited.appeared && queue.isEmpty && job.question.person == question.person
        && job.questions.count < policy.queueLimit
      guard isBurst else {
        queue.append(question)
        return []
      }
      return [.dropAnswer(job.id), start(job.questions + [question], replaces: job.replaces)]
    }
  }

  /// A topic that nobody named gets the first words said in it.
  private mutating func nameTopic(_ text: String) -> [DialogueEffect] {
    guard topicIsUnnamed, let name = TopicName.from(text) else { return [] }
    topicIsUnnamed = false
    return [.nameTopic(name)]
  }
}

// MARK: Commands

extension Dialogue {
  private mutating func obey(
    _ command: CustomerCommand, _ message: CustomerMessage, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    switch command {
    case .start:
      introduced = true
      return clearContext() + [reply(.greeting(name: message.speaker.name), to: message)]
    case .new:
      return clearContext() + [reply(.newDialogue, to: message)]
    case .forget:
      return clearContext() + [.removeAll(before: nextPosition), reply(.forgotten, to: message)]
    case .forgetAll:
      return forget(message.speaker.id, message) + [reply(.erased, to: message)]
    case .privacy:
      let said = Int(nextPosition.rawValue) - 1
      let notice = Notice.privacy(messages: said, retentionDays: policy.retentionDays)
      return [reply(notice, to: message)]
    case .operator: return []
    case .help:
      return [reply(.help, to: message)]
    case .whoami:
      return [reply(.whoami(person: message.speaker.id, place: message.place), to: message)]
    case .unknown:
      return message.place.isPrivate ? [reply(.unknownCommand, to: message)] : []
    }
  }

  private mutating func clearContext() -> [DialogueEffect] {
    contextStart = nextPosition
    warnedOfFullContext = false
    lastAnswered = nil
    queue = []
    return dropAwaited { _ in true }
  }

  private mutating func forget(
    _ person: PersonID, _ message: CustomerMessage
  ) -> [DialogueEffect] {
    [.erase(person)] + forget(person, isPrivate: message.place.isPrivate)
  }

  /// Forgets a person who asked for it here or in another conversation. In a private chat nothing
  /// stays; in a group, what others said does, and the next of them has their turn.
  package mutating func forget(_ person: PersonID, isPrivate: Bool) -> [DialogueEffect] {
    let dropped: [DialogueEffect]
    if isPrivate {
      dropped = clearContext()
      recent = []
      introduced = false
    } else {
      queue.removeAll { $0.person == person }
      recent.removeAll { $0.person == person }
      if lastAnswered?.questions.last?.person == person { lastAnswered = nil }
      let own = dropAwaited { $0.question.person == person }
      dropped = own.isEmpty ? [] : own + startNext()
    }
    return dropped
  }

  mutating func dropAwaited(_ matches: (AnswerJob) -> Bool) -> [DialogueEffect] {
    switch state {
    case .bot(let awaited?) where matches(awaited.job):
      state = .bot(awaiting: nil)
      return [.dropAnswer(awaited.job.id)]
    case .bot, .waiting, .operated, .closed:
      return []
    }
  }

  private func reply(_ notice: Notice, to message: CustomerMessage) -> DialogueEffect {
    .say(
      notice, in: message.speaker.language,
      replyTo: message.place.isPrivate ? nil : message.messageID,
      isPrivate: message.place.isPrivate, askedAt: message.at)
  }
}

// MARK: The limit on questions

extension Dialogue {
  enum Admission { case admitted, refused, refusedAgain }

  /// A person over the limit is told so once a minute; what they wrote stays in the transcript, so
  /// that the next answer knows it.
  mutating func admit(
    _ person: PersonID, _ at: Instant, _ policy: DialoguePolicy
  ) -> Admission {
    recent.removeAll { at.since($0.at) >= .seconds(60) || $0.at > at }
    let mine = recent.filter { $0.person == person }
    let exceeds =
      mine.count(where: { !$0.refused }) >= policy.questionsPerMinute
      || queue.count >= policy.queueLimit
    let told = mine.contains { $0.refused }
    if exceeds && told { return .refusedAgain }
    recent.append(RecentQuestion(person: person, at: at, refused: exceeds))
    return exceeds ? .refused : .admitted
  }
}
