import Handoff
import Testing

@testable import Conversation

@Suite struct DidNotHelpTests {
  @Test func `The labelled replies are told apart`() {
    let wrong = Fixtures.didNotHelp.filter {
      DidNotHelp.saysItDidNotHelp($0["text"] ?? "") != ($0["label"] == "yes")
    }
    #expect(Fixtures.didNotHelp.count > 100)
    #expect(wrong.isEmpty)
  }

  @Test(arguments: [
    ("как вернуть товар", "Как вернуть товар?"),
    ("где мой заказ 12345", "ГДЕ МОЙ ЗАКАЗ 12345!!!"),
    ("как вернуть бракованный товар", "подскажите, как вернуть бракованные товары"),
    ("Как сбросить пароль от почты?", "я спрашиваю, как сбросить пароль от почты"),
    ("how do I reset my password", "how can I reset the password?"),
    ("where is my refund for order 77", "Where is my refund for order 77??"),
    ("не работает вход в приложение", "вход в приложение всё ещё не работает"),
  ])
  func `The same question in other words is a repeat`(one: String, other: String) {
    #expect(isRepeat(one, other))
    #expect(isRepeat(other, one))
  }

  @Test(arguments: [
    ("да", "да"), ("ок", "ок"), ("12345", "12345"), ("12 45", "12 45"), ("спасибо", "спасибо"),
    ("", ""), ("yes", "yes"), ("👍", "👍"),
    ("как вернуть товар", "как обменять товар на другой размер"),
    ("где мой заказ 12345", "где мой заказ 54321"),
    ("how do I reset my password", "how do I delete my account"),
    ("сколько стоит доставка в Москву", "сколько стоит доставка в Казань"),
  ])
  func `Short replies and other questions are none`(one: String, other: String) {
    #expect(!isRepeat(one, other))
  }
}

private func isRepeat(_ one: String, _ other: String) -> Bool {
  Question.areSame(DidNotHelp.gist(of: one), DidNotHelp.gist(of: other))
}
