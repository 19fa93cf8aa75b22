internal import Conversation
internal import Handoff

/// What people's words say about wanting a person.
struct CustomerWishes: Sendable {
  private let recognizer = HandoffRecognizer()

  func wish(in text: String) -> CustomerMessage.Wish {
    let wanted: CustomerMessage.Wish.Operator =
      switch recognizer.verdict(on: text) {
      case .handoff: .certain
      case .ambiguous: .perhaps
      case .notHandoff: .none
      }
    return CustomerMessage.Wish(
      operator: wanted, isComplaint: DidNotHelp.saysItDidNotHelp(text),
      gist: DidNotHelp.gist(of: text))
  }
}
