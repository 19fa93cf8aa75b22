/// What customers say and press about a person.
extension Dialogue {
  /// While a person is wanted or there, the bot is silent and operators read everything.
  mutating func hearForPerson(_ question: Question) -> [DialogueEffect] {
    switch state {
    case .bot, .closed: return []
    case .waiting(var request):
      request.lastSign = max(request.lastSign, question.at)
      request.unheard = request.unheard.hearing(question)
      state = .waiting(request)
    case .operated(var assignment):
      let sign = max(assignment.lastSign, question.at)
      assignment.due = assignment.due + sign.since(assignment.lastSign)
      assignment.lastSign = sign
      assignment.unansweredSince = assignment.unansweredSince ?? question.at
      assignment.unheard = assignment.unheard.hearing(question)
      state = .operated(assignment)
    }
    return [.relayToStaff(staffReaders), log(.customerWrote, question.at)]
  }

  /// Whether somebody takes their request for a person back. In a group it may be another's.
  func takesBack(_ question: Question, _ message: CustomerMessage) -> Bool {
    message.wish.isRefusal && message.wish.operator == .none && question.isPrivate
      && question.attachments.isEmpty
  }

  /// By words as by the button: operators read them, and the bot need not answer them.
  mutating func takeBack(_ question: Question) -> [DialogueEffect] {
    let heard = [DialogueEffect.relayToStaff(staffReaders), log(.customerWrote, question.at)]
    desk?.declinedAt = question.at
    return heard + returnToBot(.customer, at: question.at)
  }

  /// Before the bot is asked, the words themselves may want a person.
  mutating func askBotOrPerson(
    _ question: Question, _ message: CustomerMessage, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    let offer = say(.operatorOffered(after: nil, tooMany: false), to: question)
    switch message.wish.operator {
    case .certain:
      switch policy.staff?.onWords {
      case .offer: return [offer]
      case .atOnce, nil: return call(.words, for: question, at: question.at, policy)
      }
    case .perhaps where policy.staff != nil && !hasDeclined(question.at):
      return ask(question, policy, adding: [offer])
    case .perhaps, .none:
      guard let staff = policy.staff, complains(question, message, staff) else {
        return ask(question, policy)
      }
      switch staff.onFailure {
      case .offer: return ask(question, policy, adding: [offer])
      case .atOnce: return call(.complaints, for: question, at: question.at, policy)
      }
    }
  }

  /// Who has just said that no person is needed is not asked at every other doubtful word.
  private func hasDeclined(_ at: Instant) -> Bool {
    desk?.declinedAt.map { at.since($0) < .seconds(86_400) } ?? false
  }

  /// Counts complaints in a row, and tells whether there are enough of them.
  private mutating func complains(
    _ question: Question, _ message: CustomerMessage, _ staff: StaffPolicy
  ) -> Bool {
    let isRepeat = Question.areSame(question.gist, lastAnswered?.questions.last?.gist)
    guard staff.complaintLimit > 0, message.wish.isComplaint || isRepeat else {
      desk?.complaints = 0
      return false
    }
    if desk == nil { remember(question.audience) }
    desk?.complaints += 1
    guard let complaints = desk?.complaints, complaints >= staff.complaintLimit else {
      return false
    }
    desk?.complaints = 0
    return true
  }

  /// A question beyond the limit is refused; with operators, one of them may help.
  mutating func refuse(
    _ question: Question, at: Instant, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    switch policy.staff?.onFailure {
    case .atOnce:
      // They have not been told that it was too much, and must be if they go on with the bot.
      recent.removeAll { $0.refused && $0.person == question.person }
      return call(.limit, for: question, at: at, policy)
    case .offer: return [say(.operatorOffered(after: nil, tooMany: true), to: question)]
    case nil: return [say(.tooManyMessages, to: question)]
    }
  }

  private mutating func call(
    _ reason: HandoffReason, for question: Question, at: Instant, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    requestOperator(
      reason, audience: question.audience, at: at,
      replyTo: question.repliable, policy)
  }

  /// The button toggles: it calls a person, withdraws the call, or sends the person away.
  mutating func switchOperator(
    _ message: CustomerMessage, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    remember(message.audience)
    desk?.customer = message.speaker
    switch state {
    case .bot, .closed:
      return requestOperator(
        .button, audience: message.audience, at: message.at,
        replyTo: message.place.isPrivate ? nil : message.messageID, policy)
    case .waiting, .operated:
      return returnToBot(.customer, at: message.at)
    }
  }

  /// Who is banned reaches nobody, except an operator who holds the dialogue in spite of it.
  var isKeptOut: Bool { desk?.isBanned == true && status != .operated }

  /// Takes over that the customer is banned from another dialogue with the same person.
  package mutating func inheritBan(from other: Dialogue) {
    guard let known = other.desk, known.isBanned else { return }
    remember(known.audience)
    desk?.isBanned = true
  }

  /// Who is banned is told so once; their right to be forgotten stays.
  mutating func refuseBanned(
    _ message: CustomerMessage, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    if case .command(let command) = message.content, [.forgetAll, .privacy].contains(command) {
      return obey(command, message, policy)
    }
    guard desk?.wasToldOfBan == false else { return [] }
    desk?.wasToldOfBan = true
    return [reply(.banned, to: message)]
  }

  mutating func takeComment(
    _ text: String, _ message: CustomerMessage, _ policy: DialoguePolicy
  ) -> [DialogueEffect] {
    desk?.awaitsComment = false
    return [
      .tellStaff(.comment(text), in: readersOfRating(policy)), reply(.commentThanks, to: message),
    ]
  }

  /// A press of a button under one of our messages.
  mutating func customerChose(
    _ choice: CustomerChoice, _ speaker: Speaker, _ place: CustomerMessage.Place, _ at: Instant,
    _ policy: DialoguePolicy
  ) throws(Refusal) -> [DialogueEffect] {
    let audience = Audience(language: speaker.language, isPrivate: place.isPrivate)
    func say(_ notice: Notice) -> DialogueEffect {
      .say(
        notice, in: speaker.language, replyTo: nil, isPrivate: place.isPrivate, askedAt: at)
    }
    guard desk?.isBanned != true else { throw .tooLate }
    switch choice {
    case .acceptOperator:
      remember(audience)
      desk?.customer = speaker
      return requestOperator(.offer, audience: audience, at: at, policy)
    case .declineOperator:
      guard timer == nil else { throw .tooLate }
      remember(audience)
      desk?.declinedAt = at
      return [say(.offerDeclined)]
    case .keepBot:
      guard case .waiting = state else { throw .tooLate }
      return returnToBot(.customer, at: at)
    case .rate(let stars):
      guard desk?.awaitsRating == true, (1...5).contains(stars) else { throw .tooLate }
      desk?.awaitsRating = false
      return [
        say(.ratingThanks), .tellStaff(.rated(stars), in: readersOfRating(policy)),
        log(.rated(stars), at),
      ]
    case .comment:
      // The next words are taken as the comment. They must not be those of somebody else in a group,
      // nor those for an operator.
      guard place.isPrivate, desk != nil, timer == nil else { throw .tooLate }
      desk?.awaitsComment = true
      return [say(.commentAsked)]
    }
  }

  /// A rating comes when nobody holds the dialogue any more; without a topic those read it who are
  /// told of requests.
  private func readersOfRating(_ policy: DialoguePolicy) -> [ChatID] {
    let readers = staffReaders
    return readers.isEmpty ? policy.staff?.firstChats(for: id) ?? [] : readers
  }

  /// What is kept of people when a customer is forgotten: that they were banned. Operators who
  /// waited for them or held the dialogue are told.
  mutating func forgetPeople(_ at: Instant) -> [DialogueEffect] {
    var effects: [DialogueEffect] = []
    switch state {
    case .bot, .closed: break
    case .waiting, .operated:
      effects = [
        .tellStaff(.returned(.forgotten), in: staffReaders), log(.returned(.forgotten, nil), at),
      ]
      state = .bot(awaiting: nil)
    }
    guard let old = desk else { return effects }
    desk = nil
    guard old.isBanned else { return effects }
    desk = DeskMemory(audience: old.audience)
    desk?.isBanned = true
    desk?.wasToldOfBan = old.wasToldOfBan
    return effects
  }
}

extension CustomerMessage {
  /// How the people of its dialogue are addressed.
  var audience: Audience { Audience(language: speaker.language, isPrivate: place.isPrivate) }
}

extension AttachmentKind {
  /// What stands in a transcript for a thing without words.
  package var sign: String {
    switch self {
    case .photo: "🖼"
    case .voice, .audio: "🎤"
    case .video: "🎬"
    case .document: "📎"
    case .sticker: "🏷"
    case .location: "📍"
    case .contact: "👤"
    case .poll: "📊"
    case .other: "▫️"
    }
  }
}
