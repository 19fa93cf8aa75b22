import Conversation
import Testing

/// Subtle rules of the way to a person and back.
@Suite struct HandoffRuleTests {
  // MARK: Time

  @Test func atNightNobodyIsRemindedAndTheClockStartsInTheMorning() throws {
    let morning = Desk.at(36_000)
    let night = Desk.policy { $0.opensAt = morning }
    var dialogue = Fixture.fresh
    let called = try dialogue.apply(Desk.calls(1), policy: night)
    #expect(called.compactMap(\.notice) == [.operatorsAway(until: morning)])
    #expect(dialogue.timer == morning + .seconds(300))
    try expectEqual(
      dialogue.apply(Desk.asks("still here", 2, at: Desk.at(20_000)), policy: night)
        .compactMap(\.relayedTo?.count), [2])
    let reminded = try dialogue.apply(.timePassed(at: Desk.at(36_300)), policy: Desk.policy)
    #expect(reminded.compactMap(\.told) == [.reminder(minutes: 605)])
  }

  @Test func whoWaitsWhenOperatorsGoHomeIsToldOnce() throws {
    var dialogue = try Desk.dialogue([Desk.calls(1)])
    let morning = Desk.at(36_000)
    let night = Desk.policy { $0.opensAt = morning }
    let told = try dialogue.apply(.timePassed(at: Desk.at(300)), policy: night)
    #expect(told.compactMap(\.notice) == [.operatorsAway(until: morning)])
    #expect(dialogue.timer == morning + .seconds(300))
    try expectTrue(dialogue.apply(.timePassed(at: Desk.at(36_300)), policy: night).isEmpty)
  }

  @Test func thePatienceIsNeverLongerThanTheTimeout() throws {
    let policy = Desk.policy {
      $0.timeout = .seconds(60)
      $0.reminder = .seconds(300)
    }
    var dialogue = try Desk.dialogue([Desk.calls(1)], policy)
    #expect(dialogue.timer == Desk.at(60))
    let effects = try dialogue.apply(.timePassed(at: Desk.at(60)), policy: policy)
    #expect(effects.compactMap(\.notice) == [.requestEnded(.timeout)])
  }

  @Test func eachSignOfAPersonPutsTheTimeoutOff() throws {
    var dialogue = try Desk.dialogue([Desk.does(.take(force: false))])
    _ = try dialogue.apply(Desk.asks("hm", 1, at: Desk.at(1_000)), policy: Desk.policy)
    #expect(dialogue.timer == Desk.at(8_200))
    _ = try dialogue.apply(
      Desk.does(.write(Desk.words("yes")), at: Desk.at(2_000)), policy: Desk.policy)
    #expect(dialogue.timer == Desk.at(9_200))
    try expectTrue(dialogue.apply(.timePassed(at: Desk.at(9_199)), policy: Desk.policy).isEmpty)
  }

  // MARK: What was asked meanwhile

  @Test func theBotAnswersInOrderWhatNobodyHeard() throws {
    var dialogue = try Desk.dialogue([
      Desk.asks("one", 1), Fixture.appears(1), Desk.asks("two", 2), Desk.calls(3),
      Desk.asks("three", 4),
    ])
    let back = try dialogue.apply(Desk.chooses(.keepBot), policy: Desk.policy)
    #expect(
      back.compactMap(\.startedJob).map { $0.questions.map(\.messageID.rawValue) } == [[1, 2, 4]])
    #expect(throws: Refusal.staleAnswer) {
      try dialogue.apply(Fixture.answers(1, "late"), policy: Desk.policy)
    }
  }

  @Test(arguments: [
    DialogueEvent.timePassed(at: Desk.at(8_000)), Desk.calls(4), Desk.does(.release),
  ])
  func theBotAnswersWhatWasAskedSinceTheOperatorsLastWords(_ end: DialogueEvent) throws {
    let held = [
      Desk.does(.take(force: false)), Desk.asks("first", 1),
      Desk.does(.write(Desk.words("yes"))),
    ]
    var answered = try Desk.dialogue(held)
    try expectTrue(answered.apply(end, policy: Desk.policy).compactMap(\.startedJob).isEmpty)
    var dialogue = try Desk.dialogue(held + [Desk.asks("and", 2), Desk.asks("when?", 3)])
    let back = try dialogue.apply(end, policy: Desk.policy)
    #expect(
      back.compactMap(\.startedJob).map { $0.questions.map(\.messageID.rawValue) } == [[2, 3]])
  }

  @Test func theNextOperatorOwesWhatTheLostOneLeftUnanswered() throws {
    var dialogue = try Desk.dialogue([
      Desk.does(.take(force: false)), Desk.does(.write(Desk.words("yes"))), Desk.asks("when?", 2),
      .operatorLost(Desk.ann.id, at: Desk.now),
    ])
    let back = try dialogue.apply(Desk.chooses(.keepBot), policy: Desk.policy)
    #expect(
      back.compactMap(\.startedJob).map { $0.questions.map(\.messageID.rawValue) } == [[2]])
  }

  @Test func aNewContextLeavesNothingToAnswer() throws {
    var dialogue = try Desk.dialogue([
      Desk.calls(1), Desk.asks("meanwhile", 2), Fixture.commands(.new, 3),
    ])
    try expectTrue(
      dialogue.apply(Desk.calls(4), policy: Desk.policy).compactMap(\.startedJob).isEmpty)
  }

  @Test func aPictureThatCallsAPersonIsShownToThem() throws {
    var dialogue = Fixture.fresh
    let effects = try dialogue.apply(
      Desk.asks(
        "call somebody", 1, wish: .init(operator: .certain),
        attachments: [Attachment(.photo, fileID: "f")]), policy: Desk.policy)
    #expect(effects.compactMap(\.relayedTo) == [[Desk.annsChat, Desk.group]])
  }

  // MARK: Complaints and limits

  private let complaint = CustomerMessage.Wish(isComplaint: true)

  @Test func complaintsAreCountedInARow() throws {
    let policy = Desk.policy { $0.complaintLimit = 2 }
    var dialogue = Fixture.fresh
    var offers: [Int] = []
    for (index, wish) in [complaint, .init(), complaint, complaint, complaint].enumerated() {
      let effects = try dialogue.apply(
        Desk.asks("no", Int64(index), wish: wish), policy: policy)
      offers.append(effects.compactMap(\.notice).count)
    }
    #expect(offers == [0, 0, 0, 1, 0], "what helped in between starts the count anew")
  }

  @Test func askingAgainIsAComplaint() throws {
    let policy = Desk.policy { $0.onFailure = .atOnce }
    let same = CustomerMessage.Wish(gist: 0b111)
    var dialogue = try Desk.dialogue([Desk.asks("why so", 1, wish: same)], policy)
    _ = try dialogue.apply(Fixture.answers(1, "because"), policy: policy)
    let other = try dialogue.apply(
      Desk.asks("how so", 2, wish: .init(gist: 0b111_0000)), policy: policy)
    #expect(other.compactMap(\.startedJob).count == 1)
    _ = try dialogue.apply(Fixture.answers(2, "thus"), policy: policy)
    let again = try dialogue.apply(
      Desk.asks("so how", 3, wish: .init(gist: 0b111_0000)), policy: policy)
    #expect(again.compactMap(\.logged?.kind) == [.requested(.complaints)])
  }

  @Test func withoutALimitNobodyIsCalled() throws {
    let policy = Desk.policy { $0.complaintLimit = 0 }
    var dialogue = Fixture.fresh
    for number in 1...5 {
      try expectTrue(
        dialogue.apply(Desk.asks("no", Int64(number), wish: complaint), policy: policy)
          .compactMap(\.notice).isEmpty)
    }
  }

  @Test func aRefusalOffersAPersonOnce() throws {
    var policy = Desk.policy
    policy.questionsPerMinute = 1
    var dialogue = try Desk.dialogue([Desk.asks("one", 1)], policy)
    let unsure = CustomerMessage.Wish(operator: .perhaps)
    let refused = try dialogue.apply(Desk.asks("two", 2, wish: unsure), policy: policy)
    #expect(refused.compactMap(\.notice) == [.operatorOffered(after: nil, tooMany: true)])
    let again = try dialogue.apply(Desk.asks("three", 3, wish: unsure), policy: policy)
    #expect(again.compactMap(\.notice).isEmpty)
  }

  @Test func anEditBeyondTheLimitIsToldLikeAQuestion() throws {
    let policy = DialoguePolicy(questionsPerMinute: 1)
    var dialogue = try Desk.dialogue([Desk.asks("one", 1)], policy)
    let edited = try dialogue.apply(Fixture.edits(1, "ONE"), policy: policy)
    #expect(edited.compactMap(\.notice) == [.tooManyMessages])
  }

  @Test func whoeverDeclinedIsNotOfferedAPersonAtEveryDoubtfulWord() throws {
    let unsure = CustomerMessage.Wish(operator: .perhaps)
    var dialogue = try Desk.dialogue([
      Desk.asks("hm", 1, wish: unsure), Desk.chooses(.declineOperator),
    ])
    let soon = try dialogue.apply(
      Desk.asks("hm?", 2, wish: unsure, at: Desk.now + .seconds(86_399)), policy: Desk.policy)
    #expect(soon.compactMap(\.notice).isEmpty)
    let later = try dialogue.apply(
      Desk.asks("hm!", 3, wish: unsure, at: Desk.now + .seconds(86_400)), policy: Desk.policy)
    #expect(later.compactMap(\.notice) == [.operatorOffered(after: nil, tooMany: false)])
    let certain = CustomerMessage.Wish(operator: .certain)
    try expectTrue(
      Desk.dialogue([Desk.chooses(.declineOperator), Desk.asks("a person!", 4, wish: certain)])
        .status == .waiting, "asking is another matter")
  }

  @Test func whoeverWaitsTakesTheRequestBackByWords() throws {
    let refusal = CustomerMessage.Wish(isRefusal: true)
    var dialogue = try Desk.dialogue([Desk.calls(1)])
    let effects = try dialogue.apply(
      Desk.asks("no need any more", 2, wish: refusal), policy: Desk.policy)
    #expect(effects.compactMap(\.notice).contains(.requestEnded(.customer)))
    #expect(effects.compactMap(\.told).contains(.withdrawn))
    #expect(effects.compactMap(\.relayedTo).first?.isEmpty == false, "operators read the words")
    #expect(dialogue.state == .bot(awaiting: nil), "there is nothing to answer")
    let wish = CustomerMessage.Wish(operator: .certain, isRefusal: true)
    for asks in [
      Desk.asks("no, do come", 2, wish: wish), Desk.asks("no", 2, wish: refusal, isPrivate: false),
      Desk.asks("no", 2, wish: refusal, attachments: [Attachment(.photo)]),
    ] {
      try expectTrue(Desk.dialogue([Desk.calls(1), asks]).status == .waiting)
    }
    // To somebody who is there it is said as anything else.
    var held = try Desk.dialogue([Desk.calls(1), Desk.does(.take(force: false))])
    _ = try held.apply(Desk.asks("no need any more", 2, wish: refusal), policy: Desk.policy)
    #expect(held.status == .operated)
  }

  // MARK: Groups

  @Test func inAGroupTheCallIsAnsweredWhereItWasMade() throws {
    var dialogue = Fixture.fresh
    let effects = try dialogue.apply(Desk.calls(9, isPrivate: false), policy: Desk.policy)
    #expect(effects.compactMap(\.replyTo) == [MessageID(9)])
    #expect(dialogue.desk?.audience.isPrivate == false)
    try expectTrue(
      dialogue.apply(.placeChanged(2), policy: Desk.policy).isEmpty, "a place is one person's")
  }

  @Test func aPlaceIsToldWhenItChangesAndTakenBack() throws {
    var dialogue = try Desk.dialogue([Desk.calls(9)])
    try expectEqual(
      dialogue.apply(.placeChanged(2), policy: Desk.policy).compactMap(\.notice),
      [.queuePlace(2, isFirst: true)])
    try expectTrue(dialogue.apply(.placeChanged(2), policy: Desk.policy).isEmpty)
    let taken = try dialogue.apply(Desk.does(.take(force: false)), policy: Desk.policy)
    #expect(taken.compactMap(\.notice) == [.queueLeft, .operatorConnected(name: "Ann")])
  }

  @Test func theWordsOfOthersInAGroupAreNoComment() throws {
    var dialogue = try Desk.dialogue([Desk.does(.take(force: false)), Desk.does(.close)])
    #expect(throws: Refusal.tooLate) {
      try dialogue.apply(Desk.chooses(.comment, isPrivate: false), policy: Desk.policy)
    }
  }

  // MARK: Ratings

  @Test func helpIsRatedOnce() throws {
    var dialogue = try Desk.dialogue([Desk.does(.take(force: false)), Desk.does(.close)])
    for wrong in [0, 6] {
      #expect(throws: Refusal.tooLate) {
        try dialogue.apply(Desk.chooses(.rate(wrong)), policy: Desk.policy)
      }
    }
    let rated = try dialogue.apply(Desk.chooses(.rate(4)), policy: Desk.policy)
    #expect(rated.compactMap(\.logged?.kind) == [.rated(4)])
    #expect(throws: Refusal.tooLate) {
      try dialogue.apply(Desk.chooses(.rate(5)), policy: Desk.policy)
    }
  }

  @Test func nobodyRatesHelpThatNeverCame() throws {
    var dialogue = try Desk.dialogue([Desk.calls(1)])
    try expectEqual(
      dialogue.apply(Desk.does(.close), policy: Desk.policy).compactMap(\.notice),
      [.dialogueClosed])
  }

  @Test func theNextWordsAreTheCommentUnlessAPersonIsCalled() throws {
    let rated = [
      Desk.does(.take(force: false)), Desk.does(.close), Desk.chooses(.rate(4)),
      Desk.chooses(.comment),
    ]
    var dialogue = try Desk.dialogue(rated)
    let comment = try dialogue.apply(Desk.asks("nice", 1), policy: Desk.policy)
    #expect(comment.compactMap(\.told) == [.comment("nice")])
    #expect(comment.compactMap(\.startedJob).isEmpty)
    try expectEqual(
      dialogue.apply(Desk.asks("and now", 2), policy: Desk.policy).compactMap(\.startedJob).count,
      1)

    var calling = try Desk.dialogue(rated + [Desk.calls(1)])
    let words = try calling.apply(Desk.asks("help me", 2), policy: Desk.policy)
    #expect(words.compactMap(\.logged?.kind) == [.customerWrote])
  }
}
