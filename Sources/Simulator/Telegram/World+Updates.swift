internal import Conversation

/// How updates reach the bot: the queue, and the choice between polling and a webhook.
extension World {
  /// Confirms what lies before the offset and gives what waits, oldest first.
  mutating func poll(offset: Int64, limit: Int) -> [JSONValue] {
    if offset < 0 {
      updates = Array(updates.suffix(Int(clamping: offset.magnitude)))
    } else if offset > 0, offset <= nextUpdate {
      updates.removeAll { $0.id < offset && !$0.isRepeated }
    }
    var given: [JSONValue] = []
    for index in updates.indices.prefix(limit) {
      given.append(updates[index].json)
      updates[index].isRepeated = false
    }
    return given
  }

  mutating func setWebhook(_ call: BotCall) throws(TelegramFailure) -> String {
    guard let url = call.string("url"), !url.isEmpty else { return deleteWebhook(call) }
    let isPlain = url.lowercased().hasPrefix("http://") && settings.allowsPlainWebhooks
    guard url.lowercased().hasPrefix("https://") || isPlain else {
      throw .refused("bad webhook: An HTTPS URL must be provided for webhook")
    }
    if let secret = call.string("secret_token") {
      guard secret.utf8.count <= 256 else { throw .refused("secret token is too long") }
      let known = secret.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
      guard known else { throw .refused("secret token contains unallowed characters") }
    }
    if call.flag("drop_pending_updates") { updates.removeAll() }
    allow(call.values["allowed_updates"])
    let new = Webhook(
      url: url, secret: call.string("secret_token"),
      maxConnections: min(max(call.integer("max_connections") ?? 40, 1), 100))
    var old = webhook
    old?.lastErrorDate = nil
    old?.lastErrorMessage = nil
    if old == new { return "Webhook is already set" }
    webhook = new
    return "Webhook was set"
  }

  mutating func deleteWebhook(_ call: BotCall) -> String {
    if call.flag("drop_pending_updates") { updates.removeAll() }
    guard webhook != nil else { return "Webhook is already deleted" }
    webhook = nil
    for index in updates.indices {
      updates[index].isInFlight = false
      updates[index].notBefore = 0
    }
    return "Webhook was deleted"
  }

  func webhookInfo() -> JSONValue {
    var info: [String: JSONValue] = [
      "url": .string(webhook?.url ?? ""), "has_custom_certificate": false,
      "pending_update_count": .integer(Int64(updates.count)),
    ]
    if let webhook {
      info["max_connections"] = .integer(webhook.maxConnections)
      if let date = webhook.lastErrorDate { info["last_error_date"] = .integer(date) }
      if let message = webhook.lastErrorMessage { info["last_error_message"] = .string(message) }
    }
    if let allowed {
      info["allowed_updates"] = .array(allowed.sorted().map { .string($0) })
    }
    return .object(info)
  }

  /// One update on its way to the webhook.
  struct Shipment {
    var id: Int64
    var url: String
    var secret: String?
    var body: [UInt8]
  }

  /// Takes the updates that can be sent now: the first of each key, unless it is on its way or waits
  /// for its next try. Also tells how long to wait for the next of those.
  mutating func ship(_ now: Instant) -> (shipments: [Shipment], wait: Duration?) {
    guard let webhook else { return ([], nil) }
    var free = Int(webhook.maxConnections) - updates.count { $0.isInFlight }
    var seen: Set<String> = []
    var shipments: [Shipment] = []
    var earliest: Int64?
    for index in updates.indices where seen.insert(updates[index].key).inserted {
      let update = updates[index]
      if update.isInFlight || free <= 0 { continue }
      guard update.notBefore <= now.milliseconds else {
        earliest = min(earliest ?? .max, update.notBefore)
        continue
      }
      free -= 1
      updates[index].isInFlight = true
      shipments.append(
        Shipment(
          id: update.id, url: webhook.url, secret: webhook.secret, body: update.json.bytes))
    }
    return (shipments, earliest.map { .milliseconds($0 - now.milliseconds) })
  }

  /// Notes how a delivery ended. A failure is tried again at once (or after `Retry-After`), then
  /// after 2, 4, 8 … 60 seconds, and holds back the later updates of its key.
  mutating func shipped(_ id: Int64, error: String?, retryAfterSeconds: Int?, now: Instant) {
    guard let index = updates.firstIndex(where: { $0.id == id && $0.isInFlight }) else { return }
    guard let error else {
      updates.remove(at: index)
      return
    }
    webhook?.lastErrorDate = now.milliseconds / 1000
    webhook?.lastErrorMessage = error
    let attempts = updates[index].attempts
    let backoff = attempts == 0 ? 0 : min(1 << min(attempts, 6), 60)
    let seconds = min(retryAfterSeconds ?? backoff, 3600)
    updates[index].isInFlight = false
    updates[index].attempts = attempts + 1
    updates[index].notBefore = now.milliseconds + Int64(seconds) * 1000
  }
}
