internal import Synchronization

/// A bell that wakes one waiting loop; rings that nobody waits for are remembered as one.
///
/// It only saves waiting: a loop that sleeps through a lost ring still finds its work when its own
/// time is up.
package final class Wakeup: Sendable {
  private enum State {
    case quiet
    case rung
    case waiting(CheckedContinuation<Void, Never>)
  }

  private let state = Mutex(State.quiet)

  /// Makes a silent bell.
  package init() {}

  /// Rings the bell.
  package func ring() {
    let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
      guard case .waiting(let waiter) = state else {
        state = .rung
        return nil
      }
      state = .quiet
      return waiter
    }
    waiter?.resume()
  }

  /// Waits for a ring, or for the time to pass. One loop at a time may wait.
  ///
  /// Throws `CancellationError` when the task is cancelled.
  package func wait(atMost limit: Duration, clock: Clock) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await self.rung() }
      group.addTask { try await clock.sleep(limit) }
      defer { group.cancelAll() }
      try await group.next()
    }
    try Task.checkCancellation()
  }

  /// Waits for a ring, or for the task to be cancelled. One loop at a time may wait.
  package func rung() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let now = state.withLock { state in
          if case .rung = state {
            state = .quiet
            return true
          }
          if Task.isCancelled { return true }
          state = .waiting(continuation)
          return false
        }
        if now { continuation.resume() }
      }
    } onCancel: {
      let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
        guard case .waiting(let waiter) = state else { return nil }
        state = .quiet
        return waiter
      }
      waiter?.resume()
    }
  }
}
