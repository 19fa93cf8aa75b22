import Foundation
import Storage
import Testing

/// Runs the whole flow through seeded trouble and checks the promises after each run.
@Suite struct PromisesTests {
  /// How many things happen in a run; twenty runs make the hundred thousand of a normal test.
  private static let steps = 5_000

  @Test(arguments: Array(UInt64(1)...20))
  func thePromisesHold(_ seed: UInt64) async throws {
    let (world, figures) = try await Self.run(seed)
    Promises(world, figures: figures).check(seed: seed)
  }

  /// The long mode: seeds that nobody has tried, for as many minutes as the environment says. A
  /// seed that fails is printed; put into the test above, it replays exactly.
  @Test(.enabled(if: longMinutes != nil)) func thePromisesHoldForLong() async throws {
    let end = ContinuousClock.now + .seconds(60 * (Self.longMinutes ?? 0))
    while ContinuousClock.now < end {
      let seed = UInt64.random(in: 1_000...UInt64.max)
      let (world, figures) = try await Self.run(seed)
      Promises(world, figures: figures).check(seed: seed)
    }
  }

  private static let longMinutes =
    ProcessInfo.processInfo.environment["SIMULATION_MINUTES"].flatMap { Int($0) }

  @Test func theSameSeedGivesTheSameRun() async throws {
    let first = try await Self.run(77).0
    let second = try await Self.run(77).0
    #expect(first.state.with { $0.arrivals } == second.state.with { $0.arrivals })
    #expect(first.restarts == second.restarts)
  }

  static func run(_ seed: UInt64) async throws -> (World, StoreFigures) {
    let directory = FileManager.default.temporaryDirectory.appending(
      path: "simulation-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let world = try await World(seed: seed, directory: directory.path())
    for _ in 0..<steps { try await world.step() }
    try await world.settle()
    let figures = try await world.figures()
    await world.close()
    return (world, figures)
  }
}
