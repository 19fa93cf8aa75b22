import Conversation

/// Carrying out what follows, and what must hold.
extension World {
  mutating func carryOut(
    _ event: DialogueEvent, _ effects: [DialogueEffect], _ before: Dialogue,
    _ policy: DialoguePolicy
  ) throws {
    noteTopics(event, before)
    if let job = event.job {
      try require(running[job] != nil, "an answer of a job that is over was heard", event)
      if event.endsJob { end(job) }
    }
    for effect in effects {
      seen?.insert(TableWords.word(effect))
      try carryOut(effect, event, before)
      try checkStaffChats(effect, event, before, policy)
    }
    if isPrivate, effects.contains(where: { $0.notice == .erased }) { topics = [] }
    try checkHandOver(event, effects, before)
    try checkMessage(event, effects, before)
    try checkQuestions(event, effects, before)
  }

  private mutating func end(_ job: AnswerJobID) {
    running[job] = nil
    ended = ended.suffix(9) + [job]
  }

  private mutating func noteTopics(_ event: DialogueEvent, _ before: Dialogue) {
    if case .staffTopicMade(let chat) = event, before.desk != nil { topics.insert(chat) }
    guard case .staffChatLost(let chat, let topicOnly, _) = event else { return }
    topics.remove(chat)
    if !topicOnly, along != [chat] { along.remove(chat) }
  }

  private mutating func carryOut(
    _ effect: DialogueEffect, _ event: DialogueEvent, _ before: Dialogue
  ) throws {
    switch effect {
    case .record(let message):
      try require(message.position > lastPosition, "positions ascend", event)
      lastPosition = message.position
      if case .mark(.operatorRequested) = message.role { announced = [] }
      if case .assistant = message.role {
        try require(mayAnswer(event, before), "the bot talks over a person", event)
      }
    case .deliver:
      try require(mayAnswer(event, before), "the bot talks over a person", event)
    case .startAnswer(let job):
      try require(running[job.id] == nil && !ended.contains(job.id), "a job runs twice", event)
      running[job.id] = job
    case .dropAnswer(let job):
      try require(running[job] != nil, "a job that does not run is dropped", event)
      end(job)
    case .tellStaff(.requested, let chats): announced.formUnion(chats)
    case .log(let entry):
      if let fault = log.take(entry) { throw Broken(rule: "the log: \(fault)", event: event) }
      switch entry.kind {
      case .taken(let person, _):
        ownersChat = event.chat(of: person)
        along = []
        if case .waiting(let request) = before.state, ownersChat == nil {
          along = Set(request.announcedIn)
        }
      case .passed(_, let person):
        if let ownersChat { along.insert(ownersChat) }
        ownersChat = event.chat(of: person)
        if ownersChat != nil { along = [] }
      case .requested, .withdrawn, .customerWrote, .answered, .returned, .closed, .reminded,
        .unclaimed, .undelivered, .rated:
        break
      }
    case .erase, .correct, .remove, .removeAll, .nameTopic, .stopAnswer, .say, .tellStaff,
      .relayToStaff,
      .mirror, .relayToCustomer, .correctSource, .editRelayed, .showStatus, .confirmDelivery,
      .reportUndelivered, .resend:
      break
    }
  }

  private func mayAnswer(_ event: DialogueEvent, _ before: Dialogue) -> Bool {
    guard case .bot(let awaited?) = before.state else { return false }
    return event.endsJob && event.job == awaited.job.id
  }

  /// Words of people reach only chats that are configured and concerned.
  private func checkStaffChats(
    _ effect: DialogueEffect, _ event: DialogueEvent, _ before: Dialogue,
    _ policy: DialoguePolicy
  ) throws {
    guard let chats = effect.staffChats else { return }
    let configured = policy.staff?.chats.map(\.chat) ?? []
    try require(!chats.isEmpty, "nobody is told", event)
    try require(chats.allSatisfy(configured.contains), "a chat that is not configured", event)
    try require(Set(chats).count == chats.count, "a chat is told twice", event)
    let concerned: Set<ChatID>
    switch log.owner == nil ? (log.isWaiting ? StaffStatus.waiting : .bot) : .operated {
    case .waiting: concerned = topics.union(announced)
    case .operated: concerned = topics.union(ownersChat.map { [$0] } ?? along)
    case .bot, .closed: concerned = topics
    }
    switch effect {
    case .relayToStaff, .mirror, .tellStaff(.customerEdited, _), .tellStaff(.note, _):
      try require(concerned.isSuperset(of: chats), "a chat that is not concerned", event)
    case .showStatus:
      if case .staffTopicMade = event { return }
      try require(topics.isSuperset(of: chats), "the status of no topic", event)
    default: break
    }
  }

  /// The customer is told whenever a person is called, comes, goes or ends it.
  private func checkHandOver(
    _ event: DialogueEvent, _ effects: [DialogueEffect], _ before: Dialogue
  ) throws {
    let said = effects.compactMap(\.notice)
    if effects.contains(where: { $0.logged?.kind == .unclaimed }) {
      try require(said.contains(.operatorsBusy), "the customer waits without knowing", event)
    }
    if said.contains(.erased) { return }
    if case .reachabilityChanged(false, _) = event { return }
    let told: Bool
    switch (before.state, dialogue.state) {
    case (.waiting, .waiting), (.bot, .bot), (.bot, .closed), (.closed, .bot), (.closed, .closed):
      return
    case (_, .waiting):
      told = said.contains {
        switch $0 {
        case .operatorRequested, .operatorsAway: true
        default: false
        }
      }
    case (.operated(let old), .operated(let new)) where old.by.id == new.by.id: return
    case (_, .operated(let new)): told = said.contains(.operatorConnected(name: new.by.name))
    case (.waiting, .bot):
      // Nobody leaves whom the customer has not met.
      told = said.contains {
        switch $0 {
        case .requestEnded, .banned: true
        default: false
        }
      }
    case (_, .bot):
      told = said.contains { if case .operatorDisconnected = $0 { true } else { false } }
    case (_, .closed): told = said.contains(.dialogueClosed)
    }
    try require(told, "the customer is not told who is there", event)
  }

  /// What a customer writes is answered, relayed, kept for later or refused with a text.
  private mutating func checkMessage(
    _ event: DialogueEvent, _ effects: [DialogueEffect], _ before: Dialogue
  ) throws {
    let said = effects.compactMap(\.notice)
    if said.contains(where: \.refusesForNumber), let person = event.asker(in: before) {
      toldOfLimit[person] = clock
    }
    if said.contains(.banned) { toldOfBan = true }
    guard case .customerWrote(let message) = event else { return }
    guard case .question = message.content else { return }
    let isHeard =
      !said.isEmpty || dialogue.timer != nil && effects.contains { $0.relayedTo != nil }
      || dialogue.open.contains { $0.messageID == message.messageID }
      || effects.contains { $0.startedJob?.question.messageID == message.messageID }
    if before.desk?.isBanned == true, before.status != .operated {
      return try require(isHeard || toldOfBan, "a banned customer is not told so", event)
    }
    toldOfBan = false
    if before.status == .operated, dialogue.status == .operated {
      let readers = ownersChat.map { [$0] } ?? along
      let read = Set(effects.flatMap { $0.relayedTo ?? [] })
      try require(
        read.isSuperset(of: readers.intersection(policy.staff?.chats.map(\.chat) ?? [])),
        "a message is kept from those who read along", event)
    }
    if [.waiting, .operated].contains(before.status), before.status == dialogue.status {
      try require(
        dialogue.open.last?.messageID == message.messageID || said.contains(.commentThanks),
        "a question that no person answers is owed by nobody", event)
    }
    let wasTold = toldOfLimit[message.speaker.id].map { clock.since($0) < .seconds(60) } ?? false
    let readsByAPI = log.owner != nil && ownersChat == nil
    try require(isHeard || wasTold || readsByAPI, "a message is met with silence", event)
  }

  /// A question that waited for an answer does not vanish without a word.
  private func checkQuestions(
    _ event: DialogueEvent, _ effects: [DialogueEffect], _ before: Dialogue
  ) throws {
    let open = before.open
    guard !open.isEmpty else { return }
    let kept = Set(dialogue.open.map(\.position))
    guard open.contains(where: { !kept.contains($0.position) }) else { return }
    // Only the newest of many that a person reads are kept for the bot as well.
    if before.timer != nil, dialogue.timer != nil, dialogue.open.count >= 20 { return }
    let isEnded = effects.contains { effect in
      if case .relayToCustomer = effect { return true }
      return effect.notice != nil || effect.delivered != nil || effect.relayedTo != nil
    }
    switch event {
    case .reachabilityChanged(false, _), .operatorActed(.ban(true), _, _, _, _): return
    default: try require(isEnded, "a question vanishes", event)
    }
  }

  /// What holds at any time.
  func checkStanding(_ event: DialogueEvent) throws {
    let status = dialogue.status
    try require(
      (dialogue.timer != nil) == (status == .waiting || status == .operated), "the timer", event)
    try require(log.isWaiting == (status == .waiting), "the log knows who waits", event)
    var owner: OperatorID?
    if case .operated(let assignment) = dialogue.state { owner = assignment.by.id }
    try require(log.owner == owner, "the log knows who holds the dialogue", event)
    var awaited = 0
    if case .bot(let answer?) = dialogue.state {
      awaited += 1
      try require(running[answer.job.id] != nil, "what is awaited runs", event)
    }
    if let assistance = dialogue.desk?.assistance {
      awaited += 1
      try require(running[assistance.job] != nil, "what is awaited runs", event)
    }
    try require(running.count == awaited, "nothing else runs", event)
    try require(dialogue.nextPosition > lastPosition, "positions are taken once", event)
    let open = dialogue.open
    let isInOrder =
      open.count < 2 || zip(open, open.dropFirst()).allSatisfy { $0.position < $1.position }
    try require(isInOrder, "questions are answered in their order", event)
    if status != .bot { try require(dialogue.queue.isEmpty, "a queue without a bot", event) }
  }

  /// Whether an event is the end of something that is awaited.
  func isAwaited(_ event: DialogueEvent) -> Bool {
    guard let job = event.job else { return false }
    if event.endsJob, dialogue.desk?.assistance?.job == job { return true }
    guard case .bot(let awaited?) = dialogue.state else { return false }
    return awaited.job.id == job
  }
}

extension Dialogue {
  /// The questions that somebody may still answer, in their order.
  var open: [Question] {
    switch state {
    case .bot(let awaited): (awaited?.job.questions ?? []) + queue
    case .waiting(let request): request.unheard
    case .operated(let assignment): assignment.unheard
    case .closed: []
    }
  }
}

extension Notice {
  fileprivate var refusesForNumber: Bool {
    switch self {
    case .tooManyMessages, .operatorOffered(_, tooMany: true): true
    default: false
    }
  }
}

extension DialogueEvent {
  /// The job that it is about.
  var job: AnswerJobID? {
    switch self {
    case .answerAppeared(let job), .answerReady(let job, _, _, _, _), .answerFailed(let job, _, _),
      .answerHandedOver(let job, _, _, _, _, _), .answerStopped(let job, _, _):
      job
    default: nil
    }
  }

  /// Who asks with it.
  fileprivate func asker(in dialogue: Dialogue) -> PersonID? {
    switch self {
    case .customerWrote(let message): message.speaker.id
    case .questionPut(_, let speaker, _, _): speaker.id
    case .customerEdited(let messageID, _, _):
      (dialogue.open + (dialogue.lastAnswered?.questions ?? []))
        .first { $0.messageID == messageID }?.person
    default: nil
    }
  }

  /// Whether a job ends with it.
  var endsJob: Bool {
    if case .answerAppeared = self { return false }
    return job != nil
  }

  /// Where an operator works who holds the dialogue because of it.
  fileprivate func chat(of person: OperatorID) -> ChatID? {
    guard case .operatorActed(let action, _, let chat, _, _) = self else { return nil }
    if case .pass(let next, let nextChat) = action, next.id == person { return nextChat }
    return chat
  }
}
