internal import Conversation
internal import Gateways
internal import Storage

/// Turns what operators are told into messages for their chats. Pure.
struct StaffPlan: Sendable {
  let wording: StaffWording
  let format: AnswerFormat
  /// The kinds of the staff chats.
  let kinds: @Sendable (ChatID) -> StaffChat.Kind?

  /// The messages of a notice for one staff chat.
  func messages(_ notice: StaffNotice, in chat: ChatID, _ scene: StaffScene) -> [OutboxMessage] {
    guard let kind = kind(chat, scene) else { return [] }
    let isTopic = kind == .forum
    switch notice {
    case .requested(let reason, let summary):
      return [requested(reason, summary, in: chat, scene, isTopic)]
    case .repeated:
      var card = standing(in: chat, scene, isTopic)
      card.slot?.isNew = true
      return [card]
    case .taken(let person):
      return [taken(by: person, in: chat, scene, isTopic)]
    case .passed(let from, let to):
      let told = wording.text(.staffPassed, ["from": from.name, "to": to.name])
      return [taken(by: to, in: chat, scene, isTopic), line(told, in: chat, scene, kind)]
    case .returned(.forgotten):
      // Nothing of the customer is left to show, not even a name.
      return [bare(words(notice), in: chat, scene)]
    case .withdrawn, .returned, .closed:
      return [ended(in: chat, scene, isTopic), line(words(notice), in: chat, scene, kind)]
    case .customerEdited(let messageID, _):
      var message = line(words(notice), in: chat, scene, kind)
      message.refersTo = .replyToCustomer(messageID)
      message.merges = nil
      return [message]
    case .suggestion(let position, let text):
      var message = written(.staffSuggestion, text, in: chat, scene, kind)
      message.merges = nil
      message.buttons = [
        [
          button(.staffSend, .sendSuggestion(position), scene),
          button(.staffEdit, .editSuggestion(position), scene),
          button(.staffDrop, .dropSuggestion(position), scene),
        ]
      ]
      return [message]
    case .reminder:
      var message = line(words(notice), in: chat, scene, kind)
      message.merges = nil
      message.buttons = [[button(.staffTake, .take, scene)]]
      return [message]
    case .summary(let text): return [written(.staffModelSummary, text, in: chat, scene, kind)]
    case .answerWithdrawn, .note, .customerLeft, .noAssistance, .rated, .comment, .banned:
      return [line(words(notice), in: chat, scene, kind)]
    }
  }

  private func words(_ notice: StaffNotice) -> String {
    func text(_ key: Texts.Key, _ values: [String: String] = [:]) -> String {
      wording.text(key, values)
    }
    switch notice {
    case .requested, .repeated, .taken, .passed, .suggestion, .summary: return ""
    case .reminder(let minutes): return text(.staffReminder, ["minutes": "\(minutes)"])
    case .withdrawn: return text(.staffWithdrawn)
    case .returned(.operator): return text(.staffReturned)
    case .returned(.customer): return text(.staffReturnedByCustomer)
    case .returned(.timeout): return text(.staffReturnedTimeout)
    case .returned(.forgotten): return text(.staffReturnedForgotten)
    case .closed(let person): return text(.staffClosed, ["operator": person?.name ?? ""])
    case .customerEdited(_, let words): return text(.staffCustomerEdited, ["text": words])
    case .answerWithdrawn: return text(.staffAnswerWithdrawn)
    case .note(let person, let words):
      return text(.staffNote, ["operator": person.name, "text": words])
    case .customerLeft: return text(.staffCustomerLeft)
    case .noAssistance: return text(.staffNoAssistance)
    case .rated(let stars): return text(.staffRated, ["stars": "\(stars)"])
    case .comment(let words): return text(.staffComment, ["text": words])
    case .banned(true): return text(.staffBanned)
    case .banned(false): return text(.staffUnbanned)
    }
  }

  /// A short message about the dialogue; outside topics with the customer's name before it.
  func line(
    _ words: String, in chat: ChatID, _ scene: StaffScene, _ kind: StaffChat.Kind
  ) -> OutboxMessage {
    let text = kind == .forum ? words : wording.customerLine(scene) + "\n" + words
    return message(format.parts(FormattedText(text)), in: chat, scene)
  }

  /// What the model wrote for operators; outside topics with the customer's name before it.
  private func written(
    _ key: Texts.Key, _ markdown: String, in chat: ChatID, _ scene: StaffScene,
    _ kind: StaffChat.Kind
  ) -> OutboxMessage {
    let text = wording.text(key, ["text": Frame.mark])
    let frame = Frame(kind == .forum ? text : wording.customerLine(scene) + "\n" + text)
    return message(frame.around(format.texts(ofMarkdown: markdown), format), in: chat, scene)
  }

  private func message(
    _ parts: [MessageContent], in chat: ChatID, _ scene: StaffScene
  ) -> OutboxMessage {
    OutboxMessage(
      parts: parts, staff: destination(chat, scene), relay: .toStaff([]),
      merges: parts.count == 1 ? true : nil)
  }

  /// Words without any name; in no topic, for it may have the customer's.
  private func bare(_ words: String, in chat: ChatID, _ scene: StaffScene) -> OutboxMessage {
    OutboxMessage(
      parts: format.parts(FormattedText("id \(scene.address.chat): " + words)),
      staff: StaffDestination(chat: chat))
  }

  /// The kind of a staff chat for a dialogue; nil when it is none. Who has a topic keeps it, even
  /// where the bot can make no others.
  func kind(_ chat: ChatID, _ scene: StaffScene) -> StaffChat.Kind? {
    guard let kind = kinds(chat) else { return nil }
    return scene.dialogue.desk?.forums.contains(chat) == true ? .forum : kind
  }

  /// Where a staff chat reads of the dialogue: in its own topic where there are topics.
  func destination(_ chat: ChatID, _ scene: StaffScene) -> StaffDestination {
    StaffDestination(
      chat: chat,
      topicName: kind(chat, scene) == .forum
        ? wording.topicName(scene, scene.dialogue.status) : nil)
  }

  /// The name of the dialogue's topic, as it shall be now.
  func status(_ status: StaffStatus, in chat: ChatID, _ scene: StaffScene) -> OutboxMessage {
    OutboxMessage(
      parts: [.topicName(wording.topicName(scene, status))], staff: destination(chat, scene),
      isMinor: true)
  }

  /// The mark on an operator's message that it has arrived.
  func confirmation(of position: Position, _ scene: StaffScene) -> OutboxMessage? {
    guard let source = scene.message(at: position)?.source else { return nil }
    return OutboxMessage(
      parts: [.reaction(source.id, emoji: "👍")], staff: StaffDestination(chat: source.chat),
      isMinor: true)
  }

  /// Tells whoever wrote a message that it has not arrived, with a way to try again.
  func undelivered(
    _ position: Position, blocked: Bool, _ scene: StaffScene
  ) -> [OutboxMessage] {
    let source = scene.message(at: position)?.source
    let chats = source.map { [$0.chat] } ?? scene.dialogue.staffReaders
    return chats.compactMap { chat in
      guard let kind = kind(chat, scene) else { return nil }
      var message = line(
        wording.text(blocked ? .staffBlocked : .staffUndelivered), in: chat, scene, kind)
      message.merges = nil
      message.replyTo = source?.id
      message.buttons = [[button(.staffResend, .resend(position), scene)]]
      return message
    }
  }

  func button(
    _ key: Texts.Key, _ button: ButtonData.StaffButton, _ scene: StaffScene
  ) -> InlineButton {
    InlineButton(wording.text(key), data: ButtonData.staff(button, scene.dialogue.id).text)
  }
}

// MARK: The card of a request

extension StaffPlan {
  private func card(
    _ head: Texts.Key, _ reason: HandoffReason?, _ summary: String?, in chat: ChatID,
    _ scene: StaffScene, _ isTopic: Bool, _ values: [String: String] = [:]
  ) -> OutboxMessage {
    let text = wording.card(
      scene, head: wording.text(head, values), reason: reason, summary: summary, isTopic: isTopic)
    return OutboxMessage(
      parts: [.text(text)], staff: destination(chat, scene), relay: .toStaff([]))
  }

  /// The card as the dialogue stands.
  private func standing(
    in chat: ChatID, _ scene: StaffScene, _ isTopic: Bool
  ) -> OutboxMessage {
    switch scene.dialogue.state {
    case .waiting(let request):
      return requested(request.reason, nil, in: chat, scene, isTopic)
    case .operated(let assignment): return taken(by: assignment.by, in: chat, scene, isTopic)
    case .bot, .closed: return ended(in: chat, scene, isTopic)
    }
  }

  private func requested(
    _ reason: HandoffReason, _ summary: String?, in chat: ChatID, _ scene: StaffScene,
    _ isTopic: Bool
  ) -> OutboxMessage {
    var card = card(.staffRequested, reason, summary, in: chat, scene, isTopic)
    card.slot = Slot(.request, isNew: true)
    card.buttons = [[button(.staffTake, .take, scene)], tools(scene)]
    return card
  }

  /// The card shows who has it; where there is none yet, it is sent.
  private func taken(
    by person: Operator, in chat: ChatID, _ scene: StaffScene, _ isTopic: Bool
  ) -> OutboxMessage {
    var card = card(
      .staffOperated, nil, nil, in: chat, scene, isTopic, ["operator": person.name])
    card.slot = Slot(.request)
    card.buttons = held(scene)
    return card
  }

  private func ended(in chat: ChatID, _ scene: StaffScene, _ isTopic: Bool) -> OutboxMessage {
    var card = card(.staffEnded, nil, nil, in: chat, scene, isTopic)
    card.slot = Slot(.request)
    return card
  }

  private func tools(_ scene: StaffScene) -> [InlineButton] {
    [
      button(.staffTranscript, .transcript, scene), button(.staffSummarize, .summary, scene),
      button(.staffDraft, .draft, scene),
    ]
  }

  private func held(_ scene: StaffScene) -> [[InlineButton]] {
    [
      tools(scene),
      [button(.staffRelease, .release, scene), button(.staffClose, .close, scene)],
    ]
  }
}
