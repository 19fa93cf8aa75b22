internal import Gateways
internal import HTTPClient
internal import HTTPServer
internal import Testing

/// The client against the server.
@Suite struct RoundTripTests {
  private static let echo = HTTPRoute(method: "POST", path: .exact("/echo")) { request in
    HTTPServerResponse(
      status: 201, headers: [HTTPHeader("X-Kind", request.headers["content-type"] ?? "none")],
      body: .bytes(request.body))
  }

  @Test(arguments: [0, 1, 1000, 16 << 10, (16 << 10) + 1, 300_000])
  func postsAreEchoed(size: Int) async throws {
    let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try await withServer([Self.echo]) { port in
      try await withClient { transport in
        let response = try await transport.send(
          .local(
            "POST", port, "/echo", headers: [HTTPHeader("Content-Type", "a/b")], body: .bytes(body))
        )
        #expect(response.status == 201)
        #expect(response.headers["x-kind"] == "a/b")
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
        #expect(response.headers["Date"] != nil)
        #expect(response.body == body)
      }
    }
  }

  @Test func noContentTypeIsInvented() async throws {
    try await withServer([Self.echo]) { port in
      try await withClient { transport in
        let response = try await transport.send(
          .local("POST", port, "/echo", body: .bytes([1, 2, 3])))
        #expect(response.headers["x-kind"] == "none")
      }
    }
  }

  @Test func pathQueryAndEmptyHeadersAreDecoded() async throws {
    let route = HTTPRoute(method: "GET", path: .exact("/a b")) { request in
      .text(
        200,
        "\(request.query("x") ?? "-")|\(request.query("y") ?? "-")|"
          + "\(request.query("none") ?? "-")|\(request.headers["X-Empty"] ?? "-")")
    }
    try await withServer([route]) { port in
      try await withClient { transport in
        let response = try await transport.send(
          .local(
            "GET", port, "/a%20b?x=1%2B1+2&y=%D0%B4%zz&y=2", headers: [HTTPHeader("X-Empty", "")]))
        #expect(response.text == "1+1 2|д%zz|-|")
      }
    }
  }

  @Test func headHasLengthAndNoBody() async throws {
    let route = HTTPRoute(method: "GET", path: .exact("/")) { _ in .text(200, "hello") }
    try await withServer([route]) { port in
      try await withClient { transport in
        let response = try await transport.send(.local("HEAD", port))
        #expect(response.status == 200)
        #expect(response.headers["Content-Length"] == "5")
        #expect(response.body.isEmpty)
      }
    }
  }

  @Test func strangersLearnOnlyTheStatus() async throws {
    let routes = ["GET", "PUT"].map { method in
      HTTPRoute(method: method, path: .prefix("/there/")) { _ in .text(200, "x") }
    }
    try await withServer(routes) { port in
      try await withClient { transport in
        let missing = try await transport.send(.local("GET", port, "/elsewhere"))
        #expect(missing.status == 404)
        #expect(missing.text == "not found\n")
        let wrong = try await transport.send(
          .local("POST", port, "/there/x", body: .bytes([1])))
        #expect(wrong.status == 405)
        #expect(wrong.headers["Allow"] == "GET, HEAD, PUT")
        let right = try await transport.send(.local("PUT", port, "/there/y"))
        #expect(right.status == 200)
      }
    }
  }

  @Test func aLargeAnswerComesWhole() async throws {
    let large = [UInt8](repeating: 7, count: 5 << 20)
    let route = HTTPRoute(method: "GET", path: .exact("/")) { _ in
      HTTPServerResponse(status: 200, body: .bytes(large))
    }
    try await withServer([route]) { port in
      try await withClient { transport in
        let response = try await transport.send(.local("GET", port))
        #expect(response.body == large)
      }
    }
  }

  @Test func multipartFormsArriveIntact() async throws {
    let file = (0..<50_000).map { UInt8(truncatingIfNeeded: $0) }
    let route = HTTPRoute(method: "POST", path: .exact("/")) { request in
      let parts = MultipartReader.parts(of: request)
      let described = parts.map { "\($0.name)/\($0.fileName ?? "")/\($0.contentType ?? "")" }
      let intact = parts.map(\.bytes) == [Array("42".utf8), file, []]
      return .text(200, described.joined(separator: " ") + " \(intact)")
    }
    try await withServer([route]) { port in
      try await withClient { transport in
        let response = try await transport.send(
          .local(
            "POST", port,
            body: .multipart([
              .init(name: "chat_id", bytes: Array("42".utf8)),
              .init(name: "document", fileName: "ы.bin", contentType: "a/b", bytes: file),
              .init(name: "empty", bytes: []),
            ])))
        #expect(response.text == "chat_id// document/ы.bin/a/b empty// true")
      }
    }
  }

  @Test func manyStreamsAtOnce() async throws {
    let count = 200
    let allThere = Meeting(count)
    let route = HTTPRoute(method: "POST", path: .exact("/")) { request in
      let body = request.body
      return HTTPServerResponse(
        status: 200,
        body: .stream(
          .counted { number in
            if number == 1 { await allThere.arrive() }
            return number <= 10 ? body : nil
          }))
    }
    try await withServer([route]) { port in
      try await withClient(change: { $0.maxConnectionsPerHost = count }) { transport in
        let lengths = try await withThrowingTaskGroup(of: Int.self) { group in
          for number in 0..<count {
            group.addTask {
              let body = [UInt8](repeating: UInt8(number), count: 100)
              let response = try await transport.stream(
                .local("POST", port, body: .bytes(body)))
              var length = 0
              for try await chunk in response.body {
                guard chunk.allSatisfy({ $0 == UInt8(number) }) else { return -1 }
                length += chunk.count
              }
              return length
            }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(lengths == Array(repeating: 1100, count: count))
      }
    }
  }
}

/// Holds everybody until all have come.
private actor Meeting {
  private var missing: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { missing = count }

  func arrive() async {
    missing -= 1
    if missing > 0 { return await withCheckedContinuation { waiting.append($0) } }
    for continuation in waiting { continuation.resume() }
  }
}
