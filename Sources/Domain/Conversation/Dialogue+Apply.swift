/// The state machine: the only way in which a dialogue changes.
extension Dialogue {
  /// Takes in what happened and tells what follows.
  ///
  /// Throws a `Refusal` and changes nothing when the event comes too late to matter, or when who
  /// acts may not.
  package mutating func apply(
    _ event: DialogueEvent, policy: DialoguePolicy
  ) throws(Refusal) -> [DialogueEffect] {
    var next = self
    let effects = try next.decide(event, policy)
    self = next
    return effects.compactMap { $0.limited(to: policy.staff) }
  }

  private mutating func decide(
    _ event: DialogueEvent, _ policy: DialoguePolicy
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
    case .reachabilityChanged(let reachable, let at):
      return reachabilityChanged(reachable, at)
    case .announced(let notice, let at):
      return [.say(notice, in: Language(tag: nil), replyTo: nil, isPrivate: false, askedAt: at)]
    case .answerAppeared(let job):
      return try answerAppeared(job)
    case .answerReady(let job, let text, let use, let heard, let at):
      return try answerReady(job, text, use, heard, at, policy)
    case .answerFailed(let job, let failure, let at):
      return try answerFailed(job, failure, at, policy)
    case .answerHandedOver(let job, let text, let summary, let reason, let heard, let at):
      return try answerHandedOver(job, text, summary, reason, heard, at, policy)
    case .answerStopped(let job, let text, let at):
      return try answerStopped(job, text, at)
    case .customerChose(let choice, let speaker, let place, let at):
      return try customerChose(choice, speaker, place, at, policy)
    case .operatorRequested(let reason, let audience, let at):
      guard policy.staff != nil else { throw .noOperators }
      guard desk?.isBanned != true else { throw .tooLate }
      return requestOperator(reason, audience: audience, at: at, policy)
    case .questionPut(let text, let speaker, let audience, let at):
      return try questionPut(text, speaker, audience, at, policy)
    case .operatorActed(let action, let person, let chat, let audience, let at):
      guard let staff = policy.staff else { throw .noOperators }
      return try operatorActed(
        action, OperatorSide(by: person, chat: chat, audience: audience, at: at, staff: staff))
    case .relaySettled(let position, let outcome, let at):
      return relaySettled(position, outcome, at)
    case .answersWithdrawn(let positions):
      return answersWithdrawn(positions)
    case .operatorLost(let person, let at):
      return operatorLost(person, at, policy)
    case .staffChatLost(let chat, let topicOnly, let at):
      return staffChatLost(chat, topicOnly: topicOnly, at, policy)
    case .staffTopicMade(let chat):
      return staffTopicMade(chat)
    case .timePassed(let at):
      return timePassed(at, policy)
    case .placeChanged(let place):
      return placeChanged(place, policy)
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

  /// What can't arrive need not be written, and who left needs no person.
  private mutating func reachabilityChanged(
    _ reachable: Bool, _ at: Instant
  ) -> [DialogueEffect] {
    self.reachable = reachable
    guard !reachable else { return [] }
    let told = DialogueEffect.tellStaff(.customerLeft, in: staffReaders)
    queue = []
    switch state {
    case .bot: return dropAwaited { _ in true }
    case .waiting:
      state = .bot(awaiting: nil)
      return [told, .showStatus(.bot, in: forums), log(.withdrawn, at)]
    case .operated: return [told]
    case .closed: return []
    }
  }
}

extension DialogueEffect {
  /// This effect without the staff chats that are not in the settings any more, and nil when no
  /// chat is left: what customers write must not reach those who were operators once.
  fileprivate func limited(to staff: StaffPolicy?) -> DialogueEffect? {
    func known(
      _ chats: [ChatID], _ effect: ([ChatID]) -> DialogueEffect
    ) -> DialogueEffect? {
      let left = chats.filter { staff?.kind(of: $0) != nil }
      return left.isEmpty ? nil : effect(left)
    }
    switch self {
    case .tellStaff(let notice, let chats): return known(chats) { .tellStaff(notice, in: $0) }
    case .relayToStaff(let chats): return known(chats) { .relayToStaff($0) }
    case .mirror(let text, let voice, let chats):
      return known(chats) { .mirror(text: text, by: voice, in: $0) }
    case .showStatus(let status, let chats): return known(chats) { .showStatus(status, in: $0) }
    case .record, .correct, .remove, .removeAll, .erase, .nameTopic, .startAnswer, .dropAnswer,
      .stopAnswer, .deliver, .say, .relayToCustomer, .correctSource, .editRelayed,
      .confirmDelivery, .reportUndelivered, .resend, .log:
      return self
    }
  }
}
