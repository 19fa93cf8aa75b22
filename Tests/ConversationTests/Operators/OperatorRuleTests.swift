import Conversation
import Testing

/// Subtle rules of what operators do, and of what becomes of them.
@Suite struct OperatorRuleTests {
  private func refused(_ event: DialogueEvent, _ dialogue: Dialogue) -> Refusal? {
    var dialogue = dialogue
    do throws(Refusal) {
      _ = try dialogue.apply(event, policy: Desk.policy)
      return nil
    } catch {
      return error
    }
  }

  // MARK: Changing hands

  @Test func passingMovesTheDialogueToTheOthersChat() throws {
    var dialogue = try Desk.dialogue([Desk.calls(1), Desk.does(.take(force: false))])
    let passed = try dialogue.apply(
      Desk.does(.pass(to: Desk.bob, chat: Desk.forum)), policy: Desk.policy)
    #expect(passed.first == .tellStaff(.repeated, in: [Desk.forum]), "the history comes first")
    #expect(
      passed.compactMap(\.logged?.kind) == [.passed(from: Desk.ann.id, to: Desk.bob.id)])
    let words = try dialogue.apply(Desk.asks("hello", 2), policy: Desk.policy)
    #expect(words.compactMap(\.relayedTo) == [[Desk.forum]])
    try expectTrue(
      dialogue.apply(Desk.does(.pass(to: Desk.bob, chat: Desk.forum)), policy: Desk.policy)
        .isEmpty, "to whom has it already")
  }

  @Test func twoWhoTakeAtOnceDoNotBothGetIt() throws {
    let dialogue = try Desk.dialogue([Desk.calls(1), Desk.does(.take(force: false))])
    #expect(refused(Desk.does(.take(force: false), Desk.bob), dialogue) == .alreadyTaken)
  }

  @Test func whoTakesWhatTheyHaveNotReadGetsTheHistory() throws {
    var dialogue = try Desk.dialogue([Desk.asks("one", 1)])
    let taken = try dialogue.apply(Desk.does(.take(force: false)), policy: Desk.policy)
    #expect(taken.compactMap(\.told).prefix(1) == [.repeated])
    #expect(taken.compactMap(\.dropped) == [Fixture.job(1)])
  }

  @Test(arguments: [(false, Int64(400_000)), (true, 100_000)])
  func aLostOperatorsRequestGoesOnUnlessItWasAnswered(
    _ wasAnswered: Bool, _ first: Int64
  ) throws {
    var events = [Desk.calls(1), Desk.does(.take(force: false))]
    if wasAnswered { events.append(Desk.does(.write(Desk.words("hi")), at: Desk.at(100))) }
    var dialogue = try Desk.dialogue(events)
    let lost = try dialogue.apply(
      .operatorLost(Desk.ann.id, at: Desk.at(300)), policy: Desk.policy)
    #expect(lost.compactMap(\.notice) == [.operatorRequested])
    let answered = try dialogue.apply(
      Desk.does(.write(Desk.words("me")), Desk.bob, at: Desk.at(400)), policy: Desk.policy)
    #expect(
      answered.compactMap(\.logged?.kind) == [
        .taken(Desk.bob.id, waited: first), .answered(Desk.bob.id, first: first, next: nil),
      ])
  }

  // MARK: Answers that a person forestalled

  @Test(arguments: [Desk.does(.release), Desk.calls(3), .timePassed(at: Desk.at(8_000))])
  func theBotOwesWhatItAnsweredInVain(_ end: DialogueEvent) throws {
    let taken = [Desk.asks("one", 1), Fixture.answers(1, "a"), Desk.does(.take(force: false))]
    let withdrawn = DialogueEvent.answersWithdrawn([Position(2)])
    func owed(_ events: [DialogueEvent]) throws -> [[Int64]] {
      var dialogue = try Desk.dialogue(taken + events)
      return try dialogue.apply(end, policy: Desk.policy).compactMap(\.startedJob)
        .map { $0.questions.map(\.messageID.rawValue) }
    }
    try expectEqual(owed([]), [])
    try expectEqual(owed([withdrawn, Desk.asks("two", 2)]), [[1, 2]])
    try expectEqual(owed([Desk.does(.write(Desk.words("yes"))), withdrawn]), [])
  }

  /// Who takes and returns within a moment is quicker than what tells of the withdrawal.
  @Test func theBotAnswersAgainAlsoWhenThePersonHasGoneAlready() throws {
    var dialogue = try Desk.dialogue([
      Desk.asks("one", 1), Fixture.answers(1, "a"), Desk.does(.take(force: false)),
      Desk.does(.release),
    ])
    func again() throws -> [[Int64]] {
      try dialogue.apply(.answersWithdrawn([Position(2)]), policy: Desk.policy)
        .compactMap(\.startedJob).map { $0.questions.map(\.messageID.rawValue) }
    }
    try expectEqual(again(), [[1]])
    try expectEqual(again(), [])
  }

  @Test func theNextOperatorOwesWhatTheBotAnsweredInVain() throws {
    var dialogue = try Desk.dialogue([
      Desk.asks("one", 1), Fixture.answers(1, "a"), Desk.does(.take(force: false)),
      .operatorLost(Desk.ann.id, at: Desk.now), .answersWithdrawn([Position(2)]),
    ])
    let back = try dialogue.apply(Desk.chooses(.keepBot), policy: Desk.policy)
    #expect(
      back.compactMap(\.startedJob).map { $0.questions.map(\.messageID.rawValue) } == [[1]])
  }

  // MARK: The HTTP API

  private static let api = Operator(id: .api, name: "API")

  private static let apiWrites = Desk.does(
    .write(OperatorMessage(text: "hi", source: nil)), api, in: nil)

  @Test(arguments: [
    ([Desk.calls(1)], [Desk.annsChat, Desk.group]),
    ([Desk.calls(1), Desk.does(.take(force: false))], [Desk.annsChat]),
  ])
  func wordsFromTheAPITakeTheCustomerFromNobodysSight(
    _ events: [DialogueEvent], _ readers: [ChatID]
  ) throws {
    var dialogue = try Desk.dialogue(events)
    let written = try dialogue.apply(Self.apiWrites, policy: Desk.policy)
    let mirror = DialogueEffect.mirror(text: "hi", by: .operator(Self.api), in: readers)
    #expect(written.contains(mirror), "they read what was said in their place")
    try expectEqual(
      dialogue.apply(Desk.asks("hello?", 2), policy: Desk.policy).compactMap(\.relayedTo),
      [readers])

    let lost = DialogueEvent.staffChatLost(Desk.annsChat, topicOnly: false, at: Desk.now)
    _ = try dialogue.apply(lost, policy: Desk.policy)
    let rest = readers.filter { $0 != Desk.annsChat }
    #expect(dialogue.staffReaders == (rest.isEmpty ? readers : rest), "the last one stays")

    _ = try dialogue.apply(
      Desk.does(.write(Desk.words("me")), Desk.bob, in: Desk.group), policy: Desk.policy)
    #expect(dialogue.staffReaders == [Desk.group], "it is theirs again who answer")
  }

  // MARK: Waits

  @Test func answersAreCountedFromTheRightBeginning() throws {
    var dialogue = try Desk.dialogue([Desk.does(.take(force: false))])
    var answers: [DeskLogEntry.Kind] = []
    for event in [
      Desk.asks("a", 1, at: Desk.at(10)), Desk.asks("b", 2, at: Desk.at(20)),
      Desk.does(.write(Desk.words("A")), at: Desk.at(30)),
      Desk.does(.write(Desk.words("B")), at: Desk.at(40)),
      Desk.asks("c", 3, at: Desk.at(50)),
      // A staff chat's message that was taken in before the customer's, and told of after it.
      Desk.does(.write(Desk.words("C")), at: Desk.at(49)),
      Desk.does(.close, at: Desk.at(60)),
    ] {
      answers += try dialogue.apply(event, policy: Desk.policy).compactMap(\.logged?.kind)
    }
    #expect(
      answers.filter { $0 != .customerWrote } == [
        .answered(Desk.ann.id, first: nil, next: 20_000),
        .answered(Desk.ann.id, first: nil, next: nil),
        .answered(Desk.ann.id, first: nil, next: 0), .closed(Desk.ann.id, resolution: nil),
      ])
  }

  // MARK: Chats that are lost

  @Test func aLostTopicIsMadeAnewWithTheHistory() throws {
    var dialogue = try Desk.dialogue([
      Desk.does(.note("hi")), .staffTopicMade(Desk.forum), Desk.calls(1),
    ])
    let lost = try dialogue.apply(
      .staffChatLost(Desk.forum, topicOnly: true, at: Desk.now), policy: Desk.policy)
    #expect(lost == [.tellStaff(.repeated, in: [Desk.forum])])
    #expect(dialogue.desk?.forums == [])
    _ = try dialogue.apply(.staffTopicMade(Desk.forum), policy: Desk.policy)
    #expect(dialogue.desk?.forums == [Desk.forum])
  }

  @Test func lostChatsDoNotCallEachOtherForEver() throws {
    let policy = Desk.policy {
      $0.chats = [-1, -2, -3].map { StaffChat(chat: ChatID($0), kind: .group) }
    }
    var dialogue = try Desk.dialogue([Desk.calls(1)], policy)
    var notices: [Notice] = []
    for round in 0..<6 {
      guard case .waiting(let request) = dialogue.state, let chat = request.announcedIn.last
      else { break }
      let effects = try dialogue.apply(
        .staffChatLost(chat, topicOnly: false, at: Desk.at(round)), policy: policy)
      notices += effects.compactMap(\.notice)
    }
    #expect(notices == [.operatorsBusy], "the customer is told when nobody is left")
    let last = dialogue.staffReaders
    #expect(last.count == 1, "the last may be out of reach only for a while")
    let reminded = try dialogue.apply(
      .timePassed(at: try #require(dialogue.timer)), policy: policy)
    #expect(reminded.contains { $0.staffChats == last }, "and is reminded")
    #expect(try #require(dialogue.timer) > Desk.at(400), "once")
  }

  @Test func wordsNeverReachAChatThatLeftTheSettings() throws {
    var dialogue = try Desk.dialogue([Desk.calls(1), Desk.does(.take(force: false))])
    let without = Desk.policy { $0.chats.removeAll { $0.chat == Desk.annsChat } }
    let words = try dialogue.apply(Desk.asks("secret", 2), policy: without)
    #expect(words.compactMap(\.staffChats).allSatisfy { !$0.contains(Desk.annsChat) })
    #expect(words.compactMap(\.relayedTo) == [[Desk.group]])
    #expect(words.compactMap(\.notice) == [.operatorRequested], "another operator is called")
  }

  // MARK: Suggestions

  @Test func aSuggestionIsUsedOnce() throws {
    let question = Fixture.question(1, messageID: 1, "one")
    let asked = [
      Desk.asks("one", 1), Desk.does(.take(force: false)),
      Desk.does(.ask(.suggestion, about: question)), Fixture.answers(2, "draft"),
    ]
    var dialogue = try Desk.dialogue(asked)
    let position = try #require(dialogue.desk?.suggestion)
    let send = Desk.does(.settleSuggestion(position, text: "draft"))
    let sent = try dialogue.apply(send, policy: Desk.policy)
    #expect(sent.first == .remove(position))
    #expect(sent.compactMap(\.recorded).map(\.text) == ["draft"])
    #expect(refused(send, dialogue) == .tooLate)

    #expect(refused(send, try Desk.dialogue(asked + [Desk.does(.release)])) == .tooLate)
    let newer = [Desk.does(.ask(.suggestion, about: question)), Fixture.answers(3, "better")]
    #expect(refused(send, try Desk.dialogue(asked + newer)) == .tooLate)
  }

  @Test func whoAsksAgainGetsOnlyTheSecondSuggestion() throws {
    let question = Fixture.question(1, messageID: 1, "one")
    var dialogue = try Desk.dialogue([Desk.does(.ask(.suggestion, about: question))])
    let again = try dialogue.apply(
      Desk.does(.ask(.summary, about: question)), policy: Desk.policy)
    #expect(again.compactMap(\.dropped) == [Fixture.job(1)])
    #expect(refused(Fixture.answers(1, "late"), dialogue) == .staleAnswer)
    let failed = try dialogue.apply(
      .answerHandedOver(
        job: Fixture.job(2), text: "", summary: "", reason: .model, heard: [:], at: Desk.now),
      policy: Desk.policy)
    #expect(failed == [.tellStaff(.noAssistance, in: [Desk.annsChat])])
  }

  // MARK: Bans and forgetting

  @Test func whoIsBannedGetsNothingByEditingEither() throws {
    var dialogue = try Desk.dialogue([
      Desk.asks("one", 1), Fixture.answers(1, "a"), Desk.does(.ban(true)),
    ])
    try expectEqual(
      dialogue.apply(Fixture.edits(1, "ONE"), policy: Desk.policy),
      [.correct(messageID: MessageID(1), text: "ONE")])
    let told = try dialogue.apply(Desk.asks("two", 2), policy: Desk.policy)
    #expect(told.compactMap(\.notice) == [.banned])
    try expectTrue(dialogue.apply(Desk.asks("three", 3), policy: Desk.policy).isEmpty)
    _ = try dialogue.apply(Desk.does(.ban(false)), policy: Desk.policy)
    try expectEqual(
      dialogue.apply(Desk.asks("four", 4), policy: Desk.policy).compactMap(\.startedJob).count, 1)
  }

  @Test func anOperatorMayHearWhoIsBanned() throws {
    var dialogue = try Desk.dialogue([Desk.does(.ban(true)), Desk.does(.take(force: false))])
    let heard = try dialogue.apply(Desk.asks("sorry", 1), policy: Desk.policy)
    #expect(heard.compactMap(\.relayedTo) == [[Desk.annsChat]])
    _ = try dialogue.apply(.operatorLost(Desk.ann.id, at: Desk.now), policy: Desk.policy)
    #expect(dialogue.status == .bot, "nobody else is called for them")
    try expectEqual(
      dialogue.apply(Desk.asks("hello", 2), policy: Desk.policy).compactMap(\.notice), [.banned])
  }

  @Test func onlyTheBanOutlivesForgetting() throws {
    var dialogue = try Desk.dialogue([
      Desk.does(.ban(true)), Fixture.commands(.forgetAll, 1),
    ])
    let desk = try #require(dialogue.desk)
    #expect(desk.isBanned && desk.forums.isEmpty && desk.lastOperator == nil)
    try expectTrue(
      dialogue.apply(Desk.asks("two", 2), policy: Desk.policy).compactMap(\.startedJob).isEmpty)
  }

  @Test func operatorsLearnThatACustomerIsForgotten() throws {
    let question = Fixture.question(1, messageID: 1, "one")
    var dialogue = try Desk.dialogue([
      Desk.calls(1), Desk.asks("private", 2), Desk.does(.ask(.summary, about: question)),
    ])
    var elsewhere = dialogue
    let effects = try dialogue.apply(Fixture.commands(.forgetAll, 3), policy: Desk.policy)
    #expect(effects.first == .erase(PersonID(5)))
    #expect(effects.compactMap(\.told) == [.returned(.forgotten)])
    #expect(effects.compactMap(\.dropped) == [Fixture.job(1)])
    #expect(effects.compactMap(\.startedJob).isEmpty && effects.compactMap(\.recorded).isEmpty)

    let asked = elsewhere.forget(PersonID(5), isPrivate: true, at: Desk.at(9))
    #expect(asked.compactMap(\.logged?.kind) == [.returned(.forgotten, nil)])
    #expect(elsewhere.status == .bot)
  }

  @Test func inAGroupOnlyTheForgottenQuestionsAreLeftOut() throws {
    var dialogue = try Desk.dialogue([
      Desk.calls(1, isPrivate: false), Desk.asks("mine", 2, person: 5, isPrivate: false),
      Desk.asks("theirs", 3, person: 6, isPrivate: false),
    ])
    _ = dialogue.forget(PersonID(5), isPrivate: false, at: Desk.now)
    let back = try dialogue.apply(Desk.does(.release), policy: Desk.policy)
    #expect(
      back.compactMap(\.startedJob).flatMap { $0.questions.map(\.messageID.rawValue) } == [3])
  }
}
