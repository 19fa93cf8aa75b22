import Conversation
import Gateways

extension Messenger {
  /// A Telegram that limits, loses connections, refuses formatting and topics, loses topics, and
  /// knows who blocked the bot.
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
    if let topic = message.topic, topics[topic] == nil { return .topicLost }
    guard troubled else { return arrive(message) }
    if steady < telegramAway { return .notSent(reason: "no route to host") }
    // A group takes only few messages in a minute.
    if message.chat == Staff.group || message.chat == Staff.forum, generator.oneIn(8) {
      return .rateLimited(retryAfter: .seconds(Int.random(in: 1...40, using: &generator)))
    }
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
    case 4: return refuse(message) ?? arrive(message)
    default: return arrive(message)
    }
  }

  private mutating func refuse(_ message: OutboundMessage) -> SendOutcome? {
    if message.edits != nil {
      // What it was to change stays, and the new words come as another message.
      uncertain.append(arrival(message))
      return .editRefused(reason: "message can't be edited")
    }
    if case .newTopic = message.content {
      return .topicsRefused(reason: "not enough rights to create a topic")
    }
    guard case .text(let text) = message.content, text.entities.isEmpty else {
      return .contentRefused(reason: "can't parse")
    }
    return nil
  }

  private mutating func arrive(_ message: OutboundMessage) -> SendOutcome {
    nextMessageID += 1
    switch message.content {
    case .newTopic(let name):
      topics[TopicID(nextMessageID)] = name
      return .sent(MessageID(nextMessageID))
    case .topicName(let name):
      if let topic = message.topic { topics[topic] = name }
      return .sent(MessageID(0))
    case .reaction, .pressAnswer: return .sent(MessageID(0))
    case .text, .rich, .copy, .document: break
    }
    var arrival = arrival(message)
    arrival.id = message.edits ?? MessageID(nextMessageID)
    arrivals.append(arrival)
    if Staff.chats.contains(arrival.chat) {
      seenByStaff = (seenByStaff + [arrival]).suffix(40)
    } else if !arrival.buttons.isEmpty {
      offered = (offered + [arrival]).suffix(10)
    }
    return .sent(arrival.id)
  }

  private func arrival(_ message: OutboundMessage) -> WorldState.Arrival {
    WorldState.Arrival(
      message.content, chat: message.chat, topic: message.topic, replyTo: message.replyTo,
      edits: message.edits, buttons: message.buttons?.joined().map(\.data) ?? [])
  }
}

extension WorldState.Arrival {
  init(
    _ content: MessageContent, chat: ChatID, topic: TopicID? = nil, replyTo: MessageID? = nil,
    edits: MessageID? = nil, buttons: [String] = []
  ) {
    var isFile = false
    let text: String
    switch content {
    case .text(let words): text = words.text
    case .rich(let document): text = "\(document)"
    case .topicName(let name), .newTopic(let name): text = name
    case .copy(let copy): text = copy.caption?.text ?? copy.fallback.text
    case .document(_, let words, _): (text, isFile) = (words, true)
    case .reaction(_, let emoji): text = emoji
    case .pressAnswer(_, let words): text = words ?? ""
    }
    self.init(
      chat: chat, topic: topic, text: text, replyTo: replyTo, edits: edits, buttons: buttons,
      isFile: isFile)
  }
}
