/// Calls of tools, whole and streamed.
extension ModelScript {
  /// The tool that is called; nil when words answer. A fault that changes the words lets none be
  /// called.
  var toolCall: ModelAnswers.ToolCall? {
    switch fault {
    case .empty, .contentFilter: nil
    case .status, .cut, .stall, .malformed, .errorMidStream, .noUsage, nil:
      ModelAnswers.toolCall(for: request)
    }
  }

  /// The steps of a streamed call: the name first, then the arguments in pieces.
  func steps(calling call: ModelAnswers.ToolCall) -> [ModelStep] {
    let head: JSONValue = [
      "index": 0, "id": .string(callID), "type": "function",
      "function": ["name": .string(call.name), "arguments": ""],
    ]
    var steps: [ModelStep] = [
      .wait(settings.firstChunkDelay),
      .send(chunk(delta: ["role": "assistant", "content": .null, "tool_calls": [head]])),
    ]
    for (index, piece) in pieces(of: call.arguments).enumerated() {
      if let ending = trouble(at: index, into: &steps) { return steps + ending }
      if index > 0 { steps.append(.wait(settings.chunkDelay)) }
      let more: JSONValue = ["index": 0, "function": ["arguments": .string(piece)]]
      steps.append(.send(chunk(delta: ["tool_calls": [more]])))
    }
    if let ending = trouble(at: nil, into: &steps) { return steps + ending }
    steps.append(.send(chunk(delta: [:], finish: "tool_calls")))
    if request.includesUsage, fault != .noUsage {
      steps.append(.send(event(choices: [], usage: usage(for: call.arguments))))
    }
    return steps + [.send(Array("data: [DONE]\n\n".utf8))]
  }

  /// A call as answers that are not streamed have it.
  func whole(_ call: ModelAnswers.ToolCall) -> JSONValue {
    [
      "id": .string(callID), "type": "function",
      "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
    ]
  }

  private var callID: String { "call_" + id.split(separator: "-").joined(separator: "_") }
}
