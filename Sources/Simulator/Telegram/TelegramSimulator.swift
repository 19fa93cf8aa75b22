internal import Conversation
package import Gateways
package import Platform
internal import Synchronization

/// A stand-in for the Bot API 10.3 with simulated people: strict about calls, with Telegram's limits
/// and words, and able to fail on demand.
///
/// `routes` are served by a server; people act by the methods in `TelegramSimulator+People.swift`;
/// `webhookDelivery` must run for webhooks to be delivered.
package struct TelegramSimulator: Sendable {
  /// How many messages a chat takes before the bot is told to wait.
  package struct FloodLimits: Sendable {
    /// Messages to a person in the window; nil for no limit.
    package var perPerson: Int? = 3
    /// The window for a person, in seconds.
    package var personWindowSeconds = 3
    /// Messages to a group in the window, its topics together; nil for no limit.
    package var perGroup: Int? = 20
    /// The window for a group, in seconds.
    package var groupWindowSeconds = 60

    /// Makes Telegram's published limits.
    package init() {}

    /// Only the limit for groups, which is the same for everybody.
    package static var inGroups: FloodLimits {
      var limits = FloodLimits()
      limits.perPerson = nil
      return limits
    }
  }

  /// How the stand-in behaves.
  package struct Settings: Sendable {
    /// The bot's token; calls with another are answered 401.
    package var token = Secret("4242:simulated-token")
    /// The bot's id; it is the number before the colon of the token.
    package var botID: Int64 = 4242
    /// The bot's name.
    package var name = "Switchboard"
    /// The bot's username, without `@`.
    package var username = "switchboard_bot"
    /// Whether privacy mode is off for the bot.
    package var readsAllGroupMessages = false
    /// Whether private chats with the bot have topics.
    package var hasTopics = false
    /// Whether parameters that a method does not have are refused.
    package var isStrict = true
    /// Whether webhooks may be plain http, as on a server of one's own.
    package var allowsPlainWebhooks = true
    /// Limits on messages per chat; nil for none.
    package var floodLimits: FloodLimits? = .inGroups
    /// How long a draft is shown when it is not refreshed.
    package var draftLifetime = Duration.seconds(30)
    /// The first `update_id`; Telegram starts at a random number.
    package var firstUpdateID: Int64 = 700_001
    /// How many events a page that lost its connection can catch up on.
    package var rememberedEvents = 2000
    /// How many messages of a chat are kept, at least.
    package var rememberedMessages = 1000
    /// How many calls and updates are remembered for tests.
    package var rememberedCalls = 1000
    /// How many of the files that people send keep their bytes.
    package var rememberedUploads = 32
    /// The time for one delivery to a webhook.
    package var webhookTimeout = Duration.seconds(60)
    /// Where the tests' own routes are; another simulator on the same server needs another path.
    package var controlPath = "/_simulator"

    /// How many things that went over the wire are kept, at least, for a page to show.
    package var rememberedWire = 0

    /// Makes the default settings.
    package init() {}
  }

  /// A call that came, for tests.
  package struct Call: Sendable, Equatable, Codable {
    /// The method as Telegram writes it.
    package var method: String
    /// The parameters.
    package var parameters: [String: JSONValue]
    /// The status of the answer.
    package var status: Int
    /// The error's description; nil when it worked.
    package var description: String?
    /// Unix milliseconds.
    package var at: Int64
  }

  /// What is shared by all copies and lives under one lock.
  struct State {
    var world: World
    var faults: [Fault] = []
    var calls: [Call] = []
    var poll: Poll?
    var nextPoll = 0
  }

  /// A long poll that waits.
  struct Poll {
    var id: Int
    var bell: Wakeup
  }

  /// The lock, with the bells to ring after it is left.
  final class Core: Sendable {
    let state: Mutex<State>
    let feed: EventFeed
    let wire: WireLog
    let deliveries = Wakeup()

    init(_ settings: Settings, clock: Clock) {
      state = Mutex(State(world: World(settings: settings)))
      feed = EventFeed(capacity: settings.rememberedEvents)
      wire = WireLog(feed: feed, clock: clock, capacity: settings.rememberedWire)
    }

    /// Changes the state, then tells everybody who waits for a change. Events are appended inside
    /// the lock, so that a snapshot and its last event id belong together.
    func change<Value, Failure: Error>(
      _ body: (inout State) throws(Failure) -> Value
    ) throws(Failure) -> Value {
      let (result, updates, bell) = state.withLock {
        state -> (Result<Value, Failure>, [JSONValue], Wakeup?) in
        let before = state.world.updates.count
        let outcome: Result<Value, Failure>
        do throws(Failure) {
          outcome = .success(try body(&state))
        } catch {
          outcome = .failure(error)
        }
        feed.append(state.world.changes)
        state.world.changes.removeAll()
        let updates = state.world.freshUpdates
        state.world.freshUpdates.removeAll()
        return (outcome, updates, state.world.updates.count > before ? state.poll?.bell : nil)
      }
      wire.record(updates: updates)
      bell?.ring()
      deliveries.ring()
      return try result.get()
    }
  }

  let settings: Settings
  let clock: Clock
  let core: Core
  private let transport: HTTPTransport?

  /// Makes a stand-in Telegram. Without a transport, webhooks can be set but nothing is delivered.
  package init(settings: Settings = Settings(), clock: Clock, transport: HTTPTransport? = nil) {
    self.settings = settings
    self.clock = clock
    self.transport = transport
    core = Core(settings, clock: clock)
  }

  /// Delivers updates to the webhook; nil without a transport.
  package var webhookDelivery: (any Service)? {
    transport.map {
      WebhookDelivery(core: core, transport: $0, clock: clock, timeout: settings.webhookTimeout)
    }
  }

  /// What went over the wire; empty unless `Settings.rememberedWire` says otherwise.
  package var wire: WireLog { core.wire }

  /// Adds a fault behind those that wait.
  package func inject(_ fault: Fault) {
    var fault = fault
    fault.ends = fault.lasting.map { (clock.now() + .seconds($0)).milliseconds }
    core.state.withLock { [fault] state in state.faults.append(fault) }
  }

  /// Removes all faults.
  package func removeFaults() { core.state.withLock { $0.faults.removeAll() } }

  /// The calls that came, oldest first; `getUpdates` is left out.
  package var calls: [Call] { core.state.withLock { $0.calls } }

  /// How many updates wait for the bot.
  package var pendingUpdates: Int { core.state.withLock { $0.world.updates.count } }
}
