import Conversation
import Gateways
import Storage
import StorageContract
import Testing

@testable import StorageSQLite

/// What is done for every message must not grow with what is stored.
@Suite("Cost")
struct QueryPlanTests {
  /// Every statement that a store has prepared while it went through everything a message needs.
  @Test("No statement on the way of a message reads a whole table or sorts")
  func plans() async throws {
    try await check(leastSteps: 40) { store in try await everything(store) }
  }

  @Test("Nor does one on the way between customers and operators, or in their lists")
  func plansOfOperators() async throws {
    try await check(leastSteps: 40) { store in try await everythingOfOperators(store) }
  }

  private func check(
    leastSteps: Int, _ work: (SQLiteStore) async throws -> Void
  ) async throws {
    let store = try await SQLiteStore.open(path: SQLiteStore.inMemory)
    let opening = try await store.writer.perform(.read) { database throws(StoreError) in
      Set(database.connection.preparedTexts)
    }
    try await work(store)
    let plans = try await store.writer.perform(.read) { database throws(StoreError) in
      var plans: [(sql: String, detail: String)] = []
      for sql in database.connection.preparedTexts where !opening.contains(sql) {
        for detail in try database.connection.plan(of: sql) { plans.append((sql, detail)) }
      }
      return plans
    }
    #expect(plans.count > leastSteps)
    for (sql, detail) in plans {
      #expect(!detail.hasPrefix("SCAN") || detail == "SCAN CONSTANT ROW", "\(sql): \(detail)")
      #expect(!detail.contains("TEMP B-TREE"), "\(sql): \(detail)")
    }
  }

  private func everything(_ store: SQLiteStore) async throws {
    _ = try await store.admit([entry(1), entry(2)], now: start)
    let work = try await store.claim(limit: 9, lease: lease(), now: start)[0]
    try await store.release(work.entries.map(\.id), reason: "x", retryAt: start, counted: true)
    let again = try await store.claim(limit: 9, lease: lease(), now: start)[0]
    let loaded = try await store.load(address(1))
    let answer = job(loaded.dialogue.id)
    try await store.commit(
      Step(
        expectedVersion: 1, dialogue: loaded.dialogue,
        transcript: [
          .append(message(1, "a")), .correct(MessageID(1), text: "b"), .remove(Position(1)),
        ],
        outbox: [
          .answer(answer), send("1", position: Position(1)), send("2", position: Position(2)),
          send("3", replaces: Position(2)), send("4"), send("5"),
        ], completing: again.entries.map(\.id)), now: start)
    _ = try await store.transcript(
      loaded.dialogue.id, from: Position(1), through: Position(2), limit: 9)
    let taken = try await store.claimAnswers(limit: 9, lease: lease(), now: start)[0]
    _ = try await store.announceAnswer(taken.id, now: start)
    _ = try await store.interruptions(owner: "a")
    try await store.renewAnswers([taken.id], lease: lease())
    try await store.releaseAnswer(taken.id)
    _ = try await store.finishAnswer(
      taken.id, outcome: .failed(job: answer.id, .busy), now: start)
    try await store.commit(
      Step(
        expectedVersion: 2, dialogue: loaded.dialogue,
        interruptions: [answer.id: .drop, AnswerJobID(5): .stop]), now: start)
    let settlements: [SendSettlement] = [
      .retry(at: start, counted: true), .sent(MessageID(9), repeated: false),
      .sent(MessageID(10), repeated: false), .sendAnew, .replacePart([]),
      .undelivered(reason: "x", unreachable: true),
    ]
    for settlement in settlements {
      let send = try await store.claimSends(limit: 9, lease: lease(), now: start)[0]
      try await store.settleSend(send, settlement, now: start)
    }
  }

  private func everythingOfOperators(_ store: SQLiteStore) async throws {
    let loaded = try await store.load(address(1))
    var dialogue = loaded.dialogue
    let anna = Operator(id: OperatorID(5), name: "Анна")
    dialogue.state = .operated(
      Assignment(
        by: anna, chat: ChatID(-5), requestedAt: nil, since: start, lastSign: start, due: start))
    let source = StaffMessage(chat: ChatID(-5), id: MessageID(90))
    let staff = StaffDestination(chat: ChatID(-5), topicName: "x")
    let slot = Slot(.request)
    let answer = OutboxMessage(
      parts: [.text(FormattedText("a"))], position: Position(1), relay: .toCustomer(source),
      refersTo: .edit(source), slot: slot)
    let line = OutboxMessage(
      parts: [.text(FormattedText("a"))], staff: staff, relay: .toStaff([MessageID(1)]),
      merges: true)
    let shown = OutboxMessage(
      parts: [.text(FormattedText("b"))], staff: staff, relay: .toStaff([]),
      refersTo: .replyToCustomer(MessageID(1)), slot: slot)
    try await store.commit(
      Step(
        expectedVersion: 1, dialogue: dialogue,
        transcript: [
          .append(
            Message(position: Position(1), role: .operator(anna), text: "a", at: start))
        ], outbox: [.send(answer), .send(line), .send(line), .send(shown)],
        log: [DeskLogEntry(conversation: dialogue.id, at: start, kind: .reminded)]), now: start)
    let settlements: [SendSettlement] = [
      .sendAnew, .topicLost, .undelivered(reason: "x", unreachable: true),
      .replacePart([.newTopic(name: "x"), .text(FormattedText("a"))]),
      .sent(MessageID(9), repeated: false), .withoutTopic, .sent(MessageID(9), repeated: false),
      .sent(MessageID(10), repeated: false),
    ]
    for settlement in settlements {
      for send in try await store.claimSends(limit: 1, lease: lease(), now: start) {
        try await store.settleSend(send, settlement, now: start)
      }
    }
    dialogue.state = .bot(awaiting: nil)
    try await store.commit(
      Step(expectedVersion: 2, dialogue: dialogue, resending: [Position(1)]), now: start)
    for key in [
      DialogueKey.conversation(dialogue.id), .staffMessage(BotID(1), source),
      .staffTopic(BotID(1), ChatID(-5), TopicID(9)),
    ] { _ = try await store.find(key) }
    for state in [StaffStatus.waiting, .operated, .closed, .bot] {
      _ = try await store.browse(DialogueQuery(state: state, after: dialogue.id, limit: 9))
      _ = try await store.browse(DialogueQuery(state: state, chat: ChatID(1), limit: 9))
    }
    _ = try await store.browse(DialogueQuery(heldBy: anna.id, limit: 9))
    _ = try await store.dueTimers(now: start, limit: 9)
    _ = try await store.deskLog(after: 0, from: start, limit: 9)
    _ = try await store.cannedAnswers(BotID(1))
    _ = try await store.setCannedAnswer(BotID(1), name: "x", text: "y")
    try await store.noteOperator(BotID(1), anna, chat: nil, now: start)
    _ = try await store.operators(BotID(1), limit: 9)
  }
}
