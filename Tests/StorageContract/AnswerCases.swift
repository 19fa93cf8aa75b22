import Conversation
import Gateways
import Storage

extension StorageContract {
  static let answerCases: [Case] = [
    Case("a job is taken by one at a time and comes again when its lease has run out") { store in
      let job = try await store.ask()
      let first = try await store.claimAnswers(limit: 5, lease: lease(until: 10), now: start)
      try expectEqual(first.map(\.job), [job], "the job")
      try expectEqual(first.map(\.address), [chat(1)], "its address")
      try expectEqual(first.map(\.attempts), [1], "its attempts")
      try expectEqual(first.map(\.stopRequested), [false], "nobody stopped it")
      try expectEqual(
        try await store.claimAnswers(limit: 5, lease: lease("b"), now: at(9)), [], "held")
      let again = try await store.claimAnswers(limit: 5, lease: lease("b"), now: at(10))
      try expectEqual(again.map(\.attempts), [2], "again")
    },
    Case("renewing lengthens the leases on named jobs of the owner only") { store in
      for number in 1...3 { _ = try await store.ask(chat(Int64(number))) }
      let mine = try await store.claimAnswers(limit: 2, lease: lease("a", until: 10), now: start)
      let other = try await store.claimAnswers(limit: 1, lease: lease("b", until: 10), now: start)
      try await store.renewAnswers(
        [mine[0].id] + other.map(\.id), lease: lease("a", until: 50))
      let free = try await store.claimAnswers(limit: 9, lease: lease("c", until: 90), now: at(20))
      try expectEqual(free.count, 2, "one that was not named, and the other's")
      let later = try await store.claimAnswers(limit: 9, lease: lease("c", until: 90), now: at(50))
      try expectEqual(later.count, 1, "then its own")
    },
    Case("a finished job admits its outcome once") { store in
      let job = try await store.ask(at: at(3))
      let work = try await store.claimAnswers(limit: 1, lease: lease(), now: at(4))[0]
      let outcome = AnswerOutcome.ready(
        job: job.id, text: "ответ", use: ContextUse(tokens: 5, budget: 10, isNearlyFull: false))
      try expectEqual(
        try await store.finishAnswer(work.id, outcome: outcome, now: at(5)), true, "ended")
      try expectEqual(
        try await store.finishAnswer(work.id, outcome: outcome, now: at(5)), false, "once")
      let figures = try await store.figures()
      try expectEqual(figures.outboxDepth, 0, "the outbox")
      try expectEqual(figures.oldestUnanswered, at(3), "the question has not ended yet")
      let works = try await store.claim(limit: 9, lease: lease(), now: at(5))
      try expectEqual(works.map(\.address), [chat(1)], "where")
      try expectEqual(works.flatMap(\.entries).map(\.event), [.answer(outcome)], "the outcome")
    },
    Case("an answer that appears is announced, unless its job was interrupted") { store in
      let job = try await store.ask()
      let work = try await store.claimAnswers(limit: 1, lease: lease(), now: start)[0]
      try expectEqual(
        try await store.announceAnswer(work.id, now: at(1)), true, "it may be shown")
      var works = try await store.claim(limit: 9, lease: lease(), now: at(1))
      try expectEqual(works.map(\.address), [chat(1)], "where")
      try expectEqual(works.flatMap(\.entries).map(\.event), [.answerAppeared(job.id)], "the event")
      try await store.step(completing: works.flatMap(\.entries).map(\.id))
      try await store.step(interruptions: [job.id: .stop])
      try expectEqual(try await store.announceAnswer(work.id, now: at(2)), false, "it is to stop")
      try await store.step(interruptions: [job.id: .drop])
      try expectEqual(try await store.announceAnswer(work.id, now: at(2)), false, "it was dropped")
      _ = try await store.finishAnswer(
        work.id, outcome: .failed(job: job.id, .busy), now: at(3))
      try expectEqual(try await store.announceAnswer(work.id, now: at(3)), false, "it has ended")
      works = try await store.claim(limit: 9, lease: lease(), now: at(3))
      try expectEqual(works, [], "nothing more is admitted")
    },
    Case("a job that was given back is taken again at once") { store in
      _ = try await store.ask()
      let work = try await store.claimAnswers(limit: 1, lease: lease(), now: start)[0]
      try await store.releaseAnswer(work.id)
      try expectEqual(
        try await store.claimAnswers(limit: 1, lease: lease("b"), now: start).map(\.id),
        [work.id], "again")
    },
    Case("a dropped job is not taken, ends without a trace, and its holder learns of it") {
      store in
      let held = try await store.ask(chat(1))
      let waiting = try await store.ask(chat(2))
      let work = try await store.claimAnswers(limit: 1, lease: lease("a"), now: start)[0]
      try expectEqual(work.job, held, "the older one")
      try expectEqual(try await store.interruptions(owner: "a"), [:], "nothing yet")
      try await store.step(chat(1), interruptions: [held.id: .drop])
      try await store.step(chat(2), interruptions: [waiting.id: .drop])
      try expectEqual(
        try await store.interruptions(owner: "a"), [work.id: .drop], "the holder learns")
      try expectEqual(try await store.interruptions(owner: "b"), [:], "nobody else")
      try expectEqual(
        try await store.claimAnswers(limit: 9, lease: lease("b"), now: at(1000)), [],
        "it is not taken again")
      let figures = try await store.figures()
      try expectEqual(figures.outboxDepth, 0, "it counts as ended")
      try expectEqual(figures.oldestUnanswered, nil, "nobody waits for it")
      let ended = try await store.finishAnswer(
        work.id, outcome: .ready(job: held.id, text: "late", use: nil), now: at(1))
      try expectEqual(ended, false, "too late")
      try expectEqual(try await store.figures().inboxDepth, 0, "nothing is admitted")
    },
    Case("a stopped job is told, to its holder and to who takes it later") { store in
      let job = try await store.ask()
      let work = try await store.claimAnswers(limit: 1, lease: lease("a"), now: start)[0]
      try await store.step(interruptions: [job.id: .stop])
      try expectEqual(try await store.interruptions(owner: "a"), [work.id: .stop], "told")
      try await store.releaseAnswer(work.id)
      let again = try await store.claimAnswers(limit: 1, lease: lease("b"), now: start)
      try expectEqual(again.map(\.stopRequested), [true], "told with the job")
      try await store.step(interruptions: [job.id: .drop])
      try await store.step(interruptions: [job.id: .stop])
      try expectEqual(
        try await store.interruptions(owner: "b"), [work.id: .drop], "dropped stays dropped")
      try await store.releaseAnswer(work.id)
      try expectEqual(
        try await store.claimAnswers(limit: 1, lease: lease("c"), now: start), [], "gone")
    },
  ]
}
