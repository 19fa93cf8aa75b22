import Conversation
import Gateways
import Platform
import Synchronization
import Testing

@testable import ModelAPI

struct ChatCompletionsTests {
  private static let question = ModelRequest(
    model: "m",
    turns: [
      ContextTurn(role: .system, text: "Be/kind"), ContextTurn(role: .user, text: "\"Да\"\n"),
    ],
    answerTokens: 100, timeout: .seconds(120))

  private func model(
    _ service: ScriptedService, _ base: String = "http://localhost/v1", key: String = "k",
    headers: [HTTPHeader] = []
  ) -> LanguageModel {
    .chatCompletions(
      settings: ModelAPISettings(
        baseURL: base, key: Secret(key), organization: "o", project: "p", headers: headers),
      transport: service.transport, log: .silent)
  }

  private func ask(
    _ model: LanguageModel, _ request: ModelRequest = question
  ) async throws(ModelError) -> Answer {
    var answer = Answer()
    for try await delta in try await model.stream(request) { answer.take(delta) }
    return answer
  }

  @Test func asksAndReads() async throws {
    let service = ScriptedService(200, chunk("Да") + stop + usage + done)
    let answer = try await ask(model(service))
    #expect(
      answer == Answer(text: "Да", usage: TokenUsage(prompt: 9, completion: 12), finish: .stop))
    let request = try #require(service.requests.first)
    #expect(request.method == "POST")
    #expect(request.url == "http://localhost/v1/chat/completions")
    #expect(request.timeout == .seconds(120))
    #expect(request.headers["authorization"] == "Bearer k")
    #expect(request.headers["openai-organization"] == "o")
    #expect(request.headers["openai-project"] == "p")
    #expect(request.headers["content-type"] == "application/json")
    let expected = #"""
      {"model":"m","stream":true,"stream_options":{"include_usage":true},"max_tokens":100,
      "messages":[{"role":"system","content":"Be/kind"},{"role":"user","content":"\"Да\"\n"}]}
      """#
    #expect(service.bodies == [JSONValue(Array(expected.utf8))])
  }

  @Test(arguments: [
    "http://h/v1", "http://h/v1/", "http://h/v1//", "http://h/v1/chat/completions",
    "http://h/v1/chat/completions/",
  ])
  func toleratesAddresses(base: String) {
    let settings = ModelAPISettings(baseURL: base, key: Secret("k"))
    #expect(settings.url("models") == "http://h/v1/models")
  }

  @Test func extraHeadersReplaceOurs() {
    var settings = ModelAPISettings(
      baseURL: "http://h", key: Secret("k"), headers: [HTTPHeader("authorization", "Api-Key z")])
    #expect(settings.requestHeaders() == [HTTPHeader("authorization", "Api-Key z")])
    settings.headers = []
    settings.key = Secret("")
    #expect(settings.requestHeaders().isEmpty)
  }

  private static let names: [(String, Bool)] = [
    ("o1", true), ("o4-mini", true), ("gpt-5", true), ("gpt-5.4-mini", true), ("gpt-6-astra", true),
    ("openai/gpt-5-nano", true), ("gpt-10", true), ("gpt-4o", false), ("gpt-4.1", false),
    ("gpt-oss-120b", false), ("llama-3.3-70b-versatile", false), ("olmo-2", false), ("o", false),
    ("", false), ("gpt://folder/yandexgpt/latest", false),
  ]

  @Test(arguments: names)
  func knowsReasoningModels(name: String, isReasoning: Bool) {
    #expect(RequestDialect.isReasoning(name) == isReasoning)
  }

  private static func refusal(_ message: String, _ extra: String = "") -> ScriptedService.Reply {
    ScriptedService.Reply(
      status: 400, pieces: [.success(#"{"error":{"message":"\#(message)"\#(extra)}}"#)])
  }

  private static let good = ScriptedService.Reply(pieces: [.success(chunk("a") + stop + done)])

  private static let adaptations: [(String, [ScriptedService.Reply], Set<String>)] = [
    (
      "http://h/v1",
      [
        refusal(
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
          #","code":"unsupported_parameter","param":"max_tokens""#)
      ], ["stream_options", "max_completion_tokens"]
    ),
    (
      "https://api.openai.com/v1", [refusal("unknown field max_completion_tokens")],
      ["stream_options", "max_tokens"]
    ),
    (
      "http://h/v1", [refusal("Unrecognized request argument supplied: stream_options")],
      ["max_tokens"]
    ),
    (
      "http://h/v1",
      [
        ScriptedService.Reply(
          status: 422,
          pieces: [
            .success(
              #"{"detail":[{"loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}"#
            )
          ]),
        refusal("unsupported: max_tokens"),
      ], ["max_completion_tokens"]
    ),
  ]

  @Test(arguments: adaptations)
  func adaptsAndRemembers(
    base: String, refusals: [ScriptedService.Reply], parameters: Set<String>
  ) async throws {
    let service = ScriptedService((refusals + [Self.good, Self.good]).map { .success($0) })
    let model = model(service, base)
    #expect(try await ask(model).text == "a")
    #expect(try await ask(model).text == "a")
    #expect(service.requests.count == refusals.count + 2)
    for body in service.bodies.suffix(2) {
      guard case .object(let members) = body else { return #expect(Bool(false)) }
      #expect(Set(members.keys).subtracting(["model", "messages", "stream"]) == parameters)
    }
  }

  @Test func givesUpWhereNothingHelps() async {
    let both = [
      Self.refusal("unsupported max_tokens"), Self.refusal("unsupported max_completion_tokens"),
    ]
    let service = ScriptedService(both.map { .success($0) })
    await #expect(throws: ModelError(.refused, detail: "400")) { try await ask(model(service)) }
    #expect(service.requests.count == 2)

    let large = ScriptedService([
      .success(Self.refusal("max_tokens is too large: 100. This model supports at most 10."))
    ])
    await #expect(throws: ModelError(.refused, detail: "400")) { try await ask(model(large)) }
    #expect(large.requests.count == 1)
  }

  @Test func oneAttemptOnly() async {
    for status in [408, 429, 500, 503] {
      let service = ScriptedService(status, "")
      await #expect(throws: ModelError.self) { try await ask(model(service)) }
      #expect(service.requests.count == 1)
    }
  }

  private static let failures: [(HTTPError.Code, ModelError.Kind, ModelError.Kind)] = [
    (.timedOut, .timedOut, .timedOut), (.notConnected, .unreachable, .interrupted),
    (.insecure, .unreachable, .interrupted), (.proxy, .unreachable, .interrupted),
    (.badURL, .unreachable, .interrupted), (.broken, .unreachable, .interrupted),
    (.tooLarge, .malformed, .malformed), (.cancelled, .cancelled, .cancelled),
  ]

  @Test(arguments: failures)
  func mapsTransportTrouble(
    code: HTTPError.Code, before: ModelError.Kind, after: ModelError.Kind
  ) async {
    let error = HTTPError(code, requestWritten: true)
    let silent = ScriptedService([.failure(error)])
    await #expect(throws: ModelError(before, detail: code.rawValue)) {
      try await ask(model(silent))
    }
    let cut = ScriptedService([
      .success(.init(pieces: [.success(chunk("a")), .failure(error)]))
    ])
    await #expect(throws: ModelError(after, detail: code.rawValue)) { try await ask(model(cut)) }
  }

  @Test func breaksAfterTheEndHarmNothing() async throws {
    let broken = HTTPError(.broken, requestWritten: true)
    let service = ScriptedService([
      .success(.init(pieces: [.success(chunk("a") + stop), .failure(broken)]))
    ])
    #expect(try await ask(model(service)) == Answer(text: "a", finish: .stop))
  }

  @Test func letsGoOfTheTransfer() async throws {
    final class Transfer: Sendable {
      let isOpen: Flag
      init(_ isOpen: Flag) { self.isOpen = isOpen }
      deinit { isOpen.clear() }
    }
    func model(_ text: String, _ isOpen: Flag) -> LanguageModel {
      let transport = HTTPTransport(
        send: { _ throws(HTTPError) in throw HTTPError(.badURL, requestWritten: false) },
        stream: { _ in
          let transfer = Transfer(isOpen)
          return HTTPStreamingResponse(
            status: 200, headers: [],
            body: HTTPBody {
              withExtendedLifetime(transfer) { Array(text.utf8) }
            })
        })
      return .chatCompletions(
        settings: ModelAPISettings(baseURL: "http://h", key: Secret("k")), transport: transport,
        log: .silent)
    }
    // The stream is dropped in the middle.
    let dropped = Flag()
    do {
      let stream = try await model(chunk("a"), dropped).stream(Self.question)
      #expect(try await stream.next() == ModelDelta(text: "a"))
      #expect(dropped.isSet)
    }
    #expect(!dropped.isSet)
    // The answer has ended, or failed, and the stream is still held.
    for text in [chunk("a") + done, event("nonsense"), event(#"{"error":"x"}"#)] {
      let ended = Flag()
      let stream = try await model(text, ended).stream(Self.question)
      _ = try? await stream.next()
      #expect(!ended.isSet)
      #expect(try await stream.next() == nil)
    }
  }

  private static let lists: [(Int, String, ModelDirectory.Finding)] = [
    (200, #"{"object":"list","data":[{"id":"a"},{"id":"m"}]}"#, .known),
    (200, #"{"data":[{"id":"m:latest"}]}"#, .known),
    (200, #"{"data":[{"id":"models/m"}]}"#, .known),
    (200, #"[{"id":"m"}]"#, .known),
    (200, #"{"data":[{"id":"m2"},{"id":"x"}]}"#, .missing(alike: ["m2"])),
    (200, #"{"data":[]}"#, .unverifiable), (200, "<html>", .unverifiable),
    (404, "", .unverifiable), (405, "", .unverifiable),
  ]

  @Test(arguments: lists)
  func verifies(status: Int, body: String, finding: ModelDirectory.Finding) async throws {
    let service = ScriptedService(status, body)
    let directory = ModelDirectory.models(
      settings: ModelAPISettings(baseURL: "http://h/v1/", key: Secret("k")),
      transport: service.transport)
    #expect(try await directory.verify("m") == finding)
    #expect(service.requests.first?.url == "http://h/v1/models")
    #expect(service.requests.first?.headers["Authorization"] == "Bearer k")
  }

  @Test func verifyingTellsTrouble() async {
    let directory = ModelDirectory.models(
      settings: ModelAPISettings(baseURL: "http://h", key: Secret("k")),
      transport: ScriptedService(401, "{}").transport)
    await #expect(throws: ModelError(.keyRefused, detail: "401")) {
      try await directory.verify("m")
    }
  }
}

/// Whether a transfer is open.
private final class Flag: Sendable {
  private let value = Atomic(true)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func clear() { value.store(false, ordering: .relaxed) }
}
