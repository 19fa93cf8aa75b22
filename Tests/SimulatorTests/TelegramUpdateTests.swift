import Conversation
import Gateways
import Platform
import Simulator
import Synchronization
import Testing

/// Long polling and webhooks.
struct TelegramUpdateTests {
  @Test func offsetConfirmsAndLimitCounts() async throws {
    let fixture = try TelegramFixture()
    try fixture.telegram.post("two", from: fixture.anna)
    try fixture.telegram.post("three", from: fixture.anna)
    let ids = try await fixture.updateIDs()
    #expect(ids == [700_001, 700_002, 700_003])
    #expect(try await fixture.updateIDs() == ids, "unconfirmed updates come again")
    #expect(try await fixture.updateIDs(#"{"limit":2}"#) == Array(ids.prefix(2)))
    #expect(try await fixture.updateIDs(#"{"offset":700002}"#) == Array(ids.dropFirst()))
    #expect(try await fixture.updateIDs() == Array(ids.dropFirst()), "700001 is forgotten")
    #expect(try await fixture.updateIDs(#"{"offset":-1}"#) == [700_003])
    #expect(try await fixture.updateIDs(#"{"offset":999999999}"#) == [700_003], "too large")
    #expect(try await fixture.updateIDs(#"{"offset":700004}"#) == [])
    #expect(fixture.telegram.pendingUpdates == 0)
  }

  @Test func longPollWakesForAnUpdate() async throws {
    let fixture = try TelegramFixture()
    _ = try await fixture.updateIDs(#"{"offset":700002}"#)
    async let waiting = fixture.updateIDs(#"{"offset":700002,"timeout":30}"#)
    await fixture.time.sleeping()
    try fixture.telegram.post("wake up", from: fixture.anna)
    #expect(try await waiting == [700_002])
  }

  @Test func longPollEndsEmptyAndItsTimeIsClamped() async throws {
    let fixture = try TelegramFixture()
    async let waiting = fixture.updateIDs(#"{"offset":700002,"timeout":900}"#)
    await fixture.time.sleeping()
    fixture.time.advance(.seconds(50))
    #expect(try await waiting == [])
  }

  @Test func newerPollerWins() async throws {
    let fixture = try TelegramFixture()
    async let older = fixture.refusal(
      "getUpdates", #"{"offset":700002,"timeout":30}"#, status: 409)
    await fixture.time.sleeping()
    async let newer = fixture.updateIDs(#"{"offset":700002,"timeout":30}"#)
    #expect(
      try await older
        == "Conflict: terminated by other getUpdates request; make sure that only one bot "
        + "instance is running")
    try fixture.telegram.post("for the newer", from: fixture.anna)
    #expect(try await newer == [700_002])
  }

  @Test func webhookExcludesPolling() async throws {
    let fixture = try TelegramFixture()
    async let polling = fixture.refusal(
      "getUpdates", #"{"offset":700002,"timeout":30}"#, status: 409)
    await fixture.time.sleeping()
    let set = try await fixture.call("setWebhook", #"{"url":"https://bot.example/hook"}"#).value()
    #expect(set["description"] == "Webhook was set")
    #expect(try await polling == "Conflict: terminated by setWebhook request")
    let words = try await fixture.refusal("getUpdates", "{}", status: 409)
    #expect(words.hasPrefix("Conflict: can't use getUpdates method while webhook is active"))
    let removed = try await fixture.call("deleteWebhook").value()
    #expect(removed["description"] == "Webhook was deleted")
    #expect(try await fixture.result("getWebhookInfo")["url"] == "")
  }

  @Test func allowedUpdatesAreRememberedAndNotRetroactive() async throws {
    let fixture = try TelegramFixture()
    #expect(
      try await fixture.updateIDs(#"{"allowed_updates":["callback_query"]}"#) == [700_001])
    try fixture.telegram.post("unwanted", from: fixture.anna)
    #expect(try await fixture.updateIDs() == [700_001])
  }

  @Test func redeliveryComesAgainAlthoughConfirmed() async throws {
    let fixture = try TelegramFixture()
    _ = try await fixture.updateIDs(#"{"offset":700002}"#)
    try fixture.telegram.redeliver(700_001)
    #expect(try await fixture.updateIDs(#"{"offset":700002}"#) == [700_001])
    #expect(try await fixture.updateIDs(#"{"offset":700002}"#) == [])
    try fixture.telegram.redeliver(700_001, underNewID: true)
    let again = try await fixture.result("getUpdates", #"{"offset":700002}"#).array?.first
    #expect(again?["update_id"] == 700_002 && again?["message"]?["message_id"] == 1)
  }

  @Test func oldUpdatesExpire() async throws {
    let fixture = try TelegramFixture()
    fixture.time.advance(.seconds(86_401))
    #expect(try await fixture.updateIDs() == [])
  }

  @Test func webhookRefusals() async throws {
    let fixture = try TelegramFixture { $0.allowsPlainWebhooks = false }
    #expect(
      try await fixture.refusal("setWebhook", #"{"url":"http://x.example/"}"#)
        == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    #expect(
      try await fixture.refusal(
        "setWebhook", #"{"url":"https://x.example/","secret_token":"a b"}"#)
        == "Bad Request: secret token contains unallowed characters")
  }

  /// A bot's webhook that answers as told and remembers what came.
  private final class Hook: Sendable {
    let seen = Mutex<[(text: String, secret: String?, at: Instant)]>([])
    let statuses: Mutex<[HTTPResponse]>
    let time = ManualClock()

    init(_ answers: [HTTPResponse]) { statuses = Mutex(answers) }

    var transport: HTTPTransport {
      HTTPTransport(
        send: { request throws(HTTPError) in
          guard case .bytes(let bytes) = request.body else {
            throw HTTPError(.badURL, requestWritten: false)
          }
          let text = JSONValue(parsing: bytes)?["message"]?["text"]?.string ?? ""
          self.seen.withLock {
            $0.append(
              (text, request.headers["x-telegram-bot-api-secret-token"], self.time.clock.now()))
          }
          return self.statuses.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            ?? HTTPResponse(status: 200)
        },
        stream: { _ throws(HTTPError) in throw HTTPError(.badURL, requestWritten: false) })
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func webhookDeliversInOrderAndHonoursRetryAfter() async throws {
    let busy = HTTPResponse(status: 503, headers: [HTTPHeader("retry-after", "7")])
    let hook = Hook([busy])
    let fixture = try TelegramFixture(transport: hook.transport, time: hook.time)
    try fixture.telegram.post("second", from: fixture.anna)
    let secret = #"{"url":"http://127.0.0.1:1/hook","secret_token":"s3cret"}"#
    _ = try await fixture.result("setWebhook", secret)
    let delivery = try #require(fixture.telegram.webhookDelivery)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { try? await delivery.run() }
      // The failed delivery holds back the second message of the chat until its time has come.
      await fixture.time.sleeping(atMost: .seconds(7))
      #expect(hook.seen.withLock { $0.map(\.text) } == ["Hello"])
      fixture.time.advance(.seconds(7))
      while fixture.telegram.pendingUpdates > 0 { await Task.yield() }
      group.cancelAll()
    }
    #expect(hook.seen.withLock { $0.map(\.text) } == ["Hello", "Hello", "second"])
    let times = hook.seen.withLock { $0.map(\.at) }
    #expect(times[1] >= times[0] + .seconds(7))
    #expect(hook.seen.withLock { $0.allSatisfy { $0.secret == "s3cret" } })
    let info = try await fixture.result("getWebhookInfo")
    #expect(info["last_error_message"] == "Wrong response from the webhook: 503")
    #expect(info["pending_update_count"] == 0)
  }
}
