import Foundation
import Storage
import Testing

/// Runs the whole flow through seeded trouble and checks the promises after each run.
@Suite struct PromisesTests {
  /// How many steps a run has.
  private static let steps = 1_500

  @Test(arguments: Array(UInt64(1)...12))
  func thePromisesHold(_ seed: UInt64) async throws {
    let (world, figures) = try await Self.run(seed)
    Promises(world, figures: figures).check(seed: seed)
  }

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
