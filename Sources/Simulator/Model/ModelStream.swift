internal import Synchronization

/// The steps of a stream that have not been taken.
final class StepQueue: Sendable {
  private let steps: Mutex<ArraySlice<ModelStep>>

  init(_ steps: [ModelStep]) { self.steps = Mutex(steps[...]) }

  func next() -> ModelStep? { steps.withLock { $0.popFirst() } }
}

/// Tells once how a stream ended; one that is dropped without a word was cancelled.
final class StreamTicket: Sendable {
  private let ended = Mutex(false)
  private let onEnd: @Sendable (_ cancelled: Bool) -> Void

  init(onEnd: @escaping @Sendable (_ cancelled: Bool) -> Void) { self.onEnd = onEnd }

  deinit { end(cancelled: true) }

  func end(cancelled: Bool) {
    let isFirst = ended.withLock { ended in
      defer { ended = true }
      return !ended
    }
    if isFirst { onEnd(cancelled) }
  }
}
