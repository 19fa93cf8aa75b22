internal import CMicroHTTPD
internal import Foundation
internal import Synchronization

/// Does, on a thread of its own, what libmicrohttpd does not do for a connection.
///
/// * libmicrohttpd's timeout is one of silence: a byte a second holds a connection for ever. The
///   guard shuts connections down whose phase takes longer than its deadline.
/// * A suspended connection is not watched: the guard notices when the reader of a stream leaves.
/// * After an early refusal it reads the rest of the request, so that the peer reads the answer.
final class ConnectionGuard: Sendable {
  private struct Lingering {
    var deadline: UInt64
    var bytesLeft: Int
  }

  private struct State {
    var connections: [Int32: Connection] = [:]
    var streams: [Int32: ResponseStream] = [:]
    var lingering: [Int32: Lingering] = [:]
    var stopping = false

    var isIdle: Bool { connections.isEmpty && lingering.isEmpty }
  }

  private let epoll: Int32
  private let bell: Int32
  private let lingerTime: Duration
  private let tickMilliseconds: Int32
  private let state = Mutex(State())

  /// Descriptors that may linger at a time; more are closed at once.
  private static let lingeringLimit = 128

  /// Starts the guard; deadlines are kept to within `tick`.
  init(tick: Duration, lingerTime: Duration) throws(HTTPServerError) {
    self.lingerTime = lingerTime
    tickMilliseconds = Int32(max(1, tick / .milliseconds(1)))
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard epoll >= 0, bell >= 0 else { throw HTTPServerError(.resources, errno: errno) }
    watch(bell, EPOLLIN.rawValue)
    let thread = Thread { self.run() }
    thread.name = "http-guard"
    thread.start()
  }

  deinit {
    close(epoll)
    close(bell)
  }

  /// Ends the thread; lingering connections are closed.
  func stop() {
    state.withLock { $0.stopping = true }
    ring()
  }

  /// Takes a new connection into care.
  func add(_ connection: Connection) {
    let wasIdle = state.withLock { state in
      defer { state.connections[connection.descriptor] = connection }
      return state.isIdle
    }
    if wasIdle { ring() }
  }

  /// Lets go of a connection; called before its descriptor is closed.
  func remove(_ connection: Connection) {
    let wasIdle = state.withLock { state in
      let wasIdle = state.isIdle
      state.connections[connection.descriptor] = nil
      if connection.lingerLimit > 0 { startLingering(connection, &state) }
      return wasIdle
    }
    if wasIdle { ring() }
  }

  /// Tells the stream when the peer of the connection leaves.
  func watch(_ connection: Connection, for stream: ResponseStream) {
    state.withLock { $0.streams[connection.descriptor] = stream }
    watch(connection.descriptor, EPOLLRDHUP.rawValue)
  }

  /// Ends what `watch` began.
  func unwatch(_ connection: Connection) {
    let watched = state.withLock { $0.streams.removeValue(forKey: connection.descriptor) != nil }
    if watched { forget(connection.descriptor) }
  }
}

// The thread.
extension ConnectionGuard {
  private func run() {
    var lastTick = Connection.now
    while true {
      let (idle, stopping) = state.withLock { ($0.isIdle, $0.stopping) }
      if stopping { return closeLingering() }
      unsafe withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 64) { events in
        let count = unsafe epoll_wait(
          epoll, events.baseAddress, Int32(events.count), idle ? -1 : tickMilliseconds)
        for index in 0..<max(0, Int(count)) { unsafe act(on: events[index].data.fd) }
      }
      let now = Connection.now
      if now - lastTick >= UInt64(tickMilliseconds) * 1_000_000 {
        lastTick = now
        enforceDeadlines(now)
      }
    }
  }

  private func act(on descriptor: Int32) {
    if descriptor == bell {
      var count: UInt64 = 0
      unsafe eventfd_read(bell, &count)
      return
    }
    let stream = state.withLock { state in
      if state.lingering[descriptor] != nil { drain(descriptor, &state) }
      return state.streams.removeValue(forKey: descriptor)
    }
    guard let stream else { return }
    forget(descriptor)
    stream.peerLeft()
  }

  private func enforceDeadlines(_ now: UInt64) {
    state.withLock { state in
      // Under the lock no descriptor here can be closed and given to another connection.
      for connection in state.connections.values where connection.isOverdue(at: now) {
        shutdown(connection.descriptor, Int32(SHUT_RDWR))
      }
      for (descriptor, lingering) in state.lingering where lingering.deadline <= now {
        endLingering(descriptor, &state)
      }
    }
  }

  private func ring() { eventfd_write(bell, 1) }

  private func watch(_ descriptor: Int32, _ events: UInt32) {
    var event = unsafe epoll_event(events: events, data: epoll_data_t(fd: descriptor))
    unsafe epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)
  }

  private func forget(_ descriptor: Int32) {
    epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil)
  }
}

// Lingering.
extension ConnectionGuard {
  private func startLingering(_ connection: Connection, _ state: inout State) {
    guard state.lingering.count < Self.lingeringLimit, !state.stopping else { return }
    // The server closes its own descriptor; a second one keeps the connection.
    let copy = fcntl(connection.descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { return }
    shutdown(copy, Int32(SHUT_WR))
    state.lingering[copy] = Lingering(
      deadline: Connection.now + UInt64(lingerTime / .nanoseconds(1)),
      bytesLeft: connection.lingerLimit)
    watch(copy, EPOLLIN.rawValue | EPOLLRDHUP.rawValue)
  }

  private func drain(_ descriptor: Int32, _ state: inout State) {
    let got = unsafe withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 1) { space in
      unsafe recv(descriptor, space.baseAddress, space.count, Int32(MSG_DONTWAIT))
    }
    if got < 0, errno == EAGAIN || errno == EINTR { return }
    state.lingering[descriptor]?.bytesLeft -= got
    if got <= 0 || (state.lingering[descriptor]?.bytesLeft ?? 0) <= 0 {
      endLingering(descriptor, &state)
    }
  }

  private func endLingering(_ descriptor: Int32, _ state: inout State) {
    state.lingering[descriptor] = nil
    forget(descriptor)
    close(descriptor)
  }

  private func closeLingering() {
    state.withLock { state in
      for descriptor in state.lingering.keys { endLingering(descriptor, &state) }
    }
  }
}
