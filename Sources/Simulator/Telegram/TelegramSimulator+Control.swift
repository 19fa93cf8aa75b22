internal import Conversation
internal import Gateways
internal import Synchronization

/// What tests that drive a real program do over HTTP.
extension TelegramSimulator {
  /// An action of a person, as JSON: `{"action":"post","from":1001,"chat":1001,"text":"…"}`.
  struct Action: Decodable {
    enum Name: String, Decodable {
      case person, group, topic, post, album, edit, stop, press, block, unblock, migrate, redeliver
    }

    var action: Name
    var from: Int64?
    var chat: Int64?
    var text: String?
    var message: Int64?
    var thread: Int64?
    var draft: Int64?
    var data: String?
    var media: PersonMessage.Media?
    var facts: [String: JSONValue]?
    var count: Int?
    var members: [Int64]?
    var isForum: Bool?
    var isNameImplicit: Bool?
    var language: String?
    var username: String?
    var update: Int64?
    var underNewID: Bool?
  }

  var controlRoutes: [HTTPRoute] {
    let base = settings.controlPath
    return [
      HTTPRoute(
        method: "POST", path: .exact(base + "/faults"), admit: SameOrigin.admit,
        handle: { addFault($0) }),
      HTTPRoute(
        method: "DELETE", path: .exact(base + "/faults"),
        handle: { _ in
          removeFaults()
          return .json(200, JSONValue.object([:]).bytes)
        }),
      HTTPRoute(
        method: "POST", path: .exact(base + "/actions"), admit: SameOrigin.admit,
        handle: { perform($0) }),
      HTTPRoute(
        method: "GET", path: .exact(base + "/calls"),
        handle: { _ in .json(200, JSONText.encode(calls)) }),
      HTTPRoute(
        method: "GET", path: .exact(base + "/updates"),
        handle: { _ in .json(200, JSONText.encode(updates)) }),
      HTTPRoute(
        method: "GET", path: .exact(base + "/chats"),
        handle: { _ in .json(200, JSONText.encode(snapshot.chats)) }),
    ]
  }

  private func addFault(_ request: HTTPServerRequest) -> HTTPServerResponse {
    guard let fault = JSONText.decode(Fault.self, from: request.body) else {
      return .text(400, "not a fault")
    }
    inject(fault)
    return .json(200, JSONText.encode(fault))
  }

  private func perform(_ request: HTTPServerRequest) -> HTTPServerResponse {
    guard let action = JSONText.decode(Action.self, from: request.body) else {
      return .text(400, "not an action")
    }
    do throws(ActionRefused) {
      return .json(200, (["result": try perform(action)] as JSONValue).bytes)
    } catch {
      return .json(409, (["error": .string(error.reason)] as JSONValue).bytes)
    }
  }

  func perform(_ action: Action) throws(ActionRefused) -> JSONValue {
    func need<Value>(_ value: Value?, _ name: String) throws(ActionRefused) -> Value {
      guard let value else { throw ActionRefused(reason: "\(name) is missing") }
      return value
    }
    let chat = action.chat ?? action.from
    switch action.action {
    case .person:
      return .integer(
        addPerson(
          try need(action.text, "text"), username: action.username,
          language: action.language ?? "ru", id: action.from))
    case .group:
      return .integer(
        addGroup(
          try need(action.text, "text"), members: action.members ?? [],
          isForum: action.isForum ?? false))
    case .topic:
      return .integer(
        try addTopic(
          need(action.text, "text"), isNameImplicit: action.isNameImplicit ?? false,
          in: need(chat, "chat"), by: need(action.from, "from")))
    case .post:
      let message = PersonMessage(
        action.text, replyTo: action.message, thread: action.thread, media: action.media,
        facts: action.facts ?? [:])
      return .integer(
        try post(message, from: need(action.from, "from"), in: need(chat, "chat")))
    case .album:
      let ids = try postAlbum(
        action.text, count: action.count ?? 2, from: need(action.from, "from"),
        in: need(chat, "chat"))
      return .array(ids.map { .integer($0) })
    case .edit:
      try edit(
        need(action.message, "message"), in: need(chat, "chat"), text: need(action.text, "text"))
    case .stop: try stop(draft: need(action.draft, "draft"), in: need(chat, "chat"))
    case .press:
      return .string(
        try press(
          need(action.data, "data"), on: need(action.message, "message"), in: need(chat, "chat"),
          by: need(action.from, "from")))
    case .block, .unblock:
      try setBlocked(
        action.action == .block, chat: need(chat, "chat"), by: need(action.from, "from"))
    case .migrate: return .integer(try migrate(need(chat, "chat")))
    case .redeliver:
      try redeliver(need(action.update, "update"), underNewID: action.underNewID ?? false)
    }
    return true
  }
}
