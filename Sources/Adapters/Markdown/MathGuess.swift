/// Tells formulas from prices and from escaped brackets.
enum MathGuess {
  /// The longest formula, in bytes; TeX longer than this is no formula for a chat.
  private static let longest = 4096

  /// Whether the text between two marks is a formula. A single dollar is more often a price, so
  /// less is taken for a formula unless it `isDelimited`: by `\(`, `\[` or `$$`.
  static func isLikely(_ content: ArraySlice<UInt8>, isDelimited: Bool) -> Bool {
    guard !content.isEmpty, content.count <= longest else { return false }
    var seen = Evidence()
    for byte in content { seen.read(byte) }
    seen.endWord()
    if !seen.hasInk || seen.backticks > 0 { return false }
    if seen.hasCommand || isDelimited && seen.hasEquation { return true }
    if seen.hasProse { return false }
    if isDelimited { return seen.longestWord < 4 }
    return seen.longestWord < 3 && (!seen.hasGap || seen.hasOperator)
  }

  private struct Evidence {
    var hasInk = false
    var hasGap = false
    var hasCommand = false
    var hasEquation = false
    var hasOperator = false
    var hasProse = false
    var backticks = 0
    var longestWord = 0
    private var word = 0

    mutating func read(_ byte: UInt8) {
      if byte.isLetter {
        word += 1
        hasInk = true
        return
      }
      endWord()
      if byte.isSpace {
        hasGap = true
        return
      }
      hasInk = true
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "_"): hasCommand = true
      case UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"):
        hasEquation = true
        hasOperator = true
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"),
        UInt8(ascii: "("), UInt8(ascii: "|"), UInt8(ascii: ","):
        hasOperator = true
      case UInt8(ascii: "`"): backticks += 1
      // The lead bytes of Cyrillic.
      case 0xD0...0xD3: hasProse = true
      default: break
      }
    }

    mutating func endWord() {
      longestWord = max(longestWord, word)
      word = 0
    }
  }
}
