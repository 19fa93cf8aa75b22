import Conversation
import Delivery
import Gateways
import Markdown
import Platform
import Storage
import StorageSQLite
import Synchronization
import Testing

/// The worker over a real store.
@Suite struct DeliveryWorkerTests {
  private static let now = Instant(seconds: 1_795_000_000)

  /// The store gives a message out again as soon as a try is recorded, while that try has not yet
  /// come to its end in the worker; it must not then wait for its lease. One whose lease has run
  /// out is another matter: its first try still goes on.
  @Test(arguments: [(false, 2), (true, 1)])
  func aMessageGivenOutDuringATryIsTriedUnlessItWasInterrupted(
    _ interrupted: Bool, _ expected: Int
  ) async throws {
    let store = try await Self.storeWithOneMessage()
    let given = Mutex<SendWork?>(nil)
    let tries = Mutex(0)
    let again = Mutex<(@Sendable (SendWork) async -> Void)?>(nil)
    let worker = Self.worker(store) {
      let isFirst = tries.withLock { tries in
        tries += 1
        return tries == 1
      }
      if isFirst, var work = given.withLock({ $0 }) {
        work.interrupted = interrupted
        await again.withLock { $0 }?(work)
      }
    }
    again.withLock { $0 = { await worker.perform($0) } }
    let work = try #require(try await worker.claim(limit: 1).first)
    given.withLock { $0 = work }
    await worker.perform(work)
    #expect(tries.withLock { $0 } == expected)
  }

  private static func storeWithOneMessage() async throws -> SQLiteStore {
    let store = try await SQLiteStore.open(path: SQLiteStore.inMemory)
    let loaded = try await store.load(ConversationAddress(bot: BotID(1), chat: ChatID(7)))
    try await store.commit(
      Step(
        expectedVersion: loaded.version, dialogue: loaded.dialogue,
        outbox: [.send(OutboxMessage(parts: [.text(FormattedText("hello"))]))]),
      now: now)
    return store
  }

  private static func worker(
    _ store: SQLiteStore, during: @escaping @Sendable () async -> Void
  ) -> DeliveryWorker {
    DeliveryWorker(
      store: store,
      messenger: Messenger(
        send: { _ in
          await during()
          return .sent(MessageID(1))
        },
        preview: { _ in .end }, showTyping: { _, _ in },
        download: { _, _ throws(DownloadError) in throw .missing }),
      format: .markdown(), owner: "test", settings: .init(), bell: Wakeup(), inboxBell: Wakeup(),
      clock: Clock(now: { now }, sleep: { _ in }), health: Health(), metrics: Metrics(),
      alarm: .silent, log: .silent)
  }
}
