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
  }
}

/// Who answers in a dialogue.
package enum DialogueState: Equatable, Sendable, Codable {
  /// The bot. `awaiting` is the one job whose answer will be accepted; any other job's is stale.
  ///
  /// Can transition to: itself, with another job or none.
  case bot(awaiting: AnswerJob?)
}

/// A message that deserves an answer.
package struct Question: Equatable, Sendable, Codable {
  /// Where it stands in the transcript.
  package var position: Position
  /// Its id in the chat, to reply to.
  package var messageID: MessageID
  /// Who asked.
  package var speaker: Speaker
  /// When it was asked.
  package var at: Instant
  /// Whether it was asked in a private chat.
  package var isPrivate: Bool

  /// Makes a question.
  package init(
    position: Position, messageID: MessageID, speaker: Speaker, at: Instant, isPrivate: Bool
  ) {
    self.position = position
    self.messageID = messageID
    self.speaker = speaker
    self.at = at
    self.isPrivate = isPrivate
  }
}

/// The order to answer one question.
package struct AnswerJob: Equatable, Sendable, Codable {
  /// Its id.
  package var id: AnswerJobID
  /// What is to be answered.
  package var question: Question
  /// The first position that the model may see.
  package var contextStart: Position

  /// Makes a job.
  package init(id: AnswerJobID, question: Question, contextStart: Position) {
    self.id = id
    self.question = question
    self.contextStart = contextStart
  }
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
  /// How many questions may wait behind the one being answered.
  package var queueLimit: Int
  /// Whether people are warned when the context is nearly full.
  package var warnsOfFullContext: Bool

  /// Makes a policy; the defaults are those of the settings.
  package init(
    questionsPerMinute: Int = 20, queueLimit: Int = 50, warnsOfFullContext: Bool = false
  ) {
    self.questionsPerMinute = questionsPerMinute
    self.queueLimit = queueLimit
    self.warnsOfFullContext = warnsOfFullContext
  }
}
