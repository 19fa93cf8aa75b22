/// What each word of a text can do, found in spite of misspellings and foreign keyboards.
struct Lexicon: Sendable {
  /// What may still be spent on the unknown words of one text. It bounds the time that any text
  /// takes; an ordinary message uses a tenth of it.
  struct Effort: Equatable, Sendable {
    /// Unknown words compared with the known ones.
    var searches: Int
    /// Comparisons letter by letter.
    var comparisons: Int
    /// Unknown words cut in two.
    var splits: Int
    /// What the last searches found, so that a word said over and over is looked up once.
    fileprivate var found: [Letters: Sense] = [:]

    init(searches: Int = 120, comparisons: Int = 600, splits: Int = 100) {
      (self.searches, self.comparisons, self.splits) = (searches, comparisons, splits)
    }
  }

  private struct Entry {
    let letters: Letters
    let traits: Traits
    let mask: UInt64
  }

  /// What a look-up says: the traits, and whether the word was known at all.
  struct Sense: Equatable, Sendable {
    var traits: Traits
    var isKnown: Bool
    /// The word in Russian letters when it was written in Latin ones.
    var russian: Letters?

    static let unknown = Sense(traits: [], isKnown: false)
  }

  static let shared = Lexicon()

  private var words: [Letters: Traits] = [:]
  /// Words with doubled letters, by their spelling with every letter single.
  private var singled: [Letters: Traits] = [:]
  /// By length, the words that are recognised with mistakes in them.
  private var forgiven: [[Entry]] = Array(repeating: [], count: 24)

  private init() {
    words.reserveCapacity(1 << 14)
    for table in [RussianWords.table, EnglishWords.table, PeopleWords.table] {
      for line in table.split(separator: "\n") { add(line) }
    }
    for (word, traits) in words {
      if Self.hasDoubles(word) {
        let single = Self.single(word)
        singled[single, default: words[single] ?? []].formUnion(traits)
      }
      let worthwhile: Traits = [.agent, .human, .alive, .support, .call, .talk, .want, .someone]
      guard word.count >= 5, word.count < forgiven.count, !traits.isDisjoint(with: worthwhile)
      else { continue }
      forgiven[word.count].append(
        Entry(letters: word, traits: traits, mask: Alphabet.mask(of: word)))
    }
    // A dictionary's order differs between processes, and the first that fits is taken.
    for length in forgiven.indices {
      forgiven[length].sort { $0.letters.lexicographicallyPrecedes($1.letters) }
    }
  }

  private mutating func add(_ line: Substring) {
    let sides = line.split(separator: ":")
    guard sides.count == 2 else { return }
    var traits: Traits = []
    for name in sides[0].split(separator: " ") {
      traits.formUnion(Traits.named[String(name)] ?? [])
    }
    for word in sides[1].split(separator: " ") {
      let parts = word.split(separator: "/")
      let endings = parts.count > 1 ? Self.endings[String(parts[1])] ?? [] : [("", [])]
      for (ending, form) in endings {
        words[Alphabet.letters(of: parts[0] + ending), default: []].formUnion(traits.union(form))
      }
    }
  }

  /// The forms of Russian words by ending class.
  private static let endings: [String: [(String, Traits)]] = [
    "m": [
      ("", .nominative), ("а", .accusative), ("у", []), ("ом", .instrumental), ("е", []),
      ("ы", [.nominative, .plural]), ("и", [.nominative, .plural]), ("ов", .accusative),
      ("ам", []), ("ами", .instrumental), ("ах", []),
    ],
    "s": [
      ("ь", .nominative), ("й", .nominative), ("я", .accusative), ("ю", []), ("ем", .instrumental),
      ("е", []), ("и", [.nominative, .plural]), ("ей", .accusative), ("ям", []), ("ями", []),
    ],
    "f": [("а", []), ("ы", []), ("и", []), ("е", []), ("у", []), ("ой", []), ("", []), ("ам", [])],
    "k": [("а", []), ("и", []), ("е", []), ("у", []), ("ой", []), ("ам", [])],
    "i": [("я", []), ("и", []), ("ю", []), ("ей", []), ("й", []), ("е", []), ("ем", [])],
    "n": [("о", []), ("а", []), ("у", []), ("ом", []), ("е", []), ("", [])],
    "j": [
      ("ой", []), ("ый", []), ("ого", []), ("ому", []), ("ым", []), ("ом", []), ("ая", []),
      ("яя", []), ("ую", []), ("ое", []), ("ее", []), ("его", []), ("ему", []), ("им", []),
      ("ых", []), ("их", []), ("ые", .plural), ("ыми", []), ("ими", []), ("ва", []),
    ],
  ]

  private static func single(_ word: Letters) -> Letters {
    var result = Letters()
    for letter in word where letter != result.last { result.append(letter) }
    return result
  }

  private static func hasDoubles(_ word: Letters) -> Bool {
    zip(word, word.dropFirst()).contains { $0 == $1 }
  }

  /// What a word is exactly as written.
  func exactly(_ word: Letters) -> Traits? { words[word] }

  private func withSingleLetters(_ word: Letters) -> Traits? {
    if Self.hasDoubles(word) {
      let single = Self.single(word)
      return singled[single] ?? words[single]
    }
    return singled[word]
  }

  /// What a word is as written, in the other alphabet, or as two words without a space.
  func sense(of word: Letters) -> Sense {
    if let traits = words[word] ?? withSingleLetters(word) {
      return Sense(traits: traits, isKnown: true)
    }
    if let first = word.first, Alphabet.isLatin(first), let russian = Respelling.fromLatin(word),
      let traits = words[russian]
    {
      return Sense(traits: traits, isKnown: true, russian: russian)
    }
    return .unknown
  }

  /// What a word is that has mistakes in it: one edit in words up to seven letters, two in longer
  /// ones. Words of five letters and fewer begin rightly, or with their first two swapped.
  func senseWithMistakes(of word: Letters, effort: inout Effort) -> Sense {
    guard (4...20).contains(word.count) else { return .unknown }
    if let found = effort.found[word] { return found }
    guard effort.searches > 0 else { return .unknown }
    effort.searches -= 1
    let found = foundWithMistakes(word, effort: &effort)
    effort.found[word] = found
    return found
  }

  private func foundWithMistakes(_ word: Letters, effort: inout Effort) -> Sense {
    let found = nearest(word, effort: &effort)
    if found.isKnown { return found }
    if let first = word.first, Alphabet.isLatin(first), let russian = Respelling.fromLatin(word) {
      var found = nearest(russian, effort: &effort)
      found.russian = found.isKnown ? russian : nil
      return found
    }
    return .unknown
  }

  private func nearest(_ word: Letters, effort: inout Effort) -> Sense {
    guard (4...20).contains(word.count) else { return .unknown }
    let mask = Alphabet.mask(of: word)
    for edits in 1...2 {
      for length in (word.count - edits)...(word.count + edits) {
        guard length >= (edits == 2 ? 8 : 5), word.count >= (edits == 2 ? 8 : 4) else { continue }
        for entry in forgiven[length]
        where (entry.mask ^ mask).nonzeroBitCount <= 2 * edits
          && Self.mayStart(word, as: entry.letters)
        {
          guard effort.comparisons > 0 else { return .unknown }
          effort.comparisons -= 1
          if Alphabet.differ(word[...], entry.letters[...], atMost: edits) {
            return Sense(traits: entry.traits, isKnown: true)
          }
        }
      }
    }
    return .unknown
  }

  private static func mayStart(_ word: Letters, as known: Letters) -> Bool {
    word[0] == known[0] || (word[0] == known[1] && word[1] == known[0])
      || (known.count > 6 && word[1] == known[1])
  }

  /// The two or three known words that an unknown one is made of, one of them worth it.
  func parts(of word: Letters, effort: inout Effort) -> [Sense]? {
    guard (6...24).contains(word.count), effort.splits > 0 else { return nil }
    effort.splits -= 1
    let worthwhile: Traits = [.agent, .human, .talk, .call, .want]
    for cut in 1..<word.count {
      let (head, tail) = (Letters(word[..<cut]), Letters(word[cut...]))
      guard let first = words[head] else { continue }
      let last = words[tail].map { [Sense(traits: $0, isKnown: true)] }
      guard let rest = last ?? (cut >= 3 ? parts(of: tail, effort: &effort) : nil) else { continue }
      let all = [Sense(traits: first, isKnown: true)] + rest
      let big =
        (cut >= 4 && !first.isDisjoint(with: worthwhile))
        || (tail.count >= 4 && rest.contains { !$0.traits.isDisjoint(with: worthwhile) })
      if big && (cut >= 2 || tail.count >= 4) && (tail.count >= 2) { return all }
    }
    return nil
  }
}
