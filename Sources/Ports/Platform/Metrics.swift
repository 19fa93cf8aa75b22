internal import Synchronization

/// The metrics that Switchboard counts, in Prometheus' sense of the words.
///
/// Labels have a bounded set of values and never hold ids, names or texts of people.
package final class Metrics: Sendable {
  /// What a metric is.
  package enum Kind: String, Sendable { case counter, gauge, histogram }

  private struct Family {
    var kind: Kind
    var help: String
    var values: [String: Double] = [:]
    var histograms: [String: Histogram] = [:]
  }

  fileprivate struct Histogram {
    var counts: [UInt64]
    var sum: Double = 0
    var total: UInt64 = 0
  }

  /// Upper bounds of the buckets of every histogram, in seconds.
  package static let buckets: [Double] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 600,
    3_600, 14_400,
  ]

  private let families = Mutex<[String: Family]>([:])

  /// Makes an empty registry.
  package init() {}

  /// Declares a metric, so that it is shown with its help text even before its first value.
  ///
  /// One that is counted without being declared is shown without help, rather than lost.
  package func declare(_ name: String, _ kind: Kind, help: String) {
    families.withLock { $0[name, default: Family(kind: kind, help: help)].help = help }
  }

  /// Adds to a counter.
  package func increment(
    _ name: String, _ labels: KeyValuePairs<String, String> = [:], by: Double = 1
  ) {
    let key = Self.key(labels)
    families.withLock {
      $0[name, default: Family(kind: .counter, help: "")].values[key, default: 0] += by
    }
  }

  /// Sets a gauge.
  package func set(_ name: String, _ labels: KeyValuePairs<String, String> = [:], to value: Double)
  {
    let key = Self.key(labels)
    families.withLock { $0[name, default: Family(kind: .gauge, help: "")].values[key] = value }
  }

  /// Adds an observation, in seconds, to a histogram.
  package func observe(
    _ name: String, _ labels: KeyValuePairs<String, String> = [:], seconds: Double
  ) {
    let key = Self.key(labels)
    families.withLock { families in
      families[name, default: Family(kind: .histogram, help: "")].histograms[
        key, default: Histogram(counts: Array(repeating: 0, count: Self.buckets.count))
      ].add(seconds)
    }
  }

  /// The value of a counter or gauge, for tests and `stats`; nil when nothing was counted.
  package func value(_ name: String, _ labels: KeyValuePairs<String, String> = [:]) -> Double? {
    let key = Self.key(labels)
    return families.withLock { $0[name]?.values[key] }
  }

  /// All metrics in Prometheus' text format, version 0.0.4.
  package func text() -> String {
    let snapshot = families.withLock { $0 }
    var lines: [String] = []
    for (name, family) in snapshot.sorted(by: { $0.key < $1.key }) {
      if !family.help.isEmpty {
        lines.append("# HELP \(name) \(Self.escape(family.help, quote: false))")
      }
      lines.append("# TYPE \(name) \(family.kind.rawValue)")
      switch family.kind {
      case .counter, .gauge:
        for (labels, value) in family.values.sorted(by: { $0.key < $1.key }) {
          lines.append("\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(Self.number(value))")
        }
      case .histogram:
        for (labels, histogram) in family.histograms.sorted(by: { $0.key < $1.key }) {
          lines += histogram.lines(name, labels)
        }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func key(_ labels: KeyValuePairs<String, String>) -> String {
    labels.map { "\($0.key)=\"\(escape($0.value, quote: true))\"" }.joined(separator: ",")
  }

  /// Escapes as the format asks: a backslash and a line feed everywhere, a quote in label values.
  private static func escape(_ value: String, quote: Bool) -> String {
    var escaped = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"" where quote: escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  fileprivate static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}

extension Metrics.Histogram {
  fileprivate mutating func add(_ seconds: Double) {
    for index in counts.indices where seconds <= Metrics.buckets[index] { counts[index] += 1 }
    sum += seconds
    total += 1
  }

  fileprivate func lines(_ name: String, _ labels: String) -> [String] {
    let prefix = labels.isEmpty ? "" : labels + ","
    let suffix = labels.isEmpty ? "" : "{\(labels)}"
    return zip(Metrics.buckets, counts).map { bound, count in
      "\(name)_bucket{\(prefix)le=\"\(Metrics.number(bound))\"} \(count)"
    } + [
      "\(name)_bucket{\(prefix)le=\"+Inf\"} \(total)",
      "\(name)_sum\(suffix) \(Metrics.number(sum))",
      "\(name)_count\(suffix) \(total)",
    ]
  }
}
