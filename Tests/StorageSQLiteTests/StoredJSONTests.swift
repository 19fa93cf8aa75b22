import Conversation
import Foundation
import Storage
import Testing

@testable import StorageSQLite

/// What is written by hand must be what `Codable` would have written.
@Suite("Stored JSON")
struct StoredJSONTests {
  @Test("Dialogues and jobs read back", arguments: 1...4)
  func dialogues(seed: UInt64) throws {
    var random = RandomValues(seed: seed)
    for _ in 0..<200 {
      try check(random.dialogue())
      try check(random.job())
    }
  }

  @Test("Messages read back", arguments: 1...4)
  func messages(seed: UInt64) throws {
    var random = RandomValues(seed: seed)
    for _ in 0..<400 { try check(random.outboxMessage()) }
  }

  @Test("Events read back", arguments: 1...4)
  func events(seed: UInt64) throws {
    var random = RandomValues(seed: seed)
    for _ in 0..<800 { try check(random.event(), inAnyOrder: true) }
    for _ in 0..<100 { try check(random.logKind()) }
  }

  @Test("Every character reads back, alone and among others")
  func characters() throws {
    let scalars = (0...0x2FF).compactMap(Unicode.Scalar.init) + ["\u{2028}", "\u{FFFF}", "👩"]
    for scalar in scalars {
      for text in ["\(scalar)", "a\(scalar)b", "\(scalar)\"\(scalar)"] {
        try check(InboxEvent.unusable(body: text, reason: ""))
      }
    }
    try check(InboxEvent.unusable(body: "👩‍👩‍👧\u{0}\\\"\\u0041/</script>", reason: "é"))
  }

  @Test("The limits of numbers", arguments: [Int64.min, -1, 0, 9, 10, .max])
  func numbers(number: Int64) throws {
    try check(InboxEvent.answerAppeared(AnswerJobID(number)))
    var question = job(ConversationID(1)).question
    question.fingerprint = UInt64(bitPattern: number)
    try check(AnswerJob(id: AnswerJobID(1), questions: [question], contextStart: Position(1)))
  }

  /// The new bytes give the value, and are the same JSON as the encoder's. A dictionary has no
  /// order, so what holds one is compared by its value alone.
  private func check<T: StoredJSON & Codable & Equatable>(
    _ value: T, inAnyOrder: Bool = false
  ) throws {
    let written = Codec.encode(value)
    let reference = try JSONEncoder().encode(value)
    let decoder = JSONDecoder()
    let read = try decoder.decode(T.self, from: written)
    #expect(read == value)
    #expect(try decoder.decode(T.self, from: reference) == read)
    guard !inAnyOrder else { return }
    let object = try #require(try JSONSerialization.jsonObject(with: written) as? NSDictionary)
    let expected = try #require(try JSONSerialization.jsonObject(with: reference) as? NSDictionary)
    #expect(object == expected)
  }
}
