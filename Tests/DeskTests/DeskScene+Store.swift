import Conversation
import Gateways
import Storage
import StorageSQLite

extension DeskScene {
  func transcript(_ customer: ChatID) async throws -> [Message] {
    guard let dialogue = try await dialogue(customer) else { return [] }
    return try await store.transcript(
      dialogue.id, from: Position(1), through: dialogue.nextPosition, limit: 1_000)
  }

  /// The answer job that waits ends with these words: an answer to the customer, or something for
  /// an operator.
  func answersAsBot(_ text: String, to customer: ChatID) async throws {
    let now = Instant(seconds: 1_795_000_000)
    let works = try await store.claimAnswers(
      limit: 10, lease: Lease(owner: "scene", until: now + .seconds(60)), now: now)
    for work in works {
      _ = try await store.finishAnswer(
        work.id, outcome: .ready(job: work.job.id, text: text, use: nil), now: now)
    }
    try await give([])
  }
}
