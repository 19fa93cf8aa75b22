/// Short patterns of words, found in sentences.
///
/// A line is a pattern: words with alternatives (`you|u`), beginnings (`помог*`), `…` for up to
/// three words of any kind, `^` and `$` for the sentence's beginning and end; `$` as the last alternative
/// means that the word may be missing at the end.
struct PhraseTable: Sendable {
  private struct Stem: Sendable {
    let letters: Letters
    let isBeginning: Bool

    func fits(_ word: Letters) -> Bool {
      isBeginning ? word.starts(with: letters) : word == letters
    }
  }

  private enum Element: Sendable {
    case start
    case end
    case gap
    case word([Stem], orEnd: Bool)
  }

  private var patterns: [[Element]] = []
  /// The patterns by the letters that they can begin with.
  private var byFirstLetter: [[Int]] = Array(repeating: [], count: 59)

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let pattern = line.split(separator: " ").map(Self.element)
      let words = pattern.compactMap { element -> [Stem]? in
        if case .word(let stems, _) = element { stems } else { nil }
      }
      let first = words.first ?? []
      for letter in Set(first.compactMap(\.letters.first)) {
        byFirstLetter[Int(letter)].append(patterns.count)
      }
      patterns.append(pattern)
    }
  }

  private static func element(_ text: Substring) -> Element {
    switch text {
    case "^": .start
    case "$": .end
    case "…": .gap
    default:
      .word(
        text.split(separator: "|").filter { $0 != "$" }.map {
          Stem(letters: Alphabet.letters(of: $0), isBeginning: $0.hasSuffix("*"))
        }, orEnd: text.hasSuffix("|$"))
    }
  }

  /// Whether one of the patterns stands in the sentence.
  func isFound(in sentence: [Letters]) -> Bool { firstMatch(in: sentence) != nil }

  /// The index of the first word that a pattern begins at.
  func firstMatch(in sentence: [Letters]) -> Int? {
    sentence.indices.first { index in
      guard let letter = sentence[index].first else { return false }
      return byFirstLetter[Int(letter)].contains { matches(patterns[$0][...], sentence, at: index) }
    }
  }

  private func matches(
    _ pattern: ArraySlice<Element>, _ sentence: [Letters], at index: Int
  ) -> Bool {
    guard let element = pattern.first else { return true }
    let rest = pattern.dropFirst()
    switch element {
    case .start: return index == 0 && matches(rest, sentence, at: index)
    case .end: return index == sentence.count
    case .gap:
      return (0...3).contains { skip in
        index + skip <= sentence.count && matches(rest, sentence, at: index + skip)
      }
    case .word(let stems, let orEnd):
      if index == sentence.count { return orEnd && rest.isEmpty }
      guard index < sentence.count, stems.contains(where: { $0.fits(sentence[index]) }) else {
        return false
      }
      return matches(rest, sentence, at: index + 1)
    }
  }
}

extension PhraseTable {
  /// The sentences of a text as bare words, polite beginnings and fillers left out.
  static func sentences(of words: [Word]) -> [[Letters]] {
    var result: [[Letters]] = []
    var sentence: [Letters] = []
    for word in words {
      if !word.letters.isEmpty && !fillers.contains(word.letters) { sentence.append(word.letters) }
      if word.stop >= .sentence {
        if !sentence.isEmpty { result.append(sentence) }
        sentence = []
      }
    }
    if !sentence.isEmpty { result.append(sentence) }
    return result
  }

  private static let fillers = Set(
    """
    пожалуйста здравствуйте привет блин ну уже просто же please pls plz hello hi hey just so well \
    really мне же ли а и да но yes but and девушка
    """.split(separator: " ").map { Alphabet.letters(of: $0) })
}
