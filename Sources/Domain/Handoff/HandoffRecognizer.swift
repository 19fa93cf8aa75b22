/// Recognises a person's wish for a human operator from their words alone.
///
/// Russian and English, misspelt, transliterated, or typed in the wrong keyboard layout. The text
/// is cut into sentences and clauses; in each the grammar looks for somebody who can be asked for
/// and a word that asks. No model and no state: the same words always get the same verdict.
package struct HandoffRecognizer: Sendable {
  /// Prepares the tables of words, once for the process.
  package init() {
    _ = Lexicon.shared
  }

  /// What the text says about wanting a human.
  ///
  /// Texts longer than 4,096 characters are judged by their first and last 2,048.
  package func verdict(on text: String) -> HandoffVerdict {
    let scalars = TextScanner.bounded(text)
    let words = TextScanner.words(in: scalars)
    var effort = Lexicon.Effort()
    let tokens = TokenReader.tokens(of: words, effort: &effort)
    let verdict = Self.verdict(on: tokens, words)
    guard verdict == .notHandoff, Self.isGibberish(tokens),
      let swapped = Respelling.otherLayout(scalars[...])
    else { return verdict }
    let swappedWords = TextScanner.words(in: swapped)
    let swappedTokens = TokenReader.tokens(of: swappedWords, effort: &effort)
    return Self.verdict(on: swappedTokens, swappedWords)
  }

  /// Hardly a word is known, as when the keyboard was in the wrong layout.
  private static func isGibberish(_ tokens: [Token]) -> Bool {
    !tokens.isEmpty && tokens.reduce(0) { $0 + ($1.isKnown ? 1 : 0) } * 3 <= tokens.count
  }

  private static func verdict(on tokens: [Token], _ words: [Word]) -> HandoffVerdict {
    var best = Reading.nothing
    var refused = false
    for sentence in Sentence.sentences(of: tokens) {
      let frame = Framing(sentence)
      if frame.endsText { break }
      if frame.excludes { continue }
      for clause in sentence.clauses {
        var reading = WishGrammar(clause, in: sentence).reading()
        if frame.isHypothetical { reading = min(reading, .maybe) }
        if reading == .wish { return .handoff }
        refused = refused || reading == .refusal
        best = max(best, reading)
      }
    }
    if refused { return .notHandoff }
    if best == .maybe { return .ambiguous }
    return Distress.isHeard(in: words) ? .ambiguous : .notHandoff
  }
}
