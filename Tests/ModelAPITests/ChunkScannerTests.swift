import Gateways
import Testing

@testable import ModelAPI

/// The scanner must never read an event otherwise than the decoder does.
struct ChunkScannerTests {
  private struct Reading: Equatable {
    var text: String
    var chunk: ChatChunk
  }

  private func scanned(_ bytes: [UInt8]) -> Reading? {
    var template = ChunkTemplate()
    return scanned(bytes, &template)
  }

  private func scanned(_ bytes: [UInt8], _ template: inout ChunkTemplate) -> Reading? {
    var text = Array("before".utf8)
    guard let chunk = ChunkScanner.scan(bytes.span, appendingTo: &text, template: &template) else {
      #expect(text == Array("before".utf8), "what failed leaves nothing behind")
      return nil
    }
    return Reading(text: String(decoding: text.dropFirst(6), as: UTF8.self), chunk: chunk)
  }

  private func decoded(_ bytes: [UInt8]) -> Reading? {
    guard let decoder = ChunkDecoder(bytes), decoder.error == nil, !decoder.isFault else {
      return nil
    }
    return Reading(text: decoder.text, chunk: decoder.chunk)
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func agreesWithTheDecoder(seed: UInt64) {
    var events = RandomEvents(seed: seed)
    var fast = 0
    for _ in 0..<1000 {
      let bytes = events.usual()
      let scanned = scanned(bytes)
      #expect(decoded(bytes) != nil, "not an event: \(String(decoding: bytes, as: UTF8.self))")
      if scanned != nil {
        fast += 1
        #expect(scanned == decoded(bytes), "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
    #expect(fast > 900, "the usual events are for the scanner")
  }

  @Test(arguments: 100..<108 as Range<UInt64>)
  func acceptsNothingTheDecoderRefuses(seed: UInt64) {
    var events = RandomEvents(seed: seed)
    var fast = 0
    for _ in 0..<1000 {
      let bytes = events.damaged()
      if let scanned = scanned(bytes) {
        fast += 1
        #expect(scanned == decoded(bytes), "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
    #expect(fast > 50, "some damage must be harmless, or the test tests nothing")
  }

  /// Each event is followed by others like it, most of them damaged.
  @Test(arguments: 200..<208 as Range<UInt64>)
  func aTemplateChangesNothing(seed: UInt64) {
    var events = RandomEvents(seed: seed)
    var repeated = 0
    for _ in 0..<300 {
      let event = events.usual()
      var template = ChunkTemplate()
      _ = scanned(event, &template)
      var text: [UInt8] = []
      if template.read(event.span, appendingTo: &text) { repeated += 1 }
      for _ in 0..<5 {
        let other = events.damaged(event)
        #expect(
          scanned(other, &template) == scanned(other), "\(String(decoding: other, as: UTF8.self))")
      }
    }
    #expect(repeated > 100, "most events say nothing but their text")
  }

  @Test func aTemplateTakesEveryText() {
    var template = ChunkTemplate()
    for text in ["a", "", "яя😀", #"\n\"\\"#, "\u{FFFD}", "null"] {
      let json = #"{"id":"a","choices":[{"delta":{"content":"\#(text)"},"index":0}]}"#
      let bytes = Array(json.utf8)
      #expect(scanned(bytes, &template) == scanned(bytes))
      var read: [UInt8] = []
      #expect(template.read(bytes.span, appendingTo: &read))
      #expect(scanned(bytes)?.text == String(decoding: read, as: UTF8.self))
    }
  }

  @Test(
    "Left to the decoder",
    arguments: [
      #"{"error":{"message":"x"}}"#, #"{"object":"error","choices":[]}"#,
      #"{"choices":[{"delta":{"content":"a"}},{"index":1,"delta":{"content":"b"}}]}"#,
      #"{"choices":[{"index":1,"delta":{"content":"b"}}]}"#,
      #"{"choices":[{"delta":{"content":"a","content":"b"}}]}"#,
      #"{"choices":[{"delta":{"\u0063ontent":"a"}}]}"#,
      #"{"choices":[{"delta":{"content":"\ud83d"}}]}"#,
      #"{"choices":[{"delta":{"content":"\ud83dx"}}]}"#,
      #"{"choices":[{"delta":{"content":"\ude00\ud83d"}}]}"#,
      #"{"choices":[{"delta":{"content":["a"]}}]}"#,
      #"{"choices":[{"delta":{"tool_calls":[{"index":0}]}}]}"#,
      #"{"choices":[{"delta":{"content":null,"tool_calls":[]}}]}"#,
      #"{"choices":[{"delta":{"function_call":{"name":"f"}}}]}"#,
      #"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#,
      #"{"choices":[{"delta":{},"finish_reason":"error"}]}"#,
      #"{"choices":[],"usage":{"prompt_tokens":1.0,"completion_tokens":2}}"#,
      #"{"choices":[]} x"#, #"{"choices":[]"#, "", "[DONE]", #"{"choices":[],}"#,
      "{\"choices\":[{\"delta\":{\"content\":\"a\nb\"}}]}",
    ])
  func leaves(json: String) {
    #expect(scanned(Array(json.utf8)) == nil)
  }

  @Test func readsEveryEscape() {
    let json = #"{"choices":[{"delta":{"content":"\"\\\/\b\f\n\r\tя\u044F\uD83D\uDE00\u0000"}}]}"#
    let text = "\"\\/\u{8}\u{C}\n\r\tяя😀\0"
    #expect(scanned(Array(json.utf8)) == Reading(text: text, chunk: ChatChunk()))
  }

  @Test func repairsOnlyWhatIsBroken() {
    let json = #"{"a":"\\ud83d \ud83d\ude00 \ud83dx \ude00 \\\ud83d \u00"}"#
    let repaired = #"{"a":"\\ud83d \ud83d\ude00 \ufffdx \ufffd \\\ufffd \u00"}"#
    #expect(String(decoding: wellFormed(Array(json.utf8)), as: UTF8.self) == repaired)
    #expect(wellFormed([0x61, 0xFF, 0x62]) == Array("a\u{FFFD}b".utf8))
  }
}

/// Makes events as services send them, and events that came to harm.
private struct RandomEvents {
  private var numbers: SeededNumbers

  init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

  mutating func usual() -> [UInt8] {
    let space = pick(["", "", " "])
    var delta: [String] = []
    if chance(0.2) { delta.append(member("role", "\"assistant\"", space)) }
    if chance(0.9) { delta.append(member("content", chance(0.05) ? "null" : text(), space)) }
    if chance(0.1) {
      delta.append(member("reasoning_content", chance(0.5) ? "null" : text(), space))
    }
    if chance(0.05) { delta.append(member("refusal", "null", space)) }
    var choice = [member("index", "0", space), member("delta", object(delta, space), space)]
    if chance(0.6) { choice.append(member("logprobs", "null", space)) }
    if chance(0.7) {
      let reason = pick(["null", "null", "null", "\"stop\"", "\"length\""])
      choice.append(member("finish_reason", reason, space))
    }
    if chance(0.5) { choice.shuffle(using: &numbers) }
    var event = [
      member("id", "\"chatcmpl-\(number(1 << 40))\"", space),
      member("object", "\"chat.completion.chunk\"", space),
      member("created", "\(number(1 << 31))", space), member("model", "\"gpt-5.4-mini\"", space),
      member("choices", chance(0.05) ? "[]" : "[\(object(choice, space))]", space),
    ]
    if chance(0.5) { event.append(member("system_fingerprint", "\"fp_1\"", space)) }
    if chance(0.3) { event.append(member("usage", usage(space), space)) }
    if chance(0.3) { event.append(member("obfuscation", "\"aZ09\"", space)) }
    if chance(0.1) { event.append(member("extra", extra(3), space)) }
    if chance(0.5) { event.shuffle(using: &numbers) }
    return Array(object(event, space).utf8)
  }

  mutating func damaged() -> [UInt8] { damaged(usual()) }

  mutating func damaged(_ event: [UInt8]) -> [UInt8] {
    var bytes = event
    for _ in 0..<Int.random(in: 1...3, using: &numbers) where !bytes.isEmpty {
      let at = Int.random(in: bytes.indices, using: &numbers)
      switch number(5) {
      case 0: bytes.remove(at: at)
      case 1: bytes[at] = UInt8.random(in: 0...255, using: &numbers)
      case 2: bytes.insert(pick(Array("\"\\{}[],:0 enu\u{7}".utf8)), at: at)
      case 3: bytes.insert(contentsOf: pick(Self.fragments).utf8, at: at)
      default: bytes.removeSubrange(at..<min(bytes.count, at + number(30)))
      }
    }
    return bytes
  }

  private static let fragments = [
    #""content":"x","#, #""delta":{},"#, #""choices":[],"#, "null", "[]", "{}", #"\ud83d"#, "\\",
    "1",
    "01", "-", "1e5", "\u{FEFF}", "true", #""usage":{"prompt_tokens":1},"#, #","error":null"#,
  ]

  private mutating func text() -> String {
    let pieces = [
      "a", "the ", "Привет", " ", "—", "😀", "👨‍👩‍👧", #"\n"#, #"\""#, #"\\"#, #"\u0416"#,
      #"\ud83d\ude00"#, "漢字", "é", #"\/"#, #"\t"#, "{", "]", ":", #"\u0000"#,
    ]
    var text = ""
    for _ in 0..<number(6) { text += pick(pieces) }
    return "\"\(text)\""
  }

  private mutating func usage(_ space: String) -> String {
    if chance(0.7) { return "null" }
    let details = object([member("cached_tokens", "0", space)], space)
    return object(
      [
        member("prompt_tokens", "\(number(100_000))", space),
        member("completion_tokens", "\(number(100_000))", space),
        member("prompt_tokens_details", details, space),
      ], space)
  }

  private mutating func extra(_ depth: Int) -> String {
    switch number(depth > 0 ? 7 : 5) {
    case 0: return "null"
    case 1: return "true"
    case 2: return pick(["0", "-1", "1.5", "1e9", "-0.25E-3", "120"])
    case 3: return "\"x\""
    case 4: return "false"
    case 5: return "[\(extra(depth - 1)), \(extra(depth - 1))]"
    default: return "{\"k\":\(extra(depth - 1))}"
    }
  }

  private func member(_ key: String, _ value: String, _ space: String) -> String {
    "\"\(key)\":\(space)\(value)"
  }

  private func object(_ members: [String], _ space: String) -> String {
    "{\(members.joined(separator: "," + space))}"
  }

  private mutating func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &numbers) }
  private mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &numbers) < share
  }
  private mutating func pick<Value>(_ values: [Value]) -> Value { values[number(values.count)] }
}
