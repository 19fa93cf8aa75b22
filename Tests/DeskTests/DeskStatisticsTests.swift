import Conversation
import Desk
import Testing

@Test func `Figures of a log count answers and their waits`() {
  let kinds: [DeskLogEntry.Kind] = [
    .requested(.words), .taken(OperatorID(1), waited: 10),
    .answered(OperatorID(1), first: 30, next: nil), .customerWrote,
    .answered(OperatorID(1), first: nil, next: 5), .closed(OperatorID(1), resolution: 100),
    .rated(4), .rated(5),
  ]
  let figures = DeskStatistics(
    kinds.map { DeskLogEntry(conversation: ConversationID(1), at: Instant(seconds: 0), kind: $0) })
  #expect(figures.answers == 2)
  #expect(figures.firstResponse.mean == 30)
  #expect(figures.nextResponse.median == 5)
  #expect(figures.resolution.all == [100])
  #expect(figures.meanRating == 4.5)
}
