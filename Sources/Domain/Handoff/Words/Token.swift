/// A word with what it can do.
struct Token: Sendable {
  var letters: Letters
  var traits: Traits
  var isKnown: Bool
  var stop: Word.Stop
  var isQuotation = false

  func has(_ wanted: Traits) -> Bool { !traits.isDisjoint(with: wanted) }

  /// A word that may lie between two that belong together.
  var isTransparent: Bool { has(.transparent) }
  /// A word that brings a subject of its own.
  var isContent: Bool { !isKnown || traits.isSubset(of: Self.subjects) }
  private static let subjects: Traits = [
    .name, .thing, .nominative, .accusative, .instrumental, .plural,
  ]

  var isLatin: Bool { letters.first.map(Alphabet.isLatin) ?? false }
}

/// Looks the words of a text up.
enum TokenReader {
  static func tokens(of words: [Word], effort: inout Lexicon.Effort) -> [Token] {
    var result: [Token] = []
    result.reserveCapacity(words.count)
    for word in words {
      if word.letters.isEmpty {
        let digit = word.digits.count == 1 ? word.digits[0] : 0
        let traits: Traits = digit == 2 ? [.number, .with] : .number
        result.append(Token(letters: [], traits: traits, isKnown: true, stop: word.stop))
        continue
      }
      if word.isQuotation {
        result.append(
          Token(letters: [], traits: [], isKnown: false, stop: word.stop, isQuotation: true))
        continue
      }
      append(word, to: &result, effort: &effort)
    }
    joinNames(&result)
    return result
  }

  private static func append(_ word: Word, to tokens: inout [Token], effort: inout Lexicon.Effort) {
    let lexicon = Lexicon.shared
    var sense = lexicon.sense(of: word.letters)
    if let last = tokens.last, last.stop <= .hyphen, !last.letters.isEmpty,
      !sense.isKnown || isParticle(word.letters),
      let joined = lexicon.exactly(last.letters + word.letters),
      !joined.isDisjoint(with: [.agent, .human, .someone, .support, .filler]),
      !last.isKnown || isParticle(word.letters)
    {
      tokens[tokens.count - 1] = Token(
        letters: last.letters + word.letters, traits: joined, isKnown: true, stop: word.stop)
      return
    }
    if !sense.isKnown, let parts = lexicon.parts(of: word.letters, effort: &effort) {
      for part in parts {
        tokens.append(
          Token(letters: word.letters, traits: part.traits, isKnown: true, stop: .none))
      }
      tokens[tokens.count - 1].stop = word.stop
      return
    }
    if !sense.isKnown { sense = lexicon.senseWithMistakes(of: word.letters, effort: &effort) }
    if !sense.isKnown, looksLikeAdjective(word.letters) {
      sense = Lexicon.Sense(traits: .adjective, isKnown: true)
    }
    tokens.append(
      Token(
        letters: sense.russian ?? word.letters, traits: sense.traits, isKnown: sense.isKnown,
        stop: word.stop))
  }

  private static let particles = Set(["нибудь", "то", "либо"].map { Alphabet.letters(of: $0) })

  private static func isParticle(_ word: Letters) -> Bool { particles.contains(word) }

  private static let adjectiveEndings = [
    "ного", "ский", "ского", "ному", "ный", "ным", "ную", "ной",
  ]
  .map { Alphabet.letters(of: $0) }

  private static func looksLikeAdjective(_ word: Letters) -> Bool {
    word.count >= 6 && adjectiveEndings.contains { word.suffix($0.count) == $0[...] }
  }

  /// Names of two words: customer service, technical support.
  private static func joinNames(_ tokens: inout [Token]) {
    for index in tokens.indices.dropFirst()
    where tokens[index].has(.service) && tokens[index - 1].has(.customer)
      && tokens[index - 1].stop <= .hyphen
    {
      tokens[index].traits.insert(.support)
    }
  }
}
