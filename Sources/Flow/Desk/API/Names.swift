internal import Conversation

/// Who answers in a dialogue, as the systems before told it: a dialogue that waits for a person is an
/// operator's already.
enum Owner: String, CaseIterable, Sendable {
  case bot, `operator`

  init(_ status: StaffStatus) {
    switch status {
    case .bot, .closed: self = .bot
    case .waiting, .operated: self = .operator
    }
  }
}

/// The names that clients read, which stay as they are when those of the code change.
enum Names {
  static let roles = ["customer", "assistant", "operator", "note", "mark"]
  static let reasons = HandoffReason.allCases.map(name)
  static let marks = Message.Mark.allCases.map(name)
  static let deliveries = ["pending", "delivered", "repeated", "undelivered"]

  static func name(_ reason: HandoffReason) -> String {
    switch reason {
    case .button: "button"
    case .words: "words"
    case .offer: "offer"
    case .model: "model"
    case .promise: "promise"
    case .failure: "failure"
    case .complaints: "complaints"
    case .limit: "limit"
    case .api: "api"
    case .operatorGone: "operator_gone"
    }
  }

  static func name(_ cause: ReturnCause) -> String {
    switch cause {
    case .customer: "customer"
    case .operator: "operator"
    case .timeout: "timeout"
    case .forgotten: "forgotten"
    }
  }

  static func name(_ mark: Message.Mark) -> String {
    switch mark {
    case .operatorRequested: "operator_requested"
    case .operatorCame: "operator_came"
    case .botCameBack: "bot_came_back"
    case .closed: "closed"
    }
  }

  static func name(_ delivery: Message.Delivery) -> String {
    switch delivery {
    case .pending: "pending"
    case .delivered: "delivered"
    case .repeated: "repeated"
    case .undelivered: "undelivered"
    }
  }

  static func name(_ status: StaffStatus) -> String {
    switch status {
    case .bot: "bot"
    case .waiting: "waiting"
    case .operated: "operated"
    case .closed: "closed"
    }
  }

  static func status(_ name: String) -> StaffStatus? {
    StaffStatus.allCases.first { Self.name($0) == name }
  }

  /// What a refusal of the state machine means to a client.
  static func explanation(_ refusal: Refusal) -> String {
    switch refusal {
    case .staleAnswer: "The answer is no longer awaited."
    case .nothingToStop: "Nothing is being written."
    case .alreadyTaken: "Another operator holds the dialogue; with force it passes to this one."
    case .notHeld: "Nobody holds the dialogue."
    case .noOperators: "There are no operators: OPERATOR_CHAT_ID is not set."
    case .heldByPerson: "The dialogue waits for a person or one holds it; the bot does not answer."
    case .nothingSaid: "Nothing was said in the dialogue yet."
    case .tooLate: "The dialogue has moved on."
    }
  }
}
