internal import Conversation
package import Gateways
package import Storage

/// Tells what an inbox entry means to its dialogue. Pure.
struct Interpretation: Sendable {
  let texts: Texts
  let wish: @Sendable (String) -> CustomerMessage.Wish

  /// What an entry turned out to be.
  enum Meaning: Equatable {
    case event(DialogueEvent)
    case migration(from: ChatID, to: ChatID)
    /// Nothing that changes anything.
    case nothing
    case unusable(reason: String)
  }

  func meaning(of work: InboxWork) -> Meaning {
    let first = work.entries[0]
    switch first.event {
    case .update(let update):
      let messages = work.entries.compactMap(\.message)
      if messages.count > 1 { return album(messages, first.receivedAt) }
      return meaning(of: update, first.receivedAt)
    case .answerAppeared(let job):
      return .event(.answerAppeared(job: job))
    case .answer(.ready(let job, let text, let use, let heard)):
      return .event(
        .answerReady(job: job, text: text, use: use, heard: heard, at: first.receivedAt))
    case .answer(.failed(let job, let failure)):
      return .event(.answerFailed(job: job, failure, at: first.receivedAt))
    case .answer(.handedOver(let job, let text, let summary, let reason, let heard)):
      return .event(
        .answerHandedOver(
          job: job, text: text, summary: summary, reason: reason, heard: heard,
          at: first.receivedAt))
    case .answer(.stopped(let job, let text)):
      return .event(.answerStopped(job: job, text: text, at: first.receivedAt))
    case .announcement(let notice):
      return .event(.announced(notice, at: first.receivedAt))
    case .unreachable:
      return .event(.reachabilityChanged(false, at: first.receivedAt))
    case .timer:
      return .event(.timePassed(at: first.receivedAt))
    case .place(let place):
      return .event(.placeChanged(place))
    case .relaySettled(let position, let outcome):
      return .event(.relaySettled(position, outcome, at: first.receivedAt))
    case .answersWithdrawn(let positions):
      return .event(.answersWithdrawn(positions))
    case .staffChatLost(let chat, let topicOnly):
      return .event(.staffChatLost(chat, topicOnly: topicOnly, at: first.receivedAt))
    case .staffTopicMade(let chat):
      return .event(.staffTopicMade(chat))
    case .operatorLost(let person):
      return .event(.operatorLost(person, at: first.receivedAt))
    case .unusable(_, let reason):
      return .unusable(reason: reason)
    }
  }

  private func meaning(of update: InboundUpdate, _ at: Instant) -> Meaning {
    switch update.kind {
    case .message(let message):
      return .event(.customerWrote(customerMessage(message, message.files, at)))
    case .editedMessage(let message):
      // Ephemeral messages have no id by which they could be found again.
      guard let text = message.text, message.ephemeralID == nil else { return .nothing }
      return .event(.customerEdited(messageID: message.id, text: text, at: at))
    case .topicCreated(_, _, _, let nameIsImplicit):
      return nameIsImplicit ? .event(.topicCreatedUnnamed) : .nothing
    case .generationStopped(_, _, let draftID):
      return .event(.stopRequested(draftID: draftID))
    case .membershipChanged(_, _, let reachable):
      return .event(.reachabilityChanged(reachable, at: at))
    case .pressed(let press):
      guard case .customer(let choice) = ButtonData(press.data) else { return .nothing }
      return .event(
        .customerChose(
          choice, by: press.speaker,
          place: .init(chat: press.chat, topic: press.topic, isPrivate: press.isPrivate), at: at))
    case .memberChanged:
      return .nothing
    case .migrated(let from, let to):
      return .migration(from: from, to: to)
    case .ignored:
      return .nothing
    }
  }

  /// An album is one message: its words are the captions of its parts, it stands at the first.
  private func album(_ parts: [InboundMessage], _ at: Instant) -> Meaning {
    var whole = parts[0]
    let captions = parts.compactMap(\.text).filter { !$0.isEmpty }
    whole.text = captions.isEmpty ? nil : captions.joined(separator: "\n\n")
    return .event(.customerWrote(customerMessage(whole, parts.flatMap(\.files), at)))
  }

  private func customerMessage(
    _ message: InboundMessage, _ files: [Attachment], _ at: Instant
  ) -> CustomerMessage {
    let content = content(of: message, files)
    var customer = CustomerMessage(
      content: content, messageID: message.id, speaker: message.speaker, at: at,
      place: .init(chat: message.chat, topic: message.topic, isPrivate: message.isPrivate))
    // A quoted message is somebody else's wish.
    if case .question(let text, _, _) = content, message.text != nil { customer.wish = wish(text) }
    return customer
  }

  /// Whoever presses a button sees that it was heard.
  func pressAnswer(_ work: InboxWork, tooLate: Bool) -> OutboxMessage? {
    guard case .update(let update) = work.entries[0].event, case .pressed(let press) = update.kind
    else { return nil }
    let text = tooLate ? texts.text(.pressTooLate, in: press.speaker.language) : nil
    return OutboxMessage.answer(to: press, text: text)
  }

  private func content(
    of message: InboundMessage, _ files: [Attachment]
  ) -> CustomerMessage.Content {
    if let command = message.command { return .command(meaning(of: command)) }
    guard let text = message.text?.trimmingSpaces(), !text.isEmpty else {
      // A picture or a voice message stands for its words until these are known.
      if let file = files.first {
        return .question(
          text: file.isPicture ? "🖼" : "🎤", quoted: message.quoted, attachments: files)
      }
      if let attachment = message.attachment { return .unsupported(attachment.kind) }
      // Only the bot's name was written: whatever it replies to is the question.
      if let quoted = message.quoted { return .question(text: quoted, quoted: nil) }
      return .command(.help)
    }
    if let command = spoken(text, message.isPrivate) { return .command(command) }
    return .question(text: text, quoted: message.quoted, attachments: files)
  }

  private func meaning(of command: InboundMessage.Command) -> CustomerCommand {
    let known = CustomerCommand(rawValue: command.name) ?? .unknown
    let isAll = command.argument.lowercased() == "all" || command.argument.lowercased() == "всё"
    return known == .forget && isAll ? .forgetAll : known
  }

  /// Buttons are labels that come back as messages; they count in every language, because an old
  /// keyboard may still be shown.
  private func spoken(_ text: String, _ isPrivate: Bool) -> CustomerCommand? {
    for language in Language.allCases {
      if isPrivate {
        if text == texts.text(.buttonNew, in: language) { return .new }
        if text == texts.text(.buttonHelp, in: language) { return .help }
        if text == texts.text(.buttonOperator, in: language) { return .operator }
      }
      if text.lowercased() == texts.text(.wordForget, in: language).lowercased() {
        return .forget
      }
    }
    return nil
  }
}

extension OutboxMessage {
  /// The answer to the press of a button. It goes by the lane of whoever pressed, so that nobody's
  /// limits hold it up.
  package static func answer(to press: ButtonPress, text: String?) -> OutboxMessage {
    OutboxMessage(
      parts: [.pressAnswer(id: press.id, text: text)],
      staff: StaffDestination(chat: ChatID(press.speaker.id.rawValue)), isMinor: true)
  }
}

extension InboxEntry {
  /// The message that it brings, if it brings one.
  package var message: InboundMessage? {
    guard case .update(let update) = event, case .message(let message) = update.kind else {
      return nil
    }
    return message
  }
}

extension InboundMessage {
  /// What can be shown to a model or turned into words.
  fileprivate var files: [Attachment] {
    [attachment].compactMap { $0 }.filter { $0.fileID != nil && ($0.isPicture || $0.isSpeech) }
  }
}

extension String {
  fileprivate func trimmingSpaces() -> String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
