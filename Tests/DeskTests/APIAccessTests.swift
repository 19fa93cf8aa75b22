import Desk
import Gateways
import Platform
import Storage
import Testing

@Suite struct APIAccessTests {
  @Test func `Without the token nothing is told`() async throws {
    let stage = try await APIStage.open()
    for (method, path) in [
      ("GET", "/dialogues"), ("POST", "/dialogues/1/messages"), ("GET", "/nowhere"),
      ("GET", "/events"), ("PATCH", "/statistics"),
    ] {
      let answer = try await stage.ask(method, path, token: nil)
      #expect(answer.status == 401)
      #expect(answer.headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
      #expect(answer.headers["Content-Type"] == "application/problem+json")
    }
  }

  private static let headers: [(String, Int)] = [
    ("Bearer \(APIStage.token)", 200), ("bearer \(APIStage.token)", 200),
    ("Bearer \(APIStage.token) ", 401), (APIStage.token, 401), ("Bearer", 401),
    ("Basic \(APIStage.token)", 401), ("Bearer \(APIStage.token.dropLast())", 401),
  ]

  @Test(arguments: headers)
  func `Only a bearer token that is right is taken`(header: String, status: Int) async throws {
    let stage = try await APIStage.open()
    let answer = try await stage.ask(
      "GET", "/dialogues", headers: [HTTPHeader("Authorization", header)], token: nil)
    #expect(answer.status == status)
  }

  @Test func `Many wrong tokens are kept waiting longer and longer, the right one never`()
    async throws
  {
    let stage = try await APIStage.open()
    for number in 1...10 {
      #expect(try await stage.ask("GET", "/dialogues", token: "wrong \(number)").status == 401)
    }
    for wait in [1, 2, 4, 8] {
      let refused = try await stage.ask("GET", "/dialogues", token: "wrong again \(wait)")
      #expect(refused.status == 429)
      #expect(refused.headers["Retry-After"] == String(wait))
      #expect(try await stage.ask("GET", "/dialogues").status == 200)
      stage.ticker.pass(.seconds(wait))
    }
    #expect(try await stage.ask("GET", "/dialogues", token: nil).status == 401)
    stage.ticker.pass(.seconds(120))
    #expect(try await stage.ask("GET", "/dialogues", token: "wrong").status == 401)
  }

  @Test func `A client with an old token is no guesser`() async throws {
    let stage = try await APIStage.open()
    for _ in 1...30 {
      #expect(try await stage.ask("GET", "/dialogues", token: "the old one").status == 401)
    }
  }

  @Test func `Requests are limited by the second, with some more at once`() async throws {
    let stage = try await APIStage.open(limits: .init())
    for _ in 1...60 { #expect(try await stage.ask("GET", "/dialogues").status == 200) }
    let refused = try await stage.ask("GET", "/dialogues")
    #expect(refused.status == 429)
    #expect(refused.headers["Retry-After"] == "1")
    stage.ticker.pass(.milliseconds(100))
    let later = try await [
      stage.ask("GET", "/dialogues").status, stage.ask("GET", "/dialogues").status,
      stage.ask("GET", "/dialogues").status,
    ]
    #expect(later == [200, 200, 429])
    #expect(try await stage.ask("GET", "/openapi.json", token: nil).status == 200)
  }

  @Test func `A pause gives no more than the burst`() async throws {
    let stage = try await APIStage.open(limits: .init(requestsPerSecond: 5, burst: 3))
    stage.ticker.pass(.seconds(1_000_000))
    var statuses: [Int] = []
    for _ in 1...4 { statuses.append(try await stage.ask("GET", "/dialogues").status) }
    #expect(statuses == [200, 200, 200, 429])
  }

  @Test func `A store that can't be used means coming again`() async throws {
    let stage = try await APIStage.open()
    await stage.store.close()
    let answer = try await stage.ask("GET", "/dialogues")
    #expect(answer.status == 503)
    #expect(answer.headers["Retry-After"] != nil)
    let written = try await stage.ask("POST", "/dialogues/1/messages", body: #"{"text":"a"}"#)
    #expect(written.status == 503)
  }
}
