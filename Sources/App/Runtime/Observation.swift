internal import Foundation
internal import Gateways
internal import Platform
internal import Storage

/// What the program tells of itself over HTTP: health and metrics.
struct Observation: Sendable {
  let health: Health
  let metrics: Metrics
  let store: any Store

  var routes: [HTTPRoute] {
    [
      HTTPRoute(method: "GET", path: .exact("/health/live"), bodyLimit: 0) { _ in
        Self.status(200, "ok", [:])
      },
      HTTPRoute(method: "GET", path: .exact("/health/ready"), bodyLimit: 0) { _ in
        await ready()
      },
      HTTPRoute(method: "GET", path: .exact("/metrics"), bodyLimit: 0) { _ in
        HTTPServerResponse(
          status: 200,
          headers: [HTTPHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")],
          body: .bytes(Array(metrics.text().utf8)))
      },
    ]
  }

  private func ready() async -> HTTPServerResponse {
    switch health.phase {
    case .starting, .stopping:
      return Self.status(503, health.phase.rawValue, [:])
    case .serving:
      break
    }
    do throws(StoreError) {
      try await store.probe()
    } catch {
      return Self.status(503, "unavailable", ["store": "the store cannot be written"])
    }
    let problems = health.problems
    let named = Dictionary(uniqueKeysWithValues: problems.map { ($0.rawValue, $1) })
    return Self.status(200, problems.isEmpty ? "ok" : "degraded", named)
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
