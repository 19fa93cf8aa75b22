/// The last line of defence: takes tokens out of a text that should never have held one.
enum Redaction {
  /// The text with every bot token and every key in OpenAI's or Groq's form replaced by `***`.
  static func redact(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count > 12,
      bytes.contains(where: { $0 == colon || $0 == hyphen || $0 == underscore })
    else { return text }
    var clean: [UInt8] = []
    var index = 0
    var found = false
    while index < bytes.count {
      if let end = endOfToken(bytes, from: index) {
        clean += "***".utf8
        index = end
        found = true
      } else {
        clean.append(bytes[index])
        index += 1
      }
    }
    return found ? String(decoding: clean, as: UTF8.self) : text
  }

  private static let colon = UInt8(ascii: ":")
  private static let hyphen = UInt8(ascii: "-")
  private static let underscore = UInt8(ascii: "_")

  /// The index behind the token that begins here; nil when none does.
  private static func endOfToken(_ bytes: [UInt8], from start: Int) -> Int? {
    switch bytes[start] {
    case UInt8(ascii: "b"): endOfBotToken(bytes, from: start, prefix: "bot", shortest: 1)
    case UInt8(ascii: "s"): endOfKey(bytes, from: start, prefix: "sk-")
    case UInt8(ascii: "g"): endOfKey(bytes, from: start, prefix: "gsk_")
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      start > 0 && isWord(bytes[start - 1])
        ? nil : endOfBotToken(bytes, from: start, prefix: "", shortest: 20)
    default: nil
    }
  }

  /// `bot123:abc` as in addresses of the Bot API, or a bare token.
  private static func endOfBotToken(
    _ bytes: [UInt8], from start: Int, prefix: StaticString, shortest: Int
  ) -> Int? {
    guard var index = skip(prefix, bytes, start) else { return nil }
    let id = index
    while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
      index += 1
    }
    guard index > id, index < bytes.count, bytes[index] == colon else { return nil }
    return endOfWord(bytes, from: index + 1, shortest: shortest)
  }

  private static func endOfKey(
    _ bytes: [UInt8], from start: Int, prefix: StaticString
  ) -> Int? {
    guard start == 0 || !isWord(bytes[start - 1]), let index = skip(prefix, bytes, start) else {
      return nil
    }
    return endOfWord(bytes, from: index, shortest: 12)
  }

  private static func skip(_ prefix: StaticString, _ bytes: [UInt8], _ start: Int) -> Int? {
    let prefix = Array(prefix.description.utf8)
    return bytes[start...].starts(with: prefix) ? start + prefix.count : nil
  }

  private static func endOfWord(_ bytes: [UInt8], from start: Int, shortest: Int) -> Int? {
    var end = start
    while end < bytes.count, isWord(bytes[end]) || bytes[end] == hyphen { end += 1 }
    return end - start >= shortest ? end : nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), underscore:
      true
    default: false
    }
  }
}
