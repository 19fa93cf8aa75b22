internal import Conversation
internal import Gateways
internal import Intake
internal import Platform
internal import Synchronization

/// Where updates come from: learns who the bot is, opens the intake, and keeps polling or the
/// webhook going.
final class UpdateSource: Service {
  let name = "update source"

  /// How updates come.
  enum Way: Sendable {
    case polling
    case webhook(WebhookTarget)
  }

  private let account: BotAccount
  private let way: Way
  private let clock: Clock
  private let health: Health
  private let log: Log
  private let makeIntake: @Sendable (BotIdentity) -> Intake
  private let started: @Sendable (BotIdentity) async -> Void
  private let opened = Mutex<Intake?>(nil)

  /// Makes the source. `started` is called once everything is ready to serve.
  init(
    account: BotAccount, way: Way, clock: Clock, health: Health, log: Log,
    makeIntake: @escaping @Sendable (BotIdentity) -> Intake,
    started: @escaping @Sendable (BotIdentity) async -> Void
  ) {
    self.account = account
    self.way = way
    self.clock = clock
    self.health = health
    self.log = log
    self.makeIntake = makeIntake
    self.started = started
  }

  /// The intake, once it is open.
  var intake: Intake? { opened.withLock { $0 } }

  func run() async throws {
    let identity = try await identity()
    let intake = makeIntake(identity)
    opened.withLock { $0 = intake }
    if !identity.readsAllGroupMessages {
      log.info(
        "privacy mode is on: in groups the bot hears only mentions, replies and commands",
        [.remedy: "to hear everything: /setprivacy at @BotFather, then add it to the group again"])
    }
    await started(identity)
    switch way {
    case .polling:
      try await Poller(
        account: account, intake: intake, clock: clock, health: health, log: log
      ).run()
    case .webhook(let target):
      try await WebhookRegistration(
        account: account, target: target, clock: clock, health: health, log: log
      ).run()
    }
  }

  private func identity() async throws -> BotIdentity {
    var pause = Duration.seconds(1)
    while true {
      do throws(BotAccountError) {
        return try await account.identity()
      } catch .unauthorized {
        throw Runtime.CannotStart(
          description: "Telegram refuses the token; "
            + "set TELEGRAM_BOT_TOKEN to the one that @BotFather shows")
      } catch {
        try Task.checkCancellation()
        log.warning(
          "Telegram cannot be reached; trying again",
          [.reason: .text(String(describing: error)), .seconds: .number(pause.inSeconds)])
        try await clock.sleep(pause)
        pause = min(pause * 2, .seconds(60))
      }
    }
  }
}
