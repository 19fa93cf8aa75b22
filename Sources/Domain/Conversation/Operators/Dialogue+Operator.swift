/// Who acts on the operators' side, where and when.
struct OperatorSide {
  var by: Operator
  var chat: ChatID?
  var audience: Audience
  var at: Instant
  var staff: StaffPolicy
}

/// What operators do with a dialogue.
extension Dialogue {
  mutating func operatorActed(
    _ action: OperatorAction, _ side: OperatorSide
  ) throws(Refusal) -> [DialogueEffect] {
    if desk == nil { remember(side.audience) }
    switch action {
    case .take(let force): return try take(side, force: force)
    case .write(let message): return write(message, side)
    case .edit(let source, let text):
      return [.correctSource(source, text: text), .editRelayed(source, text: text, by: side.by)]
    case .note(let text): return note(text, side)
    case .pass(let to, let chat): return pass(to: to, in: chat, side)
    case .release:
      switch state {
      case .bot, .closed: throw .notHeld
      case .waiting, .operated: return returnToBot(.operator, by: side.by.id, at: side.at)
      }
    case .close: return try close(side)
    case .ban(let banned): return ban(banned, side)
    case .ask(let assistance, let question): return assist(assistance, question, side)
    case .settleSuggestion(let position, let text):
      guard desk?.suggestion == position else { throw .tooLate }
      desk?.suggestion = nil
      let sent =
        text.map { write(OperatorMessage(text: $0, source: nil, isMarkdown: true), side) } ?? []
      return [.remove(position)] + sent
    case .resend(let position): return [.resend(position)]
    }
  }

  private mutating func take(
    _ side: OperatorSide, force: Bool
  ) throws(Refusal) -> [DialogueEffect] {
    switch state {
    case .operated(let assignment) where assignment.by.id == side.by.id: return []
    case .operated where force: return pass(to: side.by, in: side.chat, side)
    case .operated: throw .alreadyTaken
    case .bot, .waiting, .closed: return hold(side)
    }
  }

  /// Makes the operator the one who holds the dialogue, which nobody held.
  private mutating func hold(_ side: OperatorSide) -> [DialogueEffect] {
    var requestedAt: Instant?
    var unheard: [Question] = []
    var unansweredSince: Instant?
    var leaving: [DialogueEffect] = []
    var staying: [ChatID] = []
    // Who has not read along needs the history first.
    let newReaders = [side.chat].compactMap(\.self).filter { !staffReaders.contains($0) }
    let readers = staffReaders.union(newReaders)
    switch state {
    case .operated, .closed: break
    case .bot(let awaited): unheard = (awaited?.job.questions ?? []) + queue
    case .waiting(let request):
      requestedAt = request.since
      unheard = request.unheard
      unansweredSince = unheard.first?.at
      leaving = leaveQueue(request, side.at)
      // A program that writes in between must not take the customer out of people's sight.
      if side.chat == nil { staying = request.announcedIn }
    }
    let dropped = dropAwaited { _ in true }
    queue = []
    state = .operated(
      Assignment(
        by: side.by, chat: side.chat, readers: staying, requestedAt: requestedAt, since: side.at,
        lastSign: side.at, due: side.at + side.staff.timeout, unansweredSince: unansweredSince,
        unheard: unheard))
    desk?.lastOperator = side.by
    desk?.awaitsComment = false
    // Who is banned can write as long as somebody holds the dialogue, and is told again afterwards.
    desk?.wasToldOfBan = false
    let waited = requestedAt.map { side.at.millisecondsSince($0) }
    return dropped + leaving + [
      mark(.operatorCame, side.at), tellCustomer(.operatorConnected(name: side.by.name), side.at),
      .tellStaff(.repeated, in: newReaders), .tellStaff(.taken(side.by), in: readers),
      .showStatus(.operated, in: forums),
      log(.taken(side.by.id, waited: waited), side.at),
    ]
  }

  /// Words for the customer. Whoever writes them holds the dialogue from then on.
  private mutating func write(
    _ message: OperatorMessage, _ side: OperatorSide
  ) -> [DialogueEffect] {
    var effects: [DialogueEffect]
    switch state {
    case .operated(let assignment) where assignment.by.id == side.by.id: effects = []
    case .operated: effects = pass(to: side.by, in: side.chat, side)
    case .bot, .waiting, .closed: effects = hold(side)
    }
    effects += dropSuggestion()
    guard case .operated(var assignment) = state else { return effects }
    let position = nextPosition
    nextPosition = nextPosition.next
    let response = assignment.answer(side)
    state = .operated(assignment)
    desk?.lastOperator = side.by
    effects += [
      .record(
        Message(
          position: position, role: .operator(side.by), text: message.text,
          source: message.source, at: side.at, delivery: .pending)),
      .relayToCustomer(position: position, message, by: side.by), log(response, side.at),
    ]
    let others = assignment.readers.union(forums).filter { $0 != side.chat }
    let voice = message.isMarkdown ? Voice.suggestion(by: side.by) : .operator(side.by)
    let mirrored = DialogueEffect.mirror(text: message.text, by: voice, in: others)
    return effects + (others.isEmpty ? [] : [mirrored])
  }

  private mutating func note(_ text: String, _ side: OperatorSide) -> [DialogueEffect] {
    let position = nextPosition
    nextPosition = nextPosition.next
    let readers = staffReaders.filter { $0 != side.chat }
    return [
      .record(Message(position: position, role: .note(side.by), text: text, at: side.at)),
      .tellStaff(.note(side.by, text), in: readers),
    ]
  }

  private mutating func pass(
    to next: Operator, in chat: ChatID?, _ side: OperatorSide
  ) -> [DialogueEffect] {
    guard case .operated(var assignment) = state else {
      var side = side
      side.by = next
      side.chat = chat
      return hold(side)
    }
    let previous = assignment.by
    guard previous.id != next.id else { return [] }
    let readers = staffReaders
    assignment.by = next
    assignment.readers = chat == nil ? assignment.staffReaders : []
    assignment.chat = chat
    assignment.lastSign = side.at
    assignment.due = side.at + side.staff.timeout
    state = .operated(assignment)
    desk?.lastOperator = next
    // Who has not read along needs the history first.
    let newReaders = staffReaders.filter { !readers.contains($0) }
    return [
      .tellStaff(.repeated, in: newReaders),
      tellCustomer(.operatorConnected(name: next.name), side.at),
      .tellStaff(.passed(from: previous, to: next), in: readers.union(newReaders)),
      log(.passed(from: previous.id, to: next.id), side.at),
    ]
  }

  private mutating func close(_ side: OperatorSide) throws(Refusal) -> [DialogueEffect] {
    let readers = staffReaders
    let resolution: Int64?
    var leaving: [DialogueEffect] = []
    switch state {
    case .closed: throw .notHeld
    case .bot: resolution = nil
    case .waiting(let request):
      leaving = leaveQueue(request, side.at)
      resolution = side.at.millisecondsSince(request.since)
    case .operated(let assignment):
      resolution = assignment.requestedAt.map { side.at.millisecondsSince($0) }
    }
    let wasHelped = status == .operated
    let dropped = dropAwaited { _ in true } + dropAssistance() + dropSuggestion()
    queue = []
    lastAnswered = nil
    desk?.returns += 1
    state = .closed(at: side.at)
    var effects =
      dropped + leaving + [
        mark(.closed, side.at), tellCustomer(.dialogueClosed, side.at),
        .tellStaff(.closed(side.by), in: readers), .showStatus(.closed, in: forums),
        log(.closed(side.by.id, resolution: resolution), side.at),
      ]
    if side.staff.asksForRating, wasHelped {
      desk?.awaitsRating = true
      effects.append(tellCustomer(.ratingAsked, side.at))
    }
    return effects
  }

  private mutating func ban(_ banned: Bool, _ side: OperatorSide) -> [DialogueEffect] {
    let readers = staffReaders.union([side.chat].compactMap(\.self))
    var dropped: [DialogueEffect] = []
    var isToldNow = false
    desk?.isBanned = banned
    if banned {
      // What they asked before is not answered either; who waits for an answer or a person is told.
      let waits = !queue.isEmpty
      let isWaiting = status == .waiting
      queue = []
      lastAnswered = nil
      forgetUnheard { _ in true }
      let answers = dropAwaited { _ in true }
      dropped = answers + returnToBot(.operator, by: side.by.id, at: side.at)
      desk?.awaitsComment = false
      if waits || !answers.isEmpty { dropped.append(tellCustomer(.banned, side.at)) }
      isToldNow = isWaiting || waits || !answers.isEmpty
    }
    desk?.wasToldOfBan = isToldNow
    return dropped + [.tellStaff(.banned(banned), in: readers)]
  }

  private mutating func assist(
    _ assistance: AnswerJob.Assistance, _ question: Question, _ side: OperatorSide
  ) -> [DialogueEffect] {
    let dropped = dropAssistance()
    let job = nextJob([question], assistance: assistance)
    desk?.assistance = .init(assistance, job: job.id, chat: side.chat)
    return dropped + [.startAnswer(job)]
  }
}

extension Assignment {
  /// Takes in that an operator answers, and tells how long the customer waited for it: since the
  /// request for its first answer, else since the oldest message that had none.
  fileprivate mutating func answer(_ side: OperatorSide) -> DeskLogEntry.Kind {
    let first = hasAnswered ? nil : requestedAt.map { side.at.millisecondsSince($0) }
    let next = first == nil ? unansweredSince.map { side.at.millisecondsSince($0) } : nil
    hasAnswered = true
    unansweredSince = nil
    unheard = []
    lastSign = side.at
    due = side.at + side.staff.timeout
    return .answered(side.by.id, first: first, next: next)
  }
}

extension Instant {
  /// How many milliseconds after another it is. Staff chats and customers are served side by side, so
  /// that what came earlier may be told of later; nobody waits for less than nothing.
  fileprivate func millisecondsSince(_ earlier: Instant) -> Int64 {
    max(0, milliseconds - earlier.milliseconds)
  }
}
