internal import Gateways

/// The words of a text that stand around `{text}`, so that what stands there keeps its formatting.
struct Frame {
  private let before: String
  private let after: String

  /// Makes a frame of a text in which a NUL, which no text holds, stands for `{text}`.
  init(_ template: String) {
    let halves = template.split(
      separator: Self.mark, maxSplits: 1, omittingEmptySubsequences: false)
    before = halves.first.map(String.init) ?? ""
    after = halves.count > 1 ? String(halves[1]) : ""
  }

  static let mark = "\u{0}"

  /// The frame by itself, for what has no words.
  var alone: String {
    let line = (before + after).reversed().drop { $0.isWhitespace }.reversed()
    return line.isEmpty ? "💬" : String(line)
  }

  func around(_ words: FormattedText) -> FormattedText {
    guard !words.text.isEmpty else { return FormattedText(alone) }
    var text = words.prefixed(before)
    text.text += after
    return text
  }

  /// Words of any length; the end stands behind the last of them.
  func around(_ words: [FormattedText], _ format: AnswerFormat) -> [MessageContent] {
    var framed = words
    if framed.isEmpty { framed = [FormattedText("")] }
    if framed.count == 1 { return format.parts(around(framed[0])) }
    framed[0] = framed[0].prefixed(before)
    framed[framed.count - 1].text += after
    return framed.flatMap(format.parts)
  }
}
