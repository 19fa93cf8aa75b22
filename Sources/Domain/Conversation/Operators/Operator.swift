/// Somebody who answers in the bot's place: a Telegram user, or 0 for the HTTP API.
package struct OperatorID: Identifier {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }

  /// Who acts through the HTTP API.
  package static let api = OperatorID(0)
}

/// A person who answers in the bot's place.
package struct Operator: Hashable, Sendable, Codable {
  /// Their id.
  package var id: OperatorID
  /// The name that they show.
  package var name: String

  /// Makes an operator.
  package init(id: OperatorID, name: String) {
    self.id = id
    self.name = name
  }
}

/// A message in a staff chat.
package struct StaffMessage: Hashable, Sendable, Codable {
  /// The staff chat.
  package var chat: ChatID
  /// The message's id there.
  package var id: MessageID

  /// Makes a reference.
  package init(chat: ChatID, id: MessageID) {
    self.chat = chat
    self.id = id
  }
}

/// A chat in which operators work.
package struct StaffChat: Hashable, Sendable, Codable {
  /// What kind of place it is.
  package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// An operator's private chat with the bot.
    case person
    /// A group without topics.
    case group
    /// A supergroup with topics: one for each customer.
    case forum
  }

  /// The chat.
  package var chat: ChatID
  /// What kind of place it is.
  package var kind: Kind

  /// Makes a staff chat.
  package init(chat: ChatID, kind: Kind) {
    self.chat = chat
    self.kind = kind
  }
}

/// How the people of a dialogue are addressed when none of them has just written.
package struct Audience: Hashable, Sendable, Codable {
  /// The language they read.
  package var language: Language
  /// Whether the dialogue takes place in a private chat.
  package var isPrivate: Bool

  /// Makes an audience.
  package init(language: Language, isPrivate: Bool) {
    self.language = language
    self.isPrivate = isPrivate
  }
}

/// Why a dialogue goes to a person.
package enum HandoffReason: String, Hashable, Sendable, Codable, CaseIterable {
  /// The button or the command.
  case button
  /// The person asked for it in words.
  case words
  /// The person accepted an offer.
  case offer
  /// The model asked for it.
  case model
  /// The model's answer promised it without asking for it.
  case promise
  /// The model failed, answered with nothing or filtered.
  case failure
  /// The person was not helped several times in a row.
  case complaints
  /// The person wrote more than the limit allows.
  case limit
  /// An outside program asked for it over the HTTP API.
  case api
  /// Who held the dialogue is no longer an operator, or can't be reached.
  case operatorGone
}
