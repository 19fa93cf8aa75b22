/// One thing that happened between customers and operators. The log of these is the source of all
/// figures about the operators' work; it holds no words of anybody.
package struct DeskLogEntry: Equatable, Sendable, Codable {
  /// What happened.
  ///
  /// Durations are in milliseconds, never negative, and follow from the kinds and times of the
  /// entries of the same dialogue before, in the order of the log:
  ///
  /// * A request is open from `requested` until `withdrawn`, `returned` or `closed`. A further
  ///   `requested` while one is open (the operator is gone) leaves its beginning as it was, unless an
  ///   operator has answered since: then it begins anew.
  /// * `waited` and `resolution` count from the beginning of the open request.
  /// * The first `answered` of an open request has `first`, from its beginning. Every other one, and
  ///   those of an operator who came without a request, has `next`, from the first `customerWrote`
  ///   since the last `answered`, `requested`, `withdrawn`, `returned` or `closed`; nil when there is
  ///   none.
  /// * `passed` changes nothing of this.
  package enum Kind: Equatable, Sendable, Codable {
    /// A person is wanted.
    case requested(HandoffReason)
    /// The customer withdrew the request before anybody took it, or left.
    case withdrawn
    /// Somebody took it; `waited` is nil when there was no request.
    case taken(OperatorID, waited: Int64?)
    /// It changed hands.
    case passed(from: OperatorID, to: OperatorID)
    /// The customer wrote while a person was wanted or there.
    case customerWrote
    /// An operator answered.
    case answered(OperatorID, first: Int64?, next: Int64?)
    /// The bot answers again.
    case returned(ReturnCause, OperatorID?)
    /// It was ended; `resolution` is nil when there was no request.
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
