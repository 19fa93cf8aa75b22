import Conversation
import Gateways
import Synchronization

/// What the world outside the program is like: time, chance, and what people see in their chats.
final class WorldState: Sendable {
  /// A message that arrived in a chat.
  struct Arrival: Equatable, Sendable {
    var chat: ChatID
    var text: String
    var replyTo: MessageID?
  }

  struct Contents: Sendable {
    var generator: SeededGenerator
    var now = Instant(seconds: 1_795_000_000)
    /// Whether anything goes wrong at all.
    var troubled = true
    var arrivals: [Arrival] = []
    /// Texts of which the program could not know whether they arrived.
    var uncertain: [Arrival] = []
    var nextMessageID: Int64 = 1_000
    var blocked: Set<ChatID> = []
    /// Words of other chats that a model was told.
    var leaks: [String] = []
    var modelCalls = 0
    var ledger = Ledger()
  }

  let contents: Mutex<Contents>

  init(seed: UInt64) { contents = Mutex(Contents(generator: SeededGenerator(seed: seed))) }

  func with<Result>(_ body: (inout sending Contents) -> sending Result) -> sending Result {
    contents.withLock(body)
  }

  var now: Instant { with { $0.now } }

  func advance(_ duration: Duration) { with { $0.now = $0.now + duration } }

  /// True once in `count` times while there is trouble.
  func trouble(oneIn count: Int) -> Bool {
    with { $0.troubled && $0.generator.oneIn(count) }
  }
}
