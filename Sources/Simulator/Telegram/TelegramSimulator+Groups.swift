internal import Conversation

/// What people do to groups and their topics.
extension TelegramSimulator {
  /// A person joins a group, or is added by another.
  package func join(_ person: Int64, chat: Int64, by adder: Int64? = nil) throws(ActionRefused) {
    try attempt { (world, now) throws(ActionRefused) in
      try world.join(person, chat: chat, by: adder ?? person, now: now)
    }
  }

  /// A person leaves a group, or is removed by an administrator.
  package func leave(_ person: Int64, chat: Int64, by remover: Int64? = nil)
    throws(ActionRefused)
  {
    try attempt { (world, now) throws(ActionRefused) in
      try world.leave(person, chat: chat, by: remover ?? person, now: now)
    }
  }

  /// An administrator gives the bot another role in a group.
  package func setRole(_ role: BotRole, in chat: Int64, by person: Int64) throws(ActionRefused) {
    try attempt { (world, now) throws(ActionRefused) in
      try world.setRole(role, in: chat, by: person, now: now)
    }
  }

  /// A person renames, closes, reopens or deletes a topic.
  package func change(topic: Int64, _ change: TopicChange, in chat: Int64, by person: Int64)
    throws(ActionRefused)
  {
    try attempt { (world, now) throws(ActionRefused) in
      try world.change(topic: topic, change, in: chat, by: person, now: now)
    }
  }

  /// A person deletes a message, their own or as an administrator; the bot is not told.
  package func delete(_ message: Int64, in chat: Int64, by person: Int64) throws(ActionRefused) {
    try attempt { (world, _) throws(ActionRefused) in
      try world.delete(message, in: chat, by: person)
    }
  }

  /// Several people press the same inline button before the bot can answer any of them; gives the
  /// ids of the callback queries.
  @discardableResult
  package func press(_ data: String, on message: Int64, in chat: Int64, by people: [Int64])
    throws(ActionRefused) -> [String]
  {
    try attempt { (world, now) throws(ActionRefused) in
      var queries: [String] = []
      for person in people {
        queries.append(
          try world.press(data, on: message, in: chat, by: person, now: now))
      }
      return queries
    }
  }

  /// Changes how many messages a group takes in its window; nil for no limit.
  package func limitGroups(to messages: Int?) {
    act { world in
      var limits = world.settings.floodLimits ?? .inGroups
      limits.perGroup = messages
      world.settings.floodLimits = limits
    }
  }
}

extension World {
  mutating func delete(_ message: Int64, in chatID: Int64, by person: Int64)
    throws(ActionRefused)
  {
    _ = try sender(person, in: chatID)
    guard let chat = chats[chatID],
      let found = chat.messages.first(where: { $0.id == message && !$0.isDeleted }),
      found.service != "topic_created"
    else { throw ActionRefused(reason: "no such message") }
    guard chat.kind == .person || found.from.id == person || isAdministrator(person, of: chat)
    else { throw ActionRefused(reason: "not enough rights") }
    remove(message: message, from: chatID)
  }
}
