internal import CMicroHTTPD
internal import Foundation
internal import Gateways
internal import Synchronization

/// One request and its answer.
///
/// libmicrohttpd's thread brings the head and the body and takes the answer; in between the
/// connection is suspended while a task runs the route's handler.
@safe final class Exchange: Sendable {
  private enum Phase {
    /// The body is coming.
    case receiving(HTTPRoute)
    /// The body, of unannounced length, is too large; what comes is dropped.
    case draining(bytesLeft: Int)
    /// The handler runs and the connection is suspended.
    case handling(Task<Void, Never>)
    /// There is an answer that libmicrohttpd's thread has to take.
    case ready(HTTPServerResponse)
    case answering
    case streaming(ResponseStream)
    /// The connection is gone or given up.
    case over
  }

  private struct State {
    var phase = Phase.answering
    var request: HTTPServerRequest
  }

  private let server: ServerCore
  nonisolated(unsafe) private let mhd: OpaquePointer
  private let connection: Connection
  private let isHead: Bool
  private let state: Mutex<State>

  init(
    _ server: ServerCore, _ mhd: OpaquePointer, _ connection: Connection, _ head: HTTPServerRequest
  ) {
    self.server = server
    unsafe self.mhd = unsafe mhd
    self.connection = connection
    isHead = head.method == "HEAD"
    state = Mutex(State(request: head))
  }
}

// libmicrohttpd's side.
extension Exchange {
  /// Looks at the head.
  func begin() -> MHD_Result {
    let head = state.withLock { $0.request }
    let announced = head.headers["Content-Length"].map { Int($0) ?? .max } ?? 0
    let hasBody = announced > 0 || head.headers["Transfer-Encoding"] != nil
    let route: HTTPRoute
    switch server.admit(head, headerBytes: unsafe sb_mhd_header_size(mhd), bodyBytes: announced) {
    case .success(let admitted): route = admitted
    case .failure(let refused):
      guard hasBody else {
        state.withLock { $0.phase = .ready(refused.response) }
        return .YES
      }
      // Answered before the body; libmicrohttpd closes the connection after such an answer.
      connection.linger(bytes: refused.drainLimit)
      return answer(refused.response)
    }
    connection.setDeadline(in: server.settings.bodyDeadline)
    state.withLock { state in
      state.phase = .receiving(route)
      state.request.body.reserveCapacity(announced)
    }
    return .YES
  }

  /// Takes a piece of the body; false closes the connection.
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    state.withLock { state in
      switch state.phase {
      case .receiving(let route):
        let size = state.request.body.count + bytes.count
        if size <= route.bodyLimit {
          unsafe state.request.body.append(contentsOf: bytes)
          return true
        }
        state.request.body = []
        state.phase = .draining(bytesLeft: route.drainLimit - size)
        return size <= route.drainLimit
      case .draining(let bytesLeft):
        state.phase = .draining(bytesLeft: bytesLeft - bytes.count)
        return bytesLeft >= bytes.count
      case .ready: return true
      case .handling, .answering, .streaming, .over: return false
      }
    }
  }

  /// The body is complete, or there is an answer: what to do next.
  func proceed() -> MHD_Result {
    let (response, result): (HTTPServerResponse?, MHD_Result) = state.withLock { state in
      switch state.phase {
      case .receiving(let route):
        connection.setDeadline(in: nil)
        let request = state.request
        state.request.body = []
        unsafe MHD_suspend_connection(mhd)
        state.phase = .handling(Task { await self.handle(request, route) })
        return (nil, .YES)
      case .draining: return (Refusal(status: 413).response, .YES)
      case .ready(let response): return (response, .YES)
      case .handling, .answering, .streaming, .over: return (nil, .NO)
      }
    }
    return response.map(answer) ?? result
  }

  /// libmicrohttpd is done with the request, well or not.
  func completed() {
    let stream: ResponseStream? = state.withLock { state in
      defer { state.phase = .over }
      if case .streaming(let stream) = state.phase { return stream }
      return nil
    }
    if let stream {
      server.loop.unwatch(connection)
      stream.connectionOver()
    }
    connection.setDeadline(in: server.settings.idleTimeout + server.settings.headerDeadline)
  }

  private func answer(_ response: HTTPServerResponse) -> MHD_Result {
    switch response.body {
    case .bytes(let bytes):
      state.withLock { $0.phase = .answering }
      connection.setDeadline(in: server.settings.responseDeadline)
      return unsafe Answer.queue(response, on: mhd, bytes: bytes)
    case .stream where isHead:
      state.withLock { $0.phase = .answering }
      return unsafe Answer.queue(response, on: mhd, bytes: [])
    case .stream(let source):
      connection.setDeadline(in: nil)
      let stream = unsafe ResponseStream(
        mhd, server.loop, bufferBytes: server.settings.streamBufferBytes)
      let isWanted = state.withLock { state in
        if case .over = state.phase { return false }
        state.phase = .streaming(stream)
        return true
      }
      guard isWanted else { return .NO }
      stream.start(source)
      server.loop.watch(connection, for: stream)
      return unsafe Answer.queue(response, on: mhd, stream: stream)
    }
  }
}

// The task's and the server's side.
extension Exchange {
  private func handle(_ request: HTTPServerRequest, _ route: HTTPRoute) async {
    let response = await route.handle(request)
    state.withLock { state in
      guard case .handling = state.phase else { return }
      state.phase = .ready(response)
      unsafe server.loop.resume(mhd)
    }
  }

  /// The server stops: streams, which might never end by themselves, are asked to.
  func stopStream() {
    let stream: ResponseStream? = state.withLock { state in
      if case .streaming(let stream) = state.phase { return stream }
      return nil
    }
    stream?.stopSource()
  }

  /// The server can wait no longer. From now on this request suspends no connection, which
  /// libmicrohttpd's daemon would not survive while it is stopped.
  func abandon() {
    let phase = state.withLock { state in
      let phase = state.phase
      switch phase {
      case .handling:
        state.phase = .over
        unsafe server.loop.resume(mhd)
      case .receiving, .draining, .ready: state.phase = .over
      case .answering, .streaming, .over: break
      }
      return phase
    }
    switch phase {
    case .handling(let task): task.cancel()
    case .streaming(let stream): stream.peerLeft()
    case .receiving, .draining, .ready, .answering, .over: break
    }
  }
}
