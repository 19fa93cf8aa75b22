import Testing

@testable import Handoff

/// The time for a text is bounded by the work that is allowed, whatever somebody writes.
@Suite struct EffortTests {
  /// Texts of the greatest length that make the scanner, the search or the grammar work hardest.
  private static let worst: [String] = [
    String(repeating: "опиратар ", count: 455), String(repeating: "кператвры ", count: 410),
    String(repeating: "о ", count: 2_048), String(repeating: "а", count: 4_096),
    String(repeating: "talktohumanzz ", count: 292), String(repeating: "\" а б \"", count: 585),
    String(repeating: "«", count: 4_096), String(repeating: "оператор ", count: 455),
    String(repeating: "не хочу ", count: 512), String(repeating: ">\n", count: 2_048),
  ]

  @Test(arguments: worst)
  func `The search for misspelt words ends when its effort is spent`(text: String) {
    var effort = Lexicon.Effort()
    let words = TextScanner.words(in: TextScanner.bounded(text))
    let tokens = TokenReader.tokens(of: words, effort: &effort)
    #expect(tokens.count <= 4 * words.count)
    #expect(words.count <= TextScanner.maximumScalars)
    #expect(effort.searches >= 0 && effort.comparisons >= 0 && effort.splits >= 0)
    #expect(words.allSatisfy { $0.letters.count <= 60 })
  }

  @Test func `Words that are all nearly known spend the whole effort and no more`() {
    let letters = Array("абвгдежзиклмнопрстуфхцчшщэюя")
    let text = (0..<400).map { index in
      "чалав\(letters[index % letters.count])\(letters[index / letters.count])ка"
    }.joined(separator: " ")
    var effort = Lexicon.Effort()
    _ = TokenReader.tokens(
      of: TextScanner.words(in: Array(text.unicodeScalars)), effort: &effort)
    #expect(effort.searches == 0 || effort.comparisons == 0)
    #expect(effort.splits == 0)
    var little = Lexicon.Effort(searches: 120, comparisons: 3, splits: 0)
    _ = TokenReader.tokens(
      of: TextScanner.words(in: Array(text.unicodeScalars)), effort: &little)
    #expect(little.comparisons == 0)
  }

  @Test func `With no effort left words are still known as written`() {
    var effort = Lexicon.Effort(searches: 0, comparisons: 0, splits: 0)
    let words = TextScanner.words(in: Array("позовите аператора оператора".unicodeScalars))
    let tokens = TokenReader.tokens(of: words, effort: &effort)
    #expect(tokens.map(\.isKnown) == [true, false, true])
  }

  @Test func `An ordinary message spends a tenth of the effort at most`() {
    var effort = Lexicon.Effort()
    let text = """
      Здравствуйте, вчера заказала у вас чайник, а сегодня курьер привёз кружку и говорит, что \
      накладная верная. Как мне обменять посылку, если чек остался в машине?
      """
    _ = TokenReader.tokens(
      of: TextScanner.words(in: Array(text.unicodeScalars)), effort: &effort)
    let full = Lexicon.Effort()
    #expect((full.searches - effort.searches) * 10 <= full.searches)
    #expect((full.comparisons - effort.comparisons) * 10 <= full.comparisons)
  }
}
