/// What an event makes happen. Plain values, committed together with the state they follow from.
package enum DialogueEffect: Equatable, Sendable {
  /// Adds to the transcript.
  case record(Message)
  /// Corrects what was recorded under this id, if anything was.
  case correct(messageID: MessageID, text: String)
  /// Gives the order to answer.
  case startAnswer(AnswerJob)
  /// Takes the order back; whatever it has written is forgotten.
  case dropAnswer(AnswerJobID)
  /// Asks the job to end with what the person has seen.
  case stopAnswer(AnswerJobID)
  /// Sends the answer that was just recorded at `position`.
  case deliver(text: String, position: Position, to: Question, introducing: Bool)
  /// Sends one of our own texts; `askedAt` is when that was written which it ends.
  case say(Notice, in: Language, replyTo: MessageID?, isPrivate: Bool, askedAt: Instant)
}

/// A text of our own, before it is put into words.
package enum Notice: Equatable, Sendable, Codable {
  case greeting(name: String)
  case help
  case newDialogue
  case forgotten
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
}
