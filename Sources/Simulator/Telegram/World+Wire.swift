/// How the world's things are written in updates and results (Bot API 10.3). Written from the
/// specification, not through the types of the product.
extension World {
  func user(_ id: Int64) -> JSONValue {
    guard id != settings.botID, let person = people[id] else { return bot(full: false) }
    var user: [String: JSONValue] = [
      "id": .integer(person.id), "is_bot": false, "first_name": .string(person.firstName),
      "language_code": .string(person.language),
    ]
    if let name = person.lastName { user["last_name"] = .string(name) }
    if let name = person.username { user["username"] = .string(name) }
    return .object(user)
  }

  func chat(_ chat: Chat) -> JSONValue {
    var json: [String: JSONValue] = ["id": .integer(chat.id), "type": .string(chat.kind.rawValue)]
    switch chat.kind {
    case .person:
      json["first_name"] = .string(people[chat.id]?.firstName ?? chat.title)
      if let name = people[chat.id]?.lastName { json["last_name"] = .string(name) }
      if let name = people[chat.id]?.username { json["username"] = .string(name) }
    case .group, .supergroup:
      json["title"] = .string(chat.title)
      if chat.isForum { json["is_forum"] = true }
    }
    return .object(json)
  }

  /// A `Message`; the one it replies to is written without its own reply, as Telegram does.
  func message(_ message: Transcript.Message, in chat: Chat, withReply: Bool = true) -> JSONValue {
    var json: [String: JSONValue] = [
      "message_id": .integer(message.id), "date": .integer(message.date),
      "chat": self.chat(chat), "from": user(message.from.id),
    ]
    if message.isAnonymous {
      json["sender_chat"] = self.chat(chat)
      json["from"] = [
        "id": 1_087_968_824, "is_bot": true, "first_name": "Group",
        "username": "GroupAnonymousBot",
      ]
    }
    if let date = message.editDate { json["edit_date"] = .integer(date) }
    if let thread = message.thread {
      json["message_thread_id"] = .integer(thread)
      json["is_topic_message"] = true
    }
    if let album = message.album { json["media_group_id"] = .string(album) }
    if let blocks = message.blocks { json["rich_message"] = ["blocks": .array(blocks)] }
    if let text = message.text {
      let (name, entities) =
        message.media == nil ? ("text", "entities") : ("caption", "caption_entities")
      json[name] = .string(text)
      if !message.entities.isEmpty { json[entities] = .array(message.entities) }
    }
    if let media = message.media { json[media] = self.media(media, of: message) }
    if let buttons = message.buttons {
      json["reply_markup"] = ["inline_keyboard": .array(buttons.map { .array($0) })]
    }
    if withReply { addReply(message, in: chat, to: &json) }
    addService(message, in: chat, to: &json)
    return .object(json)
  }

  /// What a message replies to. In a forum every message of a topic that replies to nothing replies
  /// to the beginning of its topic.
  private func addReply(
    _ message: Transcript.Message, in chat: Chat, to json: inout [String: JSONValue]
  ) {
    let root = chat.isForum && message.service == nil ? message.thread : nil
    guard let reply = message.replyTo ?? root,
      let original = chat.messages.first(where: { $0.id == reply && !$0.isDeleted })
    else { return }
    json["reply_to_message"] = self.message(original, in: chat, withReply: false)
    guard let quote = message.quote else { return }
    let before = (original.text ?? "").split(
      separator: quote, maxSplits: 1, omittingEmptySubsequences: false)
    json["quote"] = [
      "text": .string(quote), "position": .integer(Int64(before.first?.utf16.count ?? 0)),
      "is_manual": true,
    ]
  }

  private func addService(
    _ message: Transcript.Message, in chat: Chat, to json: inout [String: JSONValue]
  ) {
    let fields = [
      "topic_created": "forum_topic_created", "topic_edited": "forum_topic_edited",
      "topic_closed": "forum_topic_closed", "topic_reopened": "forum_topic_reopened",
      "members_joined": "new_chat_members", "member_left": "left_chat_member",
    ]
    switch message.service {
    case "group_created": json["group_chat_created"] = true
    case "migrated_to": json["migrate_to_chat_id"] = .integer(chat.migratedTo ?? 0)
    case "migrated_from":
      let old = chats.values.first { $0.migratedTo == chat.id }
      json["migrate_from_chat_id"] = .integer(old?.id ?? 0)
    case let service?: if let field = fields[service] { json[field] = message.serviceFacts }
    case nil: break
    }
  }

  private func media(_ kind: String, of message: Transcript.Message) -> JSONValue {
    let file = message.fileID ?? ""
    let size = Int64(files[file]?.bytes.count ?? 0)
    let base: [String: JSONValue] = [
      "file_id": .string(file), "file_unique_id": .string("u" + file),
      "file_size": .integer(size),
    ]
    func with(_ usual: [String: JSONValue]) -> JSONValue {
      let known = usual.merging(message.mediaFacts ?? [:]) { _, told in told }
      return .object(base.merging(known) { first, _ in first })
    }
    return switch kind {
    case "photo": [with(["width": 800, "height": 600])]
    case "voice": with(["duration": 1, "mime_type": "audio/ogg"])
    case "document": with(["file_name": "file.txt", "mime_type": "text/plain"])
    case "sticker":
      with([
        "type": "regular", "width": 512, "height": 512, "is_animated": false, "is_video": false,
        "emoji": "👍",
      ])
    case "video":
      with(["width": 640, "height": 360, "duration": 2, "mime_type": "video/mp4"])
    case "audio": with(["duration": 1, "mime_type": "audio/ogg", "file_name": "tune.ogg"])
    case "contact":
      [
        "phone_number": message.mediaFacts?["phone_number"] ?? "+70000000000",
        "first_name": message.mediaFacts?["first_name"] ?? .string(message.from.name),
      ]
    default:
      [
        "latitude": message.mediaFacts?["latitude"] ?? 55.75,
        "longitude": message.mediaFacts?["longitude"] ?? 37.62,
      ]
    }
  }

  /// The view that pages and tests read.
  func transcript(of chat: Chat, withMessages: Bool = true) -> Transcript {
    Transcript(
      id: chat.id, kind: chat.kind.rawValue, title: chat.title, isForum: chat.isForum,
      botStatus: chat.isBlocked ? "kicked" : chat.botRole.rawValue,
      people: chat.members.compactMap { people[$0] }.map {
        Transcript.Sender(
          id: $0.id, name: $0.firstName, isBot: false, language: $0.language,
          isAdmin: isAdministrator($0.id, of: chat))
      }, topics: chat.topics, messages: withMessages ? chat.messages : [], drafts: chat.drafts,
      typingUntil: chat.typingUntil, keyboard: chat.keyboard, isBlocked: chat.isBlocked,
      migratedTo: chat.migratedTo)
  }
}
