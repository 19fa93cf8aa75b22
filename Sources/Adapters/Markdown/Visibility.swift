internal import Gateways

extension String {
  /// Whether Telegram finds anything in it: a text of spaces and invisible characters is empty.
  var hasVisible: Bool {
    unicodeScalars.contains { scalar in
      if scalar.value < 0x7F { return scalar.value > 0x20 }
      if scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint {
        return false
      }
      switch scalar.properties.generalCategory {
      case .format, .control: return false
      default: return scalar.value != 0x2800
      }
    }
  }
}

extension Array where Element == Document.Inline {
  /// Whether any of their text is visible.
  var hasVisible: Bool {
    contains { inline in
      switch inline {
      case .text(let text), .code(let text), .math(let text): text.hasVisible
      case .styled(_, let inner), .link(_, let inner): inner.hasVisible
      case .lineBreak: false
      }
    }
  }
}
