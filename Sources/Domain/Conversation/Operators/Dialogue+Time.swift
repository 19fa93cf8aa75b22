/// What the clock, Telegram and the staff chats bring.
extension Dialogue {
  mutating func timePassed(_ at: Instant, _ policy: DialoguePolicy) -> [DialogueEffect] {
    guard let timer, timer <= at else { return [] }
    let settled = followSettings(at, policy)
    guard settled.isEmpty, let staff = policy.staff else { return settled }
    switch state {
    case .bot, .closed: return []
    case .operated(var assignment):
      assignment.due = assignment.lastSign + staff.timeout
      guard assignment.due > at else { return returnToBot(.timeout, at: at) }
      state = .operated(assignment)
      return []
    case .waiting(var request):
      if let opensAt = staff.opensAt {
        // Nobody waits for people at night; the time counts from the morning on. Whoever called
        // them by day gets to know that they have gone.
        let isKnown = request.lastSign >= opensAt
        request.lastSign = max(request.lastSign, opensAt)
        request.due = opensAt + min(staff.reminder, staff.timeout)
        state = .waiting(request)
        return isKnown ? [] : [tellCustomer(.operatorsAway(until: opensAt), at)]
      }
      let end = request.lastSign + staff.timeout
      if end <= at { return returnToBot(.timeout, at: at) }
      let effects = escalate(&request, at, staff)
      request.due = request.stage == .admitted ? end : min(at + staff.reminder, end)
      state = .waiting(request)
      return effects
    }
  }

  /// Nobody has taken the request: the operators are reminded, then others are told, then the
  /// customer gets to know.
  private func escalate(
    _ request: inout HandoffRequest, _ at: Instant, _ staff: StaffPolicy
  ) -> [DialogueEffect] {
    let minutes = Int((at.milliseconds - request.since.milliseconds) / 60_000)
    let reminder = [
      DialogueEffect.tellStaff(.reminder(minutes: minutes), in: request.announcedIn),
      log(.reminded, at),
    ]
    switch request.stage {
    case .announced:
      request.stage = .reminded
      return reminder
    case .reminded:
      let told = request.announcedIn
      guard let next = staff.groups(for: id).first(where: { !told.contains($0) }) else {
        return admit(&request, at)
      }
      request.stage = .passedOn
      request.announcedIn.append(next)
      return [.tellStaff(.requested(request.reason, summary: nil), in: [next])]
    case .passedOn: return admit(&request, at)
    // The customer has written since, or the chats were out of reach for a while.
    case .admitted: return reminder
    }
  }

  private func admit(_ request: inout HandoffRequest, _ at: Instant) -> [DialogueEffect] {
    request.stage = .admitted
    return [tellCustomer(.operatorsBusy, at), log(.unclaimed, at)]
  }

  /// The place is shown in private chats, where it is one person's, and while operators are there.
  mutating func placeChanged(_ place: Int, _ policy: DialoguePolicy) -> [DialogueEffect] {
    guard case .waiting(var request) = state, request.place != place,
      desk?.audience.isPrivate == true, let staff = policy.staff, staff.opensAt == nil
    else { return [] }
    let isFirst = request.place == nil
    request.place = place
    state = .waiting(request)
    return [tellCustomer(.queuePlace(place, isFirst: isFirst), request.since)]
  }

  func relaySettled(
    _ position: Position, _ outcome: RelayOutcome, _ at: Instant
  ) -> [DialogueEffect] {
    switch outcome {
    case .delivered: [.confirmDelivery(position)]
    case .blocked: [.reportUndelivered(position, blocked: true), log(.undelivered, at)]
    case .undelivered: [.reportUndelivered(position, blocked: false), log(.undelivered, at)]
    }
  }

  /// What was answered with words that never reached the customer is open again, unless the person
  /// who came in between has answered since; operators may have read those words. When that person
  /// has gone already, the bot answers.
  mutating func answersWithdrawn(_ positions: [Position]) -> [DialogueEffect] {
    let readers = staffReaders
    let told: [DialogueEffect] = readers.isEmpty ? [] : [.tellStaff(.answerWithdrawn, in: readers)]
    guard let last = lastAnswered, let answer = last.answer, positions.contains(answer) else {
      return told
    }
    switch state {
    case .closed: return told
    case .bot:
      lastAnswered = nil
      queue = last.questions + queue
      return told + startNext()
    case .waiting(var request):
      request.unheard = last.questions + request.unheard
      state = .waiting(request)
    case .operated(var assignment):
      if !assignment.hasAnswered { assignment.unheard = last.questions + assignment.unheard }
      state = .operated(assignment)
    }
    lastAnswered = nil
    return told
  }

  /// Another operator must come in the place of one who is no longer there.
  mutating func operatorLost(
    _ person: OperatorID, _ at: Instant, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    guard case .operated(let assignment) = state, assignment.by.id == person else { return [] }
    return requestAnother(assignment, at, policy)
  }

  /// A request that was taken and not answered goes on as it was; after an answer it is a new one.
  private mutating func requestAnother(
    _ assignment: Assignment, _ at: Instant, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    guard policy.staff != nil, let desk, !desk.isBanned else {
      return returnToBot(.operator, at: at)
    }
    let dropped = dropAssistance()
    state = .bot(awaiting: nil)
    queue = assignment.unheard
    return dropped
      + requestOperator(
        .operatorGone, audience: desk.audience, at: at,
        since: assignment.hasAnswered ? nil : assignment.requestedAt, policy)
  }

  /// The settings may have changed since a person was called or came: nobody is left to operators
  /// who are no longer there.
  mutating func followSettings(_ at: Instant, _ policy: DialoguePolicy) -> [DialogueEffect] {
    switch state {
    case .bot, .closed: return []
    case .operated(let assignment):
      guard let staff = policy.staff else { return returnToBot(.operator, at: at) }
      guard let chat = assignment.chat, staff.kind(of: chat) == nil else { return [] }
      return requestAnother(assignment, at, policy)
    case .waiting(var request):
      guard let staff = policy.staff else { return returnToBot(.operator, at: at) }
      let told = request.announcedIn
      guard !told.isEmpty, told.allSatisfy({ staff.kind(of: $0) == nil }) else { return [] }
      // Those who are told now have as much time as any; a time that has passed must not stay.
      request.announcedIn = staff.firstChats(for: id)
      request.stage = .announced
      request.lastSign = max(request.lastSign, staff.opensAt ?? at)
      request.due = max(at, staff.opensAt ?? at) + min(staff.reminder, staff.timeout)
      state = .waiting(request)
      return [.tellStaff(.requested(request.reason, summary: nil), in: request.announcedIn)]
    }
  }

  mutating func staffChatLost(
    _ chat: ChatID, topicOnly: Bool, _ at: Instant, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    let readers = staffReaders
    desk?.forums.removeAll { $0 == chat }
    guard !topicOnly else {
      // A new topic is made with the next message to it; it begins with the history.
      let needsTopic = readers.contains(chat) && (status == .waiting || status == .operated)
      return needsTopic ? [.tellStaff(.repeated, in: [chat])] : []
    }
    switch state {
    case .bot, .closed: return []
    case .operated(var assignment):
      if assignment.chat == chat { return requestAnother(assignment, at, policy) }
      // The last one stays: out of reach for a while, it must not be left out for good.
      if assignment.readers != [chat] { assignment.readers.removeAll { $0 == chat } }
      state = .operated(assignment)
      return []
    case .waiting(var request):
      guard let staff = policy.staff, request.announcedIn.contains(chat) else { return [] }
      // Only those that come after it in the order: two lost chats must not call each other in turn.
      let others = staff.groups(for: id).drop { $0 != chat }.dropFirst()
        .filter { !request.announcedIn.contains($0) }
      var effects: [DialogueEffect] = []
      if let next = others.first {
        request.announcedIn.removeAll { $0 == chat }
        request.announcedIn.append(next)
        effects = [.tellStaff(.requested(request.reason, summary: nil), in: [next])]
      } else if request.announcedIn != [chat] {
        request.announcedIn.removeAll { $0 == chat }
      } else if request.stage != .admitted {
        // The last one stays, for it may be out of reach only for a while, and is reminded.
        effects = admit(&request, at)
      }
      state = .waiting(request)
      return effects
    }
  }

  mutating func staffTopicMade(_ chat: ChatID) -> [DialogueEffect] {
    if desk?.forums.contains(chat) == false { desk?.forums.append(chat) }
    // What happened while the topic was being made shows in its name now.
    return [.showStatus(status, in: [chat])]
  }

  /// A question from outside is asked as if the customer had asked it, and answered to them.
  mutating func questionPut(
    _ text: String, _ speaker: Speaker, _ audience: Audience, _ at: Instant,
    _ policy: DialoguePolicy
  ) throws(Refusal) -> [DialogueEffect] {
    guard desk?.isBanned != true else { throw .tooLate }
    switch state {
    case .waiting, .operated: throw .heldByPerson
    case .bot, .closed: break
    }
    let reopened = reopen()
    let question = Question(
      position: nextPosition, messageID: MessageID(0), person: speaker.id,
      language: audience.language, at: at, isPrivate: audience.isPrivate,
      fingerprint: Question.fingerprint(of: text))
    nextPosition = nextPosition.next
    return reopened + [
      .record(
        Message(position: question.position, role: .customer(speaker), text: text, at: at))
    ] + (forums.isEmpty ? [] : [.mirror(text: text, by: .customer(speaker), in: forums)])
      + ask(question, policy)
  }
}
