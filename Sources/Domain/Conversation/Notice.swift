/// A text of our own, before it is put into words.
package enum Notice: Equatable, Sendable, Codable {
  case greeting(name: String)
  case help
  case newDialogue
  case forgotten
  case erased
  /// What is kept, and for how many days (nil: for ever).
  case privacy(retentionDays: Int?)
  case whoami(person: PersonID, place: CustomerMessage.Place)
  case unknownCommand
  case unsupported(AttachmentKind)
  case tooManyMessages
  case stopped
  case failure(AnswerFailure)
  case contextNearlyFull(ContextUse)
  /// The message could not be processed at all.
  case couldNotProcess
  /// A person is called.
  case operatorRequested
  /// A person is called, but they are not there before this time.
  case operatorsAway(until: Instant)
  /// How many wait before the customer, who is at this place.
  case queuePlace(Int, isFirst: Bool)
  /// The customer no longer waits in the queue; takes the place of that message.
  case queueLeft
  /// Nobody is free.
  case operatorsBusy
  /// There are no operators.
  case noOperators
  /// A person is offered; after a failure, a refusal or a complaint with that text before it.
  case operatorOffered(after: AnswerFailure?, tooMany: Bool)
  case offerDeclined
  /// An operator has come.
  case operatorConnected(name: String)
  /// The request for a person ended before one came; the bot answers.
  case requestEnded(ReturnCause)
  /// The person left; the dialogue is the bot's again.
  case operatorDisconnected(ReturnCause)
  /// The operator ended the dialogue.
  case dialogueClosed
  /// `/new` and `/start` while a person is wanted or there.
  case newDialogueWithOperator
  case ratingAsked
  case ratingThanks
  case commentAsked
  case commentThanks
  case banned
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
  /// A staff chat can't be reached.
  case staffUnreachable
  /// The bot may not make topics in a staff forum.
  case topicsRefused
}
