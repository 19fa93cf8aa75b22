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

  /// True once in `count` times while there is trouble.
  func trouble(oneIn count: Int) -> Bool {
    with { $0.troubled && $0.generator.oneIn(count) }
  }
}
