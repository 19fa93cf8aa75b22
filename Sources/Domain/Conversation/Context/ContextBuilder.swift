/// Makes what the model is told from a transcript.
package struct ContextBuilder: Sendable {
  /// The most that is kept of a quoted message, in Unicode scalars.
  package static let quoteLimit = 1000
  /// The most that is kept of a speaker's name, in Unicode scalars.
  package static let nameLimit = 40

  /// Whether questions carry the names of their speakers, as in a group with one shared memory.
  package var namesSpeakers: Bool

  /// Makes a builder.
  package init(namesSpeakers: Bool) { self.namesSpeakers = namesSpeakers }

  /// Chooses what the model is told before it answers one question.
  ///
  /// The instructions and the question are always there. Of what was said before, the newest whole
  /// exchanges are kept that fit into the budget without a gap: a question together with its
  /// answer, which stands right after it even where another question came in between. Later
  /// questions, answers to them, and earlier answers to this question stay out. Turns of one side
  /// in a row become one, as some services want the sides to alternate.
  ///
  /// - Parameters:
  ///   - system: The instructions; when empty there is no such turn.
  ///   - transcript: What was said, by position.
  ///   - question: The position of the question.
  ///   - promptBudget: The most that all turns together may be, in tokens. After a refusal as too
  ///     long the caller builds again with a smaller one.
  ///   - estimator: Estimates tokens.
  /// - Returns: The turns, oldest first, or what stands in the way.
  package func build(
    system: String, transcript: [Message], question: Position, promptBudget: Int,
    estimator: TokenEstimator
  ) -> ContextPlan {
    var (exchanges, newest) = exchanges(of: transcript, before: question)
    guard let newest else { return .questionMissing }
    var raw = TokenEstimator.perRequest
    if !system.isEmpty { raw += cost(system) }
    let questionText = text(of: newest)
    raw += cost(questionText)
    guard estimator.tokens(raw: raw) <= promptBudget else { return .questionTooLong }

    // From the newest back, as long as the budget lasts.
    var turns = [ContextTurn(role: .user, text: questionText)]
    while let exchange = exchanges.last {
      let said = exchange.map {
        ContextTurn(role: $0.isQuestion ? .user : .assistant, text: text(of: $0))
      }
      let more = said.reduce(0) { $0 + cost($1.text) }
      guard estimator.tokens(raw: raw + more) <= promptBudget else { break }
      raw += more
      turns += said.reversed()
      exchanges.removeLast()
    }
    if !system.isEmpty { turns.append(ContextTurn(role: .system, text: system)) }
    return .fits(
      turns: merged(turns.reversed()), estimatedTokens: estimator.tokens(raw: raw),
      rawTokens: raw, trimmed: exchanges.count)
  }

  /// The exchanges before the question, oldest first, and the question itself. Answers whose
  /// question is gone are left out: the first turn must be a person's.
  private func exchanges(
    of transcript: [Message], before question: Position
  ) -> (earlier: [[Message]], newest: Message?) {
    var earlier: [[Message]] = []
    var places: [Position: Int] = [:]
    var newest: Message?
    for message in transcript where message.isQuestion {
      if message.position == question { newest = message }
      guard message.position < question else { continue }
      places[message.position] = earlier.count
      earlier.append([message])
    }
    for message in transcript {
      guard case .assistant(let answered, _) = message.role, let place = places[answered],
        !message.text.isEmpty
      else { continue }
      earlier[place].append(message)
    }
    return (earlier, newest)
  }

  private func cost(_ text: String) -> Int {
    TokenEstimator.rawTokens(text) + TokenEstimator.perTurn
  }

  private func text(of message: Message) -> String {
    guard case .customer(let speaker) = message.role else { return message.text }
    var text = message.text
    if namesSpeakers { text = Self.named(text, speaker) }
    guard let quoted = message.quoted, !quoted.isEmpty else { return text }
    return Self.quote(quoted) + "\n\n" + text
  }

  private func merged(_ turns: some Sequence<ContextTurn>) -> [ContextTurn] {
    var merged: [ContextTurn] = []
    for turn in turns {
      if let last = merged.indices.last, merged[last].role == turn.role {
        merged[last].text += "\n\n" + turn.text
      } else {
        merged.append(turn)
      }
    }
    return merged
  }
}

extension Message {
  fileprivate var isQuestion: Bool {
    switch role {
    case .customer: true
    case .assistant, .operator, .note, .suggestion, .mark: false
    }
  }
}

// MARK: - Speakers and quotes

extension ContextBuilder {
  /// The text after its speaker's name. Its further lines are indented, so that none of them looks
  /// like the words of somebody else.
  static func named(_ text: String, _ speaker: Speaker) -> String {
    name(of: speaker) + ": " + lines(of: text).joined(separator: "\n  ")
  }

  /// A name on one line, without what separates a name from its words, without invisible signs, and
  /// of bounded length.
  static func name(of speaker: Speaker) -> String {
    var name = ""
    var count = 0
    for scalar in speaker.name.unicodeScalars.prefix(10 * nameLimit) where count < nameLimit {
      let separates =
        scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
        || scalar == ":" || scalar == "\u{FF1A}" || scalar == "\u{2236}"
      if separates {
        if !name.isEmpty, !name.hasSuffix(" ") { name += " " }
      } else if scalar.properties.generalCategory != .format || scalar == "\u{200D}" {
        name.unicodeScalars.append(scalar)
        count += 1
      }
    }
    if name.hasSuffix(" ") { name.removeLast() }
    if !name.isEmpty { return name }
    return switch speaker.language {
    case .russian: "Участник"
    case .english: "Member"
    }
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
