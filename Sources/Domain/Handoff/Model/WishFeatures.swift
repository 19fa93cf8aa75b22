/// What the linear model sees of a sentence: the numbers of its words, parts of words and traits.
///
/// A feature is a hash (FNV-1a) of its kind and its parts, folded to `WishModel.buckets`. This is
/// the only definition: the training script compiles it instead of writing it again.
struct WishFeatures {
  /// Longer words are judged by their beginning.
  private static let maximumLetters = 16
  /// Longer sentences are stories; their first words are judged.
  private static let maximumTokens = 60

  /// The buckets, each once.
  private(set) var buckets: [Int] = []

  init(_ sentence: Sentence) {
    let tokens = Array(sentence.tokens.prefix(Self.maximumTokens))
    addWords(tokens)
    addTraits(tokens, kind: 10) { $0.traits.rawValue | ($0.isKnown ? 0 : 1 << 63) }
    addTraits(tokens.filter { !$0.isTransparent || $0.isContent }, kind: 20, Self.role)
    addWhole(tokens, isQuestion: sentence.isQuestion)
    addReadings(of: sentence)
    // A bit for each bucket: sorting took half of the model's time.
    var seen = [UInt64](repeating: 0, count: WishModel.buckets / 64)
    buckets.removeAll { bucket in
      let bit: UInt64 = 1 << UInt64(bucket % 64)
      defer { seen[bucket / 64] |= bit }
      return seen[bucket / 64] & bit != 0
    }
  }

  private mutating func add(_ kind: UInt64, _ parts: UInt64...) {
    var hash = FNV1a(kind)
    for part in parts { hash.add(part) }
    buckets.append(hash.folded % WishModel.buckets)
  }

  // MARK: Words

  private mutating func addWords(_ tokens: [Token]) {
    var previous: UInt64 = 1
    var beforePrevious: UInt64 = 1
    for token in tokens {
      let word = FNV1a.hash(of: token.letters)
      add(1, word)
      add(2, previous, word)
      add(3, beforePrevious, word)
      add(4, beforePrevious, previous, word)
      addParts(of: token.letters)
      (beforePrevious, previous) = (previous, word)
    }
    add(2, previous, 2)
    add(4, beforePrevious, previous, 2)
  }

  /// Two to five letters in a row, the word's ends counting as one each.
  private mutating func addParts(of word: Letters) {
    guard !word.isEmpty else { return }
    let framed = [60] + word.prefix(Self.maximumLetters) + [61]
    for start in framed.indices {
      var hash = FNV1a(5)
      for end in start..<min(framed.count, start + 5) {
        hash.add(UInt64(framed[end]))
        if end > start { buckets.append(hash.folded % WishModel.buckets) }
      }
    }
  }

  // MARK: Traits

  /// One, two and three in a row, with the sentence's ends.
  private mutating func addTraits(_ tokens: [Token], kind: UInt64, _ code: (Token) -> UInt64) {
    var previous: UInt64 = 1 << 62
    var beforePrevious: UInt64 = 1 << 62
    for token in tokens {
      let traits = code(token)
      let word = FNV1a.hash(of: token.letters)
      add(kind, traits)
      add(kind + 1, previous, traits)
      add(kind + 2, beforePrevious, previous, traits)
      add(kind + 3, previous, word)
      (beforePrevious, previous) = (previous, traits)
    }
    add(kind + 1, previous, 1 << 61)
    add(kind + 2, beforePrevious, previous, 1 << 61)
    for (token, next) in zip(tokens, tokens.dropFirst()) {
      add(kind + 4, FNV1a.hash(of: token.letters), code(next))
    }
  }

  private static let surest: [Traits] = [
    .not, .bot, .agent, .human, .support, .someone, .staff, .call, .talk, .give, .want,
    .serve, .ask, .cancel, .stop, .third, .speech, .frame, .work, .compound, .topic, .job,
    .contact, .past, .money, .which, .how, .why, .place, .other, .number,
  ]

  /// The traits that say most, the surest alone.
  private static func role(_ token: Token) -> UInt64 {
    if !token.isKnown { return 1 << 63 }
    return surest.first { token.has($0) }?.rawValue ?? 0
  }

  // MARK: The sentence as a whole

  private mutating func addWhole(_ tokens: [Token], isQuestion: Bool) {
    let length = UInt64(min(tokens.count, 4) + min(tokens.count / 5, 4))
    let content = UInt64(min(tokens.count { $0.isContent }, 4))
    add(30, length, isQuestion ? 1 : 0)
    add(31, content, isQuestion ? 1 : 0)
    let all = tokens.reduce(into: Traits()) { $0.formUnion($1.traits) }
    let targets = (0..<7 as Range<UInt64>).filter { all.rawValue >> $0 & 1 == 1 }
    for trait in 0..<60 as Range<UInt64> where all.rawValue >> trait & 1 == 1 {
      add(32, trait)
      for target in targets { add(33, target, trait) }
    }
    for target in targets { add(34, target, content, isQuestion ? 1 : 0) }
    if targets.isEmpty { add(34, 9, content) }
  }

  /// What the grammar makes of the clauses.
  private mutating func addReadings(of sentence: Sentence) {
    for clause in sentence.clauses.prefix(12) {
      let reading = WishGrammar(clause, in: sentence).reading()
      add(40, UInt64(reading.rawValue), UInt64(min(clause.content, 3)))
    }
  }
}

/// FNV-1a over numbers of 64 bits: the same in every process, unlike `Hasher`.
struct FNV1a {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  init(_ start: UInt64) { add(start) }

  mutating func add(_ value: UInt64) {
    state = (state ^ value) &* 0x100_0000_01B3
    // A whole number at a time mixes the high bits too little.
    state ^= state >> 29
  }

  /// The high bits, which depend on all of the input.
  var folded: Int { Int((state &* 0x9E37_79B9_7F4A_7C15) >> 40) }

  static func hash(of letters: Letters) -> UInt64 {
    var hash = FNV1a(0)
    for letter in letters { hash.add(UInt64(letter)) }
    return hash.state
  }
}
