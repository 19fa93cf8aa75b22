internal import Foundation
internal import Gateways
internal import Platform

/// Reads any event of a streamed answer, and a whole answer, with Foundation's decoder: slower than
/// `ChunkScanner`, and tolerant.
struct ChunkDecoder: Decodable {
  private var choices: [Choice]?
  private var usage: Usage?
  private var groq: Groq?
  /// An error that came in the place of an answer.
  private(set) var error: JSONValue?

  /// Reads an event; nil when it is not JSON of the expected shape.
  init?(_ bytes: [UInt8]) {
    guard let decoded = Self.decode(bytes) ?? Self.decode(wellFormed(bytes)) else { return nil }
    self = decoded
  }

  /// The text that is to be shown.
  var text: String { choice?.content?.text ?? "" }

  /// The pieces of calls of tools.
  var calls: [ToolCalls.Piece] { choice?.content?.calls ?? [] }

  /// The rest; `finish` tells of a fault at the service by a nil of `Finish.init(reason:)`.
  var chunk: ChatChunk {
    ChatChunk(
      isThinking: choice?.content?.isThinking ?? false,
      finish: choice?.finishReason.flatMap { ModelDelta.Finish(reason: $0) },
      usage: (usage ?? groq?.usage)?.figure)
  }

  /// Whether the answer ended because of a fault at the service.
  var isFault: Bool {
    choice?.finishReason.map { ModelDelta.Finish(reason: $0) == nil } ?? false
  }

  private var choice: Choice? { choices?.first { ($0.index ?? 0) == 0 } }

  private enum CodingKeys: String, CodingKey {
    case choices, usage, error, object, type, detail
    case groq = "x_groq"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    choices = try container.decodeIfPresent([Choice].self, forKey: .choices)
    usage = container.tolerant(Usage.self, .usage)
    groq = container.tolerant(Groq.self, .groq)
    error = container.tolerant(JSONValue.self, .error)
    let isFlatError =
      container.tolerant(String.self, .object) == "error"
      || container.tolerant(String.self, .type) == "error"
      || choices == nil && container.contains(.detail)
    if error == nil, isFlatError { error = try JSONValue(from: decoder) }
  }

  private static func decode(_ bytes: [UInt8]) -> ChunkDecoder? {
    try? decoder.decode(ChunkDecoder.self, from: Data(bytes))
  }

  private static let decoder = JSONDecoder()
}

extension ChunkDecoder {
  fileprivate struct Choice: Decodable {
    var index: Int?
    var content: Content?
    var finishReason: String?

    enum CodingKeys: String, CodingKey {
      case index, delta, message
      case finishReason = "finish_reason"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      index = container.tolerant(Int.self, .index)
      // A whole answer says `message` where an event says `delta`.
      content =
        try container.decodeIfPresent(Content.self, forKey: .delta)
        ?? container.decodeIfPresent(Content.self, forKey: .message)
      finishReason = container.tolerant(String.self, .finishReason)
    }
  }

  /// What a choice says: text, a refusal in words, reasoning under one of its names, or calls of
  /// tools, the later or the earlier way.
  fileprivate struct Content: Decodable {
    var text: String
    var isThinking: Bool
    var calls: [ToolCalls.Piece]

    enum CodingKeys: String, CodingKey {
      case content, refusal, reasoning
      case reasoningContent = "reasoning_content"
      case toolCalls = "tool_calls"
      case functionCall = "function_call"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      var text = ""
      var thinks = [CodingKeys.reasoning, .reasoningContent].contains {
        container.tolerant(JSONValue.self, $0).map { $0 != .string("") } ?? false
      }
      // Not tolerant: what can't be read must not disappear from an answer.
      switch try container.decodeIfPresent(JSONValue.self, forKey: .content) {
      case .string(let string): text = string
      case .array(let parts):
        // Mistral's reasoning models answer in parts.
        for part in parts {
          if let string = part["text"]?.string, part["type"]?.string ?? "text" == "text" {
            text += string
          } else {
            thinks = true
          }
        }
      case .object, .number, .bool, nil: break
      }
      let refusal = try container.decodeIfPresent(JSONValue.self, forKey: .refusal)
      if let refusal = refusal?.string { text += refusal }
      self.text = text
      isThinking = thinks
      let calls = container.tolerant(JSONValue.self, .toolCalls)?.elements ?? []
      let call = container.tolerant(JSONValue.self, .functionCall)
      self.calls = (calls + (call.map { [$0] } ?? [])).map(ToolCalls.Piece.init)
    }
  }

  fileprivate struct Groq: Decodable {
    var usage: Usage?
  }

  fileprivate struct Usage: Decodable {
    var prompt: Int?
    var completion: Int?

    enum CodingKeys: String, CodingKey {
      case prompt = "prompt_tokens"
      case completion = "completion_tokens"
    }

    /// The figure; nil when a half of it is missing or absurd.
    var figure: TokenUsage? {
      guard let prompt, let completion, prompt >= 0, completion >= 0 else { return nil }
      return TokenUsage(prompt: prompt, completion: completion)
    }
  }
}

extension KeyedDecodingContainer {
  /// The value, or nil when there is none, it is null, or of another type.
  fileprivate func tolerant<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
    (try? decodeIfPresent(type, forKey: key)) ?? nil
  }
}

/// The JSON text with everything replaced that is not Unicode: bytes that are not UTF-8, and halves
/// of surrogate pairs, which services send that cut text by UTF-16 units.
func wellFormed(_ bytes: [UInt8]) -> [UInt8] {
  var text = Array(String(decoding: bytes, as: UTF8.self).utf8)
  func unit(_ at: Int) -> UInt32? {
    guard at + 6 <= text.count, text[at] == UInt8(ascii: "\\"), text[at + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for index in at + 2..<at + 6 {
      guard let digit = JSONCursor.hexadecimal(text[index]) else { return nil }
      value = value << 4 | digit
    }
    return value
  }
  var at = 0
  while at < text.count {
    guard text[at] == UInt8(ascii: "\\") else {
      at += 1
      continue
    }
    guard let first = unit(at), first & 0xF800 == 0xD800 else {
      at += 2
      continue
    }
    if first & 0xFC00 == 0xD800, let second = unit(at + 6), second & 0xFC00 == 0xDC00 {
      at += 12
    } else {
      text.replaceSubrange(at + 2..<at + 6, with: Array("fffd".utf8))
      at += 6
    }
  }
  return text
}
