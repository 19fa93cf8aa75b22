import Testing

@testable import Handoff

@Suite struct WishModelTests {
  @Test func `The scores are those that training computed`() throws {
    let rows = Fixtures.wishScores
    #expect(rows.count > 30)
    for row in rows {
      let sentences = HandoffRecognizer.reading(of: row["text"] ?? "").sentences
      let scores = try #require(WishModel.shared.scores(of: sentences))
      #expect(String(scores.wish) == row["wish"], "\(row)")
      #expect(String(scores.unclear) == row["unclear"], "\(row)")
    }
  }

  @Test func `A text without words is no wish`() {
    #expect(WishModel.shared.scores(of: []) == nil)
    #expect(WishModel.shared.verdict(on: [], besides: .maybe) == .notHandoff)
  }

  @Test func `Features are buckets, each once`() throws {
    let text = "оператор оператор позовите оператора 24 «x» human"
    let reading = HandoffRecognizer.reading(of: text)
    let buckets = WishFeatures(try #require(reading.sentences.first)).buckets
    #expect(buckets.count > 50)
    #expect(Set(buckets).count == buckets.count)
    #expect(buckets.allSatisfy { (0..<WishModel.buckets).contains($0) })
  }
}
