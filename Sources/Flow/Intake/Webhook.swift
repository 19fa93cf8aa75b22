package import Gateways
internal import Platform
internal import Storage

/// The webhook as a route: secret first, then body, then storage, then the acknowledgement.
package struct Webhook: Sendable {
  /// The header in which Telegram sends the secret.
  package static let secretHeader = "X-Telegram-Bot-Api-Secret-Token"

  private let intake: @Sendable () -> Intake?
  private let isSecret: @Sendable (String) -> Bool

  /// Makes a webhook. `intake` is nil as long as the program starts; `isSecret` compares in constant
  /// time.
  package init(
    intake: @escaping @Sendable () -> Intake?, isSecret: @escaping @Sendable (String) -> Bool
  ) {
    self.intake = intake
    self.isSecret = isSecret
  }

  /// The route at a path, with and without the slash at its end.
  package func routes(path: String) -> [HTTPRoute] {
    let bare = path.hasSuffix("/") ? String(path.dropLast()) : path
    return Set([path, bare, bare + "/"]).filter { !$0.isEmpty }.sorted().map(route)
  }

  private func route(_ path: String) -> HTTPRoute {
    HTTPRoute(
      method: "POST", path: .exact(path), bodyLimit: 1 << 20, drainLimit: 2 << 20,
      admit: { [isSecret] request in
        isSecret(request.headers[Self.secretHeader] ?? "") ? nil : .text(401, "")
      },
      handle: { [intake] request in
        let later = HTTPServerResponse.text(503, "", headers: [HTTPHeader("Retry-After", "2")])
        guard let intake = intake() else { return later }
        do throws(StoreError) {
          try await intake.admit([request.body])
          return .text(200, "")
        } catch {
          return later
        }
      })
  }
}
