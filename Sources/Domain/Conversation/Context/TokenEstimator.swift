/// Estimates how many tokens a text is, and learns from what services count.
///
/// Services cut text into tokens by tables of megabytes, each model by its own; `rawTokens` only
/// knows how such tables treat kinds of writing. A factor per model, learned from the service's own
/// `usage`, makes up for the difference.
package struct TokenEstimator: Equatable, Sendable, Codable {
  /// What raw estimates are multiplied by.
  package private(set) var factor: Double
  /// How many requests it has learned from; it counts no further than it matters.
  private var samples: Int

  /// The tokens that a turn costs beside its text, and a request beside its turns: marks of role,
  /// beginning and end, as OpenAI describes them, with one token to spare.
  static let perTurn = 4
  static let perRequest = 3

  /// Makes an estimator that has learned nothing yet.
  package init() {
    factor = 1
    samples = 0
  }

  /// The tokens for a raw estimate, rounded up.
  package func tokens(raw: Int) -> Int { Int((Double(raw) * factor).rounded(.up)) }

  /// The estimated tokens of a text by itself.
  package func tokens(_ text: String) -> Int { tokens(raw: Self.rawTokens(text)) }

  /// Learns from one request.
  ///
  /// The factor stays within 0.5 and 3, and one request moves it at most by half, so that a service
  /// that counts nonsense once does no harm. It rises faster than it falls: an estimate that is too
  /// low costs a refused request, one that is too high costs a little memory.
  ///
  /// - Parameters:
  ///   - estimated: The raw estimate of what was sent (`ContextPlan`'s `rawTokens`), so that
  ///     requests in flight at the same time do not add up.
  ///   - actual: The prompt's tokens as the service counted them.
  package mutating func calibrate(estimated: Int, actual: Int) {
    // Short prompts say more about the service's own additions than about its tokens.
    guard estimated >= 16, actual > 0 else { return }
    let seen = Double(actual) / Double(estimated)
    let ratio = min(max(seen, factor / 1.5), factor * 1.5)
    let pace = max(ratio > factor ? 0.2 : 0.08, 1 / Double(samples + 2))
    factor = min(max(factor + pace * (ratio - factor), 0.5), 3)
    samples = min(samples + 1, 100)
  }

  /// The estimate for a text before any learning, in tokens: one pass over its bytes.
  package static func rawTokens(_ text: String) -> Int {
    var meter = TokenMeter()
    for scalar in text.unicodeScalars { meter.read(scalar.value) }
    return meter.total()
  }
}

/// Adds up the weight of a text, scalar by scalar, by runs of one kind of writing.
///
/// Weights are 64ths of a token. They were fitted to counts of o200k and lean to its high side.
private struct TokenMeter {
  private enum Kind {
    case start, space, newline, latin, cyrillic, digit, mark, other
  }

  private var weight = 0
  private var kind = Kind.start
  /// The length of the run.
  private var length = 0
  /// Capitals in the run, which split it where tables do not know them.
  private var capitals = 0
  private var last: UInt32 = 0
  private var followsSpace = false

  private static let token = 64

  mutating func read(_ value: UInt32) {
    switch value {
    case 0x61...0x7A: letter(.latin, isCapital: false)
    case 0x20, 0x09: space(.space)
    case 0x0A, 0x0D: space(.newline)
    case 0x41...0x5A: letter(.latin, isCapital: true)
    case 0x30...0x39: enter(.digit)
    case 0x00...0x7F: mark(value)
    case 0x430...0x45F: letter(.cyrillic, isCapital: false)
    case 0x400...0x42F: letter(.cyrillic, isCapital: true)
    default: rare(value)
    }
    last = value
  }

  mutating func total() -> Int {
    if kind == .space { weight += Self.token }
    leave()
    return (weight + Self.token - 1) / Self.token
  }

  private mutating func enter(_ next: Kind) {
    if kind == next {
      length += 1
      return
    }
    leave()
    kind = next
    length = 1
    capitals = 0
  }

  private mutating func letter(_ script: Kind, isCapital: Bool) {
    // A capital inside a word begins a new one: `camelCase`.
    if isCapital, kind == script, length > capitals { leave(to: .start) }
    enter(script)
    if isCapital { capitals += 1 }
  }

  private mutating func space(_ next: Kind) {
    // What stands before a line's end belongs to it.
    if next == .newline, kind == .space { kind = .newline }
    enter(next)
  }

  private mutating func mark(_ value: UInt32) {
    let isRun = kind == .mark
    enter(.mark)
    // An apostrophe or an underscore mostly goes with the letters after it.
    let first = value == 0x27 || value == 0x5F ? 16 : Self.token
    weight += !isRun ? first : value == last ? 8 : 40
  }

  private mutating func leave(to next: Kind) {
    leave()
    kind = next
    length = 0
    capitals = 0
  }

  /// Adds the weight of the run that ends.
  private mutating func leave() {
    switch kind {
    case .start, .mark, .other: break
    // A single space belongs to what follows it.
    case .space: if length > 1 { weight += Self.token + length / 16 * Self.token }
    case .newline: weight += Self.token + length / 16 * Self.token
    case .latin:
      weight += Self.token + max(0, length - 7) * 16
      if capitals > 1 { weight += (capitals - 1) * 14 }
    case .cyrillic:
      weight += max(Self.token, 20 + length * 18)
      if capitals > 1 { weight += (capitals - 1) * 20 }
    case .digit:
      weight += (length + 2) / 3 * Self.token
      if followsSpace { weight += Self.token }
    }
    followsSpace = kind == .space && length == 1
  }

  /// Scripts and signs that are rare in what people write to the bot, each scalar by itself.
  private mutating func rare(_ value: UInt32) {
    let continues = kind == .other
    enter(.other)
    let added =
      switch value {
      // Letters with accents, Greek.
      case 0xC0...0x3FF: 44
      // Hebrew, Arabic, Cyrillic of other languages.
      case 0x460...0x7FF: 28
      // The scripts of India and of South-East Asia.
      case 0x900...0xDFF: 28
      case 0xE00...0x10FF: 36
      case 0x3040...0x30FF: 32
      case 0x3400...0x9FFF: 56
      case 0xAC00...0xD7AF: 44
      // Emoji, flags.
      case 0x1F1E6...0x1F1FF: 2 * Self.token
      case 0x1F000...0x1FAFF: 2 * Self.token
      case 0x10000...: 3 * Self.token
      default: continues && value == last ? 32 : Self.token
      }
    weight += added
  }
}
