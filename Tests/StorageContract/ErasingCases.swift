import Conversation
import Gateways
import Storage

private let anna = Speaker(id: PersonID(7), name: "Анна", language: .russian)
private let boris = Speaker(id: PersonID(8), name: "Борис", language: .russian)

extension StorageContract {
  static let erasingCases: [Case] = [
    Case("a person's private chats are erased, in all topics and with all bots") { store in
      let other = ConversationAddress(bot: BotID(9), chat: ChatID(7))
      var erased: [ConversationID] = []
      for address in [chat(7, topic: 2), other] {
        erased.append(try await store.fill(address, by: anna))
      }
      let kept = try await store.fill(chat(8), by: boris)
      try await store.step(chat(7), transcript: [.append(customerMessage(1))])
      let own = try await store.step(
        chat(7), transcript: [.append(customerMessage(9))], outbox: [send("erased")],
        erasing: anna.id
      ) { $0.introduced = true }
      try expectEqual(
        try await store.transcript(own), [customerMessage(9)], "what the step itself says")
      for id in erased { try expectEqual(try await store.transcript(id), [], "erased") }
      try expectEqual(try await store.transcript(kept).count, 2, "another person's")
      for address in [chat(7, topic: 2), other] {
        let dialogue = try await store.load(address).dialogue
        try expectEqual(dialogue.state, .bot(awaiting: nil), "nothing is awaited")
        try expectEqual(dialogue.queue, [], "nobody waits")
        try expectEqual(dialogue.lastAnswered, nil, "no files")
        try expectEqual(dialogue.nextPosition, Position(3), "positions are not given twice")
      }
      try expect(try await store.load(chat(7)).dialogue.introduced, "the step's own state")
      let sends = try await store.claimSends(limit: 9, lease: lease(), now: start)
      try expectEqual(
        Set(sends.map(\.address)), [chat(7), chat(8)], "only the step's own, and another's")
      try expectEqual(
        try await store.claimAnswers(limit: 9, lease: lease(), now: start).map(\.address),
        [chat(8)], "the jobs")
    },
    Case("in a group what a person wrote is erased with its answers, and nothing else") { store in
      let id = try await store.step(
        chat(-1),
        transcript: [
          .append(customerMessage(1, by: anna)), .append(customerMessage(2, by: boris)),
          .append(answerMessage(3, to: 1)), .append(answerMessage(4, to: 2)),
        ])
      try await store.step(chat(7), erasing: anna.id)
      try expectEqual(
        try await store.transcript(id), [customerMessage(2, by: boris), answerMessage(4, to: 2)],
        "the others'")
    },
    Case("an anonymous administrator does not erase the group they speak for") { store in
      let group = Speaker(id: PersonID(-1), name: "Группа", language: .russian)
      let id = try await store.step(
        chat(-1),
        transcript: [
          .append(customerMessage(1, by: boris)), .append(customerMessage(2, by: group)),
        ], outbox: [send("kept")])
      try await store.step(chat(-1), erasing: group.id)
      try expectEqual(
        try await store.transcript(id), [customerMessage(1, by: boris)], "the others'")
      try expectEqual(try await store.claimTexts(), ["kept"], "the outbox")
    },
    Case("a group's dialogue goes on with the next who waits") { store in
      let job = try await store.ask(chat(-1), by: anna)
      try await store.step(
        chat(-1),
        transcript: [
          .append(customerMessage(1, by: anna)), .append(customerMessage(2, by: boris)),
        ]
      ) {
        $0.queue = [question(2, by: boris), question(3, by: anna)]
        $0.jobs = 1
      }
      let begun = try await store.load(chat(-1))
      try await store.step(chat(7), erasing: anna.id)
      try await expectError(.conflict, "a step begun before") {
        try await store.commit(
          Step(expectedVersion: begun.version, dialogue: begun.dialogue), now: start)
      }
      let works = try await store.claimAnswers(limit: 9, lease: lease(), now: start)
      try expectEqual(works.map(\.job.question), [question(2, by: boris)], "the next")
      try expect(works.map(\.job.id) != [job.id], "in a job of its own")
      let dialogue = try await store.load(chat(-1)).dialogue
      try expectEqual(
        dialogue.state, .bot(awaiting: works.first.map { .init(job: $0.job) }), "it is awaited")
      try expectEqual(dialogue.queue, [], "nobody else waits")
    },
    Case("a person's entries are erased, but not what they wrote after asking for it") { store in
      _ = try await store.admit(
        [
          said("1", by: anna, in: chat(7, topic: 2)), said("2", by: anna, in: chat(-1)),
          said("3", by: boris, in: chat(-1)), said("4", by: anna, in: chat(-2)),
          said("5", by: anna, in: chat(7)), said("6", by: anna, in: chat(7)),
        ], now: start)
      let works = try await store.claim(limit: 9, lease: lease(until: 5), now: start)
      let command = works.filter { $0.address == chat(7) }.flatMap(\.entries).map(\.id)
      let aside = works.filter { $0.address == chat(-2) }.flatMap(\.entries).map(\.id)
      try await store.quarantine(aside, reason: "x", telling: send("sorry"), now: start)
      try await store.step(
        chat(7), outbox: [send("erased")], completing: command, erasing: anna.id)
      let left = try await store.claim(limit: 9, lease: lease(), now: at(5))
      try expectEqual(Set(left.flatMap(\.entries).map(\.event.words)), ["3", "6"], "what is left")
      try expectEqual(try await store.quarantined(limit: 9), [], "nothing in quarantine")
      try expectEqual(try await store.claimTexts(), ["erased"], "what is told")
    },
    Case("an answer under way is dropped and not heard of again, nor one that came in") { store in
      let running = try await store.ask(chat(7, topic: 2), by: anna)
      let ended = try await store.ask(chat(-1), by: anna)
      try await store.step(chat(-1), transcript: [.append(customerMessage(1, by: anna))])
      let works = try await store.claimAnswers(limit: 9, lease: lease(), now: start)
      for work in works where work.job.id == ended.id {
        _ = try await store.finishAnswer(
          work.id, outcome: .ready(job: ended.id, text: "ответ", use: nil), now: start)
      }
      try await store.step(chat(7), erasing: anna.id)
      try expectEqual(try await store.figures().inboxDepth, 0, "the outcome is gone")
      for work in works where work.job.id == running.id {
        try expectEqual(
          try await store.interruptions(owner: "a"), [work.id: .drop], "its holder learns")
        try expectEqual(
          try await store.finishAnswer(
            work.id, outcome: .ready(job: running.id, text: "ответ", use: nil), now: start),
          false, "it ends without a trace")
      }
      try expectEqual(try await store.figures().outboxDepth, 0, "the outbox")
      try expectEqual(
        try await store.load(chat(-1)).dialogue.state, .bot(awaiting: nil), "the group goes on")
    },
    Case("what a group's dialogue was about to say to a person is not said") { store in
      _ = try await store.admit(
        [said("1", by: anna, in: chat(-1)), said("2", by: boris, in: chat(-1))], now: start)
      for text in ["to Anna", "to Boris"] {
        let works = try await store.claim(limit: 9, lease: lease(), now: start)
        try await store.step(
          chat(-1), outbox: [send(text)], completing: works.flatMap(\.entries).map(\.id))
      }
      try await store.step(chat(7), erasing: anna.id)
      try expectEqual(try await store.claimTexts(), ["to Boris"], "the other's")
    },
    Case("a card that quotes a person to operators is not shown, and its request shown anew") {
      store in
      _ = try await store.admit([said("1", by: boris, in: chat(-1))], now: start)
      let works = try await store.claim(limit: 9, lease: lease(), now: start)
      try await store.step(
        chat(-1),
        transcript: [
          .append(customerMessage(1, by: anna)), .append(customerMessage(2, by: boris)),
        ],
        outbox: [
          .send(toStaff(text("Анна: адрес"), slot: Slot(.request, isNew: true))),
          .send(toStaff(text("Борис: да"), relay: .toStaff([MessageID(2)]))),
        ], completing: works.flatMap(\.entries).map(\.id)
      ) { $0.state = waiting(since: 5) }
      try await store.say(toStaff(text("Анна: адрес"), slot: Slot(.request)), at: chat(-1))
      try await store.say(toStaff(text("другая"), slot: Slot(.request)), at: chat(-2))
      try await store.step(chat(7), erasing: anna.id)
      try expectEqual(try await store.deliver(as: 1).text, "Борис: да", "the other's")
      try expectEqual(try await store.deliver(as: 2).text, "другая", "another dialogue's")
      try expectEqual(try await store.figures().outboxDepth, 0, "no card")
      try expectEqual(
        try await store.events(), [.staffChatLost(desk, topicOnly: true)], "it is told")
    },
  ]
}

private func said(
  _ words: String, by speaker: Speaker, in address: ConversationAddress
) -> NewInboxEntry {
  let message = InboundMessage(
    chat: address.chat, isPrivate: address.chat.rawValue > 0, topic: address.topic,
    id: MessageID(1), speaker: speaker, date: start, text: words, addressee: .bot)
  return NewInboxEntry(
    sourceKeys: [words], address: address,
    event: .update(InboundUpdate(id: 1, kind: .message(message))), notBefore: start,
    askedAt: start)
}

extension InboxEvent {
  fileprivate var words: String? {
    guard case .update(let update) = self, case .message(let message) = update.kind else {
      return nil
    }
    return message.text
  }
}

extension Store {
  /// A conversation with a transcript, somebody who waits, a job and a message on its way.
  fileprivate func fill(
    _ address: ConversationAddress, by speaker: Speaker
  ) async throws -> ConversationID {
    _ = try await ask(address, by: speaker)
    return try await step(
      address,
      transcript: [.append(customerMessage(1, by: speaker)), .append(answerMessage(2, to: 1))],
      outbox: [send("answer", position: 2)]
    ) {
      $0.queue = [question(1, by: speaker)]
      $0.lastAnswered = Answered(
        questions: [question(1, by: speaker)], answer: Position(2), at: start)
      $0.nextPosition = Position(3)
    }
  }
}
