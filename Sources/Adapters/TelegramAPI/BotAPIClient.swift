internal import Foundation
internal import Gateways
internal import Platform
internal import TelegramTypes

/// Calls methods of the Bot API, each exactly once.
struct BotAPIClient: Sendable {
  static let limitedMetric = "switchboard_telegram_429_total"

  private let address: Secret
  private let fileAddress: Secret
  private let timeout: Duration
  private let downloadTimeout: Duration
  private let transport: HTTPTransport
  private let metrics: Metrics

  init(settings: TelegramAPISettings, transport: HTTPTransport, metrics: Metrics) {
    let base = String(settings.baseURL.reversed().drop { $0 == "/" }.reversed())
    address = Secret("\(base)/bot\(settings.token.reveal())/")
    fileAddress = Secret("\(base)/file/bot\(settings.token.reveal())/")
    timeout = settings.requestTimeout
    downloadTimeout = settings.downloadTimeout
    self.transport = transport
    self.metrics = metrics
    metrics.declare(
      Self.limitedMetric, .counter, help: "Calls that Telegram refused with 429, by method.")
  }

  /// Calls a method and gives the body of an answer that says `"ok":true`, not yet read.
  func call<Method: TelegramMethod>(
    _ method: Method, timeout: Duration? = nil
  ) async throws(APIFailure) -> [UInt8] {
    let body: [UInt8]
    do { body = try Wire.encode(method) } catch { throw .content("cannot be encoded") }
    return try await call(BotAPICall(method: Method.name, body: .bytes(body)), timeout: timeout)
  }

  /// The same, for parameters that are written already.
  func call(_ call: BotAPICall, timeout: Duration? = nil) async throws(APIFailure) -> [UInt8] {
    let headers: [HTTPHeader]
    switch call.body {
    case .bytes: headers = [HTTPHeader("Content-Type", "application/json")]
    // The transport writes the form, and names its boundary.
    case .none, .multipart: headers = []
    }
    let request = HTTPRequest(
      method: "POST", url: address.reveal() + call.method, headers: headers, body: call.body,
      timeout: timeout ?? self.timeout)
    let response: HTTPResponse
    do { response = try await transport.send(request) } catch { throw APIFailure(error) }
    let scanner = JSONScanner(response.body)
    if let ok = scanner.member("ok", of: scanner.whole), scanner.isTrue(ok) { return response.body }
    let failure = APIFailure(
      status: response.status, headers: response.headers, body: response.body)
    if case .rateLimited = failure {
      metrics.increment(Self.limitedMetric, ["method": call.method])
    }
    throw failure
  }

  /// Calls a method and reads its result.
  func result<Method: TelegramMethod>(of method: Method) async throws(APIFailure) -> Method.Result {
    let body = try await call(method)
    guard
      let answer = try? Wire.decode(TelegramResponse<Method.Result>.self, from: body),
      let result = answer.result
    else { throw .unknown("an answer that cannot be read") }
    return result
  }

  /// Gets a file, at most `limit` bytes, from the path that `getFile` told.
  func file(at path: String, limit: Int) async throws(HTTPError) -> HTTPResponse {
    guard let path = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) else {
      throw HTTPError(.badURL, requestWritten: false)
    }
    return try await transport.send(
      HTTPRequest(
        method: "GET", url: fileAddress.reveal() + path, timeout: downloadTimeout,
        responseLimit: limit))
  }
}
