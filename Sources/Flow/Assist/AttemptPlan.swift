package import Conversation
package import Gateways

/// The one retry loop, as decisions: which model is asked next, and when. Pure.
///
/// Each model gets at most `attemptsPerModel` tries, and only for failures that may pass; then the
/// next model of the list is asked.
package struct AttemptPlan: Equatable, Sendable {
  /// The bounds.
  package struct Limits: Equatable, Sendable {
    /// Tries per model.
    package var attemptsPerModel: Int
    /// The pause before the second try; it doubles, and up to a quarter is taken off at random.
    package var firstPause: Duration
    /// The longest pause that the plan makes by itself.
    package var longestPause: Duration
    /// How often what the model is told is cut further when it is too long.
    package var cuts: Int

    /// Makes limits.
    package init(
      attemptsPerModel: Int = 3, firstPause: Duration = .milliseconds(500),
      longestPause: Duration = .seconds(8), cuts: Int = 3
    ) {
      self.attemptsPerModel = attemptsPerModel
      self.firstPause = firstPause
      self.longestPause = longestPause
      self.cuts = cuts
    }
  }

  /// What to do next.
  package enum Next: Equatable, Sendable {
    /// Ask the same model again after a pause.
    case again(after: Duration)
    /// Tell the same model less and ask at once.
    case cutContext
    /// Ask the plan's next model (`model`) at once.
    case nextModel
    case giveUp(AnswerFailure)
  }

  private let limits: Limits
  private let models: Int
  /// Which model of the list is asked, counted from 0.
  package private(set) var model = 0
  private var attempts = 1
  private var cuts = 0

  /// Makes the plan for a list of `models` (at least one), the first of which is being asked.
  package init(models: Int, limits: Limits = Limits()) {
    self.limits = limits
    self.models = models
  }

  /// Passes over the model that is being asked, without a try. False when it was the last.
  package mutating func skipModel() -> Bool {
    guard model + 1 < models else { return false }
    model += 1
    attempts = 1
    cuts = 0
    return true
  }

  /// Takes in a failure. `remaining` is the time left for the whole answer; `jitter` lies in 0…1.
  package mutating func next(
    after error: ModelError, remaining: Duration, jitter: Double
  ) -> Next {
    switch error.kind {
    case .contextTooLong:
      guard cuts < limits.cuts else { return otherModel(.questionTooLong, remaining) }
      cuts += 1
      return .cutContext
    case .filtered:
      return .giveUp(.filtered)
    case .mediaUnsupported:
      return otherModel(.cannotSee, remaining)
    case .keyRefused, .outOfMoney, .modelUnknown, .toolsUnsupported, .refused, .cancelled:
      return otherModel(.couldNotAnswer, remaining)
    case .timedOut:
      // Who was silent once would take up the rest of the time as well.
      guard model + 1 < models else { return again(error, .tookTooLong, remaining, jitter) }
      return otherModel(.tookTooLong, remaining)
    case .rateLimited:
      return again(error, .busy, remaining, jitter)
    case .unavailable, .unreachable, .interrupted, .malformed:
      return again(error, .couldNotAnswer, remaining, jitter)
    }
  }

  private mutating func again(
    _ error: ModelError, _ failure: AnswerFailure, _ remaining: Duration, _ jitter: Double
  ) -> Next {
    guard attempts < limits.attemptsPerModel else { return otherModel(failure, remaining) }
    let pause = error.retryAfter ?? ownPause(jitter)
    guard pause < remaining else { return otherModel(failure, remaining) }
    attempts += 1
    return .again(after: pause)
  }

  private func ownPause(_ jitter: Double) -> Duration {
    let pause = min(limits.firstPause * (1 << (attempts - 1)), limits.longestPause)
    return pause * (1 - 0.25 * jitter)
  }

  private mutating func otherModel(_ failure: AnswerFailure, _ remaining: Duration) -> Next {
    guard remaining > .zero, skipModel() else { return .giveUp(failure) }
    return .nextModel
  }
}
