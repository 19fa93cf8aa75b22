import Conversation
import Storage

/// Keeps account of every question: none may leave a dialogue without an end that the person sees.
struct Ledger: Sendable {
  private var dialogues: [ConversationID: Dialogue] = [:]
  /// What should not have happened.
  private(set) var violations: [String] = []

  /// Takes in a step that was committed.
  mutating func take(_ step: Step) {
    let after = step.dialogue
    let before = dialogues[after.id] ?? Dialogue(id: after.id)
    dialogues[after.id] = after
    let notices = step.outbox.contains { $0.isNotice }
    let cleared = after.contextStart != before.contextStart
    // A burst is answered at its newest question.
    let answered = step.answered.flatMap { newest in before.burst(endingAt: newest) }
    let unreachable = before.reachable && !after.reachable
    for question in before.open.subtracting(after.open) {
      if !answered.contains(question), !notices, !cleared, !unreachable {
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

  /// Questions that still wait for something.
  var open: Int { dialogues.values.map(\.open.count).reduce(0, +) }
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
    case .bot(awaiting: nil), .operated, .closed: break
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

  fileprivate var answered: Set<Position> {
    Set(
      appended.compactMap {
        if case .assistant(let question, _) = $0.role { question } else { nil }
      })
  }
}

extension NewOutboxEntry {
  fileprivate var isNotice: Bool {
    switch self {
    case .answer: false
    case .send(let message): message.position == nil
    }
  }
}
