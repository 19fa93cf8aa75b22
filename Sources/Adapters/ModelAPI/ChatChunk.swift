internal import Gateways

/// What one event of a streamed answer says, apart from its text.
struct ChatChunk: Equatable {
  /// Whether it carries reasoning, which is never shown.
  var isThinking = false
  /// Why the answer ended.
  var finish: ModelDelta.Finish?
  /// The tokens so far.
  var usage: TokenUsage?

  /// Whether the event says nothing but its text.
  var isPlain: Bool { self == ChatChunk() }
}

extension ModelDelta.Finish {
  /// The meaning of a `finish_reason`; nil for a word that tells of a fault at the service.
  ///
  /// The words beside OpenAI's own are those of vLLM, Hugging Face's TGI, Mistral, GigaChat and
  /// Gemini.
  init?(reason: String) {
    switch reason.lowercased() {
    case "stop", "eos", "eos_token", "end_turn", "stop_sequence": self = .stop
    case "length", "max_tokens", "model_length": self = .length
    case "content_filter", "safety", "blacklist", "prohibited_content": self = .filtered
    case "error", "insufficient_system_resource": return nil
    default: self = .other
    }
  }
}
