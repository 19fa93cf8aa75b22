internal import Foundation
internal import Gateways
internal import HTTPClient
internal import Synchronization
internal import Testing

/// Connections, streams and cancellation of the client.
@Suite struct ClientTransferTests {
  @Test func connectionsAreKept() async throws {
    let server = RawServer { connection, _ in
      while connection.readRequest() != nil { connection.write(answer("ok")) }
    }
    try await withClient { transport in
      for _ in 0..<5 {
        let response = try await transport.send(
          .local("POST", server.port, body: .bytes(Array("x".utf8))))
        #expect(response.text == "ok")
      }
      #expect(server.connections == 1)
    }
  }

  @Test func connectionsPerHostAreBounded() async throws {
    let server = RawServer { connection, _ in
      while connection.readRequest() != nil { connection.write(answer("ok")) }
    }
    try await withClient(change: { $0.maxConnectionsPerHost = 3 }) { transport in
      try await withThrowingTaskGroup { group in
        for _ in 0..<50 {
          group.addTask { _ = try await transport.send(.local("POST", server.port)) }
        }
        try await group.waitForAll()
      }
      #expect(server.connections <= 3)
    }
  }

  @Test func theRequestIsWrittenAsAsked() async throws {
    let server = RawServer { connection, _ in
      connection.write(answer(connection.readRequest() ?? ""))
    }
    try await withClient(change: { $0.userAgent = "sb/1" }) { transport in
      let response = try await transport.send(
        .local(
          "DELETE", server.port, "/x?y=1",
          headers: [HTTPHeader("Authorization", "Bearer t"), HTTPHeader("Empty", "")]))
      #expect(response.text.hasPrefix("DELETE /x?y=1 HTTP/1.1\r\n"))
      #expect(response.text.contains("\r\nAuthorization: Bearer t\r\n"))
      #expect(response.text.contains("\r\nEmpty:\r\n"))
      #expect(response.text.contains("\r\nUser-Agent: sb/1\r\n"))
    }
  }

  @Test func interimAnswersAreSkipped() async throws {
    let server = RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer("real"))
    }
    try await withClient { transport in
      let response = try await transport.stream(.local("GET", server.port))
      #expect(response.status == 200)
      #expect(response.headers["Link"] == nil)
      #expect(try await response.body.next() == Array("real".utf8))
      #expect(try await response.body.next() == nil)
    }
  }

  @Test func compressedAnswersAreUnpacked() async throws {
    let packed: [UInt8] = [
      0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10,
      0x36, 5, 0, 0, 0,
    ]
    let server = RawServer { connection, _ in
      let request = connection.readRequest() ?? ""
      guard request.contains("Accept-Encoding:"), request.contains("gzip") else { return }
      connection.write(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
      connection.write(packed)
    }
    try await withClient(change: { $0.acceptsCompression = true }) { transport in
      let text = try await transport.text(.local("GET", server.port))
      #expect(text == "hello")
    }
  }

  @Test func cancellingTheTaskClosesTheConnection() async throws {
    let begun = Promise<Void>()
    let closed = Promise<Bool>()
    let server = RawServer { connection, _ in
      _ = connection.readRequest()
      begun.fulfil(())
      closed.fulfil(connection.waitForEnd())
    }
    try await withClient { transport in
      await withTaskGroup { group in
        group.addTask {
          await failure { () throws(HTTPError) in
            _ = try await transport.send(.local("POST", server.port))
          }
        }
        _ = await begun.value
        group.cancelAll()
        let error = await group.next() ?? nil
        #expect(error?.code == .cancelled)
        #expect(error?.requestWritten == true)
      }
      #expect(await closed.value == true)
    }
  }

  @Test func aCancelledTaskSendsNothing() async throws {
    let server = RawServer { connection, _ in connection.write(answer("")) }
    try await withClient { transport in
      let error = await withTaskGroup { group in
        group.addTask {
          unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
          return await failure { () throws(HTTPError) in
            _ = try await transport.send(.local("POST", server.port))
          }
        }
        return await group.next() ?? nil
      }
      #expect(error?.code == .cancelled)
      #expect(error?.requestWritten == false)
      #expect(server.connections == 0)
    }
  }

  @Test func cancellingTheReaderClosesTheConnection() async throws {
    let closed = Promise<Bool>()
    let server = endlessServer(closed)
    try await withClient { transport in
      let response = try await transport.stream(.local("GET", server.port))
      #expect(try await response.body.next() == Array("begun".utf8))
      await withTaskGroup { group in
        group.addTask {
          await failure { () throws(HTTPError) in _ = try await response.body.next() }
        }
        group.cancelAll()
        let error = await group.next() ?? nil
        #expect(error?.code == .cancelled)
      }
      #expect(await closed.value == true)
    }
  }

  @Test func lettingGoOfTheBodyClosesTheConnection() async throws {
    let closed = Promise<Bool>()
    let server = endlessServer(closed)
    try await withClient { transport in
      func readOnce() async throws {
        let response = try await transport.stream(.local("GET", server.port))
        #expect(try await response.body.next() == Array("begun".utf8))
      }
      try await readOnce()
      #expect(await closed.value == true)
    }
  }

  @Test func shutdownEndsEverything() async throws {
    let closed = Promise<Bool>()
    let server = endlessServer(closed)
    let client = try HTTPClient()
    let transport = client.transport
    let response = try await transport.stream(.local("GET", server.port))
    _ = try await response.body.next()
    await client.shutdown()
    await client.shutdown()
    let ended = await failure { () throws(HTTPError) in _ = try await response.body.next() }
    #expect(ended?.code == .cancelled)
    let late = await failure { () throws(HTTPError) in
      _ = try await transport.send(.local("GET", server.port))
    }
    #expect(late == HTTPError(.cancelled, requestWritten: false, detail: "stopped"))
    #expect(await closed.value == true)
  }

  /// The peer can write no more than the buffers on the way hold until the reader reads.
  @Test func aSlowReaderSlowsThePeer() async throws {
    let total = 64 << 20
    let stalledAt = Promise<Int>()
    let server = RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
      let piece = [UInt8](repeating: 1, count: 1 << 20)
      connection.setWriteTimeout(milliseconds: 300)
      var left = total
      while left > 0 {
        let count = connection.writeSome(piece)
        if count < 0 { break }
        left -= count
      }
      stalledAt.fulfil(total - left)
      connection.setWriteTimeout(milliseconds: 0)
      while left > 0 {
        let count = connection.writeSome(Array(piece.prefix(left)))
        guard count > 0 else { return }
        left -= count
      }
    }
    try await withClient { transport in
      let response = try await transport.stream(.local("GET", server.port))
      let stalled = await stalledAt.value ?? total
      #expect(stalled < total / 2)
      var length = 0
      for try await chunk in response.body {
        length += chunk.count
        #expect(chunk.count <= (64 << 10) + (16 << 10))
      }
      #expect(length == total)
    }
  }

  @Test func theDescriptorLimitIsNeverLowered() {
    let now = DescriptorLimit.raise(to: 0)
    #expect(now > 0)
    #expect(DescriptorLimit.raise(to: now) == now)
    #expect(DescriptorLimit.raise(to: 64) == now)
  }

  private func endlessServer(_ closed: Promise<Bool>) -> RawServer {
    RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n\r\nbegun")
      closed.fulfil(connection.waitForEnd())
    }
  }
}
