/// What operators are told of a dialogue, before it is put into words. The words of the people in it
/// are added from the transcript where it says so.
package enum StaffNotice: Equatable, Sendable {
  /// A person is wanted: comes with the customer's name and id, a summary and the last turns. The
  /// model's own summary takes the place of the one made here.
  case requested(HandoffReason, summary: String?)
  /// The same, for a staff chat that lost its topic.
  case repeated
  /// Nobody has taken it yet, after so many minutes.
  case reminder(minutes: Int)
  /// The customer withdrew the request.
  case withdrawn
  /// Somebody took it.
  case taken(Operator)
  /// It changed hands.
  case passed(from: Operator, to: Operator)
  /// The bot answers again.
  case returned(ReturnCause)
  /// It was ended.
  case closed(Operator?)
  /// The customer changed a message; the new words follow.
  case customerEdited(MessageID, text: String)
  /// The bot's last answer was not sent, for a person came first.
  case answerWithdrawn
  /// A note of a colleague.
  case note(Operator, String)
  /// The customer blocked the bot or left.
  case customerLeft
  /// The model suggests an answer, which stands in the transcript at `position`.
  case suggestion(Position, text: String)
  /// The model sums the dialogue up.
  case summary(String)
  /// The model could not write what was asked for.
  case noAssistance
  /// The customer rated the help, 1 to 5.
  case rated(Int)
  /// The customer commented on it.
  case comment(String)
  /// The customer was banned or is no longer.
  case banned(Bool)
}

/// Why a dialogue came back to the bot.
package enum ReturnCause: String, Equatable, Sendable, Codable, CaseIterable {
  /// The customer's button.
  case customer
  /// An operator's command or the HTTP API.
  case `operator`
  /// Nobody wrote for long.
  case timeout
  /// Everything about the customer was erased.
  case forgotten
}

/// How a dialogue stands, as the name of its topic in a staff forum shows it.
package enum StaffStatus: String, Equatable, Sendable, Codable, CaseIterable {
  case waiting, operated, bot, closed
}
