import Conversation

/// The rows of the transition table: every kind of event, named as in the table.
///
/// The kinds of the enumerations in an event are told apart by total switches: a new case does not
/// compile until it has its rows.
enum TableEvents {
  static let at = Desk.at(60)
  private static let questions = [
    "asks", "asks, perhaps a person", "asks for a person", "complains",
    "complains, perhaps a person", "complains, asks for a person",
  ]
  private static let commands = CustomerCommand.allCases.map { "/\($0.rawValue)" }
  private static let choices = [
    "accepts a person", "declines a person", "keeps the bot", "rates", "comments",
  ]
  private static let actions = [
    "takes", "takes by force", "writes", "edits", "notes", "passes to Cleo", "releases", "closes",
    "bans", "unbans", "asks for a draft", "asks for a summary", "sends the draft",
    "drops the draft", "resends",
  ]
  private static let answers = [
    "answer appears", "answer ready", "answer failed", "answer impossible", "answer stopped",
    "model hands over",
  ]
  private static let others = [
    "sends a sticker", "edits a message", "topic unnamed", "stop", "reachable", "unreachable",
    "announcement", "API wants a person", "API asks", "relay delivered", "relay blocked",
    "relay undelivered", "answer withdrawn", "Ann is lost", "Bob is lost", "Ann's chat is lost",
    "forum is lost", "group is lost", "topic is lost", "topic is made", "timer rings",
    "timer rings early", "place changes",
  ]
  static let names =
    questions + commands + choices + actions.flatMap { ["Ann \($0)", "Bob \($0)"] } + answers
    + others

  /// The event of a row for a dialogue; nil for a name that is none.
  static func event(_ name: String, _ dialogue: Dialogue) -> DialogueEvent? {
    question(name) ?? command(name) ?? choice(name) ?? action(name, dialogue)
      ?? answer(name, dialogue) ?? other(name, dialogue)
  }

  /// The name of an event's kind without its details, for the check that none is missing.
  static func kind(_ event: DialogueEvent) -> String {
    switch event {
    case .customerWrote(let message):
      switch message.content {
      case .question: "question \(message.wish.operator) \(message.wish.isComplaint)"
      case .command(let command): "command \(command.rawValue)"
      case .unsupported: "unsupported"
      }
    case .customerEdited: "customerEdited"
    case .topicCreatedUnnamed: "topicCreatedUnnamed"
    case .stopRequested: "stopRequested"
    case .answerAppeared: "answerAppeared"
    case .answerReady: "answerReady"
    case .answerFailed: "answerFailed"
    case .answerHandedOver: "answerHandedOver"
    case .answerStopped: "answerStopped"
    case .reachabilityChanged(let reachable, _): "reachabilityChanged \(reachable)"
    case .announced: "announced"
    case .operatorRequested: "operatorRequested"
    case .questionPut: "questionPut"
    case .customerChose(let choice, _, _, _): "choice " + kind(choice)
    case .operatorActed(let action, let person, _, _, _): "\(person.name) " + kind(action)
    case .relaySettled(_, let outcome, _): "relaySettled " + kind(outcome)
    case .answersWithdrawn: "answersWithdrawn"
    case .operatorLost: "operatorLost"
    case .staffChatLost(_, let topicOnly, _): "staffChatLost \(topicOnly)"
    case .staffTopicMade: "staffTopicMade"
    case .timePassed: "timePassed"
    case .placeChanged: "placeChanged"
    }
  }

  private static func kind(_ choice: CustomerChoice) -> String {
    switch choice {
    case .acceptOperator: "accept"
    case .declineOperator: "decline"
    case .keepBot: "keepBot"
    case .rate: "rate"
    case .comment: "comment"
    }
  }

  private static func kind(_ outcome: RelayOutcome) -> String {
    switch outcome {
    case .delivered: "delivered"
    case .blocked: "blocked"
    case .undelivered: "undelivered"
    }
  }

  private static func kind(_ action: OperatorAction) -> String {
    switch action {
    case .take(let force): "take \(force)"
    case .write: "write"
    case .edit: "edit"
    case .note: "note"
    case .pass: "pass"
    case .release: "release"
    case .close: "close"
    case .ban(let banned): "ban \(banned)"
    case .ask(let assistance, _): "ask \(assistance.rawValue)"
    case .settleSuggestion(_, let text): text == nil ? "drop" : "send"
    case .resend: "resend"
    }
  }

  /// Every kind that there is, by its name.
  static let kinds: Set<String> = {
    var kinds: Set<String> = [
      "unsupported", "customerEdited", "topicCreatedUnnamed", "stopRequested", "answerAppeared",
      "answerReady", "answerFailed", "answerHandedOver", "answerStopped", "announced",
      "operatorRequested", "questionPut", "answersWithdrawn", "operatorLost", "staffTopicMade",
      "timePassed", "placeChanged",
    ]
    for flag in ["true", "false"] {
      for wish in ["none", "perhaps", "certain"] { kinds.insert("question \(wish) \(flag)") }
      kinds.formUnion(["reachabilityChanged \(flag)", "staffChatLost \(flag)"])
    }
    kinds.formUnion(CustomerCommand.allCases.map { "command \($0.rawValue)" })
    kinds.formUnion(["accept", "decline", "keepBot", "rate", "comment"].map { "choice \($0)" })
    kinds.formUnion(["delivered", "blocked", "undelivered"].map { "relaySettled \($0)" })
    let actions =
      [
        "take true", "take false", "write", "edit", "note", "pass", "release", "close", "ban true",
        "ban false", "send", "drop", "resend",
      ] + AnswerJob.Assistance.allCases.map { "ask \($0.rawValue)" }
    for name in ["Ann", "Bob"] { kinds.formUnion(actions.map { "\(name) \($0)" }) }
    return kinds
  }()

  // MARK: The events by name

  private static func question(_ name: String) -> DialogueEvent? {
    guard let index = questions.firstIndex(of: name) else { return nil }
    let wishes: [CustomerMessage.Wish.Operator] = [.none, .perhaps, .certain]
    let wish = CustomerMessage.Wish(operator: wishes[index % 3], isComplaint: index >= 3)
    return Desk.asks("words", 90, wish: wish, at: at)
  }

  private static func command(_ name: String) -> DialogueEvent? {
    guard name.hasPrefix("/"), let command = CustomerCommand(rawValue: String(name.dropFirst()))
    else { return nil }
    return Fixture.wrote(.command(command), 91, at: at)
  }

  private static func choice(_ name: String) -> DialogueEvent? {
    let all: [CustomerChoice] = [.acceptOperator, .declineOperator, .keepBot, .rate(5), .comment]
    return choices.firstIndex(of: name).map { Desk.chooses(all[$0], at: at) }
  }

  private static func action(_ name: String, _ dialogue: Dialogue) -> DialogueEvent? {
    let isAnn = name.hasPrefix("Ann ")
    guard isAnn || name.hasPrefix("Bob "),
      let index = actions.firstIndex(of: String(name.dropFirst(4)))
    else { return nil }
    let question = Fixture.question(1, messageID: 10, "one")
    let draft = dialogue.desk?.suggestion ?? Position(77)
    let all: [OperatorAction] = [
      .take(force: false), .take(force: true), .write(Desk.words("help")),
      .edit(StaffMessage(chat: Desk.annsChat, id: MessageID(500)), text: "help!"), .note("note"),
      .pass(to: Desk.cleo, chat: Desk.group), .release, .close, .ban(true), .ban(false),
      .ask(.suggestion, about: question), .ask(.summary, about: question),
      .settleSuggestion(draft, text: "draft"), .settleSuggestion(draft, text: nil),
      .resend(Position(2)),
    ]
    return Desk.does(
      all[index], isAnn ? Desk.ann : Desk.bob, in: isAnn ? Desk.annsChat : Desk.group, at: at)
  }

  private static func answer(_ name: String, _ dialogue: Dialogue) -> DialogueEvent? {
    var job = Fixture.job(max(dialogue.jobs, 1))
    if case .bot(let awaited?) = dialogue.state { job = awaited.job.id }
    switch name {
    case "answer appears": return .answerAppeared(job: job)
    case "answer ready":
      return .answerReady(job: job, text: "answer", use: nil, heard: [:], at: at)
    case "answer failed": return .answerFailed(job: job, .busy, at: at)
    case "answer impossible": return .answerFailed(job: job, .cannotSee, at: at)
    case "answer stopped": return .answerStopped(job: job, text: "half", at: at)
    case "model hands over":
      return .answerHandedOver(
        job: job, text: "", summary: "sum", reason: .model, heard: [:], at: at)
    default: return nil
    }
  }

  private static func other(_ name: String, _ dialogue: Dialogue) -> DialogueEvent? {
    switch name {
    case "sends a sticker": return Fixture.wrote(.unsupported(.sticker), 92, at: at)
    case "edits a message": return Fixture.edits(10, "ONE", at: at)
    case "topic unnamed": return .topicCreatedUnnamed
    case "stop": return .stopRequested(draftID: Fixture.job(max(dialogue.jobs, 1)).draftID)
    case "reachable": return .reachabilityChanged(true, at: at)
    case "unreachable": return .reachabilityChanged(false, at: at)
    case "announcement": return .announced(.started(version: "1"), at: at)
    case "API wants a person": return .operatorRequested(.api, audience: Desk.audience, at: at)
    case "API asks":
      return .questionPut(
        text: "q", speaker: Fixture.speaker(), audience: Desk.audience, at: at)
    case "relay delivered": return .relaySettled(Position(2), .delivered, at: at)
    case "relay blocked": return .relaySettled(Position(2), .blocked, at: at)
    case "relay undelivered": return .relaySettled(Position(2), .undelivered, at: at)
    case "answer withdrawn":
      return .answersWithdrawn([dialogue.lastAnswered?.answer ?? Position(99)])
    case "Ann is lost": return .operatorLost(Desk.ann.id, at: at)
    case "Bob is lost": return .operatorLost(Desk.bob.id, at: at)
    case "Ann's chat is lost": return .staffChatLost(Desk.annsChat, topicOnly: false, at: at)
    case "forum is lost": return .staffChatLost(Desk.forum, topicOnly: false, at: at)
    case "group is lost": return .staffChatLost(Desk.group, topicOnly: false, at: at)
    case "topic is lost": return .staffChatLost(Desk.forum, topicOnly: true, at: at)
    case "topic is made": return .staffTopicMade(Desk.forum)
    case "timer rings": return .timePassed(at: dialogue.timer ?? at)
    case "timer rings early": return .timePassed(at: Desk.now)
    case "place changes": return .placeChanged(2)
    default: return nil
    }
  }
}
