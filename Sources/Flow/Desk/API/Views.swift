internal import Conversation
internal import Gateways
internal import Storage

extension JSONValue {
  /// An operator, or another author.
  init(_ person: Operator) {
    self = ["id": .integer(person.id.rawValue), "name": .string(person.name)]
  }

  /// A dialogue, where it takes place and how it stands.
  init(_ summary: DialogueSummary) {
    let dialogue = summary.dialogue
    let address = summary.address
    let value: JSONValue = [
      "id": .integer(dialogue.id.rawValue), "bot_id": .integer(address.bot.rawValue),
      "chat_id": .integer(address.chat.rawValue), "state": .string(Names.name(dialogue.status)),
      "owner": .string(Owner(dialogue.status).rawValue),
      "last_position": .integer(dialogue.nextPosition.rawValue - 1),
      "reachable": .boolean(dialogue.reachable),
      "banned": .boolean(dialogue.desk?.isBanned ?? false),
    ]
    self = value.adding([
      "topic_id": (address.topic?.rawValue).map(JSONValue.integer),
      "person_id": (address.person?.rawValue).map(JSONValue.integer),
      "since": dialogue.since.map { .string(Timestamp.text($0)) },
      "reason": dialogue.request.map { .string(Names.name($0.reason)) },
      "operator": (dialogue.assignment?.by).map { JSONValue($0) },
      "customer": summary.customer.map { JSONValue($0) },
    ])
  }

  private init(_ customer: Speaker) {
    self = [
      "id": .integer(customer.id.rawValue), "name": .string(customer.name),
      "language": .string(customer.language.rawValue),
    ]
  }

  /// A message of a transcript; nil for a suggestion, which nobody has said.
  init?(_ message: Message) {
    let role: String
    var author: Operator?
    var more: KeyValuePairs<String, JSONValue?> = [:]
    switch message.role {
    case .customer(let speaker):
      role = "customer"
      author = Operator(id: OperatorID(speaker.id.rawValue), name: speaker.name)
    case .assistant(let question, let stopped):
      role = "assistant"
      more = ["answers": .integer(question.rawValue), "stopped": .boolean(stopped)]
    case .operator(let person):
      role = "operator"
      author = person
    case .note(let person):
      role = "note"
      author = person
    case .suggestion: return nil
    case .mark(let mark):
      role = "mark"
      more = ["mark": .string(Names.name(mark))]
    }
    let value: JSONValue = [
      "position": .integer(message.position.rawValue), "role": .string(role),
      "text": .string(message.text), "at": .string(Timestamp.text(message.at)),
    ]
    self = value.adding([
      "author": author.map { JSONValue($0) }, "quoted": message.quoted.map(JSONValue.string),
      "delivery": message.delivery.map { .string(Names.name($0)) },
    ]).adding(more)
  }

  /// The figures of a stretch of time.
  init(_ figures: DeskStatistics, from: Instant, to: Instant) {
    let value: JSONValue = [
      "from": .string(Timestamp.text(from)), "to": .string(Timestamp.text(to)),
      "requested": .integer(figures.requested.values.reduce(0, +)),
      "requested_by_reason": .counts(figures.requested.map { (Names.name($0), $1) }),
      "taken": .integer(figures.taken), "answers": .integer(figures.answers),
      "first_response": JSONValue(figures.firstResponse),
      "next_response": JSONValue(figures.nextResponse),
      "resolution": JSONValue(figures.resolution),
      "returned": .integer(figures.returned.values.reduce(0, +)),
      "returned_by_cause": .counts(figures.returned.map { (Names.name($0), $1) }),
      "withdrawn": .integer(figures.withdrawn), "closed": .integer(figures.closed),
      "unclaimed": .integer(figures.unclaimed), "undelivered": .integer(figures.undelivered),
      "ratings": .counts(figures.ratings.map { (String($0), $1) }),
    ]
    self = value.adding(["mean_rating": figures.meanRating.map(JSONValue.number)])
  }

  private init(_ waits: DeskStatistics.Waits) {
    let value: JSONValue = ["count": .integer(waits.count)]
    self = value.adding([
      "mean_seconds": waits.mean.map { .number(Double($0) / 1_000) },
      "median_seconds": waits.median.map { .number(Double($0) / 1_000) },
    ])
  }

  private static func counts(_ counts: [(String, Int)]) -> JSONValue {
    .object(counts.sorted { $0.0 < $1.0 }.map { Member($0.0, .integer($0.1)) })
  }
}

extension Dialogue {
  /// The request for a person that is open.
  var request: HandoffRequest? {
    switch state {
    case .waiting(let request): request
    case .bot, .operated, .closed: nil
    }
  }

  /// By whom it is held.
  var assignment: Assignment? {
    switch state {
    case .operated(let assignment): assignment
    case .bot, .waiting, .closed: nil
    }
  }

  /// When it was closed, if it is.
  var closedAt: Instant? {
    switch state {
    case .closed(let at): at
    case .bot, .waiting, .operated: nil
    }
  }

  /// When its state began; not known of the bot's.
  fileprivate var since: Instant? { request?.since ?? assignment?.since ?? closedAt }
}

/// An event of the log as clients see it.
struct EventView {
  /// Its name.
  var name: String
  /// What it carries.
  var data: JSONValue

  init(_ entry: DeskLogEntry) {
    let fields: KeyValuePairs<String, JSONValue?>
    (name, fields) = Self.parts(entry.kind)
    let value: JSONValue = [
      "conversation": .integer(entry.conversation.rawValue),
      "at": .string(Timestamp.text(entry.at)),
    ]
    data = value.adding(fields)
  }

  private static func parts(
    _ kind: DeskLogEntry.Kind
  ) -> (String, KeyValuePairs<String, JSONValue?>) {
    func id(_ person: OperatorID?) -> JSONValue? { person.map { .integer($0.rawValue) } }
    func wait(_ milliseconds: Int64?) -> JSONValue? {
      milliseconds.map { .number(Double($0) / 1_000) }
    }
    return switch kind {
    case .requested(let reason): ("requested", ["reason": .string(Names.name(reason))])
    case .withdrawn: ("withdrawn", [:])
    case .taken(let person, let waited):
      ("taken", ["operator_id": id(person), "waited_seconds": wait(waited)])
    case .passed(let from, let to):
      ("passed", ["from_operator_id": id(from), "to_operator_id": id(to)])
    case .customerWrote: ("customer_wrote", [:])
    case .answered(let person, let first, let next):
      (
        "answered",
        [
          "operator_id": id(person), "first_response_seconds": wait(first),
          "next_response_seconds": wait(next),
        ]
      )
    case .returned(let cause, let person):
      ("returned", ["cause": .string(Names.name(cause)), "operator_id": id(person)])
    case .closed(let person, let resolution):
      ("closed", ["operator_id": id(person), "resolution_seconds": wait(resolution)])
    case .reminded: ("reminded", [:])
    case .unclaimed: ("unclaimed", [:])
    case .undelivered: ("undelivered", [:])
    case .rated(let stars): ("rated", ["stars": .integer(stars)])
    }
  }
}
