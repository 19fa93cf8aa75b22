import Conversation

/// Events and values that the state machine's tests share.
enum Fixture {
  static let now = Instant(seconds: 1_795_000_000)
  static let id = ConversationID(7)
  static let fresh = Dialogue(id: id)

  static func speaker(_ person: Int64 = 5) -> Speaker {
    Speaker(id: PersonID(person), name: "Ann", language: .english)
  }

  static func question(_ position: Int64, messageID: Int64, _ text: String) -> Question {
    Question(
      position: Position(position), messageID: MessageID(messageID), person: speaker().id,
      language: speaker().language, at: now, isPrivate: true,
      fingerprint: Question.fingerprint(of: text))
  }

  static func said(_ text: String, position: Int64, messageID: Int64) -> Message {
    Message(
      position: Position(position), role: .customer(speaker()), text: text,
      messageID: MessageID(messageID), at: now)
  }

  static func wrote(
    _ content: CustomerMessage.Content, _ messageID: Int64, person: Int64 = 5, at: Instant = now,
    isPrivate: Bool = true
  ) -> DialogueEvent {
    .customerWrote(
      CustomerMessage(
        content: content, messageID: MessageID(messageID), speaker: speaker(person), at: at,
        place: .init(chat: ChatID(5), topic: nil, isPrivate: isPrivate)))
  }

  static func asks(
    _ text: String, _ messageID: Int64, person: Int64 = 5, at: Instant = now
  ) -> DialogueEvent {
    wrote(.question(text: text, quoted: nil), messageID, person: person, at: at)
  }

  static func commands(
    _ command: CustomerCommand, _ messageID: Int64, isPrivate: Bool = true
  ) -> DialogueEvent {
    wrote(.command(command), messageID, isPrivate: isPrivate)
  }

  static func answers(
    _ ordinal: Int64, _ text: String, use: ContextUse? = nil, heard: [MessageID: String] = [:],
    at: Instant = now
  ) -> DialogueEvent {
    .answerReady(job: job(ordinal), text: text, use: use, heard: heard, at: at)
  }

  static func job(_ ordinal: Int64) -> AnswerJobID {
    AnswerJobID(conversation: id, ordinal: ordinal)
  }

  static func appears(_ ordinal: Int64) -> DialogueEvent { .answerAppeared(job: job(ordinal)) }

  static func edits(_ messageID: Int64, _ text: String, at: Instant = now) -> DialogueEvent {
    .customerEdited(messageID: MessageID(messageID), text: text, at: at)
  }
}

extension DialogueEffect {
  var startedJob: AnswerJob? { if case .startAnswer(let job) = self { job } else { nil } }
  var recorded: Message? { if case .record(let message) = self { message } else { nil } }
  var delivered: String? { if case .deliver(let text, _, _, _, _) = self { text } else { nil } }
  var introducing: Bool? { if case .deliver(_, _, _, _, let first) = self { first } else { nil } }
  var replaced: Position? {
    if case .deliver(_, _, _, let replaces, _) = self { replaces } else { nil }
  }
  var dropped: AnswerJobID? { if case .dropAnswer(let job) = self { job } else { nil } }
  var notice: Notice? { if case .say(let notice, _, _, _, _) = self { notice } else { nil } }
  var replyTo: MessageID? { if case .say(_, _, let reply, _, _) = self { reply } else { nil } }
}
