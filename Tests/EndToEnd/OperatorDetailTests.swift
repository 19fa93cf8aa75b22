import Foundation
import Gateways
import HTTPClient
import Simulator
import Staging
import Testing

/// What belongs to the hand-over beside the straight way: groups, hours, media, changes, limits.
@Suite(.serialized) struct OperatorDetailTests {
  @Test func aGroupIsHandedOverWhenTheBotIsAddressed() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let boris = stage.telegram.addPerson("Борис")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let club = stage.telegram.addGroup("Клуб", members: [anna, boris])
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(olga)"])
      try stage.telegram.post(PersonMessage("позовите человека"), from: anna, in: club)
      try stage.telegram.post(
        PersonMessage("@switchboard_bot позовите человека"), from: anna, in: club)
      _ = try await stage.message(with: "Переключаю на человека", in: club)
      let card = try await stage.message(with: "Анна (id \(club))", in: olga)
      #expect(card.text?.contains("ответ увидят все") == true)
      try stage.telegram.post(
        PersonMessage("Здравствуйте, клуб", replyTo: card.id), from: olga, in: olga)
      _ = try await stage.message(with: "Ответ оператора: Здравствуйте, клуб", in: club)
      // What members say to each other is not the operator's.
      try stage.telegram.post(PersonMessage("Борис, пойдём?"), from: anna, in: club)
      try stage.telegram.post(
        PersonMessage("@switchboard_bot когда встреча?"), from: boris, in: club)
      _ = try await stage.message(with: "когда встреча?", in: olga)
      #expect(!stage.said(in: olga).joined().contains("пойдём"))
      #expect(stage.telegram.transcript(of: club)?.keyboard == nil)
      #expect(stage.said(in: club).filter { $0.contains("Переключаю") }.count == 1)
      #expect(stage.model.record.count == 0)
      try await program.end(SIGTERM)
    }
  }

  @Test func outsideWorkingHoursThePersonChooses() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let program = try await stage.start([
        "OPERATOR_CHAT_ID": "\(olga)", "WORKING_HOURS": "\(Self.dayAfterTomorrow) 09:00-10:00",
      ])
      try stage.telegram.post("/operator", from: anna)
      let told = try await stage.message(with: "нерабочее время", in: anna)
      #expect(told.shown.contains("в 9:00"))
      _ = try await stage.message(with: "Нужен человек", in: olga)
      try stage.telegram.post("Перезвоните мне завтра", from: anna)
      _ = try await stage.message(with: "Перезвоните мне завтра", in: olga)
      #expect(stage.model.record.count == 0)
      // What was left unanswered the bot takes up when the person goes on with it.
      try await stage.press("Продолжить с ботом", in: anna, by: anna)
      _ = try await stage.message(with: "Запрос отменён", in: anna)
      try await eventually("the bot answers") { stage.model.record.count == 1 }
      #expect(!stage.said(in: anna).joined().contains("очеред"))
      let events = stage.telegram.events()
      try await stage.press("Продолжить с ботом", in: anna, by: anna)
      for await event in events {
        if case .notice(let text, _, let person) = event.change {
          #expect(text == "Уже неактуально" && person == anna)
          break
        }
      }
      try await program.end(SIGTERM)
    }
  }

  private static var dayAfterTomorrow: String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/Moscow") ?? .gmt
    let day = calendar.component(.weekday, from: Date.now.addingTimeInterval(2 * 86_400))
    return ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][day - 1]
  }

  @Test func mediaRepliesAndChangesGoBothWays() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(olga)"])
      try stage.telegram.post("/operator", from: anna)
      _ = try await stage.message(with: "Нужен человек", in: olga)
      let question = try stage.telegram.post("Какой размер?", from: anna)
      let relayed = try await stage.message(with: "Какой размер?", in: olga)
      try stage.telegram.postAlbum("Вот фото", count: 3, from: anna, in: anna)
      for media in [PersonMessage.Media.sticker, .location, .voice, .document] {
        try stage.telegram.post(PersonMessage(media: media), from: anna, in: anna)
      }
      try await eventually("everything reaches the operator") {
        let media = stage.telegram.transcript(of: olga)?.messages.compactMap(\.media) ?? []
        return media.filter { $0 == "photo" }.count == 3
          && ["sticker", "location", "voice", "document"].allSatisfy { media.contains($0) }
      }

      let answer = try stage.telegram.post(
        PersonMessage("Размер XL", replyTo: relayed.id), from: olga, in: olga)
      let shown = try await stage.message(with: "Ответ оператора: Размер XL", in: anna)
      #expect(shown.replyTo == question, "a reply stays a reply")
      try stage.telegram.edit(answer, in: olga, text: "Размер XXL")
      let changed = try await stage.message(with: "Ответ оператора: Размер XXL", in: anna)
      #expect(changed.id == shown.id, "changed in place")
      try stage.telegram.post(
        PersonMessage("Точно?", replyTo: shown.id), from: anna, in: anna)
      let quoted = try await stage.message(with: "Точно?", in: olga)
      #expect(quoted.replyTo == answer)
      try stage.telegram.edit(question, in: anna, text: "Какой цвет?")
      let told = try await stage.message(with: "Клиент изменил сообщение: Какой цвет?", in: olga)
      #expect(told.replyTo == relayed.id)
      try stage.telegram.post(
        PersonMessage("Смотрите", replyTo: relayed.id, media: .photo), from: olga, in: olga)
      _ = try await stage.message(with: "Ответ оператора: Смотрите", in: anna)
      try await program.end(SIGTERM)
    }
  }

  @Test func aFloodLimitOfTheStaffGroupOnlyDelays() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let staff = stage.staffGroup([olga])
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(staff)"])
      try stage.telegram.post("/operator", from: anna)
      _ = try await stage.message(with: "Нужен человек", in: staff)
      stage.telegram.inject(.init(.flood, chat: staff, lasting: 2))
      try stage.telegram.post("Первое", from: anna)
      try stage.telegram.post("Второе", from: anna)
      // The customer is not held up by the operators' limit.
      try stage.telegram.post("/whoami", from: anna)
      _ = try await stage.message(with: "\(anna)", in: anna)
      _ = try await stage.message(with: "Второе", in: staff)
      let said = stage.said(in: staff).joined(separator: "\n")
      let first = try #require(said.range(of: "Первое"))
      let second = try #require(said.range(of: "Второе"))
      #expect(first.lowerBound < second.lowerBound)
      try await program.end(SIGTERM)
    }
  }

  @Test func whoErasesEverythingTakesLeaveOfTheOperator() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(olga)"])
      try stage.telegram.post("/operator", from: anna)
      _ = try await stage.message(with: "Нужен человек", in: olga)
      try stage.telegram.post("Мой секретный адрес", from: anna)
      let relayed = try await stage.message(with: "секретный адрес", in: olga)
      try stage.telegram.post(
        PersonMessage("Записала", replyTo: relayed.id), from: olga, in: olga)
      _ = try await stage.message(with: "Записала", in: anna)
      try stage.telegram.post("/forget all", from: anna)
      _ = try await stage.message(with: "Всё, что о вас хранилось, стёрто", in: anna)
      _ = try await stage.message(with: "Клиент стёр свои данные", in: olga)
      try await program.end(SIGTERM)
      let files = try FileManager.default.contentsOfDirectory(
        at: stage.directory, includingPropertiesForKeys: nil)
      for file in files {
        let bytes = try Data(contentsOf: file)
        for words in ["секретный адрес", "Записала"] {
          #expect(bytes.range(of: Data(words.utf8)) == nil, "\(words) in \(file.lastPathComponent)")
        }
      }
    }
  }

  @Test func anotherProgramHandsOverAnswersAndGivesBack() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let program = try await stage.start([
        "OPERATOR_CHAT_ID": "\(olga)", "ADMIN_TOKEN": "0123456789abcdef0123456789",
      ])
      try stage.telegram.post("Привет", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      let list = try await stage.api(program, "GET", "/dialogues?chat_id=\(anna)")
      let items = try #require(list.json["items"] as? [[String: Any]])
      let id = try #require(items.first?["id"] as? Int)
      #expect(try await stage.api(program, "GET", "/dialogues", token: "wrong").status == 401)
      let put = try await stage.api(
        program, "PUT", "/dialogues/\(id)/owner", body: #"{"owner":"operator"}"#)
      #expect(put.json["owner"] as? String == "operator")
      _ = try await stage.message(with: "запрос через API", in: olga)
      let sent = try await stage.api(
        program, "POST", "/dialogues/\(id)/messages",
        body: #"{"text":"Ответ из CRM","operator":{"name":"CRM"}}"#)
      #expect(sent.status == 202)
      _ = try await stage.message(with: "Ответ оператора: Ответ из CRM", in: anna)
      let refused = try await stage.api(
        program, "POST", "/dialogues/\(id)/questions", body: #"{"text":"Сколько времени?"}"#)
      #expect(refused.status == 409)
      _ = try await stage.api(
        program, "PUT", "/dialogues/\(id)/owner", body: #"{"owner":"bot"}"#)
      let asked = stage.model.record.count
      let question = try await stage.api(
        program, "POST", "/dialogues/\(id)/questions", body: #"{"text":"Сколько времени?"}"#)
      #expect(question.status == 202)
      try await eventually("the model is asked") { stage.model.record.count == asked + 1 }
      let metrics = try await stage.get("/metrics", of: program)
      #expect(metrics.contains("switchboard_handoffs_total{reason=\"api\"} 1"))
      #expect(metrics.contains("switchboard_operator_answers_total 1"))
      try await program.end(SIGTERM)
      let stats = try RunningProgram(
        ["stats"], environment: stage.environment, directory: stage.directory)
      #expect(try await stats.waitForEnd() == 0)
    }
  }
}
