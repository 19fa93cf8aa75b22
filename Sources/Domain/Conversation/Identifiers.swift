/// The identifiers of Switchboard. Each is a number with a type of its own, so that one can't be
/// taken for another; all are stored and sent as bare numbers.
package protocol Identifier: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
  /// The number.
  var rawValue: Int64 { get }
  /// Wraps a number.
  init(_ rawValue: Int64)
}

extension Identifier {
  package var description: String { String(rawValue) }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(Int64.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// A Telegram bot; its user id.
package struct BotID: Identifier {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// A Telegram chat: positive for a person's private chat, negative for groups.
package struct ChatID: Identifier {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// A topic of a forum or of a private chat; Telegram's `message_thread_id`.
package struct TopicID: Identifier {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// A Telegram user, or a chat that speaks for itself (an anonymous administrator).
package struct PersonID: Identifier {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// A message inside its chat; Telegram's `message_id`.
package struct MessageID: Identifier {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// A conversation in our storage. A surrogate, so that it survives a change of its address.
package struct ConversationID: Identifier {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

/// Where a message stands in its conversation's transcript, counted from 1.
package struct Position: Identifier {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }

  /// The position after this one.
  package var next: Position { Position(rawValue + 1) }
}

/// One attempt of the program to answer one question.
package struct AnswerJobID: Identifier {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }

  /// The id of a conversation's `ordinal`-th job, counted from 1.
  ///
  /// It is made of both numbers, so that it needs no source of randomness and is unique over all
  /// conversations. 20 bits hold a million jobs before an old number returns, long after its job
  /// has ended; with 52 bits in all it stays exact in every JSON reader.
  package init(conversation: ConversationID, ordinal: Int64) {
    rawValue = conversation.rawValue << 20 | (ordinal & 0xFFFFF)
  }

  /// The `draft_id` of this job's preview; never zero, as Telegram demands.
  package var draftID: Int64 { rawValue }
}

/// Where a conversation takes place.
package struct ConversationAddress: Hashable, Sendable, Codable {
  /// The bot that takes part.
  package var bot: BotID
  /// The chat.
  package var chat: ChatID
  /// The topic; nil outside topics.
  package var topic: TopicID?
  /// The person, where each person of a group has a memory of their own; else nil.
  package var person: PersonID?

  /// Makes an address.
  package init(bot: BotID, chat: ChatID, topic: TopicID? = nil, person: PersonID? = nil) {
    self.bot = bot
    self.chat = chat
    self.topic = topic
    self.person = person
  }
}
