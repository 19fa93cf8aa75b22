/// What the bot is in a group.
package enum BotRole: String, Sendable, Equatable, Codable, CaseIterable {
  /// One of many; with privacy mode it hears only what is meant for it.
  case member
  /// An administrator who may manage topics and delete messages.
  case administrator
  /// An administrator without the right to manage topics.
  case administratorWithoutTopics = "administrator_without_topics"

  /// Whether it may make topics, and change those that are not its own.
  var managesTopics: Bool { self == .administrator }
  /// Whether it is an administrator, with whatever rights.
  var isAdministrator: Bool { self != .member }
}

/// Memberships as the Bot API writes them (`ChatMember`).
extension World {
  /// What a person, or the bot, is in a group; `nil` when nothing is known of them there.
  func membership(of id: Int64, in chat: Chat) -> JSONValue? {
    if id == settings.botID {
      return chat.isBlocked ? member(id, "kicked") : botMembership(chat.botRole)
    }
    guard people[id] != nil else { return nil }
    guard chat.members.contains(id) else { return member(id, chat.former[id] ?? "left") }
    if chat.kind == .person { return member(id, "member") }
    if id == chat.owner { return member(id, "creator") }
    return member(id, chat.admins.contains(id) ? "administrator" : "member")
  }

  /// The bot in a role.
  func botMembership(_ role: BotRole) -> JSONValue {
    guard role.isAdministrator else { return member(settings.botID, "member") }
    return member(settings.botID, "administrator", managesTopics: role.managesTopics)
  }

  /// A `ChatMember` of a status.
  func member(_ id: Int64, _ status: String, managesTopics: Bool = true) -> JSONValue {
    var fields: [String: JSONValue] = ["user": user(id), "status": .string(status)]
    switch status {
    case "kicked": fields["until_date"] = 0
    case "creator": fields["is_anonymous"] = false
    case "administrator":
      for right in [
        "can_manage_chat", "can_delete_messages", "can_invite_users", "can_pin_messages",
        "can_change_info",
      ] { fields[right] = true }
      for right in [
        "can_be_edited", "is_anonymous", "can_manage_video_chats", "can_restrict_members",
        "can_promote_members", "can_post_stories", "can_edit_stories", "can_delete_stories",
        "can_send_welcome_messages",
      ] { fields[right] = false }
      fields["can_manage_topics"] = .bool(managesTopics)
    default: break
    }
    return .object(fields)
  }

  /// Whether a person may do what only administrators may.
  func isAdministrator(_ person: Int64, of chat: Chat) -> Bool {
    chat.kind != .person && chat.admins.contains(person)
  }

  /// `getChatMember`.
  func member(_ call: BotCall) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    guard let id = call.integer("user_id"), let found = membership(of: id, in: chat) else {
      throw .refused("member not found")
    }
    return found
  }

  /// `getChatAdministrators`: other bots are not listed, the bot itself is.
  func administrators(_ call: BotCall) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    guard chat.kind != .person else {
      throw .refused("there are no administrators in the private chat")
    }
    let people = chat.members.filter { isAdministrator($0, of: chat) }
    let bot = chat.botRole.isAdministrator ? [settings.botID] : []
    return .array((people + bot).compactMap { membership(of: $0, in: chat) })
  }
}
