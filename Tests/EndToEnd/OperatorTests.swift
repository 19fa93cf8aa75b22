import Foundation
import Gateways
import Simulator
import Staging
import Testing

/// The way to an operator and back, with the real program over real HTTP, in all three places.
@Suite(.serialized) struct OperatorTests {
  @Test func aPersonIsCalledInWordsAnswersByReplyAndTheBotKnowsWhatWasSaid() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(olga)"])
      try stage.telegram.post("Где мой заказ 17?", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      try stage.telegram.post("позовите человека", from: anna)
      _ = try await stage.message(with: "Переключаю на человека", in: anna)

      let card = try await stage.message(with: "Нужен человек", in: olga)
      #expect(card.shown.contains("Анна (id \(anna))"))
      #expect(card.shown.contains("просьба словами"))
      #expect(card.shown.contains("Где мой заказ 17?"), "the history")
      #expect(card.shown.contains("Бот: "), "who said what")

      try stage.telegram.post("Алло, Вы ТУТ?", from: anna)
      let relayed = try await stage.message(with: "Алло, Вы ТУТ?", in: olga)
      try stage.telegram.post(
        PersonMessage("Здравствуйте! Он УЖЕ в пути.", replyTo: relayed.id), from: olga, in: olga)
      _ = try await stage.message(
        with: "Ответ оператора: Здравствуйте! Он УЖЕ в пути.", in: anna)
      _ = try await stage.message(with: "Оператор подключен к диалогу", in: anna)
      try await eventually("the operator sees that it was delivered") {
        stage.telegram.transcript(of: olga)?.messages.contains { $0.reactions == ["👍"] } == true
      }

      let requests = stage.model.record.count
      try stage.telegram.post("Спасибо", from: anna)
      _ = try await stage.message(with: "Спасибо", in: olga)
      #expect(stage.model.record.count == requests, "the model is not asked meanwhile")

      try stage.telegram.post(
        PersonMessage("\(anna) : Ещё вопросы?", replyTo: nil), from: olga, in: olga)
      _ = try await stage.message(with: "Ответ оператора: Ещё вопросы?", in: anna)
      try stage.telegram.post("/return", from: olga)
      _ = try await stage.message(with: "Оператор отключен от диалога", in: anna)
      _ = try await stage.message(with: "возвращён боту", in: olga)
      try stage.telegram.post("А когда он приедет?", from: anna)
      try await eventually("the bot goes on") { stage.model.record.count > requests }
      let told = try #require(stage.model.record.bodies.last)
      #expect("\(told)".contains("Он УЖЕ в пути"), "the model knows what the operator said")
      try await program.end(SIGTERM)
    }
  }

  @Test func wrongFormsAreExplainedAndReachNobody() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let boris = stage.telegram.addPerson("Борис")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(olga)"])
      for person in [anna, boris] {
        try stage.telegram.post("/operator", from: person)
        _ = try await stage.message(with: "Переключаю", in: person)
      }
      try stage.telegram.post("12:30 подойдёт?", from: olga)
      _ = try await stage.message(with: "Неверный формат сообщения", in: olga)
      try stage.telegram.post("987654321: привет", from: olga)
      _ = try await stage.message(with: "Клиент 987654321 не найден", in: olga)
      let card = try await stage.message(with: "Анна (id \(anna))", in: olga)
      try stage.telegram.post(
        PersonMessage("12:30 подойдёт?", replyTo: card.id), from: olga, in: olga)
      _ = try await stage.message(with: "Ответ оператора: 12:30 подойдёт?", in: anna)
      // Who replies to one customer and names another helps nobody.
      try stage.telegram.post(
        PersonMessage("\(boris): секрет", replyTo: card.id), from: olga, in: olga)
      try await eventually("it is explained") {
        stage.said(in: olga).filter { $0.contains("Неверный формат") }.count == 2
      }
      #expect(!stage.said(in: anna).joined().contains("секрет"))
      #expect(!stage.said(in: boris).joined().contains("секрет"))
      try await program.end(SIGTERM)
    }
  }

  @Test func aStaffForumHasATopicForEachCustomer() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let staff = stage.staffGroup([olga], isForum: true)
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(staff)", "RATING": "on"])
      try stage.telegram.post("Подключить/отключить оператора", from: anna)
      let topic = try await stage.topic("🟡 Анна", in: staff)
      _ = try await stage.message(with: "Нужен человек", in: staff, topic: topic)
      try stage.telegram.post(
        PersonMessage("Чем помочь?", thread: topic), from: olga, in: staff)
      _ = try await stage.message(with: "Ответ оператора: Чем помочь?", in: anna)
      _ = try await stage.topic("🟢 Анна", in: staff)
      try stage.telegram.post(PersonMessage(media: .photo), from: anna, in: anna)
      try await eventually("the photo in the topic") {
        stage.telegram.transcript(of: staff)?.messages.contains {
          $0.thread == topic && $0.media == "photo"
        } == true
      }

      // A deleted topic swallows nobody.
      try stage.telegram.change(topic: topic, .delete, in: staff, by: olga)
      try stage.telegram.post("Вы ещё тут?", from: anna)
      let another = try await stage.topic("Анна", in: staff)
      #expect(another != topic)
      _ = try await stage.message(with: "Вы ещё тут?", in: staff, topic: another)
      try stage.telegram.post(PersonMessage("Тут!", thread: another), from: olga, in: staff)
      _ = try await stage.message(with: "Ответ оператора: Тут!", in: anna)
      try stage.telegram.post(PersonMessage("/close", thread: another), from: olga, in: staff)
      _ = try await stage.message(with: "Диалог завершён", in: anna)
      _ = try await stage.topic("⚪️ Анна", in: staff)
      try await stage.press("5", in: anna, by: anna)
      _ = try await stage.message(with: "Оценка клиента: 5", in: staff)

      // What the bot answers from now on is read in the topic as well.
      try stage.telegram.post("Как вас зовут?", from: anna)
      _ = try await stage.message(with: "🤖", in: staff, topic: another)
      try await program.end(SIGTERM)
    }
  }

  @Test func whoPressesFirstInAPlainGroupHoldsTheDialogue() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let petr = stage.telegram.addPerson("Пётр", hasStarted: true)
      let staff = stage.staffGroup([petr, olga])
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(staff)"])
      try stage.telegram.post("/operator", from: anna)
      _ = try await stage.message(with: "Нужен человек", in: staff)
      try await stage.press("Взять", in: staff, by: olga, petr)
      _ = try await stage.message(with: "В работе: Ольга", in: staff)
      #expect(!stage.said(in: staff).joined().contains("В работе: Пётр"))
      // Colleagues may talk to each other.
      try stage.telegram.post(PersonMessage("Оля, это твой?"), from: petr, in: staff)
      try stage.telegram.leave(olga, chat: staff)
      _ = try await stage.message(with: "прежний оператор недоступен", in: staff)
      try await stage.press("Взять", in: staff, by: petr)
      _ = try await stage.message(with: "В работе: Пётр", in: staff)
      #expect(!stage.said(in: anna).joined().contains("это твой"))
      try await program.end(SIGTERM)
    }
  }

  @Test func aBlockedBotIsToldToTheOperatorAndTheMessageCanBeSentAgain() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(olga)"])
      try stage.telegram.post("/operator", from: anna)
      let card = try await stage.message(with: "Нужен человек", in: olga)
      try stage.telegram.setBlocked(true, chat: anna, by: anna)
      try stage.telegram.post(
        PersonMessage("Вы где?", replyTo: card.id), from: olga, in: olga)
      _ = try await stage.message(with: "клиент заблокировал бота", in: olga)
      try stage.telegram.setBlocked(false, chat: anna, by: anna)
      try await stage.press("Отправить ещё раз", in: olga, by: olga)
      _ = try await stage.message(with: "Ответ оператора: Вы где?", in: anna)
      try await program.end(SIGTERM)
    }
  }

  @Test func aRestartInTheMiddleLosesNothing() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let staff = stage.staffGroup([olga], isForum: true)
      let settings = ["OPERATOR_CHAT_ID": "\(staff)"]
      let first = try await stage.start(settings)
      try stage.telegram.post("/operator", from: anna)
      let topic = try await stage.topic("Анна", in: staff)
      try stage.telegram.post(PersonMessage("Слушаю", thread: topic), from: olga, in: staff)
      _ = try await stage.message(with: "Ответ оператора: Слушаю", in: anna)
      try await first.end(SIGKILL)
      try stage.telegram.post("Первое", from: anna)
      try stage.telegram.post(PersonMessage("Второе", thread: topic), from: olga, in: staff)
      let second = try await stage.start(settings)
      _ = try await stage.message(with: "Ответ оператора: Второе", in: anna)
      try await eventually("the customer's words") {
        stage.said(in: staff, topic: topic).filter { $0.contains("Первое") }.count == 1
      }
      #expect(stage.telegram.transcript(of: staff)?.topics.count == 1)
      #expect(stage.model.record.count == 0)
      try await second.end(SIGTERM)
    }
  }

  @Test func aBusyStaffGroupGetsMergedLinesAndLosesNone() async throws {
    var limits = TelegramSimulator.Settings()
    limits.floodLimits = .inGroups
    try await Stage.run(telegram: limits) { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let staff = stage.staffGroup([olga], isForum: true)
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(staff)"])
      try stage.telegram.post("/operator", from: anna)
      let topic = try await stage.topic("Анна", in: staff)
      for number in 1...40 { try stage.telegram.post("Строка \(number).", from: anna) }
      try await eventually("all lines, merged", within: .seconds(30)) {
        let said = stage.said(in: staff, topic: topic).joined(separator: "\n")
        return (1...40).allSatisfy { said.contains("Строка \($0).") }
      }
      #expect(stage.said(in: staff, topic: topic).count < 20)
      try await program.end(SIGTERM)
    }
  }

  @Test func withoutOperatorsThePersonIsToldSoAndTheBotGoesOn() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let program = try await stage.start()
      try stage.telegram.post("позовите оператора", from: anna)
      _ = try await stage.message(with: "здесь нет операторов", in: anna)
      try stage.telegram.post("Сколько будет два и два?", from: anna)
      try await eventually("the bot answers") { stage.model.record.count == 1 }
      try await program.end(SIGTERM)
    }
  }

  @Test func aKickedBotTellsTheCustomerAndTheAdministrator() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let boss = stage.telegram.addPerson("Босс", hasStarted: true)
      let staff = stage.telegram.addGroup("Операторы", members: [olga], bot: .administrator)
      let program = try await stage.start([
        "OPERATOR_CHAT_ID": "\(staff)", "ADMIN_CHAT_ID": "\(boss)",
      ])
      try stage.telegram.setBlocked(true, chat: staff, by: olga)
      try stage.telegram.post("/operator", from: anna)
      _ = try await stage.message(with: "Все операторы сейчас заняты", in: anna)
      _ = try await stage.message(with: "Чат операторов недоступен", in: boss)
      try await stage.press("Продолжить с ботом", in: anna, by: anna)
      _ = try await stage.message(with: "Запрос отменён", in: anna)
      try await program.end(SIGTERM)
    }
  }

  @Test func theModelCallsAPersonByItsTool() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(olga)"])
      try stage.telegram.post("У меня сложный вопрос про налоги", from: anna)
      _ = try await stage.message(with: "Переключаю на человека", in: anna)
      let card = try await stage.message(with: "решение модели", in: olga)
      #expect(card.shown.contains("Кратко: "))
      try await program.end(SIGTERM)
    }
  }

  @Test func aPromiseWithoutTheToolIsKept() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(olga)"])
      try stage.telegram.post("Расскажи про обещание", from: anna)
      _ = try await stage.message(with: "Переключаю на человека", in: anna)
      #expect(!stage.said(in: anna).joined().contains("Сейчас соединю вас с оператором"))
      #expect(stage.model.record.count == 2)
      try await program.end(SIGTERM)
    }
  }

  @Test func aSuggestionIsSentWithOnePress() async throws {
    try await Stage.run { stage in
      let anna = stage.telegram.addPerson("Анна")
      let olga = stage.telegram.addPerson("Ольга", hasStarted: true)
      let staff = stage.staffGroup([olga], isForum: true)
      let program = try await stage.start(["OPERATOR_CHAT_ID": "\(olga),\(staff)"])
      try stage.telegram.post("/operator", from: anna)
      _ = try await stage.message(with: "Нужен человек", in: olga)
      try stage.telegram.post("Как вернуть товар?", from: anna)
      _ = try await stage.message(with: "Как вернуть товар?", in: olga)
      try await stage.press("Черновик", in: olga, by: olga)
      _ = try await stage.message(with: "Черновик ответа", in: olga)
      try await stage.press("Отправить", in: olga, by: olga)
      let words = "По вопросу «Как вернуть товар?»: уже проверяем и ответим в течение часа."
      _ = try await stage.message(with: words, in: olga)
      #expect(try await stage.message(with: words, in: anna).shown.hasPrefix("Ответ оператора:"))
      _ = try await stage.message(with: "💬 Ольга: Здравствуйте!", in: staff)
      _ = try await stage.message(with: words, in: staff)
      try await stage.press("Отправить", in: olga, by: olga)
      try await eventually("nothing is sent twice") {
        stage.said(in: anna).filter { $0.contains("Ответ оператора:") }.count == 1
      }
      try await program.end(SIGTERM)
    }
  }
}
