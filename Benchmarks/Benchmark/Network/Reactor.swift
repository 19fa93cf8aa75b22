internal import CLinux
internal import Foundation

/// Something with a descriptor that the reactor watches.
protocol Endpoint: AnyObject {
  /// The descriptor.
  var descriptor: Int32 { get }
  /// The descriptor is ready for these of epoll's events.
  func ready(_ events: UInt32)
}

/// One thread's view of many sockets. The benchmark's own side is as lean as it can be, because it
/// shares the machine with what it measures.
final class Reactor {
  private let epoll: Int32
  private var endpoints: [Int32: any Endpoint] = [:]
  /// Called once in each round, after what was ready; gives the time by which it must be called
  /// again although nothing is ready.
  var everyRound: (Nanoseconds) -> Nanoseconds = { _ in .max }

  private static let eventsAtOnce = 512
  /// The longest time between two looks at what the caller waits for.
  private let longestWait = Nanoseconds.milliseconds(20)

  init() throws(BenchmarkError) {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard epoll >= 0 else { throw BenchmarkError("no epoll descriptor") }
  }

  deinit { close(epoll) }

  /// Watches an endpoint for input, and for room for output when `forOutput`.
  func watch(_ endpoint: any Endpoint, forOutput: Bool = false) {
    let known = endpoints.updateValue(endpoint, forKey: endpoint.descriptor) != nil
    var events = EPOLLIN.rawValue | EPOLLRDHUP.rawValue
    if forOutput { events |= EPOLLOUT.rawValue }
    var event = unsafe epoll_event(events: events, data: epoll_data_t(fd: endpoint.descriptor))
    unsafe epoll_ctl(epoll, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, endpoint.descriptor, &event)
  }

  /// Lets go of an endpoint, before its descriptor is closed.
  func forget(_ endpoint: any Endpoint) {
    guard endpoints.removeValue(forKey: endpoint.descriptor) != nil else { return }
    epoll_ctl(epoll, EPOLL_CTL_DEL, endpoint.descriptor, nil)
  }

  /// Lets everything happen until the condition holds, or until the time is up; then false.
  @discardableResult
  func run(until deadline: Nanoseconds, _ isDone: () -> Bool) -> Bool {
    var timeout = timespec()
    while true {
      unsafe withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: Self.eventsAtOnce) {
        let count = unsafe epoll_pwait2(epoll, $0.baseAddress, Int32($0.count), &timeout, nil)
        for index in 0..<max(0, Int(count)) {
          let event = unsafe $0[index]
          unsafe endpoints[event.data.fd]?.ready(event.events)
        }
      }
      let now = Nanoseconds.now
      let next = min(everyRound(now), deadline, now + longestWait)
      if isDone() { return true }
      if now >= deadline { return false }
      timeout.tv_nsec = next <= now ? 0 : Int(next - now)
    }
  }
}
