import Conversation
import Foundation
import Gateways
import Platform
import Simulator
import Testing

/// Pictures and speech at the stand-in model.
struct ModelMediaTests {
  private let model = ModelSimulator(clock: .instantaneous)
  private static let key = HTTPHeader("Authorization", "Bearer k")

  private func ask(_ content: String, role: String = "user") async throws -> HTTPServerResponse {
    try await model.routes.call(
      "POST", "/v1/chat/completions",
      json: #"{"model":"m","messages":[{"role":"\#(role)","content":\#(content)}]}"#,
      headers: [Self.key])
  }

  private static let png =
    #"{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0="}}"#
  private static let jpeg =
    #"{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/","detail":"auto"}}"#

  private func answer(_ content: String) async throws -> String? {
    let response = try await ask(content)
    #expect(response.status == 200)
    return try response.value()["choices"]?.array?.first?["message"]?["content"]?.string
  }

  @Test func saysWhatItSees() async throws {
    let both = try await answer(#"[{"type":"text","text":"What?"},\#(Self.png),\#(Self.jpeg)]"#)
    #expect(
      both?.hasPrefix("I see pictures: **2**, size in bytes: 5, 3.\n\nYou wrote: “What?”") == true)
    #expect(try await answer("[\(Self.jpeg)]") == "I see pictures: **1**, size in bytes: 3.")
    let russian = try await answer(#"[{"type":"text","text":"Что?"},\#(Self.jpeg)]"#)
    #expect(russian?.hasPrefix("Вижу картинки: **1**, размер в байтах: 3.") == true)
  }

  @Test func picturesOfEarlierQuestionsAreNotNamedAgain() async throws {
    let response = try await model.routes.call(
      "POST", "/v1/chat/completions",
      json: #"{"model":"m","messages":[{"role":"user","content":[\#(Self.jpeg)]},"#
        + #"{"role":"assistant","content":"a"},{"role":"user","content":"b"}]}"#,
      headers: [Self.key])
    let text = try response.value()["choices"]?.array?.first?["message"]?["content"]?.string
    #expect(text?.contains("pictures") == false)
  }

  @Test(arguments: [
    ("https://api.telegram.org/file/bot1:x/a.jpg", "invalid_image_format"),
    ("data:image/jpeg;base64,@@@", "invalid_image_format"),
    ("data:image/jpeg;base64,AAAA", "invalid_image_format"),
    ("data:image/tiff;base64,/9j/", "invalid_image_format"),
  ])
  func picturesMustBePictures(url: String, code: String) async throws {
    let response = try await ask(#"[{"type":"image_url","image_url":{"url":"\#(url)"}}]"#)
    #expect(response.status == 400)
    #expect(try response.value()["error"]?["code"]?.string == code)
  }

  @Test func picturesAreStrictlyShaped() async throws {
    let unknown = #"[{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/","x":1}}]"#
    #expect(try await ask(unknown).status == 400)
    #expect(try await ask("[\(Self.jpeg)]", role: "system").status == 400)
  }

  @Test func aBlindModelRefusesOnlyPictures() async throws {
    let abilities = #"{"pictures":false,"speech":true}"#
    #expect(
      try await model.routes.call("POST", "/_simulator/abilities", json: abilities).status == 200)
    let refused = try await ask("[\(Self.jpeg)]")
    #expect(refused.status == 400)
    let error = try refused.value()["error"]
    #expect(
      error?["message"] == "Invalid content type. image_url is only supported by certain models.")
    #expect(error?["param"] == "messages[0].content[0].type")
    #expect(try await ask(#""words""#).status == 200)
    model.set(.init())
    #expect(try await ask("[\(Self.jpeg)]").status == 200)
  }

  private func transcribe(
    fileName: String = "voice.ogg", fields: [(String, String)] = [("model", "whisper-1")],
    key: HTTPHeader? = key
  ) async throws -> HTTPServerResponse {
    var body = ""
    for (name, value) in fields {
      body += "--b0\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }
    body +=
      "--b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(fileName)\"\r\n"
      + "Content-Type: audio/ogg\r\n\r\nOggS\r\n\r\n--b\r\n--b0--\r\n"
    return try await model.routes.call(
      "POST", "/v1/audio/transcriptions", body: Array(body.utf8),
      headers: [HTTPHeader("Content-Type", "multipart/form-data; boundary=b0")]
        + [key].compactMap(\.self))
  }

  @Test func writesDownSpeech() async throws {
    let response = try await transcribe(
      fields: [("model", "m"), ("language", "ru"), ("response_format", "json")])
    #expect(response.status == 200)
    #expect(try response.value()["text"] == "Расскажи, что ты умеешь.")
    #expect(model.record.transcriptions == 1)
  }

  private static let refusals: [(String, [(String, String)], String)] = [
    ("voice.oga", [("model", "m")], "unsupported_value"),
    ("voice.ogg", [("model", "m"), ("language", "Russian")], "invalid_language_format"),
    ("voice.ogg", [("model", "m"), ("response_format", "srt")], "unsupported_value"),
    ("voice.ogg", [("model", "m"), ("answer", "1")], "unknown_parameter"),
  ]

  @Test(arguments: refusals)
  func speechMustHaveItsForm(file: String, fields: [(String, String)], code: String) async throws {
    let response = try await transcribe(fileName: file, fields: fields)
    #expect(response.status == 400)
    #expect(try response.value()["error"]?["code"]?.string == code)
  }

  @Test func speechNeedsAKeyAModelAndAForm() async throws {
    #expect(try await transcribe(key: nil).status == 401)
    #expect(try await transcribe(fields: []).status == 400)
    let json = try await model.routes.call(
      "POST", "/v1/audio/transcriptions", json: "{}", headers: [Self.key])
    #expect(json.status == 400)
    #expect(model.record.refused == 3)
  }

  @Test func aServiceWithoutSpeechHasNoSuchAddress() async throws {
    model.set(.init(speech: false))
    #expect(try await transcribe().status == 404)
  }

  @Test func faultsOfSpeechLeaveAnswersAlone() async throws {
    let fault = #"{"kind":"status","status":404,"speech":true}"#
    #expect(
      try await model.routes.call("POST", "/_simulator/faults", json: fault).status == 200)
    #expect(try await ask(#""words""#).status == 200)
    #expect(try await transcribe().status == 404)
    #expect(try await transcribe().status == 200)
    model.inject(.init(.empty, isForSpeech: true))
    #expect(try await transcribe().value()["text"] == "")
    model.inject(
      .init(.status(500, message: "x", type: "server_error", code: nil, retryAfterSeconds: nil)))
    #expect(try await transcribe().status == 200)
    #expect(try await ask(#""words""#).status == 500)
  }
}

extension [HTTPRoute] {
  /// Serves a request with a body of any kind.
  fileprivate func call(
    _ method: String, _ path: String, body: [UInt8], headers: [HTTPHeader]
  ) async throws -> HTTPServerResponse {
    let route = try #require(
      first { route in
        if case .exact(path) = route.path { route.method == method } else { false }
      })
    return await route.handle(
      HTTPServerRequest(method: method, path: path, query: [], headers: headers, body: body))
  }
}
