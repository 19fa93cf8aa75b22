internal import Conversation
package import Gateways
package import Platform

/// Keeps Telegram's webhook directed at us: sets it at the start, and again when somebody else has
/// taken it away.
package struct WebhookRegistration: Service {
  package let name = "webhook registration"

  private let account: BotAccount
  private let target: WebhookTarget
  private let interval: Duration
  private let clock: Clock
  private let health: Health
  private let log: Log

  /// Makes the service; every `interval` it looks whether the webhook is still ours.
  package init(
    account: BotAccount, target: WebhookTarget, interval: Duration = .seconds(600), clock: Clock,
    health: Health, log: Log
  ) {
    self.account = account
    self.target = target
    self.interval = interval
    self.clock = clock
    self.health = health
    self.log = log
  }

  package func run() async throws {
    var pause = Duration.seconds(1)
    var isSet = false
    while true {
      do throws(BotAccountError) {
        if isSet { isSet = try await account.webhook().url == target.url }
        if !isSet {
          try await account.setWebhook(target)
          log.info("the webhook is set")
        }
        isSet = true
        pause = .seconds(1)
        health.report(.intake, nil)
        try? await clock.sleep(interval)
      } catch {
        health.report(.intake, "the webhook cannot be set")
        log.error(
          "the webhook cannot be set; trying again",
          [
            .reason: .text(String(describing: error)), .seconds: .number(pause.inSeconds),
            .remedy:
              "see TELEGRAM_BOT_TOKEN and BASE_WEBHOOK_URL (https, port 443, 80, 88 or 8443)",
          ])
        try? await clock.sleep(pause)
        pause = min(pause * 2, .seconds(60))
      }
      try Task.checkCancellation()
    }
  }
}
