/// What every method answers.
package struct TelegramResponse<Result: Sendable & Codable>: Sendable, Codable {
  /// Whether it worked.
  package var ok: Bool
  /// What it gives, when it worked.
  package var result: Result?
  /// The error's number, equal to the HTTP status.
  package var errorCode: Int?
  /// The error in words; of some methods also a remark on success.
  package var description: String?
  /// What helps to handle the error.
  package var parameters: TelegramResponseParameters?

  /// Makes an answer.
  package init(
    ok: Bool, result: Result? = nil, errorCode: Int? = nil, description: String? = nil,
    parameters: TelegramResponseParameters? = nil
  ) {
    self.ok = ok
    self.result = result
    self.errorCode = errorCode
    self.description = description
    self.parameters = parameters
  }

  private enum CodingKeys: String, CodingKey {
    case ok, result, description, parameters
    case errorCode = "error_code"
  }
}

/// What helps to handle an error.
package struct TelegramResponseParameters: Equatable, Sendable, Codable {
  /// The group became the supergroup with this id.
  package var migrateToChatID: Int64?
  /// How many seconds to wait.
  package var retryAfter: Int64?

  /// Makes parameters.
  package init(migrateToChatID: Int64? = nil, retryAfter: Int64? = nil) {
    self.migrateToChatID = migrateToChatID
    self.retryAfter = retryAfter
  }

  private enum CodingKeys: String, CodingKey {
    case migrateToChatID = "migrate_to_chat_id"
    case retryAfter = "retry_after"
  }
}

/// Where updates go.
package struct TelegramWebhookInfo: Equatable, Sendable, Codable {
  /// The webhook's address; empty under polling.
  package var url: String
  /// How many updates wait.
  package var pendingUpdateCount: Int
  /// Why the last delivery that failed did so.
  package var lastErrorMessage: String?

  /// Makes a state.
  package init(url: String, pendingUpdateCount: Int, lastErrorMessage: String? = nil) {
    self.url = url
    self.pendingUpdateCount = pendingUpdateCount
    self.lastErrorMessage = lastErrorMessage
  }

  private enum CodingKeys: String, CodingKey {
    case url
    case pendingUpdateCount = "pending_update_count"
    case lastErrorMessage = "last_error_message"
  }
}

/// A command that clients offer in their menu.
package struct TelegramBotCommand: Equatable, Sendable, Codable {
  /// The name, without slash: 1 to 32 of `a-z0-9_`.
  package var command: String
  /// What it does, 1 to 256 characters.
  package var description: String

  /// Makes a command.
  package init(command: String, description: String) {
    self.command = command
    self.description = description
  }
}
