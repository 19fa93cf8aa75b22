import Platform
import TelegramAPI
import Testing

@Suite struct WebhookSecretTests {
  /// The value is that of an independent implementation:
  /// `hmac.new(b"switchboard webhook secret", b"123456:abc", "sha256").hexdigest()`.
  @Test func isDerivedFromTheToken() {
    let secret = WebhookSecret.derived(from: Secret("123456:abc"))
    #expect(secret.reveal() == "2c25f041c9999c75f78f1fbaa5dcb9d779d5b790f43996001aa1644c1d22fcbd")
    #expect(WebhookSecret.derived(from: Secret("123456:abd")) != secret)
  }

  @Test func isCompared() {
    let secret = Secret("s3cret")
    #expect(WebhookSecret.matches("s3cret", secret))
    for wrong in ["s3cre", "s3crett", "S3cret", "", "\u{0}"] {
      #expect(!WebhookSecret.matches(wrong, secret))
    }
    #expect(!WebhookSecret.matches(nil, secret))
  }
}
