/// What an event makes happen. Plain values, committed together with the state they follow from.
package enum DialogueEffect: Equatable, Sendable {
  /// Adds to the transcript.
  case record(Message)
  /// Corrects what was recorded under this id, if anything was.
  case correct(messageID: MessageID, text: String)
  /// Takes a message out of the transcript, because another has come in its place.
  case remove(Position)
  /// Takes everything before a position out of the transcript.
  case removeAll(before: Position)
  /// Erases everything about a person, before anything else of the same event.
  case erase(PersonID)
  /// Gives the topic a name.
  case nameTopic(String)
  /// Gives the order to answer.
  case startAnswer(AnswerJob)
  /// Takes the order back; whatever it has written is forgotten.
  case dropAnswer(AnswerJobID)
  /// Asks the job to end with what the person has seen.
  case stopAnswer(AnswerJobID)
  /// Sends the answer that was just recorded at `position`, in the place of an earlier one if it
  /// `replaces` that.
  case deliver(
    text: String, position: Position, to: Question, replaces: Position?, introducing: Bool)
  /// Sends one of our own texts; `askedAt` is when that was written which it ends.
  case say(Notice, in: Language, replyTo: MessageID?, isPrivate: Bool, askedAt: Instant)
  /// Tells operators something, in these staff chats.
  case tellStaff(StaffNotice, in: [ChatID])
  /// Brings the customer's message of this event to staff chats.
  case relayToStaff([ChatID])
  /// Shows operators what was said elsewhere than in a chat that brings it to them.
  case mirror(text: String, by: Voice, in: [ChatID])
  /// Brings the operator's message of this event, which stands at `position`, to the customer.
  case relayToCustomer(position: Position, OperatorMessage, by: Operator)
  /// Corrects what was recorded of an operator's message.
  case correctSource(StaffMessage, text: String)
  /// Changes what was brought to the customer.
  case editRelayed(StaffMessage, text: String, by: Operator)
  /// Shows in the names of the dialogue's topics how it stands.
  case showStatus(StaffStatus, in: [ChatID])
  /// Marks an operator's message, which stands at `position`, as delivered.
  case confirmDelivery(Position)
  /// Tells the operator of the message at `position` that it could not be delivered.
  case reportUndelivered(Position, blocked: Bool)
  /// Sends the message at `position` again, which could not be delivered.
  case resend(Position)
  /// Adds to the log of what happened between customers and operators.
  case log(DeskLogEntry)
}

/// Whose words operators are shown.
package enum Voice: Equatable, Sendable {
  /// The customer's, put from outside.
  case customer(Speaker)
  case bot
  /// A colleague's.
  case `operator`(Operator)
  /// The model's, which a colleague sent as their own.
  case suggestion(by: Operator)
}
