import Conversation
import Platform
import Synchronization
import Testing

@Suite struct ClaimLoopTests {
  private struct Trouble: Error {}

  /// What was claimed and done.
  private struct Record: Sendable {
    var waiting: [Int]
    var rooms: [Int] = []
    var done: [Int] = []
    var failures = 0
    var under = 0
    var most = 0
  }

  private final class Journal: Sendable {
    private let record: Mutex<Record>

    init(waiting: [Int]) { record = Mutex(Record(waiting: waiting)) }

    func withLock<Result: Sendable>(
      _ body: (inout Record) throws -> Result
    ) rethrows -> Result {
      try record.withLock { try body(&$0) }
    }
  }

  /// Time stands still: nothing happens but by the bell.
  private static let still = Clock(
    now: { Instant(milliseconds: 0) }, sleep: { _ in try await Task.sleep(for: .seconds(3_600)) })

  private func loop(
    capacity: Int, grace: Duration = .seconds(60), drains: Bool = false, bell: Wakeup = Wakeup(),
    clock: Clock = still
  ) -> ClaimLoop<Int> {
    ClaimLoop(
      capacity: capacity, idle: .seconds(1), grace: grace, drains: drains, bell: bell,
      clock: clock)
  }

  @Test func noMoreIsTakenThanThereIsRoom() async {
    let record = Journal(waiting: Array(1...20))
    let all = Wakeup()
    let loop = loop(capacity: 3)
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await loop.run(
          claim: { room in
            record.withLock { record in
              record.rooms.append(room)
              let taken = Array(record.waiting.prefix(room))
              record.waiting.removeFirst(taken.count)
              record.under += taken.count
              record.most = max(record.most, record.under)
              return taken
            }
          }, failed: { _ in },
          perform: { work in
            await Task.yield()
            let isLast = record.withLock { record in
              record.under -= 1
              record.done.append(work)
              return record.done.count == 20
            }
            if isLast { all.ring() }
          })
      }
      await all.rung()
      group.cancelAll()
    }
    let result = record.withLock { $0 }
    #expect(result.done.sorted() == Array(1...20))
    #expect(result.most <= 3 && result.rooms.allSatisfy { 0...3 ~= $0 })
  }

  @Test func aFailureToClaimIsToldAndTheLoopGoesOn() async {
    let record = Journal(waiting: [1])
    let done = Wakeup()
    let impatient = Clock(now: { Instant(milliseconds: 0) }, sleep: { _ in })
    let loop = loop(capacity: 1, clock: impatient)
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await loop.run(
          claim: { _ in
            try record.withLock { record in
              if record.failures < 2 { throw Trouble() }
              defer { record.waiting = [] }
              return record.waiting
            }
          }, failed: { _ in record.withLock { $0.failures += 1 } }, perform: { _ in done.ring() })
      }
      await done.rung()
      group.cancelAll()
    }
    #expect(record.withLock { $0.failures } == 2)
  }

  @Test(arguments: [(true, [1, 2, 3]), (false, [1])])
  func theOrderToStopLetsWorkEndAndDrainsWhatIsThere(_ drains: Bool, _ expected: [Int]) async {
    let record = Journal(waiting: [1, 2, 3])
    let begun = Wakeup()
    let mayEnd = Wakeup()
    let loop = loop(capacity: 1, drains: drains)
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await loop.run(
          claim: { room in
            record.withLock { record in
              let taken = Array(record.waiting.prefix(room))
              record.waiting.removeFirst(taken.count)
              return taken
            }
          }, failed: { _ in },
          perform: { work in
            if work == 1 {
              begun.ring()
              await mayEnd.rung()
            }
            record.withLock { $0.done.append(work) }
          })
      }
      await begun.rung()
      group.cancelAll()
      mayEnd.ring()
    }
    #expect(record.withLock { $0.done } == expected)
  }

  @Test func whatOutlastsTheGraceIsCancelled() async {
    let record = Journal(waiting: [1])
    let begun = Wakeup()
    let loop = loop(capacity: 1, grace: .zero)
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await loop.run(
          claim: { _ in
            record.withLock { record in
              defer { record.waiting = [] }
              return record.waiting
            }
          }, failed: { _ in },
          perform: { work in
            begun.ring()
            let never = AsyncStream<Void> { _ in }
            for await _ in never {}
            if Task.isCancelled { record.withLock { $0.done.append(work) } }
          })
      }
      await begun.rung()
      group.cancelAll()
    }
    #expect(record.withLock { $0.done } == [1])
  }
}
