/// The state machine: the only way in which a dialogue changes.
extension Dialogue {
  /// Takes in what happened and tells what follows.
  ///
  /// Throws a `Refusal` and changes nothing when the event comes too late to matter.
  package mutating func apply(
    _ event: DialogueEvent, policy: DialoguePolicy
  ) throws(Refusal) -> [DialogueEffect] {
    switch event {
    case .customerWrote(let message):
      reachable = true
      return customerWrote(message, policy)
    case .customerEdited(let messageID, let text):
      return customerEdited(messageID, text)
    case .stopRequested(let draftID):
      let job = try awaitedJob(.nothingToStop) { $0.draftID == draftID }
      return [.stopAnswer(job.id)]
    case .answerReady(let id, let text, let use, let at):
      let job = try awaitedJob(.staleAnswer) { $0 == id }
      return answer(job, text, stopped: false, at: at)
        + warning(use, job.question, policy) + startNext()
    case .answerFailed(let id, let failure):
      let job = try awaitedJob(.staleAnswer) { $0 == id }
      return [say(.failure(failure), to: job.question)] + startNext()
    case .answerStopped(let id, let text, let at):
      let job = try awaitedJob(.staleAnswer) { $0 == id }
      let said =
        text.isEmpty
        ? [say(.stopped, to: job.question)] : answer(job, text, stopped: true, at: at)
      return said + startNext()
    case .reachabilityChanged(let reachable):
      self.reachable = reachable
      return []
    case .announced(let notice, let at):
      return [.say(notice, in: Language(tag: nil), replyTo: nil, isPrivate: false, askedAt: at)]
    }
  }

  // MARK: What people write

  private mutating func customerWrote(
    _ message: CustomerMessage, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    switch message.content {
    case .question(let text, let quoted):
      let question = record(message)
      let recorded = DialogueEffect.record(
        Message(
          position: question.position, role: .customer(message.speaker), text: text,
          quoted: quoted, messageID: message.messageID, at: message.at))
      return [recorded] + ask(question, policy)
    case .command(let command):
      return obey(command, message)
    case .unsupported(let kind):
      return message.place.isPrivate ? [reply(.unsupported(kind), to: message)] : []
    }
  }

  private mutating func record(_ message: CustomerMessage) -> Question {
    defer { nextPosition = nextPosition.next }
    return Question(
      position: nextPosition, messageID: message.messageID, speaker: message.speaker,
      at: message.at, isPrivate: message.place.isPrivate)
  }

  private mutating func ask(_ question: Question, _ policy: DialoguePolicy) -> [DialogueEffect] {
    switch admit(question, policy) {
    case .admitted: break
    case .refused: return [say(.tooManyMessages, to: question)]
    case .refusedAgain: return []
    }
    switch state {
    case .bot(awaiting: nil):
      return [start(question)]
    case .bot(awaiting: .some):
      queue.append(question)
      return []
    }
  }

  private mutating func obey(
    _ command: CustomerCommand, _ message: CustomerMessage
  ) -> [DialogueEffect] {
    switch command {
    case .start:
      introduced = true
      return clearContext() + [reply(.greeting(name: message.speaker.name), to: message)]
    case .new:
      return clearContext() + [reply(.newDialogue, to: message)]
    case .forget:
      return clearContext() + [reply(.forgotten, to: message)]
    case .help:
      return [reply(.help, to: message)]
    case .whoami:
      return [reply(.whoami(person: message.speaker.id, place: message.place), to: message)]
    case .unknown:
      return message.place.isPrivate ? [reply(.unknownCommand, to: message)] : []
    }
  }

  /// The newest words count: an answer under way to the old ones is replaced.
  private mutating func customerEdited(
    _ messageID: MessageID, _ text: String
  ) -> [DialogueEffect] {
    let corrected = DialogueEffect.correct(messageID: messageID, text: text)
    switch state {
    case .bot(let job?) where job.question.messageID == messageID:
      return [corrected, .dropAnswer(job.id), start(job.question)]
    case .bot:
      return [corrected]
    }
  }

  private mutating func clearContext() -> [DialogueEffect] {
    contextStart = nextPosition
    warnedOfFullContext = false
    queue = []
    switch state {
    case .bot(let job?):
      state = .bot(awaiting: nil)
      return [.dropAnswer(job.id)]
    case .bot(awaiting: nil):
      return []
    }
  }

  // MARK: The limit on questions

  private enum Admission { case admitted, refused, refusedAgain }

  /// A person over the limit is told so once a minute; what they wrote stays in the transcript, so
  /// that the next answer knows it.
  private mutating func admit(_ question: Question, _ policy: DialoguePolicy) -> Admission {
    let person = question.speaker.id
    recent.removeAll { question.at.since($0.at) >= .seconds(60) }
    let mine = recent.filter { $0.person == person }
    let exceeds =
      mine.count(where: { !$0.refused }) >= policy.questionsPerMinute
      || queue.count >= policy.queueLimit
    let told = mine.contains { $0.refused }
    if exceeds && told { return .refusedAgain }
    recent.append(RecentQuestion(person: person, at: question.at, refused: exceeds))
    return exceeds ? .refused : .admitted
  }

  // MARK: Jobs and their answers

  private mutating func start(_ question: Question) -> DialogueEffect {
    jobs += 1
    let job = AnswerJob(
      id: AnswerJobID(conversation: id, ordinal: jobs), question: question,
      contextStart: contextStart)
    state = .bot(awaiting: job)
    return .startAnswer(job)
  }

  private mutating func startNext() -> [DialogueEffect] {
    guard !queue.isEmpty else {
      state = .bot(awaiting: nil)
      return []
    }
    return [start(queue.removeFirst())]
  }

  private func awaitedJob(
    _ refusal: Refusal, _ matches: (AnswerJobID) -> Bool
  ) throws(Refusal) -> AnswerJob {
    switch state {
    case .bot(let job?) where matches(job.id): return job
    case .bot: throw refusal
    }
  }

  private mutating func answer(
    _ job: AnswerJob, _ text: String, stopped: Bool, at: Instant
  ) -> [DialogueEffect] {
    let message = Message(
      position: nextPosition,
      role: .assistant(question: job.question.position, stopped: stopped), text: text, at: at,
      delivery: .pending)
    nextPosition = nextPosition.next
    let introducing = !introduced
    introduced = true
    return [
      .record(message),
      .deliver(
        text: text, position: message.position, to: job.question, introducing: introducing),
    ]
  }

  private mutating func warning(
    _ use: ContextUse?, _ question: Question, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    guard policy.warnsOfFullContext, !warnedOfFullContext, let use, use.percent >= 90 else {
      return []
    }
    warnedOfFullContext = true
    return [say(.contextNearlyFull(use), to: question)]
  }

  // MARK: Our own texts

  private func say(_ notice: Notice, to question: Question) -> DialogueEffect {
    .say(
      notice, in: question.speaker.language,
      replyTo: question.isPrivate ? nil : question.messageID, isPrivate: question.isPrivate,
      askedAt: question.at)
  }

  private func reply(_ notice: Notice, to message: CustomerMessage) -> DialogueEffect {
    .say(
      notice, in: message.speaker.language,
      replyTo: message.place.isPrivate ? nil : message.messageID,
      isPrivate: message.place.isPrivate, askedAt: message.at)
  }
}
