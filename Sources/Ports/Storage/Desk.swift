package import Conversation

/// A way to find a dialogue.
package enum DialogueKey: Equatable, Sendable {
  /// By its number.
  case conversation(ConversationID)
  /// By a message in a staff chat that concerns it.
  case staffMessage(BotID, StaffMessage)
  /// By its topic in a staff forum.
  case staffTopic(BotID, ChatID, TopicID)
  /// By the chat in which it takes place: outside topics, else the topic in which somebody wrote
  /// last.
  case chat(BotID, ChatID)
}

/// A dialogue that was found.
package struct FoundDialogue: Equatable, Sendable {
  /// Where it takes place.
  package var address: ConversationAddress
  /// The dialogue.
  package var stored: StoredDialogue

  /// Makes a find.
  package init(address: ConversationAddress, stored: StoredDialogue) {
    self.address = address
    self.stored = stored
  }
}

/// Which dialogues are listed.
package struct DialogueQuery: Equatable, Sendable {
  /// The state that is asked for; `waiting` and `operated` come in the order of their beginning,
  /// everything else by number.
  package var state: StaffStatus?
  /// Only those that this operator holds.
  package var heldBy: OperatorID?
  /// Only those that take place in this chat.
  package var chat: ChatID?
  /// Only those after this one in the order.
  package var after: ConversationID?
  /// How many at most.
  package var limit: Int

  /// Makes a query.
  package init(
    state: StaffStatus? = nil, heldBy: OperatorID? = nil, chat: ChatID? = nil,
    after: ConversationID? = nil, limit: Int
  ) {
    self.state = state
    self.heldBy = heldBy
    self.chat = chat
    self.after = after
    self.limit = limit
  }
}

/// A dialogue in a list.
package struct DialogueSummary: Equatable, Sendable {
  /// Where it takes place.
  package var address: ConversationAddress
  /// The dialogue.
  package var dialogue: Dialogue
  /// Who wrote last on the customer's side; nil when nothing of theirs is kept.
  package var customer: Speaker?

  /// Makes a summary.
  package init(address: ConversationAddress, dialogue: Dialogue, customer: Speaker?) {
    self.address = address
    self.dialogue = dialogue
    self.customer = customer
  }
}

/// A dialogue whose time has come.
package struct DueTimer: Equatable, Sendable {
  /// Where it takes place.
  package var address: ConversationAddress
  /// Its number.
  package var conversation: ConversationID
  /// When its time came.
  package var at: Instant

  /// Makes an entry.
  package init(address: ConversationAddress, conversation: ConversationID, at: Instant) {
    self.address = address
    self.conversation = conversation
    self.at = at
  }
}

/// An entry of the log with its number, by which readers go on.
package struct NumberedLogEntry: Equatable, Sendable {
  /// Its number, ascending, never given twice.
  package var number: Int64
  /// The entry.
  package var entry: DeskLogEntry

  /// Makes an entry.
  package init(number: Int64, entry: DeskLogEntry) {
    self.number = number
    self.entry = entry
  }
}

/// An answer that operators keep ready.
package struct CannedAnswer: Equatable, Sendable {
  /// Its short name, lower case.
  package var name: String
  /// Its words.
  package var text: String

  /// Makes an answer.
  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// Somebody who acted as an operator.
package struct KnownOperator: Equatable, Sendable {
  /// Who.
  package var `operator`: Operator
  /// The staff chat in which they acted last.
  package var chat: ChatID?

  /// Makes an entry.
  package init(operator: Operator, chat: ChatID?) {
    self.operator = `operator`
    self.chat = chat
  }
}
