internal import Foundation
internal import Gateways
internal import Platform

/// What the program tells of itself over HTTP: health and metrics.
struct Observation: Sendable {
  let health: Health
  let metrics: Metrics

  var routes: [HTTPRoute] {
    [
      HTTPRoute(method: "GET", path: .exact("/health/live"), bodyLimit: 0) { _ in
        Self.status(200, "ok", [:])
      },
      HTTPRoute(method: "GET", path: .exact("/health/ready"), bodyLimit: 0) { _ in ready() },
      HTTPRoute(method: "GET", path: .exact("/metrics"), bodyLimit: 0) { _ in
        HTTPServerResponse(
          status: 200,
          headers: [HTTPHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")],
          body: .bytes(Array(metrics.text().utf8)))
      },
    ]
  }

  /// The store is tried by the caretaker, not here: who asks must not wait for a disk that hangs.
  private func ready() -> HTTPServerResponse {
    let problems = health.problems
    let named = Dictionary(uniqueKeysWithValues: problems.map { ($0.rawValue, $1) })
    switch health.phase {
    case .starting, .stopping:
      return Self.status(503, health.phase.rawValue, named)
    case .serving:
      if problems[.store] != nil { return Self.status(503, "unavailable", named) }
      return Self.status(200, problems.isEmpty ? "ok" : "degraded", named)
    }
  }

  private static func status(
    _ code: Int, _ status: String, _ problems: [String: String]
  ) -> HTTPServerResponse {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let body = try? encoder.encode(Report(status: status, problems: problems))
    return .json(code, Array(body ?? Data()))
  }

  private struct Report: Encodable {
    let status: String
    let problems: [String: String]
  }
}
