package import Conversation

/// A service that writes answers. Any OpenAI-compatible service can be one.
package struct LanguageModel: Sendable {
  /// Asks for one answer, once: nothing is repeated inside. The answer streams in; cancelling the
  /// task, or letting go of the stream, stops the request at the service.
  package var stream: @Sendable (ModelRequest) async throws(ModelError) -> ModelStream

  /// Turns speech into words, once. Throws `.mediaUnsupported` when the service does not do that.
  package var transcribe: @Sendable (Speech) async throws(ModelError) -> String

  /// Makes a model from its operations.
  package init(
    stream: @escaping @Sendable (ModelRequest) async throws(ModelError) -> ModelStream,
    transcribe: @escaping @Sendable (Speech) async throws(ModelError) -> String
  ) {
    self.stream = stream
    self.transcribe = transcribe
  }
}

/// Something that was said aloud.
package struct Speech: Equatable, Sendable {
  /// The file's content.
  package var bytes: [UInt8]
  /// The media type; Telegram's voice messages are `audio/ogg`.
  package var mediaType: String
  /// The language that is probably spoken.
  package var language: Language?
  /// The time for the whole request.
  package var timeout: Duration

  /// Makes a speech.
  package init(bytes: [UInt8], mediaType: String, language: Language?, timeout: Duration) {
    self.bytes = bytes
    self.mediaType = mediaType
    self.language = language
    self.timeout = timeout
  }
}

/// One request to a model.
package struct ModelRequest: Equatable, Sendable {
  /// The model's name at the service.
  package var model: String
  /// What it is told, oldest first.
  package var turns: [ContextTurn]
  /// The greatest length of the answer, in tokens.
  package var answerTokens: Int
  /// The time for the whole answer.
  package var timeout: Duration
  /// Whether the model is offered the tool by which it hands the dialogue to an operator.
  package var offersHandOver: Bool

  /// Makes a request.
  package init(
    model: String, turns: [ContextTurn], answerTokens: Int, timeout: Duration,
    offersHandOver: Bool = false
  ) {
    self.offersHandOver = offersHandOver
    self.model = model
    self.turns = turns
    self.answerTokens = answerTokens
    self.timeout = timeout
  }
}

/// A part of a streamed answer; what came at once is one part.
package struct ModelDelta: Equatable, Sendable {
  /// Why an answer ended.
  package enum Finish: String, Equatable, Sendable {
    case stop, length, filtered
    /// Anything else that a service may name.
    case other
  }

  /// More text; may be empty.
  package var text: String
  /// Whether the model gave a sign of life without text (reasoning, comments).
  package var isThinking: Bool
  /// The tokens used so far, as the service counts them.
  package var usage: TokenUsage?
  /// Why the answer ended, once it has.
  package var finish: Finish?
  /// The model's call of the tool `hand_over_to_operator`, once it is whole.
  package var handOver: HandOverCall?

  /// Makes a part.
  package init(
    text: String = "", isThinking: Bool = false, usage: TokenUsage? = nil, finish: Finish? = nil,
    handOver: HandOverCall? = nil
  ) {
    self.handOver = handOver
    self.text = text
    self.isThinking = isThinking
    self.usage = usage
    self.finish = finish
  }
}

/// The model's wish that an operator takes over.
package struct HandOverCall: Equatable, Sendable {
  /// Why, in the model's words; may be empty.
  package var reason: String
  /// What the operator should know, in the model's words; may be empty.
  package var summary: String

  /// Makes a call.
  package init(reason: String, summary: String) {
    self.reason = reason
    self.summary = summary
  }
}

/// The tokens of one request.
package struct TokenUsage: Equatable, Sendable {
  /// Tokens of what the model was told.
  package var prompt: Int
  /// Tokens of what it answered, reasoning included.
  package var completion: Int

  /// Makes a figure.
  package init(prompt: Int, completion: Int) {
    self.prompt = prompt
    self.completion = completion
  }
}

/// An answer that streams in. It ends normally only after a `finish` or the service's end mark; an
/// answer that breaks off throws `.interrupted`. It can be read once.
package struct ModelStream: AsyncSequence, AsyncIteratorProtocol, Sendable {
  package typealias Element = ModelDelta
  package typealias Failure = ModelError

  private let pull: @Sendable () async throws(ModelError) -> ModelDelta?

  /// Makes a stream from the operation that waits for the next part; nil ends it.
  package init(next: @escaping @Sendable () async throws(ModelError) -> ModelDelta?) {
    pull = next
  }

  package func makeAsyncIterator() -> ModelStream { self }
  package func next() async throws(ModelError) -> ModelDelta? { try await pull() }

  package func next(
    isolation actor: isolated (any Actor)?
  ) async throws(ModelError) -> ModelDelta? {
    try await pull()
  }
}

/// Why a model gave no (whole) answer.
package struct ModelError: Error, Equatable, Sendable {
  /// The kinds of trouble.
  package enum Kind: String, Equatable, Sendable, CaseIterable {
    /// The time was up.
    case timedOut
    /// The service limits us for a while (429).
    case rateLimited
    /// A fault at the service (5xx, overload).
    case unavailable
    /// The service could not be reached.
    case unreachable
    /// The answer broke off.
    case interrupted
    /// The answer could not be understood.
    case malformed
    /// What the model was told is longer than it can take.
    case contextTooLong
    /// The service's filter refused the question.
    case filtered
    /// The key is refused (401, 403).
    case keyRefused
    /// The account has no money left (402, `insufficient_quota`).
    case outOfMoney
    /// The service has no such model.
    case modelUnknown
    /// The service, or the model, takes no pictures or no speech.
    case mediaUnsupported
    /// The service, or the model, knows no tools; the same request without them may succeed.
    case toolsUnsupported
    /// The service refuses the request for another reason; the same request would be refused again.
    case refused
    /// The task was cancelled.
    case cancelled
  }

  /// What went wrong.
  package let kind: Kind
  /// How long the service wants us to wait.
  package let retryAfter: Duration?
  /// For the log: status and the service's code, never its free text, which may repeat people's
  /// words.
  package let detail: String

  /// Makes an error.
  package init(_ kind: Kind, retryAfter: Duration? = nil, detail: String = "") {
    self.kind = kind
    self.retryAfter = retryAfter
    self.detail = detail
  }
}
