import Conversation
import Platform
import Synchronization
import Testing

/// A clock whose sleeps end when the test says so.
final class ManualClock: Sendable {
  private struct State {
    var waiting: [CheckedContinuation<Void, any Error>] = []
    var asked: [Duration] = []
  }

  private let state = Mutex(State())
  private let (sleeps, slept) = AsyncStream.makeStream(of: Duration.self)

  /// The clock.
  var clock: Clock {
    Clock(now: { Instant(milliseconds: 0) }, sleep: { try await self.sleep($0) })
  }

  /// Waits until something sleeps, and tells for how long it would.
  func nextSleep() async -> Duration? {
    for await duration in sleeps { return duration }
    return nil
  }

  /// Ends every sleep under way.
  func wakeAll() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  private func sleep(_ duration: Duration) async throws {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let cancelled = state.withLock { state in
          if Task.isCancelled { return true }
          state.waiting.append(continuation)
          return false
        }
        if cancelled { continuation.resume(throwing: CancellationError()) }
        slept.yield(duration)
      }
    } onCancel: {
      let waiting = state.withLock { state in
        defer { state.waiting = [] }
        return state.waiting
      }
      for continuation in waiting { continuation.resume(throwing: CancellationError()) }
    }
  }
}

private final class Counter: Sendable {
  private let count = Atomic(0)
  var value: Int { count.load(ordering: .sequentiallyConsistent) }
  func add() { count.add(1, ordering: .sequentiallyConsistent) }
}

@Suite("Wakeup", .timeLimit(.minutes(5)))
struct WakeupTests {
  @Test("a ring before the wait is remembered, and two are one")
  func remembered() async throws {
    let bell = Wakeup()
    let manual = ManualClock()
    bell.ring()
    bell.ring()
    try await bell.wait(atMost: .seconds(1), clock: manual.clock)
    let second = Task { try await bell.wait(atMost: .seconds(2), clock: manual.clock) }
    while await manual.nextSleep() != .seconds(2) {}
    manual.wakeAll()
    try await second.value
  }

  @Test("a ring ends the wait long before its time is up")
  func ring() async throws {
    let bell = Wakeup()
    let manual = ManualClock()
    let waiting = Task { try await bell.wait(atMost: .seconds(3600), clock: manual.clock) }
    #expect(await manual.nextSleep() == .seconds(3600))
    bell.ring()
    try await waiting.value
  }

  @Test("without a ring the wait ends when its time is up")
  func timeUp() async throws {
    let bell = Wakeup()
    let manual = ManualClock()
    let waiting = Task { try await bell.wait(atMost: .milliseconds(5), clock: manual.clock) }
    #expect(await manual.nextSleep() == .milliseconds(5))
    manual.wakeAll()
    try await waiting.value
  }

  @Test("cancelling ends the wait with an error, and the bell can be used again")
  func cancelled() async throws {
    let bell = Wakeup()
    let manual = ManualClock()
    let waiting = Task { try await bell.wait(atMost: .seconds(3600), clock: manual.clock) }
    _ = await manual.nextSleep()
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    bell.ring()
    try await bell.wait(atMost: .seconds(1), clock: manual.clock)
  }

  @Test("many rings while a loop works never leave it asleep")
  func stress() async throws {
    let bell = Wakeup()
    let done = Counter()
    let never = Clock(
      now: { Instant(milliseconds: 0) }, sleep: { _ in try await Task.sleep(for: .seconds(3600)) })
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for _ in 0..<200 {
          done.add()
          bell.ring()
          await Task.yield()
        }
      }
      group.addTask {
        while done.value < 200 {
          try? await bell.wait(atMost: .seconds(3600), clock: never)
        }
      }
    }
    #expect(done.value == 200)
  }
}
