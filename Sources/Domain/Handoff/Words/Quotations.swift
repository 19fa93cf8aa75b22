/// What in a text are somebody else's words: quotation marks, reply lines, code, addresses.
enum Quotations {
  /// The spans, ascending and apart from each other.
  ///
  /// A quotation of a single word is not one: people put irony into quotation marks.
  static func spans(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var index = 0
    var atLineStart = true
    let lastClosing = closingPositions(in: scalars)
    while index < scalars.count {
      let scalar = scalars[index]
      if let end = end(at: index, scalar, atLineStart, in: scalars, before: lastClosing) {
        spans.append(index..<end)
        index = end
        atLineStart = end > 0 && scalars[end - 1] == "\n"
        continue
      }
      atLineStart = scalar == "\n" || (atLineStart && scalar == " ")
      index += 1
    }
    return spans
  }

  private static let closing: [Unicode.Scalar: [Unicode.Scalar]] = [
    "«": ["»"], "“": ["”"], "„": ["“", "”"], "\"": ["\""], "`": ["`"],
  ]

  /// The last place of each closing mark: behind it no search for the mark starts, so that the
  /// whole stays linear.
  private static func closingPositions(in scalars: [Unicode.Scalar]) -> [Unicode.Scalar: Int] {
    var result: [Unicode.Scalar: Int] = [:]
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "»", "”", "“", "\"", "`": result[scalar] = index
      default: break
      }
    }
    return result
  }

  private static func end(
    at index: Int, _ scalar: Unicode.Scalar, _ atLineStart: Bool, in scalars: [Unicode.Scalar],
    before last: [Unicode.Scalar: Int]
  ) -> Int? {
    if scalar == ">" && atLineStart {
      let end = scalars[index...].firstIndex(of: "\n")
      return end.map { $0 + 1 } ?? scalars.count
    }
    if scalar == ":" && scalars[index...].starts(with: "://".unicodeScalars) {
      return scalars[index...].firstIndex { $0 == " " || $0 == "\n" } ?? scalars.count
    }
    guard let marks = closing[scalar],
      marks.contains(where: { (last[$0] ?? -1) > index }),
      let end = scalars[(index + 1)...].firstIndex(where: marks.contains)
    else { return nil }
    let inner = scalars[(index + 1)..<end]
    let isOneWord = !inner.contains(" ") && !inner.contains("\n") && scalar != "`"
    return isOneWord ? nil : end + 1
  }
}
