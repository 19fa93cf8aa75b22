internal import Conversation
internal import Platform
internal import Storage

/// Looks after the store: counts what is in it, finds out when it can't be written, and removes
/// what is no longer needed.
struct Caretaker: Service {
  let name = "caretaker"
  let store: any Store
  /// How many days transcripts are kept; nil for ever.
  let retentionDays: Int?
  let clock: Clock
  let health: Health
  let metrics: Metrics
  let alarm: Alarm
  let log: Log

  /// How often figures are taken.
  private static let interval = Duration.seconds(5)
  /// How many rounds of figures lie between two clean-ups: an hour.
  private static let roundsPerPurge = 720
  /// How long a message that could not be delivered is kept.
  private static let undeliveredKept = Duration.seconds(30 * 86_400)

  func run() async throws {
    declare()
    for round in 0... {
      await takeFigures()
      if round.isMultiple(of: Self.roundsPerPurge) { await purge() }
      try await clock.sleep(Self.interval)
    }
  }

  private func declare() {
    let gauges: [(String, String)] = [
      ("switchboard_inbox_depth", "Inbox entries not yet worked off."),
      ("switchboard_outbox_depth", "Answer jobs and messages not yet ended."),
      ("switchboard_quarantined", "Inbox entries set aside for a person to look at."),
      (
        "switchboard_oldest_unanswered_seconds",
        "Age of the oldest message that has not ended in an answer or a refusal."
      ),
      ("switchboard_dialogues_waiting", "Dialogues that wait for a person now."),
      ("switchboard_build_info", "Always 1; the version is in the label."),
    ]
    for (name, help) in gauges { metrics.declare(name, .gauge, help: help) }
    metrics.set("switchboard_build_info", ["version": Version.number], to: 1)
  }

  private func takeFigures() async {
    do throws(StoreError) {
      try await store.probe()
      let figures = try await store.figures()
      metrics.set("switchboard_inbox_depth", to: Double(figures.inboxDepth))
      metrics.set("switchboard_outbox_depth", to: Double(figures.outboxDepth))
      metrics.set("switchboard_quarantined", to: Double(figures.quarantined))
      metrics.set("switchboard_dialogues_waiting", to: Double(figures.waiting))
      let age = figures.oldestUnanswered.map { clock.now().since($0).inSeconds } ?? 0
      metrics.set("switchboard_oldest_unanswered_seconds", to: max(0, age))
      health.report(.store, nil)
    } catch {
      health.report(.store, "the store cannot be written")
      alarm.raise(.storeUnwritable)
      log.error(
        "the store cannot be written",
        [.reason: .text(String(describing: error)), .remedy: "see the disk's space and rights"])
    }
  }

  private func purge() async {
    let now = clock.now()
    do throws(StoreError) {
      try await store.purge(
        now: now, undeliveredBefore: now - Self.undeliveredKept,
        transcriptsBefore: retentionDays.map { now - .seconds($0 * 86_400) })
    } catch {
      log.warning("old rows could not be removed", [.reason: .text(String(describing: error))])
    }
  }
}
