/// Counts and times of a stretch of load.
struct Tally {
  /// Answers that arrived.
  var answers = 0
  /// Posts to the webhook that were not accepted.
  var refused = 0
  /// From the moment a message was due until its acknowledgement.
  var acknowledgements: [Nanoseconds] = []
  /// From the moment a message was due until its answer.
  var whole: [Nanoseconds] = []
  /// The same, without the time that the model took for its own.
  var added: [Nanoseconds] = []
}

extension [Nanoseconds] {
  /// The time, in milliseconds, that so large a part of all did not exceed.
  func percentile(_ part: Double) -> Double {
    guard !isEmpty else { return .nan }
    let sorted = sorted()
    return sorted[Swift.min(count - 1, Int(part * Double(count)))].inMilliseconds
  }
}
