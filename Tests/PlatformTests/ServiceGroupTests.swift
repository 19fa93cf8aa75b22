import Conversation
import Platform
import Synchronization
import Testing

/// Keeps what happened, in order.
private final class Diary: Sendable {
  private let kept = Mutex<[String]>([])
  var entries: [String] { kept.withLock { $0 } }
  func write(_ entry: String) { kept.withLock { $0.append(entry) } }
}

private struct Trouble: Error, Equatable {
  var secret = "hunter2"
}

/// A service that does what the test says.
private struct Stub: Service {
  var name: String
  var body: @Sendable () async throws -> Void
  func run() async throws { try await body() }

  /// Runs until it is cancelled, and says so.
  static func lasting(
    _ name: String, _ diary: Diary, started: AsyncStream<Void>.Continuation? = nil
  ) -> Stub {
    Stub(name: name) {
      started?.yield()
      try? await Task.sleep(for: .seconds(3600))
      await Task.yield()
      diary.write(name)
    }
  }
}

@Suite("ServiceGroup", .timeLimit(.minutes(5)))
struct ServiceGroupTests {
  private let diary = Diary()
  private let book = LogBook()

  private func group(_ services: [any Service], clock: Clock = .system) -> ServiceGroup {
    ServiceGroup(services, stopDeadline: .seconds(30), clock: clock, log: book.log())
  }

  @Test("cancelling the caller stops the services one after another, the last first")
  func order() async throws {
    let (starts, started) = AsyncStream.makeStream(of: Void.self)
    let services = ["store", "delivery", "turn", "intake"].map {
      Stub.lasting($0, diary, started: started)
    }
    let running = Task { try await group(services).run() }
    var count = 0
    for await _ in starts {
      count += 1
      if count == services.count { break }
    }
    running.cancel()
    try await running.value
    #expect(diary.entries == ["intake", "turn", "delivery", "store"])
    #expect(book.records.isEmpty)
  }

  @Test("an error of one stops all and reaches the caller; the log names it without its text")
  func failure() async throws {
    let services: [any Service] = [
      Stub.lasting("store", diary), Stub(name: "turn") { throw Trouble() },
      Stub.lasting("intake", diary),
    ]
    await #expect(throws: Trouble.self) { try await group(services).run() }
    #expect(diary.entries == ["intake", "store"])
    #expect(book.records.map(\.level) == [.error])
    #expect(book.records.first?.fields.map(\.value) == [.text("turn"), .text("Trouble")])
  }

  @Test("a service that returns ends the group without an error")
  func returns() async throws {
    let services: [any Service] = [Stub.lasting("store", diary), Stub(name: "once") {}]
    try await group(services).run()
    #expect(diary.entries == ["store"])
  }

  @Test("an error while stopping is logged and does not hide how the group ended")
  func failureWhileStopping() async throws {
    let services: [any Service] = [
      Stub.lasting("store", diary),
      Stub(name: "delivery") {
        try? await Task.sleep(for: .seconds(3600))
        throw Trouble()
      },
      Stub(name: "once") {},
    ]
    try await group(services).run()
    #expect(diary.entries == ["store"])
    #expect(book.records.map(\.level) == [.warning])
  }

  @Test("one that does not stop in time is left behind and named; the others still stop in order")
  func deadline() async throws {
    let manual = ManualClock()
    let (release, releaser) = AsyncStream.makeStream(of: Void.self)
    let stubborn = Stub(name: "stubborn") {
      // A task of its own does not hear that this one was cancelled.
      await Task.detached { for await _ in release { break } }.value
    }
    let services: [any Service] = [
      Stub(name: "once") {}, Stub.lasting("store", diary), stubborn,
    ]
    let running = Task { try await group(services, clock: manual.clock).run() }
    #expect(await manual.nextSleep() == .seconds(30))
    manual.wakeAll()
    try await running.value
    releaser.yield()
    #expect(diary.entries == ["store"])
    #expect(book.records.map(\.message) == ["a service did not stop in time"])
    #expect(book.records.first?.fields.map(\.value) == [.text("stubborn")])
  }
}
