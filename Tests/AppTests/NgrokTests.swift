import Foundation
import Gateways
import Testing

@testable import App

@Suite struct NgrokTests {
  private func ngrok(_ body: String) -> Ngrok {
    Ngrok(
      transport: HTTPTransport(
        send: { request throws(HTTPError) in
          guard request.url == "http://127.0.0.1:4040/api/tunnels" else {
            throw HTTPError(.badURL, requestWritten: false)
          }
          return HTTPResponse(status: 200, body: Array(body.utf8))
        },
        stream: { _ throws(HTTPError) in throw HTTPError(.badURL, requestWritten: false) }))
  }

  @Test func theTunnelToOurPortIsTaken() async throws {
    let body = #"""
      {"tunnels":[
        {"public_url":"http://a.ngrok.app","proto":"http","config":{"addr":"http://localhost:8000"}},
        {"public_url":"https://b.ngrok.app","proto":"https","config":{"addr":"http://localhost:3000"}},
        {"public_url":"https://c.ngrok.app","proto":"https","config":{"addr":"http://localhost:8000"}}
      ],"uri":"/api/tunnels"}
      """#
    #expect(try await ngrok(body).address(toPort: 8000) == "https://c.ngrok.app")
  }

  @Test(arguments: [#"{"tunnels":[]}"#, "not json", ""])
  func withoutATunnelTheRemedyIsNamed(_ body: String) async {
    await #expect(throws: Ngrok.NoTunnel.self) {
      try await ngrok(body).address(toPort: 8000)
    }
  }

  @Test func withoutAnAgentTheRemedyIsNamed() async {
    let silent = Ngrok(
      transport: HTTPTransport(
        send: { _ throws(HTTPError) in throw HTTPError(.notConnected, requestWritten: false) },
        stream: { _ throws(HTTPError) in throw HTTPError(.notConnected, requestWritten: false) }))
    let error = await #expect(throws: Ngrok.NoTunnel.self) {
      try await silent.address(toPort: 8000)
    }
    #expect(error?.description.contains("ngrok http 8000") == true)
  }
}
