internal import Conversation
internal import Gateways
internal import Platform
internal import Turn

/// Registers the commands that Telegram's clients offer, once, for each language.
struct CommandRegistration: Service {
  let name = "command registration"
  let account: BotAccount
  let texts: Texts
  let clock: Clock
  let log: Log

  func run() async throws {
    var pause = Duration.seconds(5)
    while true {
      do throws(BotAccountError) {
        try await account.setCommands(commands(in: .english), nil)
        for language in Language.allCases {
          try await account.setCommands(commands(in: language), language)
        }
        return await untilCancelled()
      } catch {
        log.warning(
          "the commands could not be registered; trying again",
          [.reason: .text(String(describing: error)), .seconds: .number(pause.inSeconds)])
        try await clock.sleep(pause)
        pause = min(pause * 2, .seconds(600))
      }
    }
  }

  private func commands(in language: Language) -> [BotCommand] {
    let offered: [(CustomerCommand, Texts.Key)] = [
      (.new, .commandNew), (.forget, .commandForget), (.help, .commandHelp),
      (.privacy, .commandPrivacy),
      (.whoami, .commandWhoami), (.start, .commandStart),
    ]
    return offered.map {
      BotCommand(name: $0.rawValue, description: texts.text($1, in: language))
    }
  }
}
