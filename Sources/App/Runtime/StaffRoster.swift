internal import Conversation
internal import Gateways
internal import Platform
internal import Synchronization

/// Which chats are the operators', and of what kind. Until Telegram has told, a group is taken for a
/// forum: where no topic can be made, messages go there without one.
final class StaffRoster: Service {
  let name = "staff roster"
  private let chats: Mutex<[ChatID]>
  private let account: BotAccount
  private let clock: Clock
  private let alarm: Alarm
  private let log: Log
  private let kinds: Mutex<[ChatID: StaffChat.Kind]>

  /// Makes the roster of these chats.
  init(_ chats: [ChatID], account: BotAccount, clock: Clock, alarm: Alarm, log: Log) {
    self.chats = Mutex(chats)
    self.account = account
    self.clock = clock
    self.alarm = alarm
    self.log = log
    kinds = Mutex(
      Dictionary(
        chats.map { ($0, $0.rawValue > 0 ? .person : .forum) }, uniquingKeysWith: { one, _ in one })
    )
  }

  /// The staff chats in their order.
  var staffChats: [StaffChat] {
    let chats = chats.withLock { $0 }
    return kinds.withLock { kinds in
      chats.compactMap { chat in kinds[chat].map { StaffChat(chat: chat, kind: $0) } }
    }
  }

  /// The kind of a chat; nil when it is no staff chat.
  func kind(of chat: ChatID) -> StaffChat.Kind? { kinds.withLock { $0[chat] } }

  /// A staff group that became a supergroup goes on under its new id, until the next start: then the
  /// setting must name it.
  func migrated(from: ChatID, to: ChatID) {
    let isOurs = kinds.withLock { kinds in
      guard let kind = kinds.removeValue(forKey: from) else { return false }
      kinds[to] = kind
      return true
    }
    guard isOurs else { return }
    chats.withLock { chats in
      for index in chats.indices where chats[index] == from { chats[index] = to }
    }
    log.error(
      "a staff group has a new id",
      [
        .from: .integer(from.rawValue), .to: .integer(to.rawValue),
        .remedy: "write the new id into OPERATOR_CHAT_ID before the next start",
      ])
    alarm.raise(.staffUnreachable)
  }

  /// Asks Telegram what kind of chat each is.
  func run() async throws {
    for chat in chats.withLock({ $0 }) where chat.rawValue < 0 { try await ask(chat) }
    await untilCancelled()
  }

  private func ask(_ chat: ChatID) async throws {
    var pause = Duration.seconds(5)
    while true {
      do throws(BotAccountError) {
        let description = try await account.chat(chat)
        return kinds.withLock { $0[chat] = description.isForum ? .forum : .group }
      } catch {
        if case .refused(let reason) = error {
          log.error(
            "a staff chat is not open to the bot",
            [
              .chat: .integer(chat.rawValue), .reason: .text(reason),
              .remedy: "add the bot to the group, or mend OPERATOR_CHAT_ID",
            ])
          return alarm.raise(.staffUnreachable)
        }
        log.warning("a staff chat could not be asked for", [.reason: .text("\(error)")])
        try await clock.sleep(pause)
        pause = min(pause * 2, .seconds(600))
      }
    }
  }
}
