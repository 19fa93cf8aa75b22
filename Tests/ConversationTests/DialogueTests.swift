import Conversation
import Testing

/// The state machine's table: every state with every event.
@Suite struct DialogueTests {
  private let policy = DialoguePolicy(questionsPerMinute: 3, queueLimit: 2)

  @Test func aQuestionIsRecordedAndAnswered() throws {
    var dialogue = Fixture.fresh
    let effects = try dialogue.apply(Fixture.asks("Hi", 10), policy: policy)

    let question = Fixture.question(1, messageID: 10, "Hi")
    let job = AnswerJob(
      id: Fixture.job(1), questions: [question],
      contextStart: Position(1))
    #expect(
      effects == [
        .record(Fixture.said("Hi", position: 1, messageID: 10)), .startAnswer(job),
      ])
    #expect(dialogue.state == .bot(awaiting: .init(job: job)))
    #expect(dialogue.nextPosition == Position(2))
  }

  @Test func questionsWaitBehindTheAwaitedOneAndAreAnsweredInOrder() throws {
    var dialogue = Fixture.fresh
    _ = try dialogue.apply(Fixture.asks("1", 10), policy: policy)
    _ = try dialogue.apply(Fixture.appears(1), policy: policy)
    let second = try dialogue.apply(Fixture.asks("2", 11), policy: policy)
    #expect(second.count == 1, "it is recorded, and no second job is started")
    #expect(dialogue.queue.map(\.messageID) == [MessageID(11)])

    let effects = try dialogue.apply(Fixture.answers(1, "A1"), policy: policy)
    #expect(effects.compactMap(\.startedJob).map(\.question.messageID) == [MessageID(11)])
    #expect(effects.compactMap(\.recorded).map(\.text) == ["A1"])
    #expect(dialogue.queue.isEmpty)

    let last = try dialogue.apply(Fixture.answers(2, "A2"), policy: policy)
    #expect(last.compactMap(\.recorded).map(\.text) == ["A2"])
    #expect(dialogue.state == .bot(awaiting: nil))
  }

  @Test(arguments: [
    DialogueEvent.answerReady(
      job: AnswerJobID(99), text: "late", use: nil, heard: [:], at: Fixture.now),
    .answerAppeared(job: AnswerJobID(99)),
    .answerFailed(job: AnswerJobID(99), .busy, at: Fixture.now),
    .answerStopped(job: AnswerJobID(99), text: "late", at: Fixture.now),
  ])
  func anAnswerThatIsNotAwaitedIsRefused(_ event: DialogueEvent) throws {
    var idle = Fixture.fresh
    #expect(throws: Refusal.staleAnswer) { try idle.apply(event, policy: policy) }
    #expect(idle == Fixture.fresh)

    var busy = Fixture.fresh
    _ = try busy.apply(Fixture.asks("Hi", 10), policy: policy)
    let before = busy
    #expect(throws: Refusal.staleAnswer) { try busy.apply(event, policy: policy) }
    #expect(busy == before)
  }

  @Test func stopReachesOnlyTheJobOfThatPreview() throws {
    var dialogue = Fixture.fresh
    #expect(throws: Refusal.nothingToStop) {
      try dialogue.apply(.stopRequested(draftID: 1), policy: policy)
    }
    _ = try dialogue.apply(Fixture.asks("Hi", 10), policy: policy)
    let job = Fixture.job(1)
    #expect(throws: Refusal.nothingToStop) {
      try dialogue.apply(.stopRequested(draftID: job.draftID + 1), policy: policy)
    }
    try expectEqual(
      dialogue.apply(.stopRequested(draftID: job.draftID), policy: policy), [.stopAnswer(job)])
  }

  @Test func aStoppedAnswerKeepsWhatWasShown() throws {
    var dialogue = Fixture.fresh
    _ = try dialogue.apply(Fixture.asks("Hi", 10), policy: policy)
    let job = Fixture.job(1)
    let effects = try dialogue.apply(
      .answerStopped(job: job, text: "half", at: Fixture.now), policy: policy)
    #expect(
      effects.compactMap(\.recorded).map(\.role)
        == [.assistant(question: Position(1), stopped: true)])
    #expect(effects.compactMap(\.delivered) == ["half"])
  }

  @Test func aStoppedAnswerOfWhichNothingWasShownIsSaidSo() throws {
    var dialogue = Fixture.fresh
    _ = try dialogue.apply(Fixture.asks("Hi", 10), policy: policy)
    let job = Fixture.job(1)
    let effects = try dialogue.apply(
      .answerStopped(job: job, text: "", at: Fixture.now), policy: policy)
    #expect(effects.compactMap(\.notice) == [.stopped])
    #expect(dialogue.state == .bot(awaiting: nil))
  }

  @Test(arguments: AnswerFailure.allCases)
  func aFailureIsToldAndTheNextQuestionGoesOn(_ failure: AnswerFailure) throws {
    var dialogue = Fixture.fresh
    _ = try dialogue.apply(Fixture.asks("1", 10), policy: policy)
    _ = try dialogue.apply(Fixture.appears(1), policy: policy)
    _ = try dialogue.apply(Fixture.asks("2", 11), policy: policy)
    let job = Fixture.job(1)
    let effects = try dialogue.apply(
      .answerFailed(job: job, failure, at: Fixture.now), policy: policy)
    #expect(effects.compactMap(\.notice) == [.failure(failure)])
    #expect(effects.compactMap(\.startedJob).map(\.question.messageID) == [MessageID(11)])
    #expect(effects.compactMap(\.recorded).isEmpty, "a failure is no part of the context")
  }

  @Test(arguments: [
    (CustomerCommand.start, Notice.greeting(name: "Ann")), (.new, .newDialogue),
    (.forget, .forgotten), (.forgetAll, .erased),
  ])
  func clearingTheContextDropsTheAnswerUnderWay(
    _ command: CustomerCommand, _ notice: Notice
  ) throws {
    var dialogue = Fixture.fresh
    _ = try dialogue.apply(Fixture.asks("1", 10), policy: policy)
    _ = try dialogue.apply(Fixture.appears(1), policy: policy)
    _ = try dialogue.apply(Fixture.asks("2", 11), policy: policy)
    let effects = try dialogue.apply(Fixture.commands(command, 12), policy: policy)
    let job = Fixture.job(1)
    #expect(effects.compactMap(\.dropped) == [job])
    #expect(effects.compactMap(\.notice) == [notice])
    #expect(dialogue.contextStart == dialogue.nextPosition)
    #expect(dialogue.queue.isEmpty)
    #expect(throws: Refusal.staleAnswer) {
      try dialogue.apply(Fixture.answers(1, "late"), policy: policy)
    }
  }

  @Test(arguments: [CustomerCommand.help, .whoami, .privacy, .unknown])
  func otherCommandsLeaveTheAnswerAlone(_ command: CustomerCommand) throws {
    var dialogue = Fixture.fresh
    _ = try dialogue.apply(Fixture.asks("1", 10), policy: policy)
    let state = dialogue.state
    let effects = try dialogue.apply(Fixture.commands(command, 12), policy: policy)
    #expect(effects.compactMap(\.notice).count == 1)
    #expect(dialogue.state == state)
  }

  @Test func anUnknownCommandInAGroupIsLeftToOthers() throws {
    var dialogue = Fixture.fresh
    try expectTrue(
      dialogue.apply(Fixture.commands(.unknown, 12, isPrivate: false), policy: policy).isEmpty)
    try expectTrue(
      dialogue.apply(
        Fixture.wrote(.unsupported(.sticker), 13, isPrivate: false), policy: policy
      ).isEmpty)
    try expectEqual(
      dialogue.apply(Fixture.wrote(.unsupported(.sticker), 13), policy: policy)
        .compactMap(\.notice), [.unsupported(.sticker)])
  }

  @Test func theLimitIsToldOnceAMinuteAndKeepsTheWords() throws {
    var dialogue = Fixture.fresh
    var notices: [Notice] = []
    var recorded = 0
    for number in 1...5 {
      let effects = try dialogue.apply(Fixture.asks("q", Int64(number)), policy: policy)
      notices += effects.compactMap(\.notice)
      recorded += effects.compactMap(\.recorded).count
      if case .bot(let awaited?) = dialogue.state {
        let job = awaited.job
        _ = try dialogue.apply(
          .answerReady(job: job.id, text: "a", use: nil, heard: [:], at: Fixture.now),
          policy: policy)
      }
    }
    #expect(notices == [.tooManyMessages])
    #expect(recorded == 5)

    let later = Fixture.now + .seconds(60)
    let effects = try dialogue.apply(Fixture.asks("q", 6, at: later), policy: policy)
    #expect(effects.compactMap(\.startedJob).count == 1)
  }

  @Test func theLimitIsEachPersonsOwn() throws {
    var dialogue = Fixture.fresh
    let policy = DialoguePolicy(questionsPerMinute: 1, queueLimit: 50)
    _ = try dialogue.apply(Fixture.asks("q", 1, person: 1), policy: policy)
    let other = try dialogue.apply(Fixture.asks("q", 2, person: 2), policy: policy)
    #expect(other.compactMap(\.notice).isEmpty)
    let again = try dialogue.apply(Fixture.asks("q", 3, person: 1), policy: policy)
    #expect(again.compactMap(\.notice) == [.tooManyMessages])
  }

  @Test func theQueueIsBounded() throws {
    var dialogue = Fixture.fresh
    let policy = DialoguePolicy(questionsPerMinute: 100, queueLimit: 2)
    for number in 1...3 {
      _ = try dialogue.apply(Fixture.asks("q", Int64(number)), policy: policy)
      if number == 1 { _ = try dialogue.apply(Fixture.appears(1), policy: policy) }
    }
    let effects = try dialogue.apply(Fixture.asks("q", 4), policy: policy)
    #expect(effects.compactMap(\.notice) == [.tooManyMessages])
    #expect(dialogue.queue.count == 2)
  }

  @Test func theFirstAnswerIntroducesTheAIOnce() throws {
    var dialogue = Fixture.fresh
    _ = try dialogue.apply(Fixture.asks("1", 10), policy: policy)
    try expectEqual(
      dialogue.apply(Fixture.answers(1, "a"), policy: policy).compactMap(\.introducing), [true])
    _ = try dialogue.apply(Fixture.asks("2", 11), policy: policy)
    try expectEqual(
      dialogue.apply(Fixture.answers(2, "a"), policy: policy).compactMap(\.introducing), [false])
  }

  @Test func afterTheGreetingNoIntroductionIsNeeded() throws {
    var dialogue = Fixture.fresh
    _ = try dialogue.apply(Fixture.commands(.start, 9), policy: policy)
    _ = try dialogue.apply(Fixture.asks("1", 10), policy: policy)
    try expectEqual(
      dialogue.apply(Fixture.answers(1, "a"), policy: policy).compactMap(\.introducing), [false])
  }

  @Test(arguments: [(false, 0), (true, 1)])
  func theWarningOfAFullContextComesOnce(_ isNearlyFull: Bool, _ count: Int) throws {
    var dialogue = Fixture.fresh
    let policy = DialoguePolicy(warnsOfFullContext: true)
    var notices: [Notice] = []
    for number in 1...2 {
      _ = try dialogue.apply(Fixture.asks("q", Int64(number)), policy: policy)
      notices += try dialogue.apply(
        Fixture.answers(
          Int64(number), "a", use: ContextUse(tokens: 70, budget: 100, isNearlyFull: isNearlyFull)),
        policy: policy
      ).compactMap(\.notice)
    }
    #expect(notices.count == count)
  }

  @Test func reachabilityFollowsWhatIsKnown() throws {
    var dialogue = Fixture.fresh
    try expectTrue(
      dialogue.apply(.reachabilityChanged(false, at: Fixture.now), policy: policy).isEmpty)
    #expect(!dialogue.reachable)
    _ = try dialogue.apply(Fixture.asks("I am back", 10), policy: policy)
    #expect(dialogue.reachable)
  }

  @Test func repliesAreQuotedInGroupsOnly() throws {
    var dialogue = Fixture.fresh
    let inGroup = try dialogue.apply(
      Fixture.commands(.help, 12, isPrivate: false), policy: policy)
    #expect(inGroup.compactMap(\.replyTo) == [MessageID(12)])
    let inPrivate = try dialogue.apply(Fixture.commands(.help, 13), policy: policy)
    #expect(inPrivate.compactMap(\.replyTo).isEmpty)
  }
}
