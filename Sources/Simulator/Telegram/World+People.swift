internal import Conversation

/// What people do to chats; the bot learns of it by updates.
extension World {
  mutating func addPerson(
    _ firstName: String, lastName: String?, username: String?, language: String, id: Int64?,
    hasStarted: Bool
  ) -> Int64 {
    let id = id ?? nextPerson
    nextPerson = max(nextPerson, id &+ 1)
    people[id] = Person(
      id: id, firstName: firstName, lastName: lastName, username: username, language: language)
    var chat = Chat(id: id, kind: .person, title: firstName, members: [id])
    chat.hasStarted = hasStarted
    chats[id] = chat
    changes.append((id, .chat(transcript(of: chat, withMessages: false))))
    return id
  }

  mutating func addGroup(
    _ title: String, members: [Int64], isForum: Bool, isSupergroup: Bool, admins: [Int64],
    bot: BotRole, now: Instant
  ) -> Int64 {
    let isSuper = isForum || isSupergroup
    let id = isSuper ? -1_000_000_000_000 - nextGroup : -nextGroup
    nextGroup += 1
    var group = Chat(
      id: id, kind: isSuper ? .supergroup : .group, title: title, members: members)
    group.isForum = isForum
    group.hasStarted = true
    group.owner = admins.first
    group.admins = Set(admins)
    group.botRole = bot
    chats[id] = group
    changes.append((id, .chat(transcript(of: group, withMessages: false))))
    enqueue(
      "my_chat_member",
      membershipChange(
        in: group, by: members.first ?? 0, from: member(settings.botID, "left"),
        to: botMembership(bot), now: now), key: "member:\(id)", now: now)
    return id
  }

  mutating func post(_ written: PersonMessage, from person: Int64, in chatID: Int64, now: Instant)
    throws(ActionRefused) -> Int64
  {
    let sender = try sender(person, in: chatID)
    guard written.media != nil || !(written.text ?? "").isEmpty else {
      throw ActionRefused(reason: "nothing to send")
    }
    if let thread = written.thread, let chat = chats[chatID] {
      let topic = try topic(thread, in: chat)
      guard !topic.isClosed || topic.creator == person || isAdministrator(person, of: chat) else {
        throw ActionRefused(reason: "topic closed")
      }
    }
    if chatID == person { chats[chatID]?.hasStarted = true }
    var message = newMessage(from: sender, thread: written.thread, now: now)
    message.text = written.text
    message.entities = written.entities ?? TextRules.detected(in: written.text ?? "")
    message.replyTo = written.replyTo
    message.quote = written.quote
    message.album = written.album
    message.isAnonymous = written.isAnonymous
    if let media = written.media {
      message.media = media.rawValue
      message.mediaFacts = written.facts.isEmpty ? nil : written.facts
      message.fileID = store(written.upload, for: media, of: message.id)
      message.hasFile = written.upload != nil
    }
    deliver(message, to: chatID, now: now)
    return message.id
  }

  /// Keeps the file of a message; a place has none. Of those whose bytes were given, the newest ones
  /// are kept.
  mutating func store(
    _ upload: Upload?, for media: PersonMessage.Media, of message: Int64
  ) -> String? {
    guard media != .location, media != .contact else { return nil }
    let id = "file-\(message)"
    let sample = MediaSample(media)
    files[id] = File(
      path: sample.path(of: message), type: upload?.type ?? sample.type,
      bytes: upload?.bytes ?? sample.bytes)
    guard upload != nil else { return id }
    uploaded.append(id)
    if uploaded.count > settings.rememberedUploads { files[uploaded.removeFirst()] = nil }
    return id
  }

  mutating func edit(
    _ id: Int64, in chatID: Int64, text: String, entities: [JSONValue]?, now: Instant
  ) throws(ActionRefused) {
    guard let index = chats[chatID]?.messages.firstIndex(where: { $0.id == id && !$0.isDeleted }),
      var message = chats[chatID]?.messages[index], !message.from.isBot
    else { throw ActionRefused(reason: "no such message") }
    message.text = text
    message.entities = entities ?? TextRules.detected(in: text)
    message.editDate = now.milliseconds / 1000
    chats[chatID]?.messages[index] = message
    changes.append((chatID, .edited(message)))
    guard let chat = chats[chatID], hears(message, in: chat) else { return }
    enqueue("edited_message", self.message(message, in: chat), key: "chat:\(chatID)", now: now)
  }

  mutating func stop(_ draftID: Int64, in chatID: Int64, now: Instant) throws(ActionRefused) {
    guard let chat = chats[chatID], let draft = chat.drafts.first(where: { $0.id == draftID }),
      draft.canStop
    else { throw ActionRefused(reason: "nothing to stop") }
    chats[chatID]?.stoppedDrafts.insert(draftID)
    chats[chatID]?.drafts.removeAll { $0.id == draftID }
    if draft.keepsOnStop {
      var kept = draft
      kept.canStop = false
      chats[chatID]?.drafts.append(kept)
      changes.append((chatID, .draft(kept)))
    } else {
      changes.append((chatID, .draftGone(draft: draftID)))
    }
    var body: [String: JSONValue] = ["chat": self.chat(chat), "draft_id": .integer(draftID)]
    if let thread = draft.thread { body["message_thread_id"] = .integer(thread) }
    enqueue("stopped_message_generation", .object(body), key: "stop:\(chatID)", now: now)
  }

  mutating func press(
    _ data: String, on messageID: Int64, in chatID: Int64, by person: Int64, now: Instant
  ) throws(ActionRefused) -> String {
    _ = try sender(person, in: chatID)
    guard let chat = chats[chatID],
      let message = chat.messages.first(where: { $0.id == messageID && !$0.isDeleted }),
      (message.buttons ?? []).joined().contains(where: { $0["callback_data"]?.string == data })
    else { throw ActionRefused(reason: "no such button") }
    let id = String(nextQuery)
    nextQuery += 1
    queries[id] = (chatID, person, now.milliseconds + 150_000)
    enqueue(
      "callback_query",
      [
        "id": .string(id), "from": user(person), "message": self.message(message, in: chat),
        "chat_instance": .string("instance-\(chatID)"), "data": .string(data),
      ], key: "callback:\(person)", now: now, lifetimeSeconds: 150)
    return id
  }

  mutating func setBlocked(_ isBlocked: Bool, chat chatID: Int64, by person: Int64, now: Instant)
    throws(ActionRefused)
  {
    guard let chat = chats[chatID] else { throw ActionRefused(reason: "no such chat") }
    guard chat.isBlocked != isBlocked else { return }
    chats[chatID]?.isBlocked = isBlocked
    if let changed = chats[chatID] {
      changes.append((chatID, .chat(transcript(of: changed, withMessages: false))))
    }
    let (inside, outside) = (botMembership(chat.botRole), member(settings.botID, "kicked"))
    // Whoever is let in again begins as a plain member.
    if isBlocked { chats[chatID]?.botRole = .member }
    enqueue(
      "my_chat_member",
      membershipChange(
        in: chat, by: person, from: isBlocked ? inside : outside,
        to: isBlocked ? outside : botMembership(.member), now: now),
      key: "member:\(chatID)", now: now)
  }

  mutating func migrate(_ chatID: Int64, now: Instant) throws(ActionRefused) -> Int64 {
    guard let old = chats[chatID], old.kind == .group, old.migratedTo == nil else {
      throw ActionRefused(reason: "not a group that can migrate")
    }
    let newID = -1_000_000_000_000 - nextGroup
    nextGroup += 1
    var group = old
    group.id = newID
    group.kind = .supergroup
    group.messages = []
    chats[newID] = group
    chats[chatID]?.migratedTo = newID
    for (id, service) in [(chatID, "migrated_to"), (newID, "migrated_from")] {
      changes.append((id, .chat(transcript(of: chats[id] ?? group, withMessages: false))))
      let sender = try sender(old.members.first ?? 0, in: id, evenIfMigrated: true)
      var message = newMessage(from: sender, thread: nil, now: now)
      message.service = service
      deliver(message, to: id, now: now)
    }
    return newID
  }

  /// Puts an update back in the queue, although it may have been confirmed.
  mutating func redeliver(_ updateID: Int64, underNewID: Bool, now: Instant)
    throws(ActionRefused)
  {
    guard let json = pastUpdates.last(where: { $0["update_id"]?.integer == updateID }),
      var fields = json.object
    else { throw ActionRefused(reason: "no such update") }
    var id = updateID
    if underNewID {
      id = nextUpdate
      nextUpdate += 1
      fields["update_id"] = .integer(id)
    }
    updates.append(
      PendingUpdate(
        id: id, key: "repeat:\(updateID)", json: .object(fields),
        expires: now.milliseconds + 86_400_000, isRepeated: !underNewID))
  }

  /// Puts a message into a chat and tells the bot, unless it is the bot's own.
  mutating func deliver(_ message: Transcript.Message, to chatID: Int64, now: Instant) {
    append(message, to: chatID)
    guard let chat = chats[chatID], !message.from.isBot, hears(message, in: chat) else { return }
    enqueue("message", self.message(message, in: chat), key: "chat:\(chatID)", now: now)
  }

  /// Whether the bot gets the message: with privacy mode it gets only commands, mentions, replies to
  /// it and service messages.
  func hears(_ message: Transcript.Message, in chat: Chat) -> Bool {
    if chat.isBlocked { return false }
    if chat.kind == .person || settings.readsAllGroupMessages || message.service != nil
      || chat.botRole.isAdministrator
    {
      return true
    }
    if let reply = message.replyTo,
      chat.messages.contains(where: { $0.id == reply && $0.from.isBot })
    {
      return true
    }
    let units = Array((message.text ?? "").utf16)
    let name = "@" + settings.username.lowercased()
    return message.entities.contains { entity in
      let start = Int(entity["offset"]?.integer ?? 0)
      let end = min(start + Int(entity["length"]?.integer ?? 0), units.count)
      guard 0 <= start, start < end else { return false }
      let piece = String(decoding: units[start..<end], as: UTF16.self).lowercased()
      switch entity["type"]?.string {
      case "mention": return piece == name
      case "bot_command": return !piece.contains("@") || piece.hasSuffix(name)
      case "text_mention": return entity["user"]?["id"]?.integer == settings.botID
      default: return false
      }
    }
  }

  func sender(_ person: Int64, in chatID: Int64, evenIfMigrated: Bool = false)
    throws(ActionRefused) -> Transcript.Sender
  {
    guard let found = people[person] else { throw ActionRefused(reason: "no such person") }
    guard let chat = chats[chatID] else { throw ActionRefused(reason: "no such chat") }
    guard chat.members.contains(person) else { throw ActionRefused(reason: "not a member") }
    guard evenIfMigrated || chat.migratedTo == nil else {
      throw ActionRefused(reason: "the group has migrated")
    }
    return Transcript.Sender(id: found.id, name: found.firstName, isBot: false)
  }
}
