import Conversation
import Foundation
import Gateways
import Platform
import Synchronization
import TelegramAPI

/// A Bot API that answers from a script and remembers what it was asked.
final class ScriptedTelegram: Sendable {
  /// One request, its body read.
  struct Call: @unchecked Sendable {
    let request: HTTPRequest
    let method: String
    let parameters: [String: Any]
  }

  private struct State {
    var answers: [Result<HTTPResponse, HTTPError>] = []
    var calls: [Call] = []
    var uptime: Duration = .seconds(100)
    var slept: [Duration] = []
  }

  private let state = Mutex(State())

  var calls: [Call] { state.withLock { $0.calls } }
  var slept: [Duration] { state.withLock { $0.slept } }

  func answer(_ body: String) { answer(200, body) }

  func answer(_ status: Int, _ body: String, headers: [HTTPHeader] = []) {
    state.withLock {
      $0.answers.append(
        .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8))))
    }
  }

  func fail(_ code: HTTPError.Code, written: Bool) {
    state.withLock { $0.answers.append(.failure(HTTPError(code, requestWritten: written))) }
  }

  func pass(_ time: Duration) { state.withLock { $0.uptime += time } }

  /// The API over this script. Sleeping takes no time but moves the clock, unless told not to.
  func api(
    token: String = "123456:SECRET-token", baseURL: String = "http://telegram.test/",
    metrics: Metrics = Metrics(), messagesPerSecond: Double? = nil,
    sleepMovesClock: Bool = true,
    log: @escaping @Sendable (LogRecord) -> Void = { _ in }
  ) -> TelegramAPI {
    let clock = Clock(
      now: { Instant(milliseconds: 0) },
      steady: { [self] in Instant(milliseconds: 0) + state.withLock { $0.uptime } },
      sleep: { [self] duration in
        state.withLock {
          $0.slept.append(duration)
          if sleepMovesClock { $0.uptime += duration }
        }
      })
    return TelegramAPI(
      settings: TelegramAPISettings(
        token: Secret(token), baseURL: baseURL, messagesPerSecond: messagesPerSecond),
      transport: HTTPTransport(
        send: { [self] request throws(HTTPError) in try serve(request) },
        stream: { _ throws(HTTPError) in throw HTTPError(.badURL, requestWritten: false) }),
      clock: clock, log: Log(minimum: .debug, clock: clock, sink: log), metrics: metrics)
  }

  private func serve(_ request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
    var parameters: [String: Any] = [:]
    if case .bytes(let bytes) = request.body {
      parameters =
        (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] ?? [:]
    }
    let method = request.url.split(separator: "/").last.map(String.init) ?? ""
    let call = Call(request: request, method: method, parameters: parameters)
    let answer = state.withLock { state in
      state.calls.append(call)
      return state.answers.isEmpty
        ? .success(HTTPResponse(status: 200, body: Array(#"{"ok":true,"result":true}"#.utf8)))
        : state.answers.removeFirst()
    }
    return try answer.get()
  }
}

extension ScriptedTelegram.Call {
  /// The body as JSON with sorted keys.
  var body: String { canonical(parameters) }

  /// The parts of a form; none of a body that is JSON.
  var form: [HTTPRequest.Part] {
    guard case .multipart(let parts) = request.body else { return [] }
    return parts
  }
}

/// JSON with sorted keys.
func canonical(_ object: Any) -> String {
  let data = try? JSONSerialization.data(
    withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
  return String(decoding: data ?? Data(), as: UTF8.self)
}

/// JSON with sorted keys.
func canonical(_ json: String) throws -> String {
  canonical(try JSONSerialization.jsonObject(with: Data(json.utf8)))
}
