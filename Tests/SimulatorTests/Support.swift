import Conversation
import Gateways
import Platform
import Simulator
import Synchronization
import Testing

extension Clock {
  /// A clock whose waits are over at once; its time stands still.
  static let instantaneous = Clock(
    now: { Instant(seconds: 1_800_000_000) }, sleep: { _ in try Task.checkCancellation() })
}

/// A clock that a test moves; sleepers wake when their time has come.
final class ManualClock: Sendable {
  private struct State {
    var now = Instant(seconds: 1_800_000_000)
    var sleepers: [Int: (until: Instant, wake: CheckedContinuation<Bool, Never>)] = [:]
    var cancelled: Set<Int> = []
    var next = 0
    var watchers: [(limit: Duration, wake: CheckedContinuation<Void, Never>)] = []

    func sleeps(atMost limit: Duration) -> Bool {
      sleepers.values.contains { $0.until <= now + limit }
    }
  }

  private let state = Mutex(State())

  var clock: Clock {
    Clock(now: { self.state.withLock { $0.now } }, sleep: { try await self.sleep($0) })
  }

  /// Moves the time and wakes whoever waited for it.
  func advance(_ duration: Duration) {
    let due = state.withLock { state in
      state.now = state.now + duration
      let now = state.now
      let due = state.sleepers.filter { $0.value.until <= now }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.map(\.wake)
    }
    for wake in due { wake.resume(returning: true) }
  }

  /// Returns once a task sleeps that will wake within the time.
  func sleeping(atMost limit: Duration = .seconds(86_400)) async {
    await withCheckedContinuation { wake in
      let isNow = state.withLock { state in
        if state.sleeps(atMost: limit) { return true }
        state.watchers.append((limit, wake))
        return false
      }
      if isNow { wake.resume() }
    }
  }

  private func sleep(_ duration: Duration) async throws {
    guard duration > .zero else { return try Task.checkCancellation() }
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    let isOver = await withTaskCancellationHandler {
      await withCheckedContinuation { (wake: CheckedContinuation<Bool, Never>) in
        let (isCancelled, watchers) = state.withLock {
          state -> (Bool, [CheckedContinuation<Void, Never>]) in
          if state.cancelled.remove(id) != nil { return (true, []) }
          state.sleepers[id] = (state.now + duration, wake)
          let ready = state.watchers.filter { state.sleeps(atMost: $0.limit) }.map(\.wake)
          let rest = state.watchers.filter { !state.sleeps(atMost: $0.limit) }
          state.watchers = rest
          return (false, ready)
        }
        if isCancelled { wake.resume(returning: false) }
        for watcher in watchers { watcher.resume() }
      }
    } onCancel: {
      let wake = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: id)
        if sleeper == nil { state.cancelled.insert(id) }
        return sleeper?.wake
      }
      wake?.resume(returning: false)
    }
    if !isOver { throw CancellationError() }
  }
}

extension [HTTPRoute] {
  /// Serves a request with the first route that fits, as a server does.
  func call(
    _ method: String, _ path: String, json: String? = nil,
    query: [(name: String, value: String)] = [], headers: [HTTPHeader] = []
  ) async throws -> HTTPServerResponse {
    let route = first { route in
      guard route.method == method else { return false }
      switch route.path {
      case .exact(let exact): return exact == path
      case .prefix(let prefix): return path.hasPrefix(prefix)
      }
    }
    let isTold = json == nil || headers["Content-Type"] != nil
    let type = isTold ? [] : [HTTPHeader("Content-Type", "application/json")]
    let request = HTTPServerRequest(
      method: method, path: path, query: query, headers: headers + type,
      body: [UInt8]((json ?? "").utf8))
    let served = try #require(route)
    var head = request
    head.body = []
    if let refusal = served.admit(head) { return refusal }
    return await served.handle(request)
  }
}

extension HTTPServerResponse {
  /// The body as JSON.
  func value() throws -> JSONValue {
    guard case .bytes(let bytes) = body else { throw NotJSON() }
    return try #require(JSONValue(parsing: bytes))
  }

  /// All pieces of a streamed body.
  func pieces() async throws -> [[UInt8]] {
    guard case .stream(let stream) = body else { throw NotJSON() }
    var pieces: [[UInt8]] = []
    for await piece in stream { pieces.append(piece) }
    return pieces
  }

  private struct NotJSON: Error {}
}
