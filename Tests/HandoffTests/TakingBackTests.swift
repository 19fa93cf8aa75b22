import Handoff
import Testing

/// What takes a request for a person back, said while it waits.
@Suite struct TakingBackTests {
  @Test(arguments: [
    "уже не надо оператора, разобралась", "отмена", "Отменить запрос", "оператор не нужен",
    "не нужен оператор", "я передумала", "уже не нужно", "Уже не нужен, спасибо!",
    "больше не требуется", "Не надо. Спасибо!", "cancel", "never mind", "Nevermind, thanks",
    "no need for an operator anymore", "I changed my mind", "I don't need an operator anymore",
  ])
  func isHeard(text: String) { #expect(TakingBack.isSaid(in: text)) }

  @Test(arguments: [
    "вы ещё тут?", "отмена заказа", "отменить заказ можно?", "Отмените, пожалуйста", "cancel it",
    "позовите оператора", "не надо присылать мне каталог", "cancel my order", "спасибо",
    "Отмена. Позовите оператора!", "Я передумала. Хочу другой размер.", "Не нужно! Верните деньги",
    "Он сказал, что позвонит", "Мне пишут, что оплата не прошла", "he said the parcel was lost",
    "Когда придёт письмо?", "Какой код вводить?", "How do I change my email?", "Нет оператора?",
    "Никто из операторов не отвечает", "still no operator", "Это не оператор",
    "don't cancel the operator", "Не надо меня игнорировать", "",
  ])
  func isNotHeard(text: String) { #expect(!TakingBack.isSaid(in: text)) }
}
