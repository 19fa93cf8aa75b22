internal import Synchronization

/// What is wrong just now, as the parts of the program report it.
package final class Health: Sendable {
  /// A part that can be in trouble.
  package enum Part: String, Sendable, CaseIterable {
    case intake, model, store, telegram
  }

  /// Whether the program takes part in traffic.
  package enum Phase: String, Sendable { case starting, serving, stopping }

  private struct State {
    var phase = Phase.starting
    var problems: [Part: String] = [:]
  }

  private let state = Mutex(State())

  /// Makes the board of a program that is starting.
  package init() {}

  /// Enters a phase.
  package func enter(_ phase: Phase) { state.withLock { $0.phase = phase } }

  /// Reports trouble of a part, in a constant of the program, or with nil that it is over.
  package func report(_ part: Part, _ problem: StaticString?) {
    state.withLock { $0.problems[part] = problem?.description }
  }

  /// The phase.
  package var phase: Phase { state.withLock { $0.phase } }

  /// The parts in trouble, with what is wrong.
  package var problems: [Part: String] { state.withLock { $0.problems } }
}
