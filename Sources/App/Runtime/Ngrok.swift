internal import Foundation
internal import Gateways

/// The public address of a local ngrok agent, for development.
///
/// The agent's API: https://ngrok.com/docs/agent/api
struct Ngrok: Sendable {
  /// Where the agent answers by default.
  static let agent = "http://127.0.0.1:4040"

  /// Why there is no address.
  struct NoTunnel: Error, Equatable, CustomStringConvertible {
    /// What is wrong, and how to mend it.
    let description: String
  }

  private struct Answer: Decodable {
    struct Tunnel: Decodable {
      struct Config: Decodable { var addr: String? }

      var publicURL: String
      var config: Config?

      enum CodingKeys: String, CodingKey { case publicURL = "public_url", config }
    }

    var tunnels: [Tunnel]
  }

  let transport: HTTPTransport

  /// The https address of the tunnel that leads to a port of this machine.
  func address(toPort port: Int) async throws(NoTunnel) -> String {
    let response: HTTPResponse
    do throws(HTTPError) {
      response = try await transport.send(
        HTTPRequest(method: "GET", url: Self.agent + "/api/tunnels", timeout: .seconds(5)))
    } catch {
      throw NoTunnel(
        description: "BASE_WEBHOOK_URL is auto, but no ngrok agent answers at \(Self.agent); "
          + "start it with: ngrok http \(port)")
    }
    let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body))
    let secure = answer?.tunnels.filter { $0.publicURL.hasPrefix("https://") } ?? []
    let tunnel = secure.first { $0.config?.addr?.hasSuffix(":\(port)") ?? false }
    guard let tunnel else {
      throw NoTunnel(
        description: "BASE_WEBHOOK_URL is auto, but the ngrok agent has no https tunnel to port "
          + "\(port); start it with: ngrok http \(port)")
    }
    return tunnel.publicURL
  }
}
