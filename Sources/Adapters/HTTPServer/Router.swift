internal import Gateways

/// Finds who serves a request, and what a request is told that nobody serves.
struct Router: Sendable {
  let routes: [HTTPRoute]

  /// The first route whose method and path fit, or the refusal.
  func route(_ request: HTTPServerRequest) -> Result<HTTPRoute, Refusal> {
    let there = routes.filter { $0.path.matches(request.path) }
    guard !there.isEmpty else { return .failure(Refusal(status: 404)) }
    let method = request.method == "HEAD" ? "GET" : request.method
    if let route = there.first(where: { $0.method == method || $0.method == request.method }) {
      return .success(route)
    }
    var allowed: [String] = []
    for method in there.flatMap({ $0.method == "GET" ? ["GET", "HEAD"] : [$0.method] })
    where !allowed.contains(method) {
      allowed.append(method)
    }
    return .failure(
      Refusal(status: 405, headers: [HTTPHeader("Allow", allowed.joined(separator: ", "))]))
  }
}

/// An answer of the server itself; it says nothing of the inside.
struct Refusal: Error {
  var status: Int
  var headers: [HTTPHeader] = []

  var response: HTTPServerResponse { .text(status, Self.words(status), headers: headers) }

  private static func words(_ status: Int) -> String {
    switch status {
    case 404: "not found\n"
    case 405: "method not allowed\n"
    case 413: "content too large\n"
    case 431: "header fields too large\n"
    case 503: "stopping\n"
    default: "error\n"
    }
  }
}

extension HTTPRoute.Path {
  fileprivate func matches(_ path: String) -> Bool {
    switch self {
    case .exact(let wanted): path == wanted
    case .prefix(let wanted): path.hasPrefix(wanted)
    }
  }
}
