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
    case .customerEdited(let messageID, let text, let at):
      return customerEdited(messageID, text, at, policy)
    case .topicCreatedUnnamed:
      topicIsUnnamed = nextPosition == Position(1)
      return []
    case .stopRequested(let draftID):
      let job = try awaitedJob(.nothingToStop) { $0.draftID == draftID }
      return [.stopAnswer(job.id)]
    case .answerAppeared(let id):
      let job = try awaitedJob(.staleAnswer) { $0 == id }
      state = .bot(awaiting: .init(job: job, appeared: true))
      return []
    case .answerReady(let id, let text, let use, let heard, let at):
      let job = try awaitedJob(.staleAnswer) { $0 == id }
      return correct(heard) + answer(job, text, stopped: false, at: at)
        + warning(use, job.question, policy) + startNext()
    case .answerFailed(let id, let failure, let at):
      let job = try awaitedJob(.staleAnswer) { $0 == id }
      lastAnswered = Answered(questions: job.questions, answer: job.replaces, at: at)
      return [say(.failure(failure), to: job.question)] + startNext()
    case .answerStopped(let id, let text, let at):
      let job = try awaitedJob(.staleAnswer) { $0 == id }
      let said =
        text.isEmpty
        ? [say(.stopped, to: job.question)] : answer(job, text, stopped: true, at: at)
      return said + startNext()
    case .reachabilityChanged(let reachable):
      self.reachable = reachable
      // What can't arrive need not be written.
      guard !reachable else { return [] }
      queue = []
      return dropAwaited { _ in true }
    case .answerHandedOver, .operatorRequested, .questionPut, .customerChose, .operatorActed,
      .relaySettled, .operatorLost, .staffChatLost, .staffTopicMade, .timePassed, .placeChanged:
      return []
    case .announced(let notice, let at):
      return [.say(notice, in: Language(tag: nil), replyTo: nil, isPrivate: false, askedAt: at)]
    }
  }

  func awaitedJob(
    _ refusal: Refusal, _ matches: (AnswerJobID) -> Bool
  ) throws(Refusal) -> AnswerJob {
    switch state {
    case .bot(let awaited?) where matches(awaited.job.id): return awaited.job
    case .bot, .waiting, .operated, .closed: throw refusal
    }
  }
}

// MARK: Jobs and their answers

extension Dialogue {
  mutating func start(_ questions: [Question], replaces: Position? = nil) -> DialogueEffect {
    jobs += 1
    let job = AnswerJob(
      id: AnswerJobID(conversation: id, ordinal: jobs), questions: questions,
      contextStart: contextStart, replaces: replaces)
    state = .bot(awaiting: .init(job: job))
    lastAnswered = nil
    return .startAnswer(job)
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
    ]
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

  func say(_ notice: Notice, to question: Question) -> DialogueEffect {
    .say(
      notice, in: question.language, replyTo: question.isPrivate ? nil : question.messageID,
      isPrivate: question.isPrivate, askedAt: question.at)
  }
}
