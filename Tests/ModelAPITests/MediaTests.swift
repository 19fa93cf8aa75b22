import Conversation
import Gateways
import Platform
import Testing

@testable import ModelAPI

/// Pictures in questions.
struct PictureTests {
  private static let jpeg = ContextTurn.Picture(mediaType: "image/jpeg", bytes: [0xFF, 0xD8, 0xFF])
  private static let png = ContextTurn.Picture(mediaType: "image/png", bytes: [0x89])

  private func request(
    _ pictures: [ContextTurn.Picture], text: String = "What?", model: String = "m"
  ) -> ModelRequest {
    ModelRequest(
      model: model,
      turns: [
        ContextTurn(role: .system, text: "S"),
        ContextTurn(role: .user, text: text, pictures: pictures),
      ], answerTokens: 10, timeout: .seconds(9))
  }

  private func model(_ service: ScriptedService) -> LanguageModel {
    .chatCompletions(
      settings: ModelAPISettings(baseURL: "http://h/v1", key: Secret("k")),
      transport: service.transport, log: .silent)
  }

  private static let good = ScriptedService.Reply(pieces: [.success(chunk("a") + stop + done)])

  private static func refusal(_ status: Int, _ body: String) -> ScriptedService.Reply {
    ScriptedService.Reply(status: status, pieces: [.success(body)])
  }

  private static let contents: [(String, [ContextTurn.Picture], String)] = [
    ("What?", [], #""What?""#), ("", [], #""""#),
    (
      "What?", [jpeg, png],
      #"[{"type":"text","text":"What?"},"#
        + #"{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/","detail":"auto"}},"#
        + #"{"type":"image_url","image_url":{"url":"data:image/png;base64,iQ==","detail":"auto"}}]"#
    ),
    (
      "", [png],
      #"[{"type":"image_url","image_url":{"url":"data:image/png;base64,iQ==","detail":"auto"}}]"#
    ),
  ]

  @Test(arguments: contents)
  func picturesGoAlong(text: String, pictures: [ContextTurn.Picture], content: String) async throws
  {
    let service = ScriptedService([.success(Self.good)])
    _ = try await model(service).stream(request(pictures, text: text))
    let messages = try #require(service.bodies.first?["messages"]?.elements)
    #expect(messages.first?["content"] == .string("S"))
    #expect(messages.last?["content"] == JSONValue(Array(content.utf8)))
  }

  private static let blind: [(Int, String)] = [
    (
      400,
      #"{"error":{"message":"Invalid content type. image_url is only supported by certain models.","type":"invalid_request_error","param":"messages.[1].content.[1].type","code":null}}"#
    ),
    (
      400,
      #"{"error":{"message":"x","param":"messages[1].content[1]","code":"unsupported_value"}}"#
    ),
    (
      422,
      #"{"error":{"message":"Failed to deserialize the JSON body into the target type: messages[1]: unknown variant `image_url`, expected `text` at line 1 column 9"}}"#
    ),
    (400, #"{"error":"this model does not support image input"}"#),
    (400, #"{"error":{"message":"Model do not support image input. Request id: 1"}}"#),
    (404, #"{"error":{"message":"No endpoints found that support image input","code":404}}"#),
    (400, #"{"object":"error","message":"facebook/opt-125m is not a multimodal model None"}"#),
    (400, #"{"error":{"message":"At most 0 image(s) may be provided in one prompt."}}"#),
    (
      500,
      #"{"error":{"code":500,"message":"image input is not supported - hint: if this is unexpected, you may need to provide the mmproj","type":"server_error"}}"#
    ),
    (500, #"{"error":{"message":"this model is missing data required for image input"}}"#),
    (400, #"{"error":{"message":"messages[1].content must be a string"}}"#),
    (
      422,
      #"{"detail":[{"loc":["body","messages",1,"content"],"msg":"Input should be a valid string"}]}"#
    ),
    (400, "unsupported content[].type"),
  ]

  @Test(arguments: blind)
  func aModelThatTakesNoPicturesIsAskedOnce(status: Int, body: String) async throws {
    let service = ScriptedService([
      .success(Self.refusal(status, body)), .success(Self.good), .success(Self.good),
    ])
    let model = model(service)
    for _ in 1...2 {
      let error = await #expect(throws: ModelError.self) {
        try await model.stream(request([Self.jpeg]))
      }
      #expect(error?.kind == .mediaUnsupported)
    }
    #expect(service.requests.count == 1)
    // Words still reach it, and pictures another model.
    _ = try await model.stream(request([]))
    _ = try await model.stream(request([Self.jpeg], model: "other"))
    #expect(service.requests.count == 3)
  }

  private static let others: [(Int, String, ModelError.Kind)] = [
    (
      400,
      #"{"error":{"message":"You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png'].","code":"invalid_image_format","param":"messages"}}"#,
      .refused
    ),
    (400, #"{"error":{"message":"The image is too large"}}"#, .refused),
    (
      400, #"{"error":{"message":"x","code":"context_length_exceeded","param":"messages"}}"#,
      .contextTooLong
    ),
    (429, #"{"error":{"message":"does not support images"}}"#, .rateLimited),
    (401, "", .keyRefused), (500, #"{"error":{"message":"oops"}}"#, .unavailable),
  ]

  @Test(arguments: others)
  func otherTroubleIsNotBlindness(status: Int, body: String, kind: ModelError.Kind) async {
    let service = ScriptedService([
      .success(Self.refusal(status, body)), .success(Self.refusal(status, body)),
    ])
    let model = model(service)
    for _ in 1...2 {
      let error = await #expect(throws: ModelError.self) {
        try await model.stream(request([Self.jpeg]))
      }
      #expect(error?.kind == kind)
    }
    #expect(service.requests.count == 2)
  }

  @Test func withoutPicturesTheWordsMeanNothing() async {
    let service = ScriptedService(400, #"{"error":{"message":"does not support images"}}"#)
    let error = await #expect(throws: ModelError.self) {
      try await model(service).stream(request([]))
    }
    #expect(error?.kind == .refused)
  }
}

/// Words out of speech.
struct TranscriptionTests {
  private func model(
    _ service: ScriptedService, _ base: String = "http://h/v1/", name: String? = nil
  ) -> LanguageModel {
    .chatCompletions(
      settings: ModelAPISettings(
        baseURL: base, key: Secret("k"), organization: "o", transcriptionModel: name),
      transport: service.transport, log: .silent)
  }

  private func speech(_ mediaType: String = "audio/ogg", _ language: Language? = .russian) -> Speech
  {
    Speech(bytes: [1, 2], mediaType: mediaType, language: language, timeout: .seconds(7))
  }

  private func fields(_ request: HTTPRequest) -> [String: String] {
    guard case .multipart(let parts) = request.body else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: parts.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
  }

  @Test func sendsTheFile() async throws {
    let service = ScriptedService(200, #"{"text":" Привет, мир\n","usage":{"seconds":3}}"#)
    #expect(try await model(service, name: "w").transcribe(speech()) == "Привет, мир")
    let request = try #require(service.requests.first)
    #expect(request.method == "POST")
    #expect(request.url == "http://h/v1/audio/transcriptions")
    #expect(request.timeout == .seconds(7))
    #expect(request.headers["authorization"] == "Bearer k")
    #expect(request.headers["openai-organization"] == "o")
    #expect(request.headers["content-type"] == nil)
    #expect(
      fields(request)
        == ["model": "w", "response_format": "json", "language": "ru", "file": "\u{1}\u{2}"])
    guard case .multipart(let parts) = request.body else { return }
    #expect(parts.last?.fileName == "voice.ogg")
    #expect(parts.last?.contentType == "audio/ogg")
  }

  @Test func theLanguageIsToldOnlyWhenKnown() async throws {
    let service = ScriptedService(200, #"{"text":""}"#)
    #expect(try await model(service).transcribe(speech("audio/ogg", nil)) == "")
    #expect(try fields(#require(service.requests.first))["language"] == nil)
  }

  @Test(arguments: [
    ("audio/ogg", "ogg"), ("audio/oga", "ogg"), ("audio/opus", "ogg"), ("audio/mpeg", "mp3"),
    ("audio/mp4", "m4a"), ("audio/x-m4a", "m4a"), ("Audio/X-WAV", "wav"), ("audio/flac", "flac"),
    ("video/webm", "webm"), ("video/mp4", "mp4"), ("application/octet-stream", "ogg"),
  ])
  func namesTheFileByItsKind(mediaType: String, ending: String) {
    #expect(Transcription.fileNameExtension(for: mediaType) == ending)
  }

  @Test(arguments: [
    ("https://api.openai.com/v1", "gpt-transcribe"),
    ("https://api.groq.com/openai/v1", "whisper-large-v3-turbo"),
    ("http://localhost:8000/v1", "whisper-1"),
  ])
  func theUsualModelOfAService(base: String, name: String) {
    #expect(ModelAPISettings(baseURL: base, key: Secret("k")).transcriptionModel == name)
  }

  private static let troubles: [(Int, String, ModelError.Kind)] = [
    (404, "404 page not found", .mediaUnsupported), (405, "", .mediaUnsupported),
    (501, "", .mediaUnsupported),
    (404, #"{"error":{"code":"model_not_found"}}"#, .mediaUnsupported),
    (403, #"{"error":{"code":"model_not_found"}}"#, .mediaUnsupported),
    (400, #"{"error":{"message":"Unsupported file format oga"}}"#, .mediaUnsupported),
    (400, #"{"error":{"code":"unsupported_audio_format"}}"#, .mediaUnsupported),
    (400, #"{"error":{"message":"The audio file is too short"}}"#, .refused),
    (401, "", .keyRefused), (403, "", .keyRefused), (402, "", .outOfMoney),
    (429, "", .rateLimited), (500, "", .unavailable), (200, "<html>", .malformed),
    (200, "{}", .malformed),
  ]

  @Test(arguments: troubles)
  func namesTheTrouble(status: Int, body: String, kind: ModelError.Kind) async {
    let error = await #expect(throws: ModelError.self) {
      try await model(ScriptedService(status, body)).transcribe(speech())
    }
    #expect(error?.kind == kind)
  }

  @Test func aServiceOutOfReach() async {
    let service = ScriptedService([.failure(HTTPError(.notConnected, requestWritten: false))])
    await #expect(throws: ModelError(.unreachable, detail: "notConnected")) {
      try await model(service).transcribe(speech())
    }
  }
}
