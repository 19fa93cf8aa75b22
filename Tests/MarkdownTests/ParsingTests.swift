import Gateways
import Testing

@testable import Markdown

typealias Example = (markdown: String, blocks: [Document.Block])

@Suite struct ParsingTests {
  private static let inlines: [(String, [Document.Inline])] = [
    ("Привет, *мир*!", [.text("Привет, "), .styled(.italic, [.text("мир")]), .text("!")]),
    ("**a `b` c**", [.styled(.bold, [.text("a "), .code("b"), .text(" c")])]),
    ("~~нет~~ да", [.styled(.strikethrough, [.text("нет")]), .text(" да")]),
    ("раз\nдва", [.text("раз"), .lineBreak, .text("два")]),
    ("a <b>x</b> &amp; &copy; &unknown;", [.text("a <b>x</b> & © &unknown;")]),
    ("<tg-button data=\"x\">", [.text("<tg-button data=\"x\">")]),
    ("👨‍👩‍👧 e\u{301}", [.text("👨‍👩‍👧 e\u{301}")]),
    ("сноска[^1]", [.text("сноска[^1]")]),
    ("a\r\nb\u{7}c", [.text("a"), .lineBreak, .text("b c")]),
  ]

  @Test(arguments: inlines)
  func paragraph(markdown: String, expected: [Document.Inline]) {
    #expect(blocks(markdown) == [.paragraph(expected)])
  }

  private static let links: [(String, [Document.Inline])] = [
    ("[a](https://x.y/z?b=1&amp;c=2)", [.link(url: "https://x.y/z?b=1&c=2", [.text("a")])]),
    ("[я](mailto:a@b.ru)", [.link(url: "mailto:a@b.ru", [.text("я")])]),
    ("[я](tel:+7(495)123-45-67)", [.link(url: "tel:+7(495)123-45-67", [.text("я")])]),
    ("[бот](tg://resolve?domain=a)", [.link(url: "tg://resolve?domain=a", [.text("бот")])]),
    ("[a](javascript:alert(1))", [.text("a")]),
    ("[a](data:text/html,x)", [.text("a")]),
    ("[a](/relative)", [.text("a")]),
    ("[bank](https://bank.ru@evil.com/)", [.text("bank (https://bank.ru@evil.com/)")]),
    ("[here](http://localhost:8080/)", [.text("here (http://localhost:8080/)")]),
    ("![кот](https://x.y/c.png)", [.link(url: "https://x.y/c.png", [.text("кот")])]),
    ("![](https://x.y/c.png)", [.link(url: "https://x.y/c.png", [.text("https://x.y/c.png")])]),
    (
      "[![alt](https://i.j/k.png)](https://x.y/)",
      [.link(url: "https://x.y/", [.text("alt")])]
    ),
    (
      "смотри:https://x.y/_a_b_*c*.",
      [
        .text("смотри:"),
        .link(url: "https://x.y/_a_b_*c", [.text("https://x.y/_a_b_*c")]), .text("*."),
      ]
    ),
    (
      "(https://ru.wikipedia.org/wiki/Москва_(город)), да",
      [
        .text("("),
        .link(
          url: "https://ru.wikipedia.org/wiki/Москва_(город)",
          [.text("https://ru.wikipedia.org/wiki/Москва_(город)")]), .text("), да"),
      ]
    ),
    (
      "«https://x.y»", [.text("«"), .link(url: "https://x.y", [.text("https://x.y")]), .text("»")]
    ),
    ("<https://x.y>", [.link(url: "https://x.y", [.text("https://x.y")])]),
    ("`https://x.y`", [.code("https://x.y")]),
  ]

  @Test(arguments: links)
  func link(markdown: String, expected: [Document.Inline]) {
    #expect(blocks(markdown) == [.paragraph(expected)])
  }

  private static let formulas: [Example] = [
    ("$x^2$", [.paragraph([.math("x^2")])]),
    ("пусть \\(a_i\\), тогда", [.paragraph([.text("пусть "), .math("a_i"), .text(", тогда")])]),
    ("costs $5 and $10", [.paragraph([.text("costs $5 and $10")])]),
    ("от $5 до 10$ за штуку", [.paragraph([.text("от $5 до 10$ за штуку")])]),
    ("$HOME/$USER и $20/$30", [.paragraph([.text("$HOME/$USER и $20/$30")])]),
    ("`$x$` `\\(y\\)`", [.paragraph([.code("$x$"), .text(" "), .code("\\(y\\)")])]),
    ("\\[не ссылка\\]", [.paragraph([.text("[не ссылка]")])]),
    (
      "итог:\n\\[\n- a + b\n= c\n\\]\nвсё",
      [
        .paragraph([.text("итог:")]), .math("- a + b\n= c"), .paragraph([.text("всё")]),
      ]
    ),
    ("$$\n\\frac{1}{2}\n$$", [.math("\\frac{1}{2}")]),
    (
      "- a \\[x=1\\]\n- b",
      [
        .list(
          Document.List(
            start: nil,
            items: [
              Document.Item(blocks: [.paragraph([.text("a")]), .math("x=1")]),
              Document.Item(blocks: [.paragraph([.text("b")])]),
            ]))
      ]
    ),
    ("# \\[E=mc^2\\]", [.heading(level: 1, [.math("E=mc^2")])]),
    ("```\n\\(x^2\\) $y_1$\n```", [.code(language: nil, "\\(x^2\\) $y_1$")]),
    ("**\\(x_1\\)**", [.paragraph([.styled(.bold, [.math("x_1")])])]),
    ("\\(не закрыта", [.paragraph([.text("(не закрыта")])]),
  ]

  @Test(arguments: formulas)
  func formula(example: Example) { #expect(blocks(example.markdown) == example.blocks) }

  private static let structures: [Example] = [
    ("## Заголовок", [.heading(level: 2, [.text("Заголовок")])]),
    ("a\n\n---\n\nb", [.paragraph([.text("a")]), .divider, .paragraph([.text("b")])]),
    ("```swift\nlet a = 1\n\n\tb\n```", [.code(language: "swift", "let a = 1\n\n    b")]),
    ("> a\n> > b", [.quote([.paragraph([.text("a")]), .quote([.paragraph([.text("b")])])])]),
    (
      "3. a\n4. b",
      [
        .list(
          Document.List(
            start: 3,
            items: ["a", "b"].map { Document.Item(blocks: [.paragraph([.text($0)])]) }))
      ]
    ),
    (
      "- [x] да\n- [ ] нет\n-",
      [
        .list(
          Document.List(
            start: nil,
            items: [
              Document.Item(checked: true, blocks: [.paragraph([.text("да")])]),
              Document.Item(checked: false, blocks: [.paragraph([.text("нет")])]),
            ]))
      ]
    ),
    (
      "| a | b |\n|:-:|--:|\n| `x\\|y` | **2** |\n| $|x|$ |",
      [
        .table(
          Document.Table(
            alignments: [.center, .right], header: [[.text("a")], [.text("b")]],
            rows: [
              [[.code("x|y")], [.styled(.bold, [.text("2")])]], [[.math("|x|")], []],
            ]))
      ]
    ),
    (
      "<div>\n\n*a*\n\n</div>",
      [
        .paragraph([.text("<div>")]), .paragraph([.styled(.italic, [.text("a")])]),
        .paragraph([.text("</div>")]),
      ]
    ),
    ("", []), (" \n\t\n", []),
  ]

  @Test(arguments: structures)
  func structure(example: Example) { #expect(blocks(example.markdown) == example.blocks) }

  @Test func tooDeepNestingKeepsItsText() {
    let words = (0..<40).map { "слово\($0)" }
    let nested = words.enumerated().map { String(repeating: "  ", count: $0) + "- " + $1 }
      .joined(separator: "\n")
    let parsed = blocks(nested)
    #expect(depth(parsed) <= 16)
    for word in words { #expect(ink(Document(parsed)).contains(word)) }
  }
}
