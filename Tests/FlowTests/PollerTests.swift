import Conversation
import Gateways
import Intake
import Platform
import Storage
import StorageSQLite
import Synchronization
import Testing

/// Polling against an account that answers as the test says; time passes only by the test's clock.
@Suite struct PollerTests {
  /// What the account and the clock were asked.
  private final class Journal: Sendable {
    struct Entries: Sendable {
      var offsets: [Int64?] = []
      var webhooksRemoved = 0
      var pauses: [Duration] = []
      var records: [LogRecord] = []
      var problem: String?
    }

    let entries = Mutex(Entries())

    func with<Result>(_ body: (inout sending Entries) -> sending Result) -> sending Result {
      entries.withLock(body)
    }
  }

  /// A clock by which every look takes a minute: polls that come back at once are none here.
  private final class Steps: Sendable {
    private let minutes = Mutex<Int64>(0)

    func next() -> Instant {
      minutes.withLock { minutes in
        minutes += 1
        return Instant(seconds: minutes * 60)
      }
    }
  }

  fileprivate enum Answer: Sendable {
    case updates([RawUpdate])
    case fails(BotAccountError)
    /// Never comes back.
    case silence
  }

  /// Runs a poller until the account has given all its answers.
  private func poll(
    _ answers: [Answer], store: any Store, removingWebhookFails: Int = 0
  ) async -> Journal {
    let journal = Journal()
    let health = Health()
    let done = Wakeup()
    let left = Mutex(answers)
    let refusals = Mutex(removingWebhookFails)
    let steps = Steps()
    let clock = Clock(
      now: { Instant(seconds: 1_000) }, steady: { steps.next() },
      sleep: { duration in
        // The watchdog's time is up only when a poll hangs.
        if duration == .seconds(90) {
          if left.withLock({ $0.first.map(\.isSilence) ?? false }) == false {
            try await Task.sleep(for: .seconds(3_600))
          }
          left.withLock { _ = $0.removeFirst() }
          return
        }
        journal.with { $0.pauses.append(duration) }
        try Task.checkCancellation()
      })
    let account = BotAccount(
      identity: { () throws(BotAccountError) in throw .unauthorized },
      updates: { offset throws(BotAccountError) in
        journal.with { $0.offsets.append(offset) }
        let answer = left.withLock { answers -> Answer? in
          guard let first = answers.first else { return nil }
          if !first.isSilence { answers.removeFirst() }
          return first
        }
        switch answer {
        case .updates(let updates): return updates
        case .fails(let error): throw error
        case .silence: break
        case nil:
          journal.with { $0.problem = health.problems[.intake] }
          done.ring()
        }
        try? await Task.sleep(for: .seconds(3_600))
        return []
      },
      setWebhook: { target throws(BotAccountError) in
        let refused = refusals.withLock { left in
          left -= 1
          return left >= 0
        }
        if refused { throw .unavailable(reason: "502") }
        if target == nil { journal.with { $0.webhooksRemoved += 1 } }
      },
      webhook: { WebhookState(url: "", pending: 0, lastError: nil) }, setCommands: { _, _, _ in },
      chat: { _ in ChatDescription(isPrivate: true, isForum: false) })
    let log = Log(minimum: .debug, clock: .system) { record in
      journal.with { $0.records.append(record) }
    }
    let intake = Intake(
      store: store, decoder: .blocking,
      identity: BotIdentity(id: BotID(1), username: "b", readsAllGroupMessages: true),
      policy: IntakePolicy(), bell: Wakeup(), clock: clock, metrics: Metrics(), log: log)
    let poller = Poller(
      account: account, intake: intake, clock: clock, health: health, log: log)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { try? await poller.run() }
      await done.rung()
      group.cancelAll()
    }
    return journal
  }

  private func raw(_ id: Int64) -> RawUpdate { RawUpdate(id: id, json: Array("\(id)".utf8)) }

  private func memory() async throws -> SQLiteStore {
    try await SQLiteStore.open(path: SQLiteStore.inMemory)
  }

  @Test func whatWasAdmittedIsConfirmedByTheNextOffset() async throws {
    let journal = await poll(
      [.updates([raw(10), raw(11)]), .updates([]), .updates([raw(12)])], store: try await memory())
    #expect(journal.with { $0.offsets } == [nil, 12, 12, 13])
    #expect(journal.with { $0.webhooksRemoved } == 1)
  }

  @Test func theWebhookIsRemovedBeforeTheFirstPoll() async throws {
    let journal = await poll([], store: try await memory(), removingWebhookFails: 2)
    #expect(journal.with { $0.webhooksRemoved } == 1)
    #expect(journal.with { $0.pauses } == [.seconds(1), .seconds(2)])
  }

  @Test func whatCouldNotBeStoredIsAskedForAgain() async throws {
    let store = try await memory()
    await store.close()
    let journal = await poll([.updates([raw(10)])], store: store)
    #expect(journal.with { $0.offsets } == [nil, nil])
    #expect(journal.with { $0.pauses } == [.seconds(1)])
    #expect(journal.with { $0.problem } != nil)
  }

  @Test func troubleIsWaitedOutEverLonger() async throws {
    let trouble = BotAccountError.unavailable(reason: "502")
    let journal = await poll(
      Array(repeating: .fails(trouble), count: 8), store: try await memory())
    #expect(
      journal.with { $0.pauses }.map(\.inSeconds) == [1, 2, 4, 8, 16, 32, 60, 60])
    #expect(journal.with { $0.problem } != nil)
  }

  @Test(arguments: [
    (BotAccountError.unauthorized, "Telegram refuses the token", 60.0),
    (.conflict(reason: "x"), "another program takes this bot's updates", 5),
    (.rateLimited(retryAfter: .seconds(7)), "Telegram asks polling to wait", 7),
  ])
  func particularTroubleIsToldPlainly(
    _ error: BotAccountError, _ message: String, _ pause: Double
  ) async throws {
    let journal = await poll([.fails(error)], store: try await memory())
    #expect(journal.with { $0.records }.contains { $0.message == message })
    #expect(journal.with { $0.pauses }.map(\.inSeconds) == [pause])
  }

  @Test func aPollThatDiedSilentlyIsStartedAgain() async throws {
    let journal = await poll([.silence, .updates([raw(5)])], store: try await memory())
    #expect(journal.with { $0.records }.contains { $0.message.contains("died silently") })
    #expect(journal.with { $0.offsets } == [nil, nil, 6])
  }
}

extension UpdateDecoder {
  /// Each update says that the person of chat 7 has blocked the bot.
  fileprivate static let blocking = UpdateDecoder { json throws(UnusableUpdate) in
    InboundUpdate(
      id: Int64(String(decoding: json, as: UTF8.self)) ?? 0,
      kind: .membershipChanged(chat: ChatID(7), isPrivate: true, reachable: false))
  }
}

extension PollerTests.Answer {
  fileprivate var isSilence: Bool { if case .silence = self { true } else { false } }
}
