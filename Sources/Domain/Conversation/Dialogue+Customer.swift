/// What people write, as the state machine takes it in.
extension Dialogue {
  mutating func customerWrote(
    _ message: CustomerMessage, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    if isKeptOut { return refuseBanned(message, policy) }
    switch message.content {
    case .question(let text, let quoted, let attachments):
      let settled = followSettings(message.at, policy)
      let question = question(message, text, attachments)
      return settled + [record(message, text, quoted, at: question.position)] + nameTopic(text)
        + heed(question, message, text, policy)
    case .command(let command):
      return obey(command, message, policy)
    case .unsupported(let kind):
      return followSettings(message.at, policy) + unsupported(kind, message)
    }
  }

  /// Who answers: the bot, or the person who holds the dialogue or is wanted.
  private mutating func heed(
    _ question: Question, _ message: CustomerMessage, _ text: String, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    // Who wants a person or shows something does not comment.
    if desk?.awaitsComment == true, message.wish.operator == .none, question.attachments.isEmpty {
      return takeComment(text, message, policy)
    }
    switch state {
    case .waiting where takesBack(question, message):
      return takeBack(question)
    case .waiting, .operated: return hearForPerson(question)
    case .bot, .closed:
      return reopen() + mirrored() + askBotOrPerson(question, message, policy)
        + showAttachments(of: question)
    }
  }

  /// Operators read the words that called them in the transcript; what can't be read there must be
  /// brought to them.
  private func showAttachments(of question: Question) -> [DialogueEffect] {
    guard case .waiting(let request) = state, !question.attachments.isEmpty else { return [] }
    return [.relayToStaff(request.announcedIn.filter { !forums.contains($0) })]
  }

  /// Whoever writes to a closed dialogue is with the bot again.
  mutating func reopen() -> [DialogueEffect] {
    guard case .closed = state else { return [] }
    state = .bot(awaiting: nil)
    return [.showStatus(.bot, in: forums)]
  }

  private func mirrored() -> [DialogueEffect] {
    forums.isEmpty ? [] : [.relayToStaff(forums)]
  }

  /// Something that the bot can't use may still reach a person.
  private mutating func unsupported(
    _ kind: AttachmentKind, _ message: CustomerMessage
  ) -> [DialogueEffect] {
    switch state {
    case .waiting, .operated:
      let question = question(message, kind.sign, [])
      return [record(message, kind.sign, nil, at: question.position)] + hearForPerson(question)
    case .bot, .closed:
      guard message.place.isPrivate else { return mirrored() }
      return reopen() + mirrored() + [reply(.unsupported(kind), to: message)]
    }
  }

  private func record(
    _ message: CustomerMessage, _ text: String, _ quoted: String?, at position: Position
  ) -> DialogueEffect {
    .record(
      Message(
        position: position, role: .customer(message.speaker), text: text, quoted: quoted,
        messageID: message.messageID, at: message.at))
  }

  /// The newest words count: an answer under way to the old ones is replaced, and so is one that was
  /// given a moment ago. Each is a question more for the limit.
  mutating func customerEdited(
    _ messageID: MessageID, _ text: String, _ at: Instant, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    let readers = staffReaders
    let corrected = DialogueEffect.correct(messageID: messageID, text: text)
    // Words that are changed are words: who is banned reaches nobody with them.
    guard !isKeptOut else { return [corrected] }
    let told: [DialogueEffect] =
      readers.isEmpty ? [] : [.tellStaff(.customerEdited(messageID, text: text), in: readers)]
    return [corrected] + told + answerEdited(messageID, text, at, policy)
  }

  private mutating func answerEdited(
    _ messageID: MessageID, _ text: String, _ at: Instant, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    guard let (questions, replaces, job) = answeredWith(messageID, at) else { return [] }
    let changed = questions.map { question in
      guard question.messageID == messageID else { return question }
      var question = question
      question.fingerprint = Question.fingerprint(of: text)
      return question
    }
    // Telegram tells of changes, too, that leave the words alone.
    guard changed != questions, let newest = changed.last else { return [] }
    switch admit(newest.person, at, policy) {
    case .admitted:
      return (job.map { [.dropAnswer($0)] } ?? []) + [start(changed, replaces: replaces)]
    case .refused: return refuse(newest, at: at, policy)
    case .refusedAgain: return []
    }
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
      attachments: attachments, fingerprint: Question.fingerprint(of: text),
      gist: message.wish.gist)
  }

  /// Asks the bot; `adding` is said as well unless the question is refused, for a refusal makes
  /// offers of its own.
  mutating func ask(
    _ question: Question, _ policy: DialoguePolicy, adding: [DialogueEffect] = []
  ) -> [DialogueEffect] {
    switch admit(question.person, question.at, policy) {
    case .admitted: return askAdmitted(question, policy) + adding
    case .refused: return refuse(question, at: question.at, policy)
    case .refusedAgain: return []
    }
  }

  private mutating func askAdmitted(
    _ question: Question, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
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
  mutating func obey(
    _ command: CustomerCommand, _ message: CustomerMessage, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    switch command {
    case .start:
      introduced = true
      return startAnew(.greeting(name: message.speaker.name), message, policy)
    case .new:
      return startAnew(.newDialogue, message, policy)
    case .forget:
      return clearContext() + [.removeAll(before: nextPosition), reply(.forgotten, to: message)]
    case .forgetAll:
      let forgotten = forget(
        message.speaker.id, isPrivate: message.place.isPrivate, at: message.at)
      return [.erase(message.speaker.id)] + forgotten + [reply(.erased, to: message)]
    case .privacy:
      return [reply(.privacy(retentionDays: policy.retentionDays), to: message)]
    case .operator:
      return switchOperator(message, policy)
    case .help:
      return [reply(.help, to: message)]
    case .whoami:
      return [reply(.whoami(person: message.speaker.id, place: message.place), to: message)]
    case .unknown:
      return message.place.isPrivate ? [reply(.unknownCommand, to: message)] : []
    }
  }

  /// A new context does not send a person away.
  private mutating func startAnew(
    _ notice: Notice, _ message: CustomerMessage, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    let settled = followSettings(message.at, policy) + reopen() + clearContext()
    switch state {
    case .bot, .closed: return settled + [reply(notice, to: message)]
    case .waiting, .operated: return settled + [reply(.newDialogueWithOperator, to: message)]
    }
  }

  mutating func clearContext() -> [DialogueEffect] {
    contextStart = nextPosition
    warnedOfFullContext = false
    lastAnswered = nil
    queue = []
    desk?.awaitsComment = false
    forgetUnheard { _ in true }
    return dropAwaited { _ in true }
  }

  mutating func forgetUnheard(_ matches: (Question) -> Bool) {
    switch state {
    case .bot, .closed: break
    case .waiting(var request):
      request.unheard.removeAll(where: matches)
      state = .waiting(request)
    case .operated(var assignment):
      assignment.unheard.removeAll(where: matches)
      state = .operated(assignment)
    }
  }

  /// Forgets a person who asked for it here or in another conversation. In a private chat nothing
  /// stays, and operators are told without any words that the customer is gone from their sight; in
  /// a group, what others said stays, and the next of them has their turn.
  package mutating func forget(
    _ person: PersonID, isPrivate: Bool, at: Instant
  ) -> [DialogueEffect] {
    if isPrivate {
      let dropped = clearContext() + dropAssistance()
      recent = []
      introduced = false
      return dropped + forgetPeople(at)
    }
    queue.removeAll { $0.person == person }
    recent.removeAll { $0.person == person }
    if lastAnswered?.questions.last?.person == person { lastAnswered = nil }
    forgetUnheard { $0.person == person }
    if desk?.customer?.id == person { desk?.customer = nil }
    let own = dropAwaited { $0.question.person == person }
    return own.isEmpty ? [] : own + startNext()
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

  func reply(_ notice: Notice, to message: CustomerMessage) -> DialogueEffect {
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
