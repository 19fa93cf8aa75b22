import Conversation
import Gateways

extension Messenger {
  /// A Telegram that limits, loses connections, refuses formatting and knows who blocked the bot.
  static func simulated(_ world: WorldState) -> Messenger {
    Messenger(
      send: { message in world.with { $0.receive(message) } },
      preview: { _ in world.trouble(oneIn: 5) ? .end : .shown },
      showTyping: { _, _ in },
      download: { _, _ throws(DownloadError) in throw .missing })
  }
}

extension WorldState.Contents {
  mutating func receive(_ message: OutboundMessage) -> SendOutcome {
    if blocked.contains(message.chat) {
      return .unreachable(reason: "Forbidden: bot was blocked by the user")
    }
    guard troubled else { return arrive(message) }
    if steady < telegramAway { return .notSent(reason: "no route to host") }
    switch Int.random(in: 0..<20, using: &generator) {
    case 0: return .rateLimited(retryAfter: .seconds(Int.random(in: 1...40, using: &generator)))
    case 1: return .notSent(reason: "no connection")
    case 2:
      uncertain.append(arrival(message))
      return .unknown(reason: "connection lost")
    case 3:
      uncertain.append(arrival(message))
      _ = arrive(message)
      return .unknown(reason: "connection lost")
    case 4:
      guard case .text(let text) = message.content, text.entities.isEmpty else {
        return .contentRefused(reason: "can't parse")
      }
      return arrive(message)
    default: return arrive(message)
    }
  }

  private mutating func arrive(_ message: OutboundMessage) -> SendOutcome {
    arrivals.append(arrival(message))
    nextMessageID += 1
    return .sent(MessageID(nextMessageID))
  }

  private func arrival(_ message: OutboundMessage) -> WorldState.Arrival {
    let text =
      switch message.content {
      case .text(let text): text.text
      case .rich(let document): "\(document)"
      case .topicName(let name), .newTopic(let name): name
      case .copy(let copy): copy.caption?.text ?? copy.fallback.text
      case .document(_, let text, _): text
      case .reaction(_, let emoji): emoji
      case .pressAnswer(_, let text): text ?? ""
      }
    return WorldState.Arrival(chat: message.chat, text: text, replyTo: message.replyTo)
  }
}
