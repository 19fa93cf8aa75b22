internal import Gateways
internal import Storage

/// What went wrong with a request, as RFC 9457 writes it down.
struct Problem: Error {
  /// The media type of problems.
  static let mediaType = "application/problem+json"

  var status: Int
  /// What went wrong with this request; nothing secret, and nobody's words.
  var detail: String
  var headers: [HTTPHeader] = []
  /// For a conflict the dialogue as it stands.
  var dialogue: JSONValue?

  init(_ status: Int, _ detail: String, headers: [HTTPHeader] = [], dialogue: JSONValue? = nil) {
    self.status = status
    self.detail = detail
    self.headers = headers
    self.dialogue = dialogue
  }

  /// There is nothing under the path.
  static let unknownPath = Problem(404, "There is nothing under this path.")
  /// There is no dialogue with that number.
  static let missingDialogue = Problem(404, "There is no dialogue with this number.")

  /// The client shall come again after so many seconds.
  static func later(_ status: Int, seconds: Int64, _ detail: String) -> Problem {
    Problem(status, detail, headers: [HTTPHeader("Retry-After", String(max(1, seconds)))])
  }

  /// What a failure of the store means for a request: mostly that it may come again.
  init(_ error: StoreError) {
    switch error {
    case .conflict:
      self = .later(503, seconds: 1, "The dialogue is changing too fast; try again.")
    case .unavailable:
      self = .later(503, seconds: 2, "The database can't be used just now.")
    case .closed: self = .later(503, seconds: 5, "The program is stopping.")
    case .corrupt: self = Problem(500, "What is stored can't be read; the log tells more.")
    }
  }

  /// The answer to the request.
  var response: HTTPServerResponse {
    let value: JSONValue = [
      "type": "about:blank", "title": .string(Self.title(status)),
      "status": .integer(status), "detail": .string(detail),
    ]
    return HTTPServerResponse(
      status: status,
      headers: [
        HTTPHeader("Content-Type", Self.mediaType), HTTPHeader("Cache-Control", "no-store"),
      ]
        + headers,
      body: .bytes(value.adding(["dialogue": dialogue]).bytes))
  }

  /// The phrase that RFC 9110 gives to a status; RFC 9457 wants it for problems without a type.
  static func title(_ status: Int) -> String {
    switch status {
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 409: "Conflict"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 503: "Service Unavailable"
    default: "Internal Server Error"
    }
  }
}
