package import Conversation

/// Decides when the preview of a growing answer is shown or refreshed. Pure.
package struct PreviewPace: Equatable, Sendable {
  /// What to show.
  package enum Showing: Equatable, Sendable {
    /// That the answer is being thought about.
    case thinking
    /// The text so far.
    case text
  }

  /// The least time between two previews. Telegram limits them by undocumented figures; in
  /// practice 0.7 to 1 s works and 0.3 s does not.
  package static let interval = Duration.seconds(1)
  /// A preview disappears after 30 s unless it is refreshed.
  package static let refresh = Duration.seconds(20)

  private let start: Instant
  private var last: Instant?
  private var shown = 0
  private var ended = false

  /// Makes the pace of an answer that was begun at an instant.
  package init(start: Instant) { self.start = start }

  /// What is to be shown now, `length` being how much text there is; nil when nothing is.
  package func due(length: Int, now: Instant) -> Showing? {
    guard !ended else { return nil }
    guard let last else {
      if length > 0 { return .text }
      return now.since(start) >= Self.interval ? .thinking : nil
    }
    let passed = now.since(last)
    if length > 0, length != shown, passed >= Self.interval { return .text }
    if passed >= Self.refresh { return length > 0 ? .text : .thinking }
    return nil
  }

  /// Takes in that a preview of `length` was sent off.
  package mutating func sent(length: Int, now: Instant) {
    last = now
    shown = length
  }

  /// Takes in that there are to be no more previews.
  package mutating func end() { ended = true }
}
