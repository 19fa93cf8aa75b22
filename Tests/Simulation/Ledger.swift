import Conversation
import Gateways
import Storage

/// Keeps account of every question: none may leave a dialogue without an end that the person sees.
struct Ledger: Sendable {
  /// A customer's message that a staff chat is to read.
  struct Owed: Hashable, Sendable {
    var word: String
    var chat: ChatID
  }

  /// A stretch of what arrived during which a person held a customer's dialogue.
  struct Held: Sendable {
    var conversation: ConversationID
    var customer: ChatID
    var from: Int
    var to: Int?
  }

  private var dialogues: [ConversationID: Dialogue] = [:]
  /// What should not have happened.
  private(set) var violations: [String] = []
  /// What was added to the log of customers and operators.
  private(set) var log: [DeskLogEntry] = []
  private(set) var owed: Set<Owed> = []
  private(set) var held: [Held] = []
  /// Who may read of a customer.
  private(set) var readers: [ChatID: Set<ChatID>] = [:]
  private var customers: [ConversationID: ChatID] = [:]

  /// Takes in a step that was committed when so many messages had arrived.
  mutating func take(_ step: Step, arrived: Int) {
    let after = step.dialogue
    let before = dialogues[after.id] ?? Dialogue(id: after.id)
    dialogues[after.id] = after
    log += step.log
    takeQuestions(step, before, after)
    takePeople(step, before, after, arrived)
  }

  /// Questions that still wait for something.
  var open: Int { dialogues.values.map(\.open.count).reduce(0, +) }

  private mutating func takeQuestions(_ step: Step, _ before: Dialogue, _ after: Dialogue) {
    let notices = step.outbox.contains { $0.isNotice }
    let cleared = after.contextStart != before.contextStart
    // A burst is answered at its newest question.
    let answered = step.answered.flatMap { newest in before.burst(endingAt: newest) }
    let unreachable = before.reachable && !after.reachable
    for question in before.open.subtracting(after.open) {
      // Only the newest of many that operators read are kept for the bot as well.
      let isRead = before.timer != nil && after.timer != nil && after.open.count >= 20
      let isOperators = step.isByOperator
      if !answered.contains(question), !notices, !cleared, !unreachable, !isRead, !isOperators {
        violations.append("question \(question) of \(after.id) ended in silence")
      }
    }
    for message in step.asked where !after.open.contains(message.position) {
      guard case .customer(let speaker) = message.role else { continue }
      let wasRefused = after.recent.contains { $0.person == speaker.id && $0.refused }
      if !notices, !wasRefused {
        violations.append("question \(message.position) of \(after.id) was passed over")
      }
    }
  }

  private mutating func takePeople(
    _ step: Step, _ before: Dialogue, _ after: Dialogue, _ arrived: Int
  ) {
    for message in step.asked {
      guard case .customer(let speaker) = message.role else { continue }
      customers[after.id] = People.chats.first { abs($0.rawValue) == speaker.id.rawValue }
    }
    guard let customer = customers[after.id] else { return }
    readers[customer, default: []].formUnion(before.staffReaders + after.staffReaders)
    if let chat = before.desk?.assistance?.chat { readers[customer]?.insert(chat) }
    if before.status == .waiting || before.status == .operated { expectReaders(step, before) }
    if before.status != .operated, after.status == .operated {
      held.append(Held(conversation: after.id, customer: customer, from: arrived))
    }
    if before.status == .operated, after.status != .operated,
      let index = held.lastIndex(where: { $0.conversation == after.id })
    {
      held[index].to = arrived
    }
    let ends = before.status == .waiting && after.status != .waiting
    if ends, after.reachable, !step.outbox.contains(where: { $0.isNotice }) {
      violations.append("the request of \(after.id) ended in silence")
    }
  }

  /// While a person is wanted or there, every message goes to all staff chats that read along.
  private mutating func expectReaders(_ step: Step, _ before: Dialogue) {
    for message in step.asked {
      guard let word = Words.all(in: message.text).last else { continue }
      for chat in step.dialogue.staffReaders {
        if step.relays(message, to: chat) {
          owed.insert(Owed(word: word, chat: chat))
        } else if !step.outbox.contains(where: { $0.tells(chat, of: word) }) {
          violations.append("\(word) is not on its way to \(chat)")
        }
      }
    }
  }
}

extension WorldState.Contents {
  mutating func committed(_ step: Step) { ledger.take(step, arrived: arrivals.count) }
}

extension Dialogue {
  fileprivate func burst(endingAt newest: Position) -> [Position] {
    guard case .bot(let awaited?) = state, awaited.job.question.position == newest else {
      return []
    }
    return awaited.job.questions.map(\.position)
  }

  fileprivate var open: Set<Position> {
    var positions = Set(queue.map(\.position))
    switch state {
    case .bot(let awaited?): positions.formUnion(awaited.job.questions.map(\.position))
    case .waiting(let request): positions.formUnion(request.unheard.map(\.position))
    case .operated(let assignment): positions.formUnion(assignment.unheard.map(\.position))
    case .bot(awaiting: nil), .closed: break
    }
    return positions
  }
}

extension Step {
  private var appended: [Message] {
    transcript.compactMap { if case .append(let message) = $0 { message } else { nil } }
  }

  fileprivate var asked: [Message] {
    appended.filter { if case .customer = $0.role { true } else { false } }
  }

  /// Whether an operator writes to the customer with it.
  fileprivate var isByOperator: Bool {
    appended.contains { if case .operator = $0.role { true } else { false } }
  }

  fileprivate var answered: Set<Position> {
    Set(
      appended.compactMap {
        if case .assistant(let question, _) = $0.role { question } else { nil }
      })
  }

  fileprivate func relays(_ message: Message, to chat: ChatID) -> Bool {
    outbox.contains { entry in
      guard case .send(let sent) = entry, sent.staff?.chat == chat,
        case .toStaff(let ids) = sent.relay
      else { return false }
      return message.messageID.map { ids.contains($0) } ?? false
    }
  }
}

extension NewOutboxEntry {
  /// Whether it tells the customer something that is no answer of the bot.
  fileprivate var isNotice: Bool {
    switch self {
    case .answer: false
    case .send(let message): message.position == nil && message.staff == nil
    }
  }

  fileprivate func tells(_ chat: ChatID, of word: String) -> Bool {
    guard case .send(let message) = self, message.staff?.chat == chat else { return false }
    return message.parts.contains {
      Words.all(in: WorldState.Arrival($0, chat: chat).text).contains(word)
    }
  }
}
