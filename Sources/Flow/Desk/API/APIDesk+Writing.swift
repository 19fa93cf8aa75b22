internal import Conversation
internal import Gateways
internal import Platform
internal import Storage
internal import Turn

// What clients change.
extension APIDesk {
  private static let me = Operator(id: .api, name: "API")

  func postMessage(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    let body = try NewMessage.read(call.request.body)
    let summary = try await dialogue(call)
    let author = Operator(id: .api, name: body.author?.name ?? Self.me.name)
    let written = try await act(
      .write(OperatorMessage(text: body.text, source: nil)), by: author, summary)
    // The message is the last that its step records.
    return accepted(call, Position(written.nextPosition.rawValue - 1))
  }

  func postQuestion(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    let body = try NewQuestion.read(call.request.body)
    let summary = try await dialogue(call)
    let audience = summary.audience
    let speaker =
      summary.customer
      ?? Speaker(
        id: PersonID(summary.address.chat.rawValue), name: "", language: audience.language)
    let asked = try await commit(
      .questionPut(text: body.text, speaker: speaker, audience: audience, at: clock.now()), summary)
    return accepted(call, try await position(of: body.text, asked, since: summary.dialogue))
  }

  /// Where a question stands: it is the last of its words that came from no chat. A mark may follow
  /// it, when the question was one too many and a person is called.
  private func position(
    of text: String, _ asked: Dialogue, since before: Dialogue
  ) async throws(Problem) -> Position {
    let last = Position(asked.nextPosition.rawValue - 1)
    let recent = try await read { store throws(StoreError) in
      try await store.transcript(asked.id, from: before.nextPosition, through: last, limit: 100)
    }
    return recent.last { $0.messageID == nil && $0.text == text }?.position ?? last
  }

  private func accepted(_ call: Call, _ position: Position) -> HTTPServerResponse {
    let path = DeskAPI.prefix + "/dialogues/\(call.dialogue)/messages"
    let location = path + "?cursor=\(position.rawValue - 1)&limit=1"
    return .ok(
      ["position": .integer(position.rawValue)], status: 202,
      headers: [HTTPHeader("Location", location)])
  }

  func putOwner(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    let wish = try OwnerWish.read(call.request.body)
    let summary = try await dialogue(call)
    guard let owner = wish.owner, owner != Owner(summary.dialogue.status) else {
      return .owner(summary.dialogue)
    }
    switch owner {
    case .operator:
      return .owner(
        try await commit(
          .operatorRequested(.api, audience: summary.audience, at: clock.now()), summary))
    case .bot:
      return .owner(try await act(.release, by: Self.me, summary, unless: .notHeld))
    }
  }

  func putAssignment(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    let wish = try AssignmentWish.read(call.request.body)
    let summary = try await dialogue(call)
    let holder = Operator(id: OperatorID(wish.holder.id), name: wish.holder.name)
    let chat = try await chat(of: holder.id, summary)
    let taken = try await act(.take(force: wish.force), by: holder, in: chat, summary)
    guard let assignment = taken.assignment else { throw conflict(.tooLate, summary, taken) }
    return .assignment(assignment)
  }

  /// How many operators are looked through.
  private static let operatorLimit = 1_000

  /// The staff chat in which somebody works; nil for the API. Who is no operator would hold the
  /// dialogue without ever hearing of it.
  private func chat(
    of id: OperatorID, _ summary: DialogueSummary
  ) async throws(Problem) -> ChatID? {
    if id == .api { return nil }
    let own = ChatID(id.rawValue)
    if door.staffKind(own) == .person { return own }
    let known = try await read { store throws(StoreError) in
      try await store.operators(summary.address.bot, limit: Self.operatorLimit)
    }
    let chat = known.first { $0.operator.id == id }?.chat
    guard let chat, door.staffKind(chat) != nil else {
      throw Problem(
        409, "Nobody with this id has acted as an operator in a chat where operators work now.",
        dialogue: JSONValue(summary))
    }
    return chat
  }

  func deleteAssignment(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    let summary = try await dialogue(call)
    guard summary.dialogue.assignment != nil else {
      throw Problem(404, "Nobody holds the dialogue.")
    }
    _ = try await act(.release, by: Self.me, summary, unless: .notHeld)
    return HTTPServerResponse(status: 204)
  }

  func putClosure(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    let summary = try await dialogue(call)
    guard summary.dialogue.closedAt == nil else { return .closure(summary.dialogue) }
    return .closure(try await act(.close, by: Self.me, summary, unless: .notHeld))
  }

  /// Lets an operator act. A refusal that only says that it is so already, `unless`, is none.
  private func act(
    _ action: OperatorAction, by person: Operator, in chat: ChatID? = nil,
    _ summary: DialogueSummary, unless harmless: Refusal? = nil
  ) async throws(Problem) -> Dialogue {
    try await commit(
      .operatorActed(action, by: person, in: chat, audience: summary.audience, at: clock.now()),
      summary, unless: harmless)
  }

  private func commit(
    _ event: DialogueEvent, _ summary: DialogueSummary, unless harmless: Refusal? = nil
  ) async throws(Problem) -> Dialogue {
    let outcome: Door.Outcome
    do throws(StoreError) {
      outcome = try await door.commit(event, at: .conversation(summary.dialogue.id))
    } catch {
      throw problem(error)
    }
    switch outcome {
    case .done(let dialogue): return dialogue
    case .missing: throw .missingDialogue
    case .refused(let refusal, let dialogue) where refusal == harmless: return dialogue
    case .refused(let refusal, let dialogue): throw conflict(refusal, summary, dialogue)
    }
  }

  private func conflict(
    _ refusal: Refusal, _ summary: DialogueSummary, _ dialogue: Dialogue
  ) -> Problem {
    var current = summary
    current.dialogue = dialogue
    return Problem(409, Names.explanation(refusal), dialogue: JSONValue(current))
  }
}

extension DialogueSummary {
  /// How its people are addressed. Private chats have positive ids, groups negative ones.
  fileprivate var audience: Audience {
    Audience(
      language: customer?.language ?? dialogue.desk?.audience.language ?? Language(tag: nil),
      isPrivate: address.chat.rawValue > 0)
  }
}
