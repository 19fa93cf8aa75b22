import Conversation
import Desk

extension PromisesTests {
  /// The lines of metrics that figures make, without buckets and gauges.
  static func text(_ figures: DeskStatistics) -> [String] {
    var lines: [String] = []
    func count(_ name: String, _ count: Int, _ labels: String = "") {
      if count > 0 { lines.append("switchboard_\(name)\(labels) \(count)") }
    }
    func waits(_ name: String, _ waits: DeskStatistics.Waits) {
      guard waits.count > 0 else { return }
      // The sum is of seconds, added in the order of the log.
      let sum = waits.all.reduce(0.0) { $0 + Double($1) / 1_000 }
      let shown = sum == sum.rounded() ? "\(Int64(sum))" : "\(sum)"
      lines += ["switchboard_\(name)_sum \(shown)", "switchboard_\(name)_count \(waits.count)"]
    }
    count("dialogues_closed_total", figures.closed)
    count("handoffs_taken_total", figures.taken)
    for (reason, number) in figures.requested.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      count("handoffs_total", number, "{reason=\"\(reason.rawValue)\"}")
    }
    count("handoffs_returned_total", figures.withdrawn, "{cause=\"withdrawn\"}")
    for (cause, number) in figures.returned {
      count("handoffs_returned_total", number, "{cause=\"\(cause.rawValue)\"}")
    }
    count("handoffs_unclaimed_total", figures.unclaimed)
    count("operator_answers_total", figures.answers)
    waits("operator_first_response_seconds", figures.firstResponse)
    waits("operator_next_response_seconds", figures.nextResponse)
    count("operator_undelivered_total", figures.undelivered)
    for (stars, number) in figures.ratings {
      count("ratings_total", number, "{stars=\"\(stars)\"}")
    }
    waits("resolution_seconds", figures.resolution)
    return lines.sorted()
  }
}
