import Gateways
import Simulator
import Testing

/// What the stand-in model does where operators are concerned: the tool, promises, suggestions.
struct ModelOperatorTests {
  private let model = ModelSimulator(clock: .instantaneous)
  private let tool = #"""
    {"type":"function","function":{"name":"hand_over_to_operator","description":"d","parameters":
    {"type":"object","properties":{"reason":{"type":"string"},"summary":{"type":"string"}}}}}
    """#

  private func ask(
    _ messages: [(role: String, text: String)], tools: String? = nil, streamed: Bool = false,
    more: String = ""
  ) async throws -> HTTPServerResponse {
    let list = messages.map { message -> JSONValue in
      ["role": .string(message.role), "content": .string(message.text)]
    }
    let told = String(decoding: JSONValue.array(list).bytes, as: UTF8.self)
    let offered = tools.map { #","tools":[\#($0)]"# } ?? ""
    return try await model.routes.call(
      "POST", "/v1/chat/completions",
      json: #"{"model":"m","stream":\#(streamed),"messages":\#(told)\#(offered)\#(more)}"#,
      headers: [
        HTTPHeader("Authorization", "Bearer k"), HTTPHeader("Content-Type", "application/json"),
      ])
  }

  private func words(_ response: HTTPServerResponse) throws -> String {
    try response.value()["choices"]?.array?.first?["message"]?["content"]?.string ?? ""
  }

  @Test(arguments: [
    ("У меня сложный вопрос по договору", "сложный вопрос"),
    ("This is a COMPLICATED issue, sorry", "COMPLICATED issue"),
  ])
  func toolIsCalledInPieces(question: String, part: String) async throws {
    let response = try await ask([("user", question)], tools: tool, streamed: true)
    let events = try await response.pieces().map { String(decoding: $0, as: UTF8.self) }
    #expect(events.last == "data: [DONE]\n\n")
    let choices = events.dropLast().compactMap {
      JSONValue(parsing: Array($0.dropFirst("data: ".count).utf8))?["choices"]?.array?.first
    }
    let calls = choices.compactMap { $0["delta"]?["tool_calls"]?.array?.first }
    #expect(calls.first?["function"]?["name"] == "hand_over_to_operator")
    #expect(calls.first?["id"]?.string?.isEmpty == false && calls.count > 5)
    #expect(calls.dropFirst().allSatisfy { $0["id"] == nil && $0["index"] == 0 })
    let told = calls.compactMap { $0["function"]?["arguments"]?.string }.joined()
    let arguments = try #require(JSONValue(parsing: Array(told.utf8)))
    #expect(arguments["summary"]?.string?.contains(part) == true)
    #expect(arguments["reason"]?.string?.isEmpty == false)
    #expect(choices.last?["finish_reason"] == "tool_calls")
    #expect(choices.allSatisfy { ($0["delta"]?["content"]?.string ?? "").isEmpty })
  }

  @Test func toolIsCalledInAWholeAnswer() async throws {
    let response = try await ask([("user", "сложный вопрос")], tools: tool)
    let choice = try response.value()["choices"]?.array?.first
    #expect(choice?["finish_reason"] == "tool_calls" && choice?["message"]?["content"] == .null)
    let call = choice?["message"]?["tool_calls"]?.array?.first
    #expect(call?["type"] == "function" && call?["function"]?["arguments"]?.string != nil)
  }

  @Test(arguments: [
    ("сложный вопрос", nil, ""), ("простой вопрос", "tool", ""),
    ("сложный вопрос", "tool", #","tool_choice":"none""#),
  ])
  func wordsAnswerOtherwise(question: String, tools: String?, more: String) async throws {
    let response = try await ask(
      [("user", question)], tools: tools.map { _ in tool }, more: more)
    #expect(try words(response).contains(question))
  }

  @Test func resultOfTheToolIsAnsweredInWords() async throws {
    let messages = #"""
      [{"role":"user","content":"сложный вопрос"},{"role":"assistant","content":null,"tool_calls":
      [{"id":"c","type":"function","function":{"name":"hand_over_to_operator","arguments":"{}"}}]},
      {"role":"tool","tool_call_id":"c","content":"ok"}]
      """#
    let response = try await model.routes.call(
      "POST", "/v1/chat/completions",
      json: #"{"model":"m","messages":\#(messages),"tools":[\#(tool)]}"#,
      headers: [
        HTTPHeader("Authorization", "Bearer k"), HTTPHeader("Content-Type", "application/json"),
      ])
    #expect(try words(response).isEmpty == false)
  }

  @Test(arguments: [
    ("расскажи про обещание", "Сейчас соединю вас с оператором", "Я помогу сам"),
    ("tell me about promises", "I am connecting you with an operator", "I will help you myself"),
  ])
  func promiseIsRepairedAfterAnInstruction(
    question: String, promise: String, repaired: String
  ) async throws {
    let first = try words(await ask([("system", "s"), ("user", question)]))
    #expect(first.hasPrefix(promise))
    for added in [[("assistant", first), ("system", "n")], [("assistant", first), ("user", "n")]] {
      let again = try await ask([("system", "s"), ("user", question)] + added)
      if added.last?.0 == "system" { #expect(try words(again).hasPrefix(repaired)) }
      #expect(try !words(again).contains(promise))
    }
    let called = try await ask(
      [("user", question), ("assistant", first), ("system", "n")], tools: tool)
    #expect(try words(called).hasPrefix(repaired), "the question was answered already")
    let kept = try await ask([("system", "s"), ("system", "n"), ("user", question)], tools: tool)
    #expect(
      try kept.value()["choices"]?.array?.first?["finish_reason"] == "tool_calls")
  }

  @Test(arguments: [
    ("Не обещай лишнего.\n\nСейчас ты помогаешь оператору. Напиши ответ.", "Здравствуйте!"),
    ("Promise nothing.\n\nNow you help a human operator. Write the answer.", "Здравствуйте!"),
  ])
  func answerIsSuggested(instruction: String, beginning: String) async throws {
    let dialogue = [("system", instruction), ("user", "Где мой заказ?")]
    let answer = try words(await ask(dialogue))
    #expect(answer.hasPrefix(beginning) && answer.contains("Где мой заказ?"))
    let standing = try await ask(dialogue, tools: tool)
    #expect(try words(standing).hasPrefix("Вы написали"), "with tools it is the assistant")
  }

  @Test(arguments: [
    ("Подведи итог для оператора.", "Клиент: Где заказ?\n\nАссистент: a\n\nКлиент: Неделя"),
    ("Sum it up for the operator.", "Customer: Где заказ?\n\nAssistant: a\n\nCustomer: Неделя"),
  ])
  func dialogueIsSummedUp(instruction: String, record: String) async throws {
    let answer = try words(await ask([("system", instruction), ("user", record)]))
    #expect(
      answer.hasPrefix(
        "Клиент начал с вопроса «Где заказ?». Сообщений от него: 2; последнее: «Неделя»."))
  }

  @Test func modelWithoutToolsRefusesThem() async throws {
    let abilities = try await model.routes.call(
      "POST", "/_simulator/abilities", json: #"{"tools":false}"#)
    #expect(try abilities.value() == ["pictures": true, "speech": true, "tools": false])
    let refused = try await ask([("user", "x")], tools: tool)
    #expect(refused.status == 400)
    #expect(try refused.value()["error"]?["message"] == "m does not support tools")
    #expect(try await ask([("user", "x")]).status == 200)
  }

  @Test(arguments: [
    (#"{"type":"web"}"#, "tools[0].type"), (#"{"type":"function"}"#, "tools[0].function"),
    (#"{"type":"function","function":{"name":"a b"}}"#, "tools[0].function.name"),
    (
      #"{"type":"function","function":{"name":"a","parameters":{"type":"string"}}}"#,
      "tools[0].function.parameters"
    ),
  ])
  func wrongToolsAreRefused(tool: String, place: String) async throws {
    let refused = try await ask([("user", "x")], tools: tool)
    #expect(refused.status == 400)
    #expect(try refused.value()["error"]?["param"] == .string(place))
  }
}
