package import Conversation

/// A dialogue as it was loaded.
package struct StoredDialogue: Equatable, Sendable {
  /// The version, to be named when it is committed.
  package var version: Int64
  /// The dialogue.
  package var dialogue: Dialogue

  /// Makes a stored dialogue.
  package init(version: Int64, dialogue: Dialogue) {
    self.version = version
    self.dialogue = dialogue
  }
}

/// Everything that one event changes, committed as one.
package struct Step: Equatable, Sendable {
  /// A change of the transcript.
  package enum TranscriptChange: Equatable, Sendable {
    case append(Message)
    /// Corrects the text recorded under this id, if there is one.
    case correct(MessageID, text: String)
    /// Corrects the text recorded of an operator's message, if there is one.
    case correctSource(StaffMessage, text: String)
    /// Takes out everything before a position.
    case removeAll(before: Position)
    /// Takes a message out: another has come in its place.
    case remove(Position)
  }

  /// The version that was loaded.
  package var expectedVersion: Int64
  /// The new state.
  package var dialogue: Dialogue
  /// What changes in the transcript.
  package var transcript: [TranscriptChange]
  /// What goes out, in order.
  package var outbox: [NewOutboxEntry]
  /// Jobs to stop or drop.
  package var interruptions: [AnswerJobID: Interruption]
  /// The entries that are done with it.
  package var completing: [InboxID]
  /// What is added to the log of what happened between customers and operators.
  package var log: [DeskLogEntry]
  /// Undelivered messages of these positions that are to be sent again.
  package var resending: [Position]
  /// Whether the model's answers that wait to be sent are taken out of the outbox, for a person has
  /// come: all of which nothing may have been sent yet. They count as undelivered, and the
  /// dialogue is told by `InboxEvent.answersWithdrawn`.
  package var withdrawsAnswers: Bool
  /// A person of whom everything is erased before the rest of the step: the transcripts of their
  /// private chats with the bot and what they wrote in groups, inbox and quarantine entries of
  /// theirs (files' ids included; but not what they wrote after the newest of `completing`), answer
  /// jobs and unsent messages for them. Dialogues stay, as bare state without words or names; other
  /// ones than this go on with the next who waits in them.
  package var erasing: PersonID?

  /// Makes a step.
  package init(
    expectedVersion: Int64, dialogue: Dialogue, transcript: [TranscriptChange] = [],
    outbox: [NewOutboxEntry] = [], interruptions: [AnswerJobID: Interruption] = [:],
    completing: [InboxID] = [], log: [DeskLogEntry] = [], resending: [Position] = [],
    withdrawsAnswers: Bool = false, erasing: PersonID? = nil
  ) {
    self.withdrawsAnswers = withdrawsAnswers
    self.log = log
    self.resending = resending
    self.expectedVersion = expectedVersion
    self.dialogue = dialogue
    self.transcript = transcript
    self.outbox = outbox
    self.interruptions = interruptions
    self.completing = completing
    self.erasing = erasing
  }
}

/// How much of everything a store holds.
package struct StoreFigures: Equatable, Sendable {
  /// Inbox entries not yet worked off, without those in quarantine.
  package var inboxDepth: Int
  /// Outbox rows not yet ended: answer jobs and messages.
  package var outboxDepth: Int
  /// Entries in quarantine.
  package var quarantined: Int
  /// When the oldest message was written that has not ended in anything yet.
  package var oldestUnanswered: Instant?
  /// Dialogues that wait for a person.
  package var waiting: Int

  /// Makes figures.
  package init(
    inboxDepth: Int, outboxDepth: Int, quarantined: Int, oldestUnanswered: Instant?,
    waiting: Int = 0
  ) {
    self.waiting = waiting
    self.inboxDepth = inboxDepth
    self.outboxDepth = outboxDepth
    self.quarantined = quarantined
    self.oldestUnanswered = oldestUnanswered
  }
}
