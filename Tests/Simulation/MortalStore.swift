import Conversation
import Gateways
import Storage
import Synchronization

/// A store that can die with its process, before or after any operation: from then on nothing can
/// be done with it, and whoever called it last does not learn whether it was done.
final class MortalStore: Store {
  private let store: any Store
  private let dead = Atomic(false)
  private let dies: @Sendable () -> Bool

  private let isAway: @Sendable () -> Bool
  private let committed: @Sendable (Step) -> Void

  /// `dies` is asked twice for each operation; `isAway` tells of a disk that is full or locked;
  /// `committed` is told of each step that is durable.
  init(
    _ store: any Store, dies: @escaping @Sendable () -> Bool,
    isAway: @escaping @Sendable () -> Bool,
    committed: @escaping @Sendable (Step) -> Void
  ) {
    self.store = store
    self.dies = dies
    self.isAway = isAway
    self.committed = committed
  }

  var isDead: Bool { dead.load(ordering: .sequentiallyConsistent) }

  func kill() { dead.store(true, ordering: .sequentiallyConsistent) }

  private func mortally<Result>(
    _ operation: () async throws(StoreError) -> Result
  ) async throws(StoreError) -> Result {
    if !isDead, dies() { kill() }
    if isDead { throw .closed }
    if isAway() { throw .unavailable("disk full") }
    let result = try await operation()
    if dies() { kill() }
    if isDead { throw .closed }
    return result
  }

  func admit(_ entries: [NewInboxEntry], now: Instant) async throws(StoreError) -> [Bool] {
    try await mortally { () throws(StoreError) in try await store.admit(entries, now: now) }
  }

  func claim(limit: Int, lease: Lease, now: Instant) async throws(StoreError) -> [InboxWork] {
    try await mortally { () throws(StoreError) in
      try await store.claim(limit: limit, lease: lease, now: now)
    }
  }

  func release(
    _ entries: [InboxID], reason: String, retryAt: Instant, counted: Bool
  ) async throws(StoreError) {
    try await mortally { () throws(StoreError) in
      try await store.release(entries, reason: reason, retryAt: retryAt, counted: counted)
    }
  }

  func quarantine(
    _ entries: [InboxID], reason: String, telling: NewOutboxEntry?, now: Instant
  ) async throws(StoreError) {
    try await mortally { () throws(StoreError) in
      try await store.quarantine(entries, reason: reason, telling: telling, now: now)
    }
  }

  func load(_ address: ConversationAddress) async throws(StoreError) -> StoredDialogue {
    try await mortally { () throws(StoreError) in try await store.load(address) }
  }

  func commit(_ step: Step, now: Instant) async throws(StoreError) {
    try await mortally { () throws(StoreError) in
      try await store.commit(step, now: now)
      committed(step)
    }
  }

  func transcript(
    _ conversation: ConversationID, from: Position, through: Position, limit: Int
  ) async throws(StoreError) -> [Message] {
    try await mortally { () throws(StoreError) in
      try await store.transcript(conversation, from: from, through: through, limit: limit)
    }
  }

  func migrate(
    _ bot: BotID, from: ChatID, to: ChatID, completing: [InboxID], now: Instant
  ) async throws(StoreError) {
    try await mortally { () throws(StoreError) in
      try await store.migrate(bot, from: from, to: to, completing: completing, now: now)
    }
  }

  func claimAnswers(
    limit: Int, lease: Lease, now: Instant
  ) async throws(StoreError) -> [AnswerWork] {
    try await mortally { () throws(StoreError) in
      try await store.claimAnswers(limit: limit, lease: lease, now: now)
    }
  }

  func interruptions(owner: String) async throws(StoreError) -> [OutboxID: Interruption] {
    try await mortally { () throws(StoreError) in try await store.interruptions(owner: owner) }
  }

  func renewAnswers(_ jobs: [OutboxID], lease: Lease) async throws(StoreError) {
    try await mortally { () throws(StoreError) in
      try await store.renewAnswers(jobs, lease: lease)
    }
  }

  func announceAnswer(_ job: OutboxID, now: Instant) async throws(StoreError) -> Bool {
    try await mortally { () throws(StoreError) in
      try await store.announceAnswer(job, now: now)
    }
  }

  func finishAnswer(
    _ job: OutboxID, outcome: AnswerOutcome, now: Instant
  ) async throws(StoreError) -> Bool {
    try await mortally { () throws(StoreError) in
      try await store.finishAnswer(job, outcome: outcome, now: now)
    }
  }

  func releaseAnswer(_ job: OutboxID) async throws(StoreError) {
    try await mortally { () throws(StoreError) in try await store.releaseAnswer(job) }
  }

  func claimSends(limit: Int, lease: Lease, now: Instant) async throws(StoreError) -> [SendWork] {
    try await mortally { () throws(StoreError) in
      try await store.claimSends(limit: limit, lease: lease, now: now)
    }
  }

  func settleSend(
    _ id: OutboxID, part: Int, _ settlement: SendSettlement, now: Instant
  ) async throws(StoreError) {
    try await mortally { () throws(StoreError) in
      try await store.settleSend(id, part: part, settlement, now: now)
    }
  }

  func purge(
    now: Instant, undeliveredBefore: Instant, transcriptsBefore: Instant?
  ) async throws(StoreError) {
    try await mortally { () throws(StoreError) in
      try await store.purge(
        now: now, undeliveredBefore: undeliveredBefore, transcriptsBefore: transcriptsBefore)
    }
  }

  func quarantined(limit: Int) async throws(StoreError) -> [QuarantinedEntry] {
    try await mortally { () throws(StoreError) in try await store.quarantined(limit: limit) }
  }

  func find(_ key: DialogueKey) async throws(StoreError) -> FoundDialogue? {
    try await mortally { () throws(StoreError) in try await store.find(key) }
  }

  func browse(_ query: DialogueQuery) async throws(StoreError) -> [DialogueSummary] {
    try await mortally { () throws(StoreError) in try await store.browse(query) }
  }

  func dueTimers(now: Instant, limit: Int) async throws(StoreError) -> [DueTimer] {
    try await mortally { () throws(StoreError) in
      try await store.dueTimers(now: now, limit: limit)
    }
  }

  func deskLog(
    after: Int64, from: Instant?, limit: Int
  ) async throws(StoreError) -> [NumberedLogEntry] {
    try await mortally { () throws(StoreError) in
      try await store.deskLog(after: after, from: from, limit: limit)
    }
  }

  func isUndelivered(
    _ position: Position, of conversation: ConversationID
  ) async throws(StoreError) -> Bool {
    try await mortally { () throws(StoreError) in
      try await store.isUndelivered(position, of: conversation)
    }
  }

  func newestID(of chat: ChatID) async throws(StoreError) -> ChatID {
    try await mortally { () throws(StoreError) in try await store.newestID(of: chat) }
  }

  func isErased(
    _ topic: TopicID, in chat: ChatID, of bot: BotID
  ) async throws(StoreError) -> Bool {
    try await mortally { () throws(StoreError) in
      try await store.isErased(topic, in: chat, of: bot)
    }
  }

  func cannedAnswers(_ bot: BotID) async throws(StoreError) -> [CannedAnswer] {
    try await mortally { () throws(StoreError) in try await store.cannedAnswers(bot) }
  }

  func setCannedAnswer(
    _ bot: BotID, name: String, text: String?
  ) async throws(StoreError) -> Bool {
    try await mortally { () throws(StoreError) in
      try await store.setCannedAnswer(bot, name: name, text: text)
    }
  }

  func noteOperator(
    _ bot: BotID, _ operator: Operator, chat: ChatID?, now: Instant
  ) async throws(StoreError) {
    try await mortally { () throws(StoreError) in
      try await store.noteOperator(bot, `operator`, chat: chat, now: now)
    }
  }

  func dismissOperator(
    _ bot: BotID, _ operator: OperatorID, from chat: ChatID
  ) async throws(StoreError) {
    try await mortally { () throws(StoreError) in
      try await store.dismissOperator(bot, `operator`, from: chat)
    }
  }

  func operators(_ bot: BotID, limit: Int) async throws(StoreError) -> [KnownOperator] {
    try await mortally { () throws(StoreError) in try await store.operators(bot, limit: limit) }
  }

  func enqueue(
    _ messages: [OutboxMessage], at address: ConversationAddress, completing: [InboxID],
    now: Instant
  ) async throws(StoreError) {
    try await mortally { () throws(StoreError) in
      try await store.enqueue(messages, at: address, completing: completing, now: now)
    }
  }

  func retryQuarantined(_ id: InboxID, now: Instant) async throws(StoreError) -> Bool {
    try await mortally { () throws(StoreError) in
      try await store.retryQuarantined(id, now: now)
    }
  }

  func dropQuarantined(_ id: InboxID) async throws(StoreError) -> Bool {
    try await mortally { () throws(StoreError) in try await store.dropQuarantined(id) }
  }

  func figures() async throws(StoreError) -> StoreFigures {
    try await mortally { () throws(StoreError) in try await store.figures() }
  }

  func probe() async throws(StoreError) {
    try await mortally { () throws(StoreError) in try await store.probe() }
  }

  func close() async { await store.close() }
}
