import Conversation

/// The words of the transition table for states and effects.
enum TableWords {
  static func word(_ dialogue: Dialogue) -> String {
    switch dialogue.state {
    case .bot(awaiting: nil): "idle"
    case .bot: "busy"
    case .waiting(let request): "wait\(request.stage.rawValue)"
    case .operated(let assignment):
      switch assignment.by {
      case Desk.ann: "ann"
      case Desk.bob: "bob"
      case Desk.cleo: "cleo"
      default: "somebody"
      }
    case .closed: "closed"
    }
  }

  static func word(_ effect: DialogueEffect) -> String {
    switch effect {
    case .record(let message): record(message.role)
    case .correct: "correct"
    case .remove: "remove"
    case .removeAll: "wipe"
    case .erase: "erase"
    case .nameTopic: "name"
    case .startAnswer: "job"
    case .dropAnswer: "drop"
    case .stopAnswer: "stop"
    case .deliver: "answer"
    case .say(let notice, _, _, _, _): "say:" + name(notice)
    case .tellStaff(let notice, _): "staff:" + name(notice)
    case .relayToStaff: "relay"
    case .mirror: "mirror"
    case .relayToCustomer: "words"
    case .correctSource: "correctSource"
    case .editRelayed: "reword"
    case .showStatus(let status, _): "show:" + status.rawValue
    case .confirmDelivery: "delivered"
    case .reportUndelivered(_, let blocked): blocked ? "blocked" : "undelivered"
    case .resend: "resend"
    case .log(let entry): "log:" + name(entry.kind)
    }
  }

  private static func record(_ role: Message.Role) -> String {
    switch role {
    case .customer: "said"
    case .assistant: "reply"
    case .operator: "help"
    case .note: "note"
    case .suggestion: "draft"
    case .mark(let mark): "mark:" + mark.rawValue
    }
  }

  /// A case's name, without what belongs to it.
  private static func name(_ value: some Any) -> String {
    String("\(value)".prefix { $0 != "(" })
  }
}
