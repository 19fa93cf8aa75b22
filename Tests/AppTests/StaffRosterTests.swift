import Conversation
import Gateways
import Platform
import Synchronization
import Testing

@testable import App

/// What Telegram tells of staff chats, and what follows.
@Suite("Staff roster")
struct StaffRosterTests {
  private static let olga = ChatID(50_001)
  private static let group = ChatID(-500)
  private static let refused = BotAccountError.refused(reason: "Bad Request: chat not found")

  @Test("a person who never wrote to the bot is told of once, and asked for until they have")
  func personWhoNeverWrote() async throws {
    let scene = Scene([Self.olga: [.failure(Self.refused), .failure(Self.refused), .person]])
    try await scene.roster.learn()
    #expect(scene.asked == [Self.olga, Self.olga, Self.olga])
    #expect(scene.alarms == [.staffUnreachable])
    #expect(scene.roster.kind(of: Self.olga) == .person)
  }

  @Test("a group that lets the bot in later is what it is, without another start")
  func groupThatOpensLater() async throws {
    let scene = Scene([
      Self.group: [.failure(Self.refused), .failure(.unavailable(reason: "502")), .plain],
      ChatID(-501): [.forum],
    ])
    #expect(scene.roster.kind(of: Self.group) == .forum, "until Telegram has told")
    try await scene.roster.learn()
    #expect(scene.roster.kind(of: Self.group) == .group)
    #expect(scene.roster.kind(of: ChatID(-501)) == .forum, "nobody waits for another")
    #expect(scene.asked.count { $0 == ChatID(-501) } == 1)
  }

  @Test("a group that moved while nobody looked goes on under its new id")
  func movedGroup() async throws {
    let new = ChatID(-1_000_500)
    let scene = Scene(
      [
        Self.olga: [.person], Self.group: [.failure(.migrated(to: new))],
        new: [.failure(.unavailable(reason: "502")), .plain],
      ], chats: [Self.olga, Self.group])
    try await scene.roster.learn()
    #expect(scene.roster.kind(of: Self.group) == nil)
    #expect(scene.roster.kind(of: new) == .group)
    #expect(scene.alarms.contains(.staffUnreachable))
  }

  @Test("a forum in which no topic can be made is a group like others, for ten minutes")
  func topicsRefused() async throws {
    let scene = Scene([Self.group: [.forum], Self.olga: [.person]])
    try await scene.roster.learn()
    for chat in [Self.group, Self.olga, ChatID(-999)] { scene.roster.topicsRefused(in: chat) }
    for (minutes, kind) in [(0, StaffChat.Kind.group), (9, .group), (10, .forum)] {
      scene.set(Instant(seconds: 60 * Int64(minutes)))
      #expect(scene.roster.kind(of: Self.group) == kind)
      #expect(scene.roster.staffChats.contains(StaffChat(chat: Self.group, kind: kind)))
    }
    #expect(scene.roster.kind(of: Self.olga) == .person)
    #expect(scene.roster.kind(of: ChatID(-999)) == nil)
  }

  /// A roster on a Telegram that gives the answers about each chat in turn.
  private final class Scene: Sendable {
    typealias Answer = Result<ChatDescription, BotAccountError>

    let roster: StaffRoster
    private let notes: Notes

    var asked: [ChatID] { notes.asked.withLock { $0 } }
    var alarms: [Trouble] { notes.alarms.withLock { $0 } }

    func set(_ time: Instant) { notes.time.withLock { $0 = time } }

    init(_ answers: [ChatID: [Answer]], chats: [ChatID]? = nil) {
      let notes = Notes()
      self.notes = notes
      let account = BotAccount(
        identity: { () throws(BotAccountError) in throw .unauthorized },
        updates: { _ throws(BotAccountError) in throw .unauthorized },
        setWebhook: { _ throws(BotAccountError) in throw .unauthorized },
        webhook: { () throws(BotAccountError) in throw .unauthorized },
        setCommands: { _, _, _ throws(BotAccountError) in throw .unauthorized },
        chat: { chat throws(BotAccountError) in
          let number = notes.ask(chat)
          guard let all = answers[chat], number <= all.count else { throw .unauthorized }
          return try all[number - 1].get()
        })
      roster = StaffRoster(
        chats ?? answers.keys.sorted { $0.rawValue > $1.rawValue }, account: account,
        clock: Clock(
          now: { notes.time.withLock { $0 } }, sleep: { _ in try Task.checkCancellation() }),
        alarm: Alarm { trouble in notes.alarms.withLock { $0.append(trouble) } }, log: .silent)
    }
  }

  private final class Notes: Sendable {
    let asked = Mutex<[ChatID]>([])
    let alarms = Mutex<[Trouble]>([])
    let time = Mutex(Instant(seconds: 0))

    /// How often a chat was asked for, this time included.
    func ask(_ chat: ChatID) -> Int {
      asked.withLock { asked in
        asked.append(chat)
        return asked.count { $0 == chat }
      }
    }
  }
}

extension Result where Success == ChatDescription, Failure == BotAccountError {
  fileprivate static var person: Self { .success(.init(isPrivate: true, isForum: false)) }
  fileprivate static var plain: Self { .success(.init(isPrivate: false, isForum: false)) }
  fileprivate static var forum: Self { .success(.init(isPrivate: false, isForum: true)) }
}
