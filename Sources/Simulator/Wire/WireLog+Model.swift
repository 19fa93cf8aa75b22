internal import Conversation
package import Gateways
internal import Platform
internal import Synchronization

/// Watching the way to the model, be it the stand-in or a real one. The header fields, and with them
/// the key, are not looked at.
extension WireLog {
  /// A transport that notes what passes it; the bytes go through unchanged.
  package func watching(_ transport: HTTPTransport) -> HTTPTransport {
    HTTPTransport(
      send: { request async throws(HTTPError) in
        guard let watch = ModelWatch(request, in: self) else {
          return try await transport.send(request)
        }
        do throws(HTTPError) {
          let response = try await transport.send(request)
          watch.received(response.body)
          watch.end(status: response.status, trouble: nil)
          return response
        } catch {
          watch.end(status: nil, trouble: error)
          throw error
        }
      },
      stream: { request async throws(HTTPError) in
        guard let watch = ModelWatch(request, in: self) else {
          return try await transport.stream(request)
        }
        do throws(HTTPError) {
          let response = try await transport.stream(request)
          return HTTPStreamingResponse(
            status: response.status, headers: response.headers,
            body: watch.watched(response.body, status: response.status))
        } catch {
          watch.end(status: nil, trouble: error)
          throw error
        }
      })
  }
}

/// One request to the model while it runs. One that is let go of before its end was stopped.
private final class ModelWatch: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var firstMilliseconds: Int64?
    var isOver = false
    var status: Int?
  }

  /// The greatest part of an answer that is kept, in bytes.
  private static let limit = 2 << 20

  private let log: WireLog
  private let entry: Int64
  private let begun: ContinuousClock.Instant
  private let state = Mutex(State())

  init?(_ request: HTTPRequest, in log: WireLog) {
    guard request.method == "POST", case .bytes(let bytes) = request.body,
      let body = JSONValue(parsing: bytes),
      let entry = log.begin(model: body["model"]?.string ?? "model", request: body)
    else { return nil }
    self.log = log
    self.entry = entry
    begun = .now
  }

  deinit { end(status: state.withLock { $0.status }, trouble: nil, isStopped: true) }

  func watched(_ body: HTTPBody, status: Int) -> HTTPBody {
    state.withLock { $0.status = status }
    return HTTPBody { () async throws(HTTPError) in
      do throws(HTTPError) {
        guard let piece = try await body.next() else {
          self.end(status: status, trouble: nil)
          return nil
        }
        self.received(piece)
        return piece
      } catch {
        self.end(status: status, trouble: error)
        throw error
      }
    }
  }

  func received(_ piece: [UInt8]) {
    let first = state.withLock { state -> Int64? in
      if state.bytes.count + piece.count <= Self.limit { state.bytes += piece }
      guard state.firstMilliseconds == nil else { return nil }
      state.firstMilliseconds = elapsed
      return elapsed
    }
    if let first { log.change(entry) { entry, _ in entry.firstMilliseconds = first } }
  }

  func end(status: Int?, trouble: HTTPError?, isStopped: Bool = false) {
    let bytes = state.withLock { state -> [UInt8]? in
      guard !state.isOver else { return nil }
      state.isOver = true
      return state.bytes
    }
    guard let bytes else { return }
    let answer = ModelAnswerReader.read(bytes)
    var response = answer.response.object ?? ["body": answer.response]
    if let trouble { response["trouble"] = .string(trouble.code.rawValue) }
    // Whoever has read the end of a stream may let go of it before the connection is closed.
    if isStopped, response["finish_reason"] == nil { response["stopped"] = true }
    let milliseconds = elapsed
    log.change(entry) { entry, detail in
      entry.status = status
      entry.milliseconds = milliseconds
      entry.promptTokens = answer.promptTokens
      entry.answerTokens = answer.answerTokens
      detail.response = JSONValue.object(response).withoutSecrets
    }
  }

  private var elapsed: Int64 {
    let parts = (ContinuousClock.now - begun).components
    return parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
  }
}

/// Puts the pieces of a streamed answer together.
private enum ModelAnswerReader {
  struct Answer {
    var response: JSONValue
    var promptTokens: Int64?
    var answerTokens: Int64?
  }

  static func read(_ bytes: [UInt8]) -> Answer {
    if let whole = JSONValue(parsing: bytes) { return answer(whole, usage: whole["usage"]) }
    var text = ""
    var chunks: Int64 = 0
    var fields: [String: JSONValue] = [:]
    for line in bytes.split(separator: UInt8(ascii: "\n")) where line.starts(with: "data:".utf8) {
      guard let chunk = JSONValue(parsing: Array(line.dropFirst(5))) else { continue }
      chunks += 1
      let choice = chunk["choices"]?.array?.first
      text += choice?["delta"]?["content"]?.string ?? ""
      if let reason = choice?["finish_reason"], reason != .null { fields["finish_reason"] = reason }
      if let usage = chunk["usage"], usage != .null { fields["usage"] = usage }
      if let error = chunk["error"], error != .null { fields["error"] = error }
    }
    fields["text"] = .string(text)
    fields["chunks"] = .integer(chunks)
    return answer(.object(fields), usage: fields["usage"])
  }

  private static func answer(_ response: JSONValue, usage: JSONValue?) -> Answer {
    Answer(
      response: response, promptTokens: usage?["prompt_tokens"]?.integer,
      answerTokens: usage?["completion_tokens"]?.integer)
  }
}
