/// What the scanners ask of a byte of UTF-8.
extension UInt8 {
  /// A space or a tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }
  /// A space, a tab or a line feed.
  var isSpace: Bool { isBlank || self == 0x0A }
  /// An ASCII digit.
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// An ASCII letter.
  var isLetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }
  /// An ASCII letter or digit, or a part of a character beyond ASCII.
  var isWordlike: Bool { isLetter || isDigit || self >= 0x80 }
  /// A letter or digit of ASCII.
  var isAlphanumeric: Bool { isLetter || isDigit }
}

extension Array where Element == UInt8 {
  /// Whether the bytes at a position spell an ASCII string.
  func has(_ prefix: StaticString, at position: Int, before end: Int) -> Bool {
    let length = prefix.utf8CodeUnitCount
    guard position + length <= end else { return false }
    return prefix.withUTF8Buffer { wanted in
      for offset in 0..<length where unsafe self[position + offset] != wanted[offset] {
        return false
      }
      return true
    }
  }

  /// How many times a byte repeats from a position on.
  func run(of byte: UInt8, from position: Int, before end: Int) -> Int {
    var next = position
    while next < end, self[next] == byte { next += 1 }
    return next - position
  }

  /// The position of the next line feed, or the end.
  func lineEnd(from position: Int) -> Int {
    var next = position
    while next < count, self[next] != 0x0A { next += 1 }
    return next
  }
}
