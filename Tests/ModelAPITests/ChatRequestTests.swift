import Conversation
import Foundation
import Gateways
import Testing

@testable import ModelAPI

/// What is written must be what the same request as a value says.
struct ChatRequestTests {
  private func canonical(_ json: some Sequence<UInt8>) throws -> String {
    let value = try JSONSerialization.jsonObject(with: Data(json))
    let sorted = try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
    return String(decoding: sorted, as: UTF8.self)
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func writesWhatTheValueSays(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let pieces = [
      "a", "the ", "Привет", "\n", "\"", "\\", "/", "\u{0}", "\u{1B}", "\t", "😀", "\u{2028}",
    ]
    func text() -> String {
      (0..<Int.random(in: 0..<8, using: &numbers)).map { _ in
        pieces[Int.random(in: pieces.indices, using: &numbers)]
      }.joined()
    }
    for _ in 0..<100 {
      let turns = (0..<Int.random(in: 0..<5, using: &numbers)).map { index in
        let pictures = (0..<Int.random(in: 0..<3, using: &numbers)).map { size in
          ContextTurn.Picture(mediaType: text(), bytes: Array(repeating: 0xFB, count: size))
        }
        return ContextTurn(
          role: [.system, .user, .assistant][index % 3], text: text(), pictures: pictures)
      }
      let request = ModelRequest(
        model: text(), turns: turns, answerTokens: Int.random(in: 0..<9999, using: &numbers),
        timeout: .seconds(1))
      var dialect = RequestDialect(model: "x", isOpenAI: Bool.random(using: &numbers))
      dialect.sendsStreamOptions = Bool.random(using: &numbers)
      let value = try JSONEncoder().encode(ChatValue(request, in: dialect))
      #expect(try canonical(ChatRequest(request, in: dialect).json()) == canonical(value))
    }
  }
}

/// The body of `POST chat/completions` as a value.
private struct ChatValue: Encodable {
  struct Message: Encodable {
    var role: String
    var content: Content
  }

  /// Plain text wherever there is nothing else: several services know no other content.
  enum Content: Encodable {
    case text(String)
    case parts([Part])

    init(_ turn: ContextTurn) {
      guard !turn.pictures.isEmpty else {
        self = .text(turn.text)
        return
      }
      let text = turn.text.isEmpty ? [] : [Part.text(turn.text)]
      self = .parts(text + turn.pictures.map { Part(picture: $0) })
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .parts(let parts): try container.encode(parts)
      }
    }
  }

  /// A part of a content.
  struct Part: Encodable {
    struct ImageURL: Encodable {
      var url: String
      var detail = "auto"
    }

    var type: String
    var text: String?
    var imageURL: ImageURL?

    enum CodingKeys: String, CodingKey {
      case type, text
      case imageURL = "image_url"
    }

    static func text(_ text: String) -> Part { Part(type: "text", text: text) }
  }

  struct StreamOptions: Encodable {
    var includeUsage = true

    enum CodingKeys: String, CodingKey { case includeUsage = "include_usage" }
  }

  var model: String
  var messages: [Message]
  var stream = true
  var streamOptions: StreamOptions?
  var maxTokens: Int?
  var maxCompletionTokens: Int?

  enum CodingKeys: String, CodingKey {
    case model, messages, stream
    case streamOptions = "stream_options"
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
  }

  init(_ request: ModelRequest, in dialect: RequestDialect) {
    model = request.model
    messages = request.turns.map { Message(role: $0.role.rawValue, content: Content($0)) }
    if dialect.sendsStreamOptions { streamOptions = StreamOptions() }
    switch dialect.limit {
    case .maxTokens: maxTokens = request.answerTokens
    case .maxCompletionTokens: maxCompletionTokens = request.answerTokens
    }
  }
}

extension ChatValue.Part {
  /// The picture itself, not where it lies: Telegram's addresses of files hold the bot's token.
  fileprivate init(picture: ContextTurn.Picture) {
    let data = Data(picture.bytes).base64EncodedString()
    self.init(
      type: "image_url", imageURL: .init(url: "data:\(picture.mediaType);base64,\(data)"))
  }
}
