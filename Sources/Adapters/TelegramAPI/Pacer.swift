package import Conversation

/// Decides when a call may go out: obeys what Telegram says, per chat and over all chats.
///
/// A chat that was told to wait waits exactly that long, alone. When several chats are told so
/// within `window`, it is the bot that is too fast: the pace of all is halved, and grows again in
/// even steps, back to where it was in half a minute. Before that there is no pace but the ceiling.
/// Groups take few messages a minute, and that is known beforehand: `GroupLog`.
/// A value without clock: the time comes in, as a duration since any moment.
package struct Pacer: Sendable {
  /// What a call may do.
  package enum Verdict: Equatable, Sendable {
    /// It may go out after this time, for which its place is kept; zero means at once.
    case go(after: Duration)
    /// Its chat has to wait for this time, longer than it wants to; no place is kept.
    case chatLimited(Duration)
    /// All have to wait for this time, longer than it wants to; no place is kept.
    case crowded(Duration)
  }

  /// How far apart limited chats count as one event.
  static let window: Duration = .seconds(5)
  /// How many different chats make the bot as a whole too fast.
  static let chatsTooFast = 3
  /// How many limited chats are remembered, and how many groups.
  static let capacity = 4096

  private let ceiling: Double?
  /// Calls per second; nil while nothing but the ceiling bounds them.
  private var pace: Double?
  private var paceChanged: Duration = .zero
  private var nextPlace: Duration = .zero
  private var blocked: [ChatID: Duration] = [:]
  private var groups: [ChatID: GroupLog] = [:]
  private var recent: [(chat: ChatID, at: Duration)] = []
  private var load = Load()

  /// Makes a pacer; `ceiling` is in calls per second.
  package init(ceiling: Double?) { self.ceiling = ceiling }

  /// The pace in calls per second; nil when there is none.
  package func currentPace(at now: Duration) -> Double? {
    guard let pace else { return ceiling }
    let grown = pace + max(1, pace / 30) * (now - paceChanged).inSeconds
    return min(grown, ceiling ?? grown)
  }

  /// How many chats are remembered.
  package var remembered: Int { max(blocked.count, groups.count) }

  /// Asks for a place for a call to `chat` that can wait for `patience` and puts so many messages
  /// there; edits and typing put none.
  package mutating func admit(
    _ chat: ChatID, messages: Int = 0, patience: Duration, at now: Duration
  ) -> Verdict {
    var wait = Duration.zero
    if let until = blocked[chat] {
      if until > now { wait = until - now } else { blocked[chat] = nil }
    }
    let isCounted = messages > 0 && chat.rawValue < 0
    if isCounted, let log = groups[chat] { wait = max(wait, log.earliest(messages, at: now) - now) }
    guard wait <= patience else { return .chatLimited(wait) }
    relax(at: now)
    if let pace = currentPace(at: now) {
      let place = max(nextPlace, now)
      let crowd = place - now
      guard crowd <= patience else { return .crowded(crowd) }
      nextPlace = place + .nanoseconds(Int64(1_000_000_000 / pace))
      wait = max(wait, crowd)
    }
    load.count(at: now)
    if isCounted { note(messages, in: chat, for: now + wait, at: now) }
    return .go(after: wait)
  }

  private mutating func note(
    _ messages: Int, in chat: ChatID, for time: Duration, at now: Duration
  ) {
    groups[chat, default: GroupLog()].note(messages, at: time)
    guard groups.count > Self.capacity else { return }
    groups = groups.filter { $0.value.matters(at: now) }
    guard groups.count > Self.capacity else { return }
    let longestSilent = groups.sorted { $0.value.last < $1.value.last }.prefix(Self.capacity / 4)
    for (chat, _) in longestSilent { groups[chat] = nil }
  }

  /// Learns that Telegram told a call to `chat` to wait.
  package mutating func limited(_ chat: ChatID, retryAfter: Duration, at now: Duration) {
    blocked[chat] = max(blocked[chat] ?? .zero, now + retryAfter)
    if blocked.count > Self.capacity { forget(at: now) }
    recent.removeAll { $0.chat == chat || now - $0.at > Self.window }
    recent.append((chat, now))
    guard recent.count >= Self.chatsTooFast else { return }
    // What is limited from here on is news about the new pace, not about the old one.
    recent.removeAll()
    pace = max(1, (currentPace(at: now) ?? load.perSecond(at: now)) / 2)
    paceChanged = now
  }

  /// How long `chat` still has to wait; zero when it does not.
  package func rest(_ chat: ChatID, at now: Duration) -> Duration {
    max(.zero, (blocked[chat] ?? now) - now)
  }

  /// A pace beyond what was ever needed bounds nothing and is dropped.
  private mutating func relax(at now: Duration) {
    guard pace != nil, let grown = currentPace(at: now) else { return }
    if grown >= ceiling ?? max(60, 2 * load.perSecond(at: now)) { pace = nil }
  }

  private mutating func forget(at now: Duration) {
    blocked = blocked.filter { $0.value > now }
    guard blocked.count > Self.capacity else { return }
    let soonest = blocked.sorted { $0.value < $1.value }.prefix(Self.capacity / 4)
    for (chat, _) in soonest { blocked[chat] = nil }
  }
}

/// When the last messages to one group went out, or will.
///
/// Telegram takes 20 messages a minute in a group, and one a second in any chat with short bursts
/// (core.telegram.org/bots/faq). So there are never more than 20 in any minute, and of these never
/// more than five in any five seconds.
private struct GroupLog: Sendable {
  private static let bounds: [(messages: Int, in: Duration)] = [
    (20, .seconds(60)), (5, .seconds(5)),
  ]

  /// The newest last; no more than the widest bound looks at.
  private var times: [Duration] = []

  var last: Duration { times.last ?? .zero }

  /// When so many messages can go out together. More than a bound allows wait until all before them
  /// have left it.
  func earliest(_ messages: Int, at now: Duration) -> Duration {
    var earliest = now
    for bound in Self.bounds {
      let stay = max(0, bound.messages - messages)
      guard times.count > stay else { continue }
      earliest = max(earliest, times[times.count - 1 - stay] + bound.in)
    }
    return earliest
  }

  func matters(at now: Duration) -> Bool { last + Self.bounds[0].in > now }

  mutating func note(_ messages: Int, at time: Duration) {
    let room = Self.bounds[0].messages
    times.append(contentsOf: repeatElement(max(time, last), count: min(messages, room)))
    times.removeFirst(max(0, times.count - room))
  }
}

/// How many calls go out in a second.
private struct Load: Sendable {
  private var second: Int64 = .min
  private var calls = 0
  private var callsBefore = 0

  mutating func count(at now: Duration) {
    turn(to: now)
    calls += 1
  }

  /// The greater of the running and the last second, at least one.
  func perSecond(at now: Duration) -> Double {
    var turned = self
    turned.turn(to: now)
    return Double(max(turned.calls, turned.callsBefore, 1))
  }

  private mutating func turn(to now: Duration) {
    let seconds = now.components.seconds
    guard seconds != second else { return }
    callsBefore = second != .min && seconds == second + 1 ? calls : 0
    calls = 0
    second = seconds
  }
}
