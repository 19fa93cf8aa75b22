import Conversation
import Gateways
import Platform
import Simulator
import Testing

/// A stand-in Telegram with a person who has written to the bot, and short ways to call it.
struct TelegramFixture {
  let time: ManualClock
  let telegram: TelegramSimulator
  let anna: Int64

  init(
    transport: HTTPTransport? = nil, time: ManualClock = ManualClock(),
    _ change: (inout TelegramSimulator.Settings) -> Void = { _ in }
  ) throws {
    self.time = time
    var settings = TelegramSimulator.Settings()
    change(&settings)
    telegram = TelegramSimulator(settings: settings, clock: time.clock, transport: transport)
    anna = telegram.addPerson("Anna", username: "anna")
    try telegram.post("Hello", from: anna)
  }

  func call(_ method: String, _ json: String = "{}", token: String = "4242:simulated-token")
    async throws -> HTTPServerResponse
  {
    try await telegram.routes.call("POST", "/bot\(token)/\(method)", json: json)
  }

  /// The result of a call that must work.
  func result(_ method: String, _ json: String = "{}") async throws -> JSONValue {
    let response = try await call(method, json)
    let value = try response.value()
    #expect(response.status == 200, "\(value["description"]?.string ?? "")")
    return try #require(value["result"])
  }

  /// The description of a call that must be refused with its status.
  func refusal(_ method: String, _ json: String, status: Int = 400) async throws -> String {
    let response = try await call(method, json)
    let value = try response.value()
    #expect(response.status == status)
    #expect(value["ok"] == false && value["error_code"]?.integer == Int64(response.status))
    return value["description"]?.string ?? ""
  }

  func updateIDs(_ json: String = "{}") async throws -> [Int64] {
    (try await result("getUpdates", json)).array?.compactMap { $0["update_id"]?.integer } ?? []
  }

  var chat: Transcript {
    get throws { try #require(telegram.transcript(of: anna)) }
  }
}
