/// Recognises a person's wish for a human operator from their words alone.
///
/// Russian and English, misspelt, transliterated, or typed in the wrong keyboard layout. The text
/// is cut into sentences and clauses; in each the grammar looks for somebody who can be asked for
/// and a word that asks, and a linear model weighs what no rule speaks of. No state: the same words
/// always get the same verdict.
package struct HandoffRecognizer: Sendable {
  /// Prepares the tables of words, once for the process.
  package init() {
    _ = Lexicon.shared
    _ = WishModel.shared
  }

  /// What the text says about wanting a human.
  ///
  /// Texts longer than 4,096 characters are judged by their first and last 2,048.
  package func verdict(on text: String) -> HandoffVerdict {
    let reading = Self.reading(of: text)
    return WishModel.shared.verdict(on: reading.sentences, besides: reading.grammar)
  }

  /// What the grammar makes of a text.
  struct TextReading {
    let grammar: Reading
    /// The sentences of the text, in the keyboard layout that they are probably meant in.
    let sentences: [Sentence]
  }

  static func reading(of text: String) -> TextReading {
    let scalars = TextScanner.bounded(text)
    let words = TextScanner.words(in: scalars)
    var effort = Lexicon.Effort()
    let tokens = TokenReader.tokens(of: words, effort: &effort)
    let sentences = Sentence.sentences(of: tokens)
    let grammar = Self.grammar(sentences, words)
    guard grammar <= .refusal, isGibberish(tokens),
      let swapped = Respelling.otherLayout(scalars[...])
    else { return TextReading(grammar: grammar, sentences: sentences) }
    let swappedWords = TextScanner.words(in: swapped)
    let swappedTokens = TokenReader.tokens(of: swappedWords, effort: &effort)
    let swappedSentences = Sentence.sentences(of: swappedTokens)
    let swappedGrammar = Self.grammar(swappedSentences, swappedWords)
    let isMeant = swappedGrammar != .nothing || !isGibberish(swappedTokens)
    return TextReading(
      grammar: swappedGrammar, sentences: isMeant ? swappedSentences : sentences)
  }

  /// Hardly a word is known, as when the keyboard was in the wrong layout.
  private static func isGibberish(_ tokens: [Token]) -> Bool {
    !tokens.isEmpty && tokens.reduce(0) { $0 + ($1.isKnown ? 1 : 0) } * 3 <= tokens.count
  }

  private static func grammar(_ sentences: [Sentence], _ words: [Word]) -> Reading {
    var best = Reading.nothing
    var refused = false
    for sentence in sentences {
      let frame = Framing(sentence)
      refused = refused || frame.excludes
      if frame.endsText { break }
      if frame.excludes { continue }
      for clause in sentence.clauses {
        var reading = WishGrammar(clause, in: sentence).reading()
        if frame.isHypothetical { reading = min(reading, .maybe) }
        if reading == .wish { return .wish }
        refused = refused || reading == .refusal
        best = max(best, reading)
      }
    }
    if refused { return .refusal }
    if best == .maybe { return .maybe }
    return Distress.isHeard(in: words) ? .maybe : .nothing
  }
}
