internal import Conversation

/// The actions of people as JSON.
extension TelegramSimulator {
  /// An action of a person, as JSON: `{"action":"post","from":1001,"chat":1001,"text":"…"}`.
  struct Action: Decodable {
    enum Name: String, Decodable {
      case person, group, topic, post, album, edit, delete, stop, press, block, unblock, migrate
      case redeliver, join, leave, role, limit
      case renameTopic = "rename_topic"
      case closeTopic = "close_topic"
      case reopenTopic = "reopen_topic"
      case deleteTopic = "delete_topic"
    }

    var action: Name
    var from: Int64?
    var chat: Int64?
    var text: String?
    var entities: [JSONValue]?
    var message: Int64?
    var quote: String?
    var thread: Int64?
    var draft: Int64?
    var data: String?
    var media: PersonMessage.Media?
    var facts: [String: JSONValue]?
    var album: String?
    var count: Int?
    /// The people of a new group; those who press a button at once.
    var members: [Int64]?
    var admins: [Int64]?
    /// Who joins, or who is removed.
    var member: Int64?
    var bot: BotRole?
    var isForum: Bool?
    var isSupergroup: Bool?
    var isNameImplicit: Bool?
    var hasStarted: Bool?
    var language: String?
    var username: String?
    var update: Int64?
    var underNewID: Bool?

    /// A value that the action cannot do without.
    func need<Value>(_ value: Value?, _ name: String) throws(ActionRefused) -> Value {
      guard let value else { throw ActionRefused(reason: "\(name) is missing") }
      return value
    }

    /// The chat; without one, the private chat of the person.
    func place() throws(ActionRefused) -> Int64 { try need(chat ?? from, "chat") }
    /// The person.
    func person() throws(ActionRefused) -> Int64 { try need(from, "from") }
    /// The words.
    func words() throws(ActionRefused) -> String { try need(text, "text") }
  }

  func perform(_ action: Action) throws(ActionRefused) -> JSONValue {
    switch action.action {
    case .person: return .integer(try makePerson(action))
    case .group: return .integer(try makeGroup(action))
    case .topic:
      return .integer(
        try addTopic(
          action.words(), isNameImplicit: action.isNameImplicit ?? false, in: action.place(),
          by: action.person()))
    case .post: return .integer(try post(action))
    case .album: return .array(try postAlbum(action).map { .integer($0) })
    case .press: return try press(action)
    case .migrate: return .integer(try migrate(action.place()))
    case .edit:
      try edit(
        action.need(action.message, "message"), in: action.place(), text: action.words(),
        entities: action.entities)
    case .delete:
      try delete(
        action.need(action.message, "message"), in: action.place(), by: action.person())
    case .stop: try stop(draft: action.need(action.draft, "draft"), in: action.place())
    case .block: try setBlocked(true, chat: action.place(), by: action.person())
    case .unblock: try setBlocked(false, chat: action.place(), by: action.person())
    case .redeliver:
      try redeliver(
        action.need(action.update, "update"), underNewID: action.underNewID ?? false)
    case .join, .leave: try move(action)
    case .role:
      try setRole(action.need(action.bot, "bot"), in: action.place(), by: action.person())
    case .limit: limitGroups(to: action.count)
    case .renameTopic: try change(.rename(action.words()), action)
    case .closeTopic: try change(.close, action)
    case .reopenTopic: try change(.reopen, action)
    case .deleteTopic: try change(.delete, action)
    }
    return true
  }

  private func makePerson(_ action: Action) throws(ActionRefused) -> Int64 {
    addPerson(
      try action.words(), username: action.username, language: action.language ?? "ru",
      id: action.from, hasStarted: action.hasStarted ?? false)
  }

  private func makeGroup(_ action: Action) throws(ActionRefused) -> Int64 {
    addGroup(
      try action.words(), members: action.members ?? [], isForum: action.isForum ?? false,
      isSupergroup: action.isSupergroup ?? false, admins: action.admins ?? [],
      bot: action.bot ?? .member)
  }

  private func post(_ action: Action) throws(ActionRefused) -> Int64 {
    let message = PersonMessage(
      action.text, entities: action.entities, replyTo: action.message, quote: action.quote,
      thread: action.thread, media: action.media, facts: action.facts ?? [:],
      album: action.album)
    return try post(message, from: action.person(), in: action.place())
  }

  private func postAlbum(_ action: Action) throws(ActionRefused) -> [Int64] {
    try postAlbum(
      action.text, count: action.count ?? 2, of: action.media ?? .photo, thread: action.thread,
      from: action.person(), in: action.place())
  }

  private func press(_ action: Action) throws(ActionRefused) -> JSONValue {
    let data = try action.need(action.data, "data")
    let message = try action.need(action.message, "message")
    let chat = try action.place()
    if let people = action.members {
      return .array(try press(data, on: message, in: chat, by: people).map { .string($0) })
    }
    return .string(try press(data, on: message, in: chat, by: action.person()))
  }

  private func move(_ action: Action) throws(ActionRefused) {
    let (chat, actor) = (try action.place(), try action.person())
    let member = action.member ?? actor
    if action.action == .join {
      try join(member, chat: chat, by: actor)
    } else {
      try leave(member, chat: chat, by: actor)
    }
  }

  private func change(_ change: TopicChange, _ action: Action) throws(ActionRefused) {
    try self.change(
      topic: action.need(action.thread, "thread"), change, in: action.place(),
      by: action.person())
  }
}
