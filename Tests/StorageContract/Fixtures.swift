package import Conversation
import Gateways
package import Storage

let bot = BotID(1000)
let start = Instant(seconds: 1_800_000_000)
let person = Speaker(id: PersonID(7), name: "Анна 🙂", language: .russian)

/// `seconds` after the beginning of a case.
func at(_ seconds: Int64) -> Instant { start + .seconds(seconds) }

func lease(_ owner: String = "a", until seconds: Int64 = 60) -> Lease {
  Lease(owner: owner, until: at(seconds))
}

func chat(_ number: Int64, topic: Int64? = nil, person: Int64? = nil) -> ConversationAddress {
  ConversationAddress(
    bot: bot, chat: ChatID(number), topic: topic.map { TopicID($0) },
    person: person.map { PersonID($0) })
}

func event(_ number: Int64) -> InboxEvent {
  .update(InboundUpdate(id: number, kind: .ignored(kind: "событие \(number)")))
}

func entry(
  _ number: Int64, in address: ConversationAddress = chat(1), keys: [String]? = nil,
  album: String? = nil, notBefore: Instant = start, askedAt: Instant? = nil
) -> NewInboxEntry {
  NewInboxEntry(
    sourceKeys: keys ?? ["update:\(number)"], address: address, event: event(number),
    album: album, notBefore: notBefore, askedAt: askedAt)
}

func text(_ string: String) -> MessageContent { .text(FormattedText(string)) }

func send(
  _ parts: String..., position: Int64? = nil, replaces: Int64? = nil, askedAt: Instant? = nil
) -> NewOutboxEntry {
  .send(
    OutboxMessage(
      parts: parts.map(text), replyTo: MessageID(5), keyboard: [["a", "b"]],
      position: position.map { Position($0) }, replaces: replaces.map { Position($0) },
      askedAt: askedAt))
}

func question(
  _ position: Int64, by speaker: Speaker = person, at time: Instant = start
) -> Question {
  Question(
    position: Position(position), messageID: MessageID(position), person: speaker.id,
    language: speaker.language, at: time, isPrivate: true,
    attachments: [Attachment(.photo, fileID: "file of \(speaker.name)")])
}

func customerMessage(
  _ position: Int64, _ text: String = "вопрос", by speaker: Speaker = person
) -> Message {
  Message(
    position: Position(position), role: .customer(speaker), text: text, quoted: "цитата",
    messageID: MessageID(100 + position), at: at(position))
}

func answerMessage(_ position: Int64, to question: Int64) -> Message {
  Message(
    position: Position(position), role: .assistant(question: Position(question), stopped: false),
    text: "ответ", at: at(position), delivery: .pending)
}

extension Store {
  /// Records what became of the part that was taken.
  package func settleSend(
    _ work: SendWork, _ settlement: SendSettlement, now: Instant
  ) async throws(StoreError) {
    try await settleSend(work.id, part: work.part, settlement, now: now)
  }

  /// Takes everything that is due; the numbers of the updates, by piece of work.
  func claimUpdates(now: Instant = start, until seconds: Int64 = 60) async throws -> [[Int64]] {
    try await claim(limit: 100, lease: lease(until: seconds), now: now).map { work in
      work.entries.map { entry in
        guard case .update(let update) = entry.event else { return -1 }
        return update.id
      }
    }
  }

  /// Commits a step on the dialogue at an address, whose state it may change.
  @discardableResult
  func step(
    _ address: ConversationAddress = chat(1), transcript: [Step.TranscriptChange] = [],
    outbox: [NewOutboxEntry] = [], interruptions: [AnswerJobID: Interruption] = [:],
    completing: [InboxID] = [], log: [DeskLogEntry] = [], resending: [Position] = [],
    erasing: PersonID? = nil, now: Instant = start,
    change: (inout Dialogue) -> Void = { _ in }
  ) async throws -> ConversationID {
    let loaded = try await load(address)
    var dialogue = loaded.dialogue
    change(&dialogue)
    try await commit(
      Step(
        expectedVersion: loaded.version, dialogue: dialogue, transcript: transcript,
        outbox: outbox, interruptions: interruptions, completing: completing, log: log,
        resending: resending, erasing: erasing),
      now: now)
    return dialogue.id
  }

  /// Puts an answer job for a new question into the outbox of the conversation at an address.
  func ask(
    _ address: ConversationAddress = chat(1), ordinal: Int64 = 1, by speaker: Speaker = person,
    at time: Instant = start
  ) async throws -> AnswerJob {
    let id = try await load(address).dialogue.id
    let job = AnswerJob(
      id: AnswerJobID(conversation: id, ordinal: ordinal),
      questions: [question(1, by: speaker, at: time)], contextStart: Position(1))
    try await step(address, outbox: [.answer(job)], now: time) {
      $0.state = .bot(awaiting: .init(job: job))
    }
    return job
  }

  /// The first parts of what may be sent, as plain text.
  func claimTexts(now: Instant = start, until seconds: Int64 = 60) async throws -> [String] {
    try await claimSends(limit: 100, lease: lease(until: seconds), now: now).map(\.text)
  }

  func transcript(_ id: ConversationID) async throws -> [Message] {
    try await transcript(id, from: Position(0), through: Position(1000), limit: 1000)
  }
}

extension SendWork {
  /// The part that comes now, as plain text.
  var text: String {
    guard case .text(let formatted) = message.parts[part] else { return "" }
    return formatted.text
  }
}
