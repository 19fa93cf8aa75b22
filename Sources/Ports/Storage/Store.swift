package import Conversation

/// The durable memory of Switchboard: inbox, dialogues, transcripts, outbox.
///
/// Operations are intentions, not transactions: each happens whole or not at all, and survives a
/// crash once it has returned. The time comes in with each call; a store has no clock. `lease` is
/// a promise that a worker looks after what it took; when it has run out, the work is free again.
/// Every store passes the suite in `StorageContract`.
package protocol Store: Sendable {
  // MARK: Inbox

  /// Takes entries in; one whose keys were seen before is left out. The answer tells for each
  /// whether it was new. Keys are remembered for 48 hours (see `purge`).
  func admit(_ entries: [NewInboxEntry], now: Instant) async throws(StoreError) -> [Bool]

  /// Takes up to `limit` pieces of work: for each ordering key its oldest entry, if that is due and
  /// nobody holds one of the key's entries; together with it, entries of the same key and album
  /// that have come. Counts an attempt on each.
  func claim(limit: Int, lease: Lease, now: Instant) async throws(StoreError) -> [InboxWork]

  /// Gives entries back after a failure, to be tried again at `retryAt`. Unless `counted`, the
  /// attempt is taken back: the failure was not theirs.
  func release(
    _ entries: [InboxID], reason: String, retryAt: Instant, counted: Bool
  ) async throws(StoreError)

  /// Puts entries aside for a person to look at, and tells the one who wrote, if `telling` is
  /// given. Nothing of them is lost.
  func quarantine(
    _ entries: [InboxID], reason: String, telling: NewOutboxEntry?, now: Instant
  ) async throws(StoreError)

  // MARK: Dialogues

  /// The dialogue at an address; a new one is made for a new address.
  func load(_ address: ConversationAddress) async throws(StoreError) -> StoredDialogue

  /// Commits one step. Throws `.conflict` when the dialogue has changed since it was loaded.
  func commit(_ step: Step, now: Instant) async throws(StoreError)

  /// The messages of a transcript from one position through another, oldest first; when there are
  /// more than `limit`, the newest of them. An answer counts as standing at its question: it is
  /// included when its question is before `through`, and follows its question directly.
  func transcript(
    _ conversation: ConversationID, from: Position, through: Position, limit: Int
  ) async throws(StoreError) -> [Message]

  /// Gives all conversations, inbox and outbox rows of a group to the supergroup that it became,
  /// and completes the entries that told of it. Where the new chat already has a conversation at
  /// the same topic and person, the old one's keeps the address and the new one's is closed off
  /// under no address.
  func migrate(
    _ bot: BotID, from: ChatID, to: ChatID, completing: [InboxID], now: Instant
  ) async throws(StoreError)

  /// The id that a chat has after all migrations that were stored; its own when there was none.
  func newestID(of chat: ChatID) async throws(StoreError) -> ChatID

  // MARK: Answer jobs

  /// Takes up to `limit` answer jobs that are due.
  func claimAnswers(limit: Int, lease: Lease, now: Instant) async throws(StoreError) -> [AnswerWork]

  /// Which of the jobs that `owner` holds were dropped or are to stop.
  func interruptions(owner: String) async throws(StoreError) -> [OutboxID: Interruption]

  /// Lengthens the lease on those of the jobs that the lease's owner still holds.
  func renewAnswers(_ jobs: [OutboxID], lease: Lease) async throws(StoreError)

  /// Admits that the first words of a job's answer are about to be shown (`.answerAppeared`). False
  /// when the job was dropped or is to stop: then nothing is admitted, and nothing must be shown.
  func announceAnswer(_ job: OutboxID, now: Instant) async throws(StoreError) -> Bool

  /// Ends a job and admits its outcome to the inbox. False when the job was dropped meanwhile: then
  /// nothing is admitted.
  func finishAnswer(
    _ job: OutboxID, outcome: AnswerOutcome, now: Instant
  ) async throws(StoreError) -> Bool

  /// Gives a job back, to be taken again at once; this try does not count.
  func releaseAnswer(_ job: OutboxID) async throws(StoreError)

  // MARK: Sends

  /// Takes up to `limit` messages to send: for each chat of a bot its oldest, if it is due and
  /// nobody holds one. Each is marked as being sent before this returns. One whose lease ran out
  /// comes again, marked `interrupted`: whether it was sent is not known.
  func claimSends(limit: Int, lease: Lease, now: Instant) async throws(StoreError) -> [SendWork]

  /// Records what became of a part of a message. Does nothing when the message is at another part
  /// by now: a try that outlived its lease must not settle the next one's work.
  func settleSend(
    _ id: OutboxID, part: Int, _ settlement: SendSettlement, now: Instant
  ) async throws(StoreError)

  // MARK: Operators

  /// The dialogue that a key leads to; nil when there is none.
  func find(_ key: DialogueKey) async throws(StoreError) -> FoundDialogue?

  /// The dialogues that a query asks for, in its order.
  func browse(_ query: DialogueQuery) async throws(StoreError) -> [DialogueSummary]

  /// Up to `limit` dialogues whose `Dialogue.timer` has come, the earliest first.
  func dueTimers(now: Instant, limit: Int) async throws(StoreError) -> [DueTimer]

  /// The log of what happened between customers and operators: up to `limit` entries after a
  /// number, not before `from`, oldest first.
  func deskLog(
    after: Int64, from: Instant?, limit: Int
  ) async throws(StoreError) -> [NumberedLogEntry]

  /// Whether something of the message at a position could not be delivered and can be sent again.
  func isUndelivered(
    _ position: Position, of conversation: ConversationID
  ) async throws(StoreError) -> Bool

  /// Whether a topic of a staff chat was that of a person who has been erased since.
  func isErased(
    _ topic: TopicID, in chat: ChatID, of bot: BotID
  ) async throws(StoreError) -> Bool

  /// The canned answers of a bot, by name.
  func cannedAnswers(_ bot: BotID) async throws(StoreError) -> [CannedAnswer]

  /// Keeps a canned answer, in the place of one of the same name; nil text removes it. False when
  /// there was nothing to remove.
  func setCannedAnswer(
    _ bot: BotID, name: String, text: String?
  ) async throws(StoreError) -> Bool

  /// Remembers that somebody acted as an operator.
  func noteOperator(
    _ bot: BotID, _ operator: Operator, chat: ChatID?, now: Instant
  ) async throws(StoreError)

  /// Forgets that somebody is an operator whose last chat was this one, for they left it.
  func dismissOperator(
    _ bot: BotID, _ operator: OperatorID, from chat: ChatID
  ) async throws(StoreError)

  /// Who acted as an operator, the latest first.
  func operators(_ bot: BotID, limit: Int) async throws(StoreError) -> [KnownOperator]

  /// Puts messages that belong to no step into the outbox: to a staff chat, under its conversation.
  func enqueue(
    _ messages: [OutboxMessage], at address: ConversationAddress, completing: [InboxID],
    now: Instant
  ) async throws(StoreError)

  // MARK: Care

  /// Removes what is no longer needed: keys older than 48 hours, undelivered messages and dropped
  /// jobs older than `undeliveredBefore`, and, if given, what was said before `transcriptsBefore`.
  func purge(
    now: Instant, undeliveredBefore: Instant, transcriptsBefore: Instant?
  ) async throws(StoreError)

  /// Entries set aside, oldest first.
  func quarantined(limit: Int) async throws(StoreError) -> [QuarantinedEntry]

  /// Puts an entry back into the inbox, its attempts forgotten. False when there is none.
  func retryQuarantined(_ id: InboxID, now: Instant) async throws(StoreError) -> Bool

  /// Removes an entry for good. False when there is none.
  func dropQuarantined(_ id: InboxID) async throws(StoreError) -> Bool

  /// How much of everything there is.
  func figures() async throws(StoreError) -> StoreFigures

  /// Writes and removes something, to find out whether the store can be written.
  func probe() async throws(StoreError)

  /// Ends all work in order. Later calls throw `.closed`.
  func close() async
}

/// Why a store did not do what it was asked.
package enum StoreError: Error, Equatable, Sendable {
  /// The dialogue changed since it was loaded.
  case conflict
  /// The store can't be written just now: disk full, locked, unreachable. Trying later may help.
  case unavailable(String)
  /// What is stored can't be understood, or is damaged.
  case corrupt(String)
  /// The store was closed.
  case closed
}

/// Who holds a piece of work, and until when.
package struct Lease: Equatable, Sendable {
  /// The process that holds it.
  package var owner: String
  /// When it ends, unless it is renewed.
  package var until: Instant

  /// Makes a lease.
  package init(owner: String, until: Instant) {
    self.owner = owner
    self.until = until
  }
}
