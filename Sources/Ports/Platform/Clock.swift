package import Conversation

/// The time and the way to wait, injected so that tests run without sleeping.
package struct Clock: Sendable {
  /// The wall-clock time. It may jump.
  package var now: @Sendable () -> Instant

  /// A time that never jumps, for deadlines inside one process; its zero means nothing.
  package var steady: @Sendable () -> Instant

  /// Waits for the duration. Throws `CancellationError` when the task is cancelled.
  package var sleep: @Sendable (Duration) async throws -> Void

  /// Makes a clock from its operations; without one of its own, `steady` is `now`.
  package init(
    now: @escaping @Sendable () -> Instant, steady: (@Sendable () -> Instant)? = nil,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.now = now
    self.steady = steady ?? now
    self.sleep = sleep
  }
}
