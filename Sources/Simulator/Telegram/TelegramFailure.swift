/// An error as the Bot API words it.
struct TelegramFailure: Error, Equatable {
  var code: Int
  var description: String
  var retryAfterSeconds: Int?
  var migrateToChat: Int64?

  init(
    _ code: Int, _ description: String, retryAfterSeconds: Int? = nil, migrateToChat: Int64? = nil
  ) {
    self.code = code
    self.description = description
    self.retryAfterSeconds = retryAfterSeconds
    self.migrateToChat = migrateToChat
  }

  /// A request that is wrong: `Bad Request: …`.
  static func refused(_ detail: String) -> TelegramFailure {
    TelegramFailure(400, "Bad Request: " + detail)
  }

  /// Too many requests.
  static func flood(_ seconds: Int) -> TelegramFailure {
    TelegramFailure(
      429, "Too Many Requests: retry after \(seconds)", retryAfterSeconds: seconds)
  }

  var json: JSONValue {
    var body: [String: JSONValue] = [
      "ok": false, "error_code": .integer(Int64(code)), "description": .string(description),
    ]
    if let retryAfterSeconds {
      body["parameters"] = ["retry_after": .integer(Int64(retryAfterSeconds))]
    } else if let migrateToChat {
      body["parameters"] = ["migrate_to_chat_id": .integer(migrateToChat)]
    }
    return .object(body)
  }
}
