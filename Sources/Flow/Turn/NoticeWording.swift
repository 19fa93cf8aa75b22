package import Conversation
internal import Gateways

/// Puts our own texts into words.
package struct NoticeWording: Sendable {
  let texts: Texts
  let hasOperators: Bool
  let clockFace: @Sendable (Instant, Language) -> String

  /// Makes a wording of texts. `clockFace` shows a time of this week where the operators are.
  package init(
    texts: Texts, hasOperators: Bool = false,
    clockFace: @escaping @Sendable (Instant, Language) -> String = { _, _ in "" }
  ) {
    self.texts = texts
    self.hasOperators = hasOperators
    self.clockFace = clockFace
  }

  /// The words of a notice.
  package func words(_ notice: Notice, in language: Language) -> String {
    switch notice {
    case .greeting(let name):
      let shown = name.isEmpty ? texts.text(.nobody, in: language) : name
      return texts.text(.greeting, in: language, ["name": shown])
    case .help: return texts.text(.help, in: language)
    case .newDialogue: return texts.text(.newDialogue, in: language)
    case .forgotten: return texts.text(.forgotten, in: language)
    case .erased: return texts.text(.erased, in: language)
    case .privacy(let days):
      let kept = days.map { texts.text(.keptForDays, in: language, ["days": "\($0)"]) }
      return texts.text(
        .privacy, in: language,
        ["kept": kept ?? texts.text(.keptForEver, in: language)])
    case .whoami(let person, let place):
      let topic = place.topic.map { "\nid темы / topic id: \($0)" } ?? ""
      return texts.text(
        .whoami, in: language,
        ["person": person.description, "chat": place.chat.description, "topic": topic])
    case .unknownCommand: return texts.text(.unknownCommand, in: language)
    case .unsupported(let kind): return texts.text(key(kind), in: language)
    case .tooManyMessages: return texts.text(.tooManyMessages, in: language)
    case .stopped: return texts.text(.stopped, in: language)
    case .failure(let failure): return texts.text(key(failure), in: language)
    case .contextNearlyFull(let use):
      return texts.text(
        .contextNearlyFull, in: language,
        ["tokens": "\(use.tokens)", "percent": "\(use.percent)", "budget": "\(use.budget)"])
    case .operatorRequested, .operatorsAway, .queuePlace, .queueLeft, .operatorsBusy, .noOperators,
      .operatorOffered, .offerDeclined, .operatorConnected, .requestEnded, .operatorDisconnected,
      .dialogueClosed, .newDialogueWithOperator, .ratingAsked, .ratingThanks, .commentAsked,
      .commentThanks, .banned:
      return handoffWords(notice, in: language) ?? ""
    case .couldNotProcess: return texts.text(.couldNotProcess, in: language)
    case .started(let version):
      return texts.text(.started, in: language, ["version": version])
    case .trouble(let trouble): return texts.text(key(trouble), in: language)
    case .groupNotHeard(let chat):
      return texts.text(.groupNotHeard, in: language, ["chat": chat.description])
    }
  }

  /// The keyboard comes with the greeting and stays; where somebody may not have it yet, it comes with
  /// what is said about operators, too.
  func keyboard(_ notice: Notice, in language: Language, isPrivate: Bool) -> [[String]]? {
    guard isPrivate else { return nil }
    switch notice {
    case .greeting, .help, .operatorConnected, .requestEnded, .operatorDisconnected:
      return texts.keyboard(in: language, withOperators: hasOperators)
    default: return nil
    }
  }

  private func key(_ kind: AttachmentKind) -> Texts.Key {
    switch kind {
    case .photo: .unsupportedPhoto
    case .voice, .audio: .unsupportedVoice
    case .video, .document, .sticker, .location, .contact, .poll, .other: .unsupported
    }
  }

  private func key(_ trouble: Trouble) -> Texts.Key {
    switch trouble {
    case .quarantined: .troubleQuarantined
    case .modelDown: .troubleModelDown
    case .keyRefused: .troubleKeyRefused
    case .outOfMoney: .troubleOutOfMoney
    case .storeUnwritable: .troubleStoreUnwritable
    case .undelivered: .troubleUndelivered
    case .staffUnreachable: .troubleStaffUnreachable
    case .topicsRefused: .troubleTopicsRefused
    }
  }

  func key(_ failure: AnswerFailure) -> Texts.Key {
    switch failure {
    case .tookTooLong: .tookTooLong
    case .busy: .busy
    case .couldNotAnswer: .couldNotAnswer
    case .emptyAnswer: .emptyAnswer
    case .filtered: .filtered
    case .questionTooLong: .questionTooLong
    case .cannotSee: .unsupportedPhoto
    case .cannotHear: .unsupportedVoice
    }
  }
}
