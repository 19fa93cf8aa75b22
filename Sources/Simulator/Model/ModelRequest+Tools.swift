/// The rules for tools (OpenAI's chat completions).
extension ModelRequestReader {
  /// The names of the tools that the model may call.
  func tools(_ fields: [String: JSONValue]) throws(ModelFailure) -> [String] {
    guard let list = fields["tools"]?.array else {
      guard fields["tool_choice"] == nil else {
        throw ModelFailure(
          status: 400,
          message: "Invalid value for 'tool_choice': 'tool_choice' is only allowed "
            + "when 'tools' are specified.", parameter: "tool_choice")
      }
      return []
    }
    guard callsTools else {
      let model = fields["model"]?.string ?? ""
      throw ModelFailure(
        status: 400, message: "\(model) does not support tools", parameter: "tools",
        code: "unsupported_parameter")
    }
    guard !list.isEmpty else {
      throw ModelFailure(
        status: 400,
        message: "Invalid 'tools': empty array. Expected an array with minimum length 1, but got "
          + "an empty array instead.", parameter: "tools", code: "empty_array")
    }
    var names: [String] = []
    for (index, tool) in list.enumerated() {
      names.append(try name(of: tool, at: "tools[\(index)]"))
    }
    return fields["tool_choice"] == "none" ? [] : names
  }

  private func name(of tool: JSONValue, at path: String) throws(ModelFailure) -> String {
    func bad(_ detail: String, at place: String) -> ModelFailure {
      ModelFailure(
        status: 400, message: "\(detail): '\(place)'.", parameter: place, code: "invalid_value")
    }
    guard tool["type"] == "function" else { throw bad("Invalid value", at: path + ".type") }
    guard let function = tool["function"]?.object else {
      throw bad("Missing required parameter", at: path + ".function")
    }
    let known: Set<String> = ["name", "description", "parameters", "strict"]
    if let unknown = function.keys.sorted().first(where: { !known.contains($0) }) {
      throw bad("Unknown parameter", at: "\(path).function.\(unknown)")
    }
    let name = function["name"]?.string ?? ""
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isPlain, (1...64).contains(name.utf8.count) else {
      throw bad("Invalid function name", at: path + ".function.name")
    }
    if let parameters = function["parameters"], parameters["type"] != "object" {
      throw bad("Invalid schema: must be of type object", at: path + ".function.parameters")
    }
    return name
  }

  /// Calls that the model made earlier: each has an id, a name, and arguments as a text.
  func check(toolCalls calls: JSONValue, of role: String, at path: String)
    throws(ModelFailure)
  {
    let isWhole = calls.array?.allSatisfy { call in
      call["id"]?.string != nil && call["type"] == "function"
        && call["function"]?["name"]?.string != nil
        && call["function"]?["arguments"]?.string != nil
    }
    guard role == "assistant", isWhole == true, calls.array?.isEmpty == false else {
      throw ModelFailure(
        status: 400, message: "Invalid value: '\(path).tool_calls'.",
        parameter: "\(path).tool_calls", code: "invalid_value")
    }
  }
}
