internal import Conversation
internal import Gateways
internal import Platform
internal import Storage

// What clients read.
extension APIDesk {
  func listDialogues(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    let limit = try Page.limit(call)
    let query = DialogueQuery(
      state: try call.value(of: .state) { Names.status($0) },
      chat: try call.value(of: .chat) { Int64(plain: $0).map(ChatID.init) },
      after: try call.value(of: .cursor) { text in
        Int64(plain: text).flatMap { (1..<1_000_000_000_000_000_000).contains($0) ? $0 : nil }
          .map(ConversationID.init)
      }, limit: limit + 1)
    let found = try await read { store throws(StoreError) in try await store.browse(query) }
    let page = found.prefix(limit)
    let next = found.count > limit ? page.last.map { String($0.dialogue.id.rawValue) } : nil
    return .ok([
      "items": .array(page.map { JSONValue($0) }), "next": next.map(JSONValue.string) ?? .null,
    ])
  }

  func getDialogue(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    .ok(JSONValue(try await dialogue(call)))
  }

  /// How much later than its question an answer may stand. No more questions than `queueLimit` and
  /// those unheard by people wait for the bot, so this leaves room for notes and marks besides.
  private static let answerDistance: Int64 = 256
  /// How many stretches of a transcript one request looks at; where much was erased, they are empty.
  private static let stretches = 20

  func listMessages(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    let limit = try Page.limit(call)
    var cursor = try call.value(of: .positionCursor) { Int64(plain: $0).flatMap(Self.natural) } ?? 0
    let summary = try await dialogue(call)
    let last = summary.dialogue.nextPosition.rawValue - 1
    var items: [JSONValue] = []
    for _ in 0..<Self.stretches where cursor < last && items.count < limit {
      let end = min(last, cursor + Int64(max(limit, 100)))
      for message in try await messages(call.dialogue, after: cursor, through: end) {
        guard items.count < limit else { break }
        cursor = message.position.rawValue
        if let item = JSONValue(message) { items.append(item) }
      }
      if items.count < limit { cursor = end }
    }
    return .ok(["items": .array(items), "next": cursor < last ? .integer(cursor) : .null])
  }

  private static func natural(_ value: Int64) -> Int64? { value >= 0 ? value : nil }

  /// The messages of these positions, in their order. The store keeps answers beside their
  /// questions, so those may stand before.
  private func messages(
    _ id: ConversationID, after: Int64, through: Int64
  ) async throws(Problem) -> [Message] {
    let from = max(1, after + 1 - Self.answerDistance)
    let found = try await read { store throws(StoreError) in
      try await store.transcript(
        id, from: Position(from), through: Position(through),
        limit: 2 * Int(through - from + 1))
    }
    return found.filter { (after + 1...through).contains($0.position.rawValue) }
      .sorted { $0.position < $1.position }
  }

  func getOwner(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    .owner(try await dialogue(call).dialogue)
  }

  func getAssignment(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    guard let assignment = try await dialogue(call).dialogue.assignment else {
      throw Problem(404, "Nobody holds the dialogue.")
    }
    return .assignment(assignment)
  }

  func getClosure(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    .closure(try await dialogue(call).dialogue)
  }

  private static let usualSpan = Duration.seconds(30 * 86_400)

  func getStatistics(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    let to = try call.value(of: .to) { Timestamp.instant($0) } ?? clock.now()
    let from =
      try call.value(of: .from) { Timestamp.instant($0) }
      ?? max(to - Self.usualSpan, Timestamp.range.lowerBound)
    let figures = try await read { store throws(StoreError) in
      try await DeskReport.figures(of: store, from: from, to: to)
    }
    return .ok(JSONValue(figures, from: from, to: to))
  }
}

extension HTTPServerResponse {
  /// An answer that all went well.
  static func ok(_ value: JSONValue, status: Int = 200, headers: [HTTPHeader] = [])
    -> HTTPServerResponse
  {
    .json(status, value.bytes, headers: [HTTPHeader("Cache-Control", "no-store")] + headers)
  }

  static func owner(_ dialogue: Dialogue) -> HTTPServerResponse {
    .ok(["owner": .string(Owner(dialogue.status).rawValue)])
  }

  static func assignment(_ assignment: Assignment) -> HTTPServerResponse {
    .ok([
      "operator": JSONValue(assignment.by), "since": .string(Timestamp.text(assignment.since)),
    ])
  }

  static func closure(_ dialogue: Dialogue) -> HTTPServerResponse {
    let value: JSONValue = ["closed": .boolean(dialogue.status == .closed)]
    return .ok(value.adding(["at": dialogue.closedAt.map { .string(Timestamp.text($0)) }]))
  }
}
