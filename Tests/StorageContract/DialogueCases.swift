import Conversation
import Gateways
import Storage

extension StorageContract {
  static let dialogueCases: [Case] = [
    Case("load makes a dialogue once for each address") { store in
      let addresses = [
        chat(1), chat(1, topic: 2), chat(1, person: 7), chat(1, topic: 2, person: 7), chat(2),
        ConversationAddress(bot: BotID(9), chat: ChatID(1)),
      ]
      var seen: Set<ConversationID> = []
      for address in addresses {
        let first = try await store.load(address)
        try expectEqual(
          first.dialogue, Dialogue(id: first.dialogue.id), "a dialogue without words")
        try expectEqual(try await store.load(address), first, "the same again")
        seen.insert(first.dialogue.id)
      }
      try expectEqual(seen.count, addresses.count, "one for each")
    },
    Case("load makes one dialogue for many who ask at once") { store in
      let ids = try await withThrowingTaskGroup(of: ConversationID.self) { group in
        for _ in 0..<20 { group.addTask { try await store.load(chat(1)).dialogue.id } }
        return try await group.reduce(into: Set<ConversationID>()) { $0.insert($1) }
      }
      try expectEqual(ids.count, 1, "one dialogue")
    },
    Case("a committed dialogue is loaded as it was committed") { store in
      let job = try await store.ask()
      try await store.step { dialogue in
        dialogue.state = .bot(awaiting: .init(job: job, appeared: true))
        dialogue.queue = [question(2), question(3)]
        dialogue.nextPosition = Position(4)
        dialogue.recent = [RecentQuestion(person: person.id, at: start, refused: true)]
        dialogue.reachable = false
      }
      let loaded = try await store.load(chat(1)).dialogue
      try expectEqual(loaded.state, .bot(awaiting: .init(job: job, appeared: true)), "the state")
      try expectEqual(loaded.queue, [question(2), question(3)], "the queue")
      try expectEqual(loaded.nextPosition, Position(4), "the position")
      try expectEqual(loaded.reachable, false, "whether it is reachable")
      try expectEqual(loaded.recent.count, 1, "the questions of the last minute")
    },
    Case("a step on an old version changes nothing at all") { store in
      _ = try await store.admit([entry(1)], now: start)
      let works = try await store.claim(limit: 1, lease: lease(), now: start)
      let job = try await store.ask()
      let old = try await store.load(chat(1))
      try await store.step { $0.introduced = true }
      await Task.yield()
      try await expectError(.conflict, "the old version") {
        try await store.commit(
          Step(
            expectedVersion: old.version, dialogue: old.dialogue,
            transcript: [.append(customerMessage(1))], outbox: [send("text")],
            interruptions: [job.id: .drop], completing: works[0].entries.map(\.id)), now: start)
      }
      try expectEqual(try await store.load(chat(1)).dialogue.introduced, true, "the dialogue")
      try expectEqual(try await store.transcript(old.dialogue.id), [], "the transcript")
      try expectEqual(try await store.claimTexts(), [], "the outbox")
      try expectEqual(try await store.figures().inboxDepth, 1, "the inbox")
      try expectEqual(
        try await store.claimAnswers(limit: 9, lease: lease(), now: start).map(\.job), [job],
        "the jobs")
    },
    Case("who loads after a commit sees it, and its version fits, however many commit") { store in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in Int64(1)...4 {
          group.addTask {
            for round in Int64(1)...50 {
              try await store.step(chat(worker)) { $0.jobs += 1 }
              let loaded = try await store.load(chat(worker))
              try expectEqual(loaded.dialogue.jobs, round, "the newest")
              try expectEqual(loaded.version, round + 1, "its version")
            }
          }
        }
        try await group.waitForAll()
      }
    },
    Case("everything of a step is there after it") { store in
      _ = try await store.admit([entry(1)], now: start)
      let works = try await store.claim(limit: 1, lease: lease(), now: start)
      let id = try await store.step(
        transcript: [.append(customerMessage(1)), .append(answerMessage(2, to: 1))],
        outbox: [send("one", position: 2), send("two")],
        completing: works[0].entries.map(\.id)
      ) { $0.nextPosition = Position(3) }
      try expectEqual(
        try await store.transcript(id), [customerMessage(1), answerMessage(2, to: 1)],
        "the transcript")
      let figures = try await store.figures()
      try expectEqual(figures.inboxDepth, 0, "the inbox")
      try expectEqual(figures.outboxDepth, 2, "the outbox")
    },
    Case("of many who commit on one version one succeeds") { store in
      let loaded = try await store.load(chat(1))
      let winners = await withTaskGroup(of: Int.self) { group in
        for _ in 0..<20 {
          group.addTask {
            let step = Step(
              expectedVersion: loaded.version, dialogue: loaded.dialogue, outbox: [send("x")])
            do {
              try await store.commit(step, now: start)
              return 1
            } catch { return 0 }
          }
        }
        return await group.reduce(0, +)
      }
      try expectEqual(winners, 1, "one winner")
      try expectEqual(try await store.figures().outboxDepth, 1, "its outbox")
    },
  ]

  static let transcriptCases: [Case] = [
    Case("an answer follows its question, whatever was said in between") { store in
      let id = try await store.step(
        transcript: [
          .append(customerMessage(1)), .append(customerMessage(2)), .append(customerMessage(3)),
          .append(answerMessage(4, to: 1)), .append(answerMessage(5, to: 2)),
          .append(answerMessage(6, to: 1)),
        ])
      let whole = try await store.transcript(id).map(\.position.rawValue)
      try expectEqual(whole, [1, 4, 6, 2, 5, 3], "the order of reading")
      func positions(_ from: Int64, _ through: Int64, limit: Int = 100) async throws -> [Int64] {
        try await store.transcript(
          id, from: Position(from), through: Position(through), limit: limit
        ).map(\.position.rawValue)
      }
      try expectEqual(
        try await positions(1, 2), [1, 4, 6, 2], "without the answer to `through` itself")
      try expectEqual(try await positions(2, 3), [2, 5, 3], "from a position on")
      try expectEqual(try await positions(1, 3, limit: 3), [2, 5, 3], "the newest of them")
      try expectEqual(try await positions(4, 9), [], "answers stand at their questions")
    },
    Case("a correction changes the text recorded under its id, and nothing else") { store in
      let id = try await store.step(
        transcript: [.append(customerMessage(1)), .append(customerMessage(2))])
      _ = try await store.step(chat(2), transcript: [.append(customerMessage(1))])
      try await store.step(
        transcript: [
          .correct(MessageID(101), text: "новое"), .correct(MessageID(999), text: "nobody"),
        ])
      var corrected = customerMessage(1)
      corrected.text = "новое"
      try expectEqual(
        try await store.transcript(id), [corrected, customerMessage(2)], "the corrected one")
      let other = try await store.load(chat(2)).dialogue.id
      try expectEqual(
        try await store.transcript(other), [customerMessage(1)], "not another dialogue's")
    },
    Case("a message is taken out where it stands, whether it is a question or an answer") { store in
      let id = try await store.step(
        transcript: [
          .append(customerMessage(1)), .append(answerMessage(3, to: 1)),
          .append(customerMessage(2)), .append(answerMessage(4, to: 2)),
        ])
      try await store.step(
        transcript: [
          .remove(Position(3)), .append(answerMessage(5, to: 1)), .remove(Position(2)),
          .remove(Position(99)),
        ])
      try expectEqual(
        try await store.transcript(id).map(\.position.rawValue), [1, 5, 4], "what is left")
    },
  ]

  static let migrationCases: [Case] = [
    Case("a group that becomes a supergroup takes everything along") { store in
      _ = try await store.admit(
        [entry(1, in: chat(-1)), entry(2, in: chat(-1)), entry(3, in: chat(-1, topic: 4))],
        now: start)
      let id = try await store.load(chat(-1)).dialogue.id
      let topic = try await store.load(chat(-1, topic: 4)).dialogue.id
      let job = try await store.ask(chat(-1))
      try await store.step(chat(-1), outbox: [send("text")])
      let works = try await store.claim(limit: 1, lease: lease(), now: start)
      try await store.migrate(
        bot, from: ChatID(-1), to: ChatID(-100),
        completing: works.flatMap(\.entries).map(\.id), now: start)
      try expectEqual(try await store.load(chat(-100)).dialogue.id, id, "the dialogue")
      try expectEqual(
        try await store.load(chat(-100, topic: 4)).dialogue.id, topic, "the topic's dialogue")
      try expect(try await store.load(chat(-1)).dialogue.id != id, "the old chat has a new one")
      let claimed = try await store.claim(limit: 9, lease: lease(), now: start)
      try expectEqual(
        Set(claimed.map(\.address)), [chat(-100), chat(-100, topic: 4)], "the inbox")
      let answers = try await store.claimAnswers(limit: 9, lease: lease(), now: start)
      try expectEqual(answers.map(\.job), [job], "the job")
      try expectEqual(answers.map(\.address), [chat(-100)], "where the job takes place")
      let sends = try await store.claimSends(limit: 9, lease: lease(), now: start)
      try expectEqual(sends.map(\.address), [chat(-100)], "where the message goes")
    },
    Case("where both chats have a dialogue, the old one's keeps the address") { store in
      let old = try await store.step(chat(-1), outbox: [send("old")])
      let new = try await store.step(chat(-100), outbox: [send("new")])
      let begun = try await store.load(chat(-100))
      _ = try await store.admit(
        [entry(1, in: chat(-100)), entry(2, in: chat(-1)), entry(3, in: chat(-100))], now: start)
      let held = try await store.claim(limit: 1, lease: lease(until: 30), now: start)
      try expectEqual(held.map(\.address), [chat(-100)], "the oldest")
      try await store.migrate(bot, from: ChatID(-1), to: ChatID(-100), completing: [], now: start)
      let loaded = try await store.load(chat(-100)).dialogue.id
      try expectEqual(loaded, old, "the old one's")
      try expect(loaded != new, "not the new one's")
      try await expectError(.conflict, "a step begun on the new one's") {
        try await store.commit(
          Step(expectedVersion: begun.version, dialogue: begun.dialogue), now: start)
      }
      try expectEqual(try await store.claimUpdates(), [], "one lane now, and it is held")
      try await store.step(chat(-100), completing: held.flatMap(\.entries).map(\.id))
      try expectEqual(try await store.claimUpdates(), [[2]], "in order")
      try expectEqual(try await store.claimTexts(), ["old"], "one lane of messages")
    },
  ]
}
