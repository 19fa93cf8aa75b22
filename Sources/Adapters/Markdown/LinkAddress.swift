/// Which addresses a model may link to.
enum LinkAddress {
  /// The longest address that becomes a link, in bytes. Of a longer one only the label is kept: a
  /// reference that is used again and again would make a long answer of a short one.
  static let longest = 2048

  /// Whether an address is absolute, well-formed and of a harmless kind: http, https, mailto, tel
  /// or tg. A web host needs a dot, as Telegram drops links to others.
  static func isAllowed(_ address: String) -> Bool {
    guard address.utf8.count <= longest else { return false }
    let bytes = Array(address.utf8)
    guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return false }
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let rest = bytes[(colon + 1)...]
    switch address.prefix(while: { $0 != ":" }).lowercased() {
    case "http", "https": return isWeb(rest)
    case "mailto":
      let at = rest.firstIndex(of: UInt8(ascii: "@"))
      return at.map { $0 > rest.startIndex && rest[$0...].contains(UInt8(ascii: ".")) } ?? false
    case "tel":
      return rest.contains(where: \.isDigit)
        && rest.allSatisfy { $0.isDigit || "+-().".utf8.contains($0) }
    case "tg": return rest.count > 2 && rest.starts(with: "//".utf8)
    default: return false
    }
  }

  /// Whether an address is of the web, allowed or not.
  static func isWeb(_ address: String) -> Bool {
    address.hasPrefix("http://") || address.hasPrefix("https://")
  }

  /// What of an address a reader needs beside a label, where the label cannot be a link: the
  /// address without `mailto:` or `tel:`.
  static func readable(_ address: String) -> String {
    for scheme in ["mailto:", "tel:"] where address.lowercased().hasPrefix(scheme) {
      return String(address.dropFirst(scheme.count))
    }
    return address
  }

  /// Where a bare http(s) address that begins at `start` ends; nil when it is none.
  static func end(ofBare bytes: [UInt8], from start: Int) -> Int? {
    var end = start
    var depth = 0
    while end < bytes.count, end - start <= longest, isPart(bytes, at: end) {
      if bytes[end] == UInt8(ascii: "(") { depth += 1 }
      if bytes[end] == UInt8(ascii: ")") {
        if depth == 0 { break }
        depth -= 1
      }
      end += 1
    }
    while end > start, ".,:;!?'*_~)".utf8.contains(bytes[end - 1]) {
      // A parenthesis that the address opened itself belongs to it.
      if bytes[end - 1] == UInt8(ascii: ")"), depth == 0 { break }
      end -= 1
    }
    return isAllowed(String(decoding: bytes[start..<end], as: UTF8.self)) ? end : nil
  }

  private static func isPart(_ bytes: [UInt8], at position: Int) -> Bool {
    switch bytes[position] {
    case 0...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      return false
    // No-break space, and the quotation marks « and ».
    case 0xC2:
      guard position + 1 < bytes.count else { return false }
      return ![0xA0, 0xAB, 0xBB].contains(bytes[position + 1])
    // General punctuation: dashes, curly quotes, the ellipsis.
    case 0xE2: return position + 1 < bytes.count && bytes[position + 1] != 0x80
    // CJK and full-width punctuation and spaces.
    case 0xE3: return position + 1 < bytes.count && bytes[position + 1] != 0x80
    case 0xEF: return position + 1 < bytes.count && bytes[position + 1] != 0xBC
    default: return true
    }
  }

  private static func isWeb(_ rest: ArraySlice<UInt8>) -> Bool {
    guard rest.starts(with: "//".utf8) else { return false }
    let authority = rest.dropFirst(2).prefix { !"/?#\\".utf8.contains($0) }
    // What stands before an @ would pose as the host: such links are only used to deceive.
    if authority.contains(UInt8(ascii: "@")) { return false }
    let host = authority.prefix { $0 != UInt8(ascii: ":") }
    let port = authority.dropFirst(host.count)
    guard port.isEmpty || port.dropFirst().allSatisfy(\.isDigit) else { return false }
    guard let dot = host.firstIndex(of: UInt8(ascii: ".")), dot > host.startIndex,
      host.last != UInt8(ascii: ".")
    else { return false }
    return host.allSatisfy { $0.isWordlike || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  }
}
