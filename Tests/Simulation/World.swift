import Assist
import Conversation
import Delivery
import Desk
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
  struct Program: Sendable {
    let store: MortalStore
    let intake: Intake
    let turn: TurnWorker
    let assist: AssistWorker
    let delivery: DeliveryWorker
    let keeper: DeskKeeper
    let report: DeskReport
  }

  /// What kind of world it is.
  struct Kind: Sendable {
    var isStaffed = false
    var isMortal = true
    var onWords = StaffPolicy.Manner.atOnce
    var onFailure = StaffPolicy.Manner.offer
  }

  let state: WorldState
  let people = Mutex(People())
  let operators = Mutex(Operators())
  let kind: Kind
  /// The figures of the desk, of all processes together.
  let deskMetrics = Metrics()
  private let path: String
  private let program = Mutex<Program?>(nil)
  private let starts = Mutex(0)

  init(seed: UInt64, kind: Kind = Kind(), directory: String) async throws {
    self.kind = kind
    state = WorldState(seed: seed, isStaffed: kind.isStaffed)
    path = directory + "/world.db"
    try await start()
  }

  var restarts: Int { starts.withLock { $0 } - 1 }

  var live: Program {
    program.withLock { program in
      guard let program else { preconditionFailure("the program was never started") }
      return program
    }
  }

  // MARK: Life and death

  private func start() async throws {
    let number = starts.withLock { starts in
      starts += 1
      return starts
    }
    let store = MortalStore(
      try await SQLiteStore.open(path: path),
      dies: { [state, kind] in kind.isMortal && state.trouble(oneIn: 400) },
      isAway: { [state] in state.storeIsAway },
      committed: { [state] step in state.with { $0.committed(step) } })
    let fresh = build(store, owner: "run \(number)")
    program.withLock { $0 = fresh }
  }

  private func build(_ store: MortalStore, owner: String) -> Program {
    let state = state
    let clock = Clock(
      now: { state.now }, steady: { state.steady }, sleep: { state.advance($0) })
    let format = AnswerFormat.markdown()
    let bells = Bells()
    let metrics = Metrics()
    let health = Health()
    let deskMetrics = DeskMetrics(deskMetrics)
    let door = Door(
      store: store, policy: policy, texts: Texts(), staffLanguage: .english, format: format,
      bells: bells, clock: clock, log: .silent, observe: { deskMetrics.observe($0) })
    let report = DeskReport(
      store: store, texts: Texts(), language: .english, startOfDay: { _ in Instant(seconds: 0) })
    let desk = StaffDesk(
      store: store, door: door, texts: Texts(), language: .english, format: format,
      kind: { chat in Staff.policy.first { $0.chat == chat }?.kind }, report: report,
      bells: bells, clock: clock, log: .silent)
    let messenger = Messenger.simulated(state)
    var settings = AssistSettings(models: ["one", "two"], maxTokens: 4_000, instructions: [:])
    if kind.isStaffed {
      settings.handOver = .init { $0.contains(SimulatedWish.promised) }
    }
    return Program(
      store: store,
      intake: Intake(
        store: store, decoder: .simulated,
        identity: BotIdentity(id: BotID(1), username: "bot", readsAllGroupMessages: true),
        policy: IntakePolicy(isStaff: { [kind] in kind.isStaffed && Staff.chats.contains($0) }),
        bell: bells.inbox, clock: clock, metrics: metrics, log: .silent),
      turn: TurnWorker(
        store: store, owner: owner, settings: .init(), door: door,
        staff: kind.isStaffed ? desk.side() : nil, texts: Texts(), wish: { People.wish($0) },
        bells: bells, clock: clock, alarm: .silent, log: .silent),
      assist: AssistWorker(
        store: store, messenger: messenger,
        model: .simulated(state) { await self.meanwhile() }, format: format, owner: owner,
        settings: settings, bell: bells.answers, inboxBell: bells.inbox, clock: clock,
        random: { state.with { Double.random(in: 0...1, using: &$0.generator) } },
        health: health, metrics: metrics, alarm: .silent, log: .silent),
      delivery: DeliveryWorker(
        store: store, messenger: messenger, format: format, owner: owner, settings: .init(),
        bell: bells.sends, inboxBell: bells.inbox, clock: clock, health: health,
        metrics: metrics, alarm: .silent, log: .silent),
      keeper: DeskKeeper(
        store: store, areOperatorsThere: { true }, inboxBell: bells.inbox, clock: clock,
        log: .silent),
      report: report)
  }

  /// Short times, so that much happens in a run.
  @Sendable private func policy(_ now: Instant) -> DialoguePolicy {
    var policy = DialoguePolicy(questionsPerMinute: 10, queueLimit: 5)
    guard kind.isStaffed else { return policy }
    policy.staff = StaffPolicy(
      chats: Staff.policy, onWords: kind.onWords, onFailure: kind.onFailure,
      timeout: .seconds(300), reminder: .seconds(60), asksForRating: true)
    return policy
  }

  func restartIfDead() async throws {
    guard live.store.isDead else { return }
    await live.store.close()
    try await start()
  }

  func close() async { await live.store.close() }

  func kill() { if kind.isMortal { live.store.kill() } }

  func figures() async throws -> StoreFigures { try await live.store.figures() }

  enum WorldError: Error { case neverSettles }
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
