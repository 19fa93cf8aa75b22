internal import Conversation
internal import Gateways
internal import Platform
internal import Synchronization

/// What is known of each model: whether it is up, and how it counts tokens.
final class ModelBoard: Sendable {
  private struct Entry {
    var breaker = Breaker()
    var estimator = TokenEstimator()
  }

  private let entries = Mutex<[String: Entry]>([:])
  private let health: Health

  init(health: Health) { self.health = health }

  func admits(_ model: String, now: Instant) -> Bool {
    entries.withLock { $0[model, default: Entry()].breaker.admits(now: now) }
  }

  func estimator(_ model: String) -> TokenEstimator {
    entries.withLock { $0[model, default: Entry()].estimator }
  }

  /// Takes in a whole answer; `rawEstimate` is what its prompt was thought to cost before anything
  /// was learned.
  func succeeded(_ model: String, rawEstimate: Int, usage: TokenUsage?) {
    entries.withLock {
      $0[model, default: Entry()].breaker.succeeded()
      if let usage {
        $0[model, default: Entry()].estimator.calibrate(
          estimated: rawEstimate, actual: usage.prompt)
      }
    }
    health.report(.model, nil)
  }

  func failed(_ model: String, _ kind: ModelError.Kind, now: Instant) {
    let isOpen = entries.withLock { entries in
      entries[model, default: Entry()].breaker.failed(kind, now: now)
      return entries[model]?.breaker.isOpen ?? false
    }
    switch kind {
    case .keyRefused: health.report(.model, "the service refuses the key")
    case .outOfMoney: health.report(.model, "the account has no money left")
    case .modelUnknown: health.report(.model, "the service does not know the model")
    case .timedOut, .rateLimited, .unavailable, .unreachable, .interrupted, .malformed,
      .contextTooLong, .filtered, .refused, .cancelled:
      if isOpen { health.report(.model, "the model cannot be used just now") }
    }
  }
}
