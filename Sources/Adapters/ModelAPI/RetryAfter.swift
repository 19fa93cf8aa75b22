internal import Conversation
internal import Foundation
internal import Gateways

/// How long a service wants us to wait, by the header fields of its answer.
///
/// `retry-after-ms` is OpenAI's and Azure's, `Retry-After` RFC 9110's (seconds or a date),
/// `x-ratelimit-reset-requests` and `-tokens` OpenAI's and Groq's (`1s`, `6m0s`, `120ms`), and
/// `x-ratelimit-reset` OpenRouter's (milliseconds since 1970).
///
/// - Parameters:
///   - headers: The header fields.
///   - isLimit: Whether the answer is about a limit on requests; else the fields about limits say
///     nothing, as several services send them always.
///   - now: The time, for dates.
/// - Returns: The time to wait; nil where the service names none.
func retryAfter(_ headers: [HTTPHeader], isLimit: Bool, now: Instant) -> Duration? {
  if let value = headers["retry-after-ms"].flatMap({ Double(trimmed($0)) }) {
    return bounded(value / 1000)
  }
  if let value = headers["retry-after"].map({ trimmed($0) }) {
    if let seconds = Double(value) { return bounded(seconds) }
    if let date = httpDate(value) { return bounded(date.since(now).inSeconds) }
  }
  guard isLimit else { return nil }
  return limitReset(headers) ?? headers["x-ratelimit-reset"].flatMap { reset($0, now: now) }
}

/// The reset of the limit that is used up. Where that is not told, the one on tokens: limits on
/// requests are often those of a day, and their reset is far away.
private func limitReset(_ headers: [HTTPHeader]) -> Duration? {
  func reset(_ kind: String) -> Duration? {
    headers["x-ratelimit-reset-" + kind].flatMap { spelledDuration($0) }
  }
  let spent = ["requests", "tokens"].filter {
    headers["x-ratelimit-remaining-" + $0].map { trimmed($0) } == "0"
  }
  return spent.compactMap(reset).max() ?? reset("tokens") ?? reset("requests")
}

private func reset(_ value: String, now: Instant) -> Duration? {
  guard let number = Double(trimmed(value)) else { return spelledDuration(value) }
  let seconds = Double(now.milliseconds) / 1000
  return switch number {
  case 1e11...: bounded(number / 1000 - seconds)
  case 1e8...: bounded(number - seconds)
  default: bounded(number)
  }
}

/// A duration as Go spells it: `1s`, `6m0s`, `120ms`, `1h2m3.5s`; a bare number is seconds.
func spelledDuration(_ text: String) -> Duration? {
  var rest = trimmed(text)[...]
  guard !rest.isEmpty else { return nil }
  if let seconds = Double(rest) { return bounded(seconds) }
  var total = 0.0
  while !rest.isEmpty {
    let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    rest = rest.dropFirst(digits.count)
    let unit = rest.prefix { $0.isLetter }
    rest = rest.dropFirst(unit.count)
    let sizes: [Substring: Double] = [
      "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600, "d": 86400,
    ]
    guard let number = Double(digits), let size = sizes[unit] else { return nil }
    total += number * size
  }
  return bounded(total)
}

/// A date as RFC 9110 has it sent: `Sun, 06 Nov 1994 08:49:37 GMT`.
func httpDate(_ text: String) -> Instant? {
  let parts = text.split { " :,".contains($0) }
  guard parts.count == 8, parts[7] == "GMT", let day = Int(parts[1]),
    let month = months.firstIndex(of: parts[2]), let year = Int(parts[3]),
    let hour = Int(parts[4]), let minute = Int(parts[5]), let second = Int(parts[6]),
    (1...31).contains(day), (1970...9999).contains(year), (0..<24).contains(hour),
    (0..<60).contains(minute), (0...60).contains(second)
  else { return nil }
  var components = DateComponents()
  components.timeZone = .gmt
  (components.year, components.month, components.day) = (year, month + 1, day)
  (components.hour, components.minute, components.second) = (hour, minute, second)
  return Calendar(identifier: .gregorian).date(from: components).map {
    Instant(seconds: Int64($0.timeIntervalSince1970))
  }
}

private let months: [Substring] = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]

/// Seconds as a duration: never negative, at most 30 days, to the millisecond.
private func bounded(_ seconds: Double) -> Duration? {
  guard seconds.isFinite else { return nil }
  return .milliseconds(Int64((min(max(seconds, 0), 30 * 86400) * 1000).rounded(.up)))
}

private func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespaces) }
