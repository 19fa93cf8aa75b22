extension Array where Element == UInt8 {
  /// Without carriage returns, and with spaces for the other control characters, as Telegram
  /// does with them; line feeds and tabs stay, for they mean something in Markdown.
  func withoutControls() -> [UInt8] {
    func isControl(_ byte: UInt8) -> Bool {
      byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F
    }
    guard contains(where: isControl) else { return self }
    return compactMap { byte in byte == 0x0D ? nil : isControl(byte) ? 0x20 : byte }
  }

  /// Whether a line of bars, dashes and colons below a line with bars has a cell of less than
  /// three characters. GitHub takes it for a table's rule, md4c 0.4.8 does not.
  func isShortTableRule(from start: Int, to end: Int) -> Bool {
    let bar = UInt8(ascii: "|")
    guard "|-:".utf8.contains(self[start]),
      self[start..<end].allSatisfy({ $0.isBlank || "|-:".utf8.contains($0) }),
      self[start..<end].contains(bar), self[start..<end].contains(UInt8(ascii: "-"))
    else { return false }
    let cells = self[start..<end].split(separator: bar)
    guard cells.contains(where: { (1..<3).contains($0.trimmed().count) }),
      let lineFeed = self[..<start].lastIndex(of: 0x0A)
    else { return false }
    return self[..<lineFeed].reversed().prefix { $0 != 0x0A }.contains(bar)
  }
}

extension ArraySlice where Element == UInt8 {
  /// Without spaces at both ends.
  func trimmed() -> ArraySlice<UInt8> {
    var slice = drop(while: \.isSpace)
    while let last = slice.last, last.isSpace { slice.removeLast() }
    return slice
  }
}
