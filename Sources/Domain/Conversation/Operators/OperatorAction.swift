/// What an operator does with a dialogue.
package enum OperatorAction: Equatable, Sendable {
  /// Takes it. Refused with `.alreadyTaken` when another operator holds it, unless `force` says
  /// that the taker knows.
  case take(force: Bool)
  /// Writes to the customer.
  case write(OperatorMessage)
  /// Changes what they wrote.
  case edit(StaffMessage, text: String)
  /// Writes a note that never reaches the customer.
  case note(String)
  /// Gives it to another operator, who works in `chat`.
  case pass(to: Operator, chat: ChatID?)
  /// Gives it back to the bot.
  case release
  /// Ends it.
  case close
  /// Keeps the customer from writing, or lets them again.
  case ban(Bool)
  /// Asks the model for a suggestion or a summary; `about` is the customer's last message.
  case ask(AnswerJob.Assistance, about: Question)
  /// Sends the suggestion that stands at a position, with its text, or drops it (nil). Refused when
  /// it was sent or dropped before, or another has come.
  case settleSuggestion(Position, text: String?)
  /// Sends again what could not be delivered.
  case resend(Position)
}

/// A message of an operator on its way to the customer.
package struct OperatorMessage: Equatable, Sendable {
  /// The words as they were written; a sign for the kind of thing when there are none.
  package var text: String
  /// The message in the staff chat; nil for the HTTP API and for suggestions that were accepted.
  package var source: StaffMessage?
  /// Whether the words are the model's, in Markdown.
  package var isMarkdown: Bool

  /// Makes a message.
  package init(text: String, source: StaffMessage?, isMarkdown: Bool = false) {
    self.text = text
    self.source = source
    self.isMarkdown = isMarkdown
  }
}

/// What a customer chose by a button under a message.
package enum CustomerChoice: Equatable, Sendable {
  /// The offer of a person was accepted.
  case acceptOperator
  /// It was declined.
  case declineOperator
  /// The bot shall go on; the request for a person is withdrawn.
  case keepBot
  /// A rating, 1 to 5.
  case rate(Int)
  /// They want to add words to the rating.
  case comment
}

/// What became of an operator's message.
package enum RelayOutcome: Equatable, Sendable, Codable {
  case delivered
  /// The customer blocked the bot or left.
  case blocked
  case undelivered
}
