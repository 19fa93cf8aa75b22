package import Conversation
internal import Gateways
package import Platform
package import Storage

/// The only code that changes dialogues: takes an entry of the inbox, asks the state machine what
/// follows, and commits that as one step. It never talks to the network.
package struct TurnWorker: Service {
  package let name = "turn"

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

  /// Who works on what is written in staff chats.
  package struct StaffSide: Sendable {
    /// Whether a chat is one of them.
    package var owns: @Sendable (ChatID) -> Bool
    /// Works on an update from one of them to its end.
    package var perform: @Sendable (InboxWork) async throws(StoreError) -> Void

    /// Told that a group has become another.
    package var migrated: @Sendable (_ from: ChatID, _ to: ChatID) -> Void

    /// Makes a side.
    package init(
      owns: @escaping @Sendable (ChatID) -> Bool,
      perform: @escaping @Sendable (InboxWork) async throws(StoreError) -> Void,
      migrated: @escaping @Sendable (_ from: ChatID, _ to: ChatID) -> Void = { _, _ in }
    ) {
      self.migrated = migrated
      self.owns = owns
      self.perform = perform
    }
  }

  private let store: any Store
  private let owner: String
  private let settings: Settings
  private let door: Door
  private let staff: StaffSide?
  private let interpretation: Interpretation
  private let bells: Bells
  private let clock: Clock
  private let alarm: Alarm
  private let log: Log

  /// Makes the worker. `wish` tells what words say about wanting a person.
  package init(
    store: any Store, owner: String, settings: Settings, door: Door, staff: StaffSide? = nil,
    texts: Texts, wish: @escaping @Sendable (String) -> CustomerMessage.Wish = { _ in .init() },
    bells: Bells, clock: Clock, alarm: Alarm, log: Log
  ) {
    self.store = store
    self.owner = owner
    self.settings = settings
    self.door = door
    self.staff = staff
    self.interpretation = Interpretation(texts: texts, wish: wish)
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
      if let staff, work.isUpdate, staff.owns(work.address.chat) {
        return try await staff.perform(work)
      }
      switch interpretation.meaning(of: work) {
      case .event(let event): try await commit(event, work, completing: ids)
      case .nothing: try await commit(nil, work, completing: ids)
      case .migration(let from, let to):
        try await store.migrate(
          work.address.bot, from: from, to: to, completing: ids, now: clock.now())
        staff?.migrated(from, to)
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
    let answer = interpretation.pressAnswer(work, tooLate: false)
    let outcome = try await door.commit(
      event, at: .address(work.address), source: work.entries.compactMap(\.message),
      completing: completing, adding: [answer].compactMap(\.self), always: answer == nil)
    guard case .refused = outcome else { return }
    // Whoever pressed an old button is told so.
    _ = try await door.commit(
      nil, at: .address(work.address), completing: completing,
      adding: [interpretation.pressAnswer(work, tooLate: true)].compactMap(\.self), always: true)
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
    let telling = work.entries.lazy.compactMap(\.message).first.map { message in
      NewOutboxEntry.send(
        door.plan.message(
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

extension InboxWork {
  /// Whether it comes from Telegram, and not from the program itself.
  fileprivate var isUpdate: Bool {
    guard case .update(let update) = entries[0].event else { return false }
    // A group that moves takes its dialogues along, be it a staff group.
    if case .migrated = update.kind { return false }
    return true
  }
}

extension LogValue {
  fileprivate static func chat(_ chat: ChatID) -> LogValue { .integer(chat.rawValue) }
}
