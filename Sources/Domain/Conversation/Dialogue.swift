/// A conversation as it stands: everything that decides what happens next.
///
/// A stored row. It changes only by `apply`.
package struct Dialogue: Equatable, Sendable, Codable {
  /// Its number; part of the ids of its jobs.
  package let id: ConversationID
  /// Who answers.
  package var state: DialogueState
  /// Questions that wait until the awaited answer is there, oldest first.
  package var queue: [Question]
  /// The position that the next message will take.
  package var nextPosition: Position
  /// The first position that the model is shown.
  package var contextStart: Position
  /// How many answer jobs there have been.
  package var jobs: Int64
  /// Whether people have been told that an AI answers.
  package var introduced: Bool
  /// Whether people have been told that the context is nearly full, since it was last cleared.
  package var warnedOfFullContext: Bool
  /// The questions of the last minute, for the limit on them.
  package var recent: [RecentQuestion]
  /// Whether messages can reach the chat, as far as is known.
  package var reachable: Bool
  /// The newest questions that came to an end, for when they are changed soon after.
  package var lastAnswered: Answered?
  /// Whether the dialogue's topic still waits for a name.
  package var topicIsUnnamed: Bool
  /// What it remembers of people who answered or should; nil as long as there was nothing.
  package var desk: DeskMemory?

  /// Makes the dialogue of a conversation in which nothing was said yet.
  package init(id: ConversationID) {
    self.id = id
    state = .bot(awaiting: nil)
    queue = []
    nextPosition = Position(1)
    contextStart = Position(1)
    jobs = 0
    introduced = false
    warnedOfFullContext = false
    recent = []
    reachable = true
    topicIsUnnamed = false
  }
}

/// Who answers in a dialogue.
package enum DialogueState: Equatable, Sendable, Codable {
  /// The bot. `awaiting` is the one answer that will be accepted; any other job's is stale.
  ///
  /// Can transition to: itself with another answer awaited or none, waiting, operated,
  /// closed.
  case bot(awaiting: Awaited?)
  /// Nobody yet: a person is wanted. Can transition to: bot, operated, closed.
  case waiting(HandoffRequest)
  /// A person. Can transition to: itself with another operator, bot, closed.
  case operated(Assignment)
  /// Nobody; the next message opens it with the bot. Can transition to: bot, waiting, operated.
  case closed(at: Instant)

  /// An answer that is awaited.
  package struct Awaited: Equatable, Sendable, Codable {
    /// The job that writes it.
    package var job: AnswerJob
    /// Whether its first words were shown. Until then, more words of the same person belong to the
    /// same answer.
    package var appeared: Bool

    /// Makes an awaited answer.
    package init(job: AnswerJob, appeared: Bool = false) {
      self.job = job
      self.appeared = appeared
    }
  }
}

/// Questions that came to an end.
package struct Answered: Equatable, Sendable, Codable {
  /// The questions, newest last.
  package var questions: [Question]
  /// Where the answer stands; nil when there was none.
  package var answer: Position?
  /// When that was.
  package var at: Instant

  /// For how long a change of the newest question still gets a new answer.
  package static let changeable = Duration.seconds(120)

  /// Makes an entry.
  package init(questions: [Question], answer: Position?, at: Instant) {
    self.questions = questions
    self.answer = answer
    self.at = at
  }
}

/// A message that deserves an answer.
package struct Question: Equatable, Sendable, Codable {
  /// Where it stands in the transcript.
  package var position: Position
  /// Its id in the chat, to reply to.
  package var messageID: MessageID
  /// Who asked.
  package var person: PersonID
  /// The language they read.
  package var language: Language
  /// When it was asked.
  package var at: Instant
  /// Whether it was asked in a private chat.
  package var isPrivate: Bool
  /// Pictures and speech that belong to it.
  package var attachments: [Attachment]
  /// A number made of its words, to know whether an edit changes them.
  package var fingerprint: UInt64
  /// What it is about: each of its meaningful words sets one bit, so that it can be known when it is
  /// asked again; nil when there are none, or nobody wants to know.
  package var gist: UInt64?

  /// The message to reply to in a group, where several people speak; nil in private chats, and for
  /// what was not asked in the chat.
  package var repliable: MessageID? {
    isPrivate || messageID.rawValue == 0 ? nil : messageID
  }

  /// The fingerprint of words (FNV-1a, 64 bits).
  package static func fingerprint(of words: String) -> UInt64 {
    words.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// Whether two gists are of the same question: most of their words are the same, and one word
  /// alone is too little to tell.
  package static func areSame(_ one: UInt64?, _ other: UInt64?) -> Bool {
    guard let one, let other, one.nonzeroBitCount >= 2, other.nonzeroBitCount >= 2 else {
      return false
    }
    return (one & other).nonzeroBitCount * 3 >= (one | other).nonzeroBitCount * 2
  }

  /// Makes a question.
  package init(
    position: Position, messageID: MessageID, person: PersonID, language: Language, at: Instant,
    isPrivate: Bool, attachments: [Attachment] = [], fingerprint: UInt64 = 0, gist: UInt64? = nil
  ) {
    self.position = position
    self.messageID = messageID
    self.person = person
    self.language = language
    self.at = at
    self.isPrivate = isPrivate
    self.attachments = attachments
    self.fingerprint = fingerprint
    self.gist = gist
  }
}

/// The order to answer one question, or several that came in a burst, together.
package struct AnswerJob: Equatable, Sendable, Codable {
  /// Its id.
  package var id: AnswerJobID
  /// What is to be answered, newest last; never empty, and of one person.
  package var questions: [Question]
  /// The first position that the model may see.
  package var contextStart: Position
  /// The earlier answer in whose place the new one comes.
  package var replaces: Position?
  /// What it does for an operator; nil for an answer to the customer.
  package var assistance: Assistance?

  /// What a job can do for an operator.
  package enum Assistance: String, Equatable, Sendable, Codable, CaseIterable {
    /// Suggest an answer to the last question.
    case suggestion
    /// Sum the dialogue up.
    case summary
  }

  /// Makes a job.
  package init(
    id: AnswerJobID, questions: [Question], contextStart: Position, replaces: Position? = nil,
    assistance: Assistance? = nil
  ) {
    precondition(!questions.isEmpty, "a job without a question")
    self.assistance = assistance
    self.id = id
    self.questions = questions
    self.contextStart = contextStart
    self.replaces = replaces
  }

  /// The newest question: the one that the answer replies to.
  package var question: Question { questions[questions.count - 1] }
}

/// A question within the last minute.
package struct RecentQuestion: Equatable, Sendable, Codable {
  /// Who asked.
  package var person: PersonID
  /// When.
  package var at: Instant
  /// Whether it was refused for being too many.
  package var refused: Bool

  /// Makes an entry.
  package init(person: PersonID, at: Instant, refused: Bool) {
    self.person = person
    self.at = at
    self.refused = refused
  }
}

/// The settings that bear on what a dialogue does.
package struct DialoguePolicy: Equatable, Sendable {
  /// How many questions a person may ask in a minute.
  package var questionsPerMinute: Int
  /// How many questions may wait behind those being answered, and how many may be answered together.
  package var queueLimit: Int
  /// How many days a transcript is kept; nil for ever.
  package var retentionDays: Int?
  /// Whether people are warned when the context is nearly full.
  package var warnsOfFullContext: Bool
  /// Where operators are and when a dialogue goes to them; nil when there are none.
  package var staff: StaffPolicy?

  /// Makes a policy; the defaults are those of the settings.
  package init(
    questionsPerMinute: Int = 20, queueLimit: Int = 50, warnsOfFullContext: Bool = false,
    retentionDays: Int? = nil, staff: StaffPolicy? = nil
  ) {
    self.staff = staff
    self.retentionDays = retentionDays
    self.questionsPerMinute = questionsPerMinute
    self.queueLimit = queueLimit
    self.warnsOfFullContext = warnsOfFullContext
  }
}
