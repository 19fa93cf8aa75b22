import Conversation
import Gateways

/// The operators of the simulation: what they do in their chats, and what may be expected of it.
struct Operators: Sendable {
  /// Something that an operator wrote and Telegram's acknowledgement was given for.
  struct Written: Equatable, Sendable {
    var word: String
    /// Where it was written.
    var source: StaffMessage
    /// The customer whom the operator meant; nil for words that are for nobody.
    var customer: ChatID?
    /// Whether the bot is spoken to, so that it must say what became of it.
    var deservesAnswer: Bool
  }

  private(set) var written: [Written] = []
  /// Updates that Telegram has yet to give, in order.
  private(set) var pending: [InboundUpdate] = []
  private var outstanding: [Int64: Written] = [:]
  private var recent: [InboundMessage] = []
  private var last: InboundUpdate?
  // Numbers of their own, far from those of the customers and of the bot.
  private var nextUpdate: Int64 = 1_000_000_000
  private var nextMessage: Int64 = 1_000_000_000
  private var words = 0

  /// Somebody does something; nil when it is nothing that the bot learns of.
  mutating func act(_ world: inout WorldState.Contents) -> InboundUpdate? {
    guard pending.isEmpty else { return pending.first }
    switch Int.random(in: 0..<32, using: &world.generator) {
    case 0..<5: answer(&world)
    case 5..<7: answerById(&world)
    case 7..<14: press(&world)
    case 14..<25: order(&world)
    case 25: ask(&world)
    case 26: chat(&world)
    case 27: edit(&world)
    case 28: album(&world)
    case 29: comeOrGo(&world)
    case 30: writeWrongly(&world)
    default: if let last { pending.append(last) }
    }
    // Where the bot is not, it hears nothing.
    pending.removeAll { update in world.blocked.contains { update.comes(from: $0) } }
    return pending.first
  }

  mutating func acknowledged(_ update: InboundUpdate) {
    pending.removeAll { $0.id == update.id }
    last = update
    if let said = outstanding.removeValue(forKey: update.id) { written.append(said) }
  }

  // MARK: Writing to customers

  /// By Reply, or in a customer's topic.
  private mutating func answer(_ world: inout WorldState.Contents) {
    guard let (shown, customer) = seen(&world) else { return }
    say(word("o"), about: shown, to: customer, &world)
  }

  private mutating func answerById(_ world: inout WorldState.Contents) {
    let known = People.chats + [ChatID(99_999)]
    let customer = known.randomElement(using: &world.generator) ?? known[0]
    let chat = Bool.random(using: &world.generator) ? Staff.person : Staff.group
    let word = word("o")
    send(
      message(in: chat, text: "\(customer) : \(word)", &world),
      Written(
        word: word, source: StaffMessage(chat: chat, id: MessageID(nextMessage)),
        customer: customer, deservesAnswer: true))
  }

  private mutating func say(
    _ word: String, about shown: WorldState.Arrival, to customer: ChatID?,
    _ world: inout WorldState.Contents
  ) {
    var said = message(in: shown.chat, text: word, &world)
    said.topic = shown.topic
    if shown.topic == nil { said.repliesTo = shown.id }
    said.addressee = .bot
    send(
      said,
      Written(
        word: word, source: StaffMessage(chat: shown.chat, id: said.id), customer: customer,
        deservesAnswer: true))
  }

  /// Two pictures, which come one after the other.
  private mutating func album(_ world: inout WorldState.Contents) {
    guard let (shown, customer) = seen(&world) else { return }
    let word = word("o")
    var first = message(in: shown.chat, text: word, &world)
    first.topic = shown.topic
    if shown.topic == nil { first.repliesTo = shown.id }
    first.addressee = .bot
    first.attachment = Attachment(.photo, fileID: "photo")
    first.album = "album \(word)"
    var second = first
    nextMessage += 1
    second.id = MessageID(nextMessage)
    second.text = nil
    // Its words stand nowhere among the copies, so that only its fate is looked at.
    send(first, nil)
    send(second, nil)
    _ = customer
  }

  /// Words that have no addressee.
  private mutating func writeWrongly(_ world: inout WorldState.Contents) {
    let word = word("o")
    send(
      message(in: Staff.person, text: "12:30 \(word)", &world),
      Written(
        word: word, source: StaffMessage(chat: Staff.person, id: MessageID(nextMessage)),
        customer: nil, deservesAnswer: true))
  }

  /// Colleagues talk to each other.
  private mutating func chat(_ world: inout WorldState.Contents) {
    let chat = Bool.random(using: &world.generator) ? Staff.group : Staff.forum
    let word = word("o")
    send(
      message(in: chat, text: "lunch \(word)", &world),
      Written(
        word: word, source: StaffMessage(chat: chat, id: MessageID(nextMessage)), customer: nil,
        deservesAnswer: false))
  }

  private mutating func edit(_ world: inout WorldState.Contents) {
    guard var message = recent.randomElement(using: &world.generator) else { return }
    let changed = (message.text ?? "").split(separator: " ").dropLast() + [Substring(word("e"))]
    message.text = changed.joined(separator: " ")
    message.editDate = world.now
    pending.append(update(.editedMessage(message)))
  }

  // MARK: Buttons and orders

  /// A button, at times by two operators at once.
  private mutating func press(_ world: inout WorldState.Contents) {
    let shown = world.seenByStaff.filter { !$0.buttons.isEmpty }
    guard let shown = shown.randomElement(using: &world.generator),
      let data = shown.buttons.randomElement(using: &world.generator)
    else { return }
    let people = shown.chat == Staff.person ? [Staff.alone] : Staff.members
    for person in people.shuffled(using: &world.generator).prefix(world.generator.oneIn(3) ? 2 : 1)
    {
      pending.append(
        update(
          .pressed(
            ButtonPress(
              id: "s\(nextUpdate)", chat: shown.chat, isPrivate: shown.chat == Staff.person,
              topic: shown.topic, message: shown.id, speaker: person, data: data))))
    }
  }

  private mutating func order(_ world: inout WorldState.Contents) {
    guard let (shown, _) = seen(&world) else { return }
    let orders = [
      "take", "return", "return", "return", "return", "close", "close", "close", "pass",
      "pass 20011", "note", "draft",
      "summary", "transcript", "ban", "unban", "unban", "unban",
    ]
    let order = orders.randomElement(using: &world.generator) ?? orders[0]
    let parts = order.split(separator: " ").map(String.init)
    let argument = parts[0] == "note" ? word("n") : parts.dropFirst().joined()
    command(parts[0], argument, about: shown, &world)
  }

  private mutating func ask(_ world: inout WorldState.Contents) {
    let names = ["waiting", "mine", "stats", "canned", "help"]
    let name = names.randomElement(using: &world.generator) ?? names[0]
    let chat = Staff.chats.randomElement(using: &world.generator) ?? Staff.group
    command(name, "", about: .init(chat: chat, text: ""), &world)
  }

  private mutating func command(
    _ name: String, _ argument: String, about shown: WorldState.Arrival,
    _ world: inout WorldState.Contents
  ) {
    var said = message(in: shown.chat, text: "/\(name) \(argument)", &world)
    said.command = .init(name: name, argument: argument)
    said.topic = shown.topic
    if shown.topic == nil, shown.id.rawValue != 0 { said.repliesTo = shown.id }
    pending.append(update(.message(said)))
  }

  private mutating func comeOrGo(_ world: inout WorldState.Contents) {
    let chat = Bool.random(using: &world.generator) ? Staff.group : Staff.forum
    let person = Staff.members.randomElement(using: &world.generator) ?? Staff.members[0]
    for isMember in [false, true] {
      pending.append(
        update(.memberChanged(chat: chat, person: person.id, isMember: isMember)))
    }
  }

  // MARK: Parts

  /// A message that operators see, with the customer whom it concerns.
  private func seen(
    _ world: inout WorldState.Contents
  ) -> (WorldState.Arrival, ChatID)? {
    let topics = world.topics
    let known = world.seenByStaff.compactMap { shown -> (WorldState.Arrival, ChatID)? in
      guard !shown.isFile, let customer = Self.customer(of: shown, topics) else { return nil }
      return (shown, customer)
    }
    return known.randomElement(using: &world.generator)
  }

  /// By the name of its topic, or by the only id that it names.
  private static func customer(
    of shown: WorldState.Arrival, _ topics: [TopicID: String]
  ) -> ChatID? {
    if let topic = shown.topic {
      guard let name = topics[topic] else { return nil }
      return People.chats.first { name.hasSuffix("P\(abs($0.rawValue))") }
    }
    let named = People.chats.filter {
      shown.text.contains("(id \($0))") || shown.text.contains("(\($0)): ")
    }
    return named.count == 1 ? named[0] : nil
  }

  private mutating func word(_ letter: String) -> String {
    words += 1
    return "\(letter)\(words)"
  }

  private mutating func send(_ message: InboundMessage, _ said: Written?) {
    let update = update(.message(message))
    if let said {
      outstanding[update.id] = said
      recent = (recent + [message]).suffix(10)
    }
    pending.append(update)
  }

  private mutating func update(_ kind: InboundUpdate.Kind) -> InboundUpdate {
    nextUpdate += 1
    return InboundUpdate(id: nextUpdate, kind: kind)
  }

  private mutating func message(
    in chat: ChatID, text: String, _ world: inout WorldState.Contents
  ) -> InboundMessage {
    nextMessage += 1
    let person =
      chat == Staff.person
      ? Staff.alone : Staff.members.randomElement(using: &world.generator) ?? Staff.members[0]
    return InboundMessage(
      chat: chat, isPrivate: chat == Staff.person, id: MessageID(nextMessage), speaker: person,
      date: Instant(seconds: 1), text: text,
      addressee: chat == Staff.person ? .bot : .nobody)
  }
}

extension InboundUpdate {
  fileprivate func comes(from chat: ChatID) -> Bool {
    switch kind {
    case .message(let message), .editedMessage(let message): message.chat == chat
    case .pressed(let press): press.chat == chat
    case .memberChanged(let group, _, _): group == chat
    case .generationStopped, .membershipChanged, .topicCreated, .migrated, .ignored: false
    }
  }
}
