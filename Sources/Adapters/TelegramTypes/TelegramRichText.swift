/// A formatted text inside a rich message: a string, an array of texts, or an object with a type.
package indirect enum TelegramRichText: Equatable, Sendable {
  case plain(String)
  case sequence([TelegramRichText])
  case styled(Style, TelegramRichText)
  /// A link.
  case url(String, TelegramRichText)
  /// A formula, in LaTeX.
  case mathematicalExpression(String)
  /// Any other type. Of its fields only the text is kept.
  case other(type: String, text: TelegramRichText?)

  /// The styles that Switchboard sends; each holds a text and nothing else.
  package enum Style: String, Sendable, CaseIterable {
    case bold, italic, underline, strikethrough, spoiler, code
  }

  /// The words without the formatting.
  package var plainText: String {
    switch self {
    case .plain(let text): text
    case .sequence(let parts): parts.map(\.plainText).joined()
    case .styled(_, let text), .url(_, let text): text.plainText
    case .mathematicalExpression(let expression): expression
    case .other(_, let text): text?.plainText ?? ""
    }
  }
}

extension TelegramRichText: Codable {
  private enum CodingKeys: String, CodingKey { case type, text, url, expression }

  package init(from decoder: any Decoder) throws {
    if let value = try? decoder.singleValueContainer(), let text = try? value.decode(String.self) {
      self = .plain(text)
      return
    }
    if var parts = try? decoder.unkeyedContainer() {
      var texts: [TelegramRichText] = []
      while !parts.isAtEnd { texts.append(try parts.decode(TelegramRichText.self)) }
      self = .sequence(texts)
      return
    }
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let type = try fields.decode(String.self, forKey: .type)
    switch type {
    case "url":
      self = .url(
        try fields.decode(String.self, forKey: .url),
        try fields.decode(TelegramRichText.self, forKey: .text))
    case "mathematical_expression":
      self = .mathematicalExpression(try fields.decode(String.self, forKey: .expression))
    default:
      if let style = Style(rawValue: type) {
        self = .styled(style, try fields.decode(TelegramRichText.self, forKey: .text))
      } else {
        self = .other(
          type: type, text: try fields.decodeIfPresent(TelegramRichText.self, forKey: .text))
      }
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .plain(let text):
      var value = encoder.singleValueContainer()
      try value.encode(text)
    case .sequence(let parts):
      var list = encoder.unkeyedContainer()
      for part in parts { try list.encode(part) }
    case .styled(let style, let text):
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(style.rawValue, forKey: .type)
      try fields.encode(text, forKey: .text)
    case .url(let url, let text):
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode("url", forKey: .type)
      try fields.encode(text, forKey: .text)
      try fields.encode(url, forKey: .url)
    case .mathematicalExpression(let expression):
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode("mathematical_expression", forKey: .type)
      try fields.encode(expression, forKey: .expression)
    case .other(let type, let text):
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(type, forKey: .type)
      try fields.encodeIfPresent(text, forKey: .text)
    }
  }
}
