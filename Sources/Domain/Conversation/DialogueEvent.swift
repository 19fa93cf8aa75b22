/// Something that happened to a dialogue. The time is part of it.
package enum DialogueEvent: Equatable, Sendable {
  /// A person wrote to the bot.
  case customerWrote(CustomerMessage)
  /// A person changed what they had written.
  case customerEdited(messageID: MessageID, text: String, at: Instant)
  /// The topic in which the dialogue takes place was made without a chosen name.
  case topicCreatedUnnamed
  /// A person pressed the stop button of the preview with this `draft_id`.
  case stopRequested(draftID: Int64)
  /// The first words of a job's answer are shown.
  case answerAppeared(job: AnswerJobID)
  /// A job ended with an answer; `heard` tells what was said in messages that are speech.
  case answerReady(
    job: AnswerJobID, text: String, use: ContextUse?, heard: [MessageID: String], at: Instant)
  /// A job ended without one.
  case answerFailed(job: AnswerJobID, AnswerFailure, at: Instant)
  /// A job ended with the model's wish that a person takes over; `text` is what it said besides.
  case answerHandedOver(
    job: AnswerJobID, text: String, summary: String, reason: HandoffReason,
    heard: [MessageID: String], at: Instant)
  /// A job was stopped by the person; `text` is what they had seen of it.
  case answerStopped(job: AnswerJobID, text: String, at: Instant)
  /// It became known whether the chat can be reached.
  case reachabilityChanged(Bool, at: Instant)
  /// The program has something to say to those who run it; the dialogue is the administrator's.
  case announced(Notice, at: Instant)
  /// A person is wanted from outside: over the HTTP API.
  case operatorRequested(HandoffReason, audience: Audience, at: Instant)
  /// A question was put from outside, over the HTTP API, as if the customer had asked it.
  case questionPut(text: String, speaker: Speaker, audience: Audience, at: Instant)
  /// The customer pressed a button under a message.
  case customerChose(CustomerChoice, by: Speaker, place: CustomerMessage.Place, at: Instant)
  /// An operator did something in a staff chat (nil: over the HTTP API).
  case operatorActed(OperatorAction, by: Operator, in: ChatID?, audience: Audience, at: Instant)
  /// It became known what became of an operator's message.
  case relaySettled(Position, RelayOutcome, at: Instant)
  /// Answers of the bot, which stand at these positions, were not sent, for a person had come.
  case answersWithdrawn([Position])
  /// Somebody is no longer an operator.
  case operatorLost(OperatorID, at: Instant)
  /// A staff chat can't be reached, or lost the dialogue's topic.
  case staffChatLost(ChatID, topicOnly: Bool, at: Instant)
  /// A staff chat has a topic for the dialogue now.
  case staffTopicMade(ChatID)
  /// The time came that the dialogue waited for.
  case timePassed(at: Instant)
  /// Its place in the queue of those who wait, from 1.
  case placeChanged(Int)
}

/// A message addressed to the bot.
package struct CustomerMessage: Equatable, Sendable {
  /// What the message asks for.
  package enum Content: Equatable, Sendable {
    /// Words, pictures or speech to be answered; one of them at least is there.
    case question(text: String, quoted: String?, attachments: [Attachment] = [])
    case command(CustomerCommand)
    /// Something without words that the bot cannot use.
    case unsupported(AttachmentKind)
  }

  /// What it asks for.
  package var content: Content
  /// Its id in the chat.
  package var messageID: MessageID
  /// Who wrote.
  package var speaker: Speaker
  /// When it was accepted.
  package var at: Instant
  /// Where it was written.
  package var place: Place
  /// What its words say about wanting a person.
  package var wish: Wish

  /// What words say about wanting a person.
  package struct Wish: Equatable, Sendable {
    /// The wish for a person.
    package enum Operator: Equatable, Sendable { case none, perhaps, certain }

    /// The wish for a person.
    package var `operator`: Operator
    /// Whether they say that no person is needed.
    package var isRefusal: Bool
    /// Whether they say that the last answer did not help.
    package var isComplaint: Bool
    /// The words' gist, see `Question.gist`.
    package var gist: UInt64?

    /// Makes a wish; the default is none.
    package init(
      operator: Operator = .none, isRefusal: Bool = false, isComplaint: Bool = false,
      gist: UInt64? = nil
    ) {
      self.operator = `operator`
      self.isRefusal = isRefusal
      self.isComplaint = isComplaint
      self.gist = gist
    }
  }

  /// Makes a message.
  package init(
    content: Content, messageID: MessageID, speaker: Speaker, at: Instant, place: Place,
    wish: Wish = Wish()
  ) {
    self.wish = wish
    self.content = content
    self.messageID = messageID
    self.speaker = speaker
    self.at = at
    self.place = place
  }

  /// The chat and topic of a message, as `/whoami` tells them.
  package struct Place: Equatable, Sendable, Codable {
    /// The chat.
    package var chat: ChatID
    /// The topic, if any.
    package var topic: TopicID?
    /// Whether it is a private chat.
    package var isPrivate: Bool

    /// Makes a place.
    package init(chat: ChatID, topic: TopicID?, isPrivate: Bool) {
      self.chat = chat
      self.topic = topic
      self.isPrivate = isPrivate
    }
  }
}

/// A command that a person may give.
package enum CustomerCommand: String, Equatable, Sendable, Codable, CaseIterable {
  case start, help, new, forget, whoami, privacy
  /// `/operator`, and the button: a person is wanted, or no longer.
  case `operator`
  /// `/forget all`: erase everything about the person.
  case forgetAll
  /// A command that nobody here knows.
  case unknown
}

/// What a message holds besides words.
package enum AttachmentKind: String, Equatable, Sendable, Codable, CaseIterable {
  case photo, voice, audio, video, document, sticker, location, contact, poll
  case other
}

/// Why a job has no answer; each has a friendly text.
package enum AnswerFailure: String, Equatable, Sendable, Codable, CaseIterable {
  /// The model did not answer in time.
  case tookTooLong
  /// The model is overloaded or limits us.
  case busy
  /// The model cannot be used just now.
  case couldNotAnswer
  /// The model answered with nothing.
  case emptyAnswer
  /// The model's filter refused.
  case filtered
  /// The question alone is longer than the budget.
  case questionTooLong
  /// The model does not look at pictures.
  case cannotSee
  /// The service does not turn speech into words.
  case cannotHear
}

/// How much of the budget of one request was used.
package struct ContextUse: Equatable, Sendable, Codable {
  /// Tokens of the prompt and the answer together.
  package var tokens: Int
  /// The budget, in tokens.
  package var budget: Int
  /// Whether old messages have begun to leave the context, or soon will.
  package var isNearlyFull: Bool

  /// Makes a figure.
  package init(tokens: Int, budget: Int, isNearlyFull: Bool) {
    self.tokens = tokens
    self.budget = budget
    self.isNearlyFull = isNearlyFull
  }

  /// The used part of the budget, in per cent, rounded down.
  package var percent: Int { budget > 0 ? tokens * 100 / budget : 0 }
}

/// Why an event changes nothing. Not a fault: the world may be late.
package enum Refusal: String, Error, Equatable, Sendable, Codable {
  /// The answer belongs to a job that is no longer awaited.
  case staleAnswer
  /// Nothing with this preview is being written.
  case nothingToStop
  /// Another operator holds the dialogue.
  case alreadyTaken
  /// No person holds the dialogue or is wanted, so there is nothing to give back. Every operator may
  /// give back or close what a colleague holds.
  case notHeld
  /// There are no operators.
  case noOperators
  /// The dialogue waits for a person or one holds it, so the bot does not answer.
  case heldByPerson
  /// There is nothing to answer or to sum up yet.
  case nothingSaid
  /// It came too late: the dialogue has moved on.
  case tooLate
}
