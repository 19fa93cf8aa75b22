import Platform
import Testing

@Suite("Secret")
struct SecretTests {
  private let secret = Secret("hunter2")

  /// Something that holds secrets, as a configuration does.
  private struct Holder {
    var plain: Secret
    var maybe: Secret?
    var many: [Secret]
    var named: [String: Secret]
    var `case`: Case
    enum Case { case with(Secret) }
  }

  @Test("no way of turning it into text shows its value")
  func texts() {
    var dumped = ""
    dump(secret, to: &dumped)
    var printed = ""
    print(secret, secret as Any, to: &printed)
    debugPrint(secret, to: &printed)
    let texts = [
      dumped, printed, "\(secret)", "\(secret as Any)", String(describing: secret),
      String(reflecting: secret), secret.description, secret.debugDescription,
      "\(Optional(secret) as Any)", "\([secret])", "\(["key": secret])",
    ]
    for text in texts {
      #expect(!text.contains("hunter2"))
      #expect(text.contains("***"))
    }
  }

  @Test("a mirror shows nothing inside")
  func mirror() {
    #expect(Mirror(reflecting: secret).children.isEmpty)
    #expect(Mirror(reflecting: secret).descendant("value") == nil)
  }

  @Test("a value that holds secrets shows none of them")
  func holder() {
    let holder = Holder(
      plain: secret, maybe: secret, many: [secret], named: ["a": secret], case: .with(secret))
    var dumped = ""
    dump(holder, to: &dumped)
    #expect(!dumped.contains("hunter2"))
    #expect(!"\(holder)".contains("hunter2"))
    #expect(!String(reflecting: holder).contains("hunter2"))
  }

  @Test("it can be revealed and compared")
  func value() {
    #expect(secret.reveal() == "hunter2")
    #expect(secret == Secret("hunter2"))
    #expect(secret != Secret("hunter3"))
  }
}
