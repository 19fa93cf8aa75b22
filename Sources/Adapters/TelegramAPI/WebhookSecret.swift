internal import CSodium
package import Platform

/// The secret that Telegram sends along with every update of a webhook.
package enum WebhookSecret {
  /// What both keys below are for; another purpose would take another label.
  private static let label = Array("switchboard webhook secret".utf8)

  /// A secret for a bot for which none is set: the same at every start, and of no use to find the
  /// token. 64 characters of `0-9a-f`, within the `A-Za-z0-9_-` that Telegram allows.
  package static func derived(from token: Secret) -> Secret {
    let digits = Array("0123456789abcdef".utf8)
    let hex = authenticate(Array(token.reveal().utf8)).flatMap { byte in
      [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return Secret(String(decoding: hex, as: UTF8.self))
  }

  /// Whether what came in the header is the secret. Both are reduced to 32 bytes before they are
  /// compared, so that the time tells neither where they differ nor how long the secret is.
  package static func matches(_ given: String?, _ secret: Secret) -> Bool {
    guard let given else { return false }
    let left = authenticate(Array(given.utf8))
    let right = authenticate(Array(secret.reveal().utf8))
    return unsafe sodium_memcmp(left, right, left.count) == 0
  }

  /// HMAC-SHA-256 under the label.
  private static func authenticate(_ message: [UInt8]) -> [UInt8] {
    var state = crypto_auth_hmacsha256_state()
    var code = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
    // These three cannot fail: they return 0 always.
    unsafe crypto_auth_hmacsha256_init(&state, label, label.count)
    unsafe crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
    unsafe crypto_auth_hmacsha256_final(&state, &code)
    return code
  }
}
