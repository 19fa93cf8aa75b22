internal import Conversation

/// Who comes to groups and who leaves them.
extension World {
  /// A person joins a group, or is added by another.
  mutating func join(_ person: Int64, chat chatID: Int64, by adder: Int64, now: Instant)
    throws(ActionRefused)
  {
    guard people[person] != nil else { throw ActionRefused(reason: "no such person") }
    guard let old = chats[chatID], old.kind != .person else {
      throw ActionRefused(reason: "no such group")
    }
    guard !old.members.contains(person) else { throw ActionRefused(reason: "already a member") }
    chats[chatID]?.members.append(person)
    chats[chatID]?.former[person] = nil
    let sender = try sender(adder, in: chatID)
    tellHead(of: chatID)
    try noteMember("members_joined", person, by: sender, in: old, now: now)
  }

  /// A person leaves a group, or is removed by an administrator.
  mutating func leave(_ person: Int64, chat chatID: Int64, by remover: Int64, now: Instant)
    throws(ActionRefused)
  {
    guard let old = chats[chatID], old.kind != .person, old.members.contains(person) else {
      throw ActionRefused(reason: "not a member")
    }
    guard remover == person || isAdministrator(remover, of: old) else {
      throw ActionRefused(reason: "not enough rights")
    }
    let sender = try sender(remover, in: chatID)
    chats[chatID]?.members.removeAll { $0 == person }
    chats[chatID]?.admins.remove(person)
    chats[chatID]?.former[person] = remover == person ? "left" : "kicked"
    tellHead(of: chatID)
    try noteMember("member_left", person, by: sender, in: old, now: now)
  }

  /// Makes the bot an administrator, or takes that away.
  mutating func setRole(_ role: BotRole, in chatID: Int64, by person: Int64, now: Instant)
    throws(ActionRefused)
  {
    guard let old = chats[chatID], old.kind != .person, !old.isBlocked else {
      throw ActionRefused(reason: "no such group")
    }
    guard isAdministrator(person, of: old) else {
      throw ActionRefused(reason: "not enough rights")
    }
    guard old.botRole != role else { return }
    chats[chatID]?.botRole = role
    tellHead(of: chatID)
    enqueue(
      "my_chat_member",
      membershipChange(
        in: old, by: person, from: botMembership(old.botRole), to: botMembership(role), now: now),
      key: "member:\(chatID)", now: now)
  }

  /// Tells the chat by a service message, and the bot by `chat_member` when it is an administrator
  /// and has asked for that kind of update.
  private mutating func noteMember(
    _ service: String, _ person: Int64, by sender: Transcript.Sender, in old: Chat, now: Instant
  ) throws(ActionRefused) {
    guard let new = chats[old.id] else { throw ActionRefused(reason: "no such chat") }
    var message = newMessage(from: sender, thread: nil, now: now)
    message.service = service
    message.serviceFacts = service == "member_left" ? user(person) : .array([user(person)])
    deliver(message, to: old.id, now: now)
    guard new.botRole.isAdministrator, !new.isBlocked,
      let before = membership(of: person, in: old), let after = membership(of: person, in: new)
    else { return }
    enqueue(
      "chat_member",
      membershipChange(in: new, by: sender.id, from: before, to: after, now: now),
      key: "member:\(old.id)", now: now)
  }

  /// A `ChatMemberUpdated`.
  func membershipChange(
    in chat: Chat, by user: Int64, from old: JSONValue, to new: JSONValue, now: Instant
  ) -> JSONValue {
    [
      "chat": self.chat(chat), "from": self.user(user), "date": .integer(now.milliseconds / 1000),
      "old_chat_member": old, "new_chat_member": new,
    ]
  }
}
