internal import Conversation
internal import Platform
internal import Storage
internal import Turn

/// What the operations of the API work with.
struct APIDesk: Sendable {
  let store: any Store
  let door: Door
  let clock: Clock
  let log: Log
  let seats: Seats

  /// Does something with the store; a failure is told as a problem, and in the log.
  func read<Value: Sendable>(
    _ body: (any Store) async throws(StoreError) -> Value
  ) async throws(Problem) -> Value {
    do throws(StoreError) {
      return try await body(store)
    } catch {
      throw problem(error)
    }
  }

  func problem(_ error: StoreError) -> Problem {
    switch error {
    case .corrupt: log.error("the HTTP API met something stored that can't be read")
    case .unavailable: log.warning("the HTTP API can't use the database")
    case .conflict, .closed: break
    }
    return Problem(error)
  }

  /// The dialogue of a request, or 404.
  func dialogue(_ call: Call) async throws(Problem) -> DialogueSummary {
    // The first one after the number before it is the one, if there is one.
    let query = DialogueQuery(after: ConversationID(call.dialogue.rawValue - 1), limit: 1)
    let found = try await read { store throws(StoreError) in try await store.browse(query) }
    guard let summary = found.first, summary.dialogue.id == call.dialogue else {
      throw .missingDialogue
    }
    return summary
  }
}
