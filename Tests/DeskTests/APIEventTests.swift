import Conversation
import Desk
import Foundation
import Gateways
import Storage
import Testing

@Suite struct APIEventTests {
  private func stream(
    _ stage: APIStage, query: [(String, String)] = [], headers: [HTTPHeader] = []
  ) async throws -> AsyncStream<[UInt8]>? {
    let response = try await stage.response("GET", "/events", query: query, headers: headers)
    guard case .stream(let stream) = response.body else { return nil }
    #expect(response.headers["Content-Type"] == "text/event-stream")
    return stream
  }

  private func read(
    _ pieces: Int, of stream: AsyncStream<[UInt8]>, before last: () async throws -> Void = {}
  ) async throws -> [String] {
    var iterator = stream.makeAsyncIterator()
    var texts: [String] = []
    for number in 1...pieces {
      if number == pieces { try await last() }
      guard let bytes = await iterator.next() else { break }
      texts.append(String(decoding: bytes, as: UTF8.self))
    }
    return texts
  }

  @Test func `Events are told with number, name and data`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    try await stage.ask("PUT", "/dialogues/\(id)/owner", body: #"{"owner":"operator"}"#)
    stage.ticker.pass(.seconds(3))
    try await stage.operatorActs(.take(force: false), on: id)
    let texts = try await read(2, of: #require(try await stream(stage, query: [("after", "0")])))
    #expect(texts[0] == "retry: 1000\n\n")
    let events = texts[1].components(separatedBy: "\n\n").filter { !$0.isEmpty }
    #expect(events.count == 2)
    #expect(
      events[0] == """
        id: 1
        event: requested
        data: {"conversation":\(id),"at":"2026-09-21T14:13:21.000Z","reason":"api"}
        """)
    #expect(
      events[1] == """
        id: 2
        event: taken
        data: {"conversation":\(id),"at":"2026-09-21T14:13:24.000Z","operator_id":77,\
        "waited_seconds":3.0}
        """)
  }

  @Test func `Reading goes on after the last event that was seen`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    for owner in ["operator", "bot", "operator"] {
      try await stage.ask("PUT", "/dialogues/\(id)/owner", body: #"{"owner":"\#(owner)"}"#)
    }
    let resumed = try #require(
      try await stream(
        stage, query: [("after", "0")], headers: [HTTPHeader("Last-Event-ID", "2")]))
    let texts = try await read(2, of: resumed)
    #expect(texts[1].hasPrefix("id: 3\n"))
  }

  @Test func `Who asks for nothing earlier gets what is new, and signs of life`() async throws {
    let stage = try await APIStage.open()
    let id = try await stage.customerWrites(chat: 5)
    try await stage.ask("PUT", "/dialogues/\(id)/owner", body: #"{"owner":"operator"}"#)
    let fresh = try #require(try await stream(stage))
    let begin = stage.ticker.now
    let texts = try await read(3, of: fresh) {
      #expect(stage.ticker.now == begin + .seconds(15))
      try await stage.ask("PUT", "/dialogues/\(id)/owner", body: #"{"owner":"bot"}"#)
    }
    #expect(texts[1] == ":\n\n")
    #expect(texts[2].hasPrefix("id: 2\nevent: returned\n"))
  }

  @Test func `The stream ends with its reader and with the store`() async throws {
    let stage = try await APIStage.open()
    let left = try #require(try await stream(stage))
    let pieces = await withTaskGroup(of: Int.self) { group in
      group.addTask {
        var count = 0
        for await _ in left { count += 1 }
        return count
      }
      group.cancelAll()
      return await group.next() ?? -1
    }
    #expect(pieces <= 1)
    let cut = try #require(try await stream(stage))
    let texts = try await read(3, of: cut) { await stage.store.close() }
    #expect(texts.count == 2)
  }

  @Test func `Only so many may read at a time`() async throws {
    let stage = try await APIStage.open(
      limits: .init(requestsPerSecond: 100, burst: 100, eventReaders: 2))
    var first = try await stream(stage)
    let second = try await stream(stage)
    let refused = try await stage.ask("GET", "/events")
    #expect(refused.status == 503)
    #expect(refused.headers["Retry-After"] != nil)
    first = nil
    #expect(first == nil)
    #expect(try await stream(stage) != nil)
    withExtendedLifetime(second) {}
  }
}
