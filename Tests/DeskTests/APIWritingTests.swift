import Conversation
import Desk
import Foundation
import Gateways
import Storage
import Testing

@Suite struct APIWritingTests {
  private func state(_ stage: APIStage, _ id: Int64) async throws -> String? {
    try await stage.ask("GET", "/dialogues/\(id)").json["state"] as? String
  }

  @Test func `A message goes to the customer and takes the dialogue`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    let answer = try await stage.ask(
      "POST", "/dialogues/\(id)/messages",
      body: #"{"text":"Добрый день ","operator":{"name":"Ольга"}}"#)
    #expect(answer.status == 202)
    let position = try #require(answer.json["position"] as? Int)
    #expect(
      answer.headers["Location"]
        == "/api/v1/dialogues/\(id)/messages?cursor=\(position - 1)&limit=1")
    let found = try await stage.ask(
      "GET", "/dialogues/\(id)/messages", query: [("cursor", "\(position - 1)"), ("limit", "1")])
    let message = try #require(found.items.first)
    #expect(message["text"] as? String == "Добрый день ")
    #expect(message["delivery"] as? String == "pending")
    #expect((message["author"] as? [String: Any])?["name"] as? String == "Ольга")
    #expect(try await state(stage, id) == "operated")
    var sent: [OutboxMessage] = []
    for _ in 0..<10 {
      let works = try await stage.store.claimSends(
        limit: 10, lease: Lease(owner: "test", until: stage.ticker.now + .seconds(60)),
        now: stage.ticker.now)
      for work in works {
        sent.append(work.message)
        try await stage.store.settleSend(
          work.id, part: work.part, .sent(MessageID(Int64(sent.count)), repeated: false),
          now: stage.ticker.now)
      }
    }
    #expect(sent.contains { "\($0.parts)".contains("Добрый день") && $0.staff == nil })
  }

  @Test func `The owner is chosen, twice as well as once`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    let path = "/dialogues/\(id)/owner"
    #expect(try await stage.ask("GET", path).json["owner"] as? String == "bot")
    for (wanted, expected) in [
      ("bot", "bot"), ("operator", "waiting"), ("operator", "waiting"), ("bot", "bot"),
      ("bot", "bot"),
    ] {
      let answer = try await stage.ask("PUT", path, body: #"{"owner":"\#(wanted)"}"#)
      #expect(answer.status == 200)
      #expect(answer.json["owner"] as? String == wanted)
      #expect(try await state(stage, id) == expected)
    }
    let log = try await stage.store.deskLog(after: 0, from: nil, limit: 10)
    #expect(log.count == 2)
  }

  @Test func `Without operators it is said which setting is missing`() async throws {
    let stage = try await APIStage.open(staff: [])
    let id = try await stage.customerWrites(chat: 5)
    for (method, path, body) in [
      ("PUT", "/owner", #"{"owner":"operator"}"#), ("POST", "/messages", #"{"text":"a"}"#),
      ("PUT", "/closure", nil),
    ] as [(String, String, String?)] {
      let answer = try await stage.ask(method, "/dialogues/\(id)" + path, body: body)
      #expect(answer.status == 409)
      #expect(answer.detail.contains("OPERATOR_CHAT_ID"))
      #expect((answer.json["dialogue"] as? [String: Any])?["state"] as? String == "bot")
    }
    let owner = try await stage.ask("PUT", "/dialogues/\(id)/owner", body: #"{"owner":"bot"}"#)
    #expect(owner.status == 200)
  }

  @Test func `A dialogue that another holds is left to them, unless it is forced`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    let path = "/dialogues/\(id)/assignment"
    #expect(try await stage.ask("GET", path).status == 404)
    try await stage.operatorActs(.take(force: false), on: id)
    let mine = #"{"operator":{"id":0,"name":"CRM"}}"#
    let refused = try await stage.ask("PUT", path, body: mine)
    #expect(refused.status == 409)
    let dialogue = try #require(refused.json["dialogue"] as? [String: Any])
    #expect((dialogue["operator"] as? [String: Any])?["id"] as? Int == 77)
    #expect((dialogue["customer"] as? [String: Any])?["id"] as? Int == 5)
    let forced = try await stage.ask(
      "PUT", path, body: #"{"operator":{"id":0,"name":"CRM"},"force":true}"#)
    #expect(forced.status == 200)
    #expect(try await stage.ask("PUT", path, body: mine).status == 200)
    let seen = try await stage.ask("GET", path)
    #expect((seen.json["operator"] as? [String: Any])?["name"] as? String == "CRM")
    #expect(seen.json["since"] as? String != nil)
  }

  @Test func `A dialogue is given to operators only, where they work`() async throws {
    let group = StaffChat(chat: ChatID(-9), kind: .group)
    let stage = try await APIStage.open(staff: [StaffChat(chat: ChatID(77), kind: .person), group])
    let id = try await stage.customerWrites(chat: 5)
    let other = try await stage.customerWrites(chat: 6)
    let path = "/dialogues/\(id)/assignment"
    let stranger = #"{"operator":{"id":88,"name":"Пётр"}}"#
    #expect(try await stage.ask("PUT", path, body: stranger).status == 409)
    // Somebody was an operator in a chat that is none of them any more.
    try await stage.operatorActs(.note("я здесь"), id: 88, in: ChatID(-8), on: other)
    #expect(try await stage.ask("PUT", path, body: stranger).status == 409)
    try await stage.operatorActs(.note("я здесь"), id: 88, in: group.chat, on: other)
    #expect(try await stage.ask("PUT", path, body: stranger).status == 200)
    // Nobody has seen 77 yet, but it is a chat of operators.
    let listed = #"{"operator":{"id":77,"name":"Олег"},"force":true}"#
    #expect(try await stage.ask("PUT", path, body: listed).status == 200)
    let found = try await stage.store.find(.conversation(ConversationID(id)))
    guard case .operated(let assignment) = found?.stored.dialogue.state else {
      Issue.record("nobody holds it")
      return
    }
    #expect(assignment.chat == ChatID(77))
  }

  @Test func `Who lets go of a dialogue gives it to the bot`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    let path = "/dialogues/\(id)/assignment"
    #expect(try await stage.ask("DELETE", path).status == 404)
    try await stage.operatorActs(.take(force: false), on: id)
    let gone = try await stage.ask("DELETE", path)
    #expect(gone.status == 204)
    #expect(gone.bytes.isEmpty)
    #expect(try await state(stage, id) == "bot")
    #expect(try await stage.ask("DELETE", path).status == 404)
  }

  @Test func `A dialogue is closed once`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    let path = "/dialogues/\(id)/closure"
    #expect(try await stage.ask("GET", path).json["closed"] as? Bool == false)
    let closed = try await stage.ask("PUT", path)
    #expect(closed.json["closed"] as? Bool == true)
    stage.ticker.pass(.seconds(5))
    let again = try await stage.ask("PUT", path)
    #expect(again.status == 200)
    #expect(again.json["at"] as? String == closed.json["at"] as? String)
    #expect(try await state(stage, id) == "closed")
    #expect(try await stage.ask("GET", path).json["at"] as? String != nil)
  }

  @Test func `A question is asked as the customer's, unless a person is there`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    let path = "/dialogues/\(id)/questions"
    let answer = try await stage.ask("POST", path, body: #"{"text":"Сколько стоит доставка?"}"#)
    #expect(answer.status == 202)
    #expect(answer.json["position"] as? Int == 2)
    let said = try await stage.ask("GET", "/dialogues/\(id)/messages", query: [("cursor", "1")])
    #expect(said.items.first?["role"] as? String == "customer")
    let works = try await stage.store.claimAnswers(
      limit: 1, lease: Lease(owner: "test", until: stage.ticker.now + .seconds(60)),
      now: stage.ticker.now)
    #expect(works.first?.job.question.position == Position(2))
    try await stage.operatorActs(.take(force: false), on: id)
    let refused = try await stage.ask("POST", path, body: #"{"text":"А самовывоз?"}"#)
    #expect(refused.status == 409)
    #expect(
      (refused.json["dialogue"] as? [String: Any])?["state"] as? String == "operated")
  }

  @Test func `The question too many stands where it stands`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    var positions: [Int] = []
    for number in 2...22 {
      let answer = try await stage.ask(
        "POST", "/dialogues/\(id)/questions", body: #"{"text":"\#(number)"}"#)
      positions.append(answer.json["position"] as? Int ?? 0)
    }
    #expect(positions == Array(2...22))
  }
}
