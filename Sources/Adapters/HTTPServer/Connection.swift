internal import Foundation
internal import Synchronization

/// One peer's connection: its descriptor and the time by which its present phase must be over.
final class Connection: Sendable {
  let descriptor: Int32
  private let deadline = Atomic(UInt64.max)
  private let lingerBytes = Atomic(0)

  init(descriptor: Int32, deadline: Duration) {
    self.descriptor = descriptor
    setDeadline(in: deadline)
  }

  /// The present phase must be over within `time`; nil takes the bound away.
  func setDeadline(in time: Duration?) {
    let value = time.map { Self.now + UInt64(max(0, $0 / .nanoseconds(1))) } ?? .max
    deadline.store(value, ordering: .relaxed)
  }

  /// Whether the time is up; true once for each deadline.
  func isOverdue(at now: UInt64) -> Bool {
    let value = deadline.load(ordering: .relaxed)
    guard value <= now else { return false }
    return deadline.compareExchange(expected: value, desired: .max, ordering: .relaxed).exchanged
  }

  /// After the answer, up to `bytes` of what the peer still sends are read and dropped before the
  /// descriptor is closed. Closing with unread bytes would reset the connection, and the peer might
  /// never read the answer.
  func linger(bytes: Int) { lingerBytes.store(bytes, ordering: .relaxed) }

  /// How much may be dropped; 0 when the connection is closed at once.
  var lingerLimit: Int { lingerBytes.load(ordering: .relaxed) }

  /// The time in nanoseconds of a clock that never jumps.
  static var now: UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
