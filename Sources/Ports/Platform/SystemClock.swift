internal import Conversation
internal import Dispatch
internal import Foundation

extension Clock {
  /// The machine's own clock.
  package static let system = Clock(
    now: { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) },
    steady: {
      Instant(milliseconds: Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000))
    },
    sleep: { try await Task.sleep(for: $0) }
  )
}
