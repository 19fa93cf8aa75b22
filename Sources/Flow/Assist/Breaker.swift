package import Conversation
package import Gateways

/// Spares a model that is down, and finds out soon when it is back. Pure.
///
/// Closed: every request goes through. After `threshold` failures in a row it opens: requests fail
/// at once. When the pause is over, one request is let through as a probe: its success closes, its
/// failure opens again for twice as long.
package struct Breaker: Equatable, Sendable {
  private enum State: Equatable {
    /// Can transition to: closed (success, fewer failures), open.
    case closed(failures: Int)
    /// Can transition to: probing.
    case open(until: Instant, pause: Duration)
    /// Can transition to: closed, open.
    case probing(since: Instant, pause: Duration)
  }

  private let threshold: Int
  private let firstPause: Duration
  private let longestPause: Duration
  private var state = State.closed(failures: 0)
  /// When an answer last broke off and was counted.
  private var brokeAt: Instant?

  /// Makes a closed breaker.
  package init(
    threshold: Int = 5, firstPause: Duration = .seconds(5), longestPause: Duration = .seconds(60)
  ) {
    self.threshold = threshold
    self.firstPause = firstPause
    self.longestPause = longestPause
  }

  /// Whether requests fail at once.
  package var isOpen: Bool {
    switch state {
    case .closed: false
    case .open, .probing: true
    }
  }

  /// Whether a request may go through now.
  package mutating func admits(now: Instant) -> Bool {
    switch state {
    case .closed:
      return true
    case .open(let until, let pause):
      guard now >= until else { return false }
      state = .probing(since: now, pause: pause)
      return true
    case .probing(let since, let pause):
      // A probe that never came back (its job was dropped) must not close the way for ever.
      guard now.since(since) >= longestPause else { return false }
      state = .probing(since: now, pause: pause)
      return true
    }
  }

  /// Takes in that the service answered.
  package mutating func succeeded() { state = .closed(failures: 0) }

  /// Takes in that an answer has begun: a probe need not be waited for to its end.
  package mutating func answering() {
    if case .probing = state { state = .closed(failures: 0) }
  }

  /// Takes in the failure of a request that was `begun` at a time; only those that tell of a fault of
  /// the service count. Answers that were under way together break off together, as when a proxy
  /// starts again, and count once.
  package mutating func failed(_ kind: ModelError.Kind, begun: Instant, now: Instant) {
    switch kind {
    case .interrupted:
      if let brokeAt, begun < brokeAt { return }
      brokeAt = now
      faulted(now)
    case .unavailable, .unreachable, .timedOut, .malformed:
      faulted(now)
    case .rateLimited, .contextTooLong, .filtered, .keyRefused, .outOfMoney, .modelUnknown,
      .mediaUnsupported, .toolsUnsupported, .refused:
      // It answered, if only to refuse: it is up.
      if case .probing = state { state = .closed(failures: 0) }
    case .cancelled:
      // The probe told nothing; the next request is one.
      if case .probing(let since, let pause) = state, begun >= since {
        state = .open(until: now, pause: pause)
      }
    }
  }

  private mutating func faulted(_ now: Instant) {
    switch state {
    case .closed(let failures):
      state =
        failures + 1 < threshold
        ? .closed(failures: failures + 1) : .open(until: now + firstPause, pause: firstPause)
    case .probing(_, let pause):
      let longer = min(pause * 2, longestPause)
      state = .open(until: now + longer, pause: longer)
    case .open:
      break
    }
  }
}
