import Foundation
import Gateways
import Simulator
import Staging
import Testing

/// What becomes of dialogues when a staff chat is not what it was taken for.
@Suite(.serialized) struct StaffChatTests {
  @Test func anOperatorWhoseChatTakesNothingAnyMoreIsReplaced() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let petr = stage.telegram.addPerson("Пётр", hasStarted: true)
      let staff = stage.staffGroup([petr])
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(olga),\(staff)"])
      try stage.telegram.post("/operator", from: anna)
      _ = try await stage.message(with: "Нужен человек", in: olga)
      try await stage.press("Взять", in: olga, by: olga)
      _ = try await stage.message(with: "В работе: Ольга", in: olga)
      stage.telegram.inject(
        .init(.refused, chat: olga, count: nil, description: "chat not found"))
      try stage.telegram.post("Ольга, вы тут?", from: anna)
      let card = try await stage.message(with: "прежний оператор недоступен", in: staff)
      #expect(card.shown.contains("Ольга, вы тут?"))
      try stage.telegram.post(
        PersonMessage("Я за неё", replyTo: card.id), from: petr, in: staff)
      _ = try await stage.message(with: "Ответ оператора: Я за неё", in: anna)
      try await program.end(SIGTERM)
    }
  }

  @Test func aForumInWhichTheBotMakesNoTopicsIsAGroup() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let boris = stage.telegram.addPerson("Борис")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let staff = stage.staffGroup([olga], isForum: true)
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(staff)"])
      try stage.telegram.post("/operator", from: anna)
      let topic = try await stage.topic("Анна", in: staff)
      _ = try await stage.message(with: "Нужен человек", in: staff, topic: topic)
      try stage.telegram.setRole(.administratorWithoutTopics, in: staff, by: olga)
      try stage.telegram.post("/operator", from: boris)
      let card = try await stage.message(with: "Борис (id \(boris))", in: staff)
      #expect(card.thread == nil && !card.shown.contains("в эту тему"))
      #expect(card.shown.contains("\(boris): "), "the way to answer")
      try stage.telegram.post("Есть кто?", from: boris)
      let relayed = try await stage.message(with: "Борис (\(boris)): Есть кто?", in: staff)
      try stage.telegram.post(
        PersonMessage("Есть", replyTo: relayed.id), from: olga, in: staff)
      _ = try await stage.message(with: "Ответ оператора: Есть", in: boris)

      // Who has a topic keeps it, in both ways.
      try stage.telegram.post("А мне?", from: anna)
      _ = try await stage.message(with: "А мне?", in: staff, topic: topic)
      try stage.telegram.post(PersonMessage("И вам", thread: topic), from: olga, in: staff)
      _ = try await stage.message(with: "Ответ оператора: И вам", in: anna)
      #expect(stage.telegram.transcript(of: staff)?.topics.count == 1)
      #expect(stage.said(in: staff).filter { $0.contains("Нужен человек") }.count <= 3)
      try await program.end(SIGTERM)
    }
  }

  /// The new id is learned again at each start, before anything that was written there is taken in.
  @Test func aStaffGroupThatMovedIsKnownAfterARestart() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let old = stage.staffGroup([olga])
      let settings = ["OPERATOR_CHAT_ID": "\(old)"]
      let first = try await stage.start(settings)
      try stage.telegram.post("/operator", from: anna)
      _ = try await stage.message(with: "Нужен человек", in: old)
      let new = try stage.telegram.migrate(old)
      try stage.telegram.post("Есть кто?", from: anna)
      let relayed = try await stage.message(with: "Есть кто?", in: new)
      try stage.telegram.post(PersonMessage("Есть", replyTo: relayed.id), from: olga, in: new)
      _ = try await stage.message(with: "Ответ оператора: Есть", in: anna)
      try await first.end(SIGTERM)
      try stage.telegram.post(
        PersonMessage("И я тут", replyTo: relayed.id), from: olga, in: new)
      let second = try await stage.start(settings)
      _ = try await stage.message(with: "Ответ оператора: И я тут", in: anna)
      try stage.telegram.post("Хорошо", from: anna)
      _ = try await stage.message(with: "Хорошо", in: new)
      #expect(stage.model.record.count == 0)
      try await second.end(SIGTERM)
    }
  }
}
