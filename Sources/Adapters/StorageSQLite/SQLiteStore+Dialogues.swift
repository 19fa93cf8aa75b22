package import Conversation
package import Storage

extension SQLiteStore {
  package func load(_ address: ConversationAddress) async throws(StoreError) -> StoredDialogue {
    if let recent = dialogues[address] { return recent }
    let found = try await writer.perform(.read) { database throws(StoreError) in
      try database.load(address)
    }
    guard let (version, json) = found else {
      return try await writer.perform(.write) { database throws(StoreError) in
        try database.loadOrMake(address)
      }
    }
    guard let dialogue = Codec.decode(Dialogue.self, json) else { throw .unreadableDialogue }
    return StoredDialogue(version: version, dialogue: dialogue)
  }

  package func commit(_ step: Step, now: Instant) async throws(StoreError) {
    let encoded = EncodedStep(step)
    try await writer.perform(.write) { database throws(StoreError) in
      try database.commit(encoded, now: now)
    }
  }

  package func transcript(
    _ conversation: ConversationID, from: Position, through: Position, limit: Int
  ) async throws(StoreError) -> [Message] {
    try await writer.perform(.read) { database throws(StoreError) in
      try database.transcript(conversation, from: from, through: through, limit: limit)
    }
  }

  package func newestID(of chat: ChatID) async throws(StoreError) -> ChatID {
    try await writer.perform(.read) { database throws(StoreError) in
      try database.newestID(of: chat)
    }
  }

  package func migrate(
    _ bot: BotID, from: ChatID, to: ChatID, completing: [InboxID], now: Instant
  ) async throws(StoreError) {
    try await writer.perform(.write) { database throws(StoreError) in
      for id in completing { try database.completed(id) }
      guard from != to else { return }
      try database.remember(from, movedTo: to)
      try database.migrateConversations(bot, from: from, to: to)
      try database.migrateInbox(bot, from: from, to: to)
      try database.migrateOutbox(bot, from: from, to: to)
      try database.migrateDesk(bot, from: from, to: to)
    }
  }
}
