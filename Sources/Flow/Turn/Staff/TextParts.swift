internal import Gateways

/// Texts within Telegram's limit for one message.
enum TextParts {
  /// The most that a message of text may be, in Unicode scalars.
  static let limit = 4_096

  /// A text with a shorter one before it; its formatting moves along.
  static func prefixed(_ prefix: String, _ text: FormattedText) -> FormattedText {
    let shift = prefix.utf16.count
    return FormattedText(
      prefix + text.text,
      entities: text.entities.map { .init($0.kind, offset: $0.offset + shift, length: $0.length) })
  }

  /// A text as messages of at most the limit, cut at lines or words where there are any. A text that
  /// must be cut goes without its formatting.
  static func split(_ text: FormattedText) -> [FormattedText] {
    guard text.text.unicodeScalars.count > limit else { return [text] }
    var parts: [FormattedText] = []
    var rest = text.text[...]
    while rest.unicodeScalars.count > limit {
      let end = rest.unicodeScalars.index(rest.startIndex, offsetBy: limit)
      let head = rest[..<end]
      let cut =
        head.lastIndex(where: \.isNewline) ?? head.lastIndex(where: \.isWhitespace)
        ?? rest.index(before: rest.index(end, offsetBy: 0, limitedBy: rest.endIndex) ?? end)
      let boundary = cut > rest.startIndex ? cut : end
      parts.append(FormattedText(String(rest[..<boundary])))
      rest = rest[boundary...].drop(while: \.isWhitespace)
    }
    if !rest.isEmpty { parts.append(FormattedText(String(rest))) }
    return parts
  }
}
