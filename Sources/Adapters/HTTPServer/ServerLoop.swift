internal import CMicroHTTPD
internal import Foundation
internal import Synchronization

/// The server's thread: lets libmicrohttpd work, and does what it does not do for a connection.
///
/// * libmicrohttpd's timeout is one of silence: a byte a second holds a connection for ever. The
///   loop shuts connections down whose phase takes longer than its deadline.
/// * A suspended connection is not watched: the loop notices when the reader of a stream leaves.
/// * After an early refusal it reads the rest of the request, so that the peer reads the answer.
///
/// libmicrohttpd has a thread of its own to offer, but that of 0.9.75 falls asleep when epoll
/// reports exactly 128 ready connections: it waits once more before it serves them. Driven from
/// here, it never waits.
final class ServerLoop: Sendable {
  private struct Lingering {
    var deadline: UInt64
    var bytesLeft: Int
  }

  private struct State {
    var connections: [Int32: Connection] = [:]
    var streams: [Int32: ResponseStream] = [:]
    var lingering: [Int32: Lingering] = [:]
    var quiescing: CheckedContinuation<Void, Never>?
    var stopping: CheckedContinuation<Void, Never>?

    var isIdle: Bool { connections.isEmpty && lingering.isEmpty }
  }

  private let epoll: Int32
  private let bell: Int32
  private let lingerTime: Duration
  private let tickMilliseconds: Int32
  private let state = Mutex(State())
  /// Whether the thread waits for events, and how many connections have been resumed.
  private let isWaiting = Atomic(false)
  private let resumes = Atomic(0)

  /// Descriptors that may linger at a time; more are closed at once.
  private static let lingeringLimit = 128
  private static let eventsAtOnce = 64

  /// Makes a loop that keeps deadlines to within `tick`.
  init(tick: Duration, lingerTime: Duration) throws(HTTPServerError) {
    self.lingerTime = lingerTime
    tickMilliseconds = Int32(max(1, tick / .milliseconds(1)))
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard epoll >= 0, bell >= 0 else { throw HTTPServerError(.resources, errno: errno) }
    watch(bell, EPOLLIN.rawValue)
  }

  deinit {
    close(epoll)
    close(bell)
  }

  /// Starts the thread, which drives the daemon.
  func start(_ daemon: Daemon) {
    watch(daemon.descriptor, EPOLLIN.rawValue)
    let thread = Thread { self.run(daemon) }
    thread.name = "http-server"
    thread.start()
  }

  /// Takes no new connections from now on.
  func quiesce() async {
    await withCheckedContinuation { continuation in
      state.withLock { $0.quiescing = continuation }
      ring()
    }
  }

  /// Closes all connections and ends the thread. No connection may be suspended.
  func stop() async {
    await withCheckedContinuation { continuation in
      state.withLock { $0.stopping = continuation }
      ring()
    }
  }

  /// Takes a new connection into care; called on the thread.
  func add(_ connection: Connection) {
    state.withLock { $0.connections[connection.descriptor] = connection }
  }

  /// Lets go of a connection before its descriptor is closed; called on the thread.
  func remove(_ connection: Connection) {
    state.withLock { state in
      state.connections[connection.descriptor] = nil
      if connection.lingerLimit > 0 { startLingering(connection, &state) }
    }
  }

  /// Resumes a suspended connection, from any thread.
  ///
  /// libmicrohttpd's own signal is not enough: when it comes while the daemon works, the daemon
  /// may take it for done and go on without looking at the connection.
  func resume(_ connection: OpaquePointer) {
    unsafe MHD_resume_connection(connection)
    resumes.add(1, ordering: .sequentiallyConsistent)
    if isWaiting.exchange(false, ordering: .sequentiallyConsistent) { ring() }
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
extension ServerLoop {
  private func run(_ daemon: Daemon) {
    var lastTick = Connection.now
    while true {
      let (idle, quiescing, stopping) = state.withLock { state in
        defer { state.quiescing = nil }
        return (state.isIdle, state.quiescing, state.stopping)
      }
      if let quiescing {
        daemon.quiesce()
        quiescing.resume()
      }
      if let stopping {
        closeLingering()
        daemon.stop()
        return stopping.resume()
      }
      let seen = resumes.load(ordering: .sequentiallyConsistent)
      daemon.work()
      wait(min(daemon.timeout, idle ? .max : tickMilliseconds), unless: seen)
      let now = Connection.now
      if now - lastTick >= UInt64(tickMilliseconds) * 1_000_000 {
        lastTick = now
        enforceDeadlines(now)
      }
    }
  }

  /// Waits for events; not at all when connections have been resumed since `seen` was read.
  private func wait(_ milliseconds: Int32, unless seen: Int) {
    isWaiting.store(true, ordering: .sequentiallyConsistent)
    defer { isWaiting.store(false, ordering: .sequentiallyConsistent) }
    let isNew = resumes.load(ordering: .sequentiallyConsistent) != seen
    let limit = isNew ? 0 : milliseconds == .max ? -1 : milliseconds
    unsafe withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: Self.eventsAtOnce) {
      let count = unsafe epoll_wait(epoll, $0.baseAddress, Int32($0.count), limit)
      for index in 0..<max(0, Int(count)) { unsafe act(on: $0[index].data.fd) }
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
extension ServerLoop {
  private func startLingering(_ connection: Connection, _ state: inout State) {
    guard state.lingering.count < Self.lingeringLimit, state.stopping == nil else { return }
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
