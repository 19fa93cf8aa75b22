/// The routes of an HTTP server, tried in order; the first whose method and path fit serves.
package struct HTTPRoute: Sendable {
  /// How the path of a request is compared.
  package enum Path: Sendable {
    case exact(String)
    case prefix(String)
  }

  /// `GET`, `POST` … `GET` also serves `HEAD`.
  package var method: String
  /// The path, without the query.
  package var path: Path
  /// The greatest body that is accepted, in bytes; beyond it the answer is 413.
  package var bodyLimit: Int
  /// How much of a too large body is read and dropped before the 413, so that the sender reads it.
  package var drainLimit: Int
  /// Looks at the head before any byte of the body is read; an answer refuses the request.
  package var admit: @Sendable (HTTPServerRequest) -> HTTPServerResponse?
  /// Serves the request, body included.
  package var handle: @Sendable (HTTPServerRequest) async -> HTTPServerResponse

  /// Makes a route.
  package init(
    method: String, path: Path, bodyLimit: Int = 1 << 20, drainLimit: Int = 2 << 20,
    admit: @escaping @Sendable (HTTPServerRequest) -> HTTPServerResponse? = { _ in nil },
    handle: @escaping @Sendable (HTTPServerRequest) async -> HTTPServerResponse
  ) {
    self.method = method
    self.path = path
    self.bodyLimit = bodyLimit
    self.drainLimit = drainLimit
    self.admit = admit
    self.handle = handle
  }
}

/// A request as a server sees it.
package struct HTTPServerRequest: Sendable {
  /// The method, upper case.
  package var method: String
  /// The percent-decoded path.
  package var path: String
  /// The query's names and values, decoded, in order.
  package var query: [(name: String, value: String)]
  /// The header fields.
  package var headers: [HTTPHeader]
  /// The body; empty while `admit` looks.
  package var body: [UInt8]

  /// Makes a request.
  package init(
    method: String, path: String, query: [(name: String, value: String)] = [],
    headers: [HTTPHeader] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// The first value of a query name.
  package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

/// What a server answers.
package struct HTTPServerResponse: Sendable {
  /// What the answer carries.
  package enum Body: Sendable {
    case bytes([UInt8])
    /// Server-sent events or another body that grows; each element is flushed when it comes, and
    /// the answer ends when the sequence does. When the peer leaves, the sequence's task is
    /// cancelled.
    case stream(AsyncStream<[UInt8]>)
  }

  /// The status code.
  package var status: Int
  /// The header fields; the length is added by the server.
  package var headers: [HTTPHeader]
  /// The body.
  package var body: Body

  /// Makes an answer.
  package init(status: Int, headers: [HTTPHeader] = [], body: Body = .bytes([])) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// An answer of plain text.
  package static func text(_ status: Int, _ text: String, headers: [HTTPHeader] = [])
    -> HTTPServerResponse
  {
    HTTPServerResponse(
      status: status,
      headers: [HTTPHeader("Content-Type", "text/plain; charset=utf-8")] + headers,
      body: .bytes(Array(text.utf8)))
  }

  /// An answer of JSON that is already encoded.
  package static func json(_ status: Int, _ bytes: [UInt8], headers: [HTTPHeader] = [])
    -> HTTPServerResponse
  {
    HTTPServerResponse(
      status: status, headers: [HTTPHeader("Content-Type", "application/json")] + headers,
      body: .bytes(bytes))
  }
}
