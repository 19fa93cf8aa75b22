internal import Conversation
internal import Gateways
internal import Platform
internal import Synchronization

/// Which chats are the operators', and of what kind. Until Telegram has told, a group is taken for a
/// forum; for a while after it refused a topic, a forum is taken for a group like others.
final class StaffRoster: Service {
  let name = "staff roster"
  private let chats: Mutex<[ChatID]>
  private let account: BotAccount
  private let clock: Clock
  private let alarm: Alarm
  private let log: Log
  private let kinds: Mutex<[ChatID: StaffChat.Kind]>
  /// Until when no topics are asked of forums.
  private let withoutTopics = Mutex<[ChatID: Instant]>([:])

  /// How long a forum that refused a topic is asked for none: the administrator may give the bot the
  /// right at any time.
  private static let restFromTopics = Duration.seconds(600)

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
    chats.withLock { $0 }.compactMap { chat in
      kind(of: chat).map { StaffChat(chat: chat, kind: $0) }
    }
  }

  /// The kind of a chat; nil when it is no staff chat.
  func kind(of chat: ChatID) -> StaffChat.Kind? {
    let kind = kinds.withLock { $0[chat] }
    guard kind == .forum, let rest = withoutTopics.withLock({ $0[chat] }) else { return kind }
    return rest > clock.now() ? .group : .forum
  }

  /// A staff group that became a supergroup goes on under its new id.
  func migrated(from: ChatID, to: ChatID) {
    let isOurs = kinds.withLock { kinds in
      guard let kind = kinds.removeValue(forKey: from) else { return false }
      kinds[to] = kind
      return true
    }
    guard isOurs else { return }
    chats.withLock { chats in
      let isKnown = chats.contains(to)
      chats = chats.compactMap { $0 == from ? (isKnown ? nil : to) : $0 }
    }
    log.error(
      "a staff group has a new id",
      [
        .from: .integer(from.rawValue), .to: .integer(to.rawValue),
        .remedy: "write the new id into OPERATOR_CHAT_ID",
      ])
    alarm.raise(.staffUnreachable)
  }

  /// A forum in which the bot can make no topics is a group like others for ten minutes.
  func topicsRefused(in chat: ChatID) {
    withoutTopics.withLock { $0[chat] = clock.now() + Self.restFromTopics }
  }

  func run() async throws {
    try await learn()
    await untilCancelled()
  }

  /// Asks Telegram what kind of chat each is, those that are not open to the bot again and again:
  /// it may be let in, and a person may write to it, at any time.
  func learn() async throws {
    var asking = chats.withLock { $0 }
    var closed: Set<ChatID> = []
    var pause = Duration.seconds(5)
    while true {
      var unknown: [ChatID] = []
      for chat in asking {
        var open = await ask(chat, &closed)
        if let moved = open, moved != chat { open = await ask(moved, &closed) }
        if let open { unknown.append(open) }
      }
      guard !unknown.isEmpty else { return }
      asking = unknown
      try await clock.sleep(pause)
      pause = min(pause * 2, .seconds(600))
    }
  }

  /// Asks about one chat; gives the one to be asked about later, be it the same or what has become of
  /// it. Of those in `closed` was told already.
  private func ask(_ chat: ChatID, _ closed: inout Set<ChatID>) async -> ChatID? {
    do throws(BotAccountError) {
      let description = try await account.chat(chat)
      if !description.isPrivate {
        kinds.withLock { kinds in
          if kinds[chat] != nil { kinds[chat] = description.isForum ? .forum : .group }
        }
      }
      return nil
    } catch .migrated(let new) {
      migrated(from: chat, to: new)
      return new
    } catch {
      guard case .refused(let reason) = error else {
        log.warning("a staff chat could not be asked for", [.reason: .text("\(error)")])
        return chat
      }
      guard closed.insert(chat).inserted else { return chat }
      log.error(
        "a staff chat is not open to the bot",
        [
          .chat: .integer(chat.rawValue), .reason: .text(reason),
          .remedy: chat.rawValue > 0
            ? "let the person write to the bot once, or mend OPERATOR_CHAT_ID"
            : "add the bot to the group, or mend OPERATOR_CHAT_ID",
        ])
      alarm.raise(.staffUnreachable)
      return chat
    }
  }
}
