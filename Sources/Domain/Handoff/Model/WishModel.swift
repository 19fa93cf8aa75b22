/// A linear model beside the grammar: it weighs all words, parts of words and traits of a sentence.
///
/// It is a multinomial regression over hashed features, trained by `scripts/train-handoff`. A score
/// is a sum of whole numbers, in 24ths of the logarithm of the odds, so that it is the same wherever
/// it is computed.
struct WishModel: Sendable {
  /// What the features are folded to.
  static let buckets = 1 << 16

  /// How high a score has to be, by what the grammar says of the whole text.
  struct Limits: Sendable {
    let nothing: Int
    let refusal: Int
    let maybe: Int
    let wish: Int

    func limit(for grammar: Reading) -> Int {
      switch grammar {
      case .nothing: nothing
      case .refusal: refusal
      case .maybe: maybe
      case .wish: wish
      }
    }
  }

  /// The highest of any sentence: how far a wish is likelier than anything else, and how far an
  /// unclear phrase is likelier than another matter.
  struct Scores: Equatable, Sendable {
    var wish: Int
    var unclear: Int
  }

  /// The features of a typical sentence, whose sums are taken as they are.
  private static let typical = 150.0

  static let shared = WishModel()

  /// For each bucket the weight for a wish and the weight for an unclear phrase.
  private let weights: [Int8]

  private init() {
    weights = WishWeights.letters.utf8.compactMap { letter in
      letter == UInt8(ascii: "\n") ? nil : Int8(letter) - WishWeights.zero
    }
    precondition(weights.count == 2 * Self.buckets, "the weights do not fit the features")
  }

  /// Nil for a text without words.
  func scores(of sentences: [Sentence]) -> Scores? {
    var best: Scores?
    for sentence in sentences {
      let scores = scores(of: sentence)
      best = Scores(
        wish: max(best?.wish ?? scores.wish, scores.wish),
        unclear: max(best?.unclear ?? scores.unclear, scores.unclear))
    }
    return best
  }

  private func scores(of sentence: Sentence) -> Scores {
    var sums = (wish: 0, unclear: 0)
    let buckets = WishFeatures(sentence).buckets
    for bucket in buckets {
      sums.wish += Int(weights[2 * bucket])
      sums.unclear += Int(weights[2 * bucket + 1])
    }
    // Long sentences have many features: the fourth root keeps their sums in bounds. Roots are
    // exact to the last bit on every machine.
    let factor = (Self.typical / Double(max(buckets.count, 1))).squareRoot().squareRoot()
    let wish = Self.scaled(sums.wish, factor) + WishWeights.bias.wish
    let unclear = Self.scaled(sums.unclear, factor) + WishWeights.bias.unclear
    // The greater term stands for the sum of both.
    return Scores(wish: wish - max(unclear, 0), unclear: unclear)
  }

  /// The millionth spares what an order of adding up may change.
  private static func scaled(_ sum: Int, _ factor: Double) -> Int {
    Int((Double(sum) * factor + 1e-6).rounded(.down))
  }

  /// The verdict when the grammar has said its own: a call needs a high score, an offer a lower
  /// one, or that of an unclear phrase.
  func verdict(on sentences: [Sentence], besides grammar: Reading) -> HandoffVerdict {
    guard let scores = scores(of: sentences) else { return .notHandoff }
    if scores.wish >= WishWeights.called.limit(for: grammar) { return .handoff }
    let isOffered =
      scores.wish >= WishWeights.offered.limit(for: grammar)
      || scores.unclear >= WishWeights.doubted.limit(for: grammar)
    return isOffered ? .ambiguous : .notHandoff
  }
}
