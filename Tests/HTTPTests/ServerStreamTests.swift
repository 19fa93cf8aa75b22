internal import Gateways
internal import HTTPServer
internal import Testing

/// Answers that grow.
@Suite struct ServerStreamTests {
  private func route(_ stream: @escaping @Sendable () -> AsyncStream<[UInt8]>) -> HTTPRoute {
    HTTPRoute(method: "GET", path: .exact("/events")) { _ in
      HTTPServerResponse(
        status: 200, headers: [HTTPHeader("Content-Type", "text/event-stream")],
        body: .stream(stream()))
    }
  }

  @Test func eachEventIsFlushedWhenItComes() async throws {
    let (events, feed) = AsyncStream.makeStream(of: [UInt8].self)
    try await withServer([route { events }]) { port in
      try await withClient { transport in
        // The head comes before the first event.
        let response = try await transport.stream(.local("GET", port, "/events"))
        #expect(response.headers["Content-Type"] == "text/event-stream")
        for number in 0..<3 {
          let event = Array("data: \(number)\n\n".utf8)
          feed.yield(event)
          #expect(try await response.body.next() == event)
        }
        feed.finish()
        #expect(try await response.body.next() == nil)
      }
    }
  }

  @Test func theSourceIsToldWhenThePeerLeaves() async throws {
    let ended = Promise<Void>()
    let (events, feed) = AsyncStream.makeStream(of: [UInt8].self)
    feed.onTermination = { _ in ended.fulfil(()) }
    feed.yield(Array("hello".utf8))
    try await withServer([route { events }]) { port in
      await onThread {
        let peer = RawConnection(port: port)
        peer?.write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = peer?.read(until: "hello")
      }
      await ended.value
    }
  }

  @Test func aHeadRequestDoesNotStartTheStream() async throws {
    let pulled = Counter()
    let route = route {
      .counted { _ in
        pulled.add()
        return nil
      }
    }
    try await withServer([route]) { port in
      try await withClient { transport in
        let response = try await transport.send(.local("HEAD", port, "/events"))
        #expect(response.status == 200)
        #expect(pulled.value == 0)
      }
    }
  }

  /// A source is asked for no more than the buffers on the way hold while the peer does not read.
  @Test func aSlowPeerSlowsTheSource() async throws {
    let piece = [UInt8](repeating: 1, count: 1 << 20)
    let total = 60
    let pulled = Counter()
    let route = route {
      .counted { number in
        pulled.add()
        return number < total ? piece : nil
      }
    }
    try await withServer([route]) { port in
      let (early, length) = await onThread {
        guard let peer = RawConnection(port: port) else { return (0, 0) }
        peer.write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
        // Bytes of the body show that the stream has begun; then long enough for a source that
        // nobody holds back to give everything.
        var length = 0
        while length < 1_000, let more = peer.read(milliseconds: 60_000), !more.isEmpty {
          length += more.count
        }
        _ = peer.isOpen(milliseconds: 300)
        let early = pulled.value
        var last: [UInt8] = []
        while !last.suffix(5).elementsEqual("0\r\n\r\n".utf8) {
          guard let more = peer.read(milliseconds: 30_000), !more.isEmpty else { break }
          length += more.count
          last = last.suffix(5) + more
        }
        return (early, length)
      }
      #expect(early > 0 && early < total / 2)
      #expect(length > total * piece.count)
    }
  }

  @Test func aStreamMayEndWithoutAnElement() async throws {
    try await withServer([route { AsyncStream { $0.finish() } }]) { port in
      try await withClient { transport in
        let response = try await transport.send(.local("GET", port, "/events"))
        #expect(response.status == 200)
        #expect(response.body.isEmpty)
      }
    }
  }
}
