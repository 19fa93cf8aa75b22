import Assist
import Conversation
import Delivery
import Foundation
import Gateways
import Intake
import Markdown
import Platform
import Storage
import StorageSQLite
import Synchronization
import Turn

/// The whole flow on a real store, with everything around it simulated, one step at a time.
final class World: Sendable {
  /// The program while it lives.
  private struct Program: Sendable {
    let store: MortalStore
    let intake: Intake
    let turn: TurnWorker
    let assist: AssistWorker
    let delivery: DeliveryWorker
  }

  let state: WorldState
  let people: Mutex<People>
  private let path: String
  private let program = Mutex<Program?>(nil)
  private let starts = Mutex(0)

  init(seed: UInt64, directory: String) async throws {
    state = WorldState(seed: seed)
    people = Mutex(People())
    path = directory + "/world.db"
    try await start()
  }

  var restarts: Int { starts.withLock { $0 } - 1 }

  private var live: Program {
    program.withLock { program in
      guard let program else { preconditionFailure("the program was never started") }
      return program
    }
  }

  // MARK: Life and death

  private func start() async throws {
    let state = state
    let number = starts.withLock { starts in
      starts += 1
      return starts
    }
    let store = MortalStore(
      try await SQLiteStore.open(path: path), dies: { state.trouble(oneIn: 400) },
      isAway: { state.storeIsAway },
      committed: { step in state.with { $0.ledger.take(step) } })
    let clock = Clock(
      now: { state.now }, steady: { state.steady }, sleep: { state.advance($0) })
    let format = AnswerFormat.markdown()
    let bells = Bells()
    let identity = BotIdentity(id: BotID(1), username: "bot", readsAllGroupMessages: true)
    let messenger = Messenger.simulated(state)
    let metrics = Metrics()
    let health = Health()
    let owner = "run \(number)"
    let assist = AssistWorker(
      store: store, messenger: messenger,
      model: .simulated(state) { await self.meanwhile() }, format: format, owner: owner,
      settings: AssistSettings(
        models: ["one", "two"], maxTokens: 4_000, instructions: [:]),
      bell: bells.answers, inboxBell: bells.inbox, clock: clock,
      random: { state.with { Double.random(in: 0...1, using: &$0.generator) } }, health: health,
      metrics: metrics, alarm: .silent, log: .silent)
    let fresh = Program(
      store: store,
      intake: Intake(
        store: store, decoder: .simulated, identity: identity, policy: IntakePolicy(),
        bell: bells.inbox, clock: clock, metrics: metrics, log: .silent),
      turn: TurnWorker(
        store: store, owner: owner, settings: .init(),
        door: Door(
          store: store, policy: { _ in DialoguePolicy(questionsPerMinute: 10, queueLimit: 5) },
          texts: Texts(), format: format, bells: bells, clock: clock, log: .silent),
        texts: Texts(), bells: bells, clock: clock, alarm: .silent, log: .silent),
      assist: assist,
      delivery: DeliveryWorker(
        store: store, messenger: messenger, format: format, owner: owner, settings: .init(),
        bell: bells.sends, inboxBell: bells.inbox, clock: clock, health: health,
        metrics: metrics, alarm: .silent, log: .silent))
    program.withLock { $0 = fresh }
  }

  private func restartIfDead() async throws {
    guard live.store.isDead else { return }
    await live.store.close()
    try await start()
  }

  func close() async { await live.store.close() }

  func kill() { live.store.kill() }

  // MARK: Steps

  /// One thing happens, whichever chance chooses.
  func step() async throws {
    try await restartIfDead()
    switch state.with({ Int.random(in: 0..<100, using: &$0.generator) }) {
    case 0..<25: await peopleAct()
    case 25..<50: await turn()
    case 50..<65: await assist()
    case 65..<85: await deliver()
    case 85..<95: state.advance(.milliseconds(700))
    case 95..<98: state.advance(.seconds(20))
    case 98: if state.trouble(oneIn: 20) { state.disaster() }
    default: if state.trouble(oneIn: 10) { kill() }
    }
  }

  /// Runs without trouble and without new messages until nothing is left to do.
  func settle() async throws {
    state.with {
      $0.troubled = false
      $0.blocked = []
    }
    for _ in 0..<100_000 {
      try await restartIfDead()
      if let update = people.withLock({ $0.unacknowledged.first }) { await hand(over: update) }
      let turned = await turn()
      let assisted = await assist()
      let delivered = await deliver()
      if !turned, !assisted, !delivered {
        let figures = try await live.store.figures()
        if figures.inboxDepth == 0, figures.outboxDepth == 0,
          people.withLock({ $0.unacknowledged.isEmpty })
        {
          return
        }
        state.advance(.seconds(30))
      }
    }
    throw WorldError.neverSettles
  }

  func figures() async throws -> StoreFigures { try await live.store.figures() }

  enum WorldError: Error { case neverSettles }

  private func peopleAct() async {
    let update = state.with { contents in people.withLock { $0.act(&contents) } }
    if let update { await hand(over: update) }
  }

  /// Telegram gives an update, and again later, until it is acknowledged.
  private func hand(over update: InboundUpdate) async {
    let json = (try? JSONEncoder().encode(update)) ?? Data()
    do {
      try await live.intake.admit([Array(json)])
      people.withLock { $0.acknowledged(update) }
    } catch {
      people.withLock { $0.refused(update) }
    }
  }

  @discardableResult
  private func turn() async -> Bool {
    guard let works = try? await live.turn.claim(limit: 1), let work = works.first else {
      return false
    }
    await live.turn.perform(work)
    return true
  }

  @discardableResult
  private func assist() async -> Bool {
    guard let works = try? await live.assist.claim(limit: 1), let work = works.first else {
      return false
    }
    await live.assist.perform(work)
    return true
  }

  @discardableResult
  private func deliver() async -> Bool {
    guard let works = try? await live.delivery.claim(limit: 1), let work = works.first else {
      return false
    }
    let before = state.with { $0.arrivals.count }
    await live.delivery.perform(work)
    // A program that ends while it sends can't know whether the message arrived.
    if live.store.isDead { state.with { $0.uncertain += $0.arrivals.dropFirst(before) } }
    return true
  }

  /// What happens while an answer is being written; true when that interrupts it.
  private func meanwhile() async -> Bool {
    guard state.trouble(oneIn: 4) else { return false }
    await withDiscardingTaskGroup { live.assist.tick(in: &$0) }
    await peopleAct()
    await turn()
    state.advance(.milliseconds(600))
    return ((try? await live.assist.obeyInterruptions()) ?? 0) > 0
  }
}

extension UpdateDecoder {
  /// In the simulation an update's JSON is our own form of it.
  fileprivate static let simulated = UpdateDecoder { (json) throws(UnusableUpdate) in
    do {
      return try JSONDecoder().decode(InboundUpdate.self, from: Data(json))
    } catch {
      throw UnusableUpdate(id: nil, reason: "not an update")
    }
  }
}
