/// What stands at the start of a line before its content: indentation, quote marks, list marks.
struct LinePrefix {
  /// Where the content begins.
  var contentStart: Int
  /// How many quote and list marks precede it.
  var marks = 0
  /// Whether one of them is a quote mark.
  var isQuoted = false
  /// The position of the first mark beyond ``deepest``, if there are so many.
  var tooDeep: Int?

  /// More marks on one line than this are text: each level of nesting costs the parser time on
  /// every following line.
  static let deepest = 32

  /// Reads the prefix of the line from `start` to `end`.
  init(_ bytes: [UInt8], from start: Int, to end: Int) {
    var position = start
    contentStart = start
    while position < end {
      if bytes[position].isBlank {
        position += 1
        continue
      }
      contentStart = position
      guard let length = Self.markLength(bytes, at: position, to: end) else { return }
      if marks == Self.deepest {
        tooDeep = position
        return
      }
      marks += 1
      if bytes[position] == UInt8(ascii: ">") { isQuoted = true }
      position += length
      contentStart = position
    }
    contentStart = end
  }

  private static func markLength(_ bytes: [UInt8], at position: Int, to end: Int) -> Int? {
    switch bytes[position] {
    case UInt8(ascii: ">"): return 1
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
      return position + 1 >= end || bytes[position + 1].isBlank ? 1 : nil
    case let byte where byte.isDigit:
      var next = position
      while next < end, next - position < 9, bytes[next].isDigit { next += 1 }
      guard next < end, bytes[next] == UInt8(ascii: ".") || bytes[next] == UInt8(ascii: ")") else {
        return nil
      }
      return next + 1 >= end || bytes[next + 1].isBlank ? next + 1 - position : nil
    default: return nil
    }
  }
}

/// An open code fence.
struct Fence {
  /// A backtick or a tilde.
  var mark: UInt8
  /// How many marks opened it.
  var length: Int
  /// Whether it stands in a quote, and so ends with it.
  var isQuoted: Bool

  /// The fence that a line opens.
  init?(opening bytes: [UInt8], _ prefix: LinePrefix, to end: Int) {
    guard prefix.contentStart < end else { return nil }
    mark = bytes[prefix.contentStart]
    guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
    length = bytes.run(of: mark, from: prefix.contentStart, before: end)
    guard length >= 3 else { return nil }
    // The info string of a backtick fence has no backticks, else it is a code span.
    if mark == UInt8(ascii: "`"), bytes[(prefix.contentStart + length)..<end].contains(mark) {
      return nil
    }
    isQuoted = prefix.isQuoted
  }

  /// Whether a line ends the fence, as its closing line or by leaving the quote.
  func ends(at bytes: [UInt8], from start: Int, to end: Int) -> (ends: Bool, isClosing: Bool) {
    var position = start
    var quoted = false
    while position < end,
      bytes[position].isBlank || (isQuoted && bytes[position] == UInt8(ascii: ">"))
    {
      quoted = quoted || bytes[position] == UInt8(ascii: ">")
      position += 1
    }
    if isQuoted, !quoted { return (true, false) }
    let run = bytes.run(of: mark, from: position, before: end)
    guard run >= length else { return (false, false) }
    let closes = bytes[(position + run)..<end].allSatisfy(\.isBlank)
    return (closes, closes)
  }
}
