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
    case .sendMessage, .sendRichMessage: return (try send(call, now: now), nil)
    case .sendMessageDraft, .sendRichMessageDraft: return (try draft(call, now: now), nil)
    case .sendChatAction: return (try action(call, now: now), nil)
    case .editMessageText, .editMessageReplyMarkup: return (try edit(call, now: now), nil)
    case .deleteMessage: return (try delete(call), nil)
    case .editForumTopic: return (try editTopic(call), nil)
    case .setMyCommands:
      commands[commandKey(call)] = try checkedCommands(call.values["commands"])
      return (true, nil)
    case .getMyCommands: return (.array(commands[commandKey(call)] ?? []), nil)
    case .deleteMyCommands:
      commands[commandKey(call)] = nil
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
    }
  }

  private func commandKey(_ call: BotCall) -> String {
    Self.commandKey(
      call.values["scope"] ?? ["type": "default"], call.string("language_code") ?? "")
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
      changes.append((query.chat, .notice(text: text, isAlert: call.flag("show_alert"))))
    }
    return true
  }

  private func member(_ call: BotCall) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    guard let id = call.integer("user_id"), id == settings.botID || chat.members.contains(id)
    else { throw .refused("member not found") }
    return ["user": user(id), "status": "member"]
  }
}
