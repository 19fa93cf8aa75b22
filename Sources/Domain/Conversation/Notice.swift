/// A text of our own, before it is put into words.
package enum Notice: Equatable, Sendable, Codable {
  case greeting(name: String)
  case help
  case newDialogue
  case forgotten
  case erased
  /// What is kept: how many messages of this dialogue, and for how many days (nil: for ever).
  case privacy(messages: Int, retentionDays: Int?)
  case whoami(person: PersonID, place: CustomerMessage.Place)
  case unknownCommand
  case unsupported(AttachmentKind)
  case tooManyMessages
  case stopped
  case failure(AnswerFailure)
  case contextNearlyFull(ContextUse)
  /// The message could not be processed at all.
  case couldNotProcess
  /// For the administrator: the bot was added to a group whose messages it does not see.
  case groupNotHeard(ChatID)
  /// For the administrator: the program has begun to serve.
  case started(version: String)
  /// For the administrator: something needs a person.
  case trouble(Trouble)
}

/// Trouble that does not end without a person.
package enum Trouble: String, Equatable, Sendable, Codable, CaseIterable {
  /// An update was set aside.
  case quarantined
  /// The model has been out of use for long.
  case modelDown
  /// The model's service refuses the key.
  case keyRefused
  /// The account at the model's service has no money left.
  case outOfMoney
  /// The store can't be written.
  case storeUnwritable
  /// A message could not be delivered.
  case undelivered
}
