internal import Conversation
internal import Desk
internal import Gateways
internal import Platform
internal import Turn

/// Registers the commands that Telegram's clients offer, once, for each language.
struct CommandRegistration: Service {
  let name = "command registration"
  let account: BotAccount
  let texts: Texts
  /// Where operators get commands of their own.
  let staffChats: [ChatID]
  /// The language of what operators read.
  let staffLanguage: Language
  let clock: Clock
  let log: Log

  func run() async throws {
    var pause = Duration.seconds(5)
    while true {
      do throws(BotAccountError) {
        try await account.setCommands(commands(in: .english), nil, nil)
        for language in Language.allCases {
          try await account.setCommands(commands(in: language), language, nil)
        }
        for chat in staffChats { try await register(in: chat) }
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

  /// A chat to which the bot has no access must not keep the others from their commands.
  private func register(in chat: ChatID) async throws(BotAccountError) {
    let commands = DeskCommand.allCases.map {
      BotCommand(
        name: $0.rawValue, description: texts.text($0.description, in: staffLanguage))
    }
    do throws(BotAccountError) {
      try await account.setCommands(commands, nil, chat)
    } catch .migrated(let new) where new != chat {
      try await register(in: new)
    } catch .refused(let reason) {
      log.warning(
        "a staff chat gets no commands", [.chat: .integer(chat.rawValue), .reason: .text(reason)])
    }
  }

  private func commands(in language: Language) -> [BotCommand] {
    let person: [(CustomerCommand, Texts.Key)] =
      staffChats.isEmpty ? [] : [(.operator, .commandOperator)]
    let offered: [(CustomerCommand, Texts.Key)] =
      person + [
        (.new, .commandNew), (.forget, .commandForget), (.help, .commandHelp),
        (.privacy, .commandPrivacy),
        (.whoami, .commandWhoami), (.start, .commandStart),
      ]
    return offered.map {
      BotCommand(name: $0.rawValue, description: texts.text($1, in: language))
    }
  }
}
