/// A linear model beside the grammar: it weighs all words, parts of words and traits of a sentence.
///
/// It is a multinomial regression over hashed features, trained by `scripts/train-handoff`. A score
/// is a sum of whole numbers, in 24ths of the logarithm of the odds, so that it is the same wherever
/// it is computed.
struct WishModel: Sendable {
  /// What the features are folded to.
  static let buckets = 1 << 15

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

  /// The highest of any sentence: how far a wish is likelier than anything else, and how far a
  /// wish or an unclear phrase is likelier than something else.
  struct Scores: Equatable, Sendable {
    var wish: Int
    var offer: Int
  }

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
        offer: max(best?.offer ?? scores.offer, scores.offer))
    }
    return best
  }

  private func scores(of sentence: Sentence) -> Scores {
    var (wish, unclear) = WishWeights.bias
    for bucket in WishFeatures(sentence).buckets {
      wish += Int(weights[2 * bucket])
      unclear += Int(weights[2 * bucket + 1])
    }
    // The greater term stands for the sum of both.
    return Scores(wish: wish - max(unclear, 0), offer: max(wish, unclear))
  }

  /// The verdict when the grammar has said its own: a call needs a high score, an offer a lower
  /// one.
  func verdict(on sentences: [Sentence], besides grammar: Reading) -> HandoffVerdict {
    guard let scores = scores(of: sentences) else { return .notHandoff }
    if scores.wish >= WishWeights.called.limit(for: grammar) { return .handoff }
    return scores.offer >= WishWeights.offered.limit(for: grammar) ? .ambiguous : .notHandoff
  }
}
