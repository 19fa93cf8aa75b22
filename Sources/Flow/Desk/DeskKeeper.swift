internal import Conversation
internal import Gateways
package import Platform
package import Storage

/// Watches the clock for dialogues that wait for a person or are held by one: tells them when their
/// time has come, and those who wait their place in the queue.
package struct DeskKeeper: Service {
  package let name = "desk"

  private let store: any Store
  private let areOperatorsThere: @Sendable () -> Bool
  private let inboxBell: Wakeup
  private let clock: Clock
  private let metrics: DeskMetrics
  private let log: Log

  /// How often it looks.
  private static let interval = Duration.seconds(2)
  /// How many dialogues are told something at once.
  private static let limit = 500

  /// Makes the keeper. Places are told only while `areOperatorsThere`.
  package init(
    store: any Store, areOperatorsThere: @escaping @Sendable () -> Bool, inboxBell: Wakeup,
    clock: Clock, metrics: DeskMetrics, log: Log
  ) {
    self.store = store
    self.areOperatorsThere = areOperatorsThere
    self.inboxBell = inboxBell
    self.clock = clock
    self.metrics = metrics
    self.log = log
  }

  package func run() async throws {
    while true {
      do throws(StoreError) {
        try await look()
      } catch {
        log.warning("waiting dialogues cannot be read", [.reason: .text(String(describing: error))])
      }
      try await clock.sleep(Self.interval)
    }
  }

  /// Looks once.
  package func look() async throws(StoreError) {
    let now = clock.now()
    let due = try await store.dueTimers(now: now, limit: Self.limit)
    let waiting = try await store.browse(DialogueQuery(state: .waiting, limit: Self.limit))
    metrics.setWaiting(waiting.count)
    let entries = due.map { timer($0, now) } + (areOperatorsThere() ? places(waiting, now) : [])
    guard !entries.isEmpty else { return }
    _ = try await store.admit(entries, now: now)
    inboxBell.ring()
  }

  /// The key keeps several replicas from telling it more than once.
  private func timer(_ due: DueTimer, _ now: Instant) -> NewInboxEntry {
    NewInboxEntry(
      sourceKeys: ["\(due.address.bot):timer:\(due.conversation):\(due.at.milliseconds)"],
      address: due.address, event: .timer, notBefore: now)
  }

  /// Those whose place has changed since they were told.
  private func places(_ waiting: [DialogueSummary], _ now: Instant) -> [NewInboxEntry] {
    zip(1..., waiting).compactMap { place, summary in
      guard case .waiting(let request) = summary.dialogue.state, request.place != place,
        summary.dialogue.desk?.audience.isPrivate == true
      else { return nil }
      return NewInboxEntry(
        sourceKeys: [], address: summary.address, event: .place(place), notBefore: now)
    }
  }
}
