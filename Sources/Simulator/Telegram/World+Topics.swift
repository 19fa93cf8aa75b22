internal import Conversation

/// Topics of forums, and of private chats where the bot has them.
extension World {
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
    // 1 is the General topic of every forum, and no other.
    nextMessage = max(nextMessage, 2)
    var message = newMessage(from: sender, thread: nil, now: now)
    message.thread = message.id
    message.service = "topic_created"
    chats[chatID]?.topics.append(
      Transcript.Topic(id: message.id, name: name, isNameImplicit: isNameImplicit))
    deliver(message, to: chatID, now: now)
    return message.id
  }

  /// Gives a topic a name. In a group the bot is a plain member, who may not; in a private chat it
  /// may.
  mutating func editTopic(_ call: BotCall) throws(TelegramFailure) -> JSONValue {
    let chat = try target(call)
    guard let thread = call.integer("message_thread_id"),
      let index = chat.topics.firstIndex(where: { $0.id == thread })
    else { throw .refused("message thread not found") }
    guard chat.kind == .person else { throw .refused("not enough rights to edit the topic") }
    let name = call.string("name") ?? ""
    // The Bot API promises 0 to 128 characters; nothing is said about what comes of more.
    guard name.unicodeScalars.count <= 128 else { throw .refused("topic name is too long") }
    guard !name.isEmpty, name != chat.topics[index].name else {
      throw .refused("TOPIC_NOT_MODIFIED")
    }
    chats[chat.id]?.topics[index].name = name
    chats[chat.id]?.topics[index].isNameImplicit = false
    if let changed = chats[chat.id] {
      changes.append((chat.id, .chat(transcript(of: changed, withMessages: false))))
    }
    return true
  }
}
