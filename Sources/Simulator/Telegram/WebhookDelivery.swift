internal import Conversation
internal import Gateways
internal import Platform
internal import Synchronization

/// Delivers updates to the bot's webhook: one at a time per chat, in order, chats side by side.
struct WebhookDelivery: Service {
  let core: TelegramSimulator.Core
  let transport: HTTPTransport
  let clock: Clock
  let timeout: Duration

  var name: String { "simulated webhook delivery" }

  func run() async throws {
    try await withThrowingDiscardingTaskGroup { group in
      while !Task.isCancelled {
        let now = clock.now()
        let (shipments, wait) = core.state.withLock { state in
          state.world.expire(now)
          return state.world.ship(now)
        }
        for shipment in shipments { group.addTask { await deliver(shipment) } }
        // A change of the state rings; the limit only matters for retries.
        try await core.deliveries.wait(atMost: wait ?? .seconds(3600), clock: clock)
      }
    }
  }

  private func deliver(_ shipment: World.Shipment) async {
    var headers = [HTTPHeader("Content-Type", "application/json")]
    if let secret = shipment.secret {
      headers.append(HTTPHeader("X-Telegram-Bot-Api-Secret-Token", secret))
    }
    let request = HTTPRequest(
      method: "POST", url: shipment.url, headers: headers, body: .bytes(shipment.body),
      timeout: timeout)
    var trouble: String?
    var retryAfterSeconds: Int?
    do throws(HTTPError) {
      let response = try await transport.send(request)
      if !(200...299).contains(response.status) {
        trouble = "Wrong response from the webhook: \(response.status)"
        retryAfterSeconds = response.headers["Retry-After"].flatMap { Int($0) }
      }
    } catch {
      trouble = "Webhook connection closed"
    }
    let now = clock.now()
    core.state.withLock { state in
      state.world.shipped(
        shipment.id, error: trouble, retryAfterSeconds: retryAfterSeconds, now: now)
    }
    core.deliveries.ring()
  }
}
