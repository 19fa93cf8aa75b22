package import Gateways
package import Platform
internal import Synchronization

/// The HTTP server: libmicrohttpd on one thread; handlers run as tasks.
///
/// Enters: routes. The server bounds connections, heads, bodies and times; it tells a stranger
/// nothing but the status of a refusal.
package final class HTTPServer: Service {
  private struct Parts {
    var core: ServerCore
    var port: Int
  }

  package let name = "http-server"
  private let settings: HTTPServerSettings
  private let router: Router
  private let log: Log
  private let parts = Mutex<Parts?>(nil)

  /// Makes a server that does not listen yet; the routes are tried in their order.
  package init(settings: HTTPServerSettings, routes: [HTTPRoute], log: Log) {
    self.settings = settings
    self.router = Router(routes: routes)
    self.log = log
  }

  /// The port in use; nil while the server does not listen.
  package var port: Int? { parts.withLock { $0?.port } }

  /// Begins to serve, unless it does already, and returns the port. Whoever starts a server runs it
  /// too: `run()` is what stops it.
  @discardableResult
  package func start() throws(HTTPServerError) -> Int {
    let (port, isNew) = try parts.withLock { parts throws(HTTPServerError) in
      if let parts { return (parts.port, false) }
      let listening = try ListenSocket(host: settings.host, port: settings.port)
      let core = try ServerCore(settings, router)
      core.loop.start(try Daemon(listening, core))
      parts = Parts(core: core, port: listening.port)
      return (listening.port, true)
    }
    if isNew {
      log.info(
        "the HTTP server listens", [.address: .text(settings.host), .port: .count(port)])
    }
    return port
  }

  /// Serves until the task is cancelled. Then no connection is accepted any more, streams are ended,
  /// and running requests may go on until `stopDeadline`.
  package func run() async throws {
    try start()
    let (never, silence) = AsyncStream.makeStream(of: Void.self)
    for await _ in never {}
    silence.finish()
    // The order to stop is this task's cancellation, under which nothing could be awaited.
    await Task { await self.stop() }.value
  }

  private func stop() async {
    guard let parts = parts.withLock({ $0 }) else { return }
    await parts.core.loop.quiesce()
    let abandoned = await parts.core.drain()
    if abandoned > 0 {
      log.warning("requests were broken off at the stop", [.count: .count(abandoned)])
    }
    await parts.core.loop.stop()
    self.parts.withLock { $0 = nil }
  }
}
