/// One turn of what a model is told.
package struct ContextTurn: Equatable, Sendable {
  /// Who speaks.
  package enum Role: String, Equatable, Sendable { case system, user, assistant }

  /// Who speaks.
  package var role: Role
  /// What is said.
  package var text: String

  /// Makes a turn.
  package init(role: Role, text: String) {
    self.role = role
    self.text = text
  }
}
