import Foundation
import TelegramTypes
import Testing

@testable import TelegramAPI

/// The scanner must never read an update otherwise than the decoder does.
@Suite struct UpdateScannerTests {
  private func decoded(_ bytes: [UInt8]) -> TelegramUpdate? {
    try? JSONDecoder().decode(TelegramUpdate.self, from: Data(bytes))
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func agreesWithTheDecoder(seed: UInt64) {
    var updates = RandomUpdates(seed: seed)
    for _ in 0..<500 {
      let bytes = updates.usual()
      let scanned = UpdateScanner.scan(bytes.span)
      #expect(scanned != nil, "\(String(decoding: bytes, as: UTF8.self))")
      #expect(scanned == decoded(bytes), "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test(arguments: 100..<108 as Range<UInt64>)
  func acceptsNothingTheDecoderRefuses(seed: UInt64) {
    var updates = RandomUpdates(seed: seed)
    var fast = 0
    for _ in 0..<1000 {
      let bytes = updates.damaged()
      guard let scanned = UpdateScanner.scan(bytes.span) else { continue }
      fast += 1
      #expect(scanned == decoded(bytes), "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(fast > 50, "some damage must be harmless, or the test tests nothing")
  }

  /// Every field that a message can have, beside those of a text message.
  @Test(arguments: UpdateSpecTests.names("message_fields"))
  func agreesOnEveryField(field: String) throws {
    let samples = try #require(
      JSONSerialization.jsonObject(with: Data(PackageResources.bot_api_samples_json))
        as? [String: Any])
    let values = try #require(samples["message_fields"] as? [String: Any])
    var message: [String: Any] = [
      "message_id": 7, "date": 50, "text": "a", "chat": ["id": -100, "type": "group"],
    ]
    message[field] = values[field]
    let json = try JSONSerialization.data(
      withJSONObject: ["update_id": 3, "message": message] as [String: Any])
    if let scanned = UpdateScanner.scan(Array(json).span) {
      #expect(scanned == decoded(Array(json)))
    }
  }

  @Test(
    "Left to the decoder",
    arguments: [
      #""photo":[]"#, #""reply_to_message":{"message_id":1}"#, #""text":"b""#, #""from":null"#,
      #""t\u0065xt":"b""#, #""new_field":1"#, #""message_id":8"#, #""entities":null"#,
      #""from":{"id":1,"is_bot":false}"#, #""from":{"id":1,"id":1,"is_bot":false,"first_name":""}"#,
      #""message_thread_id":1.0"#, #""is_topic_message":1"#, #""entities":[{"type":"a"}]"#,
    ])
  func leaves(field: String) {
    let json =
      #"{"update_id":3,"message":{"message_id":7,"date":50,"text":"a","#
      + #""chat":{"id":-100,"type":"group"},\#(field)}}"#
    #expect(UpdateScanner.scan(Array(json.utf8).span) == nil)
  }
}

/// Makes updates as Telegram sends them, and updates that came to harm.
private struct RandomUpdates {
  private var numbers: SeededNumbers

  init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

  mutating func usual() -> [UInt8] {
    var message = [
      "\"message_id\":\(number(1 << 31))", "\"date\":\(number(1 << 31))", "\"chat\":\(chat())",
      "\"from\":\(user())", "\"text\":\(text())",
    ]
    if chance(0.3) {
      let entities = (0..<number(3)).map { _ in entity() }
      message.append("\"entities\":[\(entities.joined(separator: ", "))]")
    }
    if chance(0.2) { message += ["\"message_thread_id\":4", "\"is_topic_message\":true"] }
    return Array(
      object(["\"update_id\":\(number(1 << 40))", "\"message\":\(object(message))"]).utf8)
  }

  mutating func damaged() -> [UInt8] {
    var bytes = usual()
    for _ in 0..<Int.random(in: 1...3, using: &numbers) where !bytes.isEmpty {
      let at = number(bytes.count)
      switch number(5) {
      case 0: bytes.remove(at: at)
      case 1: bytes[at] = UInt8.random(in: 0...255, using: &numbers)
      case 2: bytes.insert(pick(Array("\"\\{}[],:0 -enu\u{7}".utf8)), at: at)
      case 3: bytes.insert(contentsOf: pick(Self.fragments).utf8, at: at)
      default: bytes.removeSubrange(at..<min(bytes.count, at + number(30)))
      }
    }
    return bytes
  }

  private static let fragments = [
    #""text":"x","#, #""message":{},"#, #""id":1,"#, "null", "[]", "{}", #"\ud83d"#, "\\", "1",
    "01", "-", "1e5", "\u{FEFF}", "true", #","poll":{}"#, #""a":[1,{"b":null}],"#,
  ]

  private mutating func chat() -> String {
    if chance(0.5) {
      return object([
        "\"id\":\(1 + number(1 << 40))", #""type":"private""#, "\"first_name\":\(text())",
      ])
    }
    return object([
      "\"id\":-\(1 + number(1 << 40))", #""type":"supergroup""#, "\"title\":\(text())",
      #""is_forum":true"#, #""accent_color_id":5"#,
    ])
  }

  private mutating func user() -> String {
    var fields = [
      "\"id\":\(number(1 << 40))", "\"is_bot\":\(chance(0.1))", "\"first_name\":\(text())",
    ]
    if chance(0.5) { fields.append("\"last_name\":\(text())") }
    if chance(0.5) { fields.append(#""username":"user_1""#) }
    if chance(0.8) { fields.append(#""language_code":"pt-br""#) }
    if chance(0.2) { fields.append(#""is_premium":true"#) }
    return object(fields)
  }

  private mutating func entity() -> String {
    var fields = [
      "\"type\":\"\(pick(["mention", "bot_command", "bold", "text_link", "pre"]))\"",
      "\"offset\":\(number(5000))", "\"length\":\(number(5000))",
    ]
    if chance(0.2) { fields.append("\"url\":\(text())") }
    if chance(0.2) { fields.append("\"user\":\(user())") }
    if chance(0.2) { fields.append(#""language":"c","custom_emoji_id":"5""#) }
    return object(fields)
  }

  private mutating func text() -> String {
    let pieces = [
      "a", "the ", "Привет", " ", "—", "😀", "👨‍👩‍👧", #"\n"#, #"\""#, #"\\"#, #"\u0416"#,
      #"\ud83d\ude00"#, "漢字", "é", #"\/"#, #"\t"#, "{", "]", ":", #"\u0000"#,
    ]
    return "\"\((0..<number(6)).map { _ in pick(pieces) }.joined())\""
  }

  private mutating func object(_ members: [String]) -> String {
    let members = chance(0.5) ? members.shuffled(using: &numbers) : members
    return "{\(members.joined(separator: pick([",", ", ", ",\n  "])))}"
  }

  private mutating func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &numbers) }
  private mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &numbers) < share
  }
  private mutating func pick<Value>(_ values: [Value]) -> Value { values[number(values.count)] }
}
