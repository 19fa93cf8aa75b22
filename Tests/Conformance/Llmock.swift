import Foundation
import Gateways
import Staging
import Testing

/// llmock, a stand-in for model services that breaks on demand and judges its clients.
struct Llmock {
  let program: RunningProgram
  let stage: Stage
  let address: String

  /// Starts it on a port of its own.
  static func start(on stage: Stage, _ arguments: [String] = []) async throws -> Llmock {
    let port = try FreePort.find()
    let address = "http://127.0.0.1:\(port)"
    let program = try await Python.start(
      "llmock", ["serve", "--host", "127.0.0.1", "--port", "\(port)"] + arguments,
      answersAt: address + "/_llmock/scenario", on: stage)
    return Llmock(program: program, stage: stage, address: address)
  }

  /// The variables that direct the program at it.
  var environment: [String: String] {
    ["OPENAI_BASE_URL": address + "/v1", "OPENAI_MODEL": "gpt-4o", "OPENAI_API_KEY": "sk-test"]
  }

  /// Adds what the next requests meet, a behaviour in JSON.
  func script(_ behavior: String) async throws {
    let response = await stage.fetch(
      "POST", address + "/_llmock/scenario", json: #"{"behaviors":[\#(behavior)]}"#)
    try #require(
      response?.status == 201, "\(String(decoding: response?.body ?? [], as: UTF8.self))")
  }

  /// Adds that the next request is answered with a text.
  func reply(_ text: String) async throws {
    let body = try JSONEncoder().encode(["type": "reply", "text": text])
    try await script(String(decoding: body, as: UTF8.self))
  }

  /// How many requests for answers it has got.
  func requests() async throws -> Int {
    let response = await stage.fetch("GET", address + "/_llmock/requests")
    let body = try JSONSerialization.jsonObject(with: Data(response?.body ?? []))
    return (body as? [String: Any])?["count"] as? Int ?? 0
  }

  /// Its judgement of the client, as it writes it.
  func verdict() async throws -> String {
    let response = await stage.fetch("GET", address + "/_llmock/verdict?format=text")
    return String(decoding: response?.body ?? [], as: UTF8.self)
  }

  /// It would wait for its streams; nothing of it is worth the wait.
  func end() async throws { try await program.end(SIGKILL) }
}
