import Desk
import Foundation
import Gateways
import Testing

@Suite struct APIRequestTests {
  @Test(arguments: [
    "/", "/dialogue", "/dialogues/", "/dialogues/1/", "/dialogues/1/nothing", "/dialogues/x",
    "/dialogues/0", "/dialogues/-1", "/dialogues/01", "/dialogues/+1", "/dialogues/1/owner/x",
    "/dialogues/9223372036854775808", "/dialogues//messages", "/openapi.json/",
  ])
  func `Unknown paths are unknown`(path: String) async throws {
    let stage = try await APIStage.open()
    #expect(try await stage.ask("GET", path).status == 404)
  }

  @Test(arguments: [
    ("GET", ""), ("GET", "/messages"), ("GET", "/owner"), ("GET", "/assignment"),
    ("GET", "/closure"), ("PUT", "/closure"), ("DELETE", "/assignment"),
  ])
  func `Dialogues that are not there are not found`(method: String, path: String) async throws {
    let stage = try await APIStage.open()
    let answer = try await stage.ask(method, "/dialogues/9223372036854775807" + path)
    #expect(answer.status == 404)
    #expect(answer.detail.contains("no dialogue"))
  }

  @Test(arguments: [
    ("/dialogues", "a", "1", "unknown"), ("/dialogues", "limit", "0", "limit"),
    ("/dialogues", "limit", "201", "limit"), ("/dialogues", "limit", "", "limit"),
    ("/dialogues", "limit", "+5", "limit"), ("/dialogues", "chat_id", "1.0", "chat_id"),
    ("/dialogues", "state", "Bot", "state"), ("/dialogues", "cursor", "0", "cursor"),
    ("/dialogues", "cursor", "1000000000000000000", "cursor"),
    ("/dialogues/1/messages", "cursor", "-1", "cursor"), ("/events", "after", "x", "after"),
    ("/statistics", "from", "yesterday", "from"), ("/statistics", "to", "2026-01-01", "to"),
  ])
  func `Parameters are looked at`(path: String, name: String, value: String, told: String)
    async throws
  {
    let stage = try await APIStage.open()
    let answer = try await stage.ask("GET", path, query: [(name, value)])
    #expect(answer.status == 400)
    #expect(answer.detail.contains(told))
  }

  @Test func `A parameter may not come twice`() async throws {
    let stage = try await APIStage.open()
    let query = [("limit", "1"), ("limit", "2")]
    #expect(try await stage.ask("GET", "/dialogues", query: query).status == 400)
  }

  @Test(arguments: [
    ("", 400, "JSON"), ("{", 400, "JSON"), ("\"text\"", 422, "object"), ("[]", 422, "object"),
    ("null", 422, "object"), ("{}", 422, "text is missing"), (#"{"text":1}"#, 422, "text"),
    (#"{"text":null}"#, 422, "text"), (#"{"text":""}"#, 422, "blank"),
    (#"{"text":" \n\u200b\ufeff"}"#, 422, "blank"), (#"{"text":"a","b":1}"#, 422, "b is unknown"),
    (#"{"text":"a","operator":null}"#, 422, "operator"),
    (#"{"text":"a","operator":{}}"#, 422, "operator.name is missing"),
    (#"{"text":"a","operator":{"name":" "}}"#, 422, "operator.name is blank"),
    (#"{"text":"a","operator":{"name":"b","id":1}}"#, 422, "operator.id is unknown"),
  ])
  func `Bodies are looked at`(body: String, status: Int, told: String) async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    let answer = try await stage.ask("POST", "/dialogues/\(id)/messages", body: body)
    #expect(answer.status == status)
    #expect(answer.detail.contains(told))
    #expect(answer.json["title"] as? String != nil)
    #expect(answer.json["type"] as? String == "about:blank")
    #expect(answer.json["status"] as? Int == status)
  }

  @Test(arguments: [
    (#"{"owner":"Bot"}"#, "/owner"), (#"{"owner":1}"#, "/owner"),
    (#"{"operator":{"id":-1,"name":"a"}}"#, "/assignment"),
    (#"{"operator":{"id":"1","name":"a"}}"#, "/assignment"),
    (#"{"operator":{"id":1,"name":"a"},"force":1}"#, "/assignment"),
  ])
  func `Wishes are looked at`(body: String, path: String) async throws {
    let stage = try await APIStage.open()
    #expect(try await stage.ask("PUT", "/dialogues/1" + path, body: body).status == 422)
  }

  @Test func `Texts may be as long as a message of Telegram`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    for (length, status) in [(4_096, 202), (4_097, 422)] {
      let body = #"{"text":""# + String(repeating: "ё", count: length) + #""}"#
      #expect(
        try await stage.ask("POST", "/dialogues/\(id)/messages", body: body).status == status)
    }
  }

  @Test(arguments: [
    ("application/json", 202), ("Application/JSON; charset=UTF-8", 202), ("text/plain", 415),
    ("application/jsonp", 415), ("application/json; charset=koi8-r", 415), ("", 415),
    ("application/x-www-form-urlencoded", 415),
  ])
  func `Bodies are JSON by their type`(type: String, status: Int) async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    let answer = try await stage.ask(
      "POST", "/dialogues/\(id)/messages", headers: [HTTPHeader("Content-Type", type)],
      body: #"{"text":"a"}"#)
    #expect(answer.status == status)
  }

  @Test func `A body that is too large, or that nobody wants, is refused before it is read`()
    async throws
  {
    let stage = try await APIStage.open()
    let large = try await stage.ask(
      "POST", "/dialogues/1/messages", headers: [HTTPHeader("Content-Length", "65537")], body: "")
    #expect(large.status == 413)
    #expect(try await stage.ask("PUT", "/dialogues/1/closure", body: "{}").status == 400)
    #expect(stage.api.routes.allSatisfy { $0.bodyLimit == 65_536 })
  }
}
