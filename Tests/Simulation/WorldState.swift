import Conversation
import Gateways
import Synchronization

/// What the world outside the program is like: time, chance, and what people see in their chats.
final class WorldState: Sendable {
  /// A message that arrived in a chat.
  struct Arrival: Equatable, Sendable {
    var chat: ChatID
    var topic: TopicID?
    var text: String
    var replyTo: MessageID?
    var id = MessageID(0)
    var edits: MessageID?
    /// What the buttons under it carry.
    var buttons: [String] = []
    var isFile = false
  }

  struct Contents: Sendable {
    var generator: SeededGenerator
    /// Whether there are operators.
    var isStaffed: Bool
    /// A time that never jumps.
    var steady = Instant(seconds: 1_795_000_000)
    /// How far the wall clock is off.
    var clockError = Duration.zero
    var now: Instant { steady + clockError }
    /// Until when Telegram, the model and the store are away.
    var telegramAway = Instant(seconds: 0)
    var modelAway = Instant(seconds: 0)
    var storeAway = Instant(seconds: 0)
    /// Whether anything goes wrong at all.
    var troubled = true
    var arrivals: [Arrival] = []
    /// Messages of which the program could not know whether they arrived.
    var uncertain: [Arrival] = []
    /// Messages that the chat did not take, because the bot is not in it.
    var turnedAway: [Arrival] = []
    var nextMessageID: Int64 = 1_000
    /// Who blocked the bot or threw it out, in order: a set's own order differs between processes.
    var blocked: [ChatID] = []
    /// The topics of the staff forum, with their names.
    var topics: [TopicID: String] = [:]
    /// The last messages that operators see, and the last with buttons that customers see.
    var seenByStaff: [Arrival] = []
    var offered: [Arrival] = []
    /// Words of other chats that a model was told.
    var leaks: [String] = []
    var modelCalls = 0
    var ledger = Ledger()
  }

  let contents: Mutex<Contents>

  init(seed: UInt64, isStaffed: Bool = false) {
    contents = Mutex(Contents(generator: SeededGenerator(seed: seed), isStaffed: isStaffed))
  }

  func with<Result>(_ body: (inout sending Contents) -> sending Result) -> sending Result {
    contents.withLock(body)
  }

  var now: Instant { with { $0.now } }
  var steady: Instant { with { $0.steady } }
  var storeIsAway: Bool { with { $0.troubled && $0.steady < $0.storeAway } }

  func advance(_ duration: Duration) { with { $0.steady = $0.steady + duration } }

  /// Something large goes wrong for a while, or the clock jumps.
  func disaster() {
    with { contents in
      let until = contents.steady + .seconds(1_800)
      switch Int.random(in: 0..<5, using: &contents.generator) {
      case 0: contents.telegramAway = until
      case 1: contents.modelAway = until
      case 2: contents.storeAway = contents.steady + .seconds(90)
      case 3:
        contents.clockError += .seconds(Int.random(in: -3_600...3_600, using: &contents.generator))
      default: contents.clockError = .zero
      }
    }
  }

  /// An operator deletes a topic, or the bot is thrown out of a staff chat or let in again.
  func staffDisaster() {
    with { contents in
      switch Int.random(in: 0..<4, using: &contents.generator) {
      case 0, 1:
        let topics = contents.topics.keys.sorted()
        guard let topic = topics.randomElement(using: &contents.generator) else { return }
        contents.topics[topic] = nil
      default:
        let chat = Staff.chats.randomElement(using: &contents.generator) ?? Staff.group
        if contents.blocked.contains(chat) {
          contents.blocked.removeAll { $0 == chat }
        } else {
          contents.blocked.append(chat)
        }
      }
    }
  }

  /// True once in `count` times while there is trouble.
  func trouble(oneIn count: Int) -> Bool {
    with { $0.troubled && $0.generator.oneIn(count) }
  }
}

/// Where operators work, and who they are.
enum Staff {
  static let person = ChatID(20_001)
  static let group = ChatID(-20_002)
  static let forum = ChatID(-20_003)
  static let chats = [person, group, forum]
  /// Who works in the groups.
  static let members = [20_011, 20_012].map { Speaker.operator($0) }
  static let alone = Speaker.operator(20_001)

  static let policy = [
    StaffChat(chat: person, kind: .person), StaffChat(chat: group, kind: .group),
    StaffChat(chat: forum, kind: .forum),
  ]
}

extension Speaker {
  fileprivate static func `operator`(_ id: Int64) -> Speaker {
    Speaker(id: PersonID(id), name: "O\(id)", language: .english)
  }
}
