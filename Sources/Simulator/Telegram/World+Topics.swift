internal import Conversation

/// Topics of forums, and of private chats where the bot has them.
extension World {
  // What the bot does.

  /// `createForumTopic`; gives the `ForumTopic`.
  mutating func createTopic(_ call: BotCall, now: Instant) throws(TelegramFailure) -> JSONValue {
    let chat = try forum(call)
    guard chat.kind == .person || chat.botRole.managesTopics else {
      throw .refused("not enough rights to create a topic")
    }
    let name = try topicName(call)
    guard !name.isEmpty else { throw .refused("title must be non-empty") }
    var topic = Transcript.Topic(id: 0, name: name, creator: settings.botID)
    if let color = call.integer("icon_color") {
      guard TopicIcon.colors.contains(color) else {
        throw .refused("invalid icon color (strict stand-in)")
      }
      topic.color = color
    }
    if let icon = call.string("icon_custom_emoji_id"), !icon.isEmpty {
      (topic.icon, topic.emoji) = (icon, try looks(of: icon))
    }
    let id = open(topic, by: botSender, in: chat.id, now: now)
    var made: [String: JSONValue] = [
      "message_thread_id": .integer(id), "name": .string(name),
      "icon_color": .integer(topic.color),
    ]
    if let icon = topic.icon { made["icon_custom_emoji_id"] = .string(icon) }
    return .object(made)
  }

  /// `editForumTopic`.
  mutating func editTopic(_ call: BotCall, now: Instant) throws(TelegramFailure) -> JSONValue {
    let (chat, topic) = try ownTopic(call)
    let name = try topicName(call)
    var changed = topic
    if !name.isEmpty {
      changed.name = name
      changed.isNameImplicit = false
    }
    if let icon = call.string("icon_custom_emoji_id") {
      (changed.icon, changed.emoji) = icon.isEmpty ? (nil, nil) : (icon, try looks(of: icon))
    }
    guard changed.name != topic.name || changed.icon != topic.icon else {
      throw .refused("TOPIC_NOT_MODIFIED")
    }
    update(changed, from: topic, in: chat.id, by: botSender, now: now)
    return true
  }

  /// `closeForumTopic` and `reopenForumTopic`.
  mutating func setTopicClosed(_ isClosed: Bool, _ call: BotCall, now: Instant)
    throws(TelegramFailure) -> JSONValue
  {
    let (chat, topic) = try ownTopic(call)
    guard topic.isClosed != isClosed else { throw .refused("TOPIC_NOT_MODIFIED") }
    set(topic, isClosed: isClosed, in: chat.id, by: botSender, now: now)
    return true
  }

  /// `deleteForumTopic`.
  mutating func deleteTopic(_ call: BotCall) throws(TelegramFailure) -> JSONValue {
    let (chat, topic) = try ownTopic(call)
    remove(topic: topic.id, from: chat.id)
    return true
  }

  private func forum(_ call: BotCall) throws(TelegramFailure) -> Chat {
    let chat = try target(call)
    guard chat.isForum || chat.kind == .person && settings.hasTopics else {
      throw .refused("the chat is not a forum")
    }
    return chat
  }

  /// The topic that a call means, when the bot may change it: as an administrator, or its own one.
  private func ownTopic(_ call: BotCall) throws(TelegramFailure)
    -> (chat: Chat, topic: Transcript.Topic)
  {
    let chat = try forum(call)
    guard let id = call.integer("message_thread_id"),
      let topic = chat.topics.first(where: { $0.id == id })
    else { throw .refused("message thread not found") }
    guard
      chat.kind == .person || chat.botRole.managesTopics || topic.creator == settings.botID
    else { throw .refused("not enough rights to edit the topic") }
    return (chat, topic)
  }

  private func topicName(_ call: BotCall) throws(TelegramFailure) -> String {
    let name = call.string("name") ?? ""
    // The Bot API promises up to 128 characters; nothing is said about what comes of more.
    guard name.unicodeScalars.count <= 128 else { throw .refused("topic name is too long") }
    return name
  }

  private func looks(of icon: String) throws(TelegramFailure) -> String {
    guard let looks = TopicIcon.looks(of: icon) else { throw .refused("DOCUMENT_INVALID") }
    return looks
  }

  // What people do.

  mutating func addTopic(
    _ name: String, isNameImplicit: Bool, in chatID: Int64, by person: Int64, now: Instant
  ) throws(ActionRefused) -> Int64 {
    let sender = try sender(person, in: chatID)
    guard let chat = chats[chatID], chat.isForum || chat.kind == .person && settings.hasTopics
    else { throw ActionRefused(reason: "no topics here") }
    guard chat.kind == .person || !isNameImplicit else {
      throw ActionRefused(reason: "topics of forums have a chosen name")
    }
    if chatID == person { chats[chatID]?.hasStarted = true }
    let topic = Transcript.Topic(
      id: 0, name: name, isNameImplicit: isNameImplicit, creator: person)
    return open(topic, by: sender, in: chatID, now: now)
  }

  /// What a person does to a topic.
  mutating func change(
    topic id: Int64, _ change: TopicChange, in chatID: Int64, by person: Int64, now: Instant
  ) throws(ActionRefused) {
    let sender = try sender(person, in: chatID)
    guard let chat = chats[chatID] else { throw ActionRefused(reason: "no such chat") }
    let topic = try topic(id, in: chat)
    guard chat.kind == .person || topic.creator == person || isAdministrator(person, of: chat)
    else { throw ActionRefused(reason: "not enough rights") }
    switch change {
    case .rename(let name):
      var changed = topic
      changed.name = name
      changed.isNameImplicit = false
      update(changed, from: topic, in: chatID, by: sender, now: now)
    case .close, .reopen:
      let isClosed = change == .close
      guard topic.isClosed != isClosed else { return }
      set(topic, isClosed: isClosed, in: chatID, by: sender, now: now)
    case .delete: remove(topic: id, from: chatID)
    }
  }

  func topic(_ id: Int64, in chat: Chat) throws(ActionRefused) -> Transcript.Topic {
    guard let topic = chat.topics.first(where: { $0.id == id }) else {
      throw ActionRefused(reason: "no such topic")
    }
    return topic
  }

  // What comes of either.

  private mutating func open(
    _ made: Transcript.Topic, by sender: Transcript.Sender, in chatID: Int64, now: Instant
  ) -> Int64 {
    // 1 is the General topic of every forum, and no other.
    nextMessage = max(nextMessage, 2)
    var message = newMessage(from: sender, thread: nil, now: now)
    var topic = made
    topic.id = message.id
    message.thread = message.id
    message.service = "topic_created"
    var facts: [String: JSONValue] = [
      "name": .string(topic.name), "icon_color": .integer(topic.color),
    ]
    if let icon = topic.icon { facts["icon_custom_emoji_id"] = .string(icon) }
    if topic.isNameImplicit { facts["is_name_implicit"] = true }
    message.serviceFacts = .object(facts)
    chats[chatID]?.topics.append(topic)
    tellHead(of: chatID)
    deliver(message, to: chatID, now: now)
    return message.id
  }

  private mutating func update(
    _ changed: Transcript.Topic, from old: Transcript.Topic, in chatID: Int64,
    by sender: Transcript.Sender, now: Instant
  ) {
    var facts: [String: JSONValue] = [:]
    if changed.name != old.name { facts["name"] = .string(changed.name) }
    if changed.icon != old.icon { facts["icon_custom_emoji_id"] = .string(changed.icon ?? "") }
    keep(changed, in: chatID)
    note("topic_edited", .object(facts), in: changed.id, of: chatID, by: sender, now: now)
  }

  private mutating func set(
    _ topic: Transcript.Topic, isClosed: Bool, in chatID: Int64, by sender: Transcript.Sender,
    now: Instant
  ) {
    var changed = topic
    changed.isClosed = isClosed
    keep(changed, in: chatID)
    note(
      isClosed ? "topic_closed" : "topic_reopened", [:], in: topic.id, of: chatID, by: sender,
      now: now)
  }

  private mutating func keep(_ topic: Transcript.Topic, in chatID: Int64) {
    guard let index = chats[chatID]?.topics.firstIndex(where: { $0.id == topic.id }) else {
      return
    }
    chats[chatID]?.topics[index] = topic
    tellHead(of: chatID)
  }

  private mutating func note(
    _ service: String, _ facts: JSONValue, in thread: Int64, of chatID: Int64,
    by sender: Transcript.Sender, now: Instant
  ) {
    guard chats[chatID]?.isForum == true else { return }
    var message = newMessage(from: sender, thread: thread, now: now)
    message.service = service
    message.serviceFacts = facts
    deliver(message, to: chatID, now: now)
  }

  /// A topic goes with all that was said in it. The bot is told nothing.
  private mutating func remove(topic id: Int64, from chatID: Int64) {
    chats[chatID]?.topics.removeAll { $0.id == id }
    for message in chats[chatID]?.messages ?? [] where message.thread == id && !message.isDeleted {
      remove(message: message.id, from: chatID)
    }
    tellHead(of: chatID)
  }

  /// Tells pages that a chat's head has changed.
  mutating func tellHead(of chatID: Int64) {
    guard let chat = chats[chatID] else { return }
    changes.append((chatID, .chat(transcript(of: chat, withMessages: false))))
  }
}
