internal import CLinux
internal import Foundation

/// Nanoseconds of the machine's steady clock.
typealias Nanoseconds = UInt64

extension Nanoseconds {
  /// The steady clock now.
  static var now: Nanoseconds {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Nanoseconds(time.tv_sec) * 1_000_000_000 + Nanoseconds(time.tv_nsec)
  }

  /// So many seconds.
  static func seconds(_ seconds: Double) -> Nanoseconds { Nanoseconds(seconds * 1e9) }

  /// So many milliseconds.
  static func milliseconds(_ milliseconds: Double) -> Nanoseconds {
    Nanoseconds(milliseconds * 1e6)
  }

  /// This span in seconds.
  var inSeconds: Double { Double(self) / 1e9 }

  /// This span in milliseconds.
  var inMilliseconds: Double { Double(self) / 1e6 }
}
