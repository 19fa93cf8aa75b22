import Conversation
import Gateways
import Storage

/// How dialogues are found and listed.
extension StorageContract {
  static let findCases: [Case] = [
    Case("a dialogue is found by its number, and nothing is made by looking for one") { store in
      let id = try await store.step(chat(1, topic: 2))
      try expectEqual(
        try await store.find(.conversation(id))?.address, chat(1, topic: 2), "its address")
      let others: [DialogueKey] = [
        .conversation(ConversationID(999)), .chat(bot, ChatID(77)), .chat(BotID(9), ChatID(1)),
        .staffMessage(bot, staffMessage(1)), .staffTopic(bot, desk, TopicID(1)),
      ]
      for key in others { try expectEqual(try await store.find(key), nil, "nobody's: \(key)") }
      try expectEqual(
        try await store.browse(DialogueQuery(limit: 9)).map(\.address), [chat(1, topic: 2)],
        "nothing was made")
    },
    Case("a message in a staff chat leads to the dialogue that it concerns") { store in
      let first = try await store.load(chat(1)).dialogue.id
      let second = try await store.load(chat(2)).dialogue.id
      try await store.bring(toStaff(text("вопрос"), relay: .toStaff([MessageID(5)])), as: 100)
      try await store.bring(toStaff(text("a"), text("b")), as: 101, at: chat(2))
      try await store.bring(
        toStaff(text("заявка"), relay: nil, slot: Slot(.request)), as: 103, at: chat(2))
      try await store.bring(toCustomer(text("ответ"), from: 90), as: 7)
      try await store.bring(toStaff(text("x"), in: ChatID(-501)), as: 100, at: chat(2))
      let found = [
        try await store.conversation(of: 100), try await store.conversation(of: 101),
        try await store.conversation(of: 102), try await store.conversation(of: 103),
        try await store.conversation(of: 90),
        try await store.conversation(of: 100, in: ChatID(-501)),
      ]
      try expectEqual(found, [first, second, second, second, first, second], "the dialogues")
      try expectEqual(try await store.conversation(of: 104), nil, "nobody's")
      try expectEqual(
        try await store.find(.staffMessage(BotID(9), staffMessage(100))), nil, "another bot's")
    },
    Case("a chat leads to its dialogue outside topics, else to the one with the last words") {
      store in
      try await store.step(chat(1, topic: 2), transcript: [.append(customerMessage(1))])
      try await store.step(chat(1, topic: 3), transcript: [.append(customerMessage(9))])
      try await store.step(chat(1, topic: 4), transcript: [.append(customerMessage(5))])
      try await store.step(chat(1, topic: 5))
      try expectEqual(
        try await store.find(.chat(bot, ChatID(1)))?.address, chat(1, topic: 3), "the newest")
      try await store.step(chat(1, topic: 2), transcript: [.append(customerMessage(11))])
      try expectEqual(
        try await store.find(.chat(bot, ChatID(1)))?.address, chat(1, topic: 2), "newer")
      try await store.step(chat(1))
      try expectEqual(try await store.find(.chat(bot, ChatID(1)))?.address, chat(1), "outside")
      try await store.step(chat(2, person: 7), transcript: [.append(customerMessage(1))])
      try expectEqual(
        try await store.find(.chat(bot, ChatID(2)))?.address, chat(2, person: 7), "a person's")
    },
  ]

  static let browseCases: [Case] = [
    Case("those who wait come in the order of their waiting, and so do those with a person") {
      store in
      for (number, since) in [(Int64(1), Int64(30)), (2, 10), (3, 20), (4, 10)] {
        try await store.step(chat(number)) { $0.state = waiting(since: since) }
        try await store.step(chat(number + 10)) { $0.state = operated(since: since) }
      }
      try await store.step(chat(5)) { $0.state = .closed(at: start) }
      try await store.step(chat(6))
      func list(_ query: DialogueQuery) async throws -> [Int64] {
        try await store.browse(query).map(\.address.chat.rawValue)
      }
      try expectEqual(
        try await list(DialogueQuery(state: .waiting, limit: 9)), [2, 4, 3, 1], "waiting")
      try expectEqual(
        try await list(DialogueQuery(state: .operated, limit: 9)), [12, 14, 13, 11], "operated")
      try expectEqual(try await list(DialogueQuery(state: .closed, limit: 9)), [5], "closed")
      try expectEqual(try await list(DialogueQuery(state: .bot, limit: 9)), [6], "the bot's")
      try expectEqual(
        try await list(DialogueQuery(limit: 99)), [1, 11, 2, 12, 3, 13, 4, 14, 5, 6], "all")
      try await store.step(chat(2)) { $0.state = .bot(awaiting: nil) }
      try await store.step(chat(12)) { $0.state = .closed(at: start) }
      try expectEqual(
        try await list(DialogueQuery(state: .waiting, limit: 9)), [4, 3, 1], "one less")
      try expectEqual(
        try await list(DialogueQuery(state: .closed, limit: 9)), [12, 5], "one more")
      try expectEqual(try await list(DialogueQuery(state: .bot, limit: 9)), [2, 6], "and here")
    },
    Case("a list goes on after a dialogue, whatever it is ordered by") { store in
      for number in Int64(1)...7 {
        try await store.step(chat(number)) { $0.state = waiting(since: 50 - number / 2) }
        try await store.step(chat(number + 10)) { $0.state = .closed(at: start) }
        try await store.step(chat(number + 20))
      }
      for state in [StaffStatus.waiting, .closed, .bot, nil] {
        let whole = try await store.browse(DialogueQuery(state: state, limit: 99))
        var pages: [DialogueSummary] = []
        var last: ConversationID?
        while true {
          let page = try await store.browse(DialogueQuery(state: state, after: last, limit: 3))
          try expect(page.count <= 3, "the limit")
          pages += page
          guard let next = page.last?.dialogue.id else { break }
          last = next
        }
        try expectEqual(pages, whole, "page by page")
        try expectEqual(whole.count, state == nil ? 21 : 7, "all of them")
      }
    },
    Case("a list whose last dialogue has left it leaves nobody out") { store in
      for number in Int64(1)...3 {
        try await store.step(chat(number)) { $0.state = waiting(since: number) }
      }
      let first = try await store.browse(DialogueQuery(state: .waiting, limit: 1))
      try await store.step(chat(1)) { $0.state = operated(since: 99) }
      let rest = try await store.browse(
        DialogueQuery(state: .waiting, after: first.last?.dialogue.id, limit: 9))
      try expectEqual(rest.map(\.address), [chat(2), chat(3)], "the others")
    },
    Case("lists are narrowed by operator and by chat") { store in
      try await store.step(chat(1)) { $0.state = operated(by: olga, since: 5) }
      try await store.step(chat(2)) { $0.state = operated(by: pavel, since: 1) }
      try await store.step(chat(3)) { $0.state = operated(by: olga, since: 2) }
      try await store.step(chat(3, topic: 8)) { $0.state = waiting(since: 3) }
      try await store.step(chat(3, topic: 9))
      func list(_ query: DialogueQuery) async throws -> [ConversationAddress] {
        try await store.browse(query).map(\.address)
      }
      try expectEqual(
        try await list(DialogueQuery(state: .operated, heldBy: olga.id, limit: 9)),
        [chat(3), chat(1)], "in the order of beginning")
      try expectEqual(
        try await list(DialogueQuery(heldBy: olga.id, limit: 9)), [chat(1), chat(3)], "by number")
      try expectEqual(
        try await list(DialogueQuery(chat: ChatID(3), limit: 9)),
        [chat(3), chat(3, topic: 8), chat(3, topic: 9)], "a chat's")
      try expectEqual(
        try await list(DialogueQuery(state: .waiting, chat: ChatID(3), limit: 9)),
        [chat(3, topic: 8)], "who waits there")
      try expectEqual(
        try await list(DialogueQuery(state: .bot, chat: ChatID(3), limit: 9)),
        [chat(3, topic: 9)], "the bot's there")
      for state in [StaffStatus.waiting, .bot, .closed] {
        try expectEqual(
          try await list(DialogueQuery(state: state, heldBy: olga.id, limit: 9)), [],
          "nobody holds these")
      }
      try await store.step(chat(1)) { $0.state = operated(by: pavel, since: 7) }
      try expectEqual(
        try await list(DialogueQuery(heldBy: olga.id, limit: 9)), [chat(3)], "it changed hands")
    },
    Case("a list tells who wrote last on the customer's side") { store in
      let boris = Speaker(id: PersonID(8), name: "Борис", language: .english)
      let said = Message(
        position: Position(4), role: .operator(olga), text: "да", at: at(9), delivery: .pending)
      try await store.step(
        chat(-1),
        transcript: [
          .append(customerMessage(1)), .append(customerMessage(2, by: boris)),
          .append(answerMessage(3, to: 2)), .append(said),
        ])
      try await store.step(chat(-2))
      try expectEqual(
        try await store.browse(DialogueQuery(limit: 9)).map(\.customer), [boris, nil],
        "the speakers")
    },
  ]
}
