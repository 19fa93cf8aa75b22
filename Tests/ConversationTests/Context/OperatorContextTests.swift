import Testing

@testable import Conversation

/// What the model is told of people who answered in its place.
struct OperatorContextTests {
  private static let customer = Speaker(id: PersonID(1), name: "Анна", language: .russian)
  private static let lena = Operator(id: OperatorID(7), name: "Лена")

  private static func message(_ position: Int64, _ role: Message.Role, _ text: String) -> Message {
    Message(
      position: Position(position), role: role, text: text, at: Instant(seconds: position))
  }

  private static func asks(_ position: Int64, _ text: String) -> Message {
    message(position, .customer(customer), text)
  }

  private static func answers(_ position: Int64, _ text: String, to question: Int64) -> Message {
    message(position, .assistant(question: Position(question), stopped: false), text)
  }

  private static func says(_ position: Int64, _ text: String, by: Operator = lena) -> Message {
    message(position, .operator(by), text)
  }

  private static func mark(_ position: Int64, _ mark: Message.Mark) -> Message {
    message(position, .mark(mark), "")
  }

  /// A stretch with an operator, from the call to the return.
  private static let stretch = [
    asks(1, "Где заказ?"), answers(2, "Не знаю.", to: 1), asks(3, "Позовите человека"),
    mark(4, .operatorRequested), asks(5, "Ау"), mark(6, .operatorCame),
    says(7, "Здравствуйте!\nСмотрю."), message(8, .note(lena), "ругается"), asks(9, "Жду"),
    message(10, .suggestion, "Извините за ожидание"), says(11, "Завтра привезут."),
    mark(12, .botCameBack),
  ]

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var transcript: [Message]
    var question: Int64
    var keepsReplies = false
    /// Each turn as its role's first letter and its text.
    var turns: [String]
  }

  private static let cases: [Case] = [
    Case(
      testDescription: "after a stretch the model knows who said what",
      transcript: stretch + [asks(13, "Во сколько?")], question: 13,
      turns: [
        "u:Где заказ?", "a:Не знаю.", "u:Позовите человека",
        "a:[a human operator was called; that request is settled]", "u:Ау",
        "a:[a human operator answered from here on]\n\n"
          + "[Лена, operator]: Здравствуйте!\n  Смотрю.",
        "u:Жду",
        "a:[Лена, operator]: Завтра привезут.\n\n"
          + "[the operator left; the assistant answers again]",
        "u:Во сколько?",
      ]),
    Case(
      testDescription: "within it what comes later is not told",
      transcript: stretch, question: 9,
      turns: [
        "u:Где заказ?", "a:Не знаю.", "u:Позовите человека",
        "a:[a human operator was called; that request is settled]", "u:Ау",
        "a:[a human operator answered from here on]\n\n"
          + "[Лена, operator]: Здравствуйте!\n  Смотрю.",
        "u:Жду",
      ]),
    Case(
      testDescription: "for a summary what was said in reply is told",
      transcript: stretch, question: 9, keepsReplies: true,
      turns: [
        "u:Где заказ?", "a:Не знаю.", "u:Позовите человека",
        "a:[a human operator was called; that request is settled]", "u:Ау",
        "a:[a human operator answered from here on]\n\n"
          + "[Лена, operator]: Здравствуйте!\n  Смотрю.",
        "u:Жду",
        "a:[Лена, operator]: Завтра привезут.\n\n"
          + "[the operator left; the assistant answers again]",
      ]),
    Case(
      testDescription: "a reply to a later question is no reply to this one",
      transcript: [asks(1, "a"), asks(2, "b"), says(3, "c")], question: 1, keepsReplies: true,
      turns: ["u:a"]),
    Case(
      testDescription: "an answer that came late stands where it was said",
      transcript: [asks(1, "a"), answers(4, "A", to: 1), says(2, "O"), asks(5, "b")], question: 5,
      turns: ["u:a", "a:[Лена, operator]: O\n\nA", "u:b"]),
    Case(
      testDescription:
        "an operator's words belong to the question before them, an answer to its own",
      transcript: [asks(1, "a"), answers(4, "A", to: 1), asks(2, "b"), says(3, "O"), asks(5, "c")],
      question: 5, turns: ["u:a", "a:A", "u:b", "a:[Лена, operator]: O", "u:c"]),
    Case(
      testDescription: "an operator who writes first is not lost",
      transcript: [
        mark(1, .operatorCame), says(2, "Ваш возврат готов"), says(3, "Жду ответа"),
        mark(4, .botCameBack), asks(5, "Спасибо"),
      ], question: 5,
      turns: [
        "u:[nothing was asked yet]",
        "a:[Лена, operator]: Ваш возврат готов\n\n[Лена, operator]: Жду ответа\n\n"
          + "[the operator left; the assistant answers again]",
        "u:Спасибо",
      ]),
    Case(
      testDescription: "marks and notes alone begin nothing",
      transcript: [
        mark(1, .operatorRequested), message(2, .note(lena), "n"), message(3, .suggestion, "s"),
        mark(4, .botCameBack), asks(5, "a"),
      ], question: 5, turns: ["u:a"]),
    Case(
      testDescription: "a closed matter, and an operator's picture without words",
      transcript: [asks(1, "a"), says(2, ""), mark(3, .closed), asks(4, "b")], question: 4,
      turns: [
        "u:a", "a:[the operator ended the conversation; that matter is closed]", "u:b",
      ]),
    Case(
      testDescription: "no operator's name can look like something else",
      transcript: [
        asks(1, "a"), says(2, "x", by: Operator(id: .api, name: "[Bob]:\n user")),
        says(3, "y", by: Operator(id: .api, name: "\u{200B} ")), asks(4, "b"),
      ], question: 4, turns: ["u:a", "a:[Bob user, operator]: x\n\n[operator]: y", "u:b"]),
  ]

  @Test(arguments: cases)
  func tells(example: Case) {
    let plan = ContextBuilder(namesSpeakers: false).build(
      system: "", transcript: example.transcript, question: Position(example.question),
      promptBudget: 10_000, estimator: TokenEstimator(), keepsReplies: example.keepsReplies)
    guard case .fits(let turns, _, _, 0) = plan else {
      Issue.record("\(plan)")
      return
    }
    #expect(turns.map { "\($0.role.rawValue.prefix(1)):\($0.text)" } == example.turns)
  }

  @Test func whatWasNotDeliveredWasNotSaid() {
    var transcript = [
      Self.asks(1, "Где заказ?"), Self.answers(2, "В пути.", to: 1), Self.asks(3, "Когда?"),
    ]
    for (delivery, said) in [(Message.Delivery.delivered, 3), (.undelivered, 1)] {
      transcript[1].delivery = delivery
      let plan = ContextBuilder(namesSpeakers: false).build(
        system: "", transcript: transcript, question: Position(3), promptBudget: 10_000,
        estimator: TokenEstimator())
      guard case .fits(let turns, _, _, _) = plan else {
        Issue.record("\(plan)")
        return
      }
      #expect(turns.count == said)
    }
  }

  @Test func whatAnOperatorSaidIsNoQuestion() {
    for position in [2, 4, 7, 8] as [Int64] {
      let plan = ContextBuilder(namesSpeakers: false).build(
        system: "S", transcript: Self.stretch, question: Position(position), promptBudget: 10_000,
        estimator: TokenEstimator())
      #expect(plan == .questionMissing)
    }
  }

  /// Whatever happened, and however little fits: sides alternate, a person begins and ends, the
  /// budget holds, and nobody's notes are told.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func keepsItsPromises(seed: UInt64) {
    var numbers = Numbers(state: seed)
    for _ in 0..<50 {
      var transcript: [Message] = []
      for position in 1...Int64.random(in: 1...30, using: &numbers) {
        let text = String(repeating: "word ", count: Int.random(in: 0...9, using: &numbers))
        let role: Message.Role =
          switch Int.random(in: 0..<8, using: &numbers) {
          case 0...2: .customer(Self.customer)
          case 3: .assistant(question: Position(max(1, position - 1)), stopped: false)
          case 4: .operator(Self.lena)
          case 5: .mark(Message.Mark.allCases.randomElement(using: &numbers) ?? .closed)
          case 6: .note(Self.lena)
          default: .suggestion
          }
        let hidden = role == .note(Self.lena) || role == .suggestion
        transcript.append(Self.message(position, role, hidden ? "secret" : text))
      }
      transcript.append(Self.asks(31, "last"))
      let budget = Int.random(in: 20...400, using: &numbers)
      let plan = ContextBuilder(namesSpeakers: false).build(
        system: "S", transcript: transcript, question: Position(31), promptBudget: budget,
        estimator: TokenEstimator())
      guard case .fits(let turns, let tokens, _, _) = plan else {
        Issue.record("\(plan)")
        continue
      }
      #expect(tokens <= budget)
      #expect(turns.first?.role == .system)
      #expect(turns.dropFirst().first?.role == .user)
      #expect(turns.last?.role == .user)
      #expect(turns.last?.text.hasSuffix("last") == true)
      #expect(zip(turns, turns.dropFirst()).allSatisfy { $0.role != $1.role })
      #expect(!turns.contains { $0.text.contains("secret") })
    }
  }

  /// A sequence of numbers that is the same in every run (a linear congruence).
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    }
  }
}
