import Conversation
import Desk
import Foundation
import Gateways
import Storage
import Testing

@Suite struct APIDialogueTests {
  @Test func `Dialogues are listed page by page`() async throws {
    let stage = try await APIStage.open()
    for chat in 1...5 { try await stage.customerWrites(chat: Int64(chat)) }
    var cursor: String?
    var pages: [[Int64]] = []
    repeat {
      let query = [("limit", "2")] + (cursor.map { [("cursor", $0)] } ?? [])
      let page = try await stage.ask("GET", "/dialogues", query: query)
      #expect(page.status == 200)
      pages.append(page.items.compactMap { $0["chat_id"] as? Int64 })
      cursor = page.json["next"] as? String
    } while cursor != nil && pages.count < 9
    #expect(pages == [[1, 2], [3, 4], [5]])
  }

  @Test func `Dialogues are listed by chat and state`() async throws {
    let stage = try await APIStage.open()
    let first = try await stage.customerWrites(chat: 1)
    let second = try await stage.customerWrites(chat: 2)
    try await stage.ask("PUT", "/dialogues/\(second)/owner", body: #"{"owner":"operator"}"#)
    func listed(_ name: String, _ value: String) async throws -> [Int64] {
      try await stage.ask("GET", "/dialogues", query: [(name, value)]).items
        .compactMap { $0["id"] as? Int64 }
    }
    #expect(try await listed("state", "waiting") == [second])
    #expect(try await listed("state", "bot") == [first])
    #expect(try await listed("state", "closed") == [])
    #expect(try await listed("chat_id", "1") == [first])
    #expect(try await listed("chat_id", "-9223372036854775808") == [])
  }

  @Test func `A dialogue tells how it stands`() async throws {
    let stage = try await APIStage.open()
    try await stage.customerWrites(chat: 4)
    let id = try await stage.customerWrites(chat: 5)
    try await stage.ask("PUT", "/dialogues/\(id)/owner", body: #"{"owner":"operator"}"#)
    let waiting = try await stage.ask("GET", "/dialogues/\(id)").json
    #expect(waiting["state"] as? String == "waiting")
    #expect(waiting["owner"] as? String == "operator")
    #expect(waiting["reason"] as? String == "api")
    #expect(waiting["since"] as? String == "2026-09-21T14:13:22.000Z")
    #expect(waiting["last_position"] as? Int == 2)
    #expect((waiting["customer"] as? [String: Any])?["name"] as? String == "Анна")
    try await stage.operatorActs(.take(force: false), on: id)
    let held = try await stage.ask("GET", "/dialogues/\(id)").json
    #expect(held["state"] as? String == "operated")
    #expect((held["operator"] as? [String: Any])?["id"] as? Int == 77)
    #expect(held["reason"] == nil)
  }

  @Test func `What was said comes in the order of its positions, late answers too`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites("первый", chat: 5)
    let work = try await stage.store.claimAnswers(
      limit: 1, lease: Lease(owner: "test", until: stage.ticker.now + .seconds(60)),
      now: stage.ticker.now)
    let job = try #require(work.first?.job)
    try await stage.happens(.answerAppeared(job: job.id), on: id)
    try await stage.customerWrites("второй", chat: 5)
    try await stage.operatorActs(.note("заметка"), on: id)
    try await stage.happens(
      .answerReady(job: job.id, text: "ответ", use: nil, heard: [:], at: stage.ticker.now), on: id)
    let all = try await stage.ask("GET", "/dialogues/\(id)/messages")
    #expect(all.items.compactMap { $0["position"] as? Int } == [1, 2, 3, 4])
    #expect(
      all.items.compactMap { $0["role"] as? String }
        == ["customer", "customer", "note", "assistant"])
    #expect(all.items.last?["answers"] as? Int == 1)
    #expect(all.json["next"] is NSNull)
    let rest = try await stage.ask(
      "GET", "/dialogues/\(id)/messages", query: [("cursor", "3"), ("limit", "5")])
    #expect(rest.items.compactMap { $0["text"] as? String } == ["ответ"])
    let middle = try await stage.ask(
      "GET", "/dialogues/\(id)/messages", query: [("cursor", "1"), ("limit", "2")])
    #expect(middle.items.compactMap { $0["text"] as? String } == ["второй", "заметка"])
    #expect(middle.json["next"] as? Int == 3)
  }

  @Test func `A long transcript is read to its end, erased stretches and all`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    for number in 2...400 { try await stage.operatorActs(.note("заметка \(number)"), on: id) }
    var step = try await stage.store.load(
      ConversationAddress(bot: APIStage.bot, chat: ChatID(5)))
    step.dialogue.contextStart = Position(251)
    try await stage.store.commit(
      Step(
        expectedVersion: step.version, dialogue: step.dialogue,
        transcript: [.removeAll(before: Position(251))]), now: stage.ticker.now)
    var cursor = 0
    var positions: [Int] = []
    var pages = 0
    while pages < 20 {
      let page = try await stage.ask(
        "GET", "/dialogues/\(id)/messages", query: [("cursor", "\(cursor)"), ("limit", "60")])
      positions += page.items.compactMap { $0["position"] as? Int }
      pages += 1
      guard let next = page.json["next"] as? Int else { break }
      cursor = next
    }
    #expect(positions == Array(251...400))
    #expect(pages == 3)
  }

  @Test func `Suggestions, which nobody has said, are left out`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    var stored = try await stage.store.load(
      ConversationAddress(bot: APIStage.bot, chat: ChatID(5)))
    stored.dialogue.nextPosition = Position(3)
    try await stage.store.commit(
      Step(
        expectedVersion: stored.version, dialogue: stored.dialogue,
        transcript: [
          .append(
            Message(
              position: Position(2), role: .suggestion, text: "тайна", at: stage.ticker.now))
        ]), now: stage.ticker.now)
    let page = try await stage.ask("GET", "/dialogues/\(id)/messages")
    #expect(page.items.count == 1)
    #expect(page.json["next"] is NSNull)
  }

  @Test func `The figures are those of the time asked for`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    try await stage.ask("PUT", "/dialogues/\(id)/owner", body: #"{"owner":"operator"}"#)
    stage.ticker.pass(.seconds(4))
    try await stage.ask("POST", "/dialogues/\(id)/messages", body: #"{"text":"Да"}"#)
    stage.ticker.pass(.seconds(10))
    try await stage.ask("PUT", "/dialogues/\(id)/closure")
    let all = try await stage.ask(
      "GET", "/statistics",
      query: [("from", "2026-01-01T00:00:00Z"), ("to", "2027-01-01T00:00:00Z")])
    #expect(all.json["requested_by_reason"] as? [String: Int] == ["api": 1])
    let first = try #require(all.json["first_response"] as? [String: Any])
    #expect(first["mean_seconds"] as? Double == 4)
    let resolution = try #require(all.json["resolution"] as? [String: Any])
    #expect(resolution["median_seconds"] as? Double == 14)
    let before = try await stage.ask(
      "GET", "/statistics", query: [("to", "2026-09-21T17:13:26+03:00")])
    #expect(before.json["requested"] as? Int == 1)
    #expect(before.json["closed"] as? Int == 0)
  }

  private static let times: [(String, String?)] = [
    ("2024-02-29T23:59:59.9999Z", "2024-02-29T23:59:59.999Z"),
    ("0001-01-01T00:00:00-23:59", "0001-01-01T23:59:00.000Z"),
    ("1969-12-31t23:59:60z", "1970-01-01T00:00:00.000Z"),
    ("9999-12-31T23:59:59.1+00:30", "9999-12-31T23:29:59.100Z"),
    ("0000-01-01T00:00:00+00:01", nil), ("9999-12-31T23:59:59-00:01", nil),
    ("2024-02-30T00:00:00Z", nil), ("2023-02-29T00:00:00Z", nil), ("2024-13-01T00:00:00Z", nil),
    ("2024-01-01T24:00:00Z", nil), ("2024-01-01T00:00:00", nil), ("2024-01-01 00:00:00Z", nil),
    ("2024-01-01T00:00:00+0300", nil), ("2024-01-01T00:00:00.Z", nil),
    ("2024-01-01T00:00:00Zx", nil), ("٢٠٢٤-01-01T00:00:00Z", nil),
  ]

  @Test func `The usual thirty days do not reach beyond the years`() async throws {
    let stage = try await APIStage.open()
    let query = [("to", "0000-01-02T00:00:00Z")]
    let answer = try await stage.ask("GET", "/statistics", query: query)
    #expect(answer.json["from"] as? String == "0000-01-01T00:00:00.000Z")
  }

  @Test(arguments: times)
  func `Times are those of RFC 3339`(text: String, utc: String?) async throws {
    let stage = try await APIStage.open()
    let answer = try await stage.ask("GET", "/statistics", query: [("from", text)])
    #expect(answer.status == (utc == nil ? 400 : 200))
    #expect(answer.json["from"] as? String == utc)
  }
}
