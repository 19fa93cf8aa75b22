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
  /// The buttons under the last part.
  package var buttons: [[InlineButton]]?
  /// Where it goes when that is not the dialogue's own chat.
  package var staff: StaffDestination?
  /// What it brings from one side to the other.
  package var relay: Relay?
  /// The message of the destination that it replies to or changes, known by its other side.
  package var refersTo: RelayReference?
  /// The message of the dialogue in the destination that it shows anew.
  package var slot: Slot?
  /// Whether it may be joined with others of its kind that wait for the same destination: one part
  /// of text, nothing referred to, no buttons.
  package var merges: Bool?
  /// Whether its failure needs nobody: a mark, an answer to a press.
  package var isMinor: Bool?

  /// Makes a message.
  package init(
    parts: [MessageContent], replyTo: MessageID? = nil, keyboard: [[String]]? = nil,
    position: Position? = nil, replaces: Position? = nil, askedAt: Instant? = nil,
    buttons: [[InlineButton]]? = nil, staff: StaffDestination? = nil, relay: Relay? = nil,
    refersTo: RelayReference? = nil, slot: Slot? = nil, merges: Bool? = nil,
    isMinor: Bool? = nil
  ) {
    self.buttons = buttons
    self.staff = staff
    self.relay = relay
    self.refersTo = refersTo
    self.slot = slot
    self.merges = merges
    self.isMinor = isMinor
    self.parts = parts
    self.replyTo = replyTo
    self.keyboard = keyboard
    self.position = position
    self.replaces = replaces
    self.askedAt = askedAt
  }
}

extension OutboxMessage {
  /// The part that stands first in the chat and replies to what the message replies to: the making
  /// of a topic before it shows nothing.
  package var firstShown: Int {
    if case .newTopic = parts.first { return 1 }
    return 0
  }
}

/// A place where operators read of a dialogue.
package struct StaffDestination: Equatable, Sendable, Codable {
  /// The staff chat.
  package var chat: ChatID
  /// The name of the dialogue's topic there, for when it must be made; nil outside topics.
  package var topicName: String?

  /// Makes a destination.
  package init(chat: ChatID, topicName: String? = nil) {
    self.chat = chat
    self.topicName = topicName
  }
}

/// Which messages of the two sides belong together. Once sent, it is remembered, so that replies and
/// edits find the other side.
package enum Relay: Equatable, Sendable, Codable {
  /// To operators: these messages of the customer; empty for what nobody wrote, as notices.
  case toStaff([MessageID])
  /// To the customer: this message of an operator (nil over the HTTP API). What becomes of it is
  /// told to the dialogue (`.relaySettled`).
  case toCustomer(StaffMessage?)
}

/// A message that is known by its counterpart on the other side. It is looked up when the message
/// that refers to it is taken to be sent; what went out before is known by then.
package enum RelayReference: Equatable, Sendable, Codable {
  /// Reply to what brought this message of the customer to the destination's operators, or to the
  /// operator's message of which this is what the customer saw.
  case replyToCustomer(MessageID)
  /// Reply to the customer's message that stands in the staff chat as this one, or to what this
  /// one was brought to the customer as.
  case replyToStaff(StaffMessage)
  /// Change what this operator's message was brought to the customer as; sent anew when it was not.
  case edit(StaffMessage)
}

/// A message of a dialogue that is shown anew in place.
package struct Slot: Equatable, Sendable, Codable {
  /// What it shows. There is one at most in each chat for a dialogue.
  package enum Name: String, Equatable, Sendable, Codable {
    /// The customer's place in the queue.
    case queue
    /// The request, as operators see it.
    case request
  }

  /// What it shows.
  package var name: Name
  /// Whether it is sent as a new message even where an older one stands.
  package var isNew: Bool

  /// Makes a slot.
  package init(_ name: Name, isNew: Bool = false) {
    self.name = name
    self.isNew = isNew
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
  /// Where it goes: the dialogue's address, or the chat and the topic (once there is one) in which
  /// operators read of it.
  package var address: ConversationAddress
  /// The message.
  package var message: OutboxMessage
  /// Which part comes now.
  package var part: Int
  /// The message of ours to edit instead of sending: that of `message.replaces`, of its slot or of
  /// the reference, when there is just one.
  package var edits: MessageID?
  /// The message to reply to: `message.replyTo`, or what was found for the reference.
  package var replyTo: MessageID?
  /// How often this part was tried and certainly not sent.
  package var failures: Int
  /// How often this part was written without an answer.
  package var unknowns: Int
  /// Whether the last try was cut off by the end of its process.
  package var interrupted: Bool

  /// Makes a piece of work.
  package init(
    id: OutboxID, address: ConversationAddress, message: OutboxMessage, part: Int,
    edits: MessageID? = nil, replyTo: MessageID? = nil,
    failures: Int, unknowns: Int, interrupted: Bool
  ) {
    self.replyTo = replyTo
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
  /// The part was written without an answer; try again at the time, and count it.
  case repeatAgain(at: Instant)
  /// The part goes out in another form: these take its place, at once.
  case replacePart([MessageContent])
  /// The message to edit can't be edited: send it anew, at once.
  case sendAnew
  /// The destination's topic is gone: it is forgotten, the dialogue is told (`.staffChatLost`), and
  /// the part is to be taken again at once.
  case topicLost
  /// The topic can't be made this time: the message goes there without one, at once.
  case withoutTopic
  /// The destination has no topics. As `withoutTopic`, and the dialogue is told (`.staffChatLost`) to
  /// show itself there anew; the card of a request, which speaks of a topic, is left out.
  case topicsRefused
  /// The message can't be delivered. `unreachable` admits an event that tells the dialogue: that its
  /// chat is out of reach, or that the staff chat is.
  case undelivered(reason: String, unreachable: Bool)
}
