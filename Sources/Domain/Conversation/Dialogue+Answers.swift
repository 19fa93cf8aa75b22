/// Answer jobs and their ends.
extension Dialogue {
  mutating func answerAppeared(_ id: AnswerJobID) throws(Refusal) -> [DialogueEffect] {
    let job = try awaitedJob(.staleAnswer) { $0 == id }
    state = .bot(awaiting: .init(job: job, appeared: true))
    return []
  }

  mutating func answerReady(
    _ id: AnswerJobID, _ text: String, _ use: ContextUse?, _ heard: [MessageID: String],
    _ at: Instant, _ policy: DialoguePolicy
  ) throws(Refusal) -> [DialogueEffect] {
    if let assistance = endAssistance(id) { return assisted(assistance, text, at) }
    let job = try awaitedJob(.staleAnswer) { $0 == id }
    return correct(heard) + answer(job, text, stopped: false, at: at)
      + warning(use, job.question, policy) + startNext()
  }

  mutating func answerStopped(
    _ id: AnswerJobID, _ text: String, _ at: Instant
  ) throws(Refusal) -> [DialogueEffect] {
    if let assistance = endAssistance(id) { return tell(.noAssistance, assistance.chat) }
    let job = try awaitedJob(.staleAnswer) { $0 == id }
    let said =
      text.isEmpty
      ? [say(.stopped, to: job.question)] : answer(job, text, stopped: true, at: at)
    return said + startNext()
  }

  mutating func start(_ questions: [Question], replaces: Position? = nil) -> DialogueEffect {
    let job = nextJob(questions, replaces: replaces)
    state = .bot(awaiting: .init(job: job))
    lastAnswered = nil
    return .startAnswer(job)
  }

  mutating func nextJob(
    _ questions: [Question], replaces: Position? = nil, assistance: AnswerJob.Assistance? = nil
  ) -> AnswerJob {
    jobs += 1
    return AnswerJob(
      id: AnswerJobID(conversation: id, ordinal: jobs), questions: questions,
      contextStart: contextStart, replaces: replaces, assistance: assistance)
  }

  /// The questions that waited longest, as far as they are one person's, are answered together.
  mutating func startNext() -> [DialogueEffect] {
    guard let person = queue.first?.person else {
      state = .bot(awaiting: nil)
      return []
    }
    let burst = Array(queue.prefix { $0.person == person })
    queue.removeFirst(burst.count)
    return [start(burst)]
  }

  func say(_ notice: Notice, to question: Question) -> DialogueEffect {
    .say(
      notice, in: question.language, replyTo: question.repliable,
      isPrivate: question.isPrivate, askedAt: question.at)
  }

  private func correct(_ heard: [MessageID: String]) -> [DialogueEffect] {
    heard.sorted { $0.key < $1.key }.map { .correct(messageID: $0.key, text: $0.value) }
  }

  private mutating func answer(
    _ job: AnswerJob, _ text: String, stopped: Bool, at: Instant
  ) -> [DialogueEffect] {
    let message = Message(
      position: nextPosition,
      role: .assistant(question: job.question.position, stopped: stopped), text: text, at: at,
      delivery: .pending)
    nextPosition = nextPosition.next
    lastAnswered = Answered(questions: job.questions, answer: message.position, at: at)
    let introducing = !introduced
    introduced = true
    return (job.replaces.map { [.remove($0)] } ?? []) + [
      .record(message),
      .deliver(
        text: text, position: message.position, to: job.question, replaces: job.replaces,
        introducing: introducing),
    ] + (forums.isEmpty ? [] : [.mirror(text: text, by: .bot, in: forums)])
  }

  private mutating func warning(
    _ use: ContextUse?, _ question: Question, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    guard policy.warnsOfFullContext, !warnedOfFullContext, let use, use.isNearlyFull else {
      return []
    }
    warnedOfFullContext = true
    return [say(.contextNearlyFull(use), to: question)]
  }
}

// MARK: Answers that did not come about

extension Dialogue {
  mutating func answerFailed(
    _ id: AnswerJobID, _ failure: AnswerFailure, _ at: Instant, _ policy: DialoguePolicy
  ) throws(Refusal) -> [DialogueEffect] {
    if let assistance = endAssistance(id) { return tell(.noAssistance, assistance.chat) }
    return failed(try awaitedJob(.staleAnswer) { $0 == id }, failure, at, policy)
  }

  mutating func answerHandedOver(
    _ id: AnswerJobID, _ text: String, _ summary: String, _ reason: HandoffReason,
    _ heard: [MessageID: String], _ at: Instant, _ policy: DialoguePolicy
  ) throws(Refusal) -> [DialogueEffect] {
    if let assistance = endAssistance(id) { return tell(.noAssistance, assistance.chat) }
    let job = try awaitedJob(.staleAnswer) { $0 == id }
    return correct(heard) + handedOver(job, text, summary, reason, at, policy)
  }

  /// Where there are operators, a person is called or offered in the place of an answer.
  private mutating func failed(
    _ job: AnswerJob, _ failure: AnswerFailure, _ at: Instant, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    lastAnswered = Answered(questions: job.questions, answer: job.replaces, at: at)
    guard failure.isBeyondTheBot, let staff = policy.staff else {
      return [say(.failure(failure), to: job.question)] + startNext()
    }
    switch staff.onFailure {
    case .offer:
      return [say(.operatorOffered(after: failure, tooMany: false), to: job.question)] + startNext()
    case .atOnce:
      state = .bot(awaiting: nil)
      return requestOperator(.failure, audience: job.question.audience, at: at, policy)
    }
  }

  private mutating func handedOver(
    _ job: AnswerJob, _ text: String, _ summary: String, _ reason: HandoffReason, _ at: Instant,
    _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    guard policy.staff != nil else { return failed(job, .couldNotAnswer, at, policy) }
    let said = text.isEmpty ? [] : answer(job, text, stopped: false, at: at)
    // What is answered by the hand-over need not be answered once more when the bot comes back.
    state = .bot(awaiting: nil)
    return said
      + requestOperator(
        reason, summary: summary.isEmpty ? nil : summary, audience: job.question.audience, at: at,
        policy)
  }
}

extension AnswerFailure {
  /// Whether the bot could not help for no fault of the question.
  fileprivate var isBeyondTheBot: Bool {
    switch self {
    case .tookTooLong, .busy, .couldNotAnswer, .emptyAnswer, .filtered: true
    case .questionTooLong, .cannotSee, .cannotHear: false
    }
  }
}

extension Question {
  /// How the people of its dialogue are addressed.
  var audience: Audience { Audience(language: language, isPrivate: isPrivate) }
}

// MARK: Suggestions and summaries

extension Dialogue {
  private mutating func endAssistance(_ job: AnswerJobID) -> DeskMemory.Assistance? {
    guard let assistance = desk?.assistance, assistance.job == job else { return nil }
    desk?.assistance = nil
    return assistance
  }

  private mutating func assisted(
    _ assistance: DeskMemory.Assistance, _ text: String, _ at: Instant
  ) -> [DialogueEffect] {
    switch assistance.kind {
    case .summary: return tell(.summary(text), assistance.chat)
    case .suggestion:
      let message = Message(position: nextPosition, role: .suggestion, text: text, at: at)
      nextPosition = nextPosition.next
      let replaced = dropSuggestion()
      desk?.suggestion = message.position
      return replaced + [.record(message)]
        + tell(.suggestion(message.position, text: text), assistance.chat)
    }
  }

  private func tell(_ notice: StaffNotice, _ chat: ChatID?) -> [DialogueEffect] {
    chat.map { [.tellStaff(notice, in: [$0])] } ?? []
  }
}
