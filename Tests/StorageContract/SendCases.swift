import Conversation
import Gateways
import Storage

extension StorageContract {
  static let sendCases: [Case] = [
    Case("messages of a chat go out one after another, over all its topics") { store in
      try await store.step(chat(1), outbox: [send("a"), send("b")])
      try await store.step(chat(1, topic: 2), outbox: [send("c")])
      try await store.step(chat(2), outbox: [send("d")])
      let works = try await store.claimSends(limit: 9, lease: lease(), now: start)
      try expectEqual(works.map(\.text), ["a", "d"], "the oldest of each chat")
      try expectEqual(try await store.claimTexts(), [], "while they are held")
      try await store.settleSend(works[0], .sent(MessageID(1), repeated: false), now: start)
      try expectEqual(try await store.claimTexts(), ["b"], "the next")
    },
    Case("a message is claimed as it was enqueued") { store in
      let rich = MessageContent.rich(
        Document([.heading(level: 1, [.styled(.bold, [.text("H")])]), .code(language: nil, "x")]))
      let message = OutboxMessage(
        parts: [rich, text("2")], replyTo: MessageID(5), keyboard: [["a"]],
        position: Position(3), askedAt: start)
      try await store.step(chat(1, topic: 8), outbox: [.send(message)])
      let works = try await store.claimSends(limit: 9, lease: lease(), now: start)
      try expectEqual(works.map(\.message), [message], "the message")
      try expectEqual(works.map(\.address), [chat(1, topic: 8)], "its address")
      try expectEqual(works.map(\.part), [0], "its part")
      try expectEqual(works.map(\.interrupted), [false], "not interrupted")
    },
    Case("parts go out in order, and the last one ends the message") { store in
      let id = try await store.step(
        transcript: [.append(customerMessage(1)), .append(answerMessage(2, to: 1))],
        outbox: [send("a", "b", position: 2, askedAt: at(-5)), send("next")])
      for (number, part) in ["a", "b"].enumerated() {
        try expectEqual(try await store.figures().oldestUnanswered, at(-5), "not ended")
        let work = try await store.claimSends(limit: 9, lease: lease(), now: start)[0]
        try expectEqual(work.text, part, "the part")
        try expectEqual(
          try await store.transcript(id).last?.delivery, .pending, "not yet delivered")
        try await store.settleSend(
          work, .sent(MessageID(Int64(number)), repeated: false), now: start)
      }
      try expectEqual(try await store.transcript(id).last?.delivery, .delivered, "delivered")
      try expectEqual(try await store.figures().oldestUnanswered, nil, "ended")
      try expectEqual(try await store.claimTexts(), ["next"], "the next")
    },
    Case("a retry waits, holds back its chat, and counts when it is to") { store in
      try await store.step(outbox: [send("a"), send("b")])
      var work = try await store.claimSends(limit: 9, lease: lease(), now: start)[0]
      try await store.settleSend(work, .retry(at: at(5), counted: false), now: start)
      try expectEqual(try await store.claimTexts(now: at(4)), [], "not yet")
      work = try await store.claimSends(limit: 9, lease: lease(), now: at(5))[0]
      try expectEqual([work.text, "\(work.failures)"], ["a", "0"], "not counted")
      try await store.settleSend(work, .retry(at: at(6), counted: true), now: at(5))
      work = try await store.claimSends(limit: 9, lease: lease(), now: at(6))[0]
      try expectEqual([work.text, "\(work.failures)"], ["a", "1"], "counted")
      try expectEqual(work.interrupted, false, "its outcome was known")
    },
    Case("a part of unknown outcome is counted, and the message is marked as repeated") { store in
      let id = try await store.step(
        transcript: [.append(answerMessage(2, to: 1))], outbox: [send("a", "b", position: 2)])
      var work = try await store.claimSends(limit: 9, lease: lease(), now: start)[0]
      try await store.settleSend(work, .repeatAgain(at: at(5)), now: start)
      work = try await store.claimSends(limit: 9, lease: lease(until: 90), now: at(5))[0]
      try expectEqual(work.unknowns, 1, "one unknown")
      try await store.settleSend(work, .sent(MessageID(1), repeated: true), now: at(6))
      work = try await store.claimSends(limit: 9, lease: lease(until: 90), now: at(6))[0]
      try expectEqual([work.part, work.unknowns], [1, 0], "the next part is a new one")
      try await store.settleSend(work, .sent(MessageID(2), repeated: false), now: at(6))
      try expectEqual(try await store.transcript(id).last?.delivery, .repeated, "repeated")
    },
    Case("a part can be replaced by other ones, at once") { store in
      try await store.step(outbox: [send("a", "b", "c")])
      var work = try await store.claimSends(limit: 9, lease: lease(), now: start)[0]
      try await store.settleSend(work, .sent(MessageID(1), repeated: false), now: start)
      work = try await store.claimSends(limit: 9, lease: lease(), now: start)[0]
      try await store.settleSend(
        work, .replacePart([text("b1"), text("b2")]), now: start)
      var sent: [String] = []
      for number in 2..<5 {
        work = try await store.claimSends(limit: 9, lease: lease(), now: start)[0]
        sent.append(work.text)
        try await store.settleSend(
          work, .sent(MessageID(Int64(number)), repeated: false), now: start)
      }
      try expectEqual(sent, ["b1", "b2", "c"], "the parts")
      try expectEqual(try await store.figures().outboxDepth, 0, "ended")
    },
    Case("a message that can't be delivered ends so, and the dialogue is told when asked") {
      store in
      let id = try await store.step(
        transcript: [.append(answerMessage(2, to: 1))],
        outbox: [send("a", position: 2, askedAt: start), send("b")])
      var work = try await store.claimSends(limit: 9, lease: lease(), now: start)[0]
      try await store.settleSend(
        work, .undelivered(reason: "blocked", unreachable: true), now: at(1))
      try expectEqual(try await store.transcript(id).last?.delivery, .undelivered, "marked")
      let works = try await store.claim(limit: 9, lease: lease(), now: at(1))
      try expectEqual(works.flatMap(\.entries).map(\.event), [.unreachable], "the event")
      try expectEqual(works.map(\.address), [chat(1)], "where")
      work = try await store.claimSends(limit: 9, lease: lease(), now: at(1))[0]
      try expectEqual(work.text, "b", "the next")
      try await store.settleSend(
        work, .undelivered(reason: "refused", unreachable: false), now: at(1))
      let figures = try await store.figures()
      try expectEqual([figures.outboxDepth, figures.inboxDepth], [0, 1], "no further event")
      try expectEqual(figures.oldestUnanswered, nil, "ended")
      try expectEqual(try await store.claimTexts(now: at(1000)), [], "never again")
    },
    Case("a message whose sender has gone comes again, marked as interrupted") { store in
      try await store.step(outbox: [send("a"), send("b")])
      _ = try await store.claimSends(limit: 9, lease: lease(until: 10), now: start)
      try expectEqual(try await store.claimTexts(now: at(9)), [], "held")
      let again = try await store.claimSends(limit: 9, lease: lease("b", until: 20), now: at(10))
      try expectEqual(again.map(\.text), ["a"], "the same one")
      try expectEqual(again.map(\.interrupted), [true], "interrupted")
      let third = try await store.claimSends(limit: 9, lease: lease("c", until: 90), now: at(20))
      try expectEqual(third.map(\.interrupted), [true], "until its outcome is recorded")
      try await store.settleSend(third[0], .repeatAgain(at: at(20)), now: at(20))
      let fourth = try await store.claimSends(limit: 9, lease: lease("c", until: 90), now: at(20))
      try expectEqual(fourth.map(\.interrupted), [false], "recorded")
      try expectEqual(fourth.map(\.unknowns), [1], "as unknown")
    },
    Case("claiming messages takes no more than its limit") { store in
      for number in 1...5 {
        try await store.step(chat(Int64(number)), outbox: [send("\(number)")])
      }
      let works = try await store.claimSends(limit: 2, lease: lease(), now: start)
      try expectEqual(works.count, 2, "the limit")
      try expectEqual(try await store.claimTexts().count, 3, "the rest")
    },
  ]
}
