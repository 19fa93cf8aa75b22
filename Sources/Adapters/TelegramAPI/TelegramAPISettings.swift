package import Platform

/// How to reach the Bot API, with the bounds of its use.
package struct TelegramAPISettings: Sendable {
  /// The bot's token.
  package var token: Secret
  /// Where the Bot API is, without the part that holds the token.
  package var baseURL: String
  /// The time for one request, other than waiting for updates.
  package var requestTimeout: Duration
  /// The time for fetching one file.
  package var downloadTimeout: Duration
  /// How long Telegram holds a request for updates; whole seconds, 50 s is the most it does.
  package var pollTimeout: Duration
  /// What is added to `pollTimeout` before a request for updates counts as dead.
  package var pollSlack: Duration
  /// The most messages, previews and typing actions in a second over all chats; nil leaves the pace
  /// to what Telegram says.
  package var messagesPerSecond: Double?
  /// How long a message may wait for its turn inside `send`; a longer wait is given back as
  /// `.rateLimited`.
  package var patience: Duration
  /// How many webhook connections Telegram may open, 1 to 100.
  package var webhookConnections: Int

  /// Makes settings.
  package init(
    token: Secret, baseURL: String = "https://api.telegram.org",
    requestTimeout: Duration = .seconds(30), downloadTimeout: Duration = .seconds(60),
    pollTimeout: Duration = .seconds(50),
    pollSlack: Duration = .seconds(15), messagesPerSecond: Double? = nil,
    patience: Duration = .seconds(1), webhookConnections: Int = 40
  ) {
    self.token = token
    self.baseURL = baseURL
    self.requestTimeout = requestTimeout
    self.downloadTimeout = downloadTimeout
    self.pollTimeout = pollTimeout
    self.pollSlack = pollSlack
    self.messagesPerSecond = messagesPerSecond
    self.patience = patience
    self.webhookConnections = webhookConnections
  }
}
