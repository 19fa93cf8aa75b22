/// The way of a dialogue to a person, and back to the bot.
extension Dialogue {
  /// The staff forums in which the dialogue has a topic.
  var forums: [ChatID] { desk?.forums ?? [] }

  /// The staff chats that read along, each once: those that know of the request, or the one in which
  /// the dialogue is held (over the HTTP API: those that read before), and its topics.
  package var staffReaders: [ChatID] {
    switch state {
    case .bot, .closed: forums
    case .waiting(let request): request.announcedIn.union(forums)
    case .operated(let assignment): assignment.staffReaders.union(forums)
    }
  }

  /// Wants a person for the dialogue, `since` an earlier time if that request was not answered.
  /// Where one is wanted or there already, nothing happens; without any operators the person is told
  /// so.
  mutating func requestOperator(
    _ reason: HandoffReason, summary: String? = nil, audience: Audience, at: Instant,
    since: Instant? = nil, replyTo: MessageID? = nil, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    func say(_ notice: Notice) -> DialogueEffect {
      .say(
        notice, in: audience.language, replyTo: replyTo, isPrivate: audience.isPrivate,
        askedAt: at)
    }
    guard let staff = policy.staff else {
      return followSettings(at, policy) + [say(.noOperators)]
    }
    let unheard: [Question]
    switch state {
    case .waiting, .operated: return []
    case .closed: unheard = []
    case .bot(let awaited): unheard = (awaited?.job.questions ?? []) + queue
    }
    let dropped = dropAwaited { _ in true }
    queue = []
    remember(audience)
    desk?.complaints = 0
    desk?.awaitsComment = false
    let start = staff.opensAt ?? at
    let request = HandoffRequest(
      since: since ?? at, reason: reason, announcedIn: staff.firstChats(for: id),
      lastSign: start, due: start + min(staff.reminder, staff.timeout), unheard: unheard)
    state = .waiting(request)
    return dropped + [
      mark(.operatorRequested, at),
      say(staff.opensAt.map { .operatorsAway(until: $0) } ?? .operatorRequested),
      .tellStaff(.requested(reason, summary: summary), in: request.announcedIn.union(forums)),
      .showStatus(.waiting, in: forums), log(.requested(reason), at),
    ]
  }

  /// Gives the dialogue back to the bot. What no person has answered, the bot answers.
  mutating func returnToBot(
    _ cause: ReturnCause, by person: OperatorID? = nil, at: Instant
  ) -> [DialogueEffect] {
    let readers = staffReaders
    let notice: StaffNotice
    let told: Notice
    let unheard: [Question]
    var hadAnswer = false
    let entry: DeskLogEntry.Kind
    var leaving: [DialogueEffect] = []
    switch state {
    case .bot, .closed: return []
    case .waiting(let request):
      leaving = leaveQueue(request, at)
      notice = cause == .customer ? .withdrawn : .returned(cause)
      // Who is banned while waiting is not told that the bot answers.
      told = desk?.isBanned == true ? .banned : .requestEnded(cause)
      entry = cause == .customer ? .withdrawn : .returned(cause, person)
      unheard = request.unheard
    case .operated(let assignment):
      notice = .returned(cause)
      told = .operatorDisconnected(cause)
      entry = .returned(cause, person)
      unheard = assignment.unheard
      hadAnswer = assignment.hasAnswered
    }
    desk?.returns += 1
    state = .bot(awaiting: nil)
    // What the bot said last may have been kept from being sent, of which it is told in a moment.
    if !unheard.isEmpty || hadAnswer { lastAnswered = nil }
    queue = unheard
    return leaving + [
      mark(.botCameBack, at), tellCustomer(told, at),
      .tellStaff(notice, in: readers), .showStatus(.bot, in: forums), log(entry, at),
    ] + dropAssistance() + dropSuggestion() + startNext()
  }

  /// What is said to the people of the dialogue when none of them has just written.
  func tellCustomer(_ notice: Notice, _ at: Instant) -> DialogueEffect {
    let audience = desk?.audience ?? Audience(language: Language(tag: nil), isPrivate: false)
    return .say(
      notice, in: audience.language, replyTo: nil, isPrivate: audience.isPrivate, askedAt: at)
  }

  mutating func remember(_ audience: Audience) {
    if desk == nil { desk = DeskMemory(audience: audience) } else { desk?.audience = audience }
  }

  mutating func mark(_ mark: Message.Mark, _ at: Instant) -> DialogueEffect {
    defer { nextPosition = nextPosition.next }
    return .record(Message(position: nextPosition, role: .mark(mark), text: "", at: at))
  }

  func log(_ kind: DeskLogEntry.Kind, _ at: Instant) -> DialogueEffect {
    .log(DeskLogEntry(conversation: id, at: at, kind: kind))
  }

  mutating func dropAssistance() -> [DialogueEffect] {
    guard let assistance = desk?.assistance else { return [] }
    desk?.assistance = nil
    return [.dropAnswer(assistance.job)]
  }

  /// A suggestion is for the moment in which it was asked for.
  mutating func dropSuggestion() -> [DialogueEffect] {
    guard let suggestion = desk?.suggestion else { return [] }
    desk?.suggestion = nil
    return [.remove(suggestion)]
  }

  /// The message that told the customer's place is changed when they no longer wait.
  func leaveQueue(_ request: HandoffRequest, _ at: Instant) -> [DialogueEffect] {
    request.place == nil ? [] : [tellCustomer(.queueLeft, at)]
  }
}

extension Assignment {
  /// The staff chats that read along because of it.
  var staffReaders: [ChatID] { [chat].compactMap(\.self).union(readers) }
}

extension [ChatID] {
  /// These and those of the others that are not among them, in order.
  func union(_ others: [ChatID]) -> [ChatID] {
    others.reduce(into: self) { all, chat in
      if !all.contains(chat) { all.append(chat) }
    }
  }
}
