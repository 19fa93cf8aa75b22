import Assist
import Conversation
import Delivery
import Desk
import Foundation
import Gateways
import Intake
import Storage
import Synchronization
import Turn

/// What happens in the world.
extension World {
  /// One thing happens, whichever chance chooses.
  func step() async throws {
    try await restartIfDead()
    if kind.isStaffed, state.with({ $0.generator.oneIn(3) }) { return await staffStep() }
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

  /// What operators add to that.
  private func staffStep() async {
    switch state.with({ Int.random(in: 0..<100, using: &$0.generator) }) {
    case 0..<16: await operatorsAct()
    case 16..<36: await turn()
    case 36..<92: await deliver()
    case 92..<98: await look()
    default: if state.trouble(oneIn: 4) { state.staffDisaster() }
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
      if let update = operators.withLock({ $0.pending.first }) { await handStaff(over: update) }
      let turned = await turn()
      let assisted = await assist()
      let delivered = await deliver()
      if !turned, !assisted, !delivered {
        if try await isAtRest() { return }
        await look()
        state.advance(.seconds(30))
      }
    }
    throw WorldError.neverSettles
  }

  private func isAtRest() async throws -> Bool {
    let figures = try await live.store.figures()
    guard figures.inboxDepth == 0, figures.outboxDepth == 0,
      people.withLock({ $0.unacknowledged.isEmpty }), operators.withLock({ $0.pending.isEmpty })
    else { return false }
    // Nobody waits for a person or is held by one for ever.
    let held = try await live.store.browse(DialogueQuery(state: .operated, limit: 1))
    let waiting = try await live.store.browse(DialogueQuery(state: .waiting, limit: 1))
    return held.isEmpty && waiting.isEmpty
  }

  private func peopleAct() async {
    let update = state.with { contents in people.withLock { $0.act(&contents) } }
    if let update { await hand(over: update) }
  }

  private func operatorsAct() async {
    let update = state.with { contents in operators.withLock { $0.act(&contents) } }
    if let update { await handStaff(over: update) }
  }

  /// Telegram gives an update, and again later, until it is acknowledged.
  private func hand(over update: InboundUpdate) async {
    if await admit(update) {
      people.withLock { $0.acknowledged(update) }
    } else {
      people.withLock { $0.refused(update) }
    }
  }

  private func handStaff(over update: InboundUpdate) async {
    if await admit(update) { operators.withLock { $0.acknowledged(update) } }
  }

  private func admit(_ update: InboundUpdate) async -> Bool {
    let json = (try? JSONEncoder().encode(update)) ?? Data()
    do {
      try await live.intake.admit([Array(json)])
      return true
    } catch {
      return false
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
    // One that an earlier process had begun to send may stand there already.
    if work.interrupted { doubt(work) }
    state.with { contents in
      guard contents.blocked.contains(work.address.chat) else { return }
      contents.turnedAway += work.message.parts.map {
        WorldState.Arrival($0, chat: work.address.chat, replyTo: work.replyTo)
      }
    }
    let before = state.with { $0.arrivals.count }
    await live.delivery.perform(work)
    // A program that ends while it sends can't know whether the message arrived.
    if live.store.isDead {
      state.with { $0.uncertain += $0.arrivals.dropFirst(before) }
      doubt(work)
    }
    return true
  }

  private func doubt(_ work: SendWork) {
    guard work.message.parts.indices.contains(work.part) else { return }
    let content = work.message.parts[work.part]
    state.with {
      $0.uncertain.append(
        WorldState.Arrival(
          content, chat: work.address.chat, topic: work.address.topic, replyTo: work.replyTo))
    }
  }

  private func look() async { try? await live.keeper.look() }

  /// What happens while an answer is being written; true when that interrupts it.
  func meanwhile() async -> Bool {
    guard state.trouble(oneIn: 4) else { return false }
    await withDiscardingTaskGroup { live.assist.tick(in: &$0) }
    await peopleAct()
    if kind.isStaffed { await operatorsAct() }
    await turn()
    state.advance(.milliseconds(600))
    return ((try? await live.assist.obeyInterruptions()) ?? 0) > 0
  }
}
