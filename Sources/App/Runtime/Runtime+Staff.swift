internal import Conversation
internal import Desk
internal import Gateways
internal import Platform
internal import Storage
internal import TelegramAPI
internal import Turn

/// What belongs to the operators.
struct StaffParts: Sendable {
  /// Nil when there are none.
  let roster: StaffRoster?
  /// The language of what operators read.
  let language: Language
  /// The way in which all dialogues change.
  let door: Door
  /// What works on what is written in staff chats; nil when there are none.
  let side: TurnWorker.StaffSide?
  /// What runs for them.
  let services: [any Service]
}

extension Runtime {
  func staff(
    _ outside: Outside, _ store: any Store, _ alarms: AlarmBell
  ) async throws(StoreError) -> StaffParts {
    let operators = configuration.operators
    let time = WorkingTime(hours: operators.workingHours, zone: operators.timeZone)
    let deskMetrics = DeskMetrics(metrics)
    let chats = operators.chats.map { ChatID($0) }
    let roster =
      chats.isEmpty
      ? nil
      : StaffRoster(
        chats, account: outside.telegram.account, clock: clock, alarm: alarms.alarm, log: log)
    // Before anything is worked on: what is written in a group that has moved is not a customer's.
    for chat in chats {
      let newest = try await store.newestID(of: chat)
      if newest != chat { roster?.migrated(from: chat, to: newest) }
    }
    let door = Door(
      store: store, policy: policy(roster, time), texts: setup.texts,
      staffLanguage: operators.language, format: format, bells: bells,
      clockFace: { time.face($0, $1) }, clock: clock, log: log,
      observe: { deskMetrics.observe($0) })
    // Without operators too: those who wait for one since an earlier start go back to the bot.
    let keeper = DeskKeeper(
      store: store,
      areOperatorsThere: { [clock] in roster != nil && time.opensAt(clock.now()) == nil },
      inboxBell: bells.inbox, clock: clock, log: log)
    guard let roster else {
      return StaffParts(
        roster: nil, language: operators.language, door: door, side: nil, services: [keeper])
    }
    let report = DeskReport(
      store: store, texts: setup.texts, language: operators.language,
      startOfDay: { time.startOfDay($0) })
    let desk = StaffDesk(
      store: store, door: door, texts: setup.texts, language: operators.language,
      format: format, kind: { roster.kind(of: $0) }, report: report, bells: bells, clock: clock,
      log: log)
    return StaffParts(
      roster: roster, language: operators.language, door: door,
      side: desk.side(migrated: { roster.migrated(from: $0, to: $1) }),
      services: [roster, keeper])
  }

  /// The HTTP API; without its token there is none.
  func apiRoutes(_ store: any Store, _ staff: StaffParts) -> [HTTPRoute] {
    guard let token = configuration.administration.token else { return [] }
    return DeskAPI(
      store: store, door: staff.door, isToken: { WebhookSecret.matches($0, token) },
      clock: clock, log: log
    ).routes
  }

  /// The settings that bear on dialogues, as they hold at a time.
  private func policy(
    _ roster: StaffRoster?, _ time: WorkingTime
  ) -> @Sendable (Instant) -> DialoguePolicy {
    let dialogue = configuration.dialogue
    let operators = configuration.operators
    let bare = DialoguePolicy(
      questionsPerMinute: dialogue.messagesPerMinute,
      warnsOfFullContext: dialogue.tokenWarning, retentionDays: dialogue.retentionDays)
    guard let roster else { return { _ in bare } }
    return { now in
      var policy = bare
      policy.staff = StaffPolicy(
        chats: roster.staffChats, onWords: operators.handoff,
        onFailure: operators.handoffOnFailure,
        complaintLimit: operators.complaintLimit, timeout: operators.timeout,
        reminder: operators.waitingReminder, opensAt: time.opensAt(now),
        asksForRating: operators.rating)
      return policy
    }
  }
}
