import Gateways
import Testing

@testable import Markdown

@Suite struct PreviewTests {
  private static let halfOpen: [(String, String)] = [
    ("Привет, **ми", "Привет, ми"), ("Привет, **мир*", "Привет, мир"), ("a **", "a"),
    ("**a _b", "a b"), ("`let x", "let x"), ("``a`b", "a`b"), ("~~нет", "нет"),
    ("см. [сайт", "см. сайт"), ("см. [сайт](https://a.", "см. сайт"), ("![кот](htt", "кот"),
    ("Вот:\n-", "Вот:"), ("Вот:\n- ", "Вот:"), ("Вот:\n1", "Вот:"), ("Вот:\n1.", "Вот:"),
    ("Вот:\n#", "Вот:"), ("Вот:\n\n``", "Вот:"), ("Вот:\n\n```sw", "Вот:"),
    ("Вот:\n\n| a | b", "Вот:"), ("Вот:\n\n| a | b |\n|--", "Вот:"),
    ("Итог \\(x^", "Итог"), ("Итог:\n\\[\n x", "Итог:"), ("Итог:\n$$x", "Итог:"),
    ("a * b", "a * b"), ("2 < 3", "2 < 3"), ("снег_на_", "снег_на"), ("a\\*b", "a*b"), ("", "…"),
    (" ", "…"),
  ]

  @Test(arguments: halfOpen)
  func closes(markdown: String, text: String) {
    guard case .text(let preview) = format.preview(markdown) else {
      Issue.record("not a text: \(format.preview(markdown))")
      return
    }
    #expect(preview.text == text)
    #expect(faults(preview).isEmpty)
  }

  @Test(arguments: ["```swift\nlet a", "```swift\nlet a\n``", "```swift\nlet a\n```"])
  func closesFence(markdown: String) {
    #expect(format.preview(markdown) == .rich(Document([.code(language: "swift", "let a")])))
  }

  @Test func closedStylesAreStyled() {
    #expect(
      format.preview("a **b *c")
        == .text(
          FormattedText(
            "a b c",
            entities: [
              FormattedText.Entity(.bold, offset: 2, length: 3),
              FormattedText.Entity(.italic, offset: 4, length: 1),
            ])))
  }

  @Test func longTextShowsItsEnd() {
    let words = (0..<3000).map { "слово\($0)" }.joined(separator: " ")
    guard case .text(let preview) = format.preview(words) else { Issue.record("rich"); return }
    #expect(preview.text.hasPrefix("…слово"))
    #expect(preview.text.hasSuffix("слово2999"))
    #expect(preview.text.unicodeScalars.count > 3900)
    #expect(faults(preview).isEmpty)
  }

  @Test func longListShowsItsEnd() {
    let items = (0..<900).map { "- пункт \($0)" }.joined(separator: "\n\ntext\n\n")
    let preview = format.preview(items)
    guard case .rich(let document) = preview else { Issue.record("text"); return }
    #expect(document.blocks.first == .paragraph([.text("…")]))
    #expect(ink(document).hasSuffix("пункт899"))
    #expect(faults(preview).isEmpty)
  }

  /// Every prefix of a typical answer is a content that Telegram accepts, and shows no marks that
  /// the finished answer does not have.
  @Test func everyPrefixIsWellFormed() {
    let answer = """
      ## План **поездки**

      Вот *короткий* ответ с `кодом` и [ссылкой](https://a.b/c_d), цена $5:

      1. **Раз** — первое;
      2. два: \\(x^2 + y_1\\)
         - вложенный ~~пункт~~

      | имя | n |
      |-----|--:|
      | ёж | 5 |

      > цитата **важная**

      ```swift
      let a = [1, 2]  // **не** жирный
      ```

      \\[
      \\frac{a}{b}
      \\]
      Конец 👨‍👩‍👧.
      """
    var shown = ""
    for character in answer {
      shown.append(character)
      let preview = format.preview(shown)
      #expect(faults(preview).isEmpty, "\(shown.suffix(40))")
      let outsideCode = ink(preview).replacing("//**не**жирный", with: "")
      let marks = outsideCode.contains("**") && !outsideCode.contains("//")
      #expect(!marks, "\(shown.suffix(40))")
      #expect(!outsideCode.contains("]("), "\(shown.suffix(40))")
    }
  }
}
