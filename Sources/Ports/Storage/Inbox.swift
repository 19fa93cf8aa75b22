package import Conversation
package import Gateways

/// The number of an inbox entry.
package struct InboxID: Identifier {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// Something that happened and must change a dialogue.
package enum InboxEvent: Equatable, Sendable, Codable {
  /// An update of Telegram.
  case update(InboundUpdate)
  /// The end of an answer job.
  case answer(AnswerOutcome)
  /// The first words of an answer are shown from now on.
  case answerAppeared(AnswerJobID)
  /// A chat turned out to be out of reach while something was sent to it.
  case unreachable
  /// Something that the program says to those who run it.
  case announcement(Notice)
  /// The time came that a dialogue waited for.
  case timer
  /// A dialogue's place among those who wait for a person, from 1.
  case place(Int)
  /// What became of an operator's message that stands at a position.
  case relaySettled(Position, RelayOutcome)
  /// The model's answers at these positions were taken out of the outbox unsent.
  case answersWithdrawn([Position])
  /// A staff chat can't be reached, or lost the dialogue's topic.
  case staffChatLost(ChatID, topicOnly: Bool)
  /// A staff chat has a topic for the dialogue now.
  case staffTopicMade(ChatID)
  /// Somebody who holds the dialogue is no longer an operator.
  case operatorLost(OperatorID)
  /// A body that can't be used; goes straight into quarantine.
  case unusable(body: String, reason: String)
}

/// How an answer job ended.
package enum AnswerOutcome: Equatable, Sendable, Codable {
  /// `heard` tells what was said in messages that are speech.
  case ready(job: AnswerJobID, text: String, use: ContextUse?, heard: [MessageID: String] = [:])
  case failed(job: AnswerJobID, AnswerFailure)
  /// The model wants an operator to take over, or promised one.
  case handedOver(
    job: AnswerJobID, text: String, summary: String, reason: HandoffReason,
    heard: [MessageID: String] = [:])
  case stopped(job: AnswerJobID, text: String)

  /// The job that ended.
  package var job: AnswerJobID {
    switch self {
    case .ready(let job, _, _, _), .failed(let job, _), .stopped(let job, _),
      .handedOver(let job, _, _, _, _):
      job
    }
  }
}

/// An entry on its way into the inbox.
package struct NewInboxEntry: Equatable, Sendable {
  /// The keys by which a repetition is known; any one that was seen makes it a repetition.
  package var sourceKeys: [String]
  /// The dialogue that it changes; entries of one address are worked on in order.
  package var address: ConversationAddress
  /// What happened.
  package var event: InboxEvent
  /// The album that it is a part of.
  package var album: String?
  /// When it may be worked on; later than now for parts of an album.
  package var notBefore: Instant
  /// When the person wrote, if it is a message that deserves an answer.
  package var askedAt: Instant?

  /// Makes an entry.
  package init(
    sourceKeys: [String], address: ConversationAddress, event: InboxEvent, album: String? = nil,
    notBefore: Instant, askedAt: Instant? = nil
  ) {
    self.sourceKeys = sourceKeys
    self.address = address
    self.event = event
    self.album = album
    self.notBefore = notBefore
    self.askedAt = askedAt
  }
}

/// An entry that was taken to be worked on.
package struct InboxEntry: Equatable, Sendable {
  /// Its number.
  package var id: InboxID
  /// What happened.
  package var event: InboxEvent
  /// When it was taken in.
  package var receivedAt: Instant
  /// How often it was taken, this time included.
  package var attempts: Int

  /// Makes an entry.
  package init(id: InboxID, event: InboxEvent, receivedAt: Instant, attempts: Int) {
    self.id = id
    self.event = event
    self.receivedAt = receivedAt
    self.attempts = attempts
  }
}

/// Entries of one address to be worked on together: one, or the parts of an album.
package struct InboxWork: Equatable, Sendable {
  /// The dialogue that they change.
  package var address: ConversationAddress
  /// The entries, oldest first; never empty.
  package var entries: [InboxEntry]

  /// Makes a piece of work.
  package init(address: ConversationAddress, entries: [InboxEntry]) {
    self.address = address
    self.entries = entries
  }
}

/// An entry that was set aside.
package struct QuarantinedEntry: Equatable, Sendable {
  /// Its number.
  package var id: InboxID
  /// The dialogue that it was for.
  package var address: ConversationAddress
  /// Why it was set aside.
  package var reason: String
  /// When it was taken in.
  package var receivedAt: Instant
  /// How often it was tried.
  package var attempts: Int

  /// Makes an entry.
  package init(
    id: InboxID, address: ConversationAddress, reason: String, receivedAt: Instant, attempts: Int
  ) {
    self.id = id
    self.address = address
    self.reason = reason
    self.receivedAt = receivedAt
    self.attempts = attempts
  }
}
