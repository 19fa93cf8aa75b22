internal import Gateways
internal import Platform

/// Reads the usual event of a streamed answer in one pass over its bytes.
///
/// A strict JSON reader that knows where in the event each thing stands. What it is not sure of (an
/// unknown shape, a tool call, an error, a doubled or escaped key, text that is not Unicode) it
/// leaves to `ChunkDecoder`. Why it exists and what it saves:
/// `docs/decisions/0005-stream-scanner.md`.
struct ChunkScanner {
  /// The event is not a usual one.
  typealias Unusual = JSONCursor.Unusual

  private var json = JSONCursor()
  private var chunk = ChatChunk()
  private var seen: Set = []
  /// Where the text stands.
  private var place: Range<Int>?

  /// Reads an event and appends its text, as UTF-8. Nil, with `text` as it was, when the event is
  /// not a usual one. An event that says nothing but its text becomes the template.
  static func scan(
    _ bytes: Span<UInt8>, appendingTo text: inout [UInt8], template: inout ChunkTemplate
  ) -> ChatChunk? {
    if template.read(bytes, appendingTo: &text) { return ChatChunk() }
    let count = text.count
    var scanner = ChunkScanner()
    do throws(Unusual) {
      try scanner.event(bytes, &text)
      if scanner.chunk.isPlain, let place = scanner.place {
        template.keep(bytes, content: place)
      }
      return scanner.chunk
    } catch {
      text.removeSubrange(count...)
      return nil
    }
  }

  /// The keys that may stand in an event once.
  private struct Set: OptionSet {
    let rawValue: UInt16
    static let choices = Set(rawValue: 1 << 0)
    static let usage = Set(rawValue: 1 << 1)
    static let index = Set(rawValue: 1 << 2)
    static let delta = Set(rawValue: 1 << 3)
    static let finish = Set(rawValue: 1 << 4)
    static let content = Set(rawValue: 1 << 5)
    static let reasoning = Set(rawValue: 1 << 6)
    static let reasoningContent = Set(rawValue: 1 << 7)
    static let prompt = Set(rawValue: 1 << 8)
    static let completion = Set(rawValue: 1 << 9)
  }

  private mutating func once(_ key: Set) throws(Unusual) {
    guard !seen.contains(key) else { throw Unusual() }
    seen.insert(key)
  }

  /// Whether the bytes there are these. The cursor's own comparison is safe, and for the many words
  /// of a stream too slow.
  private func matches(_ b: Span<UInt8>, _ range: Range<Int>, _ word: StaticString) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    let start = unsafe word.utf8Start
    for offset in 0..<range.count
    where unsafe b[range.lowerBound + offset] != start[offset] {
      return false
    }
    return true
  }

  private mutating func event(_ b: Span<UInt8>, _ text: inout [UInt8]) throws(Unusual) {
    var more = try json.open(b, "{", "}")
    while more {
      let key = try json.key(b)
      if matches(b, key, "choices") {
        try once(.choices)
        try choices(b, &text)
      } else if matches(b, key, "usage") {
        try once(.usage)
        try usage(b)
      } else if matches(b, key, "error") || matches(b, key, "x_groq")
        || matches(b, key, "detail")
      {
        try json.null(b)
      } else if matches(b, key, "object") || matches(b, key, "type") {
        // Some services write an error flat into the event: `{"object":"error", …}`.
        let value = try json.string(b)
        if matches(b, value, "error") { throw Unusual() }
      } else {
        try json.skip(b)
      }
      more = try json.next(b, "}")
    }
    try json.end(b)
  }

  private mutating func choices(_ b: Span<UInt8>, _ text: inout [UInt8]) throws(Unusual) {
    guard try json.open(b, "[", "]") else { return }
    var more = try json.open(b, "{", "}")
    while more {
      let key = try json.key(b)
      if matches(b, key, "delta") {
        try once(.delta)
        try delta(b, &text)
      } else if matches(b, key, "finish_reason") {
        try once(.finish)
        try finish(b)
      } else if matches(b, key, "index") {
        try once(.index)
        guard try json.integer(b) == 0 else { throw Unusual() }
      } else if matches(b, key, "logprobs") || matches(b, key, "message")
        || matches(b, key, "text") || matches(b, key, "error")
      {
        try json.null(b)
      } else {
        try json.skip(b)
      }
      more = try json.next(b, "}")
    }
    // A second choice was not asked for.
    guard try !json.next(b, "]") else { throw Unusual() }
  }

  private mutating func delta(_ b: Span<UInt8>, _ text: inout [UInt8]) throws(Unusual) {
    var more = try json.open(b, "{", "}")
    while more {
      let key = try json.key(b)
      if matches(b, key, "content") {
        try once(.content)
        try content(b, &text)
      } else if matches(b, key, "reasoning_content") {
        try once(.reasoningContent)
        try reasoning(b, &text)
      } else if matches(b, key, "reasoning") {
        try once(.reasoning)
        try reasoning(b, &text)
      } else if matches(b, key, "role") {
        _ = try json.string(b)
      } else {
        // Tool calls, a refusal, and whatever is not known yet.
        try json.null(b)
      }
      more = try json.next(b, "}")
    }
  }

  private mutating func content(_ b: Span<UInt8>, _ text: inout [UInt8]) throws(Unusual) {
    if json.takeNull(b) { return }
    let start = json.position
    try json.string(b, appendingTo: &text)
    place = start..<json.position
  }

  private mutating func reasoning(_ b: Span<UInt8>, _ text: inout [UInt8]) throws(Unusual) {
    if json.takeNull(b) { return }
    let count = text.count
    try json.string(b, appendingTo: &text)
    if text.count > count { chunk.isThinking = true }
    text.removeSubrange(count...)
  }

  private mutating func finish(_ b: Span<UInt8>) throws(Unusual) {
    if json.takeNull(b) { return }
    let reason = try json.string(b)
    if matches(b, reason, "stop") {
      chunk.finish = .stop
    } else if matches(b, reason, "length") {
      chunk.finish = .length
    } else {
      throw Unusual()
    }
  }

  private mutating func usage(_ b: Span<UInt8>) throws(Unusual) {
    if json.takeNull(b) { return }
    var prompt = 0
    var completion = 0
    var more = try json.open(b, "{", "}")
    while more {
      let key = try json.key(b)
      if matches(b, key, "prompt_tokens") {
        try once(.prompt)
        prompt = try json.integer(b)
      } else if matches(b, key, "completion_tokens") {
        try once(.completion)
        completion = try json.integer(b)
      } else {
        try json.skip(b)
      }
      more = try json.next(b, "}")
    }
    guard seen.isSuperset(of: [.prompt, .completion]) else { throw Unusual() }
    chunk.usage = TokenUsage(prompt: prompt, completion: completion)
  }
}
