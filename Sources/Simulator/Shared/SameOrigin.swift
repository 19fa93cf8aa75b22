internal import Gateways

/// Keeps the pages of other sites from acting on a simulator that runs on somebody's machine.
enum SameOrigin {
  /// Refuses requests that a browser sends for another site. Programs that are not browsers send no
  /// `Origin`.
  static let admit: @Sendable (HTTPServerRequest) -> HTTPServerResponse? = { request in
    guard let origin = request.headers["Origin"] else { return nil }
    let host = request.headers["Host"] ?? ""
    if !host.isEmpty, origin == "http://" + host || origin == "https://" + host { return nil }
    return .text(403, "another site's page may not act here")
  }
}
