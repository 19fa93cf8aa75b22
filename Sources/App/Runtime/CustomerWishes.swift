internal import Conversation
internal import Handoff

/// What people's words say about wanting a person.
struct CustomerWishes: Sendable {
  /// Whether there is somebody whom complaints could call.
  let hasOperators: Bool
  private let recognizer = HandoffRecognizer()

  func wish(in text: String) -> CustomerMessage.Wish {
    let wanted: CustomerMessage.Wish.Operator =
      switch recognizer.verdict(on: text) {
      case .handoff: .certain
      case .ambiguous: .perhaps
      case .notHandoff: .none
      }
    guard hasOperators else { return CustomerMessage.Wish(operator: wanted) }
    return CustomerMessage.Wish(
      operator: wanted, isRefusal: TakingBack.isSaid(in: text),
      isComplaint: DidNotHelp.saysItDidNotHelp(text),
      gist: DidNotHelp.gist(of: text))
  }
}
