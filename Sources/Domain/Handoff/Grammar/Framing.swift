/// Whether a sentence speaks in somebody else's name: a text to write or translate, what somebody
/// said, what to do when a customer asks.
struct Framing {
  /// The sentence holds no wish of its own.
  let excludes: Bool
  /// «что будет, если…» only asks: at most a person is offered.
  let isHypothetical: Bool
  /// A colon follows the frame: all the rest is its material.
  let endsText: Bool

  init(_ sentence: Sentence) {
    let tokens = sentence.tokens
    let hasWork = tokens.contains { $0.has(.work) || $0.isQuotation }
    let asksForWork = tokens.contains { $0.has([.frame, .how, .which]) }
    let orders = tokens.prefix(4).contains { $0.has(.frame) }
    let hasColon = tokens.contains { $0.stop == .colon }
    let reported = Self.reports(tokens)
    let frames =
      (hasWork && asksForWork) || (orders && (hasColon || tokens.contains { $0.has(.third) }))
    isHypothetical =
      tokens.prefix(2).contains { $0.has(.which) }
      && tokens.contains { $0.has(.condition) && !$0.has(.which) }
    excludes = frames || reported || Self.speaksOfOwnBot(tokens)
    endsText = (frames && hasColon) || (reported && hasColon)
  }

  /// «он сказал …», "when a user asks …"
  private static func reports(_ tokens: ArraySlice<Token>) -> Bool {
    tokens.indices.contains { index in
      guard tokens[index].has(.speech) else { return false }
      if tokens[index].has(.third) { return true }
      return tokens[max(tokens.startIndex, index - 2)..<index].contains { $0.has(.third) }
    }
  }

  /// "my chatbot", "my agents": somebody who builds or runs one.
  private static func speaksOfOwnBot(_ tokens: ArraySlice<Token>) -> Bool {
    tokens.indices.dropFirst().contains { index in
      tokens[index].has([.bot]) && tokens[index - 1].has(.mine)
    }
  }
}
