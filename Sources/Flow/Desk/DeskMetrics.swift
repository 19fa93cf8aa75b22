package import Conversation
package import Platform

/// The figures of the operators' work as metrics of this process. They count the same entries of the
/// log as `DeskStatistics`.
package struct DeskMetrics: Sendable {
  private let metrics: Metrics

  /// Makes and declares the metrics.
  package init(_ metrics: Metrics) {
    self.metrics = metrics
    let counters = [
      ("switchboard_handoffs_total", "Dialogues that were to go to a person, by reason."),
      ("switchboard_handoffs_taken_total", "Dialogues that an operator took."),
      ("switchboard_handoffs_returned_total", "Dialogues that came back to the bot, by cause."),
      ("switchboard_handoffs_unclaimed_total", "Requests that nobody took in time."),
      ("switchboard_dialogues_closed_total", "Dialogues that were closed."),
      ("switchboard_operator_answers_total", "Answers of operators."),
      (
        "switchboard_operator_undelivered_total",
        "Answers of operators that could not be delivered."
      ),
      ("switchboard_ratings_total", "Ratings of customers, by stars."),
    ]
    for (name, help) in counters { metrics.declare(name, .counter, help: help) }
    let histograms = [
      (
        "switchboard_operator_first_response_seconds",
        "Time from the request for a person to the first answer."
      ),
      (
        "switchboard_operator_next_response_seconds",
        "Time from the oldest unanswered message to the next answer."
      ),
      ("switchboard_resolution_seconds", "Time from the request for a person to the end."),
    ]
    for (name, help) in histograms { metrics.declare(name, .histogram, help: help) }
  }

  /// Takes in what was added to the log.
  package func observe(_ entries: [DeskLogEntry]) {
    for entry in entries { observe(entry.kind) }
  }

  private func observe(_ kind: DeskLogEntry.Kind) {
    switch kind {
    case .requested(let reason):
      metrics.increment("switchboard_handoffs_total", ["reason": reason.rawValue])
    case .withdrawn:
      metrics.increment("switchboard_handoffs_returned_total", ["cause": "withdrawn"])
    case .taken: metrics.increment("switchboard_handoffs_taken_total")
    case .answered(_, let first, let next):
      metrics.increment("switchboard_operator_answers_total")
      observe("switchboard_operator_first_response_seconds", first)
      observe("switchboard_operator_next_response_seconds", next)
    case .returned(let cause, _):
      metrics.increment("switchboard_handoffs_returned_total", ["cause": cause.rawValue])
    case .closed(_, let resolution):
      metrics.increment("switchboard_dialogues_closed_total")
      observe("switchboard_resolution_seconds", resolution)
    case .unclaimed: metrics.increment("switchboard_handoffs_unclaimed_total")
    case .undelivered: metrics.increment("switchboard_operator_undelivered_total")
    case .rated(let stars):
      metrics.increment("switchboard_ratings_total", ["stars": "\(stars)"])
    case .passed, .customerWrote, .reminded: break
    }
  }

  private func observe(_ name: String, _ milliseconds: Int64?) {
    guard let milliseconds else { return }
    metrics.observe(name, seconds: Double(milliseconds) / 1_000)
  }
}
