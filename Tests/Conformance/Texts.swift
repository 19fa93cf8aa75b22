/// Answers that a model may give, with whatever is hard to send.
enum Texts {
  /// Every kind of block and of inline formatting that is understood.
  static let everything = #"""
    # Title with **bold** and `code`

    Plain, **bold**, *italic*, ***both***, ~~struck~~, `inline`, [link](https://example.org/?a=1&b=2),
    a formula $a^2 + b^2 = c^2$, an emoji 👩‍👩‍👧‍👦 and Кириллица.

    ## A table

    | Left | Centre | Right |
    |:-----|:------:|------:|
    | a    | **b**  | `c`   |
    |      | $x$    | ~~d~~ |

    ---

    1. one
    2. two
       - nested
       - [x] done
       - [ ] open
         > quoted in a list
    3. three

    > A quotation
    >
    > > within another, with `code`

    ```swift
    let answer = "<b>&amp;</b>"  // 42
    ```

    $$\int_0^1 x^2\,dx = \frac{1}{3}$$

    ###### The smallest heading
    """#

  /// Texts, each with a trouble of its own.
  static let troubles: [String] = [
    // Raw HTML, addresses of many kinds, things that look like entities.
    "<script>alert(1)</script> <b>raw</b> &lt; [a](javascript:alert(1)) [b](tg://user?id=1) [c](/x)"
      + " [d]() <https://example.org> mailto:a@b.c @someone #tag /command $USD +1 212 555 0100",
    // What is not closed.
    "**bold and *italic and `code\n\n```python\nprint('no end')\n\n| a | b |\n|---|",
    // Characters outside the basic plane at every border of an entity.
    "𝔘**𝔘𝔫𝔦**𝔠 👨‍👩‍👧‍👦*🇺🇦🇰🇿*`😀`~~🏴󠁧󠁢󠁥󠁮󠁧󠁿~~ עברית **עִבְרִית** العربية e\u{301}**e\u{301}**\u{200B}\u{FEFF}\u{202E}x",
    // More columns than a table of Telegram can have.
    "| " + (1...30).map { "c\($0)" }.joined(separator: " | ") + " |\n|"
      + String(repeating: "---|", count: 30) + "\n| "
      + (1...30).map(String.init).joined(separator: " | ") + " |",
    // Deeper than a rich message may be.
    (0..<25).map { String(repeating: "  ", count: $0) + "- level \($0)" }.joined(separator: "\n"),
    (1...25).map { String(repeating: "> ", count: $0) + "quote \($0)" }.joined(separator: "\n"),
    // More blocks than a rich message may have.
    (1...700).map { "- item **\($0)**" }.joined(separator: "\n"),
    // Longer than a rich message, and than a text.
    "# Long\n\n```\n" + String(repeating: "0123456789 🙂 код\n", count: 2_500) + "```\nend",
    String(repeating: "слово ", count: 3_000),
    String(repeating: "**жирно** и *косо* ", count: 400),
    // Empty parts.
    "# \n\n- \n- [ ] \n\n> \n\n| | |\n|-|-|\n| | |\n\n```\n```\n\n$$\n\n$$\n\nlast",
  ]
}
