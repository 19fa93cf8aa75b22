internal import Gateways
internal import Platform
internal import Synchronization

/// Words out of speech, as OpenAI's `POST /v1/audio/transcriptions`.
extension ModelSimulator {
  func transcribe(_ request: HTTPServerRequest) async -> HTTPServerResponse {
    core.state.withLock { $0.record.transcriptions += 1 }
    do throws(ModelFailure) {
      try authorize(request)
      guard core.state.withLock({ $0.abilities.speech }) else {
        throw ModelFailure(
          status: 404, message: "Invalid URL (POST /v1/audio/transcriptions)")
      }
      try check(request)
    } catch {
      core.state.withLock { $0.record.refused += 1 }
      return refusal(error, retryAfterSeconds: nil)
    }
    switch takeFault(for: "", isSpeech: true) {
    case .status(let status, let message, let type, let code, let retryAfter):
      let failure = ModelFailure(status: status, message: message, type: type, code: code)
      return refusal(failure, retryAfterSeconds: retryAfter)
    case .stall(_, let milliseconds):
      do {
        try await clock.sleep(milliseconds.map { .milliseconds($0) } ?? Self.forever)
      } catch {
        return HTTPServerResponse(status: 499)
      }
    case .malformed, .cut: return .json(200, Array(#"{"text":"#.utf8))
    case .empty: return answer("")
    case .errorMidStream, .contentFilter, .noUsage, nil: break
    }
    return answer(settings.transcript)
  }

  private func answer(_ words: String) -> HTTPServerResponse {
    .json(
      200,
      (["text": .string(words), "usage": ["type": "duration", "seconds": 1]] as JSONValue).bytes)
  }

  /// As strict as OpenAI, which goes by the ending of the file's name.
  private func check(_ request: HTTPServerRequest) throws(ModelFailure) {
    guard let form = MultipartForm(request) else {
      throw ModelFailure(status: 400, message: "Could not parse multipart form")
    }
    let known: Set<String> = [
      "file", "model", "language", "prompt", "response_format", "temperature", "stream",
    ]
    if let unknown = form.fields.keys.sorted().first(where: { !known.contains($0) }) {
      throw ModelFailure(
        status: 400, message: "Unknown parameter: '\(unknown)'.", parameter: unknown,
        code: "unknown_parameter")
    }
    guard let file = form.fields["file"], let name = file.fileName, !file.bytes.isEmpty else {
      throw ModelFailure(
        status: 400, message: "Missing required parameter: 'file'.", parameter: "file",
        code: "missing_required_parameter")
    }
    let ending = String(name.split(separator: ".").last ?? "")
    guard ["flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm"].contains(ending)
    else {
      throw ModelFailure(
        status: 400, message: "Unsupported file format \(ending)", parameter: "file",
        code: "unsupported_value")
    }
    guard let model = form.fields["model"]?.text, !model.isEmpty else {
      throw ModelFailure(status: 400, message: "you must provide a model parameter")
    }
    if let language = form.fields["language"]?.text, language.utf8.count != 2 {
      throw ModelFailure(
        status: 400, message: "Invalid language '\(language)'.", parameter: "language",
        code: "invalid_language_format")
    }
    if let format = form.fields["response_format"]?.text, format != "json" {
      throw ModelFailure(
        status: 400, message: "response_format '\(format)' is not compatible with the stand-in.",
        parameter: "response_format", code: "unsupported_value")
    }
  }
}
