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
              finish: pieces.isEmpty ? .stop : nil)
          }
        }
      }, transcribe: { _ throws(ModelError) in throw ModelError(.mediaUnsupported) })
  }
}

/// The words of the simulation's people: `c7q12` is the twelfth question of chat 7.
enum Words {
  static func question(_ chat: ChatID, _ number: Int) -> String { "c\(chat.rawValue)q\(number)" }

  static func last(in text: String) -> String {
    text.split(whereSeparator: { " \n".contains($0) }).last.map(String.init) ?? ""
  }
}

extension WorldState.Contents {
  mutating func noteCall(_ request: ModelRequest) {
    modelCalls += 1
    let words = request.turns.filter { $0.role == .user }.flatMap { turn in
      turn.text.split(whereSeparator: { " \n".contains($0) }).filter { $0.hasPrefix("c") }
    }
    let chats = Set(words.compactMap { $0.split(separator: "q").first })
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
