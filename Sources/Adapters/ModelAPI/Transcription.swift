internal import Conversation
internal import Foundation
internal import Gateways
internal import Platform

/// Turns speech into words at `POST audio/transcriptions`, as OpenAI, Groq and servers of Whisper
/// offer it. One request for one speech.
struct Transcription: Sendable {
  let settings: ModelAPISettings
  let transport: HTTPTransport
  let clock: Clock

  func words(of speech: Speech) async throws(ModelError) -> String {
    let response: HTTPResponse
    do throws(HTTPError) {
      response = try await transport.send(
        HTTPRequest(
          method: "POST", url: settings.url("audio/transcriptions"),
          headers: settings.requestHeaders(), body: .multipart(parts(speech)),
          timeout: speech.timeout, responseLimit: settings.answerLimit))
    } catch {
      throw ModelError(beforeHead: error)
    }
    guard (200..<300).contains(response.status) else {
      let complaint = ServiceError(
        status: response.status, headers: response.headers, body: response.body)
      throw complaint.refusesSpeech
        ? ModelError(.mediaUnsupported, detail: complaint.detail)
        : complaint.modelError(now: clock.now())
    }
    guard let text = JSONValue(response.body)?["text"]?.string else {
      throw ModelError(.malformed, detail: "a transcription without text")
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func parts(_ speech: Speech) -> [HTTPRequest.Part] {
    func field(_ name: String, _ value: String) -> HTTPRequest.Part {
      HTTPRequest.Part(name: name, bytes: Array(value.utf8))
    }
    var parts = [
      field("model", settings.transcriptionModel), field("response_format", "json"),
    ]
    if let language = speech.language { parts.append(field("language", language.rawValue)) }
    parts.append(
      HTTPRequest.Part(
        name: "file", fileName: "voice." + Self.fileNameExtension(for: speech.mediaType),
        contentType: speech.mediaType, bytes: speech.bytes))
    return parts
  }

  /// Services go by the name's ending, and know `ogg` but not Telegram's `oga`.
  static func fileNameExtension(for mediaType: String) -> String {
    switch mediaType.lowercased() {
    case "audio/mpeg", "audio/mp3", "audio/mpeg3", "audio/x-mpeg": "mp3"
    case "audio/mp4", "audio/m4a", "audio/x-m4a", "audio/aac": "m4a"
    case "audio/wav", "audio/wave", "audio/x-wav", "audio/vnd.wave": "wav"
    case "audio/flac", "audio/x-flac": "flac"
    case "audio/webm", "video/webm": "webm"
    case "video/mp4": "mp4"
    // audio/ogg, audio/opus, and what names no kind: Telegram's own recordings are OGG.
    default: "ogg"
    }
  }
}
