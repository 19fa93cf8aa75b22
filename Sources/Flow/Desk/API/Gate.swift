internal import Conversation
internal import Gateways
internal import Platform
internal import Synchronization

/// Who may come in, and how often.
///
/// The server tells nothing of the peer's address, and behind a proxy all would have the same, so
/// both counts are of everybody together. Wrong tokens never keep the right one out: else anybody
/// could lock the owner out.
final class Gate: Sendable {
  private struct State {
    var bucket: TokenBucket
    var wrong = WrongTokens()
  }

  private let isToken: @Sendable (String) -> Bool
  private let clock: Clock
  private let log: Log
  private let state: Mutex<State>

  init(
    isToken: @escaping @Sendable (String) -> Bool, limits: DeskAPI.Limits, clock: Clock, log: Log
  ) {
    self.isToken = isToken
    self.clock = clock
    self.log = log
    state = Mutex(State(bucket: TokenBucket(limits, now: clock.steady())))
  }

  /// Lets a request in, or says why not: 401, or 429.
  func admit(_ request: HTTPServerRequest) throws(Problem) {
    guard let given = Self.token(request.headers["Authorization"]) else {
      throw Self.unauthorized("A bearer token is needed.")
    }
    let now = clock.steady()
    guard isToken(given) else { throw refuse(given, now) }
    guard let wait = state.withLock({ $0.bucket.take(now: now) }) else { return }
    throw .later(429, seconds: wait.roundedSeconds, "There are too many requests.")
  }

  private func refuse(_ given: String, _ now: Instant) -> Problem {
    let (wait, isNew) = state.withLock { state in
      let before = state.wrong.lockedUntil
      let wait = state.wrong.refuse(given.hashValue, now: now)
      return (wait, state.wrong.lockedUntil != before)
    }
    guard let wait else { return Self.unauthorized("The token is wrong.") }
    if isNew {
      log.warning(
        "somebody tries wrong tokens on the HTTP API", [.seconds: .integer(wait.roundedSeconds)])
    }
    return .later(429, seconds: wait.roundedSeconds, "There were too many wrong tokens.")
  }

  /// RFC 6750; the scheme's name is read without regard to case.
  private static func token(_ header: String?) -> String? {
    guard let header else { return nil }
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return String(parts[1])
  }

  private static func unauthorized(_ detail: String) -> Problem {
    Problem(
      401, detail, headers: [HTTPHeader("WWW-Authenticate", "Bearer realm=\"switchboard\"")])
  }
}

/// So many requests a second in the long run, and some more at once.
struct TokenBucket: Sendable {
  private let limits: DeskAPI.Limits
  /// What is left, in thousandths of a request.
  private var left: Int64
  private var filledAt: Instant

  init(_ limits: DeskAPI.Limits, now: Instant) {
    self.limits = limits
    left = Int64(limits.burst) * 1_000
    filledAt = now
  }

  /// Takes one; if there is none left, how long until there is.
  mutating func take(now: Instant) -> Duration? {
    let rate = Int64(limits.requestsPerSecond)
    let passed = max(0, now.since(filledAt).milliseconds)
    filledAt = max(filledAt, now)
    // More than fills the bucket needs not be counted.
    let full = Int64(limits.burst) * 1_000
    left = min(full, left + min(passed, full) * rate)
    guard left < 1_000 else {
      left -= 1_000
      return nil
    }
    return .milliseconds((1_000 - left + rate - 1) / rate)
  }
}

/// Counts wrong tokens. A client that has an old token repeats it, a guesser never does: the same
/// wrong token in a row counts once.
struct WrongTokens: Sendable {
  /// So many different wrong tokens in a minute are answered as such.
  static let limit = 10
  private static let window = Duration.seconds(60)
  private static let longestWait = Duration.seconds(60)

  private(set) var lockedUntil = Instant(milliseconds: .min / 2)
  private var windowStart = Instant(milliseconds: .min / 2)
  private var count = 0
  private var last: Int?
  private var wait = Duration.zero

  init() {}

  /// Counts one; how long none will be looked at, if there were too many.
  mutating func refuse(_ fingerprint: Int, now: Instant) -> Duration? {
    if now < lockedUntil { return lockedUntil.since(now) }
    if now.since(windowStart) >= Self.window {
      if now.since(lockedUntil) >= Self.window { wait = .zero }
      windowStart = now
      count = 0
      last = nil
    }
    if last != fingerprint { count += 1 }
    last = fingerprint
    guard count > Self.limit else { return nil }
    wait = min(max(.seconds(1), wait * 2), Self.longestWait)
    lockedUntil = now + wait
    return wait
  }
}

extension Duration {
  /// Whole seconds, rounded up.
  fileprivate var roundedSeconds: Int64 { (milliseconds + 999) / 1_000 }
}
