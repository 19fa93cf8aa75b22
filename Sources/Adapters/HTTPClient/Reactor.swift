internal import CCurl
internal import Foundation
internal import Gateways

/// libcurl's multi handle with the epoll set that drives it; belongs to the client's thread.
///
/// `curl_multi_socket_action` with epoll costs in proportion to the sockets that have something to
/// say; `curl_multi_poll` with `curl_multi_perform` would look at each of 5,000 open streams every
/// time that one of them speaks.
@safe final class Reactor {
  private let multi: UnsafeMutableRawPointer
  private let epoll: Int32
  private let bell: Int32
  private let trust: TrustStore
  private let settings: HTTPClientSettings
  private var active: [ObjectIdentifier: EasyHandle] = [:]
  private var idle: [EasyHandle] = []
  /// When libcurl wants to be called although no socket has spoken.
  private var curlDue: ContinuousClock.Instant?
  /// When to look for requests whose time is up while they wait for a free connection: libcurl
  /// 7.88 does not look at the deadline of a transfer that has no connection yet.
  private var sweepDue: ContinuousClock.Instant?
  /// Transfers whose first pieces after a pause have come in this step.
  private var speaking: [Transfer] = []
  /// Transfers that gather further pieces, and when these are handed over: waking a task for each
  /// of a model's words costs more than everything else that is done with the word.
  private var gathering: [Transfer] = []
  private var gatheringDue: ContinuousClock.Instant?
  /// Since when a request was left without a sign of life: connections not used since may be dead.
  private(set) var distrusted: ContinuousClock.Instant?

  /// Unused easy handles that are kept; each is about 6 KB.
  private static let idleLimit = 256
  private static let eventsAtOnce = 64
  /// What libcurl's own deadline is given before the sweep acts.
  private static let sweepGrace = Duration.milliseconds(20)

  init(_ settings: HTTPClientSettings, bell: Int32) throws(HTTPClientError) {
    self.settings = settings
    self.bell = bell
    trust = try TrustStore(extraFile: settings.caFile)
    guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK,
      let multi = unsafe curl_multi_init()
    else { throw HTTPClientError(.resources) }
    unsafe self.multi = unsafe multi
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard epoll >= 0 else {
      unsafe curl_multi_cleanup(multi)
      throw HTTPClientError(.resources, errno: errno)
    }
    watch(bell, EPOLLIN.rawValue, EPOLL_CTL_ADD)
    let me = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe sb_multi_set_socket_function(multi, onSocket)
    unsafe sb_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, me)
    unsafe sb_multi_set_timer_function(multi, onTimer)
    unsafe sb_multi_set_pointer(multi, CURLMOPT_TIMERDATA, me)
    let bounds = [
      (CURLMOPT_MAX_HOST_CONNECTIONS, settings.maxConnectionsPerHost),
      (CURLMOPT_MAX_TOTAL_CONNECTIONS, settings.maxConnections),
      (CURLMOPT_MAXCONNECTS, settings.maxConnections),
    ]
    for (option, bound) in bounds { unsafe sb_multi_set_long(multi, option, bound) }
  }

  deinit {
    // Easy handles go before their multi handle, as libcurl's manual asks.
    active = [:]
    idle = []
    unsafe curl_multi_cleanup(multi)
    close(epoll)
  }

  /// Obeys a command.
  func apply(_ command: TransferLoop.Command) {
    switch command {
    case .start(let transfer): start(transfer)
    case .resume(let transfer): active[ObjectIdentifier(transfer)]?.resume()
    case .cancel(let transfer): end(transfer, .stopped)
    }
  }

  /// Ends every transfer.
  func abandonAll() {
    for transfer in active.values.compactMap(\.transfer) { end(transfer, .stopped) }
  }

  /// Waits until something happens, when it may, and lets libcurl act on it.
  func step(mayWait: Bool) {
    let due = [curlDue, sweepDue, gatheringDue].compactMap { $0 }.min()
    let wait = mayWait ? Self.milliseconds(until: due) : 0
    unsafe withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: Self.eventsAtOnce) {
      events in
      let count = unsafe epoll_wait(epoll, events.baseAddress, Int32(events.count), wait)
      for index in 0..<max(0, Int(count)) { unsafe dispatch(events[index]) }
    }
    if let due = curlDue, due <= .now {
      curlDue = nil
      act(CURL_SOCKET_TIMEOUT, 0)
    }
    collectFinished()
    handOverPieces()
    if let due = sweepDue, due <= .now { sweep() }
  }

  private static func milliseconds(until due: ContinuousClock.Instant?) -> Int32 {
    guard let due else { return -1 }
    let left = ContinuousClock.now.duration(to: due) / .milliseconds(1)
    return Int32(min(max(left.rounded(.up), 0), 3_600_000))
  }

  private func dispatch(_ event: epoll_event) {
    let descriptor = unsafe event.data.fd
    if descriptor == bell {
      var count: UInt64 = 0
      unsafe eventfd_read(bell, &count)
      return
    }
    var mask: Int32 = 0
    let spoken = unsafe event.events
    if spoken & EPOLLIN.rawValue != 0 { mask |= CURL_CSELECT_IN }
    if spoken & EPOLLOUT.rawValue != 0 { mask |= CURL_CSELECT_OUT }
    if spoken & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { mask |= CURL_CSELECT_ERR }
    act(descriptor, mask)
  }

  private func act(_ descriptor: Int32, _ mask: Int32) {
    var running: Int32 = 0
    unsafe curl_multi_socket_action(multi, descriptor, mask, &running)
  }
}

// Transfers.
extension Reactor {
  private func start(_ transfer: Transfer) {
    guard let request = transfer.take() else {
      transfer.finish(.failure(.stopped(requestWritten: false)))
      return
    }
    guard let handle = idle.popLast() ?? EasyHandle(settings, trust, self) else {
      transfer.finish(
        .failure(HTTPError(.notConnected, requestWritten: false, detail: "out of memory")))
      return
    }
    if let refusal = handle.prepare(transfer, request) {
      recycle(handle)
      transfer.finish(.failure(refusal))
      return
    }
    active[ObjectIdentifier(transfer)] = handle
    let sweep = transfer.deadline + Self.sweepGrace
    sweepDue = sweepDue.map { min($0, sweep) } ?? sweep
    unsafe curl_multi_add_handle(multi, handle.easy)
  }

  private func collectFinished() {
    var left: Int32 = 0
    while let message = unsafe curl_multi_info_read(multi, &left) {
      guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
      let result = unsafe sb_message_result(message)
      var pointer: UnsafeMutableRawPointer?
      unsafe sb_easy_get_private(message.pointee.easy_handle, &pointer)
      guard let pointer = unsafe pointer else { continue }
      let handle = unsafe Unmanaged<EasyHandle>.fromOpaque(pointer).takeUnretainedValue()
      if let transfer = handle.transfer { end(transfer, .finished(result)) }
    }
  }

  private func sweep() {
    let now = ContinuousClock.now
    sweepDue = nil
    for transfer in active.values.compactMap(\.transfer) {
      let due = transfer.deadline + Self.sweepGrace
      if due <= now {
        end(transfer, .finished(CURLE_OPERATION_TIMEDOUT))
      } else {
        sweepDue = sweepDue.map { min($0, due) } ?? due
      }
    }
  }

  private func end(_ transfer: Transfer, _ ending: EasyHandle.Ending) {
    guard let handle = active.removeValue(forKey: ObjectIdentifier(transfer)) else { return }
    handle.handOver(last: true)
    let outcome = handle.outcome(ending)
    if let since = handle.silentSince(ending) { distrusted = max(distrusted ?? since, since) }
    unsafe curl_multi_remove_handle(multi, handle.easy)
    recycle(handle)
    transfer.finish(outcome)
  }

  private func recycle(_ handle: EasyHandle) {
    handle.reset()
    if idle.count < Self.idleLimit { idle.append(handle) }
  }
}

// Pieces of streamed answers.
extension Reactor {
  /// Takes in that the first piece after a pause has come.
  func hasPieces(_ transfer: Transfer) { speaking.append(transfer) }

  private func handOverPieces() {
    if let due = gatheringDue, due <= .now {
      gathering.removeAll { transfer in
        guard let handle = active[ObjectIdentifier(transfer)], !handle.body.isEmpty else {
          active[ObjectIdentifier(transfer)]?.isGathering = false
          return true
        }
        handle.handOver()
        return false
      }
      gatheringDue = nil
    }
    for transfer in speaking { active[ObjectIdentifier(transfer)]?.handOver() }
    gathering += speaking
    speaking.removeAll(keepingCapacity: true)
    if gatheringDue == nil, !gathering.isEmpty { gatheringDue = .now + settings.streamGathering }
  }
}

// What libcurl asks of its surroundings.
extension Reactor {
  fileprivate func watch(_ descriptor: Int32, _ events: UInt32, _ operation: Int32) {
    var event = unsafe epoll_event(events: events, data: epoll_data_t(fd: descriptor))
    unsafe epoll_ctl(epoll, operation, descriptor, &event)
  }

  fileprivate func setInterest(_ descriptor: Int32, _ what: Int32, known: Bool) {
    var events: UInt32 = 0
    if what == CURL_POLL_IN || what == CURL_POLL_INOUT { events |= EPOLLIN.rawValue }
    if what == CURL_POLL_OUT || what == CURL_POLL_INOUT { events |= EPOLLOUT.rawValue }
    if what == CURL_POLL_REMOVE {
      watch(descriptor, 0, EPOLL_CTL_DEL)
    } else {
      watch(descriptor, events, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD)
      // Any pointer that is not null says "already in the set" the next time.
      if !known {
        unsafe curl_multi_assign(multi, descriptor, Unmanaged.passUnretained(self).toOpaque())
      }
    }
  }

  fileprivate func setTimer(milliseconds: Int) {
    curlDue = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
  }
}

private func onSocket(
  _: UnsafeMutableRawPointer?, _ descriptor: curl_socket_t, _ what: Int32,
  _ user: UnsafeMutableRawPointer?, _ known: UnsafeMutableRawPointer?
) -> Int32 {
  guard let user = unsafe user else { return -1 }
  unsafe Unmanaged<Reactor>.fromOpaque(user).takeUnretainedValue()
    .setInterest(descriptor, what, known: known != nil)
  return 0
}

private func onTimer(
  _: UnsafeMutableRawPointer?, _ milliseconds: Int, _ user: UnsafeMutableRawPointer?
) -> Int32 {
  guard let user = unsafe user else { return -1 }
  unsafe Unmanaged<Reactor>.fromOpaque(user).takeUnretainedValue()
    .setTimer(milliseconds: milliseconds)
  return 0
}
