internal import Synchronization

/// Which pieces of work are under way in this process.
package final class UnderWay<ID: Hashable & Sendable>: Sendable {
  private let tries = Mutex<[ID: Int]>([:])

  /// Makes an empty set.
  package init() {}

  /// Adds a try at a piece of work; false, and nothing is added, when it would have to be the only
  /// one and is not.
  package func begin(_ id: ID, onlyIfAlone: Bool) -> Bool {
    tries.withLock { tries in
      if onlyIfAlone, tries[id] != nil { return false }
      tries[id, default: 0] += 1
      return true
    }
  }

  /// Takes away a try.
  package func end(_ id: ID) {
    tries.withLock { tries in
      guard let count = tries[id] else { return }
      tries[id] = count > 1 ? count - 1 : nil
    }
  }
}
