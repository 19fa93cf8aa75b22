import Gateways
import Testing

@testable import Markdown

@Suite struct RandomTests {
  private static let pieces = [
    "слово", "word", " ", " ", "\n", "\n\n", "**", "*", "_", "__", "~~", "`", "``", "```\n",
    "```swift\n", "~~~", "- ", "  - ", "1. ", "> ", "# ", "---\n", "[", "](", ")", "![", "]: ",
    "https://a.b/c_d", "|", "|-|-|\n", "| a | b |\n", "$", "$$", "\\(", "\\)", "\\[", "\\]", "x^2",
    "👨‍👩‍👧", "e\u{301}", "🇷🇺", "\\", "<b>", "&amp;", "&#0;", "\t", "\u{0}", "\r\n", "- [x] ", "日本", "…",
    "\u{FE0F}", "    ", "очень длинное предложение, в котором много слов. ", "😀😀😀",
  ]

  private static func text(_ generator: inout SeededGenerator, pieces: [String]) -> String {
    (0..<Int.random(in: 1...120, using: &generator))
      .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }

  private static let small: MarkdownLimits = {
    var limits = MarkdownLimits()
    limits.textScalars = 60
    limits.textEntities = 5
    limits.richScalars = 120
    limits.richBlocks = 40
    return limits
  }()

  /// Whatever is written arrives: nothing lost, nothing twice, every message within its limits.
  @Test(arguments: 0..<1500)
  func everythingArrives(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    // Tables repeat their header when cut, so they have a test of their own.
    let markdown = Self.text(&generator, pieces: Self.pieces.filter { !$0.contains("|") })
    let document = Document(blocks(markdown))
    let limits = seed % 2 == 0 ? MarkdownLimits() : Self.small
    let format = AnswerFormat.markdown(limits: limits)
    let parts = format.render(markdown)
    let label: Comment = "seed \(seed): \(markdown.debugDescription)"
    #expect(parts.map(ink).joined() == ink(document), label)
    for part in parts {
      #expect(faults(part, limits: limits) == [], label)
      for flat in format.flatten(part) { #expect(faults(flat, limits: limits) == [], label) }
    }
    #expect(faults(format.preview(markdown), limits: limits) == [], label)
  }

  @Test(arguments: 0..<500)
  func tablesStayWithinLimits(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let markdown = Self.text(&generator, pieces: Self.pieces)
    let format = AnswerFormat.markdown(limits: Self.small)
    let label: Comment = "seed \(seed): \(markdown.debugDescription)"
    for part in format.render(markdown) {
      #expect(faults(part, limits: Self.small) == [], label)
      for flat in format.flatten(part) { #expect(faults(flat, limits: Self.small) == [], label) }
    }
    #expect(faults(format.preview(markdown), limits: Self.small) == [], label)
  }

  private static let hostile: [String] = [
    "*", "**a ", "_", "[", "[a](", "![", "`", "` ``", ">", "> ", "- ", "+ ", "1. ", "|", "|a",
    "~~", "$", "$$", "\\(", "\\[", "\\", "&", "<", "http://", ";https://a.b", "a@", "\n", "#",
    "```\n", "*a **b ", "a\u{301}", "👨‍👩‍👧", "[a]: b\n", "<!--", "^", "x ",
  ]

  @Test(arguments: hostile)
  func hostileInputIsHandledInTime(piece: String) {
    let markdown = String(repeating: piece, count: 100_000 / piece.utf8.count)
    let duration = ContinuousClock().measure {
      let parts = format.render(markdown)
      #expect(parts.flatMap { faults($0) } == [])
      _ = format.preview(markdown)
    }
    // Two orders above what linear work takes, below what quadratic work would.
    #expect(duration < .seconds(10))
  }

  @Test(arguments: ["+ ", "1. ", ">"])
  func deepNestingThenBlankLines(mark: String) {
    let deep = String(repeating: mark, count: 20_000) + String(repeating: "\n", count: 50_000) + "a"
    let duration = ContinuousClock().measure {
      #expect(format.render(deep).flatMap { faults($0) } == [])
    }
    #expect(duration < .seconds(10))
  }

  @Test func longReferenceIsNotRepeatedWithoutBound() {
    let address = "https://a.b/" + String(repeating: "c", count: 40_000)
    let markdown = "[a]: \(address)\n\n" + String(repeating: "[a] ", count: 12_000)
    #expect(format.render(markdown).flatMap { faults($0) } == [])
  }

  @Test func tableThatGrowsQuadraticallyIsPlain() {
    let markdown =
      String(repeating: "|a", count: 4000) + "|\n" + String(repeating: "|---", count: 4000) + "|\n"
      + String(repeating: "|b\n", count: 4000)
    let parts = format.render(markdown)
    #expect(parts.flatMap { faults($0) } == [])
    #expect(parts.map(ink).joined() == ink(markdown))
  }
}
