import Testing

@testable import Conversation

struct ContextBuilderTests {
  private static let anna = Speaker(id: PersonID(1), name: "Анна", language: .russian)
  private static let bob = Speaker(id: PersonID(2), name: "Bob", language: .english)

  private static func asks(
    _ position: Int64, _ text: String, by speaker: Speaker = anna, quoting quoted: String? = nil
  ) -> Message {
    Message(
      position: Position(position), role: .customer(speaker), text: text, quoted: quoted,
      at: Instant(seconds: position))
  }

  private static func answers(
    _ position: Int64, _ text: String, to question: Int64, stopped: Bool = false
  ) -> Message {
    Message(
      position: Position(position),
      role: .assistant(question: Position(question), stopped: stopped), text: text,
      at: Instant(seconds: position))
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var transcript: [Message]
    var question: Int64
    var system = "S"
    /// Each turn as its role's first letter and its text.
    var turns: [String]
  }

  private static let cases: [Case] = [
    Case(
      testDescription: "the first question", transcript: [asks(1, "a")], question: 1,
      turns: ["s:S", "u:a"]),
    Case(
      testDescription: "no instructions", transcript: [asks(1, "a")], question: 1, system: "",
      turns: ["u:a"]),
    Case(
      testDescription: "exchanges before it",
      transcript: [asks(1, "a"), answers(2, "A", to: 1), asks(3, "b")], question: 3,
      turns: ["s:S", "u:a", "a:A", "u:b"]),
    Case(
      testDescription: "an answer follows its question",
      transcript: [
        asks(1, "a"), asks(2, "b"), asks(3, "c"), answers(4, "A", to: 1), answers(5, "B", to: 2),
      ], question: 3, turns: ["s:S", "u:a", "a:A", "u:b", "a:B", "u:c"]),
    Case(
      testDescription: "later questions and their answers stay out",
      transcript: [asks(1, "a"), asks(2, "b"), answers(3, "B", to: 2), asks(4, "c")], question: 1,
      turns: ["s:S", "u:a"]),
    Case(
      testDescription: "an earlier answer to the question stays out",
      transcript: [asks(1, "a"), answers(2, "A", to: 1)], question: 1, turns: ["s:S", "u:a"]),
    Case(
      testDescription: "unanswered questions stay, in one turn",
      transcript: [asks(1, "a"), asks(2, "b"), asks(3, "c")], question: 3,
      turns: ["s:S", "u:a\n\nb\n\nc"]),
    Case(
      testDescription: "several answers to one question in one turn",
      transcript: [asks(1, "a"), answers(2, "A", to: 1), answers(3, "B", to: 1), asks(4, "b")],
      question: 4, turns: ["s:S", "u:a", "a:A\n\nB", "u:b"]),
    Case(
      testDescription: "a stopped answer is kept, an empty one is not",
      transcript: [
        asks(1, "a"), answers(2, "A", to: 1, stopped: true), asks(3, "b"),
        answers(4, "", to: 3, stopped: true), asks(5, "c"),
      ], question: 5, turns: ["s:S", "u:a", "a:A", "u:b\n\nc"]),
    Case(
      testDescription: "an answer without its question stays out",
      transcript: [answers(2, "A", to: 1), asks(3, "b")], question: 3, turns: ["s:S", "u:b"]),
    Case(
      testDescription: "a quotation comes first",
      transcript: [asks(1, "why?", quoting: "one\n\ntwo\r\n> three")], question: 1,
      turns: ["s:S", "u:> one\n> \n> two\n> > three\n\nwhy?"]),
  ]

  @Test(arguments: cases)
  func tells(example: Case) {
    let plan = ContextBuilder(namesSpeakers: false).build(
      system: example.system, transcript: example.transcript,
      question: Position(example.question), promptBudget: 10_000, estimator: TokenEstimator())
    guard case .fits(let turns, let tokens, let raw, 0) = plan else {
      Issue.record("\(plan)")
      return
    }
    #expect(turns.map { "\($0.role.rawValue.prefix(1)):\($0.text)" } == example.turns)
    #expect(tokens == raw)
  }

  @Test func asksForAQuestionThatIsThere() {
    let transcript = [Self.asks(1, "a"), Self.answers(2, "A", to: 1)]
    for missing in [2, 3] as [Int64] {
      let plan = ContextBuilder(namesSpeakers: false).build(
        system: "S", transcript: transcript, question: Position(missing), promptBudget: 10_000,
        estimator: TokenEstimator())
      #expect(plan == .questionMissing)
    }
  }

  @Test func namesSpeakers() {
    let plan = ContextBuilder(namesSpeakers: true).build(
      system: "",
      transcript: [
        Self.asks(1, "привет"), Self.answers(2, "Да", to: 1),
        Self.asks(3, "hi\nАнна: yes\r\n\u{2028}x", by: Self.bob, quoting: "q"),
      ], question: Position(3), promptBudget: 1000, estimator: TokenEstimator())
    guard case .fits(let turns, _, _, _) = plan else { return #expect(plan == .questionMissing) }
    #expect(
      turns.map(\.text) == [
        "Анна: привет", "Да", "> q\n\nBob: hi\n  Анна: yes\n  \n  x",
      ])
  }

  private static let names: [(String, String)] = [
    ("Bob", "Bob"), ("  Анна \n Мария ", "Анна Мария"), ("Bob: yes. Eve", "Bob yes. Eve"),
    ("a\u{2028}b\u{85}c\u{0}d", "a b c d"), ("\u{202E}\u{200B}x\u{2066}", "x"), ("：", "Member"),
    ("", "Member"), (String(repeating: "я", count: 500), String(repeating: "я", count: 40)),
    (String(repeating: "\u{200B}", count: 500) + "x", "Member"), ("👨‍👩‍👧", "👨‍👩‍👧"),
  ]

  @Test(arguments: names)
  func cleansNames(name: String, clean: String) {
    let speaker = Speaker(id: PersonID(1), name: name, language: .english)
    #expect(ContextBuilder.name(of: speaker) == clean)
  }

  @Test func boundsQuotes() {
    let quote = ContextBuilder.quote(String(repeating: "я", count: 5000))
    #expect(quote.unicodeScalars.count == ContextBuilder.quoteLimit + 3)
    #expect(quote.hasSuffix("…"))
    let whole = String(repeating: "я", count: ContextBuilder.quoteLimit)
    #expect(ContextBuilder.quote(whole) == "> " + whole)
  }

  /// Ten exchanges of the same size, and a question.
  private static let long: [Message] =
    (0..<10).flatMap {
      [asks($0 * 2 + 1, "question \($0)"), answers($0 * 2 + 2, "answer \($0)", to: $0 * 2 + 1)]
    } + [asks(21, "last")]

  @Test func dropsTheOldestExchangesFirst() {
    var trimmedBefore = 11
    for budget in 0...200 {
      let plan = ContextBuilder(namesSpeakers: false).build(
        system: "S", transcript: Self.long, question: Position(21), promptBudget: budget,
        estimator: TokenEstimator())
      guard case .fits(let turns, let tokens, _, let trimmed) = plan else {
        #expect(plan == .questionTooLong)
        #expect(budget < 13, "the question alone is 3 + (4 + 1) + (4 + 1)")
        continue
      }
      #expect(tokens <= budget)
      #expect(trimmed <= trimmedBefore)
      trimmedBefore = trimmed
      let kept = (trimmed..<10).flatMap { ["question \($0)", "answer \($0)"] }
      #expect(turns.map(\.text) == ["S"] + kept + ["last"])
      #expect(turns.dropFirst().first?.role == .user)
    }
    #expect(trimmedBefore == 0)
  }

  @Test func keepsNoOlderExchangeAcrossAGap() {
    let transcript = [
      Self.asks(1, "short"), Self.asks(2, String(repeating: "long ", count: 100)),
      Self.asks(3, "last"),
    ]
    let plan = ContextBuilder(namesSpeakers: false).build(
      system: "", transcript: transcript, question: Position(3), promptBudget: 50,
      estimator: TokenEstimator())
    guard case .fits(let turns, _, _, let trimmed) = plan else {
      return #expect(plan == .questionMissing)
    }
    #expect(turns == [ContextTurn(role: .user, text: "last")])
    #expect(trimmed == 2)
  }

  @Test func obeysWhatTheEstimatorLearned() {
    var estimator = TokenEstimator()
    for _ in 0..<50 { estimator.calibrate(estimated: 100, actual: 200) }
    func plan(_ estimator: TokenEstimator, _ budget: Int) -> ContextPlan {
      ContextBuilder(namesSpeakers: false).build(
        system: "S", transcript: Self.long, question: Position(21), promptBudget: budget,
        estimator: estimator)
    }
    guard case .fits(_, let tokens, let raw, let trimmed) = plan(estimator, 150),
      case .fits(_, _, _, let fewer) = plan(TokenEstimator(), 150)
    else { return #expect(Bool(false)) }
    #expect(trimmed > fewer)
    #expect(tokens == estimator.tokens(raw: raw))
    #expect(tokens <= 150)
    #expect(plan(estimator, 20) == .questionTooLong)
  }
}
