internal import CMicroHTTPD
internal import Foundation
internal import Gateways
internal import Platform
internal import Synchronization

/// A running server: its thread, who serves what, and the requests under way.
@safe final class ServerCore: Sendable {
  /// A request that is answered without its handler.
  struct Refused: Error {
    var response: HTTPServerResponse
    /// How much of its body is read and dropped after the answer, in bytes.
    var drainLimit: Int
  }

  fileprivate struct Running {
    var exchanges: [ObjectIdentifier: Exchange] = [:]
    var stopping = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  let settings: HTTPServerSettings
  let loop: ServerLoop
  private let router: Router
  private let running = Mutex(Running())

  /// What is read and dropped of a body that no route wants, in bytes.
  private static let strangerDrainLimit = 64 << 10

  init(_ settings: HTTPServerSettings, _ router: Router) throws(HTTPServerError) {
    self.settings = settings
    self.router = router
    let shortest = min(
      settings.headerDeadline, settings.bodyDeadline, settings.responseDeadline, .seconds(1))
    loop = try ServerLoop(tick: shortest / 4, lingerTime: settings.bodyDeadline)
  }

  /// Decides from the head who serves a request.
  func admit(_ head: HTTPServerRequest, headerBytes: Int, bodyBytes: Int)
    -> Result<HTTPRoute, Refused>
  {
    func refused(_ refusal: Refusal, drain: Int = Self.strangerDrainLimit) -> Result<
      HTTPRoute, Refused
    > {
      .failure(Refused(response: refusal.response, drainLimit: drain))
    }
    if headerBytes > settings.headerLimitBytes { return refused(Refusal(status: 431)) }
    if running.withLock({ $0.stopping }) {
      return refused(
        Refusal(
          status: 503, headers: [HTTPHeader("Retry-After", "1"), HTTPHeader("Connection", "close")])
      )
    }
    switch router.route(head) {
    case .failure(let refusal): return refused(refusal)
    case .success(let route):
      if let response = route.admit(head) {
        return .failure(Refused(response: response, drainLimit: route.drainLimit))
      }
      if bodyBytes > route.bodyLimit {
        return refused(Refusal(status: 413), drain: route.drainLimit)
      }
      return .success(route)
    }
  }

  /// Counts a request in.
  func began(_ exchange: Exchange) {
    running.withLock { $0.exchanges[ObjectIdentifier(exchange)] = exchange }
  }

  /// Counts a request out.
  func ended(_ exchange: Exchange) {
    let waiter = running.withLock { running in
      running.exchanges[ObjectIdentifier(exchange)] = nil
      return running.exchanges.isEmpty ? running.takeWaiter() : nil
    }
    waiter?.resume()
  }

  /// Refuses new requests and lets the running ones end, until the deadline; those left after it
  /// are broken off. Returns how many that were.
  func drain() async -> Int {
    let exchanges = running.withLock { running in
      running.stopping = true
      return Array(running.exchanges.values)
    }
    for exchange in exchanges { exchange.stopStream() }
    await withTaskGroup { group in
      group.addTask { await self.quiet() }
      group.addTask {
        try? await Task.sleep(for: self.settings.stopDeadline)
        self.running.withLock { $0.takeWaiter() }?.resume()
      }
      await group.next()
      group.cancelAll()
    }
    let left = running.withLock { Array($0.exchanges.values) }
    for exchange in left { exchange.abandon() }
    return left.count
  }

  private func quiet() async {
    await withCheckedContinuation { continuation in
      let quiet = running.withLock { running in
        if running.exchanges.isEmpty { return true }
        running.waiter = continuation
        return false
      }
      if quiet { continuation.resume() }
    }
  }
}

extension ServerCore.Running {
  fileprivate mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
    defer { waiter = nil }
    return waiter
  }
}
