package import Conversation

/// What the buttons under messages carry, at most 64 bytes as Telegram allows.
package enum ButtonData: Equatable, Sendable {
  /// A customer's choice.
  case customer(CustomerChoice)
  /// Something that an operator does with a dialogue.
  case staff(StaffButton, ConversationID)

  /// A button that operators see.
  package enum StaffButton: Equatable, Sendable {
    case take, transcript, draft, summary, release, close
    /// Send again what stands at a position and was not delivered.
    case resend(Position)
    /// What becomes of the suggestion at a position.
    case sendSuggestion(Position)
    case editSuggestion(Position)
    case dropSuggestion(Position)
    /// Give the dialogue to this operator.
    case pass(OperatorID)
  }

  /// The words for the wire.
  package var text: String {
    switch self {
    case .customer(let choice): "c:" + choice.code
    case .staff(let button, let conversation): "s:\(conversation):" + button.code
    }
  }

  /// Reads what a button carries; nil when it is none of ours.
  package init?(_ text: String) {
    let parts = text.split(separator: ":").map(String.init)
    switch (parts.first, parts.count) {
    case ("c", 2...):
      guard let choice = CustomerChoice(code: parts.dropFirst()) else { return nil }
      self = .customer(choice)
    case ("s", 3...):
      guard let number = Int64(parts[1]), let button = StaffButton(code: parts.dropFirst(2))
      else { return nil }
      self = .staff(button, ConversationID(number))
    default: return nil
    }
  }
}

extension CustomerChoice {
  fileprivate var code: String {
    switch self {
    case .acceptOperator: "yes"
    case .declineOperator: "no"
    case .keepBot: "bot"
    case .rate(let stars): "rate:\(stars)"
    case .comment: "comment"
    }
  }

  fileprivate init?(code: ArraySlice<String>) {
    switch (code.first, code.dropFirst().first.flatMap { Int($0) }) {
    case ("yes", nil): self = .acceptOperator
    case ("no", nil): self = .declineOperator
    case ("bot", nil): self = .keepBot
    case ("comment", nil): self = .comment
    case ("rate", let stars?): self = .rate(stars)
    default: return nil
    }
  }
}

extension ButtonData.StaffButton {
  fileprivate var code: String {
    switch self {
    case .take: "take"
    case .transcript: "log"
    case .draft: "draft"
    case .summary: "sum"
    case .release: "bot"
    case .close: "close"
    case .resend(let position): "again:\(position)"
    case .sendSuggestion(let position): "send:\(position)"
    case .editSuggestion(let position): "edit:\(position)"
    case .dropSuggestion(let position): "drop:\(position)"
    case .pass(let person): "pass:\(person)"
    }
  }

  fileprivate init?(code: ArraySlice<String>) {
    let number = code.dropFirst().first.flatMap { Int64($0) }
    switch (code.first, number) {
    case ("take", nil): self = .take
    case ("log", nil): self = .transcript
    case ("draft", nil): self = .draft
    case ("sum", nil): self = .summary
    case ("bot", nil): self = .release
    case ("close", nil): self = .close
    case ("again", let number?): self = .resend(Position(number))
    case ("send", let number?): self = .sendSuggestion(Position(number))
    case ("edit", let number?): self = .editSuggestion(Position(number))
    case ("drop", let number?): self = .dropSuggestion(Position(number))
    case ("pass", let number?): self = .pass(OperatorID(number))
    default: return nil
    }
  }
}
