internal import Conversation
internal import Foundation
internal import Platform
internal import Storage
internal import StorageSQLite

/// Fills a database with dialogues, by the store's own operations.
enum Prefill {
  private static let questionsEach = 2
  private static let atOnce = 400

  /// Makes a database at a path that holds so many dialogues of people.
  static func run(path: String, dialogues: Int) async throws {
    let store = try await SQLiteStore.open(path: path)
    let chats = Dialogues.firstChat..<(Dialogues.firstChat + dialogues)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, chat) in chats.enumerated() {
        if index >= atOnce { try await group.next() }
        group.addTask { try await fill(store, ChatID(Int64(chat))) }
      }
      try await group.waitForAll()
    }
    await store.close()
  }

  private static func fill(_ store: SQLiteStore, _ chat: ChatID) async throws {
    let now = Clock.system.now()
    let address = ConversationAddress(bot: BotID(4242), chat: chat)
    let stored = try await store.load(address)
    var dialogue = stored.dialogue
    dialogue.introduced = true
    let speaker = Speaker(id: PersonID(chat.rawValue), name: "Anna", language: .english)
    var changes: [Step.TranscriptChange] = []
    for number in 0..<questionsEach {
      let question = dialogue.nextPosition
      changes.append(
        .append(
          Message(
            position: question, role: .customer(speaker),
            text: "I have moved house. How do I change the address that letters are sent to?",
            messageID: MessageID(Int64(number + 1)), at: now)))
      changes.append(
        .append(
          Message(
            position: question.next, role: .assistant(question: question, stopped: false),
            text: String(repeating: "Open the settings and choose Account. ", count: 8), at: now,
            delivery: .delivered)))
      dialogue.nextPosition = question.next.next
    }
    try await store.commit(
      Step(expectedVersion: stored.version, dialogue: dialogue, transcript: changes), now: now)
  }
}
