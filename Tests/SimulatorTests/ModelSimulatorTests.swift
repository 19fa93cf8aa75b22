import Conversation
import Gateways
import Platform
import Simulator
import Testing

/// The stand-in model: bytes on the wire, refusals, faults.
struct ModelSimulatorTests {
  private let model: ModelSimulator

  init() {
    var settings = ModelSimulator.Settings()
    settings.apiKey = Secret("sk-test")
    settings.chunkLength = 40
    model = ModelSimulator(settings: settings, clock: .instantaneous)
  }

  private func ask(_ json: String, key: String? = "sk-test") async throws -> HTTPServerResponse {
    try await model.routes.call(
      "POST", "/v1/chat/completions", json: json,
      headers: key.map { [HTTPHeader("Authorization", "Bearer \($0)")] } ?? [])
  }

  private func chunks(_ json: String) async throws -> [String] {
    let response = try await ask(json)
    #expect(response.status == 200)
    var text = ""
    for piece in try await response.pieces() { text += String(decoding: piece, as: UTF8.self) }
    return text.split(separator: "\n\n").map(String.init)
  }

  private let hello =
    #"{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,"#
    + #""stream_options":{"include_usage":true}}"#

  @Test func streamIsExact() async throws {
    let lines = try await chunks(hello)
    let values = lines.dropLast().map {
      JSONValue(parsing: Array($0.dropFirst("data: ".count).utf8))
    }
    #expect(lines.allSatisfy { $0.hasPrefix("data: ") })
    #expect(lines.last == "data: [DONE]")
    #expect(
      values.first??["choices"] == [
        [
          "index": 0, "delta": ["role": "assistant", "content": ""], "logprobs": .null,
          "finish_reason": .null,
        ]
      ])
    #expect(values.first??["object"] == "chat.completion.chunk")
    #expect(values.dropLast().allSatisfy { $0?["usage"] == .null })
    let finish = values.dropLast().last??["choices"]?.array?.first
    #expect(finish?["finish_reason"] == "stop" && finish?["delta"] == [:])
    #expect(values.last??["choices"] == [])
    let usage = values.last??["usage"]
    let total =
      (usage?["prompt_tokens"]?.integer ?? 0) + (usage?["completion_tokens"]?.integer ?? 0)
    #expect(usage?["total_tokens"]?.integer == total && total > 0)
    let text = values.compactMap { value in
      value?["choices"]?.array?.first?["delta"]?["content"]?.string
    }.joined()
    #expect(text.hasPrefix("You wrote: “Hi”."))
    #expect(Set(values.map { $0?["id"]?.string }).count == 1)
  }

  @Test func usageIsLeftOutUnlessAsked() async throws {
    let lines = try await chunks(
      #"{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true}"#)
    #expect(!lines.contains { $0.contains("usage") })
  }

  @Test func wholeAnswerProvesTheContext() async throws {
    let response = try await ask(
      #"{"model":"m","messages":[{"role":"system","content":"s"},"#
        + #"{"role":"user","content":"Как дела?"},{"role":"assistant","content":"Хорошо"},"#
        + #"{"role":"user","content":"А теперь?"}]}"#)
    let choice = try response.value()["choices"]?.array?.first
    let content = choice?["message"]?["content"]?.string ?? ""
    #expect(content.contains("«А теперь?»") && content.contains("**2**"))
    #expect(content.contains("«Как дела?»"))
    #expect(choice?["finish_reason"] == "stop")
  }

  @Test(arguments: [
    ("покажи таблицу", "|:---"), ("some code please", "```swift"), ("дай формулу", "$$"),
    ("покажи всё", "> "), ("show everything", "- [x]"),
  ])
  func richSamples(question: String, mark: String) async throws {
    let response = try await ask(
      #"{"model":"m","messages":[{"role":"user","content":"\#(question)"}]}"#)
    let message = try response.value()["choices"]?.array?.first?["message"]
    #expect(message?["content"]?.string?.contains(mark) == true)
  }

  @Test func longAnswerNeedsSeveralMessages() async throws {
    let response = try await ask(
      #"{"model":"m","messages":[{"role":"user","content":"ответь длинно"}]}"#)
    let content = try response.value()["choices"]?.array?.first?["message"]?["content"]?.string
    #expect(content?.unicodeScalars.count ?? 0 > 2 * 4096)
  }

  @Test func answerIsCutAtTheLimit() async throws {
    let response = try await ask(
      #"{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"long"}]}"#)
    let choice = try response.value()["choices"]?.array?.first
    #expect(choice?["finish_reason"] == "length")
    #expect(choice?["message"]?["content"]?.string?.utf8.count ?? 99 <= 20)
  }

  @Test(arguments: [
    ("[]", "We could not parse the JSON body", nil),
    (#"{"messages":[{"role":"user","content":"x"}]}"#, "you must provide a model", nil),
    (#"{"model":"m"}"#, "Missing required parameter: 'messages'", "missing_required_parameter"),
    (#"{"model":"m","messages":[]}"#, "Invalid 'messages': empty array", "empty_array"),
    (
      #"{"model":"m","messages":[{"role":"bot","content":"x"}]}"#, "Invalid value: 'bot'",
      "invalid_value"
    ),
    (
      #"{"model":"m","messages":[{"role":"user","content":null}]}"#,
      "expected a string, got null", "invalid_type"
    ),
    (
      #"{"model":"m","messages":[{"role":"user","content":"x"}],"temperature":null}"#,
      "Invalid type for 'temperature'", "invalid_type"
    ),
    (
      #"{"model":"m","messages":[{"role":"user","content":"x"}],"temperature":3}"#,
      "decimal above maximum value", "decimal_above_max_value"
    ),
    (
      #"{"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":0}"#,
      "integer below minimum value", "integer_below_min_value"
    ),
    (
      #"{"model":"gpt-5.4","messages":[{"role":"user","content":"x"}],"max_tokens":9}"#,
      "Use 'max_completion_tokens' instead", "unsupported_parameter"
    ),
    (
      #"{"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":9,"#
        + #""max_completion_tokens":9}"#, "at the same time", "invalid_parameter_combination"
    ),
    (
      #"{"model":"m","messages":[{"role":"user","content":"x"}],"stream_options":{}}"#,
      "only allowed when 'stream' is enabled", nil
    ),
    (
      #"{"model":"m","messages":[{"role":"user","content":"x"}],"foo":1}"#,
      "Unknown parameter: 'foo'", "unknown_parameter"
    ),
    (
      #"{"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":9223372036854775807}"#,
      "maximum context length is 128000 tokens", "context_length_exceeded"
    ),
  ])
  func refusesWithTheServicesWords(body: String, words: String, code: String?) async throws {
    let response = try await ask(body)
    #expect(response.status == 400)
    let error = try response.value()["error"]
    #expect(error?["message"]?.string?.contains(words) == true)
    #expect(error?["code"]?.string == code)
    #expect(model.record.refused == 1)
  }

  @Test func demandsTheKey() async throws {
    #expect(try await ask(hello, key: nil).status == 401)
    let wrong = try await ask(hello, key: "other")
    #expect(try wrong.value()["error"]?["code"] == "invalid_api_key")
  }

  @Test func listsModels() async throws {
    let response = try await model.routes.call(
      "GET", "/v1/models", headers: [HTTPHeader("Authorization", "Bearer sk-test")])
    #expect(try response.value()["data"]?.array?.first?["id"] == "stand-in")
  }

  @Test func statusFaultComesWithRetryAfterAndOnlyOnce() async throws {
    model.inject(
      .init(
        .status(
          429, message: "slow down", type: "requests", code: "rate_limit_exceeded",
          retryAfterSeconds: 7)))
    let refused = try await ask(hello)
    #expect(refused.status == 429 && refused.headers["retry-after"] == "7")
    #expect(try refused.value()["error"]?["code"] == "rate_limit_exceeded")
    #expect(try await ask(hello).status == 200)
  }

  @Test func faultsStrikeOnlyMatchingQuestions() async throws {
    model.inject(.init(.empty, matching: "other"))
    #expect(try await chunks(hello).count > 4)
    model.inject(.init(.empty, matching: "HI"))
    let lines = try await chunks(hello)
    #expect(lines.count == 4, "role, finish, usage, [DONE]")
  }

  @Test func cutStreamHasNoEnd() async throws {
    model.inject(.init(.cut(after: 1)))
    let lines = try await chunks(hello)
    #expect(lines.count == 2)
    #expect(!lines.contains { $0.contains("[DONE]") || $0.contains(#""finish_reason":"stop""#) })
    #expect(model.record.openStreams == 0 && model.record.cancelledStreams == 0)
  }

  @Test func malformedErrorAndFilterFaults() async throws {
    model.inject(.init(.malformed(after: 1)))
    model.inject(.init(.errorMidStream(after: 1, message: "broken")))
    model.inject(.init(.contentFilter(after: 1)))
    model.inject(.init(.noUsage))
    let malformed = try await chunks(hello)
    #expect(JSONValue(parsing: Array(malformed[2].dropFirst(6).utf8)) == nil)
    #expect(malformed.last == "data: [DONE]")
    let broken = try await chunks(hello)
    #expect(broken.count == 3 && broken[2].contains(#""message":"broken""#))
    #expect(try await chunks(hello).contains { $0.contains(#""finish_reason":"content_filter""#) })
    #expect(!(try await chunks(hello)).contains { $0.contains("usage") })
  }

  @Test func stalledStreamIsCountedWhenTheClientLeaves() async throws {
    let clock = ManualClock()
    var settings = ModelSimulator.Settings()
    settings.firstChunkDelay = .zero
    settings.chunkDelay = .zero
    let model = ModelSimulator(settings: settings, clock: clock.clock)
    model.inject(.init(.stall(after: 0, milliseconds: nil)))
    let response = try await model.routes.call(
      "POST", "/v1/chat/completions", json: hello,
      headers: [HTTPHeader("Authorization", "Bearer any")])
    guard case .stream(let stream) = response.body else {
      Issue.record("no stream")
      return
    }
    #expect(model.record.openStreams == 1)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in stream {} }
      await clock.sleeping()
      group.cancelAll()
    }
    #expect(model.record.openStreams == 0 && model.record.cancelledStreams == 1)
  }

  @Test func controlOverHTTP() async throws {
    let fault = #"{"kind":"status","status":503,"retry_after":1,"count":2,"matching":"hi"}"#
    #expect(try await model.routes.call("POST", "/_simulator/faults", json: fault).status == 200)
    #expect(try await ask(hello).status == 503)
    #expect(try await ask(hello).status == 503)
    #expect(try await ask(hello).status == 200)
    let record = try await model.routes.call("GET", "/_simulator/requests").value()
    #expect(record["count"] == 3)
    #expect(record["bodies"]?.array?.first?["model"] == "m")
    let wrong = try await model.routes.call("POST", "/_simulator/faults", json: #"{"kind":"x"}"#)
    #expect(wrong.status == 400)
  }
}
