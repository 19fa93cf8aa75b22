import Conversation
import Gateways
import Storage

private let anna = Speaker(id: PersonID(7), name: "Анна", language: .russian)

/// What ends: persons' data, old references, groups' numbers.
extension StorageContract {
  static let deskCareCases: [Case] = [
    Case("erasing a person ends what operators have of their private dialogues") { store in
      let id = try await store.step(
        chat(7, topic: 2),
        transcript: [
          .append(customerMessage(1)),
          .append(Message(position: Position(2), role: .operator(olga), text: "да", at: start)),
          .append(Message(position: Position(3), role: .note(olga), text: "нет", at: start)),
          .append(Message(position: Position(4), role: .suggestion, text: "и", at: start)),
        ],
        log: [DeskLogEntry(conversation: ConversationID(1), at: start, kind: .customerWrote)]
      ) {
        $0.state = operated(since: 1)
        $0.desk = DeskMemory(audience: Audience(language: .russian, isPrivate: true))
      }
      try await store.bring(
        toStaff(.newTopic(name: "Анна"), text("вопрос"), topic: "Анна", slot: Slot(.request)),
        as: 33, at: chat(7, topic: 2))
      try await store.bring(toStaff(text("другой"), in: ChatID(-501)), as: 40, at: chat(8))
      try await store.say(toStaff(text("ждёт")), at: chat(7, topic: 2))
      _ = try await store.events()
      try await store.step(chat(7), erasing: anna.id)
      try expectEqual(try await store.transcript(id), [], "the transcript")
      try expectEqual(try await store.conversation(of: 34), nil, "relays and slots")
      try expectEqual(
        try await store.find(.staffTopic(bot, desk, TopicID(33))), nil, "the topic")
      try expect(
        try await store.isErased(TopicID(33), in: desk, of: bot), "the topic is known as theirs")
      for (topic, chat) in [(Int64(34), desk), (33, ChatID(-501))] {
        try expect(
          !(try await store.isErased(TopicID(topic), in: chat, of: bot)), "another topic")
      }
      try await store.migrate(bot, from: desk, to: ChatID(-900), completing: [], now: start)
      try expect(
        try await store.isErased(TopicID(33), in: ChatID(-900), of: bot), "in the new chat")
      try expectEqual(try await store.figures().outboxDepth, 0, "what was to be sent")
      try expect(
        try await store.conversation(of: 40, in: ChatID(-501)) != nil, "another person's")
      try expectEqual(
        try await store.deskLog(after: 0, from: nil, limit: 9).first?.entry.kind, .customerWrote,
        "the log has no words and stays")
      let dialogue = try await store.load(chat(7, topic: 2)).dialogue
      try expectEqual(
        try await store.browse(DialogueQuery(state: dialogue.status, limit: 9)).map(\.address)
          .contains(chat(7, topic: 2)), true, "lists tell what the dialogue says")
      try expectEqual(
        try await store.dueTimers(now: at(5000), limit: 9).map(\.at),
        dialogue.timer.map { [$0] } ?? [], "and so do timers")
    },
    Case("in a group what operators said stays, and what waits to be told of a person goes") {
      store in
      let said = Message(
        position: Position(2), role: .operator(olga), text: "да", at: start, delivery: .pending)
      let message = InboundMessage(
        chat: ChatID(-1), isPrivate: false, id: MessageID(1), speaker: anna, date: start,
        text: "оператор", addressee: .bot)
      _ = try await store.admit(
        [
          NewInboxEntry(
            sourceKeys: ["1"], address: chat(-1),
            event: .update(InboundUpdate(id: 1, kind: .message(message))), notBefore: start)
        ], now: start)
      let works = try await store.claim(limit: 9, lease: lease(), now: start)
      let id = try await store.step(
        chat(-1), transcript: [.append(customerMessage(1, by: anna)), .append(said)],
        outbox: [.send(toStaff(text("words of Anna")))],
        completing: works.flatMap(\.entries).map(\.id))
      try await store.say(toStaff(text("words of others")), at: chat(-1))
      try await store.step(chat(7), erasing: anna.id)
      try expectEqual(try await store.transcript(id), [said], "the operator's words")
      try expectEqual(try await store.claimTexts(), ["words of others"], "what is told")
    },
    Case("an operator who has their data erased takes no answer from a customer") { store in
      let press = ButtonPress(
        id: "1", chat: desk, isPrivate: false, topic: nil, message: MessageID(1),
        speaker: Speaker(id: PersonID(50), name: "Ольга", language: .russian), data: "send")
      _ = try await store.admit(
        [
          NewInboxEntry(
            sourceKeys: ["1"], address: chat(1),
            event: .update(InboundUpdate(id: 1, kind: .pressed(press))), notBefore: start)
        ], now: start)
      let works = try await store.claim(limit: 9, lease: lease(), now: start)
      try await store.step(
        outbox: [.send(toCustomer(text("ответ"), from: 70, position: 2))],
        completing: works.flatMap(\.entries).map(\.id))
      try await store.noteOperator(bot, olga, chat: desk, now: start)
      try await store.step(chat(50), erasing: PersonID(50))
      try expectEqual(try await store.operators(bot, limit: 9), [], "they are no operator")
      try expectEqual(try await store.claimTexts(), ["ответ"], "the customer's answer")
    },
    Case("old operators' messages leave the transcript, and what was sent of them") { store in
      let said = Message(
        position: Position(2), role: .operator(olga), text: "да", at: at(1), delivery: .pending)
      let id = try await store.step(transcript: [.append(said)])
      try await store.bring(toCustomer(text("да"), position: 2), as: 70)
      try await store.purge(now: at(99), undeliveredBefore: start, transcriptsBefore: at(50))
      try expectEqual(try await store.transcript(id), [], "the transcript")
      try await store.step(outbox: [send("new", replaces: 2)])
      try expectEqual(try await store.take().edits, nil, "what was sent")
    },
    Case("what belongs together is known for 30 days, and as long as a person is there") {
      store in
      let day: Int64 = 24 * 3600
      for number in Int64(1)...3 {
        try await store.bring(toStaff(text("x")), as: number, at: chat(number))
        try await store.bring(
          toStaff(text("y"), relay: nil, slot: Slot(.request)), as: number + 10, at: chat(number))
      }
      try await store.step(chat(1)) { $0.state = operated(since: 0) }
      try await store.step(chat(2)) { $0.state = .closed(at: start) }
      func known() async throws -> [Bool] {
        var known: [Bool] = []
        for number in Int64(1)...3 {
          known.append(try await store.conversation(of: number) != nil)
          known.append(try await store.conversation(of: number + 10) != nil)
        }
        return known
      }
      try await store.purge(
        now: at(30 * day), undeliveredBefore: start, transcriptsBefore: nil)
      try expectEqual(try await known(), Array(repeating: true, count: 6), "for 30 days")
      try await store.purge(
        now: at(30 * day + 1), undeliveredBefore: start, transcriptsBefore: nil)
      try expectEqual(
        try await known(), [true, true, false, false, false, false], "then only with a person")
    },
    Case("a staff group that becomes a supergroup takes everything along") { store in
      let new = ChatID(-900)
      try await store.bring(
        toStaff(.newTopic(name: "Анна"), text("a"), topic: "Анна", slot: Slot(.request)), as: 33)
      try await store.bring(toCustomer(text("b"), from: 90), as: 8)
      _ = try await store.events()
      try await store.say(
        toStaff(text("c"), topic: "Анна", slot: Slot(.request)),
        toCustomer(text("d"), from: 91, refersTo: .replyToStaff(staffMessage(90))))
      try await store.step(chat(1)) {
        $0.state = operated(since: 1)
        $0.desk = DeskMemory(audience: Audience(language: .russian, isPrivate: true))
        $0.desk?.forums = [desk]
      }
      try await store.noteOperator(bot, olga, chat: desk, now: start)
      try await store.migrate(bot, from: desk, to: new, completing: [], now: start)
      try expectEqual(try await store.newestID(of: desk), new, "settings may name the old one")
      try await store.migrate(bot, from: new, to: ChatID(-901), completing: [], now: start)
      try expectEqual(try await store.newestID(of: desk), ChatID(-901), "moved again")
      try await store.migrate(bot, from: ChatID(-901), to: new, completing: [], now: start)
      try expectEqual(try await store.newestID(of: chat(1).chat), chat(1).chat, "another")
      let id = try await store.load(chat(1)).dialogue.id
      for number in [Int64(34), 90] {
        try expectEqual(try await store.conversation(of: number, in: new), id, "relays")
        try expectEqual(try await store.conversation(of: number), nil, "not the old ones")
      }
      try expectEqual(
        try await store.find(.staffTopic(bot, new, TopicID(33)))?.address, chat(1), "the topic")
      let works = try await store.claimSends(limit: 9, lease: lease(), now: start)
      try expectEqual(works.map(\.address), [chat(-900, topic: 33), chat(1)], "where they go")
      try expectEqual(works.map(\.message.staff?.chat), [new, nil], "the message says so")
      try expectEqual(works.map(\.edits), [MessageID(34), nil], "the slot")
      try expectEqual(works.map(\.replyTo), [nil, MessageID(8)], "what is replied to")
      try expectEqual(
        works.map(\.message.relay), [.toStaff([]), .toCustomer(staffMessage(91, in: new))],
        "what it brings")
      let dialogue = try await store.load(chat(1)).dialogue
      try expectEqual(dialogue.state, operated(since: 1, in: new), "where the operator works")
      try expectEqual(dialogue.desk?.forums, [new], "where it has a topic")
      try expectEqual(
        try await store.operators(bot, limit: 9), [KnownOperator(operator: olga, chat: new)],
        "who works there")
    },
    Case("a dialogue that is closed off when chats merge is in no list and has no timer") {
      store in
      try await store.step(chat(-1))
      let id = try await store.step(chat(-100)) { $0.state = waiting(since: 1) }
      try await store.migrate(bot, from: ChatID(-1), to: ChatID(-100), completing: [], now: start)
      try expectEqual(
        try await store.browse(DialogueQuery(state: .waiting, limit: 9)), [], "no list")
      try expectEqual(try await store.dueTimers(now: at(9999), limit: 9), [], "no timer")
      try expectEqual(try await store.find(.conversation(id)), nil, "no address")
    },
  ]
}
