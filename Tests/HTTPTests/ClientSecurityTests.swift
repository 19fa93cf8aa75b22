internal import Foundation
internal import Gateways
internal import HTTPClient
internal import Testing

/// Certificates and proxies.
@Suite struct ClientSecurityTests {
  private func get(_ url: String) -> HTTPRequest {
    HTTPRequest(method: "GET", url: url, timeout: .seconds(20))
  }

  @Test func aCertificateThatNobodyVouchesForIsRefused() async throws {
    let server = try await onThread { Result { try TLSServer() } }.get()
    try await withClient { transport in
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(get("https://localhost:\(server.port)/"))
      }
      #expect(error?.code == .insecure)
      #expect(error?.requestWritten == false)
    }
  }

  @Test func anExtraCertificateIsTrusted() async throws {
    let server = try await onThread { Result { try TLSServer() } }.get()
    try await withClient(change: { $0.caFile = server.certificate }) { transport in
      let response = try await transport.send(get("https://localhost:\(server.port)/"))
      #expect(response.status == 200)
    }
  }

  @Test func aCertificateForAnotherNameIsRefused() async throws {
    let server = try await onThread { Result { try TLSServer() } }.get()
    try await withClient(change: { $0.caFile = server.certificate }) { transport in
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(get("https://127.0.0.1:\(server.port)/"))
      }
      #expect(error?.code == .insecure)
    }
  }

  @Test(arguments: ["/nonexistent", "/etc/hostname"])
  func aFileWithoutCertificatesIsNamed(path: String) {
    var settings = HTTPClientSettings()
    settings.caFile = path
    do {
      _ = try HTTPClient(settings: settings)
      Issue.record("the client was made")
    } catch {
      #expect(error.code == .caFile)
    }
  }

  @Test func aPlainRequestIsForwarded() async throws {
    let proxy = RawServer { connection, _ in
      connection.write(answer(connection.readRequest() ?? ""))
    }
    try await withClient(change: { $0.proxy = "http://u:p@127.0.0.1:\(proxy.port)" }) {
      let response = try await $0.send(get("http://example.invalid/path"))
      #expect(response.text.hasPrefix("GET http://example.invalid/path HTTP/1.1\r\n"))
      #expect(response.text.contains("\r\nProxy-Authorization: Basic dTpw\r\n"))
    }
  }

  @Test func aSecureRequestGoesThroughATunnel() async throws {
    let server = try await onThread { Result { try TLSServer() } }.get()
    let proxy = RawServer { connection, _ in
      guard connection.readRequest()?.hasPrefix("CONNECT localhost:\(server.port) ") == true,
        let onward = RawConnection(port: server.port)
      else { return }
      connection.write("HTTP/1.1 200 Connection established\r\n\r\n")
      join(connection, onward)
    }
    try await withClient(change: {
      $0.proxy = "http://127.0.0.1:\(proxy.port)"
      $0.caFile = server.certificate
    }) {
      let response = try await $0.send(get("https://localhost:\(server.port)/"))
      #expect(response.status == 200)
      #expect(response.headers["Connection"] == nil)
      #expect(proxy.connections == 1)
    }
  }

  @Test func aProxyMayRefuse() async throws {
    let proxy = RawServer { connection, _ in
      _ = connection.readRequest()
      connection.write(answer("no", status: "403 Forbidden"))
    }
    try await withClient(change: { $0.proxy = "http://127.0.0.1:\(proxy.port)" }) { transport in
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(get("https://example.invalid/"))
      }
      #expect(error?.code == .proxy)
      #expect(error?.requestWritten == false)
    }
  }

  /// With `socks5h` the proxy gets the name and resolves it.
  @Test func aSocksProxyResolvesTheName() async throws {
    let proxy = RawServer { connection, _ in
      guard connection.read()?.first == 5 else { return }
      connection.write([5, 0])
      // Version, connect, reserved, name, length, the name, port.
      let request = connection.read() ?? []
      let name = String(decoding: request.dropFirst(5).dropLast(2), as: UTF8.self)
      connection.write([5, 0, 0, 1, 127, 0, 0, 1, 0, 80])
      guard connection.readRequest() != nil else { return }
      connection.write(answer("\(request.prefix(4)) \(name)"))
    }
    try await withClient(change: { $0.proxy = "socks5h://127.0.0.1:\(proxy.port)" }) {
      let response = try await $0.send(get("http://example.invalid/path"))
      #expect(response.text == "[5, 1, 0, 3] example.invalid")
    }
  }

  @Test func aSocksProxyMayRefuse() async throws {
    let proxy = RawServer { connection, _ in
      _ = connection.read()
      connection.write([5, 0])
      _ = connection.read()
      connection.write([5, 2, 0, 1, 0, 0, 0, 0, 0, 0])
    }
    try await withClient(change: { $0.proxy = "socks5h://127.0.0.1:\(proxy.port)" }) { transport in
      let error = await failure { () throws(HTTPError) in
        _ = try await transport.send(get("http://example.invalid/path"))
      }
      #expect(error?.code == .proxy)
      #expect(error?.requestWritten == false)
    }
  }
}

/// Copies both ways until one side ends.
private func join(_ one: RawConnection, _ other: RawConnection) {
  Thread {
    while let bytes = other.read(), !bytes.isEmpty, one.write(bytes) {}
    one.finishWriting()
  }.start()
  while let bytes = one.read(), !bytes.isEmpty, other.write(bytes) {}
  other.finishWriting()
}
