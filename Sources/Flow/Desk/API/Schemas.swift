/// The shapes that the document describes.
enum Schemas {
  static let number: JSONValue = [
    "type": "integer", "format": "int64", "minimum": .integer(Int64.min),
    "maximum": .integer(Int64.max),
  ]
  static let id: JSONValue = [
    "type": "integer", "format": "int64", "minimum": 1, "maximum": .integer(Int64.max),
  ]
  static let count: JSONValue = [
    "type": "integer", "format": "int64", "minimum": 0, "maximum": .integer(Int64.max),
  ]
  static let time: JSONValue = ["type": "string", "format": "date-time"]
  static let cursor: JSONValue = ["type": "string", "pattern": "^[1-9][0-9]{0,17}$"]
  static let text = words(Words.textLimit)
  static let name = words(Words.nameLimit)
  static let state = oneOf(["bot", "waiting", "operated", "closed"])

  /// The shape of that name in the document.
  static func named(_ name: String) -> JSONValue {
    ["$ref": .string("#/components/schemas/" + name)]
  }

  /// An object that has these members, and nothing else.
  static func object(
    _ required: KeyValuePairs<String, JSONValue>, optional: KeyValuePairs<String, JSONValue> = [:]
  ) -> JSONValue {
    [
      "type": "object", "required": .array(required.map { .string($0.key) }),
      "properties": .object((Array(required) + Array(optional)).map { .init($0.key, $0.value) }),
      "additionalProperties": false,
    ]
  }

  private static func words(_ limit: Int) -> JSONValue {
    [
      "type": "string", "minLength": 1, "maxLength": .integer(limit),
      "pattern": .string(Words.pattern),
    ]
  }

  private static func oneOf(_ names: [String]) -> JSONValue {
    ["type": "string", "enum": .array(names.map(JSONValue.string))]
  }

  private static func list(of item: JSONValue) -> JSONValue { ["type": "array", "items": item] }

  /// What is said of a wait.
  private static let waits = object(
    ["count": count], optional: ["mean_seconds": figure, "median_seconds": figure])
  private static let figure: JSONValue = ["type": "number", "minimum": 0]
  private static let counts: JSONValue = ["type": "object", "additionalProperties": count]
  private static let string: JSONValue = ["type": "string"]
  private static let boolean: JSONValue = ["type": "boolean"]

  /// All shapes that have names.
  static let all: JSONValue = .object(requests + dialogues + others)

  private static let requests: [JSONValue.Member] = [
    .init("NewMessage", object(["text": text], optional: ["operator": object(["name": name])])),
    .init("NewQuestion", object(["text": text])),
    .init("Owner", object(["owner": oneOf(Owner.allCases.map(\.rawValue))])),
    .init(
      "AssignmentWish",
      object(
        ["operator": object(["id": count, "name": name])],
        optional: ["force": ["type": "boolean", "default": false]])),
  ]

  private static let dialogues: [JSONValue.Member] = [
    .init("Operator", object(["id": number, "name": string])),
    .init(
      "Customer",
      object(["id": number, "name": string, "language": oneOf(["ru", "en"])])),
    .init(
      "Dialogue",
      object(
        [
          "id": id, "bot_id": number, "chat_id": number, "state": state,
          "owner": oneOf(Owner.allCases.map(\.rawValue)), "last_position": count,
          "reachable": boolean, "banned": boolean,
        ],
        optional: [
          "topic_id": number, "person_id": number, "since": time, "reason": oneOf(Names.reasons),
          "operator": named("Operator"), "customer": named("Customer"),
        ])),
    .init(
      "Dialogues",
      object([
        "items": list(of: named("Dialogue")),
        "next": ["type": ["string", "null"]],
      ])),
    .init(
      "Message",
      object(
        ["position": id, "role": oneOf(Names.roles), "text": string, "at": time],
        optional: [
          "author": named("Operator"), "quoted": string, "answers": id, "stopped": boolean,
          "mark": oneOf(Names.marks), "delivery": oneOf(Names.deliveries),
        ])),
    .init(
      "Messages",
      object([
        "items": list(of: named("Message")),
        "next": ["type": ["integer", "null"], "format": "int64", "minimum": 0],
      ])),
    .init("Accepted", object(["position": id])),
    .init("Assignment", object(["operator": named("Operator"), "since": time])),
    .init("Closure", object(["closed": boolean], optional: ["at": time])),
  ]

  private static let others: [JSONValue.Member] = [
    .init(
      "Statistics",
      object(
        [
          "from": time, "to": time, "requested": count, "requested_by_reason": counts,
          "taken": count, "answers": count, "first_response": waits, "next_response": waits,
          "resolution": waits, "returned": count, "returned_by_cause": counts, "withdrawn": count,
          "closed": count, "unclaimed": count, "undelivered": count, "ratings": counts,
        ], optional: ["mean_rating": figure])),
    .init(
      "Problem",
      object(
        [
          "type": string, "title": string,
          "status": ["type": "integer", "minimum": 400, "maximum": 599], "detail": string,
        ], optional: ["dialogue": named("Dialogue")])),
  ]
}
