package import Conversation

/// How updates become inbox entries.
package struct IntakePolicy: Sendable {
  /// Whether the people of a group share one memory, or each has their own.
  package enum GroupMemory: String, Sendable { case shared, person }

  /// The memory of groups.
  package var groupMemory: GroupMemory
  /// How long the parts of an album are waited for.
  package var albumDelay: Duration
  /// Who is told of what needs a person.
  package var administrator: ChatID?
  /// Whether operators work in a chat: all that is written there is taken in.
  package var isStaff: @Sendable (ChatID) -> Bool

  /// Makes a policy; the defaults are those of the settings.
  package init(
    groupMemory: GroupMemory = .shared, albumDelay: Duration = .seconds(1),
    administrator: ChatID? = nil, isStaff: @escaping @Sendable (ChatID) -> Bool = { _ in false }
  ) {
    self.isStaff = isStaff
    self.groupMemory = groupMemory
    self.albumDelay = albumDelay
    self.administrator = administrator
  }
}
