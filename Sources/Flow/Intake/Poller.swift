internal import Conversation
package import Gateways
package import Platform
internal import Storage

/// Long polling: asks for updates, admits them, and only then confirms them by the next offset.
package struct Poller: Service {
  package let name = "polling"

  /// The times of polling.
  package struct Settings: Sendable {
    /// A poll that has not returned by then has silently died and is started again. Longer than
    /// the longest poll with its answer (50 s and 15 s).
    package var watchdog: Duration
    /// The first pause after trouble; it doubles up to `longestPause`.
    package var firstPause: Duration
    /// The longest pause after trouble.
    package var longestPause: Duration

    /// Makes settings.
    package init(
      watchdog: Duration = .seconds(90), firstPause: Duration = .seconds(1),
      longestPause: Duration = .seconds(60)
    ) {
      self.watchdog = watchdog
      self.firstPause = firstPause
      self.longestPause = longestPause
    }
  }

  private let account: BotAccount
  private let intake: Intake
  private let settings: Settings
  private let clock: Clock
  private let health: Health
  private let log: Log

  /// Makes a poller.
  package init(
    account: BotAccount, intake: Intake, settings: Settings = Settings(), clock: Clock,
    health: Health, log: Log
  ) {
    self.account = account
    self.intake = intake
    self.settings = settings
    self.clock = clock
    self.health = health
    self.log = log
  }

  package func run() async throws {
    var offset: Int64?
    var failures = 0
    var webhookRemoved = false
    while true {
      try Task.checkCancellation()
      do {
        if !webhookRemoved { try await account.setWebhook(nil) }
        webhookRemoved = true
        let asked = clock.steady()
        let updates = try await poll(offset)
        try await intake.admit(updates.map(\.json))
        if let last = updates.map(\.id).max() { offset = last + 1 }
        if failures > 0 { log.info("polling works again") }
        failures = 0
        health.report(.intake, nil)
        // A server that does not wait for updates must not be asked without end.
        if updates.isEmpty, clock.steady().since(asked) < settings.firstPause {
          try await clock.sleep(settings.firstPause)
        }
      } catch {
        try Task.checkCancellation()
        failures += 1
        if case BotAccountError.conflict = error { webhookRemoved = false }
        try await clock.sleep(tell(error, failures))
      }
    }
  }

  private enum Trouble: Error { case silent }

  private func poll(_ offset: Int64?) async throws -> [RawUpdate] {
    try await withThrowingTaskGroup(of: [RawUpdate].self) { group in
      group.addTask { try await account.updates(offset) }
      group.addTask {
        try await clock.sleep(settings.watchdog)
        throw Trouble.silent
      }
      defer { group.cancelAll() }
      return try await group.next() ?? []
    }
  }

  /// Says what is wrong and how to mend it; returns how long to wait.
  private func tell(_ error: any Error, _ failures: Int) -> Duration {
    switch error {
    case BotAccountError.unauthorized:
      health.report(.intake, "Telegram refuses the token")
      log.error(
        "Telegram refuses the token",
        [.remedy: "set TELEGRAM_BOT_TOKEN to the token that @BotFather shows, and restart"])
      return settings.longestPause
    case BotAccountError.conflict(let reason):
      health.report(.intake, "another program takes this bot's updates")
      log.error(
        "another program takes this bot's updates",
        [
          .reason: .text(reason),
          .remedy: "stop the other program, or give this one a bot of its own",
        ])
      return min(.seconds(5), settings.longestPause)
    case BotAccountError.rateLimited(let retryAfter):
      log.warning("Telegram asks polling to wait", [.seconds: .number(retryAfter.inSeconds)])
      return retryAfter
    case Trouble.silent:
      log.error("polling died silently and is started again")
      return .zero
    default:
      health.report(.intake, "updates cannot be fetched")
      let pause = pauseAfter(failures)
      log.warning(
        "updates cannot be fetched; trying again",
        [.reason: .text(String(describing: error)), .seconds: .number(pause.inSeconds)])
      return pause
    }
  }

  private func pauseAfter(_ failures: Int) -> Duration {
    min(settings.firstPause * (1 << min(failures - 1, 10)), settings.longestPause)
  }
}
