import Conversation
import Gateways
import Synchronization

extension LanguageModel {
  /// A model that repeats the words it was asked, in pieces, unless something goes wrong; between
  /// the pieces `meanwhile` may happen, which tells whether the answer was interrupted.
  static func simulated(
    _ world: WorldState, meanwhile: @escaping @Sendable () async -> Bool
  ) -> LanguageModel {
    LanguageModel(
      stream: { request throws(ModelError) in
        world.with { $0.noteCall(request) }
        if let error = world.with({ $0.modelFault() }) { throw error }
        let asked = request.turns.last { $0.role == .user }?.text ?? ""
        let pieces = Mutex(["re ", Words.last(in: asked), "."])
        let wish = request.offersHandOver ? world.with { $0.wish() } : .none
        if wish == .promise { pieces.withLock { $0.append(SimulatedWish.promised) } }
        return ModelStream { () throws(ModelError) in
          if await meanwhile() {
            // The order to stop is on its way to this task; only its arrival ends the wait, so that
            // the same seed gives the same run.
            let never = AsyncStream<Void> { _ in }
            for await _ in never {}
            throw ModelError(.cancelled)
          }
          if world.trouble(oneIn: 25) { throw ModelError(.interrupted) }
          return pieces.withLock { pieces in
            guard !pieces.isEmpty else { return nil }
            let piece = pieces.removeFirst()
            return ModelDelta(
              text: piece, usage: TokenUsage(prompt: 10, completion: 3),
              finish: pieces.isEmpty ? .stop : nil,
              handOver: pieces.isEmpty && wish == .call
                ? HandOverCall(reason: "wanted", summary: "somebody wants a person") : nil)
          }
        }
      }, transcribe: { _ throws(ModelError) in throw ModelError(.mediaUnsupported) })
  }
}

/// What a model may wish besides answering.
enum SimulatedWish {
  case none, call, promise

  static let promised = " I am connecting you."
}

extension WorldState.Contents {
  mutating func wish() -> SimulatedWish {
    switch Int.random(in: 0..<40, using: &generator) {
    case 0: .call
    case 1: .promise
    default: .none
    }
  }

  mutating func noteCall(_ request: ModelRequest) {
    modelCalls += 1
    let words = request.turns.filter { $0.role == .user }.flatMap { Words.all(in: $0.text) }
    let chats = Set(words.compactMap { Words.chat(of: $0) })
    if chats.count > 1 { leaks.append(words.joined(separator: " ")) }
  }

  mutating func modelFault() -> ModelError? {
    guard troubled else { return nil }
    if steady < modelAway { return ModelError(.unreachable) }
    switch Int.random(in: 0..<30, using: &generator) {
    case 0: return ModelError(.rateLimited, retryAfter: .seconds(2))
    case 1: return ModelError(.unavailable)
    case 2: return ModelError(.timedOut)
    case 3: return ModelError(.filtered)
    case 4: return ModelError(.contextTooLong)
    default: return nil
    }
  }
}
