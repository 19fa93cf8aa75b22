internal import Foundation
internal import Gateways
internal import HTTPClient
internal import Testing

/// What the client says when no whole answer comes.
@Suite struct ClientFailureTests {
  enum Body: CaseIterable, Sendable {
    case none, small, large, multipart

    var body: HTTPRequest.Body {
      switch self {
      case .none: .none
      case .small: .bytes(Array("small".utf8))
      case .large: .bytes([UInt8](repeating: 65, count: 100_000))
      case .multipart: .multipart([.init(name: "a", bytes: Array("b".utf8))])
      }
    }
  }

  /// A kept connection takes the second request and dies: whether the peer has acted on it is
  /// unknown, so it must not be written again.
  @Test(arguments: Body.allCases)
  func aPostIsNeverRepeatedOnItsOwn(body: Body) async throws {
    let requests = Counter()
    let server = RawServer { connection, _ in
      guard connection.readRequest() != nil else { return }
      requests.add()
      connection.write(answer("first"))
      if connection.readRequest() != nil { requests.add() }
    }
    try await withClient { transport in
      let first = try await transport.send(.local("POST", server.port, body: body.body))
      #expect(first.text == "first")
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(.local("POST", server.port, body: body.body))
      }
      #expect(error?.code == .broken)
      #expect(error?.requestWritten == true)
      #expect(requests.value == 2)
    }
  }

  @Test func aGetMayBeRepeated() async throws {
    let server = RawServer { connection, number in
      guard connection.readRequest() != nil else { return }
      connection.write(answer("\(number)"))
      _ = connection.readRequest()
    }
    try await withClient { transport in
      let first = try await transport.text(.local("GET", server.port))
      #expect(first == "0")
      let second = try await transport.text(.local("GET", server.port))
      #expect(second == "1")
    }
  }

  @Test func nobodyListening() async throws {
    let port = try closedPort()
    try await withClient { transport in
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(.local("POST", port, body: .bytes([1])))
      }
      #expect(error?.code == .notConnected)
      #expect(error?.requestWritten == false)
    }
  }

  @Test func anAnswerCutShort() async throws {
    let server = RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
    }
    try await withClient { transport in
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(.local("POST", server.port))
      }
      #expect(error?.code == .broken)
      #expect(error?.requestWritten == true)
    }
  }

  @Test func aStreamCutShortGivesWhatCameFirst() async throws {
    let server = RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
    }
    try await withClient { transport in
      let response = try await transport.stream(.local("POST", server.port))
      #expect(response.status == 200)
      #expect(try await response.body.next() == Array("hello".utf8))
      let error = await failure { () throws(HTTPError) in _ = try await response.body.next() }
      #expect(error?.code == .broken)
    }
  }

  @Test func somethingThatIsNotHTTP() async throws {
    let server = RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write("220 mail.example ESMTP\r\n")
    }
    try await withClient { transport in
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(.local("POST", server.port))
      }
      #expect(error?.code == .broken)
      #expect(error?.requestWritten == true)
    }
  }

  enum TooLarge: String, CaseIterable, Sendable {
    case announced, unannounced, head

    var answer: String {
      switch self {
      case .announced: "HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n"
      case .unannounced: "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 3000)
      case .head:
        "HTTP/1.1 200 OK\r\n"
          + String(repeating: "A: \(String(repeating: "b", count: 900))\r\n", count: 80)
      }
    }
  }

  @Test(arguments: TooLarge.allCases)
  func anAnswerTooLarge(kind: TooLarge) async throws {
    let server = RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write(kind.answer)
      _ = connection.waitForEnd()
    }
    try await withClient { transport in
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(.local("GET", server.port, limit: 2000))
      }
      #expect(error?.code == .tooLarge)
    }
  }

  @Test func anAnswerOfJustTheLimitIsTaken() async throws {
    let server = RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write(answer(String(repeating: "x", count: 2000)))
    }
    try await withClient { transport in
      let response = try await transport.send(.local("GET", server.port, limit: 2000))
      #expect(response.body.count == 2000)
    }
  }

  @Test func thePeerNeverAnswers() async throws {
    let server = RawServer { connection, _ in
      _ = connection.readRequest()
      _ = connection.waitForEnd()
    }
    try await withClient { transport in
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(.local("POST", server.port, timeout: .milliseconds(100)))
      }
      #expect(error?.code == .timedOut)
      #expect(error?.requestWritten == true)
    }
  }

  /// The network has changed: what was open is dead without a word, what is opened anew is not.
  @Test func afterARequestLeftWithoutAnswerOldConnectionsAreNotTrusted() async throws {
    let bothOpen = DispatchSemaphore(value: 0)
    let server = RawServer { connection, number in
      _ = connection.readRequest()
      if number == 1 { bothOpen.signal() } else if number == 0 { bothOpen.wait() }
      connection.write(answer("\(number)"))
      _ = connection.readRequest()
      _ = connection.waitForEnd()
    }
    try await withClient { transport in
      async let first = transport.text(.local("GET", server.port))
      async let second = transport.text(.local("GET", server.port))
      #expect(try await [first, second].sorted() == ["0", "1"])
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(.local("POST", server.port, timeout: .milliseconds(300)))
      }
      #expect(error?.code == .timedOut)
      #expect(error?.requestWritten == true)
      let after = try await transport.text(.local("POST", server.port, timeout: .seconds(20)))
      #expect(after == "2")
    }
  }

  @Test func theTimeRunsWhileWaitingForAConnection() async throws {
    let server = RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n\r\nbegun")
      _ = connection.waitForEnd()
    }
    try await withClient(change: { $0.maxConnectionsPerHost = 1 }) { transport in
      let holder = try await transport.stream(.local("GET", server.port))
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(.local("POST", server.port, timeout: .milliseconds(100)))
      }
      #expect(error?.code == .timedOut)
      #expect(error?.requestWritten == false)
      #expect(server.connections == 1)
      #expect(try await holder.body.next() == Array("begun".utf8))
    }
  }

  @Test(arguments: [
    "", "nonsense", "ftp://127.0.0.1/secret", "file:///etc/passwd", "http://127.0.0.1:99999/secret",
    "http://127.0.0.1/a b secret",
  ])
  func badAddresses(url: String) async throws {
    try await withClient { transport in
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(
          HTTPRequest(method: "GET", url: url, timeout: .seconds(5)))
      }
      #expect(error?.requestWritten == false)
      #expect(error?.code == .badURL)
      #expect(error?.detail.contains("secret") == false)
    }
  }

  @Test(arguments: [HTTPHeader("X", "a\r\nY: b"), HTTPHeader("X\nY", "a")])
  func headersCannotBeSmuggled(header: HTTPHeader) async throws {
    try await withClient { transport in
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(.local("GET", 1, headers: [header]))
      }
      #expect(error?.code == .badURL)
    }
  }

  @Test func theAddressIsInNoError() async throws {
    let port = try closedPort()
    try await withClient { transport in
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(.local("GET", port, "/bot123:token/getMe"))
      }
      let text = String(reflecting: error)
      #expect(!text.contains("token") && !text.contains("127.0.0.1"))
    }
  }

  @Test func redirectsAreAnswers() async throws {
    let server = RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write(answer("", status: "302 Found", headers: "Location: /elsewhere\r\n"))
    }
    try await withClient { transport in
      let response = try await transport.send(.local("GET", server.port))
      #expect(response.status == 302)
      #expect(response.headers["location"] == "/elsewhere")
      #expect(server.connections == 1)
    }
  }

  /// A port on which nobody listens.
  private func closedPort() throws -> Int {
    let server = RawServer { _, _ in }
    return server.port
  }
}
