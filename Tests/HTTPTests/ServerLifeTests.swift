internal import Gateways
internal import HTTPServer
internal import Platform
internal import Testing

/// Starting and stopping.
@Suite struct ServerLifeTests {
  @Test func aTakenPortIsNamed() async throws {
    try await withServer([]) { port in
      let second = HTTPServer(
        settings: HTTPServerSettings(port: port), routes: [], log: .silent)
      #expect(throws: HTTPServerError(.portTaken, errno: 98)) { try second.start() }
      #expect(second.port == nil)
    }
  }

  @Test(arguments: [("203.0.113.7", 0), ("127.0.0.1", 70_000), ("no such host", 0)])
  func anAddressOfAnotherMachineIsNamed(host: String, port: Int) {
    let server = HTTPServer(
      settings: HTTPServerSettings(host: host, port: port), routes: [], log: .silent)
    do {
      try server.start()
      Issue.record("the server started")
    } catch {
      #expect(error.code == .address)
    }
  }

  @Test func runningRequestsMayEndAtTheStop() async throws {
    let begun = Promise<Void>()
    let gate = Gate()
    let route = HTTPRoute(method: "POST", path: .exact("/")) { _ in
      begun.fulfil(())
      await gate.wait()
      return .text(200, "done")
    }
    let server = server([route], stopDeadline: .seconds(20))
    let port = try server.start()
    try await withClient { transport in
      async let answer = transport.send(.local("POST", port))
      try await withThrowingTaskGroup { group in
        group.addTask { try await server.run() }
        await begun.value
        group.cancelAll()
        await refusal(port)
        await gate.open()
        try await group.waitForAll()
      }
      let text = try await answer.text
      #expect(text == "done")
      #expect(server.port == nil)
    }
  }

  @Test func aRequestThatDoesNotEndIsBrokenOff() async throws {
    let begun = Promise<Void>()
    let cancelled = Promise<Void>()
    let warned = Counter()
    let route = HTTPRoute(method: "POST", path: .exact("/")) { _ in
      begun.fulfil(())
      try? await Task.sleep(for: .seconds(1000))
      cancelled.fulfil(())
      return .text(200, "too late")
    }
    let log = Log(minimum: .warning, clock: .system) { _ in warned.add() }
    let server = server([route], stopDeadline: .milliseconds(50), log: log)
    let port = try server.start()
    try await withClient { transport in
      async let error = failure { () throws(HTTPError) in
        _ = try await transport.send(.local("POST", port))
      }
      try await withThrowingTaskGroup { group in
        group.addTask { try await server.run() }
        await begun.value
        group.cancelAll()
        try await group.waitForAll()
      }
      #expect(await error?.code == .broken)
      await cancelled.value
      #expect(warned.value == 1)
    }
  }

  @Test func streamsEndAtTheStop() async throws {
    let (events, feed) = AsyncStream.makeStream(of: [UInt8].self)
    let route = HTTPRoute(method: "GET", path: .exact("/")) { _ in
      HTTPServerResponse(status: 200, body: .stream(events))
    }
    let server = server([route], stopDeadline: .seconds(20))
    let port = try server.start()
    try await withClient { transport in
      try await withThrowingTaskGroup { group in
        group.addTask { try await server.run() }
        let response = try await transport.stream(.local("GET", port))
        feed.yield([1])
        #expect(try await response.body.next() == [1])
        group.cancelAll()
        #expect(try await response.body.next() == nil)
        try await group.waitForAll()
      }
    }
  }

  @Test func itMayStartAgain() async throws {
    let route = HTTPRoute(method: "GET", path: .exact("/")) { _ in .text(200, "x") }
    let server = server([route], stopDeadline: .seconds(1))
    for _ in 0..<3 {
      let port = try server.start()
      try await withClient { transport in
        try await withThrowingTaskGroup { group in
          group.addTask { try await server.run() }
          let response = try await transport.send(.local("GET", port))
          #expect(response.status == 200)
          group.cancelAll()
          try await group.waitForAll()
        }
      }
    }
  }

  private func server(_ routes: [HTTPRoute], stopDeadline: Duration, log: Log = .silent)
    -> HTTPServer
  {
    var settings = HTTPServerSettings(port: 0)
    settings.stopDeadline = stopDeadline
    return HTTPServer(settings: settings, routes: routes, log: log)
  }

  /// Returns when the port takes no connections any more.
  private func refusal(_ port: Int) async {
    await onThread { while RawConnection(port: port) != nil {} }
  }
}
