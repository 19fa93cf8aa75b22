import Foundation
import Simulator
import Staging
import Testing

/// The program against LiteLLM's proxy, as many run it, with answers made up by the proxy itself.
@Suite(.serialized, .enabled(if: Python.runsLongTests)) struct LiteLLMTests {
  private static let key = "sk-b2c9d1e07f4a4c1f9d2e"
  private static let answer = "Here is one whole answer."

  private static let configuration = """
    model_list:
    - {model_name: good, litellm_params: {model: openai/gpt-4o, api_key: none, \
    mock_response: "\(answer)"}}
    - {model_name: limited, litellm_params: {model: openai/gpt-4o, api_key: none, \
    mock_response: "litellm.RateLimitError"}}
    - {model_name: overflow, litellm_params: {model: openai/gpt-4o, api_key: none, \
    mock_response: "litellm.ContextWindowExceededError"}}
    - {model_name: broken, litellm_params: {model: openai/gpt-4o, api_key: none, \
    mock_response: "litellm.InternalServerError"}}
    litellm_settings: {num_retries: 0}
    general_settings: {master_key: \(key)}
    """

  @Test func theProxyIsUnderstood() async throws {
    try await Stage.run { stage in
      let file = stage.directory.appending(path: "litellm.yaml")
      try Self.configuration.write(to: file, atomically: true, encoding: .utf8)
      let port = try FreePort.find()
      let address = "http://127.0.0.1:\(port)"
      let proxy = try await Python.start(
        "litellm", ["--config", file.path(), "--host", "127.0.0.1", "--port", "\(port)"],
        environment: ["LITELLM_LOCAL_MODEL_COST_MAP": "True"], with: .long,
        answersAt: address + "/health/liveliness", on: stage)
      for (model, key, text) in [
        ("good", Self.key, Self.answer),
        ("limited", Self.key, "There are too many requests just now"),
        ("overflow", Self.key, "The message is too long for me"),
        ("broken", Self.key, "The assistant can't answer just now"),
        ("unheard-of", Self.key, "The assistant can't answer just now"),
        ("good", "sk-wrong", "The assistant can't answer just now"),
        ("limited,good", Self.key, Self.answer), ("overflow,good", Self.key, Self.answer),
        ("broken,good", Self.key, Self.answer), ("unheard-of,good", Self.key, Self.answer),
      ] {
        let program = try await stage.start([
          "OPENAI_BASE_URL": address, "OPENAI_MODEL": model, "OPENAI_API_KEY": key,
        ])
        let person = stage.telegram.addPerson("Anna", language: "en")
        try stage.telegram.post("A question", from: person)
        let said = try await stage.waitForMessages(1, in: person)
        #expect(said[0].hasPrefix(text), "\(model): \(said[0])")
        try await program.end(SIGTERM)
        #expect(stage.said(in: person).count == 1, "\(model)")
      }
      try await proxy.end(SIGKILL)
    }
  }
}
