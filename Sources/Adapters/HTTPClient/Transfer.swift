internal import Gateways
internal import Synchronization

/// One request on its way: what the waiting task and the client's thread share.
///
/// The thread reports the head, the pieces and the end; the task waits for one of them at a time.
final class Transfer: Sendable {
  /// How the answer is handed over.
  enum Delivery: Sendable, Equatable {
    case whole
    case streamed(bufferBytes: Int)
  }

  /// The first part of an answer.
  struct Head: Sendable {
    var status: Int
    var headers: [HTTPHeader]
  }

  typealias Waiting<Value> = CheckedContinuation<Result<Value, HTTPError>, Never>

  private enum Waiter {
    case nobody
    case response(Waiting<HTTPResponse>)
    case head(Waiting<Head>)
    case chunk(Waiting<[UInt8]?>)
  }

  private struct State {
    var request: HTTPRequest?
    var cancelled = false
    var head: Head?
    var buffer: [UInt8] = []
    var paused = false
    var end: Result<Void, HTTPError>?
    var waiter = Waiter.nobody
  }

  let delivery: Delivery
  let deadline: ContinuousClock.Instant
  private let state: Mutex<State>

  init(_ request: HTTPRequest, delivery: Delivery) {
    self.delivery = delivery
    self.deadline = ContinuousClock.now + request.timeout
    self.state = Mutex(State(request: request))
  }
}

// The task's side.
extension Transfer {
  /// Leaves word whom to tell about the whole answer; called once, before the start.
  func expectResponse(_ continuation: Waiting<HTTPResponse>) {
    state.withLock { $0.waiter = .response(continuation) }
  }

  /// Leaves word whom to tell about the head; called once, before the start.
  func expectHead(_ continuation: Waiting<Head>) {
    state.withLock { $0.waiter = .head(continuation) }
  }

  /// Hands over what has come, or leaves word whom to tell. Returns whether the thread has to be
  /// asked to go on reading.
  func expectChunk(_ continuation: Waiting<[UInt8]?>) -> Bool {
    let (ready, resume): (Result<[UInt8]?, HTTPError>?, Bool) = state.withLock { state in
      if !state.buffer.isEmpty {
        let chunk = state.buffer
        state.buffer = []
        let resume = state.paused
        state.paused = false
        return (.success(chunk), resume)
      }
      if let end = state.end { return (end.map { nil }, false) }
      guard case .nobody = state.waiter else {
        preconditionFailure("a body is read by one task at a time")
      }
      state.waiter = .chunk(continuation)
      return (nil, false)
    }
    if let ready { continuation.resume(returning: ready) }
    return resume
  }

  /// Marks the transfer as unwanted. Returns whether the thread has to be told.
  func cancel() -> Bool {
    state.withLock { state in
      guard !state.cancelled, state.end == nil else { return false }
      state.cancelled = true
      return true
    }
  }
}

// The thread's side.
extension Transfer {
  /// Takes the request, so that its body lives no longer than it is needed; nil when the transfer
  /// was cancelled before its start.
  func take() -> HTTPRequest? {
    state.withLock { state in
      defer { state.request = nil }
      return state.cancelled ? nil : state.request
    }
  }

  /// Reports the head of a streamed answer.
  func arrived(_ head: Head) {
    let waiter: Waiter = state.withLock { state in
      defer { state.waiter = .nobody }
      return state.waiter
    }
    if case .head(let continuation) = waiter { continuation.resume(returning: .success(head)) }
  }

  /// Reports a piece of a streamed answer. Returns false, having taken nothing, when the reader
  /// has to catch up first.
  func arrived(_ bytes: [UInt8], bufferBytes: Int) -> Bool {
    let (waiter, taken): (Waiter, Bool) = state.withLock { state in
      if case .chunk = state.waiter {
        defer { state.waiter = .nobody }
        return (state.waiter, true)
      }
      guard state.buffer.isEmpty || state.buffer.count + bytes.count <= bufferBytes else {
        state.paused = true
        return (.nobody, false)
      }
      state.buffer.append(contentsOf: bytes)
      return (.nobody, true)
    }
    if case .chunk(let continuation) = waiter { continuation.resume(returning: .success(bytes)) }
    return taken
  }

  /// Reports the end; `response` is the answer of a whole delivery.
  func finish(_ outcome: Result<HTTPResponse, HTTPError>) {
    let waiter: Waiter = state.withLock { state in
      state.end = outcome.map { _ in }
      defer { state.waiter = .nobody }
      return state.waiter
    }
    switch waiter {
    case .nobody: break
    case .response(let continuation): continuation.resume(returning: outcome)
    case .head(let continuation):
      continuation.resume(returning: outcome.map { Head(status: $0.status, headers: $0.headers) })
    case .chunk(let continuation): continuation.resume(returning: outcome.map { _ in nil })
    }
  }
}
