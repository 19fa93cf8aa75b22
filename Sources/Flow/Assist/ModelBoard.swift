internal import Conversation
internal import Gateways
internal import Platform
internal import Synchronization

/// What is known of each model: whether it is up, how it counts tokens, and whether it takes tools.
final class ModelBoard: Sendable {
  private struct Entry {
    var breaker = Breaker()
    var estimator = TokenEstimator()
    /// Since when nothing but failures has come.
    var failingSince: Instant?
    var takesTools = true
  }

  private let entries = Mutex<[String: Entry]>([:])
  private let health: Health
  private let alarm: Alarm

  init(health: Health, alarm: Alarm) {
    self.health = health
    self.alarm = alarm
  }

  func admits(_ model: String, now: Instant) -> Bool {
    entries.withLock { $0[model, default: Entry()].breaker.admits(now: now) }
  }

  func estimator(_ model: String) -> TokenEstimator {
    entries.withLock { $0[model, default: Entry()].estimator }
  }

  /// Whether a model can be offered tools, as far as is known.
  func takesTools(_ model: String) -> Bool {
    entries.withLock { $0[model, default: Entry()].takesTools }
  }

  /// Takes in that a model refuses tools, until the program ends. That is no failure: it is up.
  func refusedTools(_ model: String, now: Instant) {
    entries.withLock {
      $0[model, default: Entry()].takesTools = false
      $0[model]?.breaker.failed(.toolsUnsupported, begun: now, now: now)
    }
  }

  /// Takes in that an answer has begun.
  func answering(_ model: String) {
    entries.withLock { $0[model, default: Entry()].breaker.answering() }
  }

  /// Takes in that a request `begun` at a time was given up, which tells nothing of the model.
  func gaveUp(_ model: String, begun: Instant, now: Instant) {
    entries.withLock {
      $0[model, default: Entry()].breaker.failed(.cancelled, begun: begun, now: now)
    }
  }

  /// Takes in a whole answer; `rawEstimate` is what its prompt was thought to cost before anything
  /// was learned.
  func succeeded(_ model: String, rawEstimate: Int, usage: TokenUsage?) {
    entries.withLock {
      $0[model, default: Entry()].breaker.succeeded()
      $0[model]?.failingSince = nil
      if let usage {
        $0[model, default: Entry()].estimator.calibrate(
          estimated: rawEstimate, actual: usage.prompt)
      }
    }
    health.report(.model, nil)
  }

  /// Takes in the failure of a request that was `begun` at a time.
  func failed(_ model: String, _ kind: ModelError.Kind, begun: Instant, now: Instant) {
    let (isOpen, since) = entries.withLock { entries in
      entries[model, default: Entry()].breaker.failed(kind, begun: begun, now: now)
      let since = entries[model]?.failingSince ?? now
      entries[model]?.failingSince = since
      return (entries[model]?.breaker.isOpen ?? false, since)
    }
    switch kind {
    case .keyRefused:
      health.report(.model, "the service refuses the key")
      alarm.raise(.keyRefused)
    case .outOfMoney:
      health.report(.model, "the account has no money left")
      alarm.raise(.outOfMoney)
    case .modelUnknown:
      health.report(.model, "the service does not know the model")
    case .timedOut, .rateLimited, .unavailable, .unreachable, .interrupted, .malformed,
      .contextTooLong, .filtered, .mediaUnsupported, .toolsUnsupported, .refused, .cancelled:
      guard isOpen else { return }
      health.report(.model, "the model cannot be used just now")
      if now.since(since) >= Self.longOutage { alarm.raise(.modelDown) }
    }
  }

  /// How long a model must fail before a person is called.
  private static let longOutage = Duration.seconds(300)
}
