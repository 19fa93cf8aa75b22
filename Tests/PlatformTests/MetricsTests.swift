import Platform
import Testing

@Suite("Metrics")
struct MetricsTests {
  @Test("counters and gauges with and without labels, in the order of their names")
  func values() {
    let metrics = Metrics()
    metrics.declare("b_depth", .gauge, help: "How deep.")
    metrics.declare("a_total", .counter, help: "How many.")
    metrics.declare("c_total", .counter, help: "Not yet.")
    metrics.increment("a_total", ["kind": "message"])
    metrics.increment("a_total", ["kind": "message"], by: 2)
    metrics.increment("a_total", ["kind": "edit", "chat": "group"])
    metrics.set("b_depth", to: 7)
    metrics.set("b_depth", to: 1.5)
    #expect(
      metrics.text() == """
        # HELP a_total How many.
        # TYPE a_total counter
        a_total{kind="edit",chat="group"} 1
        a_total{kind="message"} 3
        # HELP b_depth How deep.
        # TYPE b_depth gauge
        b_depth 1.5
        # HELP c_total Not yet.
        # TYPE c_total counter

        """)
    #expect(metrics.value("a_total", ["kind": "message"]) == 3)
    #expect(metrics.value("c_total") == nil)
  }

  @Test("an empty registry is an empty text")
  func empty() { #expect(Metrics().text().isEmpty) }

  @Test("histograms: buckets are cumulative, the last counts all, sum and count agree")
  func histogram() throws {
    let metrics = Metrics()
    metrics.declare("wait_seconds", .histogram, help: "How long.")
    for seconds in [0.005, 0.006, 0.1, 3, 1000] {
      metrics.observe("wait_seconds", seconds: seconds)
    }
    let samples = try samples(metrics.text())
    let buckets = samples.filter { $0.name == "wait_seconds_bucket" }
    #expect(buckets.count == Metrics.buckets.count + 1)
    #expect(buckets.map(\.value) == buckets.map(\.value).sorted())
    func bucket(_ bound: String) -> Double? {
      buckets.first { $0.labels == "le=\"\(bound)\"" }?.value
    }
    #expect(bucket("0.005") == 1)
    #expect(bucket("0.01") == 2)
    #expect(bucket("0.1") == 3)
    #expect(bucket("2.5") == 3)
    #expect(bucket("5") == 4)
    #expect(bucket("120") == 4)
    #expect(bucket("+Inf") == 5)
    #expect(samples.first { $0.name == "wait_seconds_count" }?.value == 5)
    let sum = try #require(samples.first { $0.name == "wait_seconds_sum" }?.value)
    #expect(abs(sum - 1003.111) < 1e-9)
  }

  @Test("labels of a histogram stand before the bound")
  func labelledHistogram() {
    let metrics = Metrics()
    metrics.observe("wait_seconds", ["model": "m"], seconds: 1)
    let text = metrics.text()
    #expect(text.contains("wait_seconds_bucket{model=\"m\",le=\"1\"} 1\n"))
    #expect(text.contains("wait_seconds_bucket{model=\"m\",le=\"0.5\"} 0\n"))
    #expect(text.contains("wait_seconds_sum{model=\"m\"} 1\n"))
    #expect(text.contains("wait_seconds_count{model=\"m\"} 1\n"))
  }

  @Test("what would break a line is escaped")
  func escaping() throws {
    let metrics = Metrics()
    metrics.declare("a_total", .counter, help: "A \"b\" \\ c\nd")
    metrics.increment("a_total", ["kind": "a\"b\\c\nd"])
    let lines = metrics.text().split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first == "# HELP a_total A \"b\" \\\\ c\\nd")
    #expect(lines.last == "a_total{kind=\"a\\\"b\\\\c\\nd\"} 1")
  }

  @Test(
    "numbers as Prometheus writes them",
    arguments: [
      (0, "0"), (-0.0, "0"), (12, "12"), (1e6, "1000000"), (0.25, "0.25"), (-3, "-3"),
      (1e300, "1e+300"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
    ] as [(Double, String)])
  func numbers(value: Double, text: String) {
    let metrics = Metrics()
    metrics.set("g", to: value)
    #expect(metrics.text() == "# TYPE g gauge\ng \(text)\n")
  }

  @Test("what is counted before it is declared is not lost")
  func undeclared() {
    let metrics = Metrics()
    metrics.increment("a_total")
    metrics.declare("a_total", .counter, help: "Now.")
    #expect(metrics.text() == "# HELP a_total Now.\n# TYPE a_total counter\na_total 1\n")
  }

  @Test("counts from many tasks at once all arrive")
  func concurrent() async {
    let metrics = Metrics()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask { for _ in 0..<500 { metrics.increment("a_total", ["k": "v"]) } }
      }
    }
    #expect(metrics.value("a_total", ["k": "v"]) == 4000)
  }

  private struct Sample {
    var name: Substring
    var labels: Substring
    var value: Double
  }

  private func samples(_ text: String) throws -> [Sample] {
    try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let parts = line.split(separator: " ")
      let value = try #require(parts.last.flatMap { Double($0) })
      let name = parts[0].prefix { $0 != "{" }
      return Sample(
        name: name, labels: parts[0].dropFirst(name.count + 1).dropLast(), value: value)
    }
  }
}
