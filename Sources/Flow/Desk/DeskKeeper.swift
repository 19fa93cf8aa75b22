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
  private let log: Log

  /// How often it looks.
  private static let interval = Duration.seconds(2)
  /// Up to which place every change is told; farther back people get to know their first place only,
  /// or each who is taken would mean a message for everybody behind.
  private static let exactPlaces = 20
  /// How many dialogues are told something at once.
  private static let limit = 500

  /// Makes the keeper. Places are told only while `areOperatorsThere`.
  package init(
    store: any Store, areOperatorsThere: @escaping @Sendable () -> Bool, inboxBell: Wakeup,
    clock: Clock, log: Log
  ) {
    self.store = store
    self.areOperatorsThere = areOperatorsThere
    self.inboxBell = inboxBell
    self.clock = clock
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
    let entries = due.map { timer($0, now) } + (areOperatorsThere() ? places(waiting, now) : [])
    guard !entries.isEmpty else { return }
    _ = try await store.admit(entries, now: now)
    inboxBell.ring()
  }

  /// The key keeps several replicas from telling it more than once; one that came to nothing is told
  /// again ten minutes later.
  private func timer(_ due: DueTimer, _ now: Instant) -> NewInboxEntry {
    NewInboxEntry(
      sourceKeys: [
        "\(due.address.bot):timer:\(due.conversation):\(due.at.milliseconds):"
          + "\(now.milliseconds / 600_000)"
      ],
      address: due.address, event: .timer, notBefore: now)
  }

  /// Those whose place has changed since they were told.
  private func places(_ waiting: [DialogueSummary], _ now: Instant) -> [NewInboxEntry] {
    zip(1..., waiting).compactMap { place, summary in
      guard case .waiting(let request) = summary.dialogue.state, request.place != place,
        summary.dialogue.desk?.audience.isPrivate == true,
        request.place == nil || place <= Self.exactPlaces
      else { return nil }
      // Not more than once a minute is the same told, however long it takes to be heard.
      let asked = "\(summary.dialogue.id):\(request.since.milliseconds)"
      let key = "\(summary.address.bot):place:\(asked):\(place):\(now.milliseconds / 60_000)"
      return NewInboxEntry(
        sourceKeys: [key], address: summary.address, event: .place(place), notBefore: now)
    }
  }
}
