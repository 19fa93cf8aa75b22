internal import Conversation
internal import Gateways
internal import Storage

/// Tells what an inbox entry means to its dialogue. Pure.
struct Interpretation: Sendable {
  let texts: Texts

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
    case .answer(.ready(let job, let text, let use)):
      return .event(.answerReady(job: job, text: text, use: use, at: first.receivedAt))
    case .answer(.failed(let job, let failure)):
      return .event(.answerFailed(job: job, failure))
    case .answer(.stopped(let job, let text)):
      return .event(.answerStopped(job: job, text: text, at: first.receivedAt))
    case .announcement(let notice):
      return .event(.announced(notice, at: first.receivedAt))
    case .unreachable:
      return .event(.reachabilityChanged(false))
    case .unusable(_, let reason):
      return .unusable(reason: reason)
    }
  }

  private func meaning(of update: InboundUpdate, _ at: Instant) -> Meaning {
    switch update.kind {
    case .message(let message):
      return .event(.customerWrote(customerMessage(message, at)))
    case .editedMessage(let message):
      guard let text = message.text else { return .nothing }
      return .event(.customerEdited(messageID: message.id, text: text))
    case .generationStopped(_, _, let draftID):
      return .event(.stopRequested(draftID: draftID))
    case .membershipChanged(_, _, let reachable):
      return .event(.reachabilityChanged(reachable))
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
    return .event(.customerWrote(customerMessage(whole, at)))
  }

  private func customerMessage(_ message: InboundMessage, _ at: Instant) -> CustomerMessage {
    CustomerMessage(
      content: content(of: message), messageID: message.id, speaker: message.speaker, at: at,
      place: .init(chat: message.chat, topic: message.topic, isPrivate: message.isPrivate))
  }

  private func content(of message: InboundMessage) -> CustomerMessage.Content {
    if let command = message.command {
      return .command(CustomerCommand(rawValue: command.name) ?? .unknown)
    }
    guard let text = message.text?.trimmingSpaces(), !text.isEmpty else {
      if let kind = message.attachment { return .unsupported(kind) }
      // Only the bot's name was written: whatever it replies to is the question.
      if let quoted = message.quoted { return .question(text: quoted, quoted: nil) }
      return .command(.help)
    }
    if let command = spoken(text, message.isPrivate) { return .command(command) }
    return .question(text: text, quoted: message.quoted)
  }

  /// Buttons are labels that come back as messages; they count in every language, because an old
  /// keyboard may still be shown.
  private func spoken(_ text: String, _ isPrivate: Bool) -> CustomerCommand? {
    for language in Language.allCases {
      if isPrivate {
        if text == texts.text(.buttonNew, in: language) { return .new }
        if text == texts.text(.buttonHelp, in: language) { return .help }
      }
      if text.lowercased() == texts.text(.wordForget, in: language).lowercased() {
        return .forget
      }
    }
    return nil
  }
}

extension InboxEntry {
  fileprivate var message: InboundMessage? {
    guard case .update(let update) = event, case .message(let message) = update.kind else {
      return nil
    }
    return message
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
