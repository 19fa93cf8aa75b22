import Conversation
import Gateways
import Synchronization

@testable import ModelAPI

/// A sequence of numbers that is the same in every run with the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// What an answer amounted to.
struct Answer: Equatable {
  var text = ""
  var wasThinking = false
  var usage: TokenUsage?
  var finish: ModelDelta.Finish?
  var handOver: HandOverCall?

  /// The answer without signs of life, which disappear when text comes with them.
  var saidOnly: Answer { Answer(text: text, usage: usage, finish: finish, handOver: handOver) }

  mutating func take(_ delta: ModelDelta) {
    text += delta.text
    wasThinking = wasThinking || delta.isThinking
    if let usage = delta.usage { self.usage = usage }
    if let finish = delta.finish { self.finish = finish }
    if let call = delta.handOver { handOver = call }
  }
}

/// Decodes an answer that comes in these pieces.
func decode(
  _ pieces: [[UInt8]], eventLimit: Int = 1 << 20, answerLimit: Int = 1 << 20
) throws(ModelError) -> Answer {
  var decoder = AnswerDecoder(
    eventLimit: eventLimit, answerLimit: answerLimit, now: Instant(milliseconds: 0))
  var answer = Answer()
  for piece in pieces where !decoder.isDone {
    if let delta = try decoder.read(piece) { answer.take(delta) }
  }
  if !decoder.isDone, let delta = try decoder.end() { answer.take(delta) }
  return answer
}

func decode(_ text: String) throws(ModelError) -> Answer { try decode([Array(text.utf8)]) }

/// The kind of trouble that the operation ends in; nil when it ends well.
func trouble<Value>(_ operation: () throws(ModelError) -> Value) -> ModelError.Kind? {
  do {
    _ = try operation()
    return nil
  } catch {
    return error.kind
  }
}

/// The texts one after another.
func join(_ texts: String...) -> String { texts.joined() }

/// A line of an event stream, with the blank line after it.
func event(_ json: String) -> String { "data: \(json)\n\n" }

/// An event that carries text; `text` stands in JSON as it is.
func chunk(_ text: String) -> String {
  event(
    #"{"id":"c-1","object":"chat.completion.chunk","created":1795000000,"model":"m","#
      + #""choices":[{"index":0,"delta":{"content":"\#(text)"},"logprobs":null,"#
      + #""finish_reason":null}],"usage":null}"#)
}

let stop = event(#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#)
let usage = event(#"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":12}}"#)
let done = "data: [DONE]\n\n"

/// A service that gives prepared responses and keeps the requests it got.
final class ScriptedService: Sendable {
  struct Reply: Sendable {
    var status = 200
    var headers: [HTTPHeader] = []
    var pieces: [Result<String, HTTPError>] = []
  }

  private let replies: Mutex<[Result<Reply, HTTPError>]>
  private let log = Mutex<[HTTPRequest]>([])

  init(_ replies: [Result<Reply, HTTPError>]) { self.replies = Mutex(replies) }

  convenience init(_ status: Int, _ body: String, headers: [HTTPHeader] = []) {
    self.init([.success(Reply(status: status, headers: headers, pieces: [.success(body)]))])
  }

  /// The requests so far.
  var requests: [HTTPRequest] { log.withLock { $0 } }

  /// The bodies of the requests so far.
  var bodies: [JSONValue] {
    requests.compactMap { request in
      guard case .bytes(let bytes) = request.body else { return nil }
      return JSONValue(bytes)
    }
  }

  var transport: HTTPTransport {
    HTTPTransport(
      send: { request async throws(HTTPError) in
        let reply = try self.take(request)
        var body: [UInt8] = []
        for piece in reply.pieces { body += Array(try piece.get().utf8) }
        return HTTPResponse(status: reply.status, headers: reply.headers, body: body)
      },
      stream: { request async throws(HTTPError) in
        let reply = try self.take(request)
        let rest = Box(reply.pieces)
        return HTTPStreamingResponse(
          status: reply.status, headers: reply.headers,
          body: HTTPBody { () async throws(HTTPError) in
            guard let piece = rest.pop() else { return nil }
            return Array(try piece.get().utf8)
          })
      })
  }

  private func take(_ request: HTTPRequest) throws(HTTPError) -> Reply {
    log.withLock { $0.append(request) }
    return try replies.withLock { (replies) -> Result<Reply, HTTPError> in
      replies.isEmpty ? .failure(HTTPError(.broken, requestWritten: false)) : replies.removeFirst()
    }.get()
  }

  private final class Box: Sendable {
    private let pieces: Mutex<[Result<String, HTTPError>]>
    init(_ pieces: [Result<String, HTTPError>]) { self.pieces = Mutex(pieces) }
    func pop() -> Result<String, HTTPError>? {
      pieces.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
  }
}
