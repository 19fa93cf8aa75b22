internal import Gateways

/// What services say when a model knows no tools, or fails to call one.
extension ServiceError {
  /// Whether a request is refused because the model, or the service, takes no tools.
  var refusesTools: Bool {
    // OpenRouter answers 404, DeepInfra 405, llama.cpp and some proxies 500.
    guard [nil, 400, 404, 405, 422, 500, 501].contains(status) else { return false }
    return rejects("tools") || rejects("functions") || says(Self.toollessPhrases)
  }

  /// The call of our tool that a model wrote in a form which Groq could not read; nil when it
  /// wrote something else. Groq refuses the whole answer then, and shows what was written.
  var failedHandOver: HandOverCall? {
    guard let written = failedGeneration,
      let name = written.firstRange(of: HandOverTool.name)
    else { return nil }
    return HandOverCall(arguments: String(written[name.upperBound...]))
  }

  /// OpenAI and Azure, Groq, Ollama, OpenRouter, vLLM, SGLang, llama.cpp, DeepInfra, LM Studio and
  /// others; as their users report them.
  private static let toollessPhrases =
    ["tools", "tool use", "tool calling", "tool calls", "function calling", "functions"].flatMap {
      [
        "not support \($0)", "n't support \($0)", "\($0) is not supported",
        "\($0)` is not supported", "\($0) are not supported", "\($0) is not enabled",
        "endpoints found that support \($0)", "\($0) not supported",
      ]
    } + [
      "--enable-auto-tool-choice", "unsupported tool_call_parser", "tools param requires --jinja",
      "tool_choice is not supported",
    ]
}
