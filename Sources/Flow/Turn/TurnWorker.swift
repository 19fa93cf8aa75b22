package import Conversation
package import Gateways
package import Platform
package import Storage

/// The only code that changes dialogues: takes an entry of the inbox, asks the state machine what
/// follows, and commits that as one step. It never talks to the network.
package struct TurnWorker: Service {
  package let name = "turn"

  /// How often a step is planned anew when its dialogue has changed meanwhile.
  private static let conflictLimit = 10

  /// The bounds of the work.
  package struct Settings: Sendable {
    /// How many entries are worked on at once.
    package var concurrency: Int
    /// How often an entry is tried before it is set aside.
    package var attempts: Int
    /// How long a worker may hold an entry.
    package var lease: Duration
    /// How long to wait after the first failed try; it doubles with each.
    package var retryPause: Duration
    /// How long to wait, at most, before looking for work again.
    package var idle: Duration
    /// How long the inbox may take to be worked off when the program stops.
    package var grace: Duration

    /// Makes settings; the defaults are those of the settings of the program.
    package init(
      concurrency: Int = 64, attempts: Int = 5, lease: Duration = .seconds(30),
      retryPause: Duration = .seconds(1), idle: Duration = .milliseconds(500),
      grace: Duration = .seconds(5)
    ) {
      self.concurrency = concurrency
      self.attempts = attempts
      self.lease = lease
      self.retryPause = retryPause
      self.idle = idle
      self.grace = grace
    }
  }

  /// The bells between the stages.
  package struct Bells: Sendable {
    /// Rung when the inbox has something new.
    package var inbox: Wakeup
    /// Rung when there are new answer jobs, or some to stop or drop.
    package var answers: Wakeup
    /// Rung when there are new messages to send.
    package var sends: Wakeup

    /// Makes the bells.
    package init(inbox: Wakeup = Wakeup(), answers: Wakeup = Wakeup(), sends: Wakeup = Wakeup()) {
      self.inbox = inbox
      self.answers = answers
      self.sends = sends
    }
  }

  private let store: any Store
  private let owner: String
  private let settings: Settings
  private let policy: DialoguePolicy
  private let interpretation: Interpretation
  private let plan: StepPlan
  private let bells: Bells
  private let clock: Clock
  private let alarm: Alarm
  private let log: Log

  /// Makes the worker.
  package init(
    store: any Store, owner: String, settings: Settings, policy: DialoguePolicy, texts: Texts,
    format: AnswerFormat, bells: Bells, clock: Clock, alarm: Alarm, log: Log
  ) {
    self.store = store
    self.owner = owner
    self.settings = settings
    self.policy = policy
    self.interpretation = Interpretation(texts: texts)
    self.plan = StepPlan(wording: NoticeWording(texts: texts), format: format)
    self.bells = bells
    self.clock = clock
    self.alarm = alarm
    self.log = log
  }

  package func run() async throws {
    await finishSuspects()
    let loop = ClaimLoop<InboxWork>(
      capacity: settings.concurrency, idle: settings.idle, grace: settings.grace, drains: true,
      bell: bells.inbox, clock: clock)
    await loop.run(
      claim: { try await claim(limit: $0) },
      failed: { error in
        log.error(
          "the inbox cannot be read; trying again", [.reason: .text(String(describing: error))])
      },
      perform: { await perform($0) })
  }

  /// What an earlier process did not bring to an end is done first, one by one: whatever takes the
  /// process down must not use up the tries of its neighbours.
  private func finishSuspects() async {
    while !Task.isCancelled, let works = try? await claim(limit: 1), let work = works.first {
      await perform(work)
      if work.entries[0].attempts == 1 { return }
    }
  }

  /// Takes work from the inbox.
  package func claim(limit: Int) async throws(StoreError) -> [InboxWork] {
    guard limit > 0 else { return [] }
    let now = clock.now()
    return try await store.claim(
      limit: limit, lease: Lease(owner: owner, until: now + settings.lease), now: now)
  }

  /// Does one piece of work to its end: committed, given back, or set aside.
  package func perform(_ work: InboxWork) async {
    let ids = work.entries.map(\.id)
    do throws(StoreError) {
      guard work.entries[0].attempts <= settings.attempts else {
        // It was taken too often without coming to any end: it takes the process down with it.
        return try await setAside(work, "every try ended without a result")
      }
      switch interpretation.meaning(of: work) {
      case .event(let event): try await commit(event, work, completing: ids)
      case .nothing: try await commit(nil, work, completing: ids)
      case .migration(let from, let to):
        try await store.migrate(
          work.address.bot, from: from, to: to, completing: ids, now: clock.now())
        log.info("a group became a supergroup", [.from: .chat(from), .to: .chat(to)])
      case .unusable(let reason): try await setAside(work, reason)
      }
    } catch {
      await giveBack(work, error)
    }
  }

  private func commit(
    _ event: DialogueEvent?, _ work: InboxWork, completing: [InboxID]
  ) async throws(StoreError) {
    for _ in 0..<Self.conflictLimit {
      let stored = try await store.load(work.address)
      var dialogue = stored.dialogue
      var effects: [DialogueEffect] = []
      if let event {
        do throws(Refusal) {
          effects = try dialogue.apply(event, policy: policy)
        } catch {
          log.debug("an event came too late", [.reason: .text(error.rawValue)])
        }
      }
      let step = plan.step(
        from: stored, to: dialogue, effects: effects, completing: completing)
      do throws(StoreError) {
        try await store.commit(step, now: clock.now())
      } catch .conflict {
        continue
      }
      return ring(step)
    }
    throw .conflict
  }

  private func ring(_ step: Step) {
    var answers = !step.interruptions.isEmpty
    var sends = false
    for row in step.outbox {
      switch row {
      case .answer: answers = true
      case .send: sends = true
      }
    }
    if answers { bells.answers.ring() }
    if sends { bells.sends.ring() }
  }

  private func giveBack(_ work: InboxWork, _ error: StoreError) async {
    let attempts = work.entries[0].attempts
    let reason = String(describing: error)
    log.warning(
      "an inbox entry failed",
      [
        .inbox: .integer(work.entries[0].id.rawValue), .attempt: .count(attempts),
        .reason: .text(reason),
      ])
    do throws(StoreError) {
      if attempts >= settings.attempts, error.isOfTheEntry {
        try await setAside(work, reason)
      } else {
        try await store.release(
          work.entries.map(\.id), reason: reason,
          retryAt: clock.now() + settings.retryPause * (1 << min(attempts - 1, 5)),
          counted: error.isOfTheEntry)
      }
    } catch {
      // The lease runs out and the entry is taken again.
      log.warning("an inbox entry could not be given back", [.reason: .text("\(error)")])
    }
  }

  /// Puts entries into quarantine; whoever wrote gets the friendly text with it, and whoever waits
  /// for an answer that can't be processed gets to know that as well.
  private func setAside(_ work: InboxWork, _ reason: String) async throws(StoreError) {
    if case .answer(let outcome) = work.entries[0].event {
      try await commit(
        .answerFailed(job: outcome.job, .couldNotAnswer, at: clock.now()), work, completing: [])
    }
    let telling = work.entries.lazy.compactMap(\.writtenBy).first.map { message in
      NewOutboxEntry.send(
        plan.message(
          .couldNotProcess, in: message.speaker.language,
          replyTo: message.isPrivate ? nil : message.id, isPrivate: message.isPrivate,
          askedAt: nil))
    }
    try await store.quarantine(
      work.entries.map(\.id), reason: reason, telling: telling, now: clock.now())
    log.error(
      "an inbox entry was set aside",
      [
        .inbox: .integer(work.entries[0].id.rawValue), .reason: .text(reason),
        .remedy: "see it with: switchboard quarantine list",
      ])
    alarm.raise(.quarantined)
    bells.sends.ring()
  }
}

extension StoreError {
  /// Whether another entry might fare better, so that this one must not be tried for ever. Trouble
  /// of the store as a whole is waited out: an entry is never set aside for a full disk.
  fileprivate var isOfTheEntry: Bool {
    switch self {
    case .corrupt, .conflict: true
    case .unavailable, .closed: false
    }
  }
}

extension InboxEntry {
  fileprivate var writtenBy: InboundMessage? {
    guard case .update(let update) = event, case .message(let message) = update.kind else {
      return nil
    }
    return message
  }
}

extension LogValue {
  fileprivate static func chat(_ chat: ChatID) -> LogValue { .integer(chat.rawValue) }
}
