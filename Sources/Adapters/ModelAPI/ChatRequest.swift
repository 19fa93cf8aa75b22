internal import Conversation
internal import Foundation
internal import Gateways
internal import Platform

/// The body of `POST chat/completions`. What is nil is left out, as several services refuse a null;
/// nothing optional is sent that the answer does not need.
struct ChatRequest {
  private let request: ModelRequest
  private let dialect: RequestDialect

  init(_ request: ModelRequest, in dialect: RequestDialect) {
    self.request = request
    self.dialect = dialect
  }

  /// The body as it is sent.
  func json() -> [UInt8] {
    let room = request.turns.reduce(request.offersHandOver ? 1024 : 256) { $0 + $1.room }
    var json = JSONWriter(reserving: room)
    json.beginObject()
    json.member("model", request.model)
    json.key("messages")
    json.beginArray()
    for turn in request.turns { json.write(turn) }
    json.endArray()
    if request.offersHandOver { HandOverTool.write(to: &json) }
    json.member("stream", true)
    if dialect.sendsStreamOptions {
      json.key("stream_options")
      json.beginObject()
      json.member("include_usage", true)
      json.endObject()
    }
    switch dialect.limit {
    case .maxTokens: json.member("max_tokens", request.answerTokens)
    case .maxCompletionTokens: json.member("max_completion_tokens", request.answerTokens)
    }
    json.endObject()
    return json.bytes
  }
}

extension ContextTurn {
  /// About how many bytes it takes on the wire.
  fileprivate var room: Int {
    pictures.reduce(48 + text.utf8.count + text.utf8.count / 8) {
      $0 + 100 + $1.bytes.count * 4 / 3
    }
  }
}

extension JSONWriter {
  fileprivate mutating func write(_ turn: ContextTurn) {
    beginObject()
    member("role", turn.role.rawValue)
    key("content")
    // Plain text wherever there is nothing else: several services know no other content.
    if turn.pictures.isEmpty {
      string(turn.text)
    } else {
      beginArray()
      if !turn.text.isEmpty {
        beginObject()
        member("type", "text")
        member("text", turn.text)
        endObject()
      }
      for picture in turn.pictures { write(picture) }
      endArray()
    }
    endObject()
  }

  /// The picture itself, not where it lies: Telegram's addresses of files hold the bot's token.
  private mutating func write(_ picture: ContextTurn.Picture) {
    let data = Data(picture.bytes).base64EncodedString()
    beginObject()
    member("type", "image_url")
    key("image_url")
    beginObject()
    member("url", "data:\(picture.mediaType);base64,\(data)")
    member("detail", "auto")
    endObject()
    endObject()
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
