// MARK: - Speakers and quotes

extension ContextBuilder {
  /// The text after its speaker's name. Its further lines are indented, so that none of them looks
  /// like the words of somebody else.
  static func named(_ text: String, _ speaker: Speaker) -> String {
    name(of: speaker) + ": " + lines(of: text).joined(separator: "\n  ")
  }

  /// A speaker's name, fit to stand before a colon.
  static func name(of speaker: Speaker) -> String {
    let name = clean(speaker.name)
    if !name.isEmpty { return name }
    return switch speaker.language {
    case .russian: "Участник"
    case .english: "Member"
    }
  }

  /// A name on one line, without what separates a name from its words, without invisible signs, and
  /// of bounded length.
  private static func clean(_ name: String) -> String {
    var clean = ""
    var count = 0
    for scalar in name.unicodeScalars.prefix(10 * nameLimit) where count < nameLimit {
      let separates =
        scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
        || scalar == ":" || scalar == "\u{FF1A}" || scalar == "\u{2236}"
      if separates {
        if !clean.isEmpty, !clean.hasSuffix(" ") { clean += " " }
      } else if scalar.properties.generalCategory != .format || scalar == "\u{200D}" {
        clean.unicodeScalars.append(scalar)
        count += 1
      }
    }
    if clean.hasSuffix(" ") { clean.removeLast() }
    return clean
  }

  /// The text as a quotation, bounded.
  static func quote(_ text: String) -> String {
    let start = text.unicodeScalars.prefix(quoteLimit)
    let isWhole = start.endIndex == text.unicodeScalars.endIndex
    return lines(of: String(start) + (isWhole ? "" : "…")).map { "> " + $0 }
      .joined(separator: "\n")
  }

  /// The lines of a text, by every sign that Unicode has for a line's end.
  private static func lines(of text: String) -> [Substring] {
    var lines: [Substring] = []
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    var index = start
    while index < scalars.endIndex {
      let end = index
      let scalar = scalars[index]
      scalars.formIndex(after: &index)
      switch scalar {
      case "\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}":
        if scalar == "\r", index < scalars.endIndex, scalars[index] == "\n" {
          scalars.formIndex(after: &index)
        }
        lines.append(text[start..<end])
        start = index
      default: break
      }
    }
    lines.append(text[start...])
    return lines
  }
}

// MARK: - Operators

extension ContextBuilder {
  /// What stands in the place of a question where an operator wrote first.
  static let operatorWroteFirst = "[nothing was asked yet]"

  /// What was said in reply, as the assistant's side tells it; nil for what it does not tell.
  static func reply(_ message: Message) -> String? {
    switch message.role {
    case .assistant: message.text.isEmpty ? nil : message.text
    case .operator(let person): message.text.isEmpty ? nil : said(message.text, by: person)
    case .mark(let mark): remark(mark)
    case .customer, .note, .suggestion: nil
    }
  }

  /// An operator's words after their name, in one form for every language. Further lines are
  /// indented, so that none of them looks like the assistant's.
  static func said(_ text: String, by person: Operator) -> String {
    let name = clean(person.name.filter { $0 != "[" && $0 != "]" })
    let title = name.isEmpty ? "[operator]: " : "[\(name), operator]: "
    return title + lines(of: text).joined(separator: "\n  ")
  }

  /// Who was called, came or left, so that a model does not take an old request for a new one.
  static func remark(_ mark: Message.Mark) -> String {
    switch mark {
    case .operatorRequested: "[a human operator was called; that request is settled]"
    case .operatorCame: "[a human operator answered from here on]"
    case .botCameBack: "[the operator left; the assistant answers again]"
    case .closed: "[the operator ended the conversation; that matter is closed]"
    }
  }
}
