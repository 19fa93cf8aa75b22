package import Conversation
package import Gateways
package import Platform
package import Storage

/// Takes messages from the outbox to their chats, in order for each chat.
package struct DeliveryWorker: Service {
  package let name = "delivery"

  /// The bounds of the work.
  package struct Settings: Sendable {
    /// How many chats are served at once.
    package var concurrency: Int
    /// How long a try may take; longer than any request's own deadline.
    package var lease: Duration
    /// How long to wait, at most, before looking for work again.
    package var idle: Duration
    /// How long the outbox may take to be emptied when the program stops.
    package var grace: Duration
    /// What follows from failures.
    package var policy: DeliveryPolicy

    /// Makes settings.
    package init(
      concurrency: Int = 256, lease: Duration = .seconds(90), idle: Duration = .milliseconds(500),
      grace: Duration = .seconds(10), policy: DeliveryPolicy = DeliveryPolicy()
    ) {
      self.concurrency = concurrency
      self.lease = lease
      self.idle = idle
      self.grace = grace
      self.policy = policy
    }
  }

  /// Who is told what a try to send has shown of a chat.
  package struct ChatWatch: Sendable {
    /// The chat makes no topics, though it was taken for a forum.
    package var topicsRefused: @Sendable (ChatID) -> Void
    /// The group has become another.
    package var migrated: @Sendable (_ from: ChatID, _ to: ChatID) -> Void

    /// Makes a watch; by default nobody is told.
    package init(
      topicsRefused: @escaping @Sendable (ChatID) -> Void = { _ in },
      migrated: @escaping @Sendable (_ from: ChatID, _ to: ChatID) -> Void = { _, _ in }
    ) {
      self.topicsRefused = topicsRefused
      self.migrated = migrated
    }
  }

  private let store: any Store
  private let messenger: Messenger
  private let format: AnswerFormat
  private let owner: String
  private let settings: Settings
  private let bell: Wakeup
  private let inboxBell: Wakeup
  private let clock: Clock
  private let health: Health
  private let metrics: Metrics
  private let alarm: Alarm
  private let watch: ChatWatch
  private let log: Log
  private let underWay = UnderWay<OutboxID>()

  /// Makes the worker. `bell` is rung when there may be something to send, `inboxBell` by the
  /// worker when a dialogue must be told of something.
  package init(
    store: any Store, messenger: Messenger, format: AnswerFormat, owner: String,
    settings: Settings, bell: Wakeup, inboxBell: Wakeup, clock: Clock, health: Health,
    metrics: Metrics, alarm: Alarm, watch: ChatWatch = ChatWatch(), log: Log
  ) {
    self.store = store
    self.messenger = messenger
    self.format = format
    self.owner = owner
    self.settings = settings
    self.bell = bell
    self.inboxBell = inboxBell
    self.clock = clock
    self.health = health
    self.metrics = metrics
    self.alarm = alarm
    self.watch = watch
    self.log = log
    metrics.declare("switchboard_sends_total", .counter, help: "Tries to send, by outcome.")
    metrics.declare(
      "switchboard_sends_repeated_total", .counter,
      help: "Messages sent again because the fate of the first try was not known.")
    metrics.increment("switchboard_sends_repeated_total", by: 0)
  }

  package func run() async throws {
    let loop = ClaimLoop<SendWork>(
      capacity: settings.concurrency, idle: settings.idle, grace: settings.grace, drains: true,
      bell: bell, clock: clock)
    await loop.run(
      claim: { try await claim(limit: $0) },
      failed: { error in
        log.error(
          "the outbox cannot be read; trying again", [.reason: .text(String(describing: error))])
      },
      perform: { await perform($0) })
  }

  /// Takes work from the outbox; it is marked as being sent.
  package func claim(limit: Int) async throws(StoreError) -> [SendWork] {
    guard limit > 0 else { return [] }
    let now = clock.now()
    return try await store.claimSends(
      limit: limit, lease: Lease(owner: owner, until: now + settings.lease), now: now)
  }

  /// Sends one part, once, and records what became of it. Work that was interrupted because its
  /// lease ran out while its try goes on here is left to that try.
  package func perform(_ work: SendWork) async {
    // What was not interrupted has been settled by its last try, which may be about to leave.
    guard underWay.begin(work.id, onlyIfAlone: work.interrupted) else { return }
    await attempt(work)
    underWay.end(work.id)
  }

  private func attempt(_ work: SendWork) async {
    guard !work.interrupted else {
      return await settle(work, settings.policy.decideInterrupted(work, now: clock.now()))
    }
    if let first = settings.policy.prepare(work) { return await settle(work, first) }
    let isLast = work.part == work.message.parts.count - 1
    let outcome = await messenger.send(
      OutboundMessage(
        chat: work.address.chat, topic: work.address.topic, content: work.message.parts[work.part],
        replyTo: work.part == work.message.firstShown ? work.replyTo : nil,
        keyboard: isLast ? work.message.keyboard : nil, edits: work.edits,
        buttons: isLast ? work.message.buttons : nil))
    count(outcome)
    if case .topicsRefused(let reason) = outcome {
      log.error(
        "a staff group gives the bot no topics",
        [
          .chat: .integer(work.address.chat.rawValue), .reason: .text(reason),
          .remedy: "make it an administrator who may manage topics; it tries again in ten minutes",
        ])
      alarm.raise(.topicsRefused)
      watch.topicsRefused(work.address.chat)
    }
    let decision = settings.policy.decide(
      outcome, for: work, flatten: format.flatten, now: clock.now())
    switch decision {
    case .settle(let settlement): await settle(work, settlement)
    case .migrate(let chat): await migrate(work, to: chat)
    }
  }

  private func migrate(_ work: SendWork, to chat: ChatID) async {
    do throws(StoreError) {
      try await store.migrate(
        work.address.bot, from: work.address.chat, to: chat, completing: [], now: clock.now())
    } catch {
      tell(work, error)
      // Nothing was sent; the next try meets the same answer.
      return await settle(work, .retry(at: clock.now() + .seconds(1), counted: false))
    }
    watch.migrated(work.address.chat, chat)
    log.info(
      "a group became a supergroup",
      [.from: .integer(work.address.chat.rawValue), .to: .integer(chat.rawValue)])
    await settle(work, .retry(at: clock.now(), counted: false))
  }

  private func settle(_ work: SendWork, _ settlement: SendSettlement) async {
    guard await record(work, settlement) else { return }
    switch settlement {
    case .sent, .withoutTopic: if tellsDialogue(work) { inboxBell.ring() }
    case .retry, .replacePart, .sendAnew: break
    case .topicLost, .topicsRefused: inboxBell.ring()
    case .repeatAgain:
      metrics.increment("switchboard_sends_repeated_total")
      log.warning(
        "it is not known whether a message arrived; it is sent again",
        [.outbox: .integer(work.id.rawValue)])
    case .undelivered(let reason, let unreachable):
      metrics.increment("switchboard_sends_total", ["outcome": "undelivered"])
      if unreachable || tellsDialogue(work) { inboxBell.ring() }
      log.warning(
        "a message cannot be delivered",
        [.outbox: .integer(work.id.rawValue), .reason: .text(reason)])
      // Who blocked the bot did so on purpose; that needs nobody. A staff chat must not.
      if work.message.isMinor == true { return }
      switch (unreachable, work.message.staff) {
      case (true, _?): alarm.raise(.staffUnreachable)
      case (false, _): alarm.raise(.undelivered)
      case (true, nil): break
      }
    }
  }

  /// Whether the dialogue waits to hear what became of it.
  private func tellsDialogue(_ work: SendWork) -> Bool {
    if case .toCustomer = work.message.relay { return true }
    if case .newTopic = work.message.parts[work.part] { return true }
    return false
  }

  /// Records a known outcome, however long the store takes to be writable again: until then the row
  /// counts as being sent, and after a restart as one whose fate is unknown.
  private func record(_ work: SendWork, _ settlement: SendSettlement) async -> Bool {
    while true {
      do throws(StoreError) {
        try await store.settleSend(work.id, part: work.part, settlement, now: clock.now())
        return true
      } catch {
        tell(work, error)
        if case .closed = error { return false }
        guard (try? await clock.sleep(.seconds(1))) != nil else { return false }
      }
    }
  }

  private func tell(_ work: SendWork, _ error: StoreError) {
    log.error(
      "the outcome of a send could not be recorded",
      [.outbox: .integer(work.id.rawValue), .reason: .text(String(describing: error))])
  }

  private func count(_ outcome: SendOutcome) {
    metrics.increment("switchboard_sends_total", ["outcome": outcome.label])
    switch outcome {
    case .unauthorized: health.report(.telegram, "Telegram refuses the token")
    case .notSent: health.report(.telegram, "Telegram cannot be reached")
    case .sent: health.report(.telegram, nil)
    case .rateLimited, .contentRefused, .richUnsupported, .unreachable, .targetRefused,
      .migrated, .unknown, .editRefused, .topicLost, .topicsRefused:
      break
    }
  }
}

extension SendOutcome {
  /// The value of the metric's label: a fixed set.
  fileprivate var label: String {
    switch self {
    case .sent: "sent"
    case .rateLimited: "rate_limited"
    case .contentRefused: "content_refused"
    case .richUnsupported: "rich_unsupported"
    case .unreachable: "unreachable"
    case .topicLost: "topic_lost"
    case .topicsRefused: "topics_refused"
    case .targetRefused: "target_refused"
    case .editRefused: "edit_refused"
    case .migrated: "migrated"
    case .notSent: "not_sent"
    case .unknown: "unknown"
    case .unauthorized: "unauthorized"
    }
  }
}
