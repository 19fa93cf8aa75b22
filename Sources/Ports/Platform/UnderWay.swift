internal import Synchronization

/// Which pieces of work are under way in this process.
package final class UnderWay<ID: Hashable & Sendable>: Sendable {
  private let ids = Mutex<Set<ID>>([])

  /// Makes an empty set.
  package init() {}

  /// Adds a piece of work; false when it is under way already.
  package func insert(_ id: ID) -> Bool { ids.withLock { $0.insert(id).inserted } }

  /// Removes a piece of work.
  package func remove(_ id: ID) { ids.withLock { _ = $0.remove(id) } }
}
