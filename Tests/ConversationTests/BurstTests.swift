import Conversation
import Testing

/// Messages in quick succession, and words that are changed.
@Suite struct BurstTests {
  private let policy = DialoguePolicy(questionsPerMinute: 10, queueLimit: 5)

  private func dialogue(_ events: DialogueEvent...) throws -> Dialogue {
    var dialogue = Fixture.fresh
    for event in events { _ = try dialogue.apply(event, policy: policy) }
    return dialogue
  }

  @Test func whatComesBeforeTheFirstWordsIsAnsweredTogether() throws {
    var dialogue = try dialogue(Fixture.asks("one", 10))
    let second = try dialogue.apply(Fixture.asks("two", 11), policy: policy)
    #expect(second.compactMap(\.dropped) == [Fixture.job(1)])
    let job = try #require(second.compactMap(\.startedJob).first)
    #expect(job.questions.map(\.messageID.rawValue) == [10, 11])
    let answered = try dialogue.apply(Fixture.answers(2, "both"), policy: policy)
    #expect(
      answered.compactMap(\.recorded).map(\.role)
        == [.assistant(question: Position(2), stopped: false)])
    #expect(dialogue.state == .bot(awaiting: nil))
  }

  @Test func whatComesAfterTheFirstWordsGetsAnAnswerOfItsOwn() throws {
    var dialogue = try dialogue(
      Fixture.asks("one", 10), Fixture.appears(1), Fixture.asks("two", 11),
      Fixture.asks("three", 12))
    let next = try dialogue.apply(Fixture.answers(1, "first"), policy: policy)
    let job = try #require(next.compactMap(\.startedJob).first)
    #expect(job.questions.map(\.messageID.rawValue) == [11, 12], "both waited: one answer")
  }

  @Test func differentPeopleOfAGroupAreAnsweredApart() throws {
    var dialogue = try dialogue(
      Fixture.asks("one", 10, person: 1), Fixture.asks("two", 11, person: 2),
      Fixture.asks("three", 12, person: 1))
    let first = try dialogue.apply(Fixture.answers(1, "a"), policy: policy)
    #expect(
      first.compactMap(\.startedJob).first?.questions.map(\.messageID.rawValue) == [11])
    let second = try dialogue.apply(Fixture.answers(2, "b"), policy: policy)
    #expect(
      second.compactMap(\.startedJob).first?.questions.map(\.messageID.rawValue) == [12])
  }

  @Test func aBurstIsBounded() throws {
    var dialogue = Fixture.fresh
    let policy = DialoguePolicy(questionsPerMinute: 100, queueLimit: 2)
    for number in 1...3 {
      _ = try dialogue.apply(Fixture.asks("q", Int64(number)), policy: policy)
    }
    #expect(dialogue.queue.map(\.messageID.rawValue) == [3])
  }

  @Test func anEditOfAnAwaitedQuestionReplacesItsJob() throws {
    var dialogue = try dialogue(Fixture.asks("one", 10), Fixture.asks("two", 11))
    let effects = try dialogue.apply(Fixture.edits(10, "ONE"), policy: policy)
    #expect(
      effects.prefix(2) == [
        .correct(messageID: MessageID(10), text: "ONE"), .dropAnswer(Fixture.job(2)),
      ])
    #expect(
      effects.compactMap(\.startedJob).first?.questions.map(\.messageID.rawValue) == [10, 11])
    #expect(throws: Refusal.staleAnswer) {
      try dialogue.apply(Fixture.answers(2, "late"), policy: policy)
    }
  }

  @Test func anEditThatLeavesTheWordsAloneReplacesNothing() throws {
    var dialogue = try dialogue(Fixture.asks("one", 10))
    let effects = try dialogue.apply(Fixture.edits(10, "one"), policy: policy)
    #expect(effects == [.correct(messageID: MessageID(10), text: "one")])
  }

  @Test(arguments: [(120, true), (121, false)])
  func aFreshAnswerIsWrittenAgainInItsPlace(_ seconds: Int, _ isFresh: Bool) throws {
    var dialogue = try dialogue(Fixture.asks("one", 10), Fixture.answers(1, "a"))
    let later = Fixture.now + .seconds(seconds)
    let effects = try dialogue.apply(Fixture.edits(10, "ONE", at: later), policy: policy)
    #expect((effects.compactMap(\.startedJob).first?.replaces == Position(2)) == isFresh)
    guard isFresh else { return }
    let again = try dialogue.apply(Fixture.answers(2, "A"), policy: policy)
    #expect(again.first == .remove(Position(2)))
    #expect(again.compactMap(\.replaced) == [Position(2)])
  }

  @Test func onlyTheNewestQuestionIsAnsweredAnew() throws {
    var dialogue = try dialogue(
      Fixture.asks("one", 10), Fixture.answers(1, "a"), Fixture.asks("two", 11),
      Fixture.answers(2, "b"))
    let effects = try dialogue.apply(Fixture.edits(10, "ONE"), policy: policy)
    #expect(effects == [.correct(messageID: MessageID(10), text: "ONE")])
  }

  @Test func aFailedQuestionMayBeChangedAndAskedAgain() throws {
    var dialogue = try dialogue(
      Fixture.asks("one", 10),
      .answerFailed(job: Fixture.job(1), .emptyAnswer, at: Fixture.now))
    let effects = try dialogue.apply(Fixture.edits(10, "ONE"), policy: policy)
    #expect(effects.compactMap(\.startedJob).count == 1)
  }

  @Test func editsCountForTheLimit() throws {
    var dialogue = Fixture.fresh
    let policy = DialoguePolicy(questionsPerMinute: 3)
    _ = try dialogue.apply(Fixture.asks("0", 10), policy: policy)
    var started = 0
    for number in 1...9 {
      started += try dialogue.apply(Fixture.edits(10, "\(number)"), policy: policy)
        .compactMap(\.startedJob).count
    }
    #expect(started == 2)
  }

  @Test func whatWasHeardCorrectsTheTranscript() throws {
    var dialogue = try dialogue(Fixture.asks("🎤", 10))
    let effects = try dialogue.apply(
      Fixture.answers(1, "a", heard: [MessageID(10): "said aloud"]), policy: policy)
    #expect(effects.first == .correct(messageID: MessageID(10), text: "said aloud"))
  }

  @Test func whoCannotBeReachedNeedsNoAnswer() throws {
    var dialogue = try dialogue(
      Fixture.asks("one", 10), Fixture.appears(1), Fixture.asks("two", 11))
    let effects = try dialogue.apply(.reachabilityChanged(false, at: Fixture.now), policy: policy)
    #expect(effects == [.dropAnswer(Fixture.job(1))])
    #expect(dialogue.queue.isEmpty && dialogue.state == .bot(awaiting: nil))
  }

  @Test func forgettingAllErasesThePersonFirst() throws {
    var dialogue = try dialogue(Fixture.asks("one", 10))
    let effects = try dialogue.apply(Fixture.commands(.forgetAll, 11), policy: policy)
    #expect(effects.first == .erase(PersonID(5)))
    #expect(effects.compactMap(\.notice) == [.erased])
    #expect(dialogue.recent.isEmpty)
  }

  @Test func inAGroupForgettingAllLeavesWhatOthersAsked() throws {
    var dialogue = try dialogue(
      Fixture.asks("mine", 10, person: 5), Fixture.asks("theirs", 11, person: 6))
    let effects = try dialogue.apply(
      Fixture.commands(.forgetAll, 12, isPrivate: false), policy: policy)
    #expect(effects.prefix(2) == [.erase(PersonID(5)), .dropAnswer(Fixture.job(1))])
    #expect(
      effects.compactMap(\.startedJob).first?.questions.map(\.messageID.rawValue) == [11])
  }

  @Test func anUnnamedTopicIsNamedOnceAfterTheFirstWords() throws {
    var dialogue = try dialogue(.topicCreatedUnnamed)
    let first = try dialogue.apply(Fixture.asks("How do\n I bake bread?", 10), policy: policy)
    #expect(first.contains(.nameTopic("How do")))
    let second = try dialogue.apply(Fixture.asks("And cake?", 11), policy: policy)
    #expect(!second.contains { if case .nameTopic = $0 { true } else { false } })
  }

  @Test func aLongNameIsCutAtAWord() throws {
    var dialogue = try dialogue(.topicCreatedUnnamed)
    let words = "Расскажи, пожалуйста, как испечь хлеб на закваске дома без духовки"
    let effects = try dialogue.apply(Fixture.asks(words, 10), policy: policy)
    #expect(effects.contains(.nameTopic("Расскажи, пожалуйста, как испечь хлеб на…")))
  }
}
