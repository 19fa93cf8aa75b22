package import Conversation

/// Figures about the work of operators, made from the log of what happened between them and
/// customers. Pure: the same log gives the same figures.
package struct DeskStatistics: Equatable, Sendable {
  /// How long customers waited for something, in milliseconds.
  package struct Waits: Equatable, Sendable {
    /// Each wait, in the order of the log.
    package private(set) var all: [Int64] = []

    /// How many there were.
    package var count: Int { all.count }
    /// Their mean in milliseconds; nil when there were none.
    package var mean: Int64? { all.isEmpty ? nil : all.reduce(0, +) / Int64(all.count) }
    /// The one that half of them do not exceed, in milliseconds; nil when there were none.
    package var median: Int64? {
      all.isEmpty ? nil : all.sorted()[(all.count - 1) / 2]
    }

    mutating func add(_ wait: Int64?) {
      if let wait { all.append(wait) }
    }
  }

  /// Dialogues that were to go to a person, by reason.
  package private(set) var requested: [HandoffReason: Int] = [:]
  /// How often an operator took one.
  package private(set) var taken = 0
  /// Operators' answers.
  package private(set) var answers = 0
  /// From the request to the first answer.
  package private(set) var firstResponse = Waits()
  /// From the customer's oldest unanswered message to the next answer.
  package private(set) var nextResponse = Waits()
  /// From the request to the end.
  package private(set) var resolution = Waits()
  /// Dialogues that came back to the bot.
  package private(set) var returned: [ReturnCause: Int] = [:]
  /// Requests that the customer withdrew.
  package private(set) var withdrawn = 0
  /// Dialogues that were closed.
  package private(set) var closed = 0
  /// Requests that nobody took in time.
  package private(set) var unclaimed = 0
  /// Operators' messages that could not be delivered.
  package private(set) var undelivered = 0
  /// Ratings, by the number of stars.
  package private(set) var ratings: [Int: Int] = [:]

  /// Makes figures of nothing.
  package init() {}

  /// Makes the figures of a log.
  package init(_ log: some Sequence<DeskLogEntry>) {
    for entry in log { add(entry.kind) }
  }

  /// Takes one more entry in.
  package mutating func add(_ kind: DeskLogEntry.Kind) {
    switch kind {
    case .requested(let reason): requested[reason, default: 0] += 1
    case .withdrawn: withdrawn += 1
    case .taken: taken += 1
    case .answered(_, let first, let next):
      answers += 1
      firstResponse.add(first)
      nextResponse.add(next)
    case .returned(let cause, _): returned[cause, default: 0] += 1
    case .closed(_, let duration):
      closed += 1
      resolution.add(duration)
    case .unclaimed: unclaimed += 1
    case .undelivered: undelivered += 1
    case .rated(let stars): ratings[stars, default: 0] += 1
    case .passed, .customerWrote, .reminded: break
    }
  }

  /// The mean rating; nil when there is none.
  package var meanRating: Double? {
    let count = ratings.values.reduce(0, +)
    guard count > 0 else { return nil }
    return Double(ratings.reduce(0) { $0 + $1.key * $1.value }) / Double(count)
  }
}
