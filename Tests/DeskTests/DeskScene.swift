import Conversation
import Desk
import Gateways
import Markdown
import Platform
import Storage
import StorageSQLite
import Synchronization
import Turn

/// The desk on a store in memory, with two customers and operators in all three kinds of staff chat.
/// Whatever goes out arrives at once.
final class DeskScene: Sendable {
  /// A message that arrived.
  struct Sent: Equatable, Sendable {
    var chat: ChatID
    var topic: TopicID?
    var content: MessageContent
    var id: MessageID
    var replyTo: MessageID?
    var edits: MessageID?
    var buttons: [InlineButton]

    /// Its words, whatever it is.
    var text: String {
      switch content {
      case .text(let text): text.text
      case .rich(let document): "\(document)"
      case .topicName(let name), .newTopic(let name): name
      case .copy(let copy): copy.caption?.text ?? "copy"
      case .document(_, let text, _): text
      case .reaction(_, let emoji): emoji
      case .pressAnswer(_, let text): text ?? ""
      }
    }
  }

  static let anna = ChatID(11_111)
  static let boris = ChatID(22_222)
  static let person = ChatID(50_001)
  static let group = ChatID(-50_002)
  static let forum = ChatID(-50_003)
  static let olga = DeskScene.speaker(50_001, "Olga")
  static let petr = DeskScene.speaker(50_011, "Petr")

  let store: SQLiteStore
  private let turn: TurnWorker
  private let sentSoFar = Mutex<[Sent]>([])
  private let numbers = Mutex<Int64>(100)
  private let fates = Mutex<[ChatID: SendSettlement]>([:])

  init(_ kinds: [StaffChat.Kind] = [.person, .group]) async throws {
    let store = try await SQLiteStore.open(path: ":memory:")
    self.store = store
    let shared = Shared(time: Instant(seconds: 1_795_000_000))
    clockTime = shared
    let clock = Clock(now: { shared.now }, steady: { shared.now }, sleep: { _ in })
    let bells = Bells()
    let format = AnswerFormat.markdown()
    let chats = kinds.map { StaffChat(chat: Self.chat($0), kind: $0) }
    let kind: @Sendable (ChatID) -> StaffChat.Kind? = { chat in
      chats.first { $0.chat == chat }?.kind
    }
    let door = Door(
      store: store,
      policy: { _ in DialoguePolicy(staff: StaffPolicy(chats: chats, asksForRating: true)) },
      texts: Texts(), staffLanguage: .english, format: format, bells: bells, clock: clock,
      log: .silent)
    let report = DeskReport(
      store: store, texts: Texts(), language: .english, startOfDay: { _ in Instant(seconds: 0) })
    let desk = StaffDesk(
      store: store, door: door, texts: Texts(), language: .english, format: format, kind: kind,
      report: report, bells: bells, clock: clock, log: .silent)
    turn = TurnWorker(
      store: store, owner: "scene", settings: .init(), door: door, staff: desk.side(),
      texts: Texts(), bells: bells, clock: clock, alarm: .silent, log: .silent)
  }

  /// The time, which tests move.
  private final class Shared: Sendable {
    private let time: Mutex<Instant>
    init(time: Instant) { self.time = Mutex(time) }
    var now: Instant { time.withLock { $0 } }
    func advance(_ duration: Duration) { time.withLock { $0 = $0 + duration } }
  }

  private let clockTime: Shared

  static func chat(_ kind: StaffChat.Kind) -> ChatID {
    switch kind {
    case .person: person
    case .group: group
    case .forum: forum
    }
  }

  static func speaker(_ id: Int64, _ name: String) -> Speaker {
    Speaker(id: PersonID(id), name: name, language: .english)
  }

  func advance(_ duration: Duration) { clockTime.advance(duration) }

  /// What becomes of messages to a chat from now on; nil: they arrive.
  func decide(_ fate: SendSettlement?, in chat: ChatID) { fates.withLock { $0[chat] = fate } }

  // MARK: What people do

  /// A customer writes.
  @discardableResult
  func writes(
    _ customer: ChatID, _ text: String?, command: String? = nil, argument: String = "",
    topic: TopicID? = nil, repliesTo: MessageID? = nil, attachment: Attachment? = nil
  ) async throws -> MessageID {
    let name = customer == Self.anna ? "Anna" : "Boris"
    var message = message(in: customer, by: Self.speaker(customer.rawValue, name), text)
    message.command = command.map { .init(name: $0, argument: argument) }
    message.topic = topic
    message.repliesTo = repliesTo
    message.attachment = attachment
    try await give([.message(message)])
    return message.id
  }

  /// An operator writes, perhaps with formatting or files.
  @discardableResult
  func says(
    _ text: String?, in chat: ChatID, by person: Speaker? = nil, topic: TopicID? = nil,
    repliesTo: MessageID? = nil, change: (inout InboundMessage) -> Void = { _ in }
  ) async throws -> InboundMessage {
    var message = message(in: chat, by: person ?? Self.worker(in: chat), text)
    message.topic = topic
    message.repliesTo = repliesTo
    if text?.hasPrefix("/") == true {
      let words = (text ?? "").dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
      message.command = .init(name: words[0], argument: words.count > 1 ? words[1] : "")
    }
    change(&message)
    try await give([.message(message)])
    return message
  }

  func changes(
    _ message: InboundMessage, to text: String, change: (inout InboundMessage) -> Void = { _ in }
  ) async throws {
    var message = message
    message.text = text
    message.command = nil
    message.editDate = clockTime.now
    change(&message)
    try await give([.editedMessage(message)])
  }

  /// Presses a button of a message; gives the words of the answer to the press.
  @discardableResult
  func presses(
    _ data: String, in chat: ChatID, by person: Speaker? = nil
  ) async throws -> String? {
    let before = sent.count
    try await give([
      .pressed(
        ButtonPress(
          id: "press \(next())", chat: chat, isPrivate: chat.rawValue > 0, topic: nil,
          message: MessageID(1), speaker: person ?? Self.worker(in: chat), data: data))
    ])
    return sent.dropFirst(before).compactMap { message -> String? in
      if case .pressAnswer(_, let text) = message.content { return text ?? "" }
      return nil
    }.first
  }

  func give(_ kinds: [InboundUpdate.Kind]) async throws {
    let now = clockTime.now
    let entries = kinds.map { kind in
      NewInboxEntry(
        sourceKeys: [], address: kind.address,
        event: .update(InboundUpdate(id: next(), kind: kind)),
        album: kind.album, notBefore: now)
    }
    _ = try await store.admit(entries, now: now)
    try await work()
  }

  func message(in chat: ChatID, by person: Speaker, _ text: String?) -> InboundMessage {
    InboundMessage(
      chat: chat, isPrivate: chat.rawValue > 0, id: MessageID(next()), speaker: person,
      date: clockTime.now, text: text, addressee: chat.rawValue > 0 ? .bot : .nobody)
  }

  /// Something comes to a customer's dialogue that nobody wrote.
  func happens(_ event: InboxEvent, to customer: ChatID) async throws {
    let address = ConversationAddress(bot: BotID(1), chat: customer)
    let now = clockTime.now
    _ = try await store.admit(
      [NewInboxEntry(sourceKeys: [], address: address, event: event, notBefore: now)], now: now)
    try await work()
  }

  static func worker(in chat: ChatID) -> Speaker { chat == person ? olga : petr }

  // MARK: What is seen

  var sent: [Sent] { sentSoFar.withLock { $0 } }

  /// The words that arrived in a chat, marks and topics left out.
  func said(in chat: ChatID) -> [String] { shown(in: chat).map(\.text) }

  func shown(in chat: ChatID) -> [Sent] {
    sent.filter { message in
      guard message.chat == chat else { return false }
      return switch message.content {
      case .text, .rich, .copy, .document: true
      case .topicName, .newTopic, .reaction, .pressAnswer: false
      }
    }
  }

  func dialogue(_ customer: ChatID) async throws -> Dialogue? {
    try await store.find(.chat(BotID(1), customer))?.stored.dialogue
  }

  // MARK: The program

  private func next() -> Int64 {
    numbers.withLock { number in
      number += 1
      return number
    }
  }

  private func work() async throws {
    while true {
      let works = try await turn.claim(limit: 10)
      for work in works { await turn.perform(work) }
      let delivered = try await deliver()
      if works.isEmpty, !delivered { return }
    }
  }

  private func deliver() async throws -> Bool {
    let now = clockTime.now
    let lease = Lease(owner: "scene", until: now + .seconds(60))
    let sends = try await store.claimSends(limit: 50, lease: lease, now: now)
    for send in sends {
      try await store.settleSend(send.id, part: send.part, settlement(of: send), now: now)
    }
    return !sends.isEmpty
  }

  private func settlement(of send: SendWork) -> SendSettlement {
    let content = send.message.parts[send.part]
    if let name = send.message.staff?.topicName, send.address.topic == nil {
      guard case .newTopic = content else { return .replacePart([.newTopic(name: name), content]) }
    }
    if let fate = fates.withLock({ $0[send.address.chat] }) { return fate }
    let id = send.edits ?? MessageID(next())
    let isLast = send.part == send.message.parts.count - 1
    sentSoFar.withLock {
      $0.append(
        Sent(
          chat: send.address.chat, topic: send.address.topic, content: content, id: id,
          replyTo: send.part == send.message.firstShown ? send.replyTo : nil, edits: send.edits,
          buttons: isLast ? send.message.buttons?.flatMap(\.self) ?? [] : []))
    }
    return .sent(id, repeated: false)
  }
}

extension InboundUpdate.Kind {
  fileprivate var address: ConversationAddress {
    switch self {
    case .message(let message), .editedMessage(let message):
      ConversationAddress(bot: BotID(1), chat: message.chat, topic: message.topic)
    case .pressed(let press): ConversationAddress(bot: BotID(1), chat: press.chat)
    case .memberChanged(let chat, _, _), .membershipChanged(let chat, _, _):
      ConversationAddress(bot: BotID(1), chat: chat)
    case .generationStopped, .topicCreated, .migrated, .ignored:
      ConversationAddress(bot: BotID(1), chat: ChatID(0))
    }
  }

  fileprivate var album: String? {
    if case .message(let message) = self { message.album } else { nil }
  }
}
