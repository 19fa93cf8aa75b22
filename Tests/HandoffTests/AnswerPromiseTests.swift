import Testing

@testable import Handoff

@Suite struct AnswerPromiseTests {
  @Test(arguments: ["tune", "held"])
  func `The labelled answers are told apart`(part: String) {
    let answers = Fixtures.answers.filter { $0["part"] == part }
    let wrong = answers.filter {
      AnswerPromise.promisesHandoff($0["text"] ?? "") != ($0["label"] == "promise")
    }
    #expect(answers.count >= 20)
    #expect(wrong.count * 20 <= answers.count, "\(wrong)")
  }

  @Test(arguments: [
    ("Соединяю вас с оператором", true),
    ("Сейчас переключу на специалиста", true),
    ("Передаю ваш вопрос менеджеру", true),
    ("I'm transferring you to an agent", true),
    ("Let me connect you with our billing team", true),
    ("A representative will join shortly", true),
    ("вы можете связаться с нашим оператором по телефону", false),
    ("напишите /operator, и я позову человека", false),
    ("You can press the button to reach a person", false),
    ("Хотите, соединю вас с оператором?", false),
    ("Would you like me to connect you?", false),
    ("я не могу соединить вас с оператором", false),
    ("«Соединяю вас с оператором» — так отвечает автомат", false),
    ("`Соединяю вас с оператором`", false),
    ("Соединяю вас с оператором, напишите пока номер заказа", true),
    ("", false),
  ])
  func `A promise is a person said to be on the way`(answer: String, promises: Bool) {
    #expect(AnswerPromise.promisesHandoff(answer) == promises)
  }
}
