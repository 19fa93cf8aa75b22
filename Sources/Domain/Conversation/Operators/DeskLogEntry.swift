/// One thing that happened between customers and operators. The log of these is the source of all
/// figures about the operators' work; it holds no words of anybody.
package struct DeskLogEntry: Equatable, Sendable, Codable {
  /// What happened. Durations are in milliseconds and tell what the state machine knew when it
  /// happened; they follow from the times of the entries before.
  package enum Kind: Equatable, Sendable, Codable {
    /// A person is wanted.
    case requested(HandoffReason)
    /// The customer withdrew the request before anybody took it.
    case withdrawn
    /// Somebody took it; `waited` since the request, nil when there was none.
    case taken(OperatorID, waited: Int64?)
    /// It changed hands.
    case passed(from: OperatorID, to: OperatorID)
    /// The customer wrote while a person was wanted or there.
    case customerWrote
    /// An operator answered: `first` since the request for the first answer, `next` since the oldest
    /// unanswered message for later ones.
    case answered(OperatorID, first: Int64?, next: Int64?)
    /// The bot answers again.
    case returned(ReturnCause, OperatorID?)
    /// It was ended; `resolution` since the request.
    case closed(OperatorID?, resolution: Int64?)
    /// Operators were reminded.
    case reminded
    /// Nobody took it in time; the customer was told.
    case unclaimed
    /// An operator's message could not be delivered.
    case undelivered
    /// The customer rated the help, 1 to 5.
    case rated(Int)
  }

  /// The dialogue.
  package var conversation: ConversationID
  /// When it happened.
  package var at: Instant
  /// What happened.
  package var kind: Kind

  /// Makes an entry.
  package init(conversation: ConversationID, at: Instant, kind: Kind) {
    self.conversation = conversation
    self.at = at
    self.kind = kind
  }
}
