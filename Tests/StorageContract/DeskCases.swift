import Conversation
import Gateways
import Storage

/// What is kept about operators and dialogues with them.
extension StorageContract {
  static let deskCases: [Case] = [
    Case("a dialogue with a person is loaded as it was committed, and so is what it remembers") {
      store in
      var memory = DeskMemory(audience: Audience(language: .english, isPrivate: true))
      memory.forums = [desk]
      memory.lastOperator = olga
      let request = HandoffRequest(
        since: at(1), reason: .words, announcedIn: [desk], lastSign: at(2), stage: .passedOn,
        due: at(9), place: 3, unheard: [question(1)])
      let assignment = Assignment(
        by: olga, chat: desk, requestedAt: at(1), since: at(2), lastSign: at(3), due: at(9),
        hasAnswered: true, unansweredSince: at(4))
      for state in [
        DialogueState.waiting(request), .operated(assignment), .closed(at: at(5)),
        .bot(awaiting: nil),
      ] {
        try await store.step {
          $0.state = state
          $0.desk = memory
        }
        let loaded = try await store.load(chat(1))
        try expectEqual(loaded.dialogue.state, state, "the state")
        try expectEqual(loaded.dialogue.desk, memory, "what it remembers")
        let found = try await store.find(.conversation(loaded.dialogue.id))
        try expectEqual(found?.stored, loaded, "as it is stored")
      }
    },
    Case("what operators say and what happens stands in the transcript where it was said") {
      store in
      let said = Message(
        position: Position(2), role: .operator(olga), text: "здравствуйте", quoted: "вопрос",
        source: staffMessage(70), at: at(2), delivery: .pending)
      let note = Message(
        position: Position(3), role: .note(pavel), text: "трудный", source: staffMessage(71),
        at: at(3))
      let suggestion = Message(position: Position(4), role: .suggestion, text: "да?", at: at(4))
      let marks = Message.Mark.allCases.enumerated().map { number, mark in
        Message(
          position: Position(Int64(number) + 5), role: .mark(mark), text: "", at: at(5))
      }
      let id = try await store.step(
        transcript: ([customerMessage(1), said, note, suggestion] + marks).map { .append($0) })
      try expectEqual(
        try await store.transcript(id), [customerMessage(1), said, note, suggestion] + marks,
        "the transcript")
      try await store.say(toCustomer(text("здравствуйте"), from: 70, position: 2))
      try await store.deliver(as: 5)
      try expectEqual(
        try await store.transcript(id).map(\.delivery),
        [nil, .delivered]
          + Array(
            repeating: nil, count: 2 + marks.count), "only its message is marked")
      try await store.step(transcript: [.remove(Position(4)), .removeAll(before: Position(3))])
      try expectEqual(try await store.transcript(id), [note] + marks, "what is left")
    },
    Case("timers come when their time has come, the earliest first") { store in
      try await store.step(chat(1)) { $0.state = waiting(since: 0, due: 20) }
      let operatedID = try await store.step(chat(2)) { $0.state = operated(since: 0, due: 10) }
      try await store.step(chat(3)) { $0.state = .closed(at: start) }
      try await store.step(chat(4)) { $0.state = .bot(awaiting: nil) }
      try expectEqual(try await store.dueTimers(now: at(9), limit: 9), [], "not yet")
      try expectEqual(
        try await store.dueTimers(now: at(10), limit: 9),
        [DueTimer(address: chat(2), conversation: operatedID, at: at(10))], "the first")
      try expectEqual(
        try await store.dueTimers(now: at(50), limit: 9).map(\.address), [chat(2), chat(1)],
        "both")
      try expectEqual(
        try await store.dueTimers(now: at(50), limit: 1).map(\.address), [chat(2)], "the limit")
      try await store.step(chat(2)) { $0.state = .bot(awaiting: nil) }
      try await store.step(chat(1)) { $0.state = waiting(since: 0, due: 90) }
      try expectEqual(try await store.dueTimers(now: at(50), limit: 9), [], "both changed")
    },
    Case("the log is read on from a number and from a time") { store in
      let id = try await store.load(chat(1)).dialogue.id
      let kinds: [DeskLogEntry.Kind] = [
        .requested(.words), .taken(olga.id, waited: 5), .answered(olga.id, first: 7, next: nil),
        .closed(nil, resolution: 9),
      ]
      let entries = kinds.enumerated().map { number, kind in
        DeskLogEntry(conversation: id, at: at(Int64(number)), kind: kind)
      }
      try await store.step(log: Array(entries[..<3]))
      try await store.step(log: [entries[3]])
      let all = try await store.deskLog(after: 0, from: nil, limit: 9)
      try expectEqual(all.map(\.entry), entries, "all")
      try expectEqual(all.map(\.number), all.map(\.number).sorted(), "ascending")
      try expectEqual(
        try await store.deskLog(after: all[1].number, from: nil, limit: 1), [all[2]], "on")
      try expectEqual(
        try await store.deskLog(after: 0, from: at(2), limit: 9), Array(all[2...]), "from a time")
      try expectEqual(
        try await store.deskLog(after: all[0].number, from: at(2), limit: 1), [all[2]], "both")
      try expectEqual(
        try await store.deskLog(after: 0, from: at(4), limit: 9), [], "nothing since")
    },
    Case("the log of a step that meets a conflict is not kept") { store in
      let old = try await store.load(chat(1))
      try await store.step { $0.introduced = true }
      let entry = DeskLogEntry(conversation: old.dialogue.id, at: start, kind: .reminded)
      try await expectError(.conflict, "the old version") {
        try await store.commit(
          Step(expectedVersion: old.version, dialogue: old.dialogue, log: [entry]), now: start)
      }
      try expectEqual(try await store.deskLog(after: 0, from: nil, limit: 9), [], "the log")
    },
    Case("canned answers are kept by name, for each bot") { store in
      let hello = CannedAnswer(name: "hello", text: "Здравствуйте!")
      let price = CannedAnswer(name: "price", text: "100")
      for answer in [price, hello, CannedAnswer(name: "price", text: "200")] {
        try expect(
          try await store.setCannedAnswer(bot, name: answer.name, text: answer.text), "kept")
      }
      _ = try await store.setCannedAnswer(BotID(9), name: "other", text: "x")
      try expectEqual(
        try await store.cannedAnswers(bot), [hello, CannedAnswer(name: "price", text: "200")],
        "by name, the newest")
      try expect(try await store.setCannedAnswer(bot, name: "price", text: nil), "removed")
      try expect(!(try await store.setCannedAnswer(bot, name: "price", text: nil)), "once")
      try expectEqual(try await store.cannedAnswers(bot), [hello], "what is left")
    },
    Case("who acted as an operator is known, the latest first") { store in
      try await store.noteOperator(bot, olga, chat: desk, now: at(1))
      try await store.noteOperator(bot, pavel, chat: nil, now: at(2))
      try await store.noteOperator(BotID(9), olga, chat: desk, now: at(2))
      try expectEqual(
        try await store.operators(bot, limit: 9),
        [KnownOperator(operator: pavel, chat: nil), KnownOperator(operator: olga, chat: desk)],
        "both")
      let renamed = Operator(id: olga.id, name: "Оля")
      try await store.noteOperator(bot, renamed, chat: nil, now: at(3))
      try expectEqual(
        try await store.operators(bot, limit: 1), [KnownOperator(operator: renamed, chat: desk)],
        "under the newest name, in the chat in which they acted last")
      try await store.dismissOperator(bot, olga.id, from: ChatID(-7))
      try await store.dismissOperator(bot, pavel.id, from: desk)
      try expectEqual(try await store.operators(bot, limit: 9).count, 2, "both work elsewhere")
      try await store.dismissOperator(bot, olga.id, from: desk)
      try expectEqual(
        try await store.operators(bot, limit: 9), [KnownOperator(operator: pavel, chat: nil)],
        "who left")
      try expectEqual(try await store.operators(BotID(9), limit: 9).count, 1, "the other bot's")
    },
    Case("messages that belong to no step complete their entries, and only once") { store in
      _ = try await store.admit([entry(1, in: chat(-500))], now: start)
      let works = try await store.claim(limit: 9, lease: lease(), now: start)
      let ids = works.flatMap(\.entries).map(\.id)
      let message = OutboxMessage(parts: [text("список")], replyTo: MessageID(4))
      try await store.enqueue([message], at: chat(-500), completing: ids, now: start)
      try await expectError(.conflict, "again") {
        try await store.enqueue([message], at: chat(-500), completing: ids, now: start)
      }
      try expectEqual(
        try await store.figures(),
        StoreFigures(inboxDepth: 0, outboxDepth: 1, quarantined: 0, oldestUnanswered: nil),
        "once")
      let work = try await store.deliver(as: 9)
      try expectEqual(work.message, message, "the message")
      try expectEqual(work.replyTo, MessageID(4), "to which it replies")
      try expectEqual(work.address, chat(-500), "where it goes")
    },
  ]
}
