internal import Conversation
package import Gateways
package import Platform
package import Storage

/// Takes updates in: decode, admit, and only then let them be acknowledged.
package struct Intake: Sendable {
  private let store: any Store
  private let decoder: UpdateDecoder
  private let routing: UpdateRouting
  private let bell: Wakeup
  private let clock: Clock
  private let metrics: Metrics
  private let log: Log

  /// Makes the intake of one bot. `bell` is rung when there is something new for Turn.
  package init(
    store: any Store, decoder: UpdateDecoder, identity: BotIdentity, policy: IntakePolicy,
    bell: Wakeup,
    clock: Clock, metrics: Metrics, log: Log
  ) {
    self.store = store
    self.decoder = decoder
    self.routing = UpdateRouting(identity: identity, policy: policy)
    self.bell = bell
    self.clock = clock
    self.metrics = metrics
    self.log = log
    metrics.declare(
      "switchboard_updates_total", .counter, help: "Updates taken in, by kind.")
  }

  /// Admits the JSON of updates. When this returns, they may be acknowledged; when it throws, none
  /// of them may.
  package func admit(_ updates: [[UInt8]]) async throws(StoreError) {
    let now = clock.now()
    let entries = updates.compactMap { entry(for: $0, now: now) }
    guard !entries.isEmpty else { return }
    let fresh = try await store.admit(entries, now: now)
    if fresh.contains(true) { bell.ring() }
    for isNew in fresh where !isNew {
      metrics.increment("switchboard_updates_total", ["kind": "repeated"])
    }
  }

  private func entry(for json: [UInt8], now: Instant) -> NewInboxEntry? {
    do {
      let update = try decoder.decode(json)
      metrics.increment("switchboard_updates_total", ["kind": update.kind.label])
      return routing.entry(for: update, now: now)
    } catch {
      metrics.increment("switchboard_updates_total", ["kind": "unusable"])
      log.error("an update cannot be read and is set aside", [.reason: .text(error.reason)])
      return routing.entry(for: error, body: json, now: now)
    }
  }
}

extension InboundUpdate.Kind {
  /// The value of the metric's label: a fixed set.
  fileprivate var label: String {
    switch self {
    case .message: "message"
    case .editedMessage: "edited_message"
    case .generationStopped: "stopped_message_generation"
    case .membershipChanged: "my_chat_member"
    case .pressed: "callback_query"
    case .memberChanged: "chat_member"
    case .migrated: "migration"
    case .topicCreated: "forum_topic_created"
    case .ignored: "ignored"
    }
  }
}
