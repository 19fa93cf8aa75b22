/// One step of a streamed answer.
enum ModelStep: Equatable {
  /// Bytes that are flushed together.
  case send([UInt8])
  /// A pause; nil waits until the client leaves.
  case wait(Duration?)
}

/// Composes answers, whole and streamed, with their faults; pure, so that each byte can be compared.
struct ModelScript {
  /// The identifier of the answer, `chatcmpl-…`.
  var id: String
  /// Seconds since the Unix epoch.
  var created: Int64
  var request: ModelRequest
  var fault: ModelSimulator.Fault.Kind?
  var settings: ModelSimulator.Settings

  /// The steps of a streamed answer: role chunk, content chunks, finish chunk, usage chunk,
  /// `[DONE]`.
  func steps() -> [ModelStep] {
    if let call = toolCall { return steps(calling: call) }
    let (content, finish) = answer()
    var steps: [ModelStep] = [
      .wait(settings.firstChunkDelay), .send(chunk(delta: ["role": "assistant", "content": ""])),
    ]
    for (index, piece) in pieces(of: content).enumerated() {
      if let ending = trouble(at: index, into: &steps) { return steps + ending }
      if index > 0 { steps.append(.wait(settings.chunkDelay)) }
      steps.append(.send(chunk(delta: ["content": .string(piece)])))
    }
    if let ending = trouble(at: nil, into: &steps) { return steps + ending }
    steps.append(.send(chunk(delta: [:], finish: finish)))
    if request.includesUsage, fault != .noUsage {
      steps.append(.send(event(choices: [], usage: usage(for: content))))
    }
    return steps + [.send(Array("data: [DONE]\n\n".utf8))]
  }

  /// The body of an answer that is not streamed.
  func body() -> [UInt8] {
    let call = toolCall
    let (content, finish) = call == nil ? answer() : (call?.arguments ?? "", "tool_calls")
    var message: [String: JSONValue] = [
      "role": "assistant", "content": call == nil ? .string(content) : .null, "refusal": .null,
      "annotations": [],
    ]
    if let call { message["tool_calls"] = [whole(call)] }
    var body: [String: JSONValue] = [
      "id": .string(id), "object": "chat.completion", "created": .integer(created),
      "model": .string(request.model), "service_tier": "default",
      "system_fingerprint": "fp_simulated",
      "choices": [
        [
          "index": 0, "logprobs": .null, "finish_reason": .string(finish),
          "message": .object(message),
        ]
      ],
    ]
    if fault != .noUsage { body["usage"] = usage(for: content) }
    let bytes = JSONValue.object(body).bytes
    switch fault {
    case .cut, .malformed: return Array(bytes.prefix(bytes.count / 2))
    case .status, .stall, .errorMidStream, .empty, .contentFilter, .noUsage, nil: return bytes
    }
  }

  /// The words and the reason of their end; as short as the request's limit demands.
  private func answer() -> (content: String, finish: String) {
    let whole = ModelAnswers.answer(to: request)
    switch fault {
    case .empty: return ("", "stop")
    case .contentFilter(let after):
      return (pieces(of: whole).prefix(after).joined(), "content_filter")
    case .status, .cut, .stall, .malformed, .errorMidStream, .noUsage, nil: break
    }
    guard let limit = request.answerTokens, TokenCount.of(whole) > limit else {
      return (whole, "stop")
    }
    var short = ""
    for character in whole where TokenCount.of(short + String(character)) <= limit {
      short.append(character)
    }
    return (short, "length")
  }

  /// What the fault does before the content chunk with this index (nil: after the last one); an
  /// ending when the stream goes on no further.
  func trouble(at index: Int?, into steps: inout [ModelStep]) -> [ModelStep]? {
    func strikes(_ after: Int) -> Bool {
      guard let index else { return after >= pieceCount }
      return index == after
    }
    switch fault {
    case .cut(let after):
      return strikes(after) ? [] : nil
    case .stall(let after, let milliseconds):
      if strikes(after) { steps.append(.wait(milliseconds.map { .milliseconds($0) })) }
      return nil
    case .malformed(let after):
      if strikes(after) { steps.append(.send(Array("data: {\"id\":\"\(id)\",\"cho\n\n".utf8))) }
      return nil
    case .errorMidStream(let after, let message):
      guard strikes(after) else { return nil }
      let failure = ModelFailure(status: 500, message: message, type: "server_error")
      return [.send(ServerSentEvent.frame(data: failure.json.bytes))]
    case .status, .empty, .contentFilter, .noUsage, nil:
      return nil
    }
  }

  private var pieceCount: Int { pieces(of: toolCall?.arguments ?? answer().content).count }

  func pieces(of content: String) -> [String] {
    let (whole, rest) = content.count.quotientAndRemainder(dividingBy: settings.maximumChunks)
    let length = max(settings.chunkLength, whole + (rest > 0 ? 1 : 0))
    var pieces: [String] = []
    var left = content[...]
    while !left.isEmpty {
      pieces.append(String(left.prefix(length)))
      left = left.dropFirst(length)
    }
    return pieces
  }

  func chunk(delta: JSONValue, finish: String? = nil) -> [UInt8] {
    event(
      choices: [
        [
          "index": 0, "delta": delta, "logprobs": .null,
          "finish_reason": finish.map { .string($0) } ?? .null,
        ]
      ], usage: request.includesUsage && fault != .noUsage ? .null : nil)
  }

  func event(choices: JSONValue, usage: JSONValue?) -> [UInt8] {
    var event: [String: JSONValue] = [
      "id": .string(id), "object": "chat.completion.chunk", "created": .integer(created),
      "model": .string(request.model), "service_tier": "default",
      "system_fingerprint": "fp_simulated", "choices": choices,
    ]
    if let usage { event["usage"] = usage }
    return ServerSentEvent.frame(data: JSONValue.object(event).bytes)
  }

  func usage(for content: String) -> JSONValue {
    let prompt = Int64(TokenCount.of(request.messages))
    let completion = Int64(TokenCount.of(content))
    return [
      "prompt_tokens": .integer(prompt), "completion_tokens": .integer(completion),
      "total_tokens": .integer(prompt + completion),
      "prompt_tokens_details": ["cached_tokens": 0, "audio_tokens": 0],
      "completion_tokens_details": [
        "reasoning_tokens": 0, "audio_tokens": 0, "accepted_prediction_tokens": 0,
        "rejected_prediction_tokens": 0,
      ],
    ]
  }
}
