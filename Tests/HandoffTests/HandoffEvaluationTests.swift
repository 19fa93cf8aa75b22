import Testing

@testable import Handoff

@Suite struct HandoffEvaluationTests {
  private typealias TableError = HandoffEvaluation.TableError

  @Test func `Columns are found by the header line, others are left out`() throws {
    let table =
      "\u{FEFF}lang\ttext\tnote\tlabel\r\nru\tпозовите\\nоператора\tx\thandoff\r\n\r\nen\thi\t\tnot_handoff\r\n"
    let phrases = try HandoffEvaluation.phrases(in: table)
    #expect(phrases.map(\.line) == [2, 4])
    #expect(phrases.map(\.label) == [.handoff, .notHandoff])
    #expect(phrases.map(\.text) == ["позовите\nоператора", "hi"])
  }

  @Test(arguments: [
    ("", HandoffEvaluation.TableError.empty),
    ("text\tlang\nhi\ten", .missingColumn("label")),
    ("label\tlang\nhandoff\ten", .missingColumn("text")),
    ("label\ttext\nhandoff\thi\n\nhandoff", .shortRow(line: 4)),
    ("label\ttext\nhandof\thi", .unknownLabel(line: 2)),
  ])
  func `A table that cannot be read is told by line`(
    table: String, error: HandoffEvaluation.TableError
  ) {
    #expect(throws: error) { try HandoffEvaluation.phrases(in: table) }
    #expect(error.description.hasPrefix("line "))
  }

  @Test func `The figures are those of the definitions`() throws {
    let table = """
      label\ttext
      handoff\tпозовите оператора
      handoff\tне помогло
      handoff\tпогода завтра
      ambiguous\tне помогло
      ambiguous\tпогода завтра
      not_handoff\tпозовите оператора
      not_handoff\tпогода завтра
      not_handoff\thelp
      """
    let evaluation = HandoffEvaluation(of: try HandoffEvaluation.phrases(in: table))
    #expect(evaluation.count(.handoff, judged: .ambiguous) == 1)
    #expect(evaluation.recall == 2.0 / 3)
    #expect(evaluation.precision == 1.0 / 2)
    #expect(evaluation.offered == 3.0 / 8)
    #expect(evaluation.misses.map(\.phrase.line) == [4, 6, 7, 9])
    let lines = evaluation.report.split(separator: "\n")
    #expect(lines.last == "recall=0.666 precision=0.500 offered=0.375")
    #expect(lines.contains("line 7: not_handoff judged handoff: позовите оператора"))
  }

  @Test func `No rows make whole figures`() {
    let evaluation = HandoffEvaluation(of: [])
    #expect(evaluation.report.hasSuffix("recall=1.000 precision=1.000 offered=0.000"))
  }
}
