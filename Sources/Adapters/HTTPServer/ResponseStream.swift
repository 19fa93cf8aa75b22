internal import CMicroHTTPD
internal import Foundation
internal import Synchronization

/// The body of a streamed answer on its way from its source to the peer.
///
/// A task reads the source and waits while the peer is slow; libmicrohttpd's thread takes what
/// there is and suspends the connection when there is nothing.
@safe final class ResponseStream: Sendable {
  private struct State {
    var pending: [UInt8] = []
    var offset = 0
    /// The source has ended: what is pending is the last.
    var ended = false
    /// The peer has left, or the server gives up: nothing more is sent.
    var broken = false
    /// The connection sleeps until there is something to send; only then may it be resumed.
    var suspended = false
    var writer: CheckedContinuation<Void, Never>?
    var task: Task<Void, Never>?
  }

  /// What libmicrohttpd takes for the end, and for a failure, of a body.
  private static let endOfStream = -1
  private static let endWithError = -2

  nonisolated(unsafe) private let connection: OpaquePointer
  private let loop: ServerLoop
  private let bufferBytes: Int
  private let state = Mutex(State())

  init(_ connection: OpaquePointer, _ loop: ServerLoop, bufferBytes: Int) {
    unsafe self.connection = unsafe connection
    self.loop = loop
    self.bufferBytes = bufferBytes
  }

  /// Starts the task that reads the source.
  func start(_ source: AsyncStream<[UInt8]>) {
    let task = Task {
      for await bytes in source { await write(bytes) }
      finish()
    }
    state.withLock { $0.task = task }
  }

  /// Asks the source to end; what it has given is still sent.
  func stopSource() { state.withLock { $0.task }?.cancel() }

  /// Ends everything: the peer has left or is given up.
  func peerLeft() {
    let (task, writer) = state.withLock { state in
      state.broken = true
      wake(&state)
      defer { state.writer = nil }
      return (state.task, state.writer)
    }
    task?.cancel()
    writer?.resume()
  }

  /// The connection is gone and must not be touched any more.
  func connectionOver() {
    state.withLock { $0.suspended = false }
    peerLeft()
  }

  /// Gives libmicrohttpd, on its thread, what there is to send.
  func read(into space: UnsafeMutableRawBufferPointer) -> Int {
    let (count, writer): (Int, CheckedContinuation<Void, Never>?) = state.withLock { state in
      if state.broken { return (Self.endWithError, nil) }
      let count = min(space.count, state.pending.count - state.offset)
      if count == 0 {
        if state.ended { return (Self.endOfStream, nil) }
        state.suspended = true
        unsafe MHD_suspend_connection(connection)
        return (0, nil)
      }
      unsafe state.pending.withUnsafeBytes { bytes in
        unsafe space.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[state.offset..<state.offset + count]))
      }
      state.offset += count
      guard state.offset == state.pending.count else { return (count, nil) }
      state.pending.removeAll(keepingCapacity: true)
      state.offset = 0
      defer { state.writer = nil }
      return (count, state.writer)
    }
    writer?.resume()
    return count
  }

  private func write(_ bytes: [UInt8]) async {
    let full = state.withLock { state in
      guard !state.broken, !bytes.isEmpty else { return false }
      state.pending.append(contentsOf: bytes)
      wake(&state)
      return state.pending.count - state.offset >= bufferBytes
    }
    guard full else { return }
    await withCheckedContinuation { continuation in
      let goOn = state.withLock { state in
        if state.broken || state.pending.isEmpty { return true }
        state.writer = continuation
        return false
      }
      if goOn { continuation.resume() }
    }
  }

  private func finish() {
    state.withLock { state in
      state.ended = true
      wake(&state)
    }
  }

  private func wake(_ state: inout State) {
    guard state.suspended else { return }
    state.suspended = false
    unsafe loop.resume(connection)
  }
}
