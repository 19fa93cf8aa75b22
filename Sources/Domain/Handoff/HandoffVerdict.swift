/// What a person's words say about wanting a human operator.
package enum HandoffVerdict: String, Equatable, Sendable {
  /// The person asks for a human.
  case handoff
  /// The words can be read both ways: a human is offered, not called.
  case ambiguous
  /// The person wants something else.
  case notHandoff = "not_handoff"
}
