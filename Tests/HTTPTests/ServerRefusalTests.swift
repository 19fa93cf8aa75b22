internal import Gateways
internal import HTTPServer
internal import Testing

/// What the server refuses, and how the peer learns of it.
@Suite struct ServerRefusalTests {
  private static let guarded = HTTPRoute(
    method: "POST", path: .exact("/hook"), bodyLimit: 1000, drainLimit: 4 << 20,
    admit: { $0.headers["X-Secret"] == "s" ? nil : .text(401, "no\n") },
    handle: { .text(200, "\($0.body.count)") })

  private func post(_ length: Int, secret: Bool = true, chunked: Bool = false) -> String {
    "POST /hook HTTP/1.1\r\nHost: x\r\n" + (secret ? "X-Secret: s\r\n" : "")
      + (chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: \(length)\r\n") + "\r\n"
  }

  @Test(arguments: [true, false])
  func aRefusalDoesNotWaitForTheBody(secret: Bool) async throws {
    try await withServer([Self.guarded]) { port in
      let text = await onThread {
        let peer = RawConnection(port: port)
        peer?.write(post(1_000_000, secret: secret))
        return peer?.read(until: "\r\n\r\n") ?? ""
      }
      #expect(text.hasPrefix(secret ? "HTTP/1.1 413" : "HTTP/1.1 401"))
    }
  }

  /// Peers that write everything before they read must get the answer, not a reset.
  @Test(arguments: [true, false])
  func aRefusalReachesAPeerThatWritesFirst(secret: Bool) async throws {
    try await withServer([Self.guarded]) { port in
      let text = await onThread {
        let peer = RawConnection(port: port)
        peer?.write(post(3 << 20, secret: secret))
        let piece = [UInt8](repeating: 0, count: 64 << 10)
        for _ in 0..<48 { guard peer?.write(piece) == true else { return "cut while writing" } }
        return peer?.readToEnd() ?? ""
      }
      #expect(text.hasPrefix(secret ? "HTTP/1.1 413" : "HTTP/1.1 401"))
      #expect(text.hasSuffix(secret ? "content too large\n" : "no\n"))
    }
  }

  @Test func aRefusalReachesTheClient() async throws {
    try await withServer([Self.guarded]) { port in
      try await withClient { transport in
        for size in [10, 100_000, 3 << 20] {
          let response = try await transport.send(
            .local("POST", port, "/hook", body: .bytes([UInt8](repeating: 0, count: size))))
          #expect(response.status == 401)
        }
      }
    }
  }

  @Test(arguments: [(1000, "200"), (1001, "413"), (3_000_000, "413")])
  func aBodyOfUnknownLengthIsDrained(size: Int, status: String) async throws {
    try await withServer([Self.guarded]) { port in
      let text = await onThread {
        let peer = RawConnection(port: port)
        peer?.write(post(0, chunked: true))
        var left = size
        while left > 0 {
          let count = min(left, 50_000)
          peer?.write("\(String(count, radix: 16))\r\n")
          peer?.write([UInt8](repeating: 0, count: count))
          peer?.write("\r\n")
          left -= count
        }
        peer?.write("0\r\n\r\n")
        return peer?.read(until: "\r\n\r\n") ?? ""
      }
      #expect(text.hasPrefix("HTTP/1.1 \(status)"))
    }
  }

  @Test func aBodyWithoutEndIsCutOff() async throws {
    try await withServer([Self.guarded]) { port in
      let cut = await onThread {
        guard let peer = RawConnection(port: port) else { return false }
        peer.write(post(0, chunked: true))
        let piece = [UInt8](repeating: 0, count: 65_536)
        for _ in 0..<10_000 {
          guard peer.write("10000\r\n"), peer.write(piece), peer.write("\r\n") else { return true }
        }
        return false
      }
      #expect(cut)
    }
  }

  @Test func aPeerThatAsksFirstIsNotInvited() async throws {
    try await withServer([Self.guarded]) { port in
      let (refused, invited) = await onThread {
        let head = "POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n"
        let stranger = RawConnection(port: port)
        stranger?.write(head + "\r\n")
        let friend = RawConnection(port: port)
        friend?.write(head + "X-Secret: s\r\n\r\n")
        return (stranger?.read(until: "\r\n\r\n") ?? "", friend?.read(until: "\r\n\r\n") ?? "")
      }
      #expect(refused.hasPrefix("HTTP/1.1 401"))
      #expect(invited.hasPrefix("HTTP/1.1 100"))
    }
  }

  @Test(arguments: [(8_000, "404"), (10_000, "431"), (200_000, "431")])
  func headsAreBounded(size: Int, status: String) async throws {
    try await withServer([Self.guarded], change: { $0.headerLimitBytes = 9_000 }) { port in
      let text = await onThread {
        let peer = RawConnection(port: port)
        peer?.write(
          "GET / HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "a", count: size))\r\n\r\n")
        return peer?.read(until: "\r\n\r\n") ?? ""
      }
      #expect(text.hasPrefix("HTTP/1.1 \(status)"))
    }
  }

  @Test func nonsenseIsRefused() async throws {
    try await withServer([Self.guarded]) { port in
      let text = await onThread {
        let peer = RawConnection(port: port)
        peer?.write("\u{16}\u{3}\u{1} nonsense\r\n\r\n")
        return peer?.readToEnd() ?? ""
      }
      #expect(!text.contains("200"))
      #expect(!text.lowercased().contains("microhttpd"))
    }
  }

  /// A connection of a peer beyond the limit is closed unanswered; when one leaves, the next is
  /// served.
  @Test func connectionsFromOneAddressAreBounded() async throws {
    let route = HTTPRoute(method: "GET", path: .exact("/")) { _ in .text(200, "x") }
    try await withServer([route], change: { $0.connectionLimitPerAddress = 2 }) { port in
      let answers = await onThread {
        let peers = (0..<3).map { _ in
          let peer = RawConnection(port: port)
          peer?.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
          return (peer, peer?.read(until: "\r\n\r\nx") ?? "")
        }
        return peers.map(\.1)
      }
      #expect(answers.map { $0.hasPrefix("HTTP/1.1 200") } == [true, true, false])
    }
  }
}
