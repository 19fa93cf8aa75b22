import Gateways
import Simulator
import Synchronization
import Testing

/// What the page's drawer shows: updates, calls and requests to the model, without secrets.
struct WireLogTests {
  private let fixture: TelegramFixture

  init() throws { fixture = try TelegramFixture { $0.rememberedWire = 50 } }

  @Test func updatesAndCallsAreKeptInOrder() async throws {
    _ = try await fixture.result("sendMessage", #"{"chat_id":1001,"text":"hi"}"#)
    _ = try await fixture.refusal("sendMessage", #"{"chat_id":1001,"text":""}"#)
    let entries = fixture.telegram.wire.entries
    #expect(entries.map(\.name) == ["message", "sendMessage", "sendMessage"])
    #expect(entries.map(\.kind) == [.update, .call, .call])
    #expect(entries.map(\.status) == [nil, 200, 400])
    #expect(entries.allSatisfy { $0.chat == fixture.anna })
    let detail = try #require(fixture.telegram.wire.detail(of: entries[1].id))
    #expect(detail.request["text"] == "hi")
    #expect(detail.response?["result"]?["text"] == "hi")
  }

  @Test func secretsAreCovered() async throws {
    _ = try await fixture.result(
      "setWebhook", #"{"url":"https://example.org/","secret_token":"do-not-tell"}"#)
    let entry = try #require(fixture.telegram.wire.entries.last)
    let detail = try #require(fixture.telegram.wire.detail(of: entry.id))
    #expect(detail.request["secret_token"] == "•••")
    #expect(detail.request["url"] == "https://example.org/")
  }

  @Test func nothingIsKeptUnlessAskedFor() throws {
    #expect(try TelegramFixture().telegram.wire.entries.isEmpty)
  }

  @Test func streamedAnswerIsPutTogether() async throws {
    let transport = fixture.telegram.wire.watching(
      Self.model([
        #"data: {"choices":[{"delta":{"content":"Hel"}}]}"# + "\n\n",
        #"data: {"choices":[{"delta":{"content":"lo"},"finish_reason":"stop"}]}"# + "\n\nda",
        #"ta: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2}}"# + "\n\n",
      ]))
    let answer = try await transport.stream(Self.request)
    let before = try #require(fixture.telegram.wire.entries.last)
    #expect(before.kind == .model && before.name == "m" && before.milliseconds == nil)
    for try await _ in answer.body {}
    let entry = try #require(fixture.telegram.wire.entries.last)
    #expect(entry.status == 200 && entry.milliseconds != nil && entry.firstMilliseconds != nil)
    #expect(entry.promptTokens == 7 && entry.answerTokens == 2)
    let detail = try #require(fixture.telegram.wire.detail(of: entry.id))
    #expect(detail.response?["text"] == "Hello" && detail.response?["finish_reason"] == "stop")
    #expect(!"\(detail)".contains("sk-key"))
  }

  @Test func answerThatIsLetGoOfWasStopped() async throws {
    let transport = fixture.telegram.wire.watching(
      Self.model([#"data: {"choices":[{"delta":{"content":"Hel"}}]}"# + "\n\n"]))
    do {
      let answer = try await transport.stream(Self.request)
      _ = try await answer.body.next()
    }
    let entry = try #require(fixture.telegram.wire.entries.last)
    let detail = try #require(fixture.telegram.wire.detail(of: entry.id))
    #expect(detail.response?["stopped"] == true && detail.response?["text"] == "Hel")
  }

  private static let request = HTTPRequest(
    method: "POST", url: "https://example.org/v1/chat/completions",
    headers: [HTTPHeader("Authorization", "Bearer sk-key")],
    body: .bytes(Array(#"{"model":"m","messages":[]}"#.utf8)), timeout: .seconds(1))

  private static func model(_ pieces: [String]) -> HTTPTransport {
    let rest = Mutex(pieces[...])
    let next = { @Sendable () -> [UInt8]? in rest.withLock { $0.popFirst() }.map { Array($0.utf8) }
    }
    return HTTPTransport(
      send: { _ throws(HTTPError) in throw HTTPError(.notConnected, requestWritten: false) },
      stream: { _ throws(HTTPError) in
        HTTPStreamingResponse(
          status: 200, headers: [], body: HTTPBody { () async throws(HTTPError) in next() })
      })
  }
}
