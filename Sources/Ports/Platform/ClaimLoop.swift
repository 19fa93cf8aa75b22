internal import Synchronization

/// The loop that every worker runs: take work as far as there is room, do it, wait for more.
///
/// Waiting ends when the bell rings, and at the latest after `idle`, so that work whose ring was
/// lost, or that another process left behind, is found too.
package struct ClaimLoop<Work: Sendable>: Sendable {
  /// How many pieces of work may be under way at once.
  package var capacity: Int
  /// How long to wait, at most, before looking again.
  package var idle: Duration
  /// How long to wait after claiming failed.
  package var pauseAfterFailure: Duration
  /// How long work under way may go on after the order to stop, before it is cancelled.
  package var grace: Duration
  /// Whether, within the grace, work that is still there is taken too.
  package var drains: Bool
  /// Rung when there may be work.
  package var bell: Wakeup
  /// The clock of all waiting.
  package var clock: Clock

  /// Makes a loop.
  package init(
    capacity: Int, idle: Duration, pauseAfterFailure: Duration = .seconds(1),
    grace: Duration = .zero, drains: Bool = false, bell: Wakeup, clock: Clock
  ) {
    self.capacity = capacity
    self.idle = idle
    self.pauseAfterFailure = pauseAfterFailure
    self.grace = grace
    self.drains = drains
    self.bell = bell
    self.clock = clock
  }

  /// Runs until the task is cancelled and the work under way has ended, by itself within the grace
  /// or else cancelled.
  ///
  /// `claim` is given the room that is left, which may be none; an error it throws is handed to `failed` and the loop
  /// goes on after a pause.
  package func run(
    claim: @escaping @Sendable (Int) async throws -> [Work],
    failed: @escaping @Sendable (any Error) -> Void,
    perform: @escaping @Sendable (Work) async -> Void
  ) async {
    let stopping = Atomic(false)
    let inner = Task { await work(claim, failed, perform) { stopping.load(ordering: .relaxed) } }
    // One timer for all waiting: a timer for each wait would cost more than the waiting saves.
    let ticker = Task {
      while (try? await clock.sleep(idle)) != nil { bell.ring() }
    }
    defer { ticker.cancel() }
    await withTaskCancellationHandler {
      await inner.value
    } onCancel: {
      stopping.store(true, ordering: .relaxed)
      bell.ring()
      Task {
        try? await Task.sleep(for: grace)
        inner.cancel()
      }
    }
  }

  private func work(
    _ claim: @escaping @Sendable (Int) async throws -> [Work],
    _ failed: @escaping @Sendable (any Error) -> Void,
    _ perform: @escaping @Sendable (Work) async -> Void,
    _ isStopping: @escaping @Sendable () -> Bool
  ) async {
    let room = Room(capacity)
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        let stopping = isStopping()
        if stopping && !drains { return }
        do {
          let works = try await claim(room.free)
          room.take(works.count)
          for work in works {
            group.addTask {
              await perform(work)
              room.giveBack()
              bell.ring()
            }
          }
          if works.isEmpty && stopping && room.free == capacity { return }
          if works.isEmpty { await bell.rung() }
        } catch {
          if Task.isCancelled || stopping { return }
          failed(error)
          try? await clock.sleep(pauseAfterFailure)
        }
      }
    }
  }
}
