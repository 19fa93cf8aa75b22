import Platform
import Testing
import Turn

@testable import App

/// What runs for operators.
@Suite("Staff parts")
struct StaffPartsTests {
  /// Somebody may wait since an earlier start, when there still were operators.
  @Test("the clock is watched with operators and without", arguments: [[], [Int64(50_001)]])
  func clockIsWatched(operators: [Int64]) async throws {
    var configuration = Configuration()
    configuration.store.database = .memory
    configuration.operators.chats = operators
    let runtime = Runtime(
      setup: Setup(configuration: configuration, warnings: [], texts: Texts(), instructions: [:]),
      log: .silent)
    let outside = try Outside(
      configuration: configuration, clock: runtime.clock, metrics: runtime.metrics, log: .silent)
    let store = try await runtime.openStore()
    let parts = try await runtime.staff(outside, store, runtime.alarms(outside, store))
    #expect(parts.services.contains { $0.name == "desk" })
    #expect((parts.roster != nil) == !operators.isEmpty)
    await outside.shutdown()
  }
}
