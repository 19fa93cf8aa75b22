import Foundation
import Gateways
import Simulator
import Staging
import Testing

/// What people get, over real HTTP, from the real program.
@Suite(.serialized) struct AnswerTests {
  @Test func anAnswerKnowsWhatWasSaidBefore() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Анна")
      try stage.telegram.post("Первый вопрос", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      try stage.telegram.post("Второй вопрос", from: anna)
      let said = try await stage.waitForMessages(2, in: anna)
      #expect(said[0].contains("Первый вопрос"))
      #expect(said[0].contains("Отвечает искусственный интеллект"))
      #expect(said[1].contains("в прошлый раз вы спросили: «Первый вопрос»"))
      #expect(!said[1].contains("искусственный интеллект"))
      #expect(try await program.end(SIGTERM) == 0)
    }
  }

  @Test func contextsDoNotMix() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let people = (0..<5).map { stage.telegram.addPerson("P\($0)", language: "en") }
      for (index, person) in people.enumerated() {
        try stage.telegram.post("first \(index)", from: person)
      }
      for person in people { _ = try await stage.waitForMessages(1, in: person) }
      for (index, person) in people.enumerated() {
        try stage.telegram.post("second \(index)", from: person)
      }
      for (index, person) in people.enumerated() {
        let said = try await stage.waitForMessages(2, in: person)
        #expect(said[1].contains("last time you asked: “first \(index)”"))
      }
      try await program.end(SIGTERM)
    }
  }

  @Test func aPreviewGrowsAndTheStopButtonKeepsWhatWasShown() async throws {
    try await Stage.run(chunkDelay: .milliseconds(60)) { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Анна")
      try stage.telegram.post("/start", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      try stage.telegram.post("Расскажи длинно", from: anna)
      try await eventually("a preview with text") {
        (stage.telegram.transcript(of: anna)?.drafts.first?.text ?? "").count > 10
      }
      let draft = try #require(stage.telegram.transcript(of: anna)?.drafts.first)
      #expect(draft.canStop)
      try stage.telegram.stop(draft: draft.id, in: anna)
      let said = try await stage.waitForMessages(2, in: anna)
      #expect(said[1].count >= 10 && said[1].count < 3_000, "cut short: \(said[1].count)")
      try await eventually("the request is cancelled") { stage.model.record.openStreams == 0 }
      #expect(stage.model.record.cancelledStreams == 1)
      try await program.end(SIGTERM)
    }
  }

  @Test func aVeryLongAnswerArrivesWholeAndInOrder() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.post("/start", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      try stage.telegram.post("a long story", from: anna)
      _ = try await stage.waitForMessages(2, in: anna)
      try stage.telegram.post("and now briefly", from: anna)
      try await eventually("the next answer") {
        stage.said(in: anna).last?.contains("and now briefly") == true
      }
      let parts = stage.said(in: anna).dropFirst().dropLast()
      #expect(parts.count >= 1)
      #expect(parts.map(\.count).reduce(0, +) > 4_096)
      try await program.end(SIGTERM)
    }
  }

  @Test func formattingArrivesRichAndOnAnOldServerAsText() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Анна")
      try stage.telegram.post("Покажи всё", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      #expect(stage.telegram.transcript(of: anna)?.messages.last?.blocks != nil)
      stage.telegram.inject(.init(.methodNotFound, method: "sendRichMessage", count: nil))
      try stage.telegram.post("Покажи таблицу", from: anna)
      _ = try await stage.waitForMessages(2, in: anna)
      try stage.telegram.post("Покажи код", from: anna)
      _ = try await stage.waitForMessages(3, in: anna)
      let messages = try #require(stage.telegram.transcript(of: anna)?.messages)
      #expect(messages.suffix(1).allSatisfy { $0.text != nil && !$0.entities.isEmpty })
      let tries = stage.telegram.calls.filter { $0.method == "sendRichMessage" && $0.status == 404 }
      #expect(tries.count == 1, "that the method is missing is remembered")
      try await program.end(SIGTERM)
    }
  }

  @Test func refusedFormattingGoesOutPlain() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      stage.telegram.inject(
        .init(.refused, method: "sendMessage", description: "can't parse entities: bad"))
      try stage.telegram.post("Hello there", from: anna)
      let said = try await stage.waitForMessages(1, in: anna)
      #expect(said[0].contains("Hello there"))
      #expect(stage.telegram.transcript(of: anna)?.messages.last?.entities.isEmpty == true)
      try await program.end(SIGTERM)
    }
  }

  @Test func inAGroupTheBotAnswersWhenMentionedAndByReply() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      let group = stage.telegram.addGroup("Club", members: [anna], isSupergroup: true)
      try stage.telegram.post(PersonMessage("nobody in particular"), from: anna, in: group)
      try stage.telegram.post(PersonMessage("/help@other_bot"), from: anna, in: group)
      let asked = try stage.telegram.post(
        PersonMessage("@switchboard_bot what is up?"), from: anna, in: group)
      let said = try await stage.waitForMessages(1, in: group)
      #expect(said.count == 1)
      #expect(said[0].contains("what is up?") && !said[0].contains("@switchboard_bot"))
      let answer = try #require(stage.telegram.transcript(of: group)?.messages.last)
      #expect(answer.replyTo == asked)
      #expect(stage.telegram.transcript(of: group)?.keyboard == nil)
      try await program.end(SIGTERM)
    }
  }

  @Test func commandsKeyboardAndForgettingWork() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Анна")
      try stage.telegram.post("/start", from: anna)
      let greeting = try await stage.waitForMessages(1, in: anna)
      #expect(greeting[0].hasPrefix("Привет, Анна!"))
      #expect(
        stage.telegram.transcript(of: anna)?.keyboard == [["🔄 Начать новый диалог", "ℹ️ Помощь"]])
      try stage.telegram.post("Меня зовут Анна", from: anna)
      _ = try await stage.waitForMessages(2, in: anna)
      try stage.telegram.post("забудь", from: anna)
      let forgotten = try await stage.waitForMessages(3, in: anna)
      #expect(forgotten[2] == "Я забыл всю нашу предыдущую переписку.")
      try stage.telegram.post("Кто я?", from: anna)
      let after = try await stage.waitForMessages(4, in: anna)
      #expect(after[3].contains("Это начало нашего разговора"))
      try stage.telegram.post("/whoami", from: anna)
      let ids = try await stage.waitForMessages(5, in: anna)
      #expect(ids[4].contains("\(anna)"))
      try await program.end(SIGTERM)
    }
  }
}
