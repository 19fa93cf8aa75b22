import Conversation

/// What happens at random.
extension World {
  private static let operators = [Desk.ann, Desk.bob, Desk.cleo, Operator(id: .api, name: "API")]

  private static let question = Fixture.question(1, messageID: 10, "one")

  mutating func randomEvent() -> DialogueEvent {
    switch random.below(100) {
    case 0..<34: return customerWrites()
    case 34..<40:
      return .customerEdited(
        messageID: MessageID(10 + Int64(random.below(Int(messages)))), text: "\(random.below(3))",
        at: clock)
    case 40..<46: return customerChooses()
    case 46..<62: return modelEnds()
    case 62..<80: return operatorActs()
    case 80..<87:
      if let timer = dialogue.timer, random.chance(60) { clock = max(clock, timer) }
      return .timePassed(at: clock)
    case 87..<90: return staffChatChanges()
    case 90..<91: return .operatorLost(random.one(of: Self.operators).id, at: clock)
    case 91..<93: return .placeChanged(1 + random.below(4))
    case 93..<94:
      return .operatorRequested(.api, audience: audience, at: clock)
    case 94..<96:
      return .questionPut(text: "put", speaker: speaker(), audience: audience, at: clock)
    case 96..<97: return .reachabilityChanged(random.chance(50), at: clock)
    case 97..<98:
      guard dialogue.timer != nil, let answer = dialogue.lastAnswered?.answer else {
        return .topicCreatedUnnamed
      }
      return .answersWithdrawn([answer])
    case 98..<99:
      return .relaySettled(
        Position(1), random.one(of: [.delivered, .blocked, .undelivered]), at: clock)
    default:
      let draft = running.keys.min()?.draftID ?? 1
      return .stopRequested(draftID: draft)
    }
  }

  private var audience: Audience { Audience(language: .english, isPrivate: isPrivate) }
  private var place: CustomerMessage.Place {
    .init(chat: ChatID(isPrivate ? 5 : -5), topic: nil, isPrivate: isPrivate)
  }

  private mutating func speaker() -> Speaker {
    Fixture.speaker(isPrivate ? 5 : Int64(5 + random.below(3)))
  }

  private mutating func customerWrites() -> DialogueEvent {
    messages += 1
    let content: CustomerMessage.Content
    switch random.below(20) {
    case 0: content = .unsupported(.sticker)
    case 1..<5: content = .command(random.one(of: CustomerCommand.allCases))
    case 5..<7:
      content = .question(
        text: "look", quoted: nil, attachments: [Attachment(.photo, fileID: "f")])
    default: content = .question(text: "words", quoted: nil)
    }
    let wish = CustomerMessage.Wish(
      operator: random.one(of: [.none, .none, .none, .none, .perhaps, .certain]),
      isComplaint: random.chance(10), gist: random.one(of: [nil, 0b0111, 0b0111_0000]))
    return .customerWrote(
      CustomerMessage(
        content: content, messageID: MessageID(messages), speaker: speaker(), at: clock,
        place: place, wish: wish))
  }

  private mutating func customerChooses() -> DialogueEvent {
    let choices: [CustomerChoice] = [
      .acceptOperator, .declineOperator, .keepBot, .rate(random.below(7)), .comment,
    ]
    return .customerChose(random.one(of: choices), by: speaker(), place: place, at: clock)
  }

  /// Mostly a job that runs, sometimes one that should be over.
  private mutating func modelEnds() -> DialogueEvent {
    let alive = running.keys.sorted()
    let late = alive.isEmpty || random.chance(20)
    let job =
      late && !ended.isEmpty
      ? random.one(of: ended) : alive.isEmpty ? AnswerJobID(3) : random.one(of: alive)
    switch random.below(10) {
    case 0..<2: return .answerAppeared(job: job)
    case 2..<6: return .answerReady(job: job, text: "answer", use: nil, heard: [:], at: clock)
    case 6: return .answerFailed(job: job, random.one(of: AnswerFailure.allCases), at: clock)
    case 7: return .answerStopped(job: job, text: random.one(of: ["", "half"]), at: clock)
    default:
      return .answerHandedOver(
        job: job, text: random.one(of: ["", "I call somebody."]), summary: "", reason: .model,
        heard: [:], at: clock)
    }
  }

  private mutating func operatorActs() -> DialogueEvent {
    let chats = (staff?.chats ?? []).map(\.chat).filter { !retired.contains($0) }
    let person = random.one(of: Self.operators)
    let chat = person.id == .api || chats.isEmpty ? nil : random.one(of: chats)
    // Staff chats and customers are served side by side: this may be told of late.
    let at = random.chance(10) ? clock - .milliseconds(1_500) : clock
    return .operatorActed(
      action(chats), by: person, in: chat, audience: audience, at: at)
  }

  private mutating func action(_ chats: [ChatID]) -> OperatorAction {
    staffMessages += 1
    let message = OperatorMessage(
      text: "help", source: StaffMessage(chat: ChatID(100), id: MessageID(staffMessages)))
    switch random.below(24) {
    case 0..<5: return .take(force: random.chance(20))
    case 5..<12: return .write(message)
    case 12: return .edit(StaffMessage(chat: ChatID(100), id: MessageID(501)), text: "other")
    case 13: return .note("note")
    case 14..<16:
      return .pass(
        to: random.one(of: Self.operators), chat: chats.isEmpty ? nil : random.one(of: chats))
    case 16..<18: return .release
    case 18: return .close
    case 19: return .ban(random.chance(50))
    case 20..<22:
      return .ask(random.one(of: AnswerJob.Assistance.allCases), about: Self.question)
    case 22:
      return .settleSuggestion(
        dialogue.desk?.suggestion ?? Position(1), text: random.one(of: [nil, "draft"]))
    default: return .resend(Position(1))
    }
  }

  private mutating func staffChatChanges() -> DialogueEvent {
    let chat = random.one(of: (staff?.chats ?? []).map(\.chat) + [Desk.strange])
    let isForum = staff?.kind(of: chat) == .forum
    switch random.below(3) {
    case 0 where isForum: return .staffTopicMade(chat)
    case 1: return .staffChatLost(chat, topicOnly: isForum, at: clock)
    default: return .staffChatLost(chat, topicOnly: false, at: clock)
    }
  }
}
