/// A dialogue that waits for a person.
package struct HandoffRequest: Equatable, Sendable, Codable {
  /// What was done because nobody took the dialogue.
  package enum Stage: Int, Equatable, Sendable, Codable, CaseIterable {
    /// Operators were told.
    case announced
    /// They were reminded.
    case reminded
    /// The next staff chat was told.
    case passedOn
    /// The customer was told that nobody is free.
    case admitted
  }

  /// Since when.
  package var since: Instant
  /// Why.
  package var reason: HandoffReason
  /// The staff chats that know of it.
  package var announcedIn: [ChatID]
  /// When a person last did something here: the customer, for nobody else has.
  package var lastSign: Instant
  /// What was done because nobody took it.
  package var stage: Stage
  /// When the clock brings the next change.
  package var due: Instant
  /// The place in the queue that the customer was shown last.
  package var place: Int?
  /// What was asked meanwhile; the bot answers it if nobody else does.
  package var unheard: [Question]

  /// Makes a request.
  package init(
    since: Instant, reason: HandoffReason, announcedIn: [ChatID], lastSign: Instant,
    stage: Stage = .announced, due: Instant, place: Int? = nil, unheard: [Question] = []
  ) {
    self.since = since
    self.reason = reason
    self.announcedIn = announcedIn
    self.lastSign = lastSign
    self.stage = stage
    self.due = due
    self.place = place
    self.unheard = unheard
  }
}

/// A dialogue that a person holds.
package struct Assignment: Equatable, Sendable, Codable {
  /// Who holds it.
  package var by: Operator
  /// The staff chat in which they work; nil for the HTTP API.
  package var chat: ChatID?
  /// The staff chats that read along because they did so when the dialogue went to somebody who
  /// works in none.
  package var readers: [ChatID]
  /// When the customer's request began, for the time to the first response; nil when an operator
  /// came without one.
  package var requestedAt: Instant?
  /// Since when a person holds it.
  package var since: Instant
  /// When the customer or an operator last wrote.
  package var lastSign: Instant
  /// When the bot takes over again if there is no further sign.
  package var due: Instant
  /// Whether an operator has answered since `since`.
  package var hasAnswered: Bool
  /// The oldest message of the customer since the last answer of an operator.
  package var unansweredSince: Instant?
  /// What was asked since an operator last answered; the bot answers it if none does.
  package var unheard: [Question]

  /// Makes an assignment.
  package init(
    by: Operator, chat: ChatID?, readers: [ChatID] = [], requestedAt: Instant?, since: Instant,
    lastSign: Instant, due: Instant, hasAnswered: Bool = false, unansweredSince: Instant? = nil,
    unheard: [Question] = []
  ) {
    self.readers = readers
    self.unheard = unheard
    self.by = by
    self.chat = chat
    self.requestedAt = requestedAt
    self.since = since
    self.lastSign = lastSign
    self.due = due
    self.hasAnswered = hasAnswered
    self.unansweredSince = unansweredSince
  }
}

extension [Question] {
  /// With one more, within the bound of the questions that the bot would have to answer together.
  func hearing(_ question: Question) -> [Question] { Array((self + [question]).suffix(20)) }
}

/// What a dialogue remembers of people beyond one request.
package struct DeskMemory: Equatable, Sendable, Codable {
  /// A suggestion or a summary that is being written for an operator.
  package struct Assistance: Equatable, Sendable, Codable {
    /// What it is.
    package var kind: AnswerJob.Assistance
    /// The job that writes it.
    package var job: AnswerJobID
    /// The staff chat that asked for it; nil for the HTTP API.
    package var chat: ChatID?

    /// Makes an entry.
    package init(_ kind: AnswerJob.Assistance, job: AnswerJobID, chat: ChatID?) {
      self.kind = kind
      self.job = job
      self.chat = chat
    }
  }

  /// How its people are addressed.
  package var audience: Audience
  /// Who asked for a person without writing: by a command or a button.
  package var customer: Speaker?
  /// The staff forums in which it has a topic: all that is said is mirrored there.
  package var forums: [ChatID]
  /// Whether the customer is banned.
  package var isBanned: Bool
  /// Whether a banned customer was told so.
  package var wasToldOfBan: Bool
  /// How often in a row the customer was not helped.
  package var complaints: Int
  /// A suggestion or summary under way.
  package var assistance: Assistance?
  /// The suggestion that an operator may still send or drop.
  package var suggestion: Position?
  /// Whether the customer was asked for a rating and has not given it.
  package var awaitsRating: Bool
  /// Whether the customer's next words are the comment on their rating.
  package var awaitsComment: Bool
  /// When the offer of a person was declined last.
  package var declinedAt: Instant?
  /// Who answered last.
  package var lastOperator: Operator?
  /// How often the dialogue came back from a person.
  package var returns: Int

  /// Makes a memory in which nothing has happened yet.
  package init(audience: Audience) {
    self.audience = audience
    forums = []
    isBanned = false
    wasToldOfBan = false
    complaints = 0
    awaitsRating = false
    awaitsComment = false
    returns = 0
  }
}

/// The settings of hand-over, and where operators are.
package struct StaffPolicy: Equatable, Sendable {
  /// Whether the dialogue goes to a person at once or one is offered first.
  package enum Manner: String, Equatable, Sendable, CaseIterable {
    case atOnce = "at_once"
    case offer
  }

  /// The chats in which operators work; never empty.
  package var chats: [StaffChat]
  /// What happens when a person asks for a human in words.
  package var onWords: Manner
  /// What happens when the bot cannot help.
  package var onFailure: Manner
  /// How many times in a row a person may say that it did not help before a human comes; 0: never.
  package var complaintLimit: Int
  /// How long after the last sign of a person the bot takes over again.
  package var timeout: Duration
  /// How long a request may be unclaimed before operators are reminded, and between further steps.
  package var reminder: Duration
  /// When operators are there again; nil when they are there now.
  package var opensAt: Instant?
  /// Whether customers are asked how good the help was.
  package var asksForRating: Bool

  /// Makes a policy; the defaults are those of the settings.
  package init(
    chats: [StaffChat], onWords: Manner = .atOnce, onFailure: Manner = .offer,
    complaintLimit: Int = 2, timeout: Duration = .seconds(7_200),
    reminder: Duration = .seconds(300), opensAt: Instant? = nil, asksForRating: Bool = false
  ) {
    precondition(!chats.isEmpty, "operators without a chat")
    self.chats = chats
    self.onWords = onWords
    self.onFailure = onFailure
    self.complaintLimit = complaintLimit
    self.timeout = timeout
    self.reminder = reminder
    self.opensAt = opensAt
    self.asksForRating = asksForRating
  }

  /// Who is told first of a conversation's request: every operator's private chat, and one of the
  /// groups, over which conversations are spread.
  package func firstChats(for conversation: ConversationID) -> [ChatID] {
    let groups = groups(for: conversation)
    return chats.filter { $0.kind == .person }.map(\.chat) + groups.prefix(1)
  }

  /// The staff groups in the order in which they are told of a conversation's request.
  package func groups(for conversation: ConversationID) -> [ChatID] {
    let groups = chats.filter { $0.kind != .person }.map(\.chat)
    guard !groups.isEmpty else { return [] }
    let first = Int(conversation.rawValue % Int64(groups.count))
    return Array(groups[first...] + groups[..<first])
  }

  /// The kind of a staff chat; nil when it is none (any more).
  package func kind(of chat: ChatID) -> StaffChat.Kind? {
    chats.first { $0.chat == chat }?.kind
  }
}

extension Dialogue {
  /// When the clock brings the next change; nil when it does not.
  package var timer: Instant? {
    switch state {
    case .bot, .closed: nil
    case .waiting(let request): request.due
    case .operated(let assignment): assignment.due
    }
  }

  /// How the dialogue stands, in one word.
  package var status: StaffStatus {
    switch state {
    case .bot: .bot
    case .waiting: .waiting
    case .operated: .operated
    case .closed: .closed
    }
  }
}
