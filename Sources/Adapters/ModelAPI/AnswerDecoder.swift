internal import Conversation
internal import Gateways

/// Makes parts of an answer from the bytes of its body: a stream of events, or, from services that
/// ignore `stream`, a whole answer as JSON.
struct AnswerDecoder {
  private enum Form {
    case unknown
    case events(EventStreamDecoder)
    case whole([UInt8])
  }

  private var form = Form.unknown
  private var answer: AnswerAssembler
  private let eventLimit: Int

  /// Makes a decoder.
  ///
  /// - Parameters:
  ///   - eventLimit: The greatest size of an event, and of a whole answer's body, in bytes.
  ///   - answerLimit: The greatest size of the text, in bytes.
  ///   - headers: The header fields of the answer, for errors inside it.
  ///   - now: The time at which it began, for the same.
  init(eventLimit: Int, answerLimit: Int, headers: [HTTPHeader] = [], now: Instant) {
    self.eventLimit = eventLimit
    answer = AnswerAssembler(limit: answerLimit, headers: headers, now: now)
  }

  /// Whether nothing more is to be read.
  var isDone: Bool { answer.isDone }

  /// Whether the answer is complete, though its end mark may not have come.
  var isFinished: Bool { answer.isDone || answer.isFinished }

  /// Reads a piece of the body; nil when it adds nothing.
  mutating func read(_ piece: [UInt8]) throws(ModelError) -> ModelDelta? {
    if case .unknown = form { form = Self.form(of: piece, limit: eventLimit) }
    switch form {
    case .unknown: return nil
    case .events(var events):
      // Taken out while it is changed, so that its buffers are not copied.
      form = .unknown
      defer { form = .events(events) }
      try events.read(piece, into: &answer)
      return answer.takeDelta()
    case .whole(var bytes):
      form = .unknown
      bytes += piece
      guard bytes.count <= eventLimit else {
        throw ModelError(.malformed, detail: "answer too large")
      }
      form = .whole(bytes)
      return nil
    }
  }

  /// Reads the end of the body; nil when it adds nothing.
  mutating func end() throws(ModelError) -> ModelDelta? {
    switch form {
    case .unknown: break
    case .events(var events): try events.end(into: &answer)
    case .whole(let bytes):
      guard try answer.acceptWhole(bytes) else {
        // JSON that can't be read was cut off; a page of a proxy is something else.
        let isPage = Self.firstMark(of: bytes) == UInt8(ascii: "<")
        throw ModelError(isPage ? .malformed : .interrupted, detail: "answer not understood")
      }
    }
    try answer.end()
    return answer.takeDelta()
  }

  /// No line of a stream of events begins with a brace, a bracket or a tag, whatever the header
  /// says that the body is.
  private static func form(of piece: [UInt8], limit: Int) -> Form {
    switch firstMark(of: piece) {
    case nil: .unknown
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "<"): .whole([])
    default: .events(EventStreamDecoder(limit: limit))
    }
  }

  /// The first byte that is not white space.
  private static func firstMark(of bytes: [UInt8]) -> UInt8? {
    bytes.first { $0 != 0x20 && !(9...13).contains($0) }
  }
}

/// Collects what the events of one piece say.
struct AnswerAssembler: EventSink {
  private var text: [UInt8] = []
  private var sign = false
  private var usage: TokenUsage?
  private var finish: ModelDelta.Finish?
  private var calls = ToolCalls()
  private var handOver: HandOverCall?
  private var think = ThinkFilter()
  private var template = ChunkTemplate()
  private var size = 0
  private let limit: Int
  private let headers: [HTTPHeader]
  private let now: Instant
  /// Whether a reason for the end has come.
  private(set) var isFinished = false
  /// Whether the end mark has come.
  private(set) var isDone = false

  init(limit: Int, headers: [HTTPHeader], now: Instant) {
    self.limit = limit
    self.headers = headers
    self.now = now
  }

  mutating func comment() { sign = true }

  mutating func accept(_ data: Span<UInt8>) throws(ModelError) -> Bool {
    if isDone { return true }
    let start = text.count
    if let chunk = ChunkScanner.scan(data, appendingTo: &text, template: &template) {
      take(chunk, textFrom: start)
      return true
    }
    if data.starts(with: Self.endMark) {
      close()
      isDone = true
      return true
    }
    return try decode(data.copied)
  }

  /// Takes a whole answer.
  mutating func acceptWhole(_ bytes: [UInt8]) throws(ModelError) -> Bool {
    guard try decode(bytes) else { return false }
    // A whole answer is whole even where its service gives no reason for its end.
    close()
    isDone = true
    return true
  }

  /// What has come since the last time; nil when it is nothing.
  mutating func takeDelta() -> ModelDelta? {
    cutToLimit()
    guard !text.isEmpty || sign || usage != nil || finish != nil || handOver != nil else {
      return nil
    }
    let delta = ModelDelta(
      text: String(decoding: text, as: UTF8.self), isThinking: sign && text.isEmpty,
      usage: usage, finish: finish, handOver: handOver)
    text.removeAll(keepingCapacity: true)
    sign = false
    usage = nil
    finish = nil
    handOver = nil
    return delta
  }

  /// The end of the body.
  mutating func end() throws(ModelError) {
    guard isFinished || isDone else {
      throw ModelError(.interrupted, detail: "no end of the answer")
    }
    isDone = true
  }

  private mutating func decode(_ bytes: [UInt8]) throws(ModelError) -> Bool {
    guard let decoder = ChunkDecoder(bytes) else {
      guard case .array(let elements)? = JSONValue(bytes), let error = elements.first?["error"]
      else { return false }
      throw fault(error)
    }
    if let error = decoder.error {
      guard let call = serviceError(error).failedHandOver else { throw fault(error) }
      take(call)
      return true
    }
    if decoder.isFault { throw ModelError(.unavailable, detail: "finish_reason error") }
    for piece in decoder.calls {
      calls.add(piece)
      sign = true
    }
    let start = text.count
    text += decoder.text.utf8
    take(decoder.chunk, textFrom: start)
    return true
  }

  private func fault(_ error: JSONValue) -> ModelError {
    serviceError(error).modelError(now: now)
  }

  private func serviceError(_ error: JSONValue) -> ServiceError {
    ServiceError(status: nil, headers: headers, error: error)
  }

  /// Ends the answer with a call of our tool that came as an error.
  private mutating func take(_ call: HandOverCall) {
    close()
    handOver = call
    finish = .other
    isFinished = true
    isDone = true
  }

  private mutating func take(_ chunk: ChatChunk, textFrom start: Int) {
    if think.filter(&text, from: start) || chunk.isThinking { sign = true }
    if let usage = chunk.usage { self.usage = usage }
    if let finish = chunk.finish {
      close()
      self.finish = finish
      isFinished = true
    }
  }

  /// Nothing more will come that could make reasoning of what is held, or go on with a call.
  private mutating func close() {
    think.end(&text)
    if let call = calls.handOver {
      handOver = call
      calls = ToolCalls()
    }
  }

  private mutating func cutToLimit() {
    size += text.count
    guard size > limit else { return }
    var end = max(0, text.count - (size - limit))
    while end > 0, end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
    text.removeSubrange(end...)
    finish = .length
    isFinished = true
    isDone = true
  }

  private static let endMark = Array("[DONE]".utf8)
}
