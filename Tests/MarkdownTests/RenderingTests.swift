import Gateways
import Testing

@testable import Markdown

@Suite struct RenderingTests {
  @Test func plainAnswerBecomesTextWithEntities() {
    let content = format.render("Привет 👋, **жирный `код` и _курсив_**\n[ссылка](https://a.b/)")
    #expect(
      content == [
        .text(
          FormattedText(
            "Привет 👋, жирный код и курсив\nссылка",
            entities: [
              FormattedText.Entity(.bold, offset: 11, length: 7),
              FormattedText.Entity(.code, offset: 18, length: 3),
              FormattedText.Entity(.bold, offset: 21, length: 9),
              FormattedText.Entity(.italic, offset: 24, length: 6),
              FormattedText.Entity(.link(url: "https://a.b/"), offset: 31, length: 6),
            ]))
      ])
  }

  @Test(arguments: ["", "  \n ", "\u{200B}", "&nbsp;"])
  func nothingVisibleGivesNothing(markdown: String) { #expect(format.render(markdown) == []) }

  @Test(arguments: ["# a", "- a", "> a", "```\na\n```", "|a|\n|-|\n|b|", "a\n\n---", "$x$"])
  func richerAnswerIsOneRichMessage(markdown: String) {
    #expect(format.render(markdown) == [.rich(Document(blocks(markdown)))])
  }

  @Test func longTextIsCutAtParagraphs() {
    let paragraph = String(repeating: "слово ", count: 100) + "конец."
    let parts = format.render(Array(repeating: paragraph, count: 20).joined(separator: "\n\n"))
    #expect(parts.count == 4)
    for part in parts {
      guard case .text(let text) = part else { Issue.record("not a text"); continue }
      #expect(text.text.hasSuffix("конец."))
      #expect(faults(part).isEmpty)
    }
  }

  private static let cuts: [(String, [String])] = [
    ("один два\n\nтри четыре", ["один два", "три четыре"]),
    ("один\nдва три четыре", ["один", "два три", "четыре"]),
    ("Да. Нет. Может быть", ["Да. Нет.", "Может быть"]),
    ("один два три", ["один два", "три"]),
    ("абвгдежзийклмн", ["абвгдежзий", "клмн"]),
    ("aaaaaaa👨‍👩‍👧bb", ["aaaaaaa", "👨‍👩‍👧bb"]),
    ("aaaaaaaae\u{301}\u{302}b", ["aaaaaaaa", "e\u{301}\u{302}b"]),
    ("👍🏽👍🏽👍🏽👍🏽👍🏽👍🏽", ["👍🏽👍🏽👍🏽👍🏽👍🏽", "👍🏽"]),
  ]

  @Test(arguments: cuts)
  func textIsCut(text: String, expected: [String]) {
    let parts = TextSplitter(scalars: 10, entities: 100).split(FormattedText(text))
    #expect(parts.map(\.text) == expected)
  }

  @Test func entitiesGoOnAfterACut() {
    let text = FormattedText(
      "один два три", entities: [FormattedText.Entity(.bold, offset: 5, length: 7)])
    #expect(
      TextSplitter(scalars: 10, entities: 100).split(text) == [
        FormattedText("один два", entities: [FormattedText.Entity(.bold, offset: 5, length: 3)]),
        FormattedText("три", entities: [FormattedText.Entity(.bold, offset: 0, length: 3)]),
      ])
  }

  @Test func manyEntitiesAreSpreadOverMessages() {
    let markdown = (0..<250).map { "**b\($0)**" }.joined(separator: " ")
    let parts = format.render(markdown)
    #expect(parts.count == 3)
    #expect(parts.flatMap { faults($0) }.isEmpty)
    #expect(parts.map(ink).joined() == (0..<250).map { "b\($0)" }.joined())
  }

  @Test func longCodeKeepsItsLanguage() {
    let lines = (0..<3000).map { "let value\($0) = \($0)" }
    let parts = format.render("Код:\n\n```swift\n\(lines.joined(separator: "\n"))\n```\n\nвсё")
    #expect(parts.count > 1)
    var code: [String] = []
    for case .rich(let document) in parts {
      for case .code(let language, let text) in document.blocks {
        #expect(language == "swift")
        code.append(text)
      }
    }
    #expect(code.joined(separator: "\n") == lines.joined(separator: "\n"))
    #expect(parts.flatMap { faults($0) }.isEmpty)
  }

  @Test func longListGoesOnWithItsNumber() {
    let parts = format.render((1...700).map { "\($0). пункт" }.joined(separator: "\n"))
    var next = 1
    for part in parts {
      guard case .rich(let document) = part, case .list(let list)? = document.blocks.first else {
        Issue.record("not a list")
        return
      }
      #expect(list.start == next)
      next += list.items.count
      #expect(faults(part).isEmpty)
    }
    #expect(next == 701)
  }

  @Test func longTableRepeatsItsHeader() {
    let rows = (0..<700).map { "| \($0) | значение |" }.joined(separator: "\n")
    let parts = format.render("| n | имя |\n|--|--|\n\(rows)")
    var seen = 0
    for part in parts {
      guard case .rich(let document) = part, case .table(let table)? = document.blocks.first else {
        Issue.record("not a table")
        return
      }
      #expect(table.header == [[.text("n")], [.text("имя")]])
      #expect(table.rows.first?.first == [.text("\(seen)")])
      seen += table.rows.count
      #expect(faults(part).isEmpty)
    }
    #expect(seen == 700)
  }

  @Test func wideTableBecomesText() {
    let row = "|" + (0..<21).map { "c\($0)|" }.joined()
    let parts = format.render("\(row)\n|\(String(repeating: "-|", count: 21))\n\(row)")
    guard case .rich(let document)? = parts.first,
      case .code(nil, let text)? = document.blocks.first
    else {
      Issue.record("not preformatted")
      return
    }
    #expect(text.contains("c20"))
  }

  @Test func headingStaysWithItsText() {
    var limits = MarkdownLimits()
    limits.richScalars = 40
    let parts = AnswerFormat.markdown(limits: limits).render(
      "- раз два три четыре\n\n# Глава\n\n" + String(repeating: "б", count: 30))
    #expect(parts.count == 2)
    guard case .rich(let document)? = parts.last else { Issue.record("not rich"); return }
    #expect(document.blocks.first == .heading(level: 1, [.text("Глава")]))
  }

  @Test func tooLongInputIsPlain() {
    var limits = MarkdownLimits()
    limits.inputBytes = 10
    let format = AnswerFormat.markdown(limits: limits)
    #expect(format.render("**жирный** текст") == [.text(FormattedText("**жирный** текст"))])
  }
}

@Suite struct FlatteningTests {
  private static let examples: [(String, String, [FormattedText.Entity])] = [
    ("# Глава\n\nтекст", "Глава\n\nтекст", [FormattedText.Entity(.bold, offset: 0, length: 5)]),
    ("- a\n  - b\n- [x] c\n- [ ] d", "• a\n  • b\n☑ c\n☐ d", []),
    ("9. a\n10. b", "9. a\n10. b", []),
    (
      "```go\nx\n```\n\n> цитата", "x\n\nцитата",
      [
        FormattedText.Entity(.pre(language: "go"), offset: 0, length: 1),
        FormattedText.Entity(.blockquote, offset: 3, length: 6),
      ]
    ),
    (
      "|имя|n|\n|-|-:|\n|ёж|5|\n|日本|10|", "имя  │  n\n─────┼───\nёж   │  5\n日本 │ 10",
      []
    ),
    ("$x^2$ и\n\n---", "x^2 и\n\n———", [FormattedText.Entity(.code, offset: 0, length: 3)]),
    (
      "# **a** `b`", "a b",
      [
        FormattedText.Entity(.bold, offset: 0, length: 2),
        FormattedText.Entity(.code, offset: 2, length: 1),
      ]
    ),
    ("- [почта](mailto:a@b.ru)", "• почта (a@b.ru)", []),
    ("> - a\n> > b", "• a\nb", [FormattedText.Entity(.blockquote, offset: 0, length: 5)]),
  ]

  @Test(arguments: examples)
  func flattens(markdown: String, text: String, entities: [FormattedText.Entity]) {
    let flat = format.render(markdown).flatMap { format.flatten($0) }
    #expect(flat.map(\.text) == [text])
    if !text.contains("│") { #expect(flat.first?.entities == entities) }
    #expect(flat.flatMap { faults($0) }.isEmpty)
  }

  @Test func longTableRepeatsItsHeader() {
    let rows = (0..<400).map { "| \($0) | значение |" }.joined(separator: "\n")
    let flat = format.render("| номер | имя |\n|--|--|\n\(rows)").flatMap { format.flatten($0) }
    #expect(flat.count > 1)
    for part in flat {
      #expect(part.text.hasPrefix("номер │ имя"))
      #expect(faults(part).isEmpty)
    }
  }

  @Test func longCodeIsReopened() {
    let code = (0..<600).map { "строка \($0)" }.joined(separator: "\n")
    let flat = format.render("```py\n\(code)\n```").flatMap { format.flatten($0) }
    #expect(flat.count > 1)
    for part in flat {
      #expect(
        part.entities == [
          FormattedText.Entity(.pre(language: "py"), offset: 0, length: part.text.utf16.count)
        ])
    }
    #expect(flat.map(\.text).joined(separator: "\n") == code)
  }

  @Test func cleansForeignText() {
    let text = FormattedText(
      "a\r\nb\u{1}c", entities: [FormattedText.Entity(.bold, offset: 3, length: 3)])
    #expect(
      format.flatten(.text(text)) == [
        FormattedText("a\nb c", entities: [FormattedText.Entity(.bold, offset: 2, length: 3)])
      ])
  }
}
