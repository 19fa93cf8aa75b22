import Testing

@testable import Handoff

@Suite struct HandoffRecognizerTests {
  private let recognizer = HandoffRecognizer()

  @Test(arguments: [
    "tune", "held", "later", "last", "independent", "rare", "foreign", "plain",
  ])
  func `The labelled phrases are judged as well as promised`(part: String) throws {
    let phrases = try HandoffEvaluation.phrases(in: Fixtures.phrases(part: part))
    let evaluation = HandoffEvaluation(of: phrases, by: recognizer)
    #expect(phrases.count >= 70)
    #expect(evaluation.recall >= 0.99, "\(evaluation.report)")
    #expect(evaluation.precision >= 0.97, "\(evaluation.report)")
    let others = phrases.count { $0.label == .notHandoff }
    let offers = evaluation.count(.notHandoff, judged: .ambiguous)
    #expect(offers * 100 < others * 7, "\(evaluation.report)")
  }

  @Test(arguments: [
    ("оператор", HandoffVerdict.handoff),
    ("О П Е Р А Т О Р", .handoff),
    ("операааатор!!!", .handoff),
    ("аператара пазавите", .handoff),
    ("pozovite operatora", .handoff),
    ("gjpjdbnt jgthfnjhf", .handoff),
    ("ргьфт", .handoff),
    ("oпepaтop", .handoff),
    ("get me a hum\u{200B}an", .handoff),
    ("𝗼𝗽𝗲𝗿𝗮𝘁𝗼𝗿", .handoff),
    ("speak 2 a human", .handoff),
    ("talktohuman", .handoff),
    ("Позовите, пожалуйста, уже наконец, оператора", .handoff),
  ])
  func `Spellings do not matter`(text: String, verdict: HandoffVerdict) {
    #expect(recognizer.verdict(on: text) == verdict)
  }

  @Test(arguments: [
    ("не надо оператора", HandoffVerdict.notHandoff),
    ("оператор не нужен", .notHandoff),
    ("I don't need a human", .notHandoff),
    ("не хочу говорить с ботом, позовите человека", .handoff),
    ("не хочу с ботом", .handoff),
    ("почему не зовёте оператора?!", .handoff),
    ("why can't I talk to a human?", .handoff),
    ("не могли бы вы позвать оператора", .handoff),
    ("no, I want a human", .handoff),
    ("без оператора обойдусь", .notHandoff),
  ])
  func `A negation counts for what it belongs to`(text: String, verdict: HandoffVerdict) {
    #expect(recognizer.verdict(on: text) == verdict)
  }

  @Test(arguments: [
    "какой оператор связи у вас?", "switch operator in Swift", "operator overloading",
    "travel agent", "работа оператором", "сколько зарабатывает менеджер", "что делает оператор?",
    "когда работают операторы?", "он сказал позовите оператора", "what does «get me a human» mean",
    "> позовите оператора\nэто не я писал, где посылка", "`call operator` throws",
    "переведи на английский: позовите оператора", "when a user asks for a human, what do I say",
    "talk like a human", "ты человек или робот?", "",
    "🙂", "123",
  ])
  func `Talk about operators is no wish for one`(text: String) {
    #expect(recognizer.verdict(on: text) == .notHandoff)
  }

  @Test(arguments: ["оператор есть?", "есть кто?", "можно поговорить?", "help", "не помогло"])
  func `What can be read both ways is offered`(text: String) {
    #expect(recognizer.verdict(on: text) == .ambiguous)
  }

  @Test func `The wish is found in the middle and at the end of a long text`() {
    let story = String(repeating: "Вчера я купил у вас чайник. ", count: 60)
    #expect(recognizer.verdict(on: story) == .notHandoff)
    #expect(recognizer.verdict(on: story + "Позовите оператора.") == .handoff)
    #expect(recognizer.verdict(on: story + "Позовите оператора. " + story) == .handoff)
  }

  @Test func `A text beyond the bound is judged by its beginning and its end`() {
    let filler = String(repeating: "чайник ", count: 2_000)
    #expect(TextScanner.bounded(filler).count <= TextScanner.maximumScalars + 1)
    #expect(recognizer.verdict(on: "Позовите оператора. " + filler) == .handoff)
    #expect(recognizer.verdict(on: filler + ". Позовите оператора") == .handoff)
  }
}
