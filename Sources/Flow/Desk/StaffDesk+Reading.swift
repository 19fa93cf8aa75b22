internal import Conversation
internal import Gateways
internal import Storage
internal import Turn

/// What operators ask to read.
extension StaffDesk {
  /// The most messages that a transcript's file holds.
  private static let transcriptLimit = 5_000

  func transcript(
    _ found: FoundDialogue, in chat: ChatID, replyTo: MessageID
  ) async throws(StoreError) -> OutboxMessage {
    let messages = try await store.transcript(
      found.stored.dialogue.id, from: Position(1), through: found.stored.dialogue.nextPosition,
      limit: Self.transcriptLimit)
    let file = wording.transcript(messages, of: found.address)
    return OutboxMessage(
      parts: [
        .document(
          name: "transcript-\(found.address.chat).txt", text: file.text, caption: file.caption)
      ],
      replyTo: replyTo, staff: StaffDestination(chat: chat), relay: .toStaff([]))
  }
}
