internal import Conversation
package import Gateways
package import Platform
package import Storage
package import Turn

/// The HTTP API for other programs: what operators can do, what is said, and what happens.
///
/// - What enters: requests below `/api/v1/` with the bearer token.
/// - What leaves: JSON, problems of RFC 9457, server-sent events; changes through the door.
/// - Limits: `Limits`; 64 KiB a body; 200 items a page.
///
/// Who may come in is decided before a byte of the body is read.
package struct DeskAPI: Sendable {
  /// What one may ask of the API.
  package struct Limits: Equatable, Sendable {
    /// Requests a second in the long run.
    package var requestsPerSecond: Int
    /// Requests that may come at once after a pause.
    package var burst: Int
    /// Readers of events at a time.
    package var eventReaders: Int

    /// Makes limits; each is at least 1.
    package init(requestsPerSecond: Int = 20, burst: Int = 60, eventReaders: Int = 16) {
      precondition(requestsPerSecond > 0 && burst > 0 && eventReaders > 0, "an API for nobody")
      self.requestsPerSecond = requestsPerSecond
      self.burst = burst
      self.eventReaders = eventReaders
    }
  }

  /// What all paths begin with.
  package static let prefix = "/api/v1"

  private static let bodyLimit = 64 << 10
  /// Methods that are answered as the API answers; others the server refuses by itself.
  private static let methods = [
    "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY",
  ]

  private let gate: Gate
  private let operations: [Operation]

  /// Makes the API. `isToken` compares in constant time.
  package init(
    store: any Store, door: Door, isToken: @escaping @Sendable (String) -> Bool,
    limits: Limits = Limits(), clock: Clock, log: Log
  ) {
    gate = Gate(isToken: isToken, limits: limits, clock: clock, log: log)
    let desk = APIDesk(
      store: store, door: door, clock: clock, log: log,
      seats: Seats(limit: limits.eventReaders))
    operations = Self.documented(desk.operations)
  }

  /// The routes, to be put before others on a server.
  package var routes: [HTTPRoute] {
    Self.methods.map { method in
      HTTPRoute(
        method: method, path: .prefix(Self.prefix + "/"), bodyLimit: Self.bodyLimit,
        drainLimit: 4 * Self.bodyLimit, admit: admit, handle: handle)
    }
  }

  /// Adds the document itself. It needs no token: it is the same wherever Switchboard runs, tells
  /// nothing of a place, and tools that make clients or test them fetch it before they log in.
  private static func documented(_ operations: [Operation]) -> [Operation] {
    var document = Operation(
      method: "GET", path: "/openapi.json", name: "getDocument",
      summary: "Read this document", description: "No token is needed.",
      success: .init(
        status: 200, description: "The document",
        content: ("application/json", ["type": "object"])),
      isPublic: true, serve: { (_) throws(Problem) in throw .unknownPath })
    let bytes = OpenAPIDocument.of(operations + [document]).bytes
    document.serve = { (_) throws(Problem) in .json(200, bytes) }
    return operations + [document]
  }

  private func admit(_ request: HTTPServerRequest) -> HTTPServerResponse? {
    do throws(Problem) {
      let isPublic = operations.contains { $0.isPublic && Self.prefix + $0.path == request.path }
      if !isPublic { try gate.admit(request) }
      let (operation, call) = try route(request)
      try checkHead(request, operation)
      if !operation.isPublic { try call.checkQuery(operation.parameters) }
      return nil
    } catch {
      return error.response
    }
  }

  private func handle(_ request: HTTPServerRequest) async -> HTTPServerResponse {
    do throws(Problem) {
      let (operation, call) = try route(request)
      return try await operation.serve(call)
    } catch {
      return error.response
    }
  }

  /// What a request asks for. Throws 404 for a path that nobody knows and 405 for a method that the
  /// path does not know.
  private func route(_ request: HTTPServerRequest) throws(Problem) -> (Operation, Call) {
    let path = request.path.dropFirst(Self.prefix.count + 1)
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    var there: [Operation] = []
    var call = Call(request: request)
    for operation in operations {
      guard let id = Self.match(parts, operation.parts) else { continue }
      call.dialogue = id
      there.append(operation)
    }
    guard !there.isEmpty else { throw .unknownPath }
    let method = request.method == "HEAD" ? "GET" : request.method
    if let operation = there.first(where: { $0.method == method }) { return (operation, call) }
    let allowed = there.flatMap { $0.method == "GET" ? ["GET", "HEAD"] : [$0.method] }
    throw Problem(
      405, "The path does not know this method.",
      headers: [HTTPHeader("Allow", allowed.joined(separator: ", "))])
  }

  /// The dialogue that a path names, 0 for none; nil when it is another path.
  private static func match(_ parts: [Substring], _ wanted: [Substring]) -> ConversationID? {
    guard parts.count == wanted.count else { return nil }
    var id = ConversationID(0)
    for (part, wanted) in zip(parts, wanted) {
      if wanted == "{id}" {
        guard let number = Int64(plain: String(part)), number > 0 else { return nil }
        id = ConversationID(number)
      } else if part != wanted {
        return nil
      }
    }
    return id
  }

  /// Whether the body that comes is one that the operation takes.
  private func checkHead(
    _ request: HTTPServerRequest, _ operation: Operation
  ) throws(Problem) {
    let length = request.headers["Content-Length"].map { Int($0) ?? .max } ?? 0
    guard operation.body != nil else {
      if length > 0 || request.headers["Transfer-Encoding"] != nil {
        throw Problem(400, "Nothing is expected in the body.")
      }
      return
    }
    guard Self.isJSON(request.headers["Content-Type"]) else {
      throw Problem(415, "The body must be application/json.")
    }
    if length > Self.bodyLimit {
      throw Problem(413, "The body is larger than \(Self.bodyLimit) bytes.")
    }
  }

  /// RFC 8259 knows no charset of JSON; UTF-8, which it is in any case, does no harm.
  private static func isJSON(_ header: String?) -> Bool {
    let parts = (header ?? "").split(separator: ";", omittingEmptySubsequences: false)
      .map { $0.filter { !$0.isWhitespace }.lowercased() }
    guard parts.first == "application/json" else { return false }
    return parts.dropFirst().allSatisfy {
      ["", "charset=utf-8", "charset=\"utf-8\""].contains($0)
    }
  }
}
