import Foundation
import Gateways
import HTTPClient
import Staging

extension Stage {
  /// What a server answers; nil when nothing comes back.
  func fetch(_ method: String, _ url: String, json: String? = nil) async -> HTTPResponse? {
    do throws(HTTPError) {
      return try await client.transport.send(
        HTTPRequest(
          method: method, url: url, headers: [HTTPHeader("Content-Type", "application/json")],
          body: .bytes(Array((json ?? "").utf8)), timeout: .seconds(10)))
    } catch {
      return nil
    }
  }
}
