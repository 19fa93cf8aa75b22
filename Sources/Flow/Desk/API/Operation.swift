internal import Conversation
internal import Gateways

/// One thing that clients can do. The router and the document are both made of these.
struct Operation: Sendable {
  /// What comes of it when all goes well.
  struct Success: Sendable {
    var status: Int
    var description: String
    /// The media type and the schema of the body; nil for none.
    var content: (type: String, schema: JSONValue)?
    /// Header fields of the answer: name and schema.
    var headers: [JSONValue.Member] = []
  }

  /// Upper case.
  var method: String
  /// Below the API's prefix; `{id}` stands for a dialogue's number.
  var path: String
  /// The name by which generated clients call it.
  var name: String
  /// What it does, in one line.
  var summary: String
  /// More about it.
  var description: String?
  /// What may stand in the query or the header.
  var parameters: [Parameter] = []
  /// The schema of the body that it needs; nil when it takes none.
  var body: JSONValue?
  var success: Success
  /// Why it can meet 404; nil when it can't.
  var missing: String?
  /// Whether the state of the dialogue can forbid it.
  var conflicts = false
  /// Whether no token is needed.
  var isPublic = false
  var serve: @Sendable (Call) async throws(Problem) -> HTTPServerResponse

  /// The parts of the path.
  var parts: [Substring] {
    path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
  }
}

/// A request on its way through an operation.
struct Call: Sendable {
  var request: HTTPServerRequest
  /// The dialogue that the path names; `ConversationID(0)` where it names none.
  var dialogue = ConversationID(0)

  /// The value of a parameter in the query; nil when it is not given.
  func value<Value>(
    of parameter: Parameter, _ read: (String) -> Value?
  ) throws(Problem) -> Value? {
    let text =
      switch parameter.place {
      case .query: request.query(parameter.name)
      case .header: request.headers[parameter.name]
      }
    guard let text else { return nil }
    guard let value = read(text) else {
      throw Problem(400, "The parameter \(parameter.name) is not \(parameter.nature).")
    }
    return value
  }

  /// Everything in the query must be known, and be there once.
  func checkQuery(_ parameters: [Parameter]) throws(Problem) {
    var seen: Set<String> = []
    for (name, _) in request.query {
      guard parameters.contains(where: { $0.place == .query && $0.name == name }) else {
        throw Problem(400, "A parameter of the query is unknown here.")
      }
      guard seen.insert(name).inserted else {
        throw Problem(400, "The parameter \(name) is given twice.")
      }
    }
  }
}

/// Something that may stand in a query or a header.
struct Parameter: Sendable {
  enum Place: String, Sendable { case query, header }

  var name: String
  var place = Place.query
  var schema: JSONValue
  var description: String
  /// What a value must be, for who gave something else.
  var nature: String
}

extension Parameter {
  static let chat = Parameter(
    name: "chat_id", schema: Schemas.number, description: "Only dialogues of this Telegram chat.",
    nature: "a whole number")
  static let state = Parameter(
    name: "state", schema: Schemas.state, description: "Only dialogues in this state.",
    nature: "bot, waiting, operated or closed")
  static let cursor = Parameter(
    name: "cursor", schema: Schemas.cursor,
    description: "Goes on after a page: its `next`. Read nothing else into it.", nature: "a cursor")
  static let positionCursor = Parameter(
    name: "cursor", schema: Schemas.count,
    description: "Goes on after this position: the `next` of a page, or any other.",
    nature: "a position")
  static let limit = Parameter(
    name: "limit",
    schema: [
      "type": "integer", "format": "int32", "minimum": 1, "maximum": .integer(Page.greatest),
      "default": .integer(Page.usual),
    ],
    description: "How many items at most.", nature: "a number from 1 to \(Page.greatest)")
  static let from = Parameter(
    name: "from", schema: Schemas.time,
    description: "The beginning; without it, thirty days before the end.", nature: "a time")
  static let to = Parameter(
    name: "to", schema: Schemas.time, description: "The end, exclusive; without it, now.",
    nature: "a time")
  static let after = Parameter(
    name: "after", schema: Schemas.count,
    description: "Begins after the event of this number; 0 gives all. Without it only new ones "
      + "come.", nature: "the number of an event")
  static let lastEvent = Parameter(
    name: "Last-Event-ID", place: .header, schema: Schemas.count,
    description:
      "The same as `after`, and preferred to it: what browsers send when they reconnect.",
    nature: "the number of an event")
}

/// How much of a list is given at a time.
enum Page {
  static let usual = 50
  static let greatest = 200

  static func limit(_ call: Call) throws(Problem) -> Int {
    try call.value(of: .limit) { Int(plain: $0).flatMap { (1...greatest).contains($0) ? $0 : nil } }
      ?? usual
  }
}

extension FixedWidthInteger {
  /// The number that a text says in plain decimal: no plus, no leading zeros, no minus zero.
  init?(plain text: String) {
    guard let value = Self(text), String(value) == text else { return nil }
    self = value
  }
}
