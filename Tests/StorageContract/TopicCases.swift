import Conversation
import Gateways
import Storage

/// Topics of staff forums, joined messages, and messages that are sent again.
extension StorageContract {
  static let topicCases: [Case] = [
    Case("a topic is made once, told of, and found again") { store in
      let id = try await store.say(
        toStaff(text("a"), topic: "Анна", relay: .toStaff([MessageID(5)])),
        toStaff(text("b"), topic: "Анна"))
      var work = try await store.take()
      try expectEqual(work.address, chat(-500), "no topic yet")
      try await store.makeTopic(instead: work, as: 33)
      try expectEqual(try await store.events(), [.staffTopicMade(desk)], "it is told")
      try expectEqual(try await store.conversation(of: 33), nil, "no message that is replied to")
      work = try await store.deliver(as: 34)
      try expectEqual([work.text], ["a"], "then the message")
      try expectEqual(work.address, chat(-500, topic: 33), "in the topic")
      try expectEqual(try await store.conversation(of: 34), id, "which leads to the dialogue")
      work = try await store.deliver(as: 35)
      try expectEqual([work.text], ["b"], "and the next")
      try expectEqual(work.address, chat(-500, topic: 33), "in the topic")
      try expectEqual(
        try await store.find(.staffTopic(bot, desk, TopicID(33)))?.stored.dialogue.id, id,
        "the dialogue")
      for key in [
        DialogueKey.staffTopic(bot, desk, TopicID(34)),
        .staffTopic(bot, ChatID(-501), TopicID(33)), .staffTopic(BotID(9), desk, TopicID(33)),
      ] { try expectEqual(try await store.find(key), nil, "nobody's: \(key)") }
      try await store.say(toStaff(text("c"), topic: "Борис"), at: chat(2))
      try expectEqual(try await store.take().address, chat(-500), "not another dialogue's")
    },
    Case("what makes a topic still replies to what it refers to") { store in
      try await store.bring(toStaff(text("a"), relay: .toStaff([MessageID(5)])), as: 30)
      try await store.say(
        toStaff(text("b"), text("c"), topic: "Анна", refersTo: .replyToCustomer(MessageID(5))))
      try await store.makeTopic(instead: try await store.take(), as: 33)
      try expectEqual(try await store.deliver(as: 34).replyTo, MessageID(30), "in the topic")
      try expectEqual(try await store.deliver(as: 35).replyTo, nil, "its first part")
    },
    Case("a topic that is gone is forgotten and told of, and the message comes again at once") {
      store in
      let slot = Slot(.request)
      try await store.say(toStaff(text("a"), topic: "Анна", slot: slot))
      try await store.makeTopic(instead: try await store.take(), as: 33)
      try await store.deliver(as: 34)
      _ = try await store.events()
      try await store.say(toStaff(text("b"), topic: "Анна", slot: slot))
      var work = try await store.take()
      try expectEqual(work.edits, MessageID(34), "in place")
      try await store.settleSend(work, .topicLost, now: start)
      try expectEqual(
        try await store.events(), [.staffChatLost(desk, topicOnly: true)], "it is told")
      try expectEqual(
        try await store.find(.staffTopic(bot, desk, TopicID(33))), nil, "it is forgotten")
      work = try await store.take()
      try expectEqual([work.text], ["b"], "the same one")
      try expectEqual(work.address, chat(-500), "without a topic")
      try expectEqual(work.edits, nil, "what stood there is gone")
      try expectEqual([work.failures, work.unknowns], [0, 0], "not counted")
      try await store.makeTopic(instead: work, as: 44)
      try expectEqual(try await store.deliver(as: 45).address, chat(-500, topic: 44), "the new")
    },
    Case("where there are no topics the message goes without one, at once") { store in
      try await store.say(toStaff(text("a"), topic: "Анна"))
      var work = try await store.take()
      try await store.settleSend(
        work, .replacePart([.newTopic(name: "Анна"), text("a")]), now: start)
      work = try await store.take()
      try await store.settleSend(work, .withoutTopic, now: start)
      work = try await store.deliver(as: 9)
      try expectEqual([work.text, "\(work.part)"], ["a", "0"], "the message alone")
      try expectEqual(work.message.parts.count, 1, "nothing else")
      try expectEqual(work.message.staff, StaffDestination(chat: desk), "no topic is wanted")
      try expectEqual(try await store.figures().outboxDepth, 0, "ended")
      try expectEqual(try await store.events(), [], "nothing is told")
    },
    Case("a chat that makes no topics is told of, and the card that speaks of one is left out") {
      store in
      try await store.say(
        toStaff(text("Пишите в тему"), topic: "Анна", slot: Slot(.request, isNew: true)),
        toStaff(text("a"), topic: "Анна", relay: .toStaff([MessageID(5)])),
        toStaff(text("Диалог взят"), topic: "Анна", slot: Slot(.request, isNew: false)))
      let card = try await store.take()
      try await store.settleSend(
        card, .replacePart([.newTopic(name: "Анна"), card.message.parts[0]]), now: start)
      try await store.settleSend(try await store.take(), .topicsRefused, now: start)
      try expectEqual(
        try await store.events(), [.staffChatLost(desk, topicOnly: true)], "it is told once")
      let work = try await store.deliver(as: 9)
      try expectEqual([work.text, "\(work.part)"], ["a", "0"], "what the customer said")
      try expectEqual(work.address, chat(-500), "without a topic")
      try expect(try await store.conversation(of: 9) != nil, "it can be replied to")
      try expectEqual(try await store.figures().outboxDepth, 0, "no card")
    },
    Case("a new topic takes the place of the old one") { store in
      try await store.say(toStaff(text("a"), topic: "Анна"))
      try await store.makeTopic(instead: try await store.take(), as: 33)
      try await store.deliver(as: 34)
      try await store.bring(toStaff(.newTopic(name: "Анна"), topic: "Анна"), as: 44)
      try await store.say(toStaff(text("b"), topic: "Анна"))
      try expectEqual(try await store.take().address, chat(-500, topic: 44), "the new one")
      try expectEqual(
        try await store.find(.staffTopic(bot, desk, TopicID(33))), nil, "the old one")
    },
  ]

  static let mergeCases: [Case] = [
    Case("lines that wait for the same staff chat become one message") { store in
      try await store.say(OutboxMessage(parts: [text("first")]), at: chat(desk.rawValue))
      let bold = FormattedText.Entity(.bold, offset: 0, length: 2)
      try await store.say(
        toStaff(
          .text(FormattedText("🙂 раз", entities: [bold])), relay: .toStaff([MessageID(5)]),
          merges: true),
        toStaff(
          .text(FormattedText("два", entities: [bold])),
          relay: .toStaff([MessageID(5), MessageID(6)]), merges: true))
      try await store.say(toStaff(text("три"), merges: true))
      try expectEqual(try await store.figures().outboxDepth, 2, "one message")
      try await store.deliver(as: 1)
      let work = try await store.deliver(as: 2)
      let shifted = FormattedText.Entity(.bold, offset: 7, length: 2)
      try expectEqual(
        work.message.parts,
        [.text(FormattedText("🙂 раз\nдва\nтри", entities: [bold, shifted]))], "all of them")
      try expectEqual(work.message.relay, .toStaff([MessageID(5), MessageID(6)]), "whose they are")
    },
    Case("only the newest message of a dialogue for a chat is joined, and nothing is reordered") {
      store in
      try await store.say(OutboxMessage(parts: [text("head")]), at: chat(desk.rawValue))
      try await store.say(toStaff(text("1"), merges: true))
      try await store.say(toStaff(text("x"), merges: true), at: chat(2))
      try await store.say(toStaff(text("2"), merges: true), toStaff(text("notice")))
      try await store.say(toStaff(text("3"), merges: true), toStaff(text("4"), merges: true))
      try await store.say(toStaff(text("5"), in: ChatID(-501), merges: true))
      var texts: [String] = []
      for number in Int64(1)...5 {
        for work in try await store.claimSends(limit: 9, lease: lease(), now: start) {
          if work.address.chat == desk { texts.append(work.text) }
          try await store.settleSend(work, .sent(MessageID(number), repeated: false), now: start)
        }
      }
      try expectEqual(texts, ["head", "1\n2", "x", "notice", "3\n4"], "the order")
    },
    Case("what may have been sent is not added to") { store in
      try await store.say(toStaff(text("1"), merges: true))
      let work = try await store.take()
      try await store.say(toStaff(text("2"), merges: true))
      try await store.settleSend(work, .repeatAgain(at: start), now: start)
      try await store.say(toStaff(text("3"), merges: true))
      try expectEqual(try await store.deliver(as: 1).text, "1", "alone")
      try expectEqual(try await store.deliver(as: 2).text, "2\n3", "those that waited")
      try await store.say(toStaff(text("4"), merges: true))
      let unknown = try await store.take()
      try await store.settleSend(unknown, .repeatAgain(at: start), now: start)
      try await store.say(toStaff(text("5"), merges: true))
      try expectEqual(try await store.deliver(as: 4).text, "4", "perhaps it stands there already")
      try expectEqual(try await store.deliver(as: 5).text, "5", "after it")
      try await store.say(toStaff(text("6"), merges: true))
      try await store.settleSend(
        try await store.take(), .retry(at: at(5), counted: false), now: start)
      try await store.say(toStaff(text("7"), merges: true))
      try expectEqual(
        try await store.deliver(as: 7, now: at(5)).text, "6\n7", "surely not sent yet")
    },
    Case("joined messages stay within what one may hold") { store in
      try await store.say(OutboxMessage(parts: [text("head")]), at: chat(desk.rawValue))
      try await store.say(toStaff(text(String(repeating: "🙂", count: 4_000)), merges: true))
      try await store.say(toStaff(text(String(repeating: "y", count: 95)), merges: true))
      try expectEqual(try await store.figures().outboxDepth, 2, "4,096 scalars")
      try await store.say(toStaff(text(""), merges: true), toStaff(text("z"), merges: true))
      try expectEqual(try await store.figures().outboxDepth, 3, "then a message of their own")
    },
    Case("what is more than a line is not joined") { store in
      try await store.say(OutboxMessage(parts: [text("head")]), at: chat(desk.rawValue))
      var replying = toStaff(text("a"), merges: true)
      replying.replyTo = MessageID(1)
      var pressable = toStaff(text("b"), merges: true)
      pressable.buttons = [[InlineButton("x", data: "y")]]
      let others = [
        replying, pressable, toStaff(text("c"), text("d"), merges: true),
        toStaff(text("e"), refersTo: .replyToCustomer(MessageID(1)), merges: true),
        toStaff(text("f"), slot: Slot(.request), merges: true),
        toStaff(.document(name: "n", text: "t", caption: ""), merges: true), toStaff(text("g")),
      ]
      for other in others {
        try await store.say(toStaff(text("line"), merges: true), other)
      }
      try expectEqual(try await store.figures().outboxDepth, 1 + 2 * others.count, "each alone")
    },
  ]

  static let resendCases: [Case] = [
    Case("a message that could not be delivered is sent again, from where it stopped") { store in
      let id = try await store.step(
        transcript: [
          .append(
            Message(
              position: Position(2), role: .operator(olga), text: "да", at: start,
              delivery: .pending))
        ])
      let message = toCustomer(text("a"), text("b"), from: 70, position: 2)
      try await store.say(message)
      try await store.deliver(as: 1)
      try await store.settleSend(
        try await store.take(), .undelivered(reason: "x", unreachable: false), now: start)
      try expectEqual(try await store.transcript(id).last?.delivery, .undelivered, "it failed")
      try expect(try await store.isUndelivered(Position(2), of: id), "it can be sent again")
      try expect(!(try await store.isUndelivered(Position(3), of: id)), "not another")
      _ = try await store.events()
      try await store.step(chat(2), resending: [Position(2)])
      try expectEqual(try await store.figures().outboxDepth, 0, "not another dialogue's")
      try await store.step(outbox: [send("later")], resending: [Position(2), Position(9)])
      try expectEqual(try await store.transcript(id).last?.delivery, .pending, "on its way")
      try expect(!(try await store.isUndelivered(Position(2), of: id)), "nothing is left")
      let work = try await store.deliver(as: 2)
      try expectEqual(work.message, message, "the message")
      try expectEqual([work.text, "\(work.failures)"], ["b", "0"], "the part that is missing")
      try expectEqual(
        try await store.events(), [.relaySettled(Position(2), .delivered)], "it is told")
      try expectEqual(try await store.transcript(id).last?.delivery, .delivered, "delivered")
      try expectEqual(try await store.deliver(as: 3).text, "later", "what the step says")
      try await store.step(resending: [Position(2)])
      try expectEqual(try await store.figures().outboxDepth, 0, "once")
    },
    Case("of several that failed at a position each is sent again, in their order") { store in
      for words in ["said", "changed"] {
        try await store.say(toCustomer(text(words), position: 2))
        try await store.settleSend(
          try await store.take(), .undelivered(reason: "x", unreachable: false), now: start)
      }
      try await store.step(resending: [Position(2)])
      for words in ["said", "changed"] {
        try expectEqual(try await store.deliver(as: 1).text, words, "each once")
      }
      try expectEqual(try await store.figures().outboxDepth, 0, "no others")
    },
    Case("a change that arrives stands for words that did not, but not for files") { store in
      let id = try await store.step(
        transcript: [.append(said(position: 2)), .append(said(position: 3))])
      let copy = MessageCopy(
        from: desk, messages: [MessageID(70)], fallback: FormattedText("a"))
      let failed = [
        toCustomer(text("a"), from: 70, position: 2),
        toCustomer(.copy(copy), from: 71, position: 3),
      ]
      for message in failed {
        try await store.say(message)
        try await store.settleSend(
          try await store.take(), .undelivered(reason: "x", unreachable: false), now: start)
      }
      for (source, position) in [(Int64(70), Int64(2)), (71, 3)] {
        try await store.say(
          toCustomer(
            text("b"), from: source, position: position,
            refersTo: .edit(staffMessage(source))))
        try await store.deliver(as: source)
      }
      try expect(!(try await store.isUndelivered(Position(2), of: id)), "words")
      try expect(try await store.isUndelivered(Position(3), of: id), "files")
    },
    Case("that a message may have come twice stays known when it is changed") { store in
      let id = try await store.step(transcript: [.append(said(position: 2))])
      try await store.say(toCustomer(text("a"), from: 70, position: 2))
      try await store.settleSend(
        try await store.take(), .sent(MessageID(1), repeated: true), now: start)
      let change = toCustomer(
        text("b"), from: 70, position: 2, refersTo: .edit(staffMessage(70)))
      try await store.say(change)
      try await store.deliver(as: 1)
      try expectEqual(try await store.transcript(id).last?.delivery, .repeated, "it arrived")
      try await store.say(change)
      try await store.settleSend(
        try await store.take(), .undelivered(reason: "x", unreachable: false), now: start)
      try expectEqual(try await store.transcript(id).last?.delivery, .undelivered, "it failed")
      try await store.step(resending: [Position(2)])
      try await store.deliver(as: 1)
      try expectEqual(try await store.transcript(id).last?.delivery, .repeated, "sent again")
    },
  ]
}

private func said(position: Int64) -> Message {
  Message(
    position: Position(position), role: .operator(olga), text: "да", at: start,
    delivery: .pending)
}

extension Store {
  /// What happens to the first message for a dialogue that has no topic yet.
  fileprivate func makeTopic(instead work: SendWork, as id: Int64) async throws {
    let content = work.message.parts[work.part]
    let name = MessageContent.newTopic(name: work.message.staff?.topicName ?? "")
    try await settleSend(work, .replacePart([name, content]), now: start)
    let first = try await take()
    try expectEqual(first.message.parts[first.part], name, "the topic comes first")
    try await settleSend(first, .sent(MessageID(id), repeated: false), now: start)
  }
}
