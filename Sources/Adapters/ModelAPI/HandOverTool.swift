internal import Gateways
internal import Platform

/// The one tool that a model is offered: to call an operator.
///
/// The arguments' schema is as strict as OpenAI's strict mode asks for, but that mode is not asked
/// for: several services refuse the word, and arguments are read tolerantly anyway.
enum HandOverTool {
  /// Its name.
  static let name = "hand_over_to_operator"

  private static let description =
    "Hands this conversation over to a human operator. Call it when the person asks for a human, "
    + "or when you cannot help them yourself."
  private static let parameters = [
    ("reason", "Why a human is needed, in one short sentence."),
    (
      "summary",
      "What the operator should know: what the person wants, what was tried, what is open. "
        + "In the language of the conversation."
    ),
  ]

  /// Writes the member `tools` of a request.
  static func write(to json: inout JSONWriter) {
    json.key("tools")
    json.beginArray()
    json.beginObject()
    json.member("type", "function")
    json.key("function")
    json.beginObject()
    json.member("name", name)
    json.member("description", description)
    json.key("parameters")
    json.beginObject()
    json.member("type", "object")
    json.key("properties")
    json.beginObject()
    for (name, description) in parameters {
      json.key(name)
      json.beginObject()
      json.member("type", "string")
      json.member("description", description)
      json.endObject()
    }
    json.endObject()
    json.key("required")
    json.beginArray()
    for (name, _) in parameters { json.string(name) }
    json.endArray()
    json.member("additionalProperties", false)
    json.endObject()
    json.endObject()
    json.endObject()
    json.endArray()
  }
}

extension HandOverCall {
  /// The greatest size of a call's arguments, in bytes of UTF-8; what goes beyond is cut off.
  static let sizeLimit = 16 << 10

  /// Reads the arguments as far as they can be read: what was cut off is closed, line ends inside
  /// strings are forgiven, and what stays unreadable counts as empty. The wish is in the call
  /// itself.
  init(arguments: String) {
    self.init(arguments: Self.read(Array(arguments.utf8.prefix(Self.sizeLimit))))
  }

  /// Reads arguments that are JSON themselves, or JSON in a string in which JSON stands.
  init(arguments: JSONValue?) {
    var value = arguments
    if let text = value?.string { value = Self.read(Array(text.utf8)) }
    self.init(reason: value?["reason"]?.string ?? "", summary: value?["summary"]?.string ?? "")
  }

  private static func read(_ bytes: [UInt8]) -> JSONValue? {
    if let value = JSONValue(bytes) { return value }
    guard let start = bytes.firstIndex(of: UInt8(ascii: "{")) else { return nil }
    // No byte below a space may stand in a string, and none must stand elsewhere.
    var bytes = bytes[start...].map { max($0, 0x20) }
    // Something behind the object: the end of a tag, or the same object once more.
    for end in bytes.indices.lazy.filter({ bytes[$0] == UInt8(ascii: "}") }).prefix(8) {
      if let value = JSONValue(Array(bytes[...end])) { return value }
    }
    // An object that was cut off, if need be in the middle of an escape or of a character.
    for _ in 0..<12 {
      for end in ["\"}", "}"] {
        if let value = JSONValue(wellFormed(bytes + Array(end.utf8))) { return value }
      }
      guard bytes.popLast() != nil else { return nil }
    }
    return nil
  }
}

/// The calls of tools in one answer, put together from their pieces.
struct ToolCalls {
  /// A piece of a call, as one event brings it.
  struct Piece {
    var index: Int?
    var id = ""
    var name = ""
    /// JSON in a string, or JSON itself where the service does not follow OpenAI in that.
    var arguments: JSONValue?

    /// Reads an element of `tool_calls`, or a `function_call` as the same without its number.
    init(_ value: JSONValue) {
      if case .number(let number)? = value["index"] { index = Int(exactly: number) }
      id = value["id"]?.string ?? ""
      let function = value["function"] ?? value
      name = function["name"]?.string ?? ""
      arguments = function["arguments"]
    }
  }

  private struct Call {
    var index: Int?
    var id: String
    var name: String
    var text = ""
    var value: JSONValue?
  }

  /// How many calls of one answer are looked at.
  private static let limit = 16
  private var calls: [Call] = []

  /// Adds a piece to its call.
  ///
  /// A call is known by its index. Some services number all calls alike, and tell them apart only by
  /// a new id, or by another name; some give no number, or repeat id and name with every piece.
  mutating func add(_ piece: Piece) {
    let place = calls.lastIndex { $0.index == piece.index || piece.index == nil }
    if let place, continues(piece, calls[place]) {
      extend(place, by: piece)
    } else if calls.count < Self.limit {
      calls.append(Call(index: piece.index, id: piece.id, name: piece.name))
      extend(calls.count - 1, by: piece)
    }
  }

  /// The call of our tool; nil when there is none. Calls of tools that nobody offered are nothing.
  /// Some models write a name space before the name, or marks of theirs behind it.
  var handOver: HandOverCall? {
    guard let call = calls.first(where: { $0.name.contains(HandOverTool.name) }) else { return nil }
    guard call.text.isEmpty else { return HandOverCall(arguments: call.text) }
    return HandOverCall(arguments: call.value)
  }

  private func continues(_ piece: Piece, _ call: Call) -> Bool {
    (piece.id.isEmpty || call.id.isEmpty || piece.id == call.id)
      && (piece.name.isEmpty || call.name.isEmpty || piece.name == call.name)
  }

  private mutating func extend(_ place: Int, by piece: Piece) {
    if calls[place].id.isEmpty { calls[place].id = piece.id }
    if calls[place].name.isEmpty { calls[place].name = piece.name }
    switch piece.arguments {
    case .string(let text):
      guard calls[place].text.utf8.count < HandOverCall.sizeLimit else { return }
      calls[place].text += text
    case .object(let members) where !members.isEmpty:
      calls[place].value = .object(members)
    case .object, .number, .bool, .array, nil: break
    }
  }
}
