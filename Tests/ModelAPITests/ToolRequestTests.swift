import Conversation
import Gateways
import Platform
import Testing

@testable import ModelAPI

/// Requests with the tool, and services that refuse them.
struct ToolRequestTests {
  private static let request = ModelRequest(
    model: "m", turns: [ContextTurn(role: .user, text: "?")], answerTokens: 9,
    timeout: .seconds(9), offersHandOver: true)

  private func ask(
    _ service: ScriptedService, _ request: ModelRequest = request
  ) async throws(ModelError) -> Answer {
    let model = LanguageModel.chatCompletions(
      settings: ModelAPISettings(baseURL: "http://h", key: Secret("")),
      transport: service.transport, log: .silent)
    var answer = Answer()
    for try await delta in try await model.stream(request) { answer.take(delta) }
    return answer
  }

  @Test func offerTheTool() async throws {
    let service = ScriptedService(200, stop + done)
    _ = try await ask(service)
    let body = try #require(service.bodies.first)
    let tool = try #require(body["tools"]?.elements?.first)
    #expect(body["tools"]?.elements?.count == 1)
    #expect(tool["type"] == .string("function"))
    let function = try #require(tool["function"])
    #expect(function["name"] == .string("hand_over_to_operator"))
    #expect(function["description"]?.string?.isEmpty == false)
    let parameters = try #require(function["parameters"])
    #expect(parameters["type"] == .string("object"))
    #expect(parameters["additionalProperties"] == .bool(false))
    #expect(parameters["required"] == .array([.string("reason"), .string("summary")]))
    for name in ["reason", "summary"] {
      #expect(parameters["properties"]?[name]?["type"] == .string("string"))
    }
    #expect(body["tool_choice"] == nil)
  }

  @Test func offerItOnlyWhenTold() async throws {
    let service = ScriptedService(200, stop + done)
    var request = Self.request
    request.offersHandOver = false
    _ = try await ask(service, request)
    #expect(service.bodies.first?["tools"] == nil)
  }

  private static let refusals: [(Int, String)] = [
    // OpenAI; Azure; Groq; Ollama, earlier and now; OpenRouter.
    (400, #"{"error":{"message":"tools is not supported in this model. For a list …"}}"#),
    (400, #"{"error":{"code":400,"message":"Functions are not supported for this API version"}}"#),
    (
      400,
      #"{"error":{"message":"`tool calling` is not supported with this model","type":"invalid_request_error"}}"#
    ),
    (
      400,
      #"{"error":{"message":"registry.ollama.ai/library/gemma3:4b does not support tools","type":"api_error","param":null,"code":null}}"#
    ),
    (400, #"{"error":"registry.ollama.ai/library/qwen:4b does not support tools"}"#),
    (
      404,
      #"{"error":{"message":"No endpoints found that support tool use. To learn more …","code":404}}"#
    ),
    // vLLM; SGLang behind a proxy; llama.cpp, earlier and now; DeepInfra; FastAPI.
    (
      400,
      #"{"object":"error","message":"\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set","type":"BadRequestError","param":null,"code":400}"#
    ),
    (500, #"{"error":{"message":"Internal server error: Unsupported tool_call_parser: None"}}"#),
    (500, #"{"error":{"code":500,"message":"Unsupported param: tools","type":"server_error"}}"#),
    (
      500,
      #"{"error":{"code":500,"message":"tools param requires --jinja flag","type":"server_error"}}"#
    ),
    (
      405,
      #"{"error":{"message":"deepinfra error: Tool calling is not supported for model: x","code":"405"}}"#
    ),
    (422, #"{"detail":[{"loc":["body","tools"],"msg":"Extra inputs are not permitted"}]}"#),
    (400, #"{"error":{"message":"Unknown parameter: 'tools'.","param":"tools"}}"#),
  ]

  @Test(arguments: refusals)
  func tellWhenToolsAreRefused(status: Int, body: String) async {
    let service = ScriptedService(status, body)
    await #expect {
      _ = try await ask(service)
    } throws: {
      ($0 as? ModelError)?.kind == .toolsUnsupported
    }
    #expect(service.requests.count == 1)
  }

  private static let others: [(Int, String, ModelError.Kind)] = [
    (
      400,
      #"{"error":{"code":"context_length_exceeded","message":"… (120 in the messages, 90 in the functions). Please reduce the length of the messages or functions."}}"#,
      .contextTooLong
    ),
    (404, #"{"error":{"message":"No endpoints found for x","code":404}}"#, .modelUnknown),
    (401, #"{"error":{"message":"tools are not supported with this key"}}"#, .keyRefused),
    (
      400,
      #"{"error":{"message":"tool call validation failed","code":"tool_use_failed","failed_generation":"Some news"}}"#,
      .malformed
    ),
  ]

  @Test(arguments: others)
  func doNotBlameToolsForOtherTrouble(
    status: Int, body: String, kind: ModelError.Kind
  ) async {
    await #expect {
      _ = try await ask(ScriptedService(status, body))
    } throws: {
      ($0 as? ModelError)?.kind == kind
    }
  }

  @Test func readACallThatTheServiceCouldNot() async throws {
    let body =
      #"{"error":{"message":"Failed to call a function.","type":"invalid_request_error","#
      + #""code":"tool_use_failed","failed_generation":"#
      + #""hand_over_to_operator{\"reason\": \"asked\"}\u003c/function\u003e"}}"#
    let answer = try await ask(ScriptedService(400, body))
    #expect(
      answer == Answer(finish: .other, handOver: HandOverCall(reason: "asked", summary: "")))
  }
}
