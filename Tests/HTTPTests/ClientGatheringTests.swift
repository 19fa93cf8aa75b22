internal import Dispatch
internal import Gateways
internal import HTTPClient
internal import Testing

/// When the pieces of a streamed answer reach their reader.
@Suite struct ClientGatheringTests {
  /// Writes a first piece, the rest when the reader has it, and ends when it is told to.
  private func server(_ rest: [String], _ read: DispatchSemaphore, _ end: DispatchSemaphore)
    -> RawServer
  {
    RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n\r\none")
      read.wait()
      for piece in rest { connection.write(piece) }
      end.wait()
    }
  }

  @Test func whatIsGatheredComesWithTheEnd() async throws {
    let (read, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let server = server(["two", "three"], read, end)
    end.signal()
    try await withClient(change: { $0.streamGathering = .seconds(3600) }) { transport in
      let response = try await transport.stream(.local("GET", server.port))
      #expect(try await response.body.next() == Array("one".utf8), "the first piece comes at once")
      read.signal()
      #expect(try await response.body.next() == Array("twothree".utf8))
      #expect(try await response.body.next() == nil)
    }
  }

  @Test func gatheringEnds() async throws {
    let (read, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let server = server(["two"], read, end)
    try await withClient(change: { $0.streamGathering = .milliseconds(20) }) { transport in
      let response = try await transport.stream(.local("GET", server.port))
      #expect(try await response.body.next() == Array("one".utf8))
      read.signal()
      #expect(try await response.body.next() == Array("two".utf8), "though the answer goes on")
      end.signal()
      #expect(try await response.body.next() == nil)
    }
  }

  @Test func muchIsHandedOverAtOnce() async throws {
    let (read, end) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let size = 40 << 10
    let server = server([String(repeating: "x", count: size)], read, end)
    try await withClient(change: { $0.streamGathering = .seconds(3600) }) { transport in
      let response = try await transport.stream(.local("GET", server.port))
      #expect(try await response.body.next() == Array("one".utf8))
      read.signal()
      let piece = try await response.body.next()
      #expect(piece?.isEmpty == false, "though the answer goes on")
      end.signal()
      var count = piece?.count ?? 0
      for try await piece in response.body { count += piece.count }
      #expect(count == size)
    }
  }

  @Test func whatCameBeforeTheConnectionBrokeIsRead() async throws {
    let read = DispatchSemaphore(value: 0)
    let server = RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\none")
      read.wait()
      connection.write("two")
    }
    try await withClient(change: { $0.streamGathering = .seconds(3600) }) { transport in
      let response = try await transport.stream(.local("GET", server.port))
      #expect(try await response.body.next() == Array("one".utf8))
      read.signal()
      #expect(try await response.body.next() == Array("two".utf8))
      let error = await failure { () throws(HTTPError) in _ = try await response.body.next() }
      #expect(error?.code == .broken)
    }
  }
}
