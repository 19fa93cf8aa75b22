internal import Conversation
internal import Gateways
internal import Storage
internal import Turn

/// What operators ask to read.
extension StaffDesk {
  /// The most messages that a transcript's file holds.
  private static let transcriptLimit = 5_000
  /// How many entries of the log are read at once.
  private static let page = 5_000

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
      replyTo: replyTo, staff: StaffDestination(chat: chat))
  }

  /// The figures of the day to which a time belongs.
  func statistics(of now: Instant) async throws(StoreError) -> String {
    var figures = DeskStatistics()
    var last: Int64 = 0
    while true {
      let entries = try await store.deskLog(
        after: last, from: startOfDay(now), limit: Self.page)
      for entry in entries { figures.add(entry.entry.kind) }
      guard entries.count == Self.page, let newest = entries.last else { break }
      last = newest.number
    }
    let waiting = try await store.browse(DialogueQuery(state: .waiting, limit: 1_000)).count
    return wording.statistics(figures, waiting: waiting)
  }
}
