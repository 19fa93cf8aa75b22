internal import Conversation
internal import Gateways
internal import Storage

/// For which customer an operator's message is.
extension StaffDesk {
  /// For whom a message is.
  enum Addressee {
    /// For the customer of this dialogue; the message without the id that named them.
    case dialogue(FoundDialogue, InboundMessage)
    /// It replies to one customer and names another: nobody must get it.
    case contradictory
    /// It names a chat in which several people are with operators: which of them is not known.
    case ambiguous(ChatID)
    /// It names somebody who is no customer.
    case unknown(ChatID)
    /// It stands in the topic of a customer who was erased.
    case erased
    /// It names nobody.
    case nobody
  }

  /// The place tells first: the topic, or what is replied to. A number before a colon counts only
  /// when it is a known customer's; else it is a part of the words, as in «12:30».
  func addressee(
    of message: InboundMessage, _ desk: DeskWork
  ) async throws(StoreError) -> Addressee {
    let found = try await dialogue(behind: message, desk)
    if found.dialogue == nil, try await isErased(message, desk) { return .erased }
    guard !found.byTopic, let addressed = AddressedAnswer(message.text ?? "") else {
      return found.dialogue.map { .dialogue($0, message) } ?? .nobody
    }
    let named = try await customer(in: addressed.chat, desk)
    switch (named, found.dialogue) {
    case (.one(let named), nil): return .dialogue(named, addressed.applied(to: message))
    case (.several, nil): return .ambiguous(addressed.chat)
    case (.one, let replied?), (.several, let replied?):
      guard addressed.chat == replied.address.chat else { return .contradictory }
      return .dialogue(replied, addressed.applied(to: message))
    case (.nobody, let replied?): return .dialogue(replied, message)
    case (.nobody, nil): return addressed.mayBeTime ? .nobody : .unknown(addressed.chat)
    }
  }

  /// The dialogue to which a message belongs by its place: the topic in which it stands, or what it
  /// replies to.
  func dialogue(
    behind message: InboundMessage, _ desk: DeskWork
  ) async throws(StoreError) -> (dialogue: FoundDialogue?, byTopic: Bool) {
    if let topic = message.topic,
      let found = try await store.find(.staffTopic(desk.bot, message.chat, topic))
    {
      return (found, true)
    }
    guard let original = message.repliesTo else { return (nil, false) }
    let key = DialogueKey.staffMessage(
      desk.bot, StaffMessage(chat: message.chat, id: original))
    return (try await store.find(key), false)
  }

  /// Whether a message stands in the topic of a customer who was erased: no other is meant there.
  func isErased(_ message: InboundMessage, _ desk: DeskWork) async throws(StoreError) -> Bool {
    guard let topic = message.topic, kind(message.chat) != nil else { return false }
    return try await store.isErased(topic, in: message.chat, of: desk.bot)
  }

  /// Whom the id of a chat means.
  enum Named {
    case one(FoundDialogue)
    case several
    case nobody
  }

  /// The dialogue of a customer's chat: of several, as in topics and groups, the one in which a
  /// person is wanted or there. Where operators work there is none, though what was said to them is
  /// kept under that chat.
  func customer(in chat: ChatID, _ desk: DeskWork) async throws(StoreError) -> Named {
    guard kind(chat) == nil else { return .nobody }
    var live: [ConversationID] = []
    for state in [StaffStatus.waiting, .operated] {
      live += try await store.browse(DialogueQuery(state: state, chat: chat, limit: 10))
        .filter { $0.address.bot == desk.bot }.map(\.dialogue.id)
    }
    guard live.count < 2 else { return .several }
    let key = live.first.map { DialogueKey.conversation($0) } ?? .chat(desk.bot, chat)
    return try await store.find(key).map { .one($0) } ?? .nobody
  }
}
