internal import Gateways
internal import HTTPClient
internal import HTTPServer
internal import Platform
internal import Synchronization

/// Runs a server with the routes while `body` does.
func withServer(
  _ routes: [HTTPRoute], log: Log = .silent,
  change: (inout HTTPServerSettings) -> Void = { _ in },
  _ body: (Int) async throws -> Void
) async throws {
  var settings = HTTPServerSettings(port: 0)
  settings.stopDeadline = .milliseconds(200)
  change(&settings)
  let server = HTTPServer(settings: settings, routes: routes, log: log)
  let port = try server.start()
  try await withThrowingTaskGroup { group in
    group.addTask { try await server.run() }
    try await body(port)
    group.cancelAll()
    try await group.waitForAll()
  }
}

/// Gives a client for the time of `body`.
func withClient(
  change: (inout HTTPClientSettings) -> Void = { _ in },
  _ body: (HTTPTransport) async throws -> Void
) async throws {
  var settings = HTTPClientSettings()
  change(&settings)
  let client = try HTTPClient(settings: settings)
  do {
    try await body(client.transport)
  } catch {
    await client.shutdown()
    throw error
  }
  await client.shutdown()
}

extension HTTPRequest {
  /// A request to this machine with a deadline that a test never reaches.
  static func local(
    _ method: String, _ port: Int, _ path: String = "/", headers: [HTTPHeader] = [],
    body: Body = .none, timeout: Duration = .seconds(90), limit: Int = 8 << 20
  ) -> HTTPRequest {
    HTTPRequest(
      method: method, url: "http://127.0.0.1:\(port)\(path)", headers: headers, body: body,
      timeout: timeout, responseLimit: limit)
  }
}

extension HTTPTransport {
  /// The body of the answer as text.
  func text(_ request: HTTPRequest) async throws -> String { try await send(request).text }
}

extension HTTPResponse {
  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }
}

/// The error that the work ends with; nil when it ends well.
func failure(of work: () async throws(HTTPError) -> Void) async -> HTTPError? {
  do throws(HTTPError) {
    try await work()
    return nil
  } catch {
    return error
  }
}

/// An event that happens once and for which several may wait.
actor Gate {
  private var isOpen = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func open() {
    isOpen = true
    for continuation in waiting { continuation.resume() }
    waiting = []
  }

  func wait() async {
    if isOpen { return }
    await withCheckedContinuation { waiting.append($0) }
  }
}

/// A value that is put once, from any thread, and taken by a task.
final class Promise<Value: Sendable>: Sendable {
  private let (values, put) = AsyncStream.makeStream(of: Value.self)

  func fulfil(_ value: Value) { put.yield(value) }

  var value: Value? {
    get async {
      for await value in values { return value }
      return nil
    }
  }
}

extension AsyncStream {
  /// A stream whose elements are made when they are asked for, from their number.
  static func counted(_ make: @escaping @Sendable (Int) async -> Element?) -> AsyncStream {
    let next = Counter()
    return AsyncStream(unfolding: { await make(next.add()) })
  }
}

/// Counts, from any thread.
final class Counter: Sendable {
  private let count = Atomic(0)

  var value: Int { count.load(ordering: .relaxed) }

  /// Adds and returns the value before.
  @discardableResult
  func add(_ step: Int = 1) -> Int { count.add(step, ordering: .relaxed).oldValue }
}
