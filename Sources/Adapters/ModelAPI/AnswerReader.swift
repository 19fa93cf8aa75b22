internal import Gateways
internal import Synchronization

/// Reads one answer from the body of its HTTP response: all that came in one piece of the body is
/// one part of the answer.
///
/// The body is let go of at the answer's end, at an error, and with the reader, which ends the
/// transfer in each case.
final class AnswerReader: Sendable {
  private struct State {
    var body: HTTPBody?
    var decoder: AnswerDecoder
  }

  private let state: Mutex<State>

  init(_ body: HTTPBody, _ decoder: AnswerDecoder) {
    state = Mutex(State(body: body, decoder: decoder))
  }

  /// Waits for the next part; nil after the answer's end.
  func next() async throws(ModelError) -> ModelDelta? {
    while let body = state.withLock({ $0.body }) {
      let piece: [UInt8]?
      do {
        piece = try await body.next()
      } catch {
        try fail(error)
        return nil
      }
      if let delta = try read(piece) { return delta }
    }
    return nil
  }

  /// Ends reading. What breaks after the answer has ended harms nothing.
  private func fail(_ error: HTTPError) throws(ModelError) {
    let isComplete = state.withLock { state in
      state.body = nil
      return state.decoder.isFinished
    }
    if !isComplete || error.code == .cancelled { throw ModelError(afterHead: error) }
  }

  private func read(_ piece: [UInt8]?) throws(ModelError) -> ModelDelta? {
    try state.withLock { (state) throws(ModelError) in
      do throws(ModelError) {
        let delta =
          if let piece { try state.decoder.read(piece) } else { try state.decoder.end() }
        if piece == nil || state.decoder.isDone { state.body = nil }
        return delta
      } catch {
        state.body = nil
        throw error
      }
    }
  }
}
