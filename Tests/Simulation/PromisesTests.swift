import Conversation
import Desk
import Foundation
import Platform
import Storage
import Testing

/// Runs the whole flow through seeded trouble and checks the promises after each run.
@Suite struct PromisesTests {
  /// How many things happen in a run. With operators more work is done in each; the ten runs make
  /// thirty thousand, the others fifty thousand.
  private static func steps(_ kind: World.Kind) -> Int { kind.isStaffed ? 3_000 : 5_000 }

  @Test(arguments: Array(UInt64(1)...10))
  func thePromisesHold(_ seed: UInt64) async throws {
    try await Self.check(seed)
  }

  @Test(arguments: Array(UInt64(11)...20))
  func thePromisesHoldWithOperators(_ seed: UInt64) async throws {
    try await Self.check(seed, .staffed(seed))
  }

  @Test(arguments: Array(UInt64(21)...22))
  func figuresOfTheProcessAreThoseOfTheLog(_ seed: UInt64) async throws {
    var kind = World.Kind.staffed(seed)
    kind.isMortal = false
    try await Self.run(seed, kind, steps: 1_500) { world, _ in
      let log = try await world.live.store.deskLog(after: 0, from: nil, limit: 1_000_000)
      let shown = world.deskMetrics.text().split(separator: "\n").filter { !$0.hasPrefix("#") }
      #expect(log.count > 20)
      let expected = Self.text(DeskStatistics(log.map(\.entry)))
      #expect(
        shown.filter { !$0.contains("_bucket") && !$0.contains("waiting") }.sorted().map(
          String.init) == expected, "seed \(seed)")
    }
  }

  /// The long mode: seeds that nobody has tried, for as many minutes as the environment says. A
  /// seed that fails is printed; put into the test above, it replays exactly.
  @Test(.enabled(if: longMinutes != nil)) func thePromisesHoldForLong() async throws {
    let end = ContinuousClock.now + .seconds(60 * (Self.longMinutes ?? 0))
    while ContinuousClock.now < end {
      let seed = UInt64.random(in: 1_000...UInt64.max)
      try await Self.check(seed, seed % 4 == 0 ? .init() : .staffed(seed), answers: 0)
    }
  }

  /// One seed and kind of world, to look into.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SIMULATION_SEED"] != nil))
  func thePromisesHoldForOneSeed() async throws {
    let text = ProcessInfo.processInfo.environment["SIMULATION_SEED"] ?? ""
    guard let seed = UInt64(text) else { return }
    try await Self.check(seed, seed % 4 == 0 ? .init() : .staffed(seed), answers: 0)
  }

  private static let longMinutes =
    ProcessInfo.processInfo.environment["SIMULATION_MINUTES"].flatMap { Int($0) }

  @Test(arguments: [World.Kind(), .staffed(77)])
  func theSameSeedGivesTheSameRun(_ kind: World.Kind) async throws {
    var runs: [(arrivals: [WorldState.Arrival], restarts: Int)] = []
    for _ in 0..<2 {
      try await Self.run(77, kind, steps: 1_500) { world, _ in
        runs.append((world.state.with { $0.arrivals }, world.restarts))
      }
    }
    #expect(runs[0] == runs[1])
  }

  private static func check(
    _ seed: UInt64, _ kind: World.Kind = .init(), answers least: Int? = nil
  ) async throws {
    try await run(seed, kind) { world, figures in
      let comment = Comment("seed \(seed)")
      Promises(world, figures: figures).check(comment, answers: least ?? (kind.isStaffed ? 1 : 6))
      if kind.isStaffed { try await DeskPromises(world).check(comment) }
    }
  }

  private static func run(
    _ seed: UInt64, _ kind: World.Kind, steps count: Int? = nil,
    _ look: (World, StoreFigures) async throws -> Void
  ) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(
      path: "simulation-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let world = try await World(seed: seed, kind: kind, directory: directory.path())
    for _ in 0..<(count ?? steps(kind)) { try await world.step() }
    try await world.settle()
    try await look(world, try await world.figures())
    await world.close()
  }
}

extension World.Kind {
  /// With operators, and with one of the ways in which dialogues go to them.
  static func staffed(_ seed: UInt64) -> World.Kind {
    World.Kind(
      isStaffed: true, onWords: seed % 2 == 0 ? .offer : .atOnce,
      onFailure: seed % 3 == 0 ? .atOnce : .offer)
  }
}
