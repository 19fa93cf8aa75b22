package import Conversation

/// Calls for a person. Whoever raises it goes on at once; how often the person is told of the same
/// trouble is decided elsewhere.
package struct Alarm: Sendable {
  /// Tells of trouble.
  package var raise: @Sendable (Trouble) -> Void

  /// Makes an alarm from its operation.
  package init(raise: @escaping @Sendable (Trouble) -> Void) { self.raise = raise }

  /// An alarm that nobody hears.
  package static let silent = Alarm { _ in }
}
