import Conversation
import Storage

extension StorageContract {
  static let careCases: [Case] = [
    Case("keys are forgotten after 48 hours, not before") { store in
      _ = try await store.admit([entry(1)], now: start)
      let hour: Int64 = 3600
      try await store.purge(now: at(48 * hour), undeliveredBefore: start, transcriptsBefore: nil)
      try expectEqual(try await store.admit([entry(1)], now: at(48 * hour)), [false], "known")
      try await store.purge(
        now: at(48 * hour + 1), undeliveredBefore: start, transcriptsBefore: nil)
      try expectEqual(try await store.admit([entry(1)], now: at(49 * hour)), [true], "forgotten")
    },
    Case("many keys are purged") { store in
      for batch in 0..<10 {
        let numbers = (batch * 500)..<((batch + 1) * 500)
        _ = try await store.admit(
          numbers.map { entry(Int64($0), in: chat(Int64($0))) }, now: start)
      }
      try await store.purge(now: at(49 * 3600), undeliveredBefore: start, transcriptsBefore: nil)
      let again = (0..<5000).map { entry(Int64($0), in: chat(Int64($0))) }
      let answers = try await store.admit(again, now: at(49 * 3600))
      try expectEqual(answers.count { $0 }, 5000, "all are new again")
    },
    Case("purging leaves what is still to be done") { store in
      _ = try await store.admit([entry(1)], now: start)
      try await store.step(outbox: [send("a")])
      let job = try await store.ask()
      try await store.purge(
        now: at(100 * 3600), undeliveredBefore: at(100 * 3600), transcriptsBefore: nil)
      try expectEqual(try await store.claimUpdates(), [[1]], "the inbox")
      try expectEqual(try await store.claimTexts(), ["a"], "the messages")
      try expectEqual(
        try await store.claimAnswers(limit: 9, lease: lease(), now: start).map(\.job), [job],
        "the jobs")
    },
    Case("what was said before a time is removed; without one nothing is") { store in
      let early = try await store.step(
        transcript: [
          .append(customerMessage(1)), .append(answerMessage(3, to: 1)),
          .append(customerMessage(5)), .append(answerMessage(6, to: 5)),
        ])
      try await store.purge(now: at(99), undeliveredBefore: start, transcriptsBefore: nil)
      try expectEqual(try await store.transcript(early).count, 4, "kept for ever")
      try await store.purge(now: at(99), undeliveredBefore: start, transcriptsBefore: at(5))
      try expectEqual(
        try await store.transcript(early), [customerMessage(5), answerMessage(6, to: 5)],
        "what is newer")
    },
    Case("what an awaited answer is made of stays until it has ended") { store in
      let job = try await store.ask()
      let id = try await store.step(transcript: [.append(customerMessage(1))])
      try await store.purge(now: at(99), undeliveredBefore: start, transcriptsBefore: at(50))
      try expectEqual(try await store.transcript(id).count, 1, "while the job is there")
      try await store.step(interruptions: [job.id: .drop])
      try await store.purge(now: at(99), undeliveredBefore: start, transcriptsBefore: at(50))
      try expectEqual(try await store.transcript(id), [], "after")
    },
    Case("files of questions that were answered long ago are forgotten with them") { store in
      for (number, time) in [(Int64(1), at(10)), (2, at(90))] {
        try await store.step(chat(number), transcript: [.append(customerMessage(1))]) {
          $0.lastAnswered = Answered(questions: [question(1)], answer: nil, at: time)
        }
      }
      try await store.purge(now: at(99), undeliveredBefore: start, transcriptsBefore: at(50))
      try expectEqual(try await store.load(chat(1)).dialogue.lastAnswered, nil, "long ago")
      try expect(
        try await store.load(chat(2)).dialogue.lastAnswered != nil, "a moment ago")
    },
    Case("many old messages are removed, from many dialogues") { store in
      for number in 1...7 {
        try await store.step(
          chat(Int64(number)), transcript: (1...200).map { .append(customerMessage($0)) })
      }
      try await store.purge(now: at(999), undeliveredBefore: start, transcriptsBefore: at(200))
      for number in 1...7 {
        let id = try await store.load(chat(Int64(number))).dialogue.id
        try expectEqual(
          try await store.transcript(id).map(\.position.rawValue), [200], "the newest stays")
      }
    },
    Case("figures tell what there is, and since when somebody waits") { store in
      try expectEqual(
        try await store.figures(),
        StoreFigures(inboxDepth: 0, outboxDepth: 0, quarantined: 0, oldestUnanswered: nil),
        "an empty store")
      _ = try await store.admit([entry(1, askedAt: at(3)), entry(2)], now: at(3))
      try await store.step(chat(2), outbox: [send("a", askedAt: at(2)), send("b")])
      _ = try await store.ask(chat(3), at: at(1))
      try expectEqual(
        try await store.figures(),
        StoreFigures(inboxDepth: 2, outboxDepth: 3, quarantined: 0, oldestUnanswered: at(1)),
        "everything")
      let work = try await store.claimAnswers(limit: 1, lease: lease(), now: at(3))[0]
      try await store.step(chat(3), interruptions: [work.job.id: .drop])
      try expectEqual(try await store.figures().oldestUnanswered, at(2), "the next oldest")
    },
    Case("probing leaves nothing behind") { store in
      try await store.probe()
      try await store.probe()
      try expectEqual(try await store.figures().outboxDepth, 0, "nothing")
    },
    Case("a closed store says so") { store in
      _ = try await store.load(chat(1))
      await store.close()
      await store.close()
      try await expectError(.closed, "reading") { _ = try await store.figures() }
      try await expectError(.closed, "writing") { try await store.probe() }
      try await expectError(.closed, "loading") { _ = try await store.load(chat(1)) }
    },
  ]
}
