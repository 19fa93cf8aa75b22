import Handoff
import Testing

@Test func `Verdicts carry the labels of the phrase tables`() {
  #expect(HandoffVerdict(rawValue: "not_handoff") == .notHandoff)
}
