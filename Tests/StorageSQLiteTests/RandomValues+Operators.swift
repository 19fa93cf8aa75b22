import Conversation
import Gateways
import Storage

/// Random values of what is stored about operators.
extension RandomValues {
  mutating func dialogueState() -> DialogueState {
    switch below(4) {
    case 0: .bot(awaiting: maybe { .init(job: $0.job(), appeared: $0.bool()) })
    case 1: .waiting(request())
    case 2: .operated(assignment())
    default: .closed(at: time())
    }
  }

  private mutating func request() -> HandoffRequest {
    HandoffRequest(
      since: time(), reason: one(of: HandoffReason.allCases), announcedIn: some { $0.id() },
      lastSign: time(), stage: one(of: HandoffRequest.Stage.allCases), due: time(),
      place: maybe { $0.int() }, unheard: some { $0.question() })
  }

  private mutating func assignment() -> Assignment {
    Assignment(
      by: person(), chat: maybe { $0.id() }, requestedAt: maybe { $0.time() }, since: time(),
      lastSign: time(), due: time(), hasAnswered: bool(), unansweredSince: maybe { $0.time() },
      unheard: some { $0.question() })
  }

  mutating func deskMemory() -> DeskMemory {
    var memory = DeskMemory(
      audience: Audience(language: one(of: Language.allCases), isPrivate: bool()))
    memory.customer = maybe { $0.speaker() }
    memory.forums = some { $0.id() }
    memory.isBanned = bool()
    memory.wasToldOfBan = bool()
    memory.complaints = int()
    memory.assistance = maybe { random in
      .init(
        random.one(of: AnswerJob.Assistance.allCases), job: random.id(),
        chat: random.maybe { $0.id() })
    }
    memory.awaitsComment = bool()
    memory.awaitsRating = bool()
    memory.suggestion = maybe { $0.id() }
    memory.declinedAt = maybe { $0.time() }
    memory.lastOperator = maybe { $0.person() }
    memory.returns = int()
    return memory
  }

  private mutating func person() -> Operator { Operator(id: id(), name: text()) }

  private mutating func staffMessage() -> StaffMessage { StaffMessage(chat: id(), id: id()) }

  mutating func button() -> InlineButton { InlineButton(text(), data: text()) }

  mutating func destination() -> StaffDestination {
    StaffDestination(chat: id(), topicName: maybe { $0.text() })
  }

  mutating func relay() -> Relay {
    bool() ? .toStaff(some { $0.id() }) : .toCustomer(maybe { $0.staffMessage() })
  }

  mutating func reference() -> RelayReference {
    switch below(3) {
    case 0: .replyToCustomer(id())
    case 1: .replyToStaff(staffMessage())
    default: .edit(staffMessage())
    }
  }

  mutating func slot() -> Slot { Slot(one(of: [.queue, .request]), isNew: bool()) }

  mutating func logKind() -> DeskLogEntry.Kind {
    let kinds: [DeskLogEntry.Kind] = [
      .requested(one(of: HandoffReason.allCases)), .withdrawn,
      .taken(id(), waited: maybe { Int64($0.int()) }), .passed(from: id(), to: id()),
      .customerWrote,
      .answered(id(), first: maybe { Int64($0.int()) }, next: maybe { Int64($0.int()) }),
      .returned(one(of: ReturnCause.allCases), maybe { $0.id() }),
      .closed(maybe { $0.id() }, resolution: maybe { Int64($0.int()) }), .reminded, .unclaimed,
      .undelivered, .rated(int()),
    ]
    return one(of: kinds)
  }
}
