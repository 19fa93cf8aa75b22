import Conversation
import Gateways
import Storage

/// Messages to operators, and which messages of the two sides belong together.
extension StorageContract {
  static let staffCases: [Case] = [
    Case("a message to operators goes to their chat, in that chat's order") { store in
      try await store.say(toStaff(text("a")), OutboxMessage(parts: [text("own")]))
      try await store.say(toStaff(text("b")), at: chat(2))
      try await store.say(OutboxMessage(parts: [text("c")]), at: chat(desk.rawValue))
      let works = try await store.claimSends(limit: 9, lease: lease(), now: start)
      try expectEqual(works.map(\.text), ["a", "own"], "one of each chat")
      try expectEqual(works.map(\.address), [chat(-500), chat(1)], "where they go")
      try expectEqual(try await store.claimTexts(), [], "while they are held")
      for work in works {
        try await store.settleSend(work, .sent(MessageID(1), repeated: false), now: start)
      }
      try expectEqual(try await store.deliver(as: 2).text, "b", "the next dialogue's")
      try expectEqual(try await store.deliver(as: 3).text, "c", "the staff chat's own")
    },
    Case("a staff chat that can't be reached is told of, and not that the customer left") {
      store in
      try await store.say(toStaff(text("a")))
      let work = try await store.take()
      try await store.settleSend(
        work, .undelivered(reason: "kicked", unreachable: true), now: start)
      let works = try await store.claim(limit: 9, lease: lease(), now: start)
      try expectEqual(works.map(\.address), [chat(1)], "the dialogue")
      try expectEqual(
        works.flatMap(\.entries).map(\.event), [.staffChatLost(desk, topicOnly: false)], "what")
    },
    Case("what a message to operators brings does not count as the answer's") { store in
      let id = try await store.step(
        transcript: [.append(answerMessage(2, to: 1))], outbox: [send("answer", position: 2)])
      try await store.deliver(as: 70)
      var mirrored = toStaff(text("mirrored"))
      mirrored.position = Position(2)
      try await store.bring(mirrored, as: 300)
      try await store.step(outbox: [send("new", position: 3, replaces: 2)])
      try expectEqual(try await store.take().edits, MessageID(70), "the answer alone is edited")
      try expectEqual(try await store.transcript(id).last?.delivery, .delivered, "its mark")
    },
    Case("what became of an operator's message is told to its dialogue") { store in
      let id = try await store.step(
        transcript: [2, 3, 4, 5].map { position in
          .append(
            Message(
              position: Position(position), role: .operator(olga), text: "да", at: start,
              delivery: .pending))
        })
      try await store.say(
        toCustomer(text("a"), text("b"), from: 70, position: 2),
        toCustomer(text("c"), position: 3), toCustomer(text("d"), from: 72, position: 4),
        toCustomer(text("e"), from: 73, position: 5), toCustomer(text("f"), from: 74))
      try await store.deliver(as: 1)
      try expectEqual(try await store.events(), [], "not while parts are missing")
      try await store.deliver(as: 2)
      try expectEqual(
        try await store.events(), [.relaySettled(Position(2), .delivered)], "delivered")
      try await store.deliver(as: 3, repeated: true)
      try expectEqual(
        try await store.events(), [.relaySettled(Position(3), .delivered)], "perhaps twice")
      try await store.settleSend(
        try await store.take(), .undelivered(reason: "x", unreachable: false), now: start)
      try expectEqual(
        try await store.events(), [.relaySettled(Position(4), .undelivered)], "refused")
      try await store.settleSend(
        try await store.take(), .undelivered(reason: "x", unreachable: true), now: start)
      try expectEqual(
        try await store.events(), [.relaySettled(Position(5), .blocked), .unreachable], "blocked")
      try await store.deliver(as: 6)
      try expectEqual(try await store.events(), [], "what stands nowhere is not told of")
      try expectEqual(
        try await store.transcript(id).map(\.delivery),
        [.delivered, .repeated, .undelivered, .undelivered], "the marks")
    },
    Case("what is minor leaves nothing behind when it fails") { store in
      let position = Position(2)
      for isMinor in [true, false] {
        var message = toStaff(.reaction(MessageID(1), emoji: "👍"), isMinor: isMinor)
        message.position = position
        try await store.say(message)
        try await store.settleSend(
          try await store.take(), .undelivered(reason: "x", unreachable: false), now: start)
        try await store.step(resending: [position])
        try expectEqual(
          try await store.figures().outboxDepth, isMinor ? 0 : 1, "to be sent again")
      }
    },
  ]

  static let relayCases: [Case] = [
    Case("a reply of the customer finds what operators read, in each of their chats") { store in
      let other = ChatID(-501)
      try await store.bring(
        toStaff(text("вопрос"), relay: .toStaff([MessageID(5), MessageID(6)])), as: 100)
      try await store.bring(
        toStaff(text("вопрос"), in: other, relay: .toStaff([MessageID(5)])), as: 200)
      try await store.bring(
        toStaff(text("чужой"), relay: .toStaff([MessageID(5)])), as: 101, at: chat(2))
      try await store.bring(toCustomer(text("ответ"), from: 102), as: 8)
      func reply(to id: Int64, in chat: ChatID = desk) async throws -> MessageID? {
        try await store.say(
          toStaff(text("x"), in: chat, refersTo: .replyToCustomer(MessageID(id))))
        let work = try await store.deliver(as: 999)
        return work.replyTo
      }
      try expectEqual(try await reply(to: 5), MessageID(100), "brought")
      try expectEqual(try await reply(to: 6), MessageID(100), "together with it")
      try expectEqual(try await reply(to: 5, in: other), MessageID(200), "in the other chat")
      try expectEqual(try await reply(to: 8), MessageID(102), "an operator's own")
      try expectEqual(try await reply(to: 8, in: other), nil, "it stands in one chat only")
      try expectEqual(try await reply(to: 7), nil, "never brought")
      try await store.bring(toStaff(text("снова"), relay: .toStaff([MessageID(5)])), as: 105)
      try expectEqual(try await reply(to: 5), MessageID(105), "the newest")
    },
    Case("a reply of an operator finds what stands in the customer's chat") { store in
      try await store.bring(toStaff(text("вопрос"), relay: .toStaff([MessageID(5)])), as: 100)
      try await store.bring(toStaff(text("заявка")), as: 101)
      try await store.bring(toCustomer(text("ответ"), from: 102), as: 8)
      func reply(to id: Int64, of address: ConversationAddress = chat(1)) async throws -> SendWork {
        try await store.say(
          toCustomer(text("a"), text("b"), refersTo: .replyToStaff(staffMessage(id))),
          at: address)
        let work = try await store.deliver(as: 900)
        try expectEqual(try await store.deliver(as: 901).replyTo, nil, "only its first part")
        return work
      }
      try expectEqual(try await reply(to: 100).replyTo, MessageID(5), "the customer's")
      try expectEqual(try await reply(to: 102).replyTo, MessageID(8), "the operator's")
      try expectEqual(try await reply(to: 101).replyTo, nil, "a notice is nobody's")
      try expectEqual(try await reply(to: 100, of: chat(2)).replyTo, nil, "another dialogue's")
    },
    Case("what is given to reply to stays, for the first part") { store in
      var message = toStaff(text("a"), text("b"))
      message.replyTo = MessageID(44)
      try await store.say(message)
      try expectEqual(try await store.deliver(as: 1).replyTo, MessageID(44), "the first")
      try expectEqual(try await store.deliver(as: 2).replyTo, nil, "the second")
    },
    Case("an operator's edit changes what the customer has, if that is one message") { store in
      try await store.bring(toCustomer(text("ответ"), from: 102), as: 8)
      try await store.bring(toCustomer(text("a"), text("b"), from: 103), as: 9)
      func edit(_ id: Int64, _ parts: Int = 1) async throws -> SendWork {
        var message = toCustomer(
          text("x"), from: id, refersTo: .edit(staffMessage(id)))
        message.parts = Array(repeating: text("x"), count: parts)
        try await store.say(message)
        let work = try await store.take()
        let sent = work.edits ?? MessageID(50 + id)
        for part in 0..<parts {
          let work = part == 0 ? work : try await store.take()
          try await store.settleSend(work, .sent(sent, repeated: false), now: start)
        }
        return work
      }
      try expectEqual(try await edit(102).edits, MessageID(8), "the one")
      try expectEqual(try await edit(102).edits, MessageID(8), "once more")
      try expectEqual(try await edit(103).edits, nil, "of two none")
      try expectEqual(try await edit(104).edits, nil, "never brought")
      try expectEqual(try await edit(104).edits, MessageID(154), "then sent anew")
      try expectEqual(try await edit(102, 2).edits, nil, "two can't take the place of one")
    },
    Case("a message that can't be edited is forgotten and sent anew") { store in
      try await store.bring(toCustomer(text("ответ"), from: 102), as: 8)
      try await store.say(toCustomer(text("x"), from: 102, refersTo: .edit(staffMessage(102))))
      try await store.settleSend(try await store.take(), .sendAnew, now: start)
      try expectEqual(try await store.deliver(as: 9).edits, nil, "anew")
      try await store.say(toCustomer(text("y"), from: 102, refersTo: .edit(staffMessage(102))))
      try expectEqual(try await store.deliver(as: 9).edits, MessageID(9), "the new one")
    },
    Case("what has no number in the chat is not remembered") { store in
      try await store.say(
        toStaff(.reaction(MessageID(7), emoji: "👍"), slot: Slot(.request)))
      try await store.deliver(as: 0)
      try expectEqual(try await store.conversation(of: 0), nil, "the message 0")
      try await store.say(toStaff(text("x"), slot: Slot(.request)))
      try expectEqual(try await store.deliver(as: 1).edits, nil, "nothing to edit")
      try await store.step(outbox: [send("a", position: 2)])
      try await store.deliver(as: 0)
      try await store.step(outbox: [send("b", replaces: 2)])
      try expectEqual(try await store.deliver(as: 3).edits, nil, "nor an answer")
    },
  ]

  static let slotCases: [Case] = [
    Case("a slot shows its message in place, one for each chat and dialogue") { store in
      func show(
        _ slot: Slot, in chat: ChatID? = desk, at address: ConversationAddress = chat(1),
        as id: Int64
      ) async throws -> MessageID? {
        var message = OutboxMessage(parts: [text("x")], slot: slot)
        message.staff = chat.map { StaffDestination(chat: $0) }
        try await store.say(message, at: address)
        let work = try await store.take()
        try await store.settleSend(
          work, .sent(work.edits ?? MessageID(id), repeated: false), now: start)
        return work.edits
      }
      try expectEqual(try await show(Slot(.queue), as: 1), nil, "the first")
      try expectEqual(try await show(Slot(.queue), as: 2), MessageID(1), "in its place")
      try expectEqual(try await show(Slot(.queue), as: 3), MessageID(1), "and again")
      try expectEqual(try await show(Slot(.request), as: 4), nil, "another slot")
      try expectEqual(try await show(Slot(.queue), in: ChatID(-501), as: 5), nil, "another chat")
      try expectEqual(try await show(Slot(.queue), in: nil, as: 6), nil, "the customer's chat")
      try expectEqual(try await show(Slot(.queue), in: nil, as: 7), MessageID(6), "in its place")
      try expectEqual(try await show(Slot(.queue), at: chat(2), as: 8), nil, "another dialogue")
      try expectEqual(try await show(Slot(.queue, isNew: true), as: 9), nil, "as a new one")
      try expectEqual(try await show(Slot(.queue), as: 10), MessageID(9), "the new one")
    },
    Case("what is several messages is not changed in place") { store in
      let slot = Slot(.request)
      try await store.bring(toStaff(text("a"), slot: slot), as: 1)
      try await store.say(toStaff(text("b"), text("c"), slot: slot))
      try expectEqual(try await store.deliver(as: 2).edits, nil, "two for one")
      try expectEqual(try await store.deliver(as: 3).edits, nil, "two for one")
      try await store.say(toStaff(text("d"), slot: slot))
      try expectEqual(try await store.deliver(as: 4).edits, nil, "one for two")
    },
    Case("a slot whose message can't be edited is shown anew") { store in
      let slot = Slot(.request)
      try await store.bring(toStaff(text("a"), slot: slot), as: 1)
      try await store.say(toStaff(text("b"), slot: slot))
      try await store.settleSend(try await store.take(), .sendAnew, now: start)
      try expectEqual(try await store.deliver(as: 2).edits, nil, "anew")
      try await store.say(toStaff(text("c"), slot: slot))
      try expectEqual(try await store.deliver(as: 2).edits, MessageID(2), "the new one")
    },
  ]
}
