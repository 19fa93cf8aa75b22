internal import Conversation
internal import Foundation
internal import Gateways

/// The body of `POST chat/completions`. Fields that are nil are left out, as several services
/// refuse a null; nothing optional is sent that the answer does not need.
struct ChatRequest: Encodable {
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

  /// The body as it is sent.
  func json() throws(ModelError) -> [UInt8] {
    do {
      return Array(try Self.encoder.encode(self))
    } catch {
      throw ModelError(.refused, detail: "request could not be encoded")
    }
  }

  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return encoder
  }()
}

extension ChatRequest.Part {
  /// The picture itself, not where it lies: Telegram's addresses of files hold the bot's token.
  fileprivate init(picture: ContextTurn.Picture) {
    let data = Data(picture.bytes).base64EncodedString()
    self.init(
      type: "image_url", imageURL: .init(url: "data:\(picture.mediaType);base64,\(data)"))
  }
}

/// How one service wants to be asked for one model.
struct RequestDialect: Equatable, Sendable {
  /// The name under which the greatest length of the answer goes.
  enum Limit: Sendable {
    case maxTokens, maxCompletionTokens
  }

  var limit: Limit
  var sendsStreamOptions = true

  /// The first guess: OpenAI refuses `max_tokens` for its reasoning models and has deprecated it
  /// for all; most others know only `max_tokens`, except where they pass such a model on.
  init(model: String, isOpenAI: Bool) {
    limit = isOpenAI || Self.isReasoning(model) ? .maxCompletionTokens : .maxTokens
  }

  /// Whether the name is one of OpenAI's reasoning models: `o1`, `o4-mini`, `gpt-5`, `gpt-6-…`,
  /// with or without a vendor before it.
  static func isReasoning(_ model: String) -> Bool {
    let name = (model.split(separator: "/").last ?? "").lowercased()
    if name.hasPrefix("gpt-") {
      let number = name.dropFirst(4).prefix { $0.isASCII && $0.isNumber }
      return (Int(number) ?? 0) >= 5
    }
    return name.hasPrefix("o") && name.dropFirst().first.map { $0.isASCII && $0.isNumber } ?? false
  }

  /// The dialect that avoids what the service complains about; nil when the complaint is about
  /// something else. A dialect differs from `first` in what was changed before, and no change is
  /// taken back, so that a service that refuses both names ends the attempt.
  func avoiding(_ complaint: ServiceError, first: RequestDialect) -> RequestDialect? {
    var next = self
    if complaint.rejects("stream_options") || complaint.rejects("include_usage") {
      next.sendsStreamOptions = false
    } else if limit == first.limit {
      switch limit {
      case .maxTokens where complaint.rejects("max_tokens"): next.limit = .maxCompletionTokens
      case .maxCompletionTokens where complaint.rejects("max_completion_tokens"):
        next.limit = .maxTokens
      case .maxTokens, .maxCompletionTokens: break
      }
    }
    return next == self ? nil : next
  }
}
