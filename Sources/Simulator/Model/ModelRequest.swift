/// A request for an answer after every rule of the service was applied to it.
struct ModelRequest: Equatable {
  /// One message of the context.
  struct Message: Equatable {
    var role: String
    var text: String
    /// The sizes of the pictures, in bytes.
    var pictures: [Int] = []
  }

  var model: String
  var messages: [Message]
  var isStreamed: Bool
  var includesUsage: Bool
  /// The greatest length of the answer, in tokens.
  var answerTokens: Int?
  /// The names of the tools that it may call; none when the request forbids calls.
  var tools: [String] = []

  /// The newest thing a person said.
  var question: String { messages.last { $0.role == "user" }?.text ?? "" }

  /// The sizes of the pictures that came since the last answer, in bytes.
  var pictures: [Int] {
    messages.reversed().prefix { $0.role != "assistant" }.reversed().flatMap(\.pictures)
  }
}

/// An error in the shape of the service (`{"error":{…}}`).
struct ModelFailure: Error, Equatable {
  var status: Int
  var message: String
  var type: String = "invalid_request_error"
  var parameter: String?
  var code: String?

  var json: JSONValue {
    [
      "error": [
        "message": .string(message), "type": .string(type),
        "param": parameter.map { .string($0) } ?? .null,
        "code": code.map { .string($0) } ?? .null,
      ]
    ]
  }
}

/// Reads requests as strictly as OpenAI does, and in places more so: a null or an unknown field is
/// a mistake of the program that is being tested.
struct ModelRequestReader {
  /// Prefixes of the names of models that refuse `max_tokens` (reasoning models do).
  var reasoningModels: [String]
  /// How many tokens of prompt and answer together are accepted.
  var contextTokens: Int
  /// Whether the models take pictures.
  var seesPictures = true
  /// Whether the models call tools.
  var callsTools = true

  private static let roles = ["system", "assistant", "user", "function", "tool", "developer"]
  private static let parameters: [String: Kind] = [
    "model": .string, "messages": .array, "stream": .boolean, "stream_options": .object,
    "max_tokens": .positive, "max_completion_tokens": .positive, "temperature": .range(0, 2),
    "top_p": .range(0, 1), "presence_penalty": .range(-2, 2), "frequency_penalty": .range(-2, 2),
    "n": .positive, "stop": .any, "seed": .any, "tools": .array, "tool_choice": .any,
    "parallel_tool_calls": .boolean, "response_format": .object, "reasoning_effort": .string,
    "user": .string, "safety_identifier": .string, "prompt_cache_key": .string,
    "service_tier": .string, "store": .boolean, "metadata": .object, "logprobs": .boolean,
    "top_logprobs": .any, "logit_bias": .object,
  ]

  private enum Kind {
    case string, boolean, array, object, positive, any
    case range(Double, Double)

    var name: String {
      switch self {
      case .string: "a string"
      case .boolean: "a boolean"
      case .array: "an array"
      case .object: "an object"
      case .positive: "an integer"
      case .range: "a decimal"
      case .any: "a value"
      }
    }
  }

  func read(_ body: [UInt8]) throws(ModelFailure) -> ModelRequest {
    guard let json = JSONValue(parsing: body), let fields = json.object else {
      throw ModelFailure(
        status: 400,
        message: "We could not parse the JSON body of your request. The request body must be a "
          + "JSON object.")
    }
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) { try check(name, value) }
    guard let model = fields["model"]?.string, !model.isEmpty else {
      throw ModelFailure(status: 400, message: "you must provide a model parameter")
    }
    let isStreamed = fields["stream"]?.bool ?? false
    let includesUsage = try usage(fields["stream_options"], isStreamed: isStreamed)
    let request = ModelRequest(
      model: model, messages: try messages(fields["messages"]), isStreamed: isStreamed,
      includesUsage: includesUsage, answerTokens: try answerTokens(fields, model: model),
      tools: try tools(fields))
    let tokens = TokenCount.of(request.messages)
    if tokens + (request.answerTokens ?? 0) > contextTokens {
      throw ModelFailure(
        status: 400,
        message: "This model's maximum context length is \(contextTokens) tokens. However, your "
          + "messages resulted in \(tokens) tokens. Please reduce the length of the messages.",
        parameter: "messages", code: "context_length_exceeded")
    }
    return request
  }

  private func check(_ name: String, _ value: JSONValue) throws(ModelFailure) {
    guard let kind = Self.parameters[name] else {
      throw ModelFailure(
        status: 400, message: "Unknown parameter: '\(name)'.", parameter: name,
        code: "unknown_parameter")
    }
    let fits =
      switch kind {
      case .string: value.string != nil
      case .boolean: value.bool != nil
      case .array: value.array != nil
      case .object: value.object != nil
      case .positive: value.integer != nil
      case .range: value.double != nil
      case .any: value != .null
      }
    guard fits else {
      throw ModelFailure(
        status: 400,
        message: "Invalid type for '\(name)': expected \(kind.name), but got "
          + "\(value.kindName) instead.", parameter: name, code: "invalid_type")
    }
    switch kind {
    case .positive:
      if let number = value.integer, number < 1 {
        throw ModelFailure(
          status: 400,
          message: "Invalid '\(name)': integer below minimum value. Expected a value >= 1, but "
            + "got \(number) instead.", parameter: name, code: "integer_below_min_value")
      }
    case .range(let low, let high):
      if let number = value.double, number < low || number > high {
        let (side, sign, bound) =
          number < low
          ? ("below minimum", ">=", low)
          : ("above maximum", "<=", high)
        throw ModelFailure(
          status: 400,
          message: "Invalid '\(name)': decimal \(side) value. Expected a value \(sign) \(bound), "
            + "but got \(number) instead.", parameter: name,
          code: number < low ? "decimal_below_min_value" : "decimal_above_max_value")
      }
    case .string, .boolean, .array, .object, .any: break
    }
  }

  private func usage(_ options: JSONValue?, isStreamed: Bool) throws(ModelFailure) -> Bool {
    guard let options else { return false }
    guard isStreamed else {
      throw ModelFailure(
        status: 400,
        message: "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
        parameter: "stream_options")
    }
    for key in (options.object ?? [:]).keys.sorted()
    where key != "include_usage" && key != "include_obfuscation" {
      throw ModelFailure(
        status: 400, message: "Unknown parameter: 'stream_options.\(key)'.",
        parameter: "stream_options.\(key)", code: "unknown_parameter")
    }
    guard let included = options["include_usage"] else { return false }
    guard let included = included.bool else {
      throw ModelFailure(
        status: 400,
        message: "Invalid type for 'stream_options.include_usage': expected a boolean, but got "
          + "\(included.kindName) instead.", parameter: "stream_options.include_usage",
        code: "invalid_type")
    }
    return included
  }

  private func answerTokens(_ fields: [String: JSONValue], model: String) throws(ModelFailure)
    -> Int?
  {
    if fields["max_tokens"] != nil, fields["max_completion_tokens"] != nil {
      throw ModelFailure(
        status: 400,
        message: "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not "
          + "supported.", parameter: "max_tokens", code: "invalid_parameter_combination")
    }
    if fields["max_tokens"] != nil, reasoningModels.contains(where: { model.hasPrefix($0) }) {
      throw ModelFailure(
        status: 400,
        message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
          + "'max_completion_tokens' instead.", parameter: "max_tokens",
        code: "unsupported_parameter")
    }
    let tokens = (fields["max_completion_tokens"] ?? fields["max_tokens"])?.integer
    // Far above any context, and far from overflow.
    return tokens.map { Int(min($0, 1 << 40)) }
  }

  private func messages(_ value: JSONValue?) throws(ModelFailure) -> [ModelRequest.Message] {
    guard let list = value?.array else {
      throw ModelFailure(
        status: 400, message: "Missing required parameter: 'messages'.", parameter: "messages",
        code: "missing_required_parameter")
    }
    guard !list.isEmpty else {
      throw ModelFailure(
        status: 400,
        message: "Invalid 'messages': empty array. Expected an array with minimum length 1, but "
          + "got an empty array instead.", parameter: "messages", code: "empty_array")
    }
    var messages: [ModelRequest.Message] = []
    for (index, element) in list.enumerated() {
      messages.append(try message(element, at: "messages[\(index)]"))
    }
    return messages
  }

  private func message(_ value: JSONValue, at path: String) throws(ModelFailure)
    -> ModelRequest.Message
  {
    guard let fields = value.object else {
      throw ModelFailure(
        status: 400,
        message: "Invalid type for '\(path)': expected an object, but got "
          + "\(value.kindName) instead.", parameter: path, code: "invalid_type")
    }
    let known: Set<String> = [
      "role", "content", "name", "tool_calls", "tool_call_id", "refusal", "reasoning_content",
    ]
    if let unknown = fields.keys.sorted().first(where: { !known.contains($0) }) {
      throw ModelFailure(
        status: 400, message: "Unknown parameter: '\(path).\(unknown)'.",
        parameter: "\(path).\(unknown)", code: "unknown_parameter")
    }
    guard let role = fields["role"]?.string else {
      throw ModelFailure(
        status: 400, message: "Missing required parameter: '\(path).role'.",
        parameter: "\(path).role", code: "missing_required_parameter")
    }
    guard Self.roles.contains(role) else {
      throw ModelFailure(
        status: 400,
        message: "Invalid value: '\(role)'. Supported values are: 'system', 'assistant', 'user', "
          + "'function', 'tool', and 'developer'.", parameter: "\(path).role",
        code: "invalid_value")
    }
    let content = fields["content"] ?? .null
    if let calls = fields["tool_calls"] {
      try check(toolCalls: calls, of: role, at: path)
      if content == .null { return ModelRequest.Message(role: role, text: "") }
    }
    if role == "tool", fields["tool_call_id"]?.string == nil {
      throw ModelFailure(
        status: 400, message: "Missing required parameter: '\(path).tool_call_id'.",
        parameter: "\(path).tool_call_id", code: "missing_required_parameter")
    }
    let said = try ModelContent(content, at: path, seesPictures: seesPictures)
    if role != "user", !said.pictures.isEmpty {
      throw ModelFailure(
        status: 400, message: "Image URLs are only allowed for messages with role 'user'.",
        parameter: "\(path).content", code: "invalid_value")
    }
    return ModelRequest.Message(role: role, text: said.text, pictures: said.pictures)
  }
}

/// A rough count of tokens that is the same on every run: four bytes of UTF-8 are one, a picture
/// costs 85, and every message four more for its frame.
enum TokenCount {
  static func of(_ text: String) -> Int { (text.utf8.count + 3) / 4 }
  static func of(_ messages: [ModelRequest.Message]) -> Int {
    messages.reduce(3) { $0 + of($1.text) + 85 * $1.pictures.count + 4 }
  }
}
