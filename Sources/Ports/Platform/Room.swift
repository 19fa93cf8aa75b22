internal import Synchronization

/// How much room is left for work under way.
final class Room: Sendable {
  private let left: Atomic<Int>

  init(_ capacity: Int) { left = Atomic(capacity) }

  var free: Int { left.load(ordering: .relaxed) }

  func take(_ count: Int) { left.subtract(count, ordering: .relaxed) }

  func giveBack() { left.add(1, ordering: .relaxed) }
}
