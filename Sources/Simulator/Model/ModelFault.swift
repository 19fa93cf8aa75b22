extension ModelSimulator {
  /// Trouble on demand: what goes wrong, when, and how often.
  package struct Fault: Sendable, Equatable, Codable {
    /// What goes wrong. `after` counts the content chunks that are still sent well.
    package enum Kind: Sendable, Equatable {
      /// An error status with a JSON body, and `Retry-After` when given, in seconds.
      case status(Int, message: String, type: String, code: String?, retryAfterSeconds: Int?)
      /// The stream ends without a finish reason and without `[DONE]`.
      case cut(after: Int)
      /// Nothing comes for a time; nil stands for "until the client leaves".
      case stall(after: Int, milliseconds: Int64?)
      /// A chunk that is not JSON, after which the stream goes on.
      case malformed(after: Int)
      /// An error object inside a stream that began with 200.
      case errorMidStream(after: Int, message: String)
      /// An answer without a word.
      case empty
      /// The answer stops with the reason `content_filter` after the chunks.
      case contentFilter(after: Int)
      /// No usage is told.
      case noUsage
    }

    /// What goes wrong.
    package var kind: Kind
    /// Only questions that hold this text are struck, whatever their case; nil strikes all.
    package var matching: String?
    /// How many requests are still struck; nil for all of them.
    package var count: Int?
    /// Whether it strikes speech to be written down, instead of requests for an answer.
    package var isForSpeech: Bool

    /// Makes a fault that strikes once unless told otherwise.
    package init(
      _ kind: Kind, matching: String? = nil, count: Int? = 1, isForSpeech: Bool = false
    ) {
      self.kind = kind
      self.matching = matching
      self.count = count
      self.isForSpeech = isForSpeech
    }
  }
}

/// The JSON of a fault: `{"kind":"cut","after":3,"matching":"…","count":2}`. A missing count means
/// once, `"count":0` for ever,
/// `"speech":true` speech instead of questions.
extension ModelSimulator.Fault {
  private enum Key: String, CodingKey {
    case isForSpeech = "speech"
    case kind, matching, count, status, message, type, code, after, milliseconds
    case retryAfter = "retry_after"
  }

  private enum Name: String, Codable {
    case status, cut, stall, malformed, empty
    case errorMidStream = "error_mid_stream"
    case contentFilter = "content_filter"
    case noUsage = "usage_absent"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let after = try container.decodeIfPresent(Int.self, forKey: .after) ?? 0
    let message = try container.decodeIfPresent(String.self, forKey: .message)
    switch try container.decode(Name.self, forKey: .kind) {
    case .status:
      let status = try container.decode(Int.self, forKey: .status)
      kind = .status(
        status, message: message ?? "Scripted failure.",
        type: try container.decodeIfPresent(String.self, forKey: .type)
          ?? (status >= 500 ? "server_error" : "invalid_request_error"),
        code: try container.decodeIfPresent(String.self, forKey: .code),
        retryAfterSeconds: try container.decodeIfPresent(Int.self, forKey: .retryAfter))
    case .cut: kind = .cut(after: after)
    case .stall:
      kind = .stall(
        after: after,
        milliseconds: try container.decodeIfPresent(Int64.self, forKey: .milliseconds))
    case .malformed: kind = .malformed(after: after)
    case .empty: kind = .empty
    case .errorMidStream:
      kind = .errorMidStream(after: after, message: message ?? "Scripted failure.")
    case .contentFilter: kind = .contentFilter(after: after)
    case .noUsage: kind = .noUsage
    }
    matching = try container.decodeIfPresent(String.self, forKey: .matching)
    let count = try container.decodeIfPresent(Int.self, forKey: .count) ?? 1
    self.count = count == 0 ? nil : count
    isForSpeech = try container.decodeIfPresent(Bool.self, forKey: .isForSpeech) ?? false
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(matching, forKey: .matching)
    try container.encode(count ?? 0, forKey: .count)
    if isForSpeech { try container.encode(true, forKey: .isForSpeech) }
    switch kind {
    case .status(let status, let message, let type, let code, let retryAfter):
      try container.encode(Name.status, forKey: .kind)
      try container.encode(status, forKey: .status)
      try container.encode(message, forKey: .message)
      try container.encode(type, forKey: .type)
      try container.encodeIfPresent(code, forKey: .code)
      try container.encodeIfPresent(retryAfter, forKey: .retryAfter)
    case .cut(let after):
      try container.encode(Name.cut, forKey: .kind)
      try container.encode(after, forKey: .after)
    case .stall(let after, let milliseconds):
      try container.encode(Name.stall, forKey: .kind)
      try container.encode(after, forKey: .after)
      try container.encodeIfPresent(milliseconds, forKey: .milliseconds)
    case .malformed(let after):
      try container.encode(Name.malformed, forKey: .kind)
      try container.encode(after, forKey: .after)
    case .empty: try container.encode(Name.empty, forKey: .kind)
    case .errorMidStream(let after, let message):
      try container.encode(Name.errorMidStream, forKey: .kind)
      try container.encode(after, forKey: .after)
      try container.encode(message, forKey: .message)
    case .contentFilter(let after):
      try container.encode(Name.contentFilter, forKey: .kind)
      try container.encode(after, forKey: .after)
    case .noUsage: try container.encode(Name.noUsage, forKey: .kind)
    }
  }
}
