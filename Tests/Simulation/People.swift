import Conversation
import Gateways

/// The people of the simulation, and what they may expect.
struct People: Sendable {
  /// A question that was asked.
  struct Asked: Equatable, Sendable {
    var chat: ChatID
    var words: String
    var number: Int
  }

  static let chats: [ChatID] = [ChatID(1), ChatID(2), ChatID(3), ChatID(-10)]

  /// Questions whose update was acknowledged, in order.
  private(set) var asked: [Asked] = []
  /// For each chat, how many questions had been asked when it was cleared, each time.
  private(set) var clearings: [ChatID: [Int]] = [:]
  /// Updates that Telegram will give again.
  private(set) var unacknowledged: [InboundUpdate] = []
  /// Everything that was ever acknowledged, to be repeated at times.
  private var history: [InboundUpdate] = []
  private var pending: [Int64: Asked] = [:]
  private var cleared: [Int64: (ChatID, Int)] = [:]
  private var nextUpdate: Int64 = 1
  private var nextMessage: Int64 = 1
  private var questions = 0

  /// Somebody does something; nil when it is nothing that the bot learns of.
  mutating func act(_ world: inout WorldState.Contents) -> InboundUpdate? {
    // A chat's updates come in order: one that was refused blocks those behind it.
    if let first = unacknowledged.first { return first }
    let chat = Self.chats.randomElement(using: &world.generator) ?? Self.chats[0]
    switch Int.random(in: 0..<40, using: &world.generator) {
    case 0..<26: return ask(chat, &world)
    case 26: return command(.new, chat)
    case 27: return command(.help, chat)
    case 28: return edit(&world)
    case 29..<33: return stop(&world)
    case 33..<37: return repeated(&world)
    case 37 where chat.rawValue > 0:
      world.blocked.insert(chat)
      return update(.membershipChanged(chat: chat, isPrivate: true, reachable: false))
    default:
      guard let back = world.blocked.randomElement(using: &world.generator) else { return nil }
      world.blocked.remove(back)
      return ask(back, &world)
    }
  }

  mutating func acknowledged(_ update: InboundUpdate) {
    unacknowledged.removeAll { $0.id == update.id }
    if !history.contains(where: { $0.id == update.id }) { history.append(update) }
    if let question = pending.removeValue(forKey: update.id) { asked.append(question) }
    if let (chat, number) = cleared.removeValue(forKey: update.id) {
      clearings[chat, default: []].append(number)
    }
  }

  mutating func refused(_ update: InboundUpdate) {
    if !unacknowledged.contains(update) { unacknowledged.append(update) }
  }

  private mutating func ask(
    _ chat: ChatID, _ world: inout WorldState.Contents
  ) -> InboundUpdate {
    world.blocked.remove(chat)
    questions += 1
    let words = Words.question(chat, questions)
    let update = update(.message(message(chat, text: words)))
    pending[update.id] = Asked(chat: chat, words: words, number: questions)
    return update
  }

  private mutating func command(_ command: CustomerCommand, _ chat: ChatID) -> InboundUpdate {
    let update = update(
      .message(
        message(chat, text: "/\(command)", command: .init(name: command.rawValue, argument: ""))))
    if command == .new { cleared[update.id] = (chat, questions) }
    return update
  }

  /// The words stay the same, so that it is still known which answer belongs to which question.
  private mutating func edit(_ world: inout WorldState.Contents) -> InboundUpdate? {
    let messages = history.suffix(10).compactMap { update -> InboundMessage? in
      guard case .message(let message) = update.kind, message.command == nil else { return nil }
      return message
    }
    guard var message = messages.randomElement(using: &world.generator) else { return nil }
    message.text = "edited " + Words.last(in: message.text ?? "")
    message.editDate = world.now
    return update(.editedMessage(message))
  }

  private mutating func stop(_ world: inout WorldState.Contents) -> InboundUpdate? {
    let conversation = ConversationID(Int64.random(in: 1...4, using: &world.generator))
    let ordinal = Int64.random(
      in: max(1, Int64(questions / 4) - 20)...Int64(questions / 4 + 5), using: &world.generator)
    let chat = Self.chats.filter { $0.rawValue > 0 }.randomElement(using: &world.generator)
    guard let chat else { return nil }
    let job = AnswerJobID(conversation: conversation, ordinal: ordinal)
    return update(.generationStopped(chat: chat, topic: nil, draftID: job.draftID))
  }

  /// Telegram repeats itself: with the same number, or under a new one.
  private mutating func repeated(_ world: inout WorldState.Contents) -> InboundUpdate? {
    guard var update = history.suffix(50).randomElement(using: &world.generator) else { return nil }
    if Bool.random(using: &world.generator) {
      guard case .message = update.kind else { return nil }
      update.id = nextUpdate
      nextUpdate += 1
    }
    return update
  }

  private mutating func update(_ kind: InboundUpdate.Kind) -> InboundUpdate {
    defer { nextUpdate += 1 }
    return InboundUpdate(id: nextUpdate, kind: kind)
  }

  private mutating func message(
    _ chat: ChatID, text: String, command: InboundMessage.Command? = nil
  ) -> InboundMessage {
    defer { nextMessage += 1 }
    return InboundMessage(
      chat: chat, isPrivate: chat.rawValue > 0, id: MessageID(nextMessage),
      speaker: Speaker(
        id: PersonID(abs(chat.rawValue)), name: "P\(abs(chat.rawValue))", language: .english),
      date: Instant(seconds: 1), text: text, command: command, addressee: .bot)
  }
}
