internal import Conversation

/// The calls that neither wait nor send.
extension World {
  /// Answers a call; `getUpdates` is not among them, since it waits.
  mutating func answer(_ call: BotCall, now: Instant) throws(TelegramFailure)
    -> (result: JSONValue, description: String?)
  {
    switch call.method {
    case .getMe: return (bot(full: true), nil)
    case .getUpdates: return ([], nil)
    case .setWebhook: return (true, try setWebhook(call))
    case .deleteWebhook: return (true, deleteWebhook(call))
    case .getWebhookInfo: return (webhookInfo(), nil)
    case .sendMessage, .sendRichMessage, .sendDocument: return (try send(call, now: now), nil)
    case .sendMessageDraft, .sendRichMessageDraft: return (try draft(call, now: now), nil)
    case .sendChatAction: return (try action(call, now: now), nil)
    case .copyMessage: return (try copy(call, now: now), nil)
    case .copyMessages: return (try copyAll(call, now: now), nil)
    case .editMessageText, .editMessageCaption, .editMessageReplyMarkup:
      return (try edit(call, now: now), nil)
    case .deleteMessage: return (try delete(call, now: now), nil)
    case .setMessageReaction: return (try react(call), nil)
    case .createForumTopic: return (try createTopic(call, now: now), nil)
    case .editForumTopic: return (try editTopic(call, now: now), nil)
    case .closeForumTopic: return (try setTopicClosed(true, call, now: now), nil)
    case .reopenForumTopic: return (try setTopicClosed(false, call, now: now), nil)
    case .deleteForumTopic: return (try deleteTopic(call), nil)
    case .getForumTopicIconStickers: return (TopicIcon.stickers, nil)
    case .setMyCommands:
      commands[try commandKey(call)] = try checkedCommands(call.values["commands"])
      return (true, nil)
    case .getMyCommands: return (.array(commands[try commandKey(call)] ?? []), nil)
    case .deleteMyCommands:
      commands[try commandKey(call)] = nil
      return (true, nil)
    case .answerCallbackQuery: return (try answerQuery(call, now: now), nil)
    case .getFile:
      guard let id = call.string("file_id"), let file = files[id] else {
        throw .refused("wrong file_id or the file is temporarily unavailable")
      }
      return (
        [
          "file_id": .string(id), "file_unique_id": .string("u" + id),
          "file_size": .integer(Int64(file.bytes.count)), "file_path": .string(file.path),
        ], nil
      )
    case .getChat:
      return (
        .object(
          (chat(try target(call)).object ?? [:]).merging(
            [
              "accent_color_id": 0, "max_reaction_count": 11,
              "accepted_gift_types": [
                "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
                "premium_subscription": false, "gifts_from_channels": false,
              ],
            ]
          ) { first, _ in first }), nil
      )
    case .getChatMember: return (try member(call), nil)
    case .getChatAdministrators: return (try administrators(call), nil)
    }
  }

  /// The key of a list of commands; a scope that names a chat must name one that is there.
  private func commandKey(_ call: BotCall) throws(TelegramFailure) -> String {
    var scope = call.values["scope"] ?? ["type": "default"]
    guard let type = scope["type"]?.string else {
      throw .refused("can't parse BotCommandScope: Can't find field \"type\"")
    }
    let named = ["chat": 1, "chat_administrators": 1, "chat_member": 2]
    var fields: [String: JSONValue] = ["type": .string(type)]
    if let count = named[type] {
      guard let given = scope["chat_id"] else { throw .refused("chat_id is empty") }
      let id = given.integer ?? given.string.flatMap { Int64($0) }
      guard let id, chats[id] != nil else { throw .refused("chat not found") }
      fields["chat_id"] = .integer(id)
      if count == 2 { fields["user_id"] = scope["user_id"] ?? 0 }
    } else if !["default", "all_private_chats", "all_group_chats", "all_chat_administrators"]
      .contains(type)
    {
      throw .refused("can't parse BotCommandScope: unsupported type specified")
    }
    scope = .object(fields)
    return Self.commandKey(scope, call.string("language_code") ?? "")
  }

  /// The commands that a person is offered in a chat: those of the narrowest scope that has any.
  func commands(for person: Int64?, in chat: Chat?, language: String) -> [JSONValue] {
    var scopes: [JSONValue] = []
    if let chat, chat.kind == .person {
      scopes = [["type": "chat", "chat_id": .integer(chat.id)], ["type": "all_private_chats"]]
    } else if let chat {
      let id = JSONValue.integer(chat.id)
      let isAdmin = person.map { isAdministrator($0, of: chat) } ?? false
      scopes +=
        person.map { person in
          [["type": "chat_member", "chat_id": id, "user_id": .integer(person)]]
        } ?? []
      if isAdmin { scopes.append(["type": "chat_administrators", "chat_id": id]) }
      scopes.append(["type": "chat", "chat_id": id])
      if isAdmin { scopes.append(["type": "all_chat_administrators"]) }
      scopes.append(["type": "all_group_chats"])
    } else {
      scopes = [["type": "all_private_chats"]]
    }
    for scope in scopes + [["type": "default"]] {
      for language in [language, ""] {
        if let found = commands[Self.commandKey(scope, language)] { return found }
      }
    }
    return []
  }

  static func commandKey(_ scope: JSONValue, _ language: String) -> String {
    String(decoding: scope.bytes, as: UTF8.self) + "|" + language
  }

  private func checkedCommands(_ value: JSONValue?) throws(TelegramFailure) -> [JSONValue] {
    guard let list = value?.array else { throw .refused("parameter \"commands\" is required") }
    guard list.count <= 100 else { throw .refused("BOT_COMMANDS_TOO_MUCH") }
    for command in list {
      let name = command["command"]?.string ?? ""
      let isValid = name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
      guard isValid, (1...32).contains(name.utf8.count) else {
        throw .refused("BOT_COMMAND_INVALID")
      }
      let description = command["description"]?.string ?? ""
      guard (1...256).contains(description.unicodeScalars.count) else {
        throw .refused("BOT_COMMAND_DESCRIPTION_INVALID")
      }
    }
    return list
  }

  private mutating func answerQuery(_ call: BotCall, now: Instant) throws(TelegramFailure)
    -> JSONValue
  {
    guard let id = call.string("callback_query_id"),
      let query = queries.removeValue(forKey: id), query.expires > now.milliseconds
    else {
      throw .refused("query is too old and response timeout expired or query ID is invalid")
    }
    let text = call.string("text") ?? ""
    guard text.unicodeScalars.count <= 200 else { throw .refused("MESSAGE_TOO_LONG") }
    if !text.isEmpty {
      let notice = TranscriptEvent.Change.notice(
        text: text, isAlert: call.flag("show_alert"), person: query.person)
      changes.append((query.chat, notice))
    }
    return true
  }
}
