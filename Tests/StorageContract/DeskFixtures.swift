import Conversation
import Gateways
import Storage

let olga = Operator(id: OperatorID(50), name: "Ольга")
let pavel = Operator(id: OperatorID(51), name: "Павел")
/// A staff chat.
let desk = ChatID(-500)

func waiting(since seconds: Int64, due: Int64 = 1000) -> DialogueState {
  .waiting(
    HandoffRequest(
      since: at(seconds), reason: .button, announcedIn: [desk], lastSign: at(seconds),
      due: at(due)))
}

func operated(
  by holder: Operator = olga, since seconds: Int64, due: Int64 = 1000, in chat: ChatID? = desk
) -> DialogueState {
  .operated(
    Assignment(
      by: holder, chat: chat, requestedAt: nil, since: at(seconds), lastSign: at(seconds),
      due: at(due)))
}

/// A message to a staff chat.
func toStaff(
  _ parts: MessageContent..., in chat: ChatID = desk, topic: String? = nil,
  relay: Relay? = .toStaff([]), refersTo: RelayReference? = nil, slot: Slot? = nil,
  merges: Bool? = nil, isMinor: Bool? = nil
) -> OutboxMessage {
  OutboxMessage(
    parts: parts, staff: StaffDestination(chat: chat, topicName: topic), relay: relay,
    refersTo: refersTo, slot: slot, merges: merges, isMinor: isMinor)
}

/// A message of an operator to the customer.
func toCustomer(
  _ parts: MessageContent..., from source: Int64? = nil, position: Int64? = nil,
  refersTo: RelayReference? = nil, slot: Slot? = nil
) -> OutboxMessage {
  OutboxMessage(
    parts: parts, position: position.map { Position($0) },
    relay: .toCustomer(source.map { staffMessage($0) }), refersTo: refersTo, slot: slot)
}

func staffMessage(_ id: Int64, in chat: ChatID = desk) -> StaffMessage {
  StaffMessage(chat: chat, id: MessageID(id))
}

extension Store {
  /// Puts messages into the outbox of the conversation at an address.
  @discardableResult
  func say(
    _ messages: OutboxMessage..., at address: ConversationAddress = chat(1), now: Instant = start
  ) async throws -> ConversationID {
    try await step(address, outbox: messages.map { .send($0) }, now: now)
  }

  /// Takes the one message that is due.
  func take(now: Instant = start) async throws -> SendWork {
    let works = try await claimSends(limit: 9, lease: lease(until: 100_000_000), now: now)
    try expectEqual(works.count, 1, "what is due")
    return works[0]
  }

  /// Takes the one message that is due, and settles its part as sent.
  @discardableResult
  func deliver(as id: Int64, repeated: Bool = false, now: Instant = start) async throws -> SendWork
  {
    let work = try await take(now: now)
    try await settleSend(work, .sent(MessageID(id), repeated: repeated), now: now)
    return work
  }

  /// Puts one message into the outbox and sends it, all its parts under numbers from `id` on.
  func bring(
    _ message: OutboxMessage, as id: Int64, at address: ConversationAddress = chat(1),
    now: Instant = start
  ) async throws {
    try await say(message, at: address, now: now)
    for part in message.parts.indices { try await deliver(as: id + Int64(part), now: now) }
  }

  /// Takes all events that have come, and where; and completes them.
  func events(now: Instant = start) async throws -> [InboxEvent] {
    var events: [InboxEvent] = []
    while true {
      let works = try await claim(limit: 9, lease: lease(until: 100_000_000), now: now)
      guard !works.isEmpty else { return events }
      for work in works {
        events += work.entries.map(\.event)
        try await step(work.address, completing: work.entries.map(\.id), now: now)
      }
    }
  }

  /// The conversation to which a message of the staff chat leads.
  func conversation(of id: Int64, in chat: ChatID = desk) async throws -> ConversationID? {
    try await find(.staffMessage(bot, staffMessage(id, in: chat)))?.stored.dialogue.id
  }
}
