internal import Conversation
internal import Gateways
internal import TelegramTypes

/// One message of the port as one call of the Bot API, with the meaning of what Telegram answers.
/// Pure.
struct Sending: Sendable {
  /// What becomes of a message.
  enum Plan {
    case call(Sending)
    /// There is no call that could do it.
    case refused(SendOutcome)
  }

  /// What the call is to bring about.
  enum Aim: Sendable {
    case text, rich, copy, document, newTopic
    case album(parts: Int)
    case edit(MessageID)
    case rename, reaction, pressAnswer
  }

  /// The message.
  let message: OutboundMessage
  /// What the call is to bring about.
  let aim: Aim
  /// The call.
  let call: BotAPICall

  /// How to send a message.
  static func plan(_ message: OutboundMessage) -> Plan {
    func plan(_ aim: Aim, _ call: BotAPICall) -> Plan {
      .call(Sending(message: message, aim: aim, call: call))
    }
    switch (message.content, message.edits) {
    case (.text(let text), nil): return plan(.text, .send(message, text))
    case (.text(let text), let edited?): return plan(.edit(edited), .edit(message, edited, text))
    case (.rich(let document), nil): return plan(.rich, .send(message, document))
    case (.rich(let document), let edited?):
      return plan(.edit(edited), .edit(message, edited, document))
    case (.copy, _?), (.document, _?):
      return .refused(.editRefused(reason: "only a text can take the place of another"))
    case (.copy(let copy), nil):
      guard let first = copy.messages.first else {
        return .refused(.contentRefused(reason: "no message to copy"))
      }
      return copy.messages.count == 1
        ? plan(.copy, .copy(message, copy, first))
        : plan(.album(parts: copy.messages.count), .copyAlbum(message, copy))
    case (.document(let name, let text, let caption), nil):
      return plan(.document, .document(message, name: name, text: text, caption: caption))
    case (.newTopic(let name), _): return plan(.newTopic, .newTopic(name, in: message.chat))
    case (.topicName(let name), _):
      // The General topic of a forum is named by another method, and nobody wants it renamed.
      guard let thread = message.topic?.threadID else {
        return .refused(.contentRefused(reason: "no topic to name"))
      }
      return plan(.rename, .name(thread, of: message.chat, name))
    case (.reaction(let target, let emoji), _):
      return plan(.reaction, .react(to: target, in: message.chat, emoji))
    case (.pressAnswer(let id, let text), _): return plan(.pressAnswer, .answer(press: id, text))
    }
  }

  /// The same edit, for a message whose words are its caption.
  var inCaption: Sending? {
    guard case .edit(let edited) = aim, case .text(let text) = message.content,
      call.method == EditMessageText.name
    else { return nil }
    return Sending(message: message, aim: aim, call: .editCaption(message, edited, text))
  }

  /// How many messages it puts into the chat; nil when it need not wait for its turn there. A topic
  /// that is made or named shows as a message.
  var messages: Int? {
    switch aim {
    case .text, .rich, .copy, .document, .newTopic, .rename: 1
    case .album(let parts): parts
    case .edit: 0
    case .reaction, .pressAnswer: nil
    }
  }
}

extension Sending {
  /// What the answer to a call that worked says.
  func read(_ body: [UInt8]) -> SendOutcome {
    let answer = JSONScanner(body)
    func id(_ name: StaticString, in part: JSONScanner.Part?) -> SendOutcome {
      guard let part, let id = answer.member(name, of: part).flatMap(answer.integer) else {
        return .unknown(reason: "an answer without a message id")
      }
      return .sent(MessageID(id))
    }
    let result = answer.member("result", of: answer.whole)
    switch aim {
    case .text, .rich, .copy, .document: return id("message_id", in: result)
    case .newTopic: return id("message_thread_id", in: result)
    case .album:
      let parts = result.flatMap(answer.elements)
      if parts?.isEmpty == true { return .contentRefused(reason: "no part could be copied") }
      return id("message_id", in: parts?.first)
    case .edit(let edited): return .sent(edited)
    case .rename, .reaction, .pressAnswer: return .sent(MessageID(0))
    }
  }

  /// What a call that did not work means for the message.
  func outcome(of failure: APIFailure) -> SendOutcome {
    switch failure {
    case .unauthorized: .unauthorized
    case .methodNotFound: unsupported
    case .rateLimited(let retryAfter): .rateLimited(retryAfter: retryAfter)
    case .migrated(let to): .migrated(to: ChatID(to))
    case .unreachable(let reason): .unreachable(reason: reason)
    case .conflict(let reason), .notSent(let reason): .notSent(reason: reason)
    case .unknown(let reason):
      done == nil ? .unknown(reason: reason) : .notSent(reason: reason)
    case .notModified: done ?? .unknown(reason: "an answer that fits no sending")
    case .content(let reason), .source(let reason): refused(.contentRefused(reason: reason), reason)
    case .target(let reason): refused(.targetRefused(reason: reason), reason)
    case .topic(let reason):
      refused(isInTopicOfGroup ? .topicLost : .targetRefused(reason: reason), reason)
    case .edit(let reason), .captioned(let reason):
      refused(withoutOriginal(reason), reason)
    }
  }

  /// What it means that this server does not know the method.
  var unsupported: SendOutcome {
    let reason = "the server does not know the method"
    return switch aim {
    // Every server knows `sendMessage`; what does not is at a wrong address or has a wrong token.
    case .text: .unauthorized
    case .rich: .richUnsupported
    case .edit: .editRefused(reason: reason)
    case .newTopic: .topicsRefused(reason: reason)
    case .copy, .album, .document, .rename, .reaction, .pressAnswer:
      .contentRefused(reason: reason)
    }
  }

  /// What it is to have been done, where doing it twice changes nothing; nil where it would stand
  /// there twice.
  private var done: SendOutcome? {
    switch aim {
    case .edit(let edited): .sent(edited)
    case .rename, .reaction, .pressAnswer: .sent(MessageID(0))
    case .text, .rich, .copy, .album, .document, .newTopic: nil
    }
  }

  private func refused(_ outcome: SendOutcome, _ reason: String) -> SendOutcome {
    switch aim {
    // Whatever stands in the way of a topic, the messages meant for it can go without.
    case .newTopic: .topicsRefused(reason: reason)
    // Telegram takes an answer for some seconds only, and nobody misses a later one.
    case .pressAnswer: .sent(MessageID(0))
    case .text, .rich, .copy, .album, .document, .edit, .rename, .reaction: outcome
    }
  }

  /// The message that the call is about is gone, or does not allow it.
  private func withoutOriginal(_ reason: String) -> SendOutcome {
    switch aim {
    case .edit: .editRefused(reason: reason)
    case .copy, .album: .contentRefused(reason: reason)
    case .text, .rich, .document, .newTopic, .rename, .reaction, .pressAnswer:
      .targetRefused(reason: reason)
    }
  }

  /// Only there is a lost topic made anew: in a private chat topics are the person's, and a name is
  /// no reason to make one.
  private var isInTopicOfGroup: Bool {
    guard message.chat.rawValue < 0, message.topic?.threadID != nil else { return false }
    switch aim {
    case .text, .rich, .copy, .album, .document: return true
    case .newTopic, .edit, .rename, .reaction, .pressAnswer: return false
    }
  }
}
