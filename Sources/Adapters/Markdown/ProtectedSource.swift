/// Markdown made ready for the parser: formulas and bare addresses are replaced by marks.
///
/// md4c 0.4.8 does not know `\(…\)` and `\[…\]`, takes «costs $5 and $10» for a formula, and finds
/// emphasis inside addresses and tables inside formulas. So both are taken out before it looks:
/// each becomes a mark of ``markStart``, its number and ``markEnd``, which parses as a word. Where
/// the parser then finds a mark inside code or a link's address, the mark turns back into its
/// source, so a disagreement about what is code costs nothing.
///
/// One pass; no byte is looked at more often than a small constant.
struct ProtectedSource {
  /// What a mark stands for.
  enum Piece {
    case math(source: ArraySlice<UInt8>, latex: String, isDisplay: Bool)
    case address(ArraySlice<UInt8>)

    /// The Markdown that the mark replaced.
    var source: ArraySlice<UInt8> {
      switch self {
      case .math(let source, _, _): source
      case .address(let source): source
      }
    }
  }

  // Control characters of the input become spaces first, so these two cannot occur in it.
  static let markStart: UInt8 = 0x0E
  static let markEnd: UInt8 = 0x0F

  /// The prepared bytes: no control characters but line feeds, tabs and the marks; the last byte
  /// is a line feed.
  private(set) var bytes: [UInt8] = []
  /// What the marks stand for, by number.
  private(set) var pieces: [Piece] = []

  private let source: [UInt8]
  private var position = 0
  /// Everything before this position of the source is in `bytes`.
  private var copied = 0
  private var paragraphEnd = 0
  private var isInQuote = false
  private var fence: Fence?
  private var exhausted = Exhausted()

  /// Prepares a source.
  init(_ raw: [UInt8]) {
    source = raw.withoutControls()
    bytes.reserveCapacity(source.count + 64)
    while position < source.count { readLine() }
    copy(through: source.count)
    if bytes.last != 0x0A { bytes.append(0x0A) }
  }

  private mutating func readLine() {
    let end = source.lineEnd(from: position)
    if let open = fence {
      let (ends, isClosing) = open.ends(at: source, from: position, to: end)
      if ends { fence = nil }
      if !ends || isClosing {
        position = end + 1
        return
      }
    }
    let prefix = LinePrefix(source, from: position, to: end)
    if let opened = Fence(opening: source, prefix, to: end) {
      fence = opened
      position = end + 1
      return
    }
    if prefix.contentStart < end, source.isShortTableRule(from: prefix.contentStart, to: end) {
      copyTableRule(to: end)
      return
    }
    if let tooDeep = prefix.tooDeep, !isDivider(from: position, to: end) { escape(tooDeep) }
    isInQuote = prefix.isQuoted
    if prefix.contentStart >= paragraphEnd { paragraphEnd = endOfParagraph(from: end) }
    position = max(prefix.contentStart, position)
    readInlines()
  }

  /// Reads to the end of a line, or beyond when a code span or a formula goes on.
  private mutating func readInlines() {
    while position < source.count {
      switch source[position] {
      case 0x0A:
        position += 1
        return
      case UInt8(ascii: "\\"): readBackslash()
      case UInt8(ascii: "`"): readBackticks()
      case UInt8(ascii: "$"): readDollar()
      case UInt8(ascii: "h"): readAddress()
      default: position += 1
      }
    }
  }

  private mutating func readBackslash() {
    let next = position + 1
    guard next < source.count, source[next] != 0x0A else {
      position = next
      return
    }
    let found =
      switch source[next] {
      case UInt8(ascii: "("): closing(.parenthesis)
      case UInt8(ascii: "["): closing(.bracket)
      default: Int?.none
      }
    guard let found, MathGuess.isLikely(source[(position + 2)..<found], isDelimited: true) else {
      position += 2
      return
    }
    protectMath(
      content: (position + 2)..<found, end: found + 2, isDisplay: source[next] == UInt8(ascii: "["))
  }

  private mutating func readDollar() {
    let run = source.run(of: UInt8(ascii: "$"), from: position, before: source.count)
    if run == 2, let found = closing(.dollars),
      MathGuess.isLikely(source[(position + 2)..<found], isDelimited: true)
    {
      protectMath(content: (position + 2)..<found, end: found + 2, isDisplay: true)
    } else if run == 1, let found = closingDollar() {
      protectMath(content: (position + 1)..<found, end: found + 1, isDisplay: false)
    } else {
      position += run
    }
  }

  private mutating func readBackticks() {
    let run = source.run(of: UInt8(ascii: "`"), from: position, before: source.count)
    position += run
    guard run <= Exhausted.longestRun, !exhausted.has(backticks: run, until: paragraphEnd) else {
      return
    }
    var next = position
    while next < paragraphEnd {
      guard source[next] == UInt8(ascii: "`") else {
        next += 1
        continue
      }
      let other = source.run(of: UInt8(ascii: "`"), from: next, before: paragraphEnd)
      next += other
      if other == run {
        position = next
        return
      }
    }
    exhausted.note(backticks: run, until: paragraphEnd)
  }

  private mutating func readAddress() {
    guard
      source.has("http://", at: position, before: source.count)
        || source.has("https://", at: position, before: source.count),
      position == 0 || !isLinkSyntax(before: position),
      let end = LinkAddress.end(ofBare: source, from: position)
    else {
      position += 1
      return
    }
    protect(.address(source[position..<end]), end: end)
  }

  /// Whether the parser itself reads the address that follows, `<…>` and `[…](…)`, or it is a part
  /// of a longer word.
  private func isLinkSyntax(before position: Int) -> Bool {
    let byte = source[position - 1]
    if byte.isAlphanumeric || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "<") { return true }
    return byte == UInt8(ascii: "(") && position >= 2 && source[position - 2] == UInt8(ascii: "]")
  }

  // MARK: Closing marks

  private enum Delimiter: Int { case parenthesis, bracket, dollars }

  /// Where the formula that opens at `position` closes, at the closing mark's first byte.
  private mutating func closing(_ delimiter: Delimiter) -> Int? {
    let limit = isInQuote ? source.lineEnd(from: position) : paragraphEnd
    guard !exhausted.has(delimiter.rawValue, until: limit) else { return nil }
    var next = position + 2
    while next + 1 < limit {
      switch (delimiter, source[next], source[next + 1]) {
      case (.parenthesis, UInt8(ascii: "\\"), UInt8(ascii: ")")),
        (.bracket, UInt8(ascii: "\\"), UInt8(ascii: "]")),
        (.dollars, UInt8(ascii: "$"), UInt8(ascii: "$")):
        return next
      case (.parenthesis, UInt8(ascii: "\\"), UInt8(ascii: "(")),
        (.bracket, UInt8(ascii: "\\"), UInt8(ascii: "[")):
        return nil
      case (_, UInt8(ascii: "\\"), _): next += 2
      default: next += 1
      }
    }
    exhausted.note(delimiter.rawValue, until: limit)
    return nil
  }

  /// Where an inline `$` formula closes: pandoc's rule, on one line, and only what looks like one.
  private func closingDollar() -> Int? {
    let start = position + 1
    if position > 0, source[position - 1].isWordlike { return nil }
    guard start < source.count, !source[start].isSpace else { return nil }
    var next = start
    while next < source.count, source[next] != UInt8(ascii: "$"), source[next] != 0x0A {
      next += source[next] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard next < source.count, source[next] == UInt8(ascii: "$"), next > start,
      !source[next - 1].isSpace,
      next + 1 == source.count
        || !source[next + 1].isAlphanumeric && source[next + 1] != UInt8(ascii: "$"),
      MathGuess.isLikely(source[start..<next], isDelimited: false)
    else { return nil }
    return next
  }

  private func endOfParagraph(from lineEnd: Int) -> Int {
    var end = lineEnd
    while end < source.count {
      let next = source.lineEnd(from: end + 1)
      let line = min(end + 1, source.count)..<next
      if source[line].allSatisfy({ $0.isBlank || $0 == UInt8(ascii: ">") }) { return end }
      end = next
    }
    return source.count
  }

  private func isDivider(from start: Int, to end: Int) -> Bool {
    source[start..<end].allSatisfy { byte in
      byte.isBlank || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*")
    }
  }

  // MARK: Tables

  /// Copies a table's rule with two dashes more in each cell.
  private mutating func copyTableRule(to end: Int) {
    while position < end {
      if source[position] == UInt8(ascii: "-") {
        copy(through: position)
        bytes.append(contentsOf: [UInt8(ascii: "-"), UInt8(ascii: "-")])
        position += source.run(of: UInt8(ascii: "-"), from: position, before: end)
      } else {
        position += 1
      }
    }
    position = end + 1
  }

  // MARK: Output

  private mutating func protectMath(content: Range<Int>, end: Int, isDisplay: Bool) {
    let latex = String(decoding: source[content].trimmed(), as: UTF8.self)
    protect(
      .math(source: source[position..<end], latex: latex, isDisplay: isDisplay), end: end)
  }

  private mutating func protect(_ piece: Piece, end: Int) {
    copy(through: position)
    bytes.append(Self.markStart)
    bytes.append(contentsOf: String(pieces.count).utf8)
    bytes.append(Self.markEnd)
    pieces.append(piece)
    position = end
    copied = end
  }

  private mutating func escape(_ mark: Int) {
    // A number's mark is its dot; a bullet's and a quote's is the first byte.
    let spot = mark + source[mark...].prefix { $0.isDigit }.count
    copy(through: spot)
    bytes.append(UInt8(ascii: "\\"))
  }

  private mutating func copy(through end: Int) {
    bytes.append(contentsOf: source[copied..<end])
    copied = end
  }
}

/// Which closing marks are known not to come before a position, so that nobody looks again.
private struct Exhausted {
  /// Longer runs of backticks are not taken for code spans.
  static let longestRun = 32

  private var delimiters = [0, 0, 0]
  private var backticks = [Int](repeating: 0, count: longestRun + 1)

  func has(_ delimiter: Int, until end: Int) -> Bool { delimiters[delimiter] >= end }
  mutating func note(_ delimiter: Int, until end: Int) { delimiters[delimiter] = end }
  func has(backticks run: Int, until end: Int) -> Bool { backticks[run] >= end }
  mutating func note(backticks run: Int, until end: Int) { backticks[run] = end }
}
