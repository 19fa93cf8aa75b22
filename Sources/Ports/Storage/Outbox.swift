package import Conversation
package import Gateways

/// The number of an outbox row.
package struct OutboxID: Identifier {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// A row on its way into the outbox.
package enum NewOutboxEntry: Equatable, Sendable {
  /// A question for the model.
  case answer(AnswerJob)
  /// A message for a chat.
  case send(OutboxMessage)
}

/// A message in the outbox. Long ones are several parts, which go out one after another.
package struct OutboxMessage: Equatable, Sendable, Codable {
  /// The parts, in order; never empty.
  package var parts: [MessageContent]
  /// The message that the first part replies to.
  package var replyTo: MessageID?
  /// The keyboard that comes with the last part.
  package var keyboard: [[String]]?
  /// Where it stands in the transcript, if it does.
  package var position: Position?
  /// The answer whose message this replaces, if that stands in the chat as just one; else, and when
  /// this is several parts itself, it is sent anew.
  package var replaces: Position?
  /// When the question was asked that this ends; for the age of the oldest unanswered one.
  package var askedAt: Instant?

  /// Makes a message.
  package init(
    parts: [MessageContent], replyTo: MessageID? = nil, keyboard: [[String]]? = nil,
    position: Position? = nil, replaces: Position? = nil, askedAt: Instant? = nil
  ) {
    self.parts = parts
    self.replyTo = replyTo
    self.keyboard = keyboard
    self.position = position
    self.replaces = replaces
    self.askedAt = askedAt
  }
}

/// An answer job that was taken.
package struct AnswerWork: Equatable, Sendable {
  /// Its row.
  package var id: OutboxID
  /// Its conversation.
  package var conversation: ConversationID
  /// Where that takes place now.
  package var address: ConversationAddress
  /// The job.
  package var job: AnswerJob
  /// How often it was taken, this time included.
  package var attempts: Int
  /// Whether it was asked to stop before it was taken.
  package var stopRequested: Bool

  /// Makes a piece of work.
  package init(
    id: OutboxID, conversation: ConversationID, address: ConversationAddress, job: AnswerJob,
    attempts: Int, stopRequested: Bool
  ) {
    self.id = id
    self.conversation = conversation
    self.address = address
    self.job = job
    self.attempts = attempts
    self.stopRequested = stopRequested
  }
}

/// What a running answer job must do.
package enum Interruption: String, Equatable, Sendable {
  /// End with what the person has seen.
  case stop
  /// End without a trace.
  case drop
}

/// A message that was taken to be sent: its next part.
package struct SendWork: Equatable, Sendable {
  /// Its row.
  package var id: OutboxID
  /// Where it goes.
  package var address: ConversationAddress
  /// The message.
  package var message: OutboxMessage
  /// Which part comes now.
  package var part: Int
  /// The message of ours to edit instead of sending: that of `message.replaces`, when there is just
  /// one.
  package var edits: MessageID?
  /// How often this part was tried and certainly not sent.
  package var failures: Int
  /// How often this part was written without an answer.
  package var unknowns: Int
  /// Whether the last try was cut off by the end of its process.
  package var interrupted: Bool

  /// Makes a piece of work.
  package init(
    id: OutboxID, address: ConversationAddress, message: OutboxMessage, part: Int,
    edits: MessageID? = nil,
    failures: Int, unknowns: Int, interrupted: Bool
  ) {
    self.id = id
    self.address = address
    self.message = message
    self.part = part
    self.edits = edits
    self.failures = failures
    self.unknowns = unknowns
    self.interrupted = interrupted
  }
}

/// What is to be recorded about a message after a try.
package enum SendSettlement: Equatable, Sendable {
  /// The part was sent; the row ends with its last part. `repeated` tells that it may stand there
  /// twice.
  case sent(MessageID, repeated: Bool)
  /// The part was certainly not sent; try again at the time. `counted` adds to its failures.
  case retry(at: Instant, counted: Bool)
  /// The part was written without an answer; try once more at the time.
  case repeatOnce(at: Instant)
  /// The part goes out in another form: these take its place, at once.
  case replacePart([MessageContent])
  /// The message to edit can't be edited: send it anew, at once.
  case sendAnew
  /// The message can't be delivered. `unreachable` admits an event that tells the dialogue.
  case undelivered(reason: String, unreachable: Bool)
}
