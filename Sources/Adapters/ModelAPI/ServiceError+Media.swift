internal import Gateways

/// What services say when a model takes no pictures, or a service no speech.
extension ServiceError {
  /// Whether a request with pictures is refused because the model, or the service, takes none. A
  /// refusal of one picture (too large, broken, of a wrong format) is something else: the next one
  /// may be taken.
  var refusesPictures: Bool {
    // OpenRouter answers 404, llama.cpp and Ollama 500.
    guard let status, [400, 404, 415, 422, 500, 501].contains(status) else { return false }
    if parameter.contains("content"), parameter.hasSuffix("type") || has("unsupported_value") {
      return true
    }
    // FastAPI, where content is text and nothing else.
    if says(["input should be a valid string"]), mentions("content") { return true }
    return says(Self.blindPhrases)
  }

  /// Whether a request for words out of speech is refused because the service does not do that, or
  /// not with this kind of file.
  var refusesSpeech: Bool {
    guard let status else { return false }
    switch status {
    case 404, 405, 415, 501: return true
    case 400, 403, 422:
      return kind == .modelUnknown || has("unsupported_value") || has("unsupported_audio_format")
        || says(["not supported", "not support", "unsupported"])
    default: return false
    }
  }

  /// OpenAI and Azure, DeepSeek (serde), Ollama and its cloud, OpenRouter, vLLM and TGI, llama.cpp,
  /// Groq, Mistral, Gemini, LM Studio; as their users report them.
  private static let blindPhrases = [
    "image_url is only supported", "invalid content type. image_url",
    "unknown variant `image_url`", "unknown variant 'image_url'", "unknown variant image_url",
    "not support image", "doesn't support image", "endpoints found that support image",
    "not support vision", "doesn't support vision", "vision is not supported",
    "not a multimodal model", "not support multimodal", "not support multi-modal",
    "data required for image input", "at most 0 image",
    "image input is not", "image inputs are not", "image input modality is not",
    "image content is not", "images are not supported",
    "content must be a string", "content should be a string",
    "unsupported content[].type", "unsupported content type", "unsupported content part",
    "content type 'image_url'", "'image_url' is not supported",
  ]
}
