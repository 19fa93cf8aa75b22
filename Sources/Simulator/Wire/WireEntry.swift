/// One thing that went over the wire, in one line; what it said in full is `WireDetail`.
package struct WireEntry: Sendable, Equatable, Codable {
  /// Which way it went, and to whom.
  package enum Kind: String, Sendable, Codable {
    /// Telegram told the bot something.
    case update
    /// The bot called a method of the Bot API.
    case call
    /// The bot asked the model.
    case model
  }

  /// Increases by one with each entry. An entry that changes keeps its id.
  package var id: Int64
  /// Which way it went.
  package var kind: Kind
  /// The kind of update, the method, or the model's name.
  package var name: String
  /// The chat that it was about; nil when there was none, or none can be told.
  package var chat: Int64?
  /// Unix milliseconds at which it began.
  package var at: Int64
  /// The status of the answer; nil before there is one, and for updates.
  package var status: Int?
  /// The time until the first piece of a streamed answer.
  package var firstMilliseconds: Int64?
  /// The time until the answer was whole; nil before it is, and for updates.
  package var milliseconds: Int64?
  /// The tokens that the model read.
  package var promptTokens: Int64?
  /// The tokens that the model wrote.
  package var answerTokens: Int64?
}

/// What was said in full, without secrets.
package struct WireDetail: Sendable, Equatable, Codable {
  /// The update, the parameters of the call, or the body of the request.
  package var request: JSONValue
  /// What came back; of a streamed answer, its text put together.
  package var response: JSONValue?
}
