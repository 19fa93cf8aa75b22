import Conversation
import Gateways
import Storage

extension StorageContract {
  static let inboxCases: [Case] = [
    Case("what was admitted is claimed unchanged") { store in
      let message = InboundMessage(
        chat: ChatID(1), isPrivate: true, topic: TopicID(3), id: MessageID(5), ephemeralID: 4,
        speaker: person, date: start, editDate: at(1), text: "Привет\u{0}, \"мир\" 👩‍👩‍👧",
        command: .init(name: "start", argument: "x"), addressee: .bot, quoted: "цитата",
        attachment: Attachment(.photo, fileID: "file", mediaType: "image/jpeg"), album: "a")
      let event = InboxEvent.update(InboundUpdate(id: 9, kind: .message(message)))
      let address = chat(-5, topic: 3, person: 7)
      let new = NewInboxEntry(
        sourceKeys: ["k"], address: address, event: event, notBefore: start, askedAt: start)
      try expectEqual(try await store.admit([new], now: at(1)), [true], "a new entry")
      let works = try await store.claim(limit: 1, lease: lease(), now: at(2))
      try expectEqual(works.count, 1, "one piece of work")
      try expectEqual(works[0].address, address, "its address")
      try expectEqual(works[0].entries.map(\.event), [event], "its event")
      try expectEqual(works[0].entries[0].receivedAt, at(1), "its time")
      try expectEqual(works[0].entries[0].attempts, 1, "its attempts")
    },
    Case("any key that was seen makes a repetition, within one batch too") { store in
      let answers = try await store.admit(
        [
          entry(1, keys: ["a", "b"]), entry(2, keys: ["b", "c"]), entry(3, keys: ["c"]),
          entry(4, keys: ["d", "d"]),
        ], now: start)
      try expectEqual(answers, [true, false, false, true], "repetitions in a batch")
      let later = try await store.admit(
        [entry(5, keys: ["x", "a"]), entry(6, keys: ["e"])], now: at(1))
      try expectEqual(later, [false, true], "repetitions later")
      try expectEqual(try await store.figures().inboxDepth, 3, "what came in")
    },
    Case("a repetition is known after its entry has ended") { store in
      _ = try await store.admit([entry(1)], now: start)
      let works = try await store.claim(limit: 1, lease: lease(), now: start)
      try await store.step(completing: works.flatMap(\.entries).map(\.id))
      try expectEqual(try await store.admit([entry(1)], now: at(1)), [false], "known")
    },
    Case("one address is worked on in order, one entry at a time") { store in
      _ = try await store.admit(
        [entry(1), entry(2), entry(3, in: chat(2)), entry(4, in: chat(1, topic: 1))], now: start)
      let works = try await store.claim(limit: 100, lease: lease(), now: start)
      try expectEqual(works.count, 3, "one entry of each address")
      try expectEqual(try await store.claimUpdates(), [], "nothing while they are held")
      guard let first = works.first(where: { $0.address == chat(1) }) else {
        throw ContractViolation(description: "the oldest of the first address is missing")
      }
      try expectEqual(first.entries.map(\.event), [event(1)], "the oldest comes first")
      try await store.step(completing: first.entries.map(\.id))
      try expectEqual(try await store.claimUpdates(), [[2]], "then the next")
    },
    Case("claim takes no more than its limit") { store in
      _ = try await store.admit((1...5).map { entry($0, in: chat($0)) }, now: start)
      try expectEqual(
        try await store.claim(limit: 2, lease: lease(), now: start).count, 2, "the limit")
      try expectEqual(try await store.claimUpdates().count, 3, "the rest")
    },
    Case("an entry that is not yet due holds back the later ones of its address") { store in
      _ = try await store.admit(
        [entry(1, notBefore: at(5)), entry(2), entry(3, in: chat(2))], now: start)
      try expectEqual(try await store.claimUpdates(now: at(4)), [[3]], "only another address")
      try expectEqual(try await store.claimUpdates(now: at(5)), [[1]], "when it is due")
    },
    Case("the parts of an album are worked on together, with what has come meanwhile") { store in
      _ = try await store.admit(
        [entry(1, album: "x", notBefore: at(1)), entry(2, notBefore: start)], now: start)
      _ = try await store.admit([entry(3, album: "x", notBefore: at(2))], now: start)
      _ = try await store.admit([entry(4, in: chat(2), album: "x", notBefore: at(9))], now: start)
      let works = try await store.claim(limit: 10, lease: lease(), now: at(1))
      try expectEqual(works.count, 1, "one piece of work")
      try expectEqual(works[0].entries.map(\.event), [event(1), event(3)], "the whole album")
      try await store.step(completing: works[0].entries.map(\.id))
      try expectEqual(try await store.claimUpdates(now: at(2)), [[2]], "then what follows")
    },
    Case("work is free again when its lease has run out, and attempts are counted") { store in
      _ = try await store.admit([entry(1), entry(2)], now: start)
      _ = try await store.claim(limit: 1, lease: lease(until: 10), now: start)
      try expectEqual(try await store.claimUpdates(now: at(9)), [], "held")
      let again = try await store.claim(limit: 1, lease: lease("b", until: 30), now: at(10))
      try expectEqual(again.flatMap(\.entries).map(\.event), [event(1)], "the same entry")
      try expectEqual(again.flatMap(\.entries).map(\.attempts), [2], "the second attempt")
    },
    Case("what was given back comes again at its time, before the later ones") { store in
      _ = try await store.admit(
        [entry(1, album: "x"), entry(2, album: "x"), entry(3)], now: start)
      let works = try await store.claim(limit: 1, lease: lease(), now: start)
      try await store.release(
        works[0].entries.map(\.id), reason: "a failure", retryAt: at(20), counted: true)
      try expectEqual(try await store.claimUpdates(now: at(19)), [], "not before its time")
      let again = try await store.claim(limit: 1, lease: lease(until: 90), now: at(20))
      try expectEqual(again.flatMap(\.entries).map(\.event), [event(1), event(2)], "as before")
      try expectEqual(again.flatMap(\.entries).map(\.attempts), [2, 2], "attempts")
    },
    Case("an attempt whose failure was not the entry's is taken back") { store in
      _ = try await store.admit([entry(1)], now: start)
      let works = try await store.claim(limit: 1, lease: lease(), now: start)
      try await store.release(
        works[0].entries.map(\.id), reason: "the disk is full", retryAt: at(20), counted: false)
      let again = try await store.claim(limit: 1, lease: lease(until: 90), now: at(20))
      try expectEqual(again.flatMap(\.entries).map(\.attempts), [1], "attempts")
    },
    Case("work that somebody else has ended is not committed twice") { store in
      _ = try await store.admit([entry(1)], now: start)
      let slow = try await store.claim(limit: 1, lease: lease("a", until: 10), now: start)
      let fast = try await store.claim(limit: 1, lease: lease("b", until: 30), now: at(10))
      let ids = slow.flatMap(\.entries).map(\.id)
      try expectEqual(fast.flatMap(\.entries).map(\.id), ids, "the same entry")
      try await store.step(completing: ids)
      try await expectError(.conflict, "the slow one") {
        try await store.step(transcript: [.append(customerMessage(1))], completing: ids)
      }
      let id = try await store.load(chat(1)).dialogue.id
      try expectEqual(try await store.transcript(id), [], "nothing of it is kept")
    },
  ]

  static let quarantineCases: [Case] = [
    Case("a quarantined entry lets the next pass, is listed, and the person is told") { store in
      _ = try await store.admit([entry(1, askedAt: start), entry(2)], now: start)
      let works = try await store.claim(limit: 1, lease: lease(), now: start)
      let id = works[0].entries[0].id
      try await store.quarantine([id], reason: "poison", telling: send("sorry"), now: at(1))
      let listed = try await store.quarantined(limit: 10)
      try expectEqual(
        listed,
        [
          QuarantinedEntry(
            id: id, address: chat(1), reason: "poison", receivedAt: start, attempts: 1)
        ], "the list")
      let figures = try await store.figures()
      try expectEqual(figures.quarantined, 1, "quarantined")
      try expectEqual(figures.inboxDepth, 1, "the inbox without it")
      try expectEqual(figures.oldestUnanswered, nil, "it has ended in a friendly text")
      try expectEqual(try await store.claimUpdates(now: at(1)), [[2]], "the next")
      try expectEqual(try await store.claimTexts(now: at(1)), ["sorry"], "the text")
    },
    Case("a quarantined entry can be tried again, its attempts forgotten") { store in
      _ = try await store.admit([entry(1)], now: start)
      let works = try await store.claim(limit: 1, lease: lease(), now: start)
      let id = works[0].entries[0].id
      try await store.quarantine([id], reason: "poison", telling: nil, now: start)
      try expectEqual(try await store.retryQuarantined(id, now: at(5)), true, "there is one")
      try expectEqual(try await store.retryQuarantined(id, now: at(5)), false, "only one")
      try expectEqual(try await store.quarantined(limit: 10), [], "the list")
      let again = try await store.claim(limit: 1, lease: lease(), now: at(5))
      try expectEqual(again.flatMap(\.entries).map(\.event), [event(1)], "the event")
      try expectEqual(again.flatMap(\.entries).map(\.attempts), [1], "attempts")
    },
    Case("a quarantined entry can be dropped for good") { store in
      _ = try await store.admit([entry(1)], now: start)
      let works = try await store.claim(limit: 1, lease: lease(), now: start)
      let id = works[0].entries[0].id
      try expectEqual(try await store.dropQuarantined(id), false, "not what is in the inbox")
      try await store.quarantine([id], reason: "poison", telling: nil, now: start)
      try expectEqual(try await store.dropQuarantined(id), true, "there is one")
      try expectEqual(try await store.dropQuarantined(id), false, "only one")
      try expectEqual(
        try await store.figures(),
        StoreFigures(inboxDepth: 0, outboxDepth: 0, quarantined: 0, oldestUnanswered: nil),
        "nothing is left")
    },
    Case("an unusable body goes straight into quarantine") { store in
      let unusable = NewInboxEntry(
        sourceKeys: ["u"], address: chat(0), event: .unusable(body: "{", reason: "no JSON"),
        notBefore: start)
      try expectEqual(try await store.admit([unusable], now: start), [true], "new")
      try expectEqual(try await store.admit([unusable], now: start), [false], "known")
      try expectEqual(try await store.claimUpdates(), [], "nothing to work on")
      try expectEqual(
        try await store.quarantined(limit: 10).map(\.reason), ["no JSON"], "the list")
    },
    Case("the list of quarantined entries has a limit, oldest first") { store in
      for number in 1...3 {
        let unusable = NewInboxEntry(
          sourceKeys: ["\(number)"], address: chat(0),
          event: .unusable(body: "", reason: "\(number)"), notBefore: start)
        _ = try await store.admit([unusable], now: at(Int64(number)))
      }
      try expectEqual(
        try await store.quarantined(limit: 2).map(\.reason), ["1", "2"], "the oldest two")
    },
  ]
}
