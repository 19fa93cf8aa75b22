internal import Gateways
internal import HTTPServer
internal import Testing

/// A peer cannot hold a connection by being slow.
@Suite struct ServerDeadlineTests {
  private static let echo = HTTPRoute(method: "POST", path: .exact("/")) {
    .text(200, "\($0.body.count)")
  }

  /// Writes a byte about every 10 ms, which no timeout of inactivity would notice. Returns the
  /// bytes written until the server closed, nil when it never did. When the start is answered, the
  /// answer is waited for: it takes as long as the machine is busy.
  private func drip(
    _ port: Int, after start: String, _ byte: String, isAnswered: Bool = false
  ) async -> Int? {
    await onThread {
      guard let peer = RawConnection(port: port) else { return nil }
      peer.write(start)
      if isAnswered, peer.read(milliseconds: 60_000)?.isEmpty != false { return nil }
      for count in 0..<1000 {
        if !peer.write(byte) { return count }
        if let got = peer.read(milliseconds: 10), got.isEmpty { return count }
      }
      return nil
    }
  }

  @Test(arguments: ["", "GET / HTTP/1.1\r\nHost: x\r\nX-A: "])
  func aDrippingHeadIsCutOff(start: String) async throws {
    try await withServer([Self.echo], change: { $0.headerDeadline = .milliseconds(200) }) { port in
      let count = await drip(port, after: start, "a")
      #expect(count != nil)
      #expect((count ?? 0) > 2)
    }
  }

  @Test func aDrippingBodyIsCutOff() async throws {
    try await withServer([Self.echo], change: { $0.bodyDeadline = .milliseconds(200) }) { port in
      let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"
      let count = await drip(port, after: head, "a")
      #expect(count != nil)
      #expect((count ?? 0) > 2)
    }
  }

  @Test func aDrippingSecondHeadIsCutOff() async throws {
    try await withServer(
      [Self.echo],
      change: {
        $0.idleTimeout = .milliseconds(100)
        $0.headerDeadline = .milliseconds(100)
      }
    ) { port in
      let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\naPOST / HTTP/1.1\r\nX: "
      #expect(await drip(port, after: head, "a", isAnswered: true) != nil)
    }
  }

  @Test func anAnswerThatNobodyTakesIsCutOff() async throws {
    let large = [UInt8](repeating: 65, count: 64 << 20)
    let route = HTTPRoute(method: "GET", path: .exact("/")) { _ in
      HTTPServerResponse(status: 200, body: .bytes(large))
    }
    try await withServer([route], change: { $0.responseDeadline = .milliseconds(200) }) { port in
      let got = await onThread {
        guard let peer = RawConnection(port: port) else { return Int.max }
        peer.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        var count = 0
        // Takes a little every 10 ms until the server has had enough.
        for _ in 0..<1000 where peer.isOpen(milliseconds: 10) {
          count += peer.read(milliseconds: 10)?.count ?? 0
        }
        while let more = peer.read(milliseconds: 30_000), !more.isEmpty { count += more.count }
        return count
      }
      #expect(got < large.count)
    }
  }

  /// The handler's own time does not count against the peer.
  @Test func aSlowHandlerIsNotCutOff() async throws {
    let gate = Gate()
    let route = HTTPRoute(method: "POST", path: .exact("/slow")) { _ in
      await gate.wait()
      return .text(200, "done")
    }
    try await withServer(
      [route, Self.echo],
      change: {
        $0.headerDeadline = .milliseconds(100)
        $0.bodyDeadline = .milliseconds(100)
        $0.idleTimeout = .milliseconds(100)
      }
    ) { port in
      try await withClient { transport in
        async let slow = transport.send(.local("POST", port, "/slow", body: .bytes([1])))
        // When this peer has been cut off, the time of the other would have been up too.
        _ = await drip(port, after: "", "a")
        await gate.open()
        let text = try await slow.text
        #expect(text == "done")
      }
    }
  }
}
