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

  static let chats: [ChatID] = [
    ChatID(10_001), ChatID(10_002), ChatID(10_003), ChatID(-10_004),
  ]

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
    switch Int.random(in: 0..<(world.isStaffed ? 50 : 40), using: &world.generator) {
    case 0..<26: return ask(chat, &world)
    case 40..<43: return ask(chat, wanting: "human ", &world)
    case 43: return ask(chat, wanting: "maybe ", &world)
    case 44: return ask(chat, wanting: "nohelp ", &world)
    case 45: return command(.operator, chat)
    case 46...: return press(&world)
    case 26: return command(.new, chat)
    case 27: return command(.help, chat)
    case 28: return edit(&world)
    case 29..<33: return stop(&world)
    case 33..<37: return repeated(&world)
    case 37 where chat.rawValue > 0:
      if !world.blocked.contains(chat) { world.blocked.append(chat) }
      return update(.membershipChanged(chat: chat, isPrivate: true, reachable: false))
    default:
      let blocked = world.blocked.filter { Self.chats.contains($0) }
      guard let back = blocked.randomElement(using: &world.generator) else { return nil }
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
    _ chat: ChatID, wanting wish: String = "", _ world: inout WorldState.Contents
  ) -> InboundUpdate {
    world.blocked.removeAll { $0 == chat }
    questions += 1
    let words = Words.question(chat, questions)
    let update = update(.message(message(chat, text: wish + words)))
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

  /// Any of the last buttons, old ones as well.
  private mutating func press(_ world: inout WorldState.Contents) -> InboundUpdate? {
    let offered = world.offered.filter { !world.blocked.contains($0.chat) }
    guard let shown = offered.randomElement(using: &world.generator),
      let data = shown.buttons.randomElement(using: &world.generator)
    else { return nil }
    return update(
      .pressed(
        ButtonPress(
          id: "p\(nextUpdate)", chat: shown.chat, isPrivate: shown.chat.rawValue > 0,
          topic: nil, message: shown.id, speaker: Self.speaker(in: shown.chat), data: data)))
  }

  /// What words say about wanting a person.
  static func wish(_ text: String) -> CustomerMessage.Wish {
    if text.hasPrefix("human") { return .init(operator: .certain) }
    if text.hasPrefix("maybe") { return .init(operator: .perhaps) }
    return .init(isComplaint: text.hasPrefix("nohelp"))
  }

  static func speaker(in chat: ChatID) -> Speaker {
    Speaker(
      id: PersonID(abs(chat.rawValue)), name: "P\(abs(chat.rawValue))", language: .english)
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
    let conversation = ConversationID(Int64.random(in: 1...7, using: &world.generator))
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
      speaker: Self.speaker(in: chat),
      date: Instant(seconds: 1), text: text, command: command, addressee: .bot)
  }
}
