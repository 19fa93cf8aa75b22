import Conversation

/// Operators, their chats and what they do, for the state machine's tests.
enum Desk {
  static let now = Fixture.now
  static let ann = Operator(id: OperatorID(11), name: "Ann")
  static let bob = Operator(id: OperatorID(12), name: "Bob")
  static let cleo = Operator(id: OperatorID(13), name: "Cleo")
  /// Ann's private chat; a forum; a group, which is told first of conversation 7.
  static let annsChat = ChatID(100)
  static let forum = ChatID(-300)
  static let group = ChatID(-400)
  /// A chat that is not configured.
  static let strange = ChatID(-999)

  static let chats = [
    StaffChat(chat: annsChat, kind: .person), StaffChat(chat: forum, kind: .forum),
    StaffChat(chat: group, kind: .group),
  ]
  static let staff = StaffPolicy(
    chats: chats, complaintLimit: 1, timeout: .seconds(7_200), reminder: .seconds(300),
    asksForRating: true)
  static let policy = DialoguePolicy(staff: staff)
  static let nobody = DialoguePolicy()
  static let audience = Audience(language: .english, isPrivate: true)
  static let place = CustomerMessage.Place(chat: ChatID(5), topic: nil, isPrivate: true)

  /// The settings with some of them changed.
  static func policy(_ change: (inout StaffPolicy) -> Void) -> DialoguePolicy {
    var staff = staff
    change(&staff)
    return DialoguePolicy(staff: staff)
  }

  static func at(_ seconds: Int) -> Instant { now + .seconds(seconds) }

  static func does(
    _ action: OperatorAction, _ person: Operator = ann, in chat: ChatID? = annsChat,
    at: Instant = now
  ) -> DialogueEvent {
    .operatorActed(action, by: person, in: chat, audience: audience, at: at)
  }

  static func words(_ text: String, _ message: Int64 = 500) -> OperatorMessage {
    OperatorMessage(text: text, source: StaffMessage(chat: annsChat, id: MessageID(message)))
  }

  static func chooses(
    _ choice: CustomerChoice, isPrivate: Bool = true, at: Instant = now
  ) -> DialogueEvent {
    let place = CustomerMessage.Place(chat: ChatID(5), topic: nil, isPrivate: isPrivate)
    return .customerChose(choice, by: Fixture.speaker(), place: place, at: at)
  }

  static func asks(
    _ text: String, _ messageID: Int64, wish: CustomerMessage.Wish = .init(),
    attachments: [Attachment] = [], person: Int64 = 5, isPrivate: Bool = true, at: Instant = now
  ) -> DialogueEvent {
    .customerWrote(
      CustomerMessage(
        content: .question(text: text, quoted: nil, attachments: attachments),
        messageID: MessageID(messageID), speaker: Fixture.speaker(person), at: at,
        place: .init(chat: ChatID(5), topic: nil, isPrivate: isPrivate), wish: wish))
  }

  static func calls(_ messageID: Int64, isPrivate: Bool = true) -> DialogueEvent {
    Fixture.commands(.operator, messageID, isPrivate: isPrivate)
  }

  /// A dialogue after some events, none of which may be refused.
  static func dialogue(
    _ events: [DialogueEvent], _ policy: DialoguePolicy = policy
  ) throws -> Dialogue {
    var dialogue = Fixture.fresh
    for event in events { _ = try dialogue.apply(event, policy: policy) }
    return dialogue
  }
}

extension DialogueEffect {
  var logged: DeskLogEntry? { if case .log(let entry) = self { entry } else { nil } }
  var relayedTo: [ChatID]? { if case .relayToStaff(let chats) = self { chats } else { nil } }
  var told: StaffNotice? { if case .tellStaff(let notice, _) = self { notice } else { nil } }
  var toldIn: [ChatID]? { if case .tellStaff(_, let chats) = self { chats } else { nil } }

  /// The staff chats that it reaches; nil for what reaches none by name.
  var staffChats: [ChatID]? {
    switch self {
    case .tellStaff(_, let chats), .relayToStaff(let chats), .mirror(_, _, let chats),
      .showStatus(_, let chats):
      chats
    case .record, .correct, .remove, .removeAll, .erase, .nameTopic, .startAnswer, .dropAnswer,
      .stopAnswer, .deliver, .say, .relayToCustomer, .correctSource, .editRelayed,
      .confirmDelivery, .reportUndelivered, .resend, .log:
      nil
    }
  }
}
