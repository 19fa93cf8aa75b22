internal import Gateways

/// Pictures, voice and files that a person sends from the page.
extension DemoPage {
  /// What the page may show by itself; everything else is only ever saved.
  private static let shown: Set<String> = [
    "image/jpeg", "image/png", "image/webp", "audio/wav", "audio/ogg", "audio/webm",
  ]

  var mediaRoutes: [HTTPRoute] {
    [
      HTTPRoute(
        method: "POST", path: .exact("/api/media"), bodyLimit: 4 << 20, drainLimit: 16 << 20,
        admit: SameOrigin.admit, handle: { send($0) }),
      HTTPRoute(method: "GET", path: .prefix("/media/"), handle: { show($0) }),
    ]
  }

  /// Sends the body as a medium; who, where and what stand in the query.
  private func send(_ request: HTTPServerRequest) -> HTTPServerResponse {
    guard let media = request.query("media").flatMap(PersonMessage.Media.init(rawValue:)),
      let person = request.query("from").flatMap(Int64.init),
      let chat = request.query("chat").flatMap(Int64.init), !request.body.isEmpty
    else { return .text(400, "not a medium") }
    let facts = request.query("facts").flatMap { JSONValue(parsing: Array($0.utf8))?.object }
    let message = PersonMessage(
      request.query("text"), replyTo: request.query("message").flatMap(Int64.init),
      thread: request.query("thread").flatMap(Int64.init), media: media,
      upload: Upload(
        type: request.headers["Content-Type"] ?? "application/octet-stream", bytes: request.body),
      facts: facts ?? [:])
    do throws(ActionRefused) {
      let id = try telegram.post(message, from: person, in: chat)
      return .json(200, (["result": .integer(id)] as JSONValue).bytes, headers: Self.guards)
    } catch {
      return .json(
        409, (["error": .string(error.reason)] as JSONValue).bytes, headers: Self.guards)
    }
  }

  private func show(_ request: HTTPServerRequest) -> HTTPServerResponse {
    guard let upload = telegram.upload(String(request.path.dropFirst("/media/".count))) else {
      return .text(404, "no longer kept", headers: Self.guards)
    }
    var headers = [
      HTTPHeader("Content-Type", "application/octet-stream"),
      HTTPHeader("Content-Disposition", "attachment"),
    ]
    if Self.shown.contains(upload.type) {
      headers = [HTTPHeader("Content-Type", upload.type)]
    } else if upload.type.lowercased().hasPrefix("text/plain") {
      headers = [HTTPHeader("Content-Type", "text/plain; charset=utf-8")]
    }
    return HTTPServerResponse(
      status: 200, headers: Self.guards + headers, body: .bytes(upload.bytes))
  }
}
