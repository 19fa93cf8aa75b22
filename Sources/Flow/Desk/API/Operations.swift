internal import Gateways

extension APIDesk {
  /// All that clients can do, in the order of the document.
  var operations: [Operation] { dialogues + transcripts + ownership + assignments + others }

  private static let missing = "There is no such dialogue."

  private var dialogues: [Operation] {
    [
      Operation(
        method: "GET", path: "/dialogues", name: "listDialogues", summary: "List dialogues",
        description: "By number; those that wait or are operated in the order in which that began. "
          + "When the dialogue at which a page ended has left such a list meanwhile, the list begins "
          + "anew: better to meet one twice than to miss one.",
        parameters: [.chat, .state, .cursor, .limit],
        success: .json("A page of dialogues", "Dialogues"), serve: listDialogues),
      Operation(
        method: "GET", path: "/dialogues/{id}", name: "getDialogue", summary: "See a dialogue",
        success: .json("The dialogue", "Dialogue"), missing: Self.missing, serve: getDialogue),
    ]
  }

  private var transcripts: [Operation] {
    [
      Operation(
        method: "GET", path: "/dialogues/{id}/messages", name: "listMessages",
        summary: "Read what was said",
        description: "Oldest first, by position. Positions are missing where something was erased; "
          + "where much was, a page may be short, or empty, though `next` is not null.",
        parameters: [.positionCursor, .limit], success: .json("A page of messages", "Messages"),
        missing: Self.missing, serve: listMessages),
      Operation(
        method: "POST", path: "/dialogues/{id}/messages", name: "postMessage",
        summary: "Write to the customer as an operator",
        description:
          "Whoever writes holds the dialogue from then on: the bot is silent. What became "
          + "of the message is told by its `delivery`.",
        body: Schemas.named("NewMessage"), success: .accepted("The message is on its way"),
        missing: Self.missing, conflicts: true, serve: postMessage),
      Operation(
        method: "POST", path: "/dialogues/{id}/questions", name: "postQuestion",
        summary: "Ask the model in the dialogue",
        description: "As if the customer had asked; the answer goes to the customer and stands in "
          + "the transcript. The limit on a person's messages a minute holds here, too.",
        body: Schemas.named("NewQuestion"), success: .accepted("The question waits for its answer"),
        missing: Self.missing, conflicts: true, serve: postQuestion),
    ]
  }

  private var ownership: [Operation] {
    [
      Operation(
        method: "GET", path: "/dialogues/{id}/owner", name: "getOwner",
        summary: "See who answers", description: "A dialogue that waits reads as the operator's.",
        success: .json("Who answers", "Owner"), missing: Self.missing, serve: getOwner),
      Operation(
        method: "PUT", path: "/dialogues/{id}/owner", name: "putOwner",
        summary: "Choose who answers",
        description: "`operator` calls one, `bot` gives the dialogue back. Doing it twice changes "
          + "nothing.",
        body: Schemas.named("Owner"), success: .json("Who answers now", "Owner"),
        missing: Self.missing, conflicts: true, serve: putOwner),
      Operation(
        method: "GET", path: "/dialogues/{id}/closure", name: "getClosure",
        summary: "See whether a dialogue is closed",
        success: .json("Whether it is closed", "Closure"), missing: Self.missing,
        serve: getClosure),
      Operation(
        method: "PUT", path: "/dialogues/{id}/closure", name: "putClosure",
        summary: "Close a dialogue",
        description: "The customer's next message opens it with the bot. Doing it twice changes "
          + "nothing.",
        success: .json("It is closed", "Closure"), missing: Self.missing, conflicts: true,
        serve: putClosure),
    ]
  }

  private var assignments: [Operation] {
    let missing = "There is no such dialogue, or nobody holds it."
    return [
      Operation(
        method: "GET", path: "/dialogues/{id}/assignment", name: "getAssignment",
        summary: "See who holds a dialogue", success: .json("Who holds it", "Assignment"),
        missing: missing, serve: getAssignment),
      Operation(
        method: "PUT", path: "/dialogues/{id}/assignment", name: "putAssignment",
        summary: "Give a dialogue to an operator",
        description: "The operator is a Telegram user who works in a staff chat, or 0 for the API. "
          + "Without `force`, a dialogue that another holds is left to them.",
        body: Schemas.named("AssignmentWish"), success: .json("Who holds it now", "Assignment"),
        missing: Self.missing, conflicts: true, serve: putAssignment),
      Operation(
        method: "DELETE", path: "/dialogues/{id}/assignment", name: "deleteAssignment",
        summary: "Give a dialogue back to the bot",
        success: .init(status: 204, description: "The bot answers again"), missing: missing,
        conflicts: true, serve: deleteAssignment),
    ]
  }

  private var others: [Operation] {
    [
      Operation(
        method: "GET", path: "/events", name: "streamEvents",
        summary: "Follow what happens between customers and operators",
        description:
          "Server-sent events. `id` is the event's number, by which a client goes on after "
          + "a break; a comment comes every 15 seconds when nothing else does.",
        parameters: [.lastEvent, .after],
        success: .init(
          status: 200, description: "Events, as long as the client stays",
          content: ("text/event-stream", ["type": "string"])), serve: streamEvents),
      Operation(
        method: "GET", path: "/statistics", name: "getStatistics",
        summary: "Read the figures of the operators' work", parameters: [.from, .to],
        success: .json("The figures", "Statistics"), serve: getStatistics),
    ]
  }
}

extension Operation.Success {
  fileprivate static func json(_ description: String, _ schema: String) -> Self {
    Self(
      status: 200, description: description,
      content: ("application/json", Schemas.named(schema)))
  }

  fileprivate static func accepted(_ description: String) -> Self {
    Self(
      status: 202, description: description,
      content: ("application/json", Schemas.named("Accepted")),
      headers: [.init("Location", ["type": "string", "format": "uri-reference"])])
  }
}
