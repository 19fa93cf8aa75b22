internal import Conversation
internal import Gateways
internal import Platform
internal import Storage
internal import Turn

/// How an operator's action is committed and answered.
extension StaffDesk {
  /// Commits an action. A refusal is told where it was tried.
  func act(
    _ action: OperatorAction, on found: FoundDialogue, _ side: Side, _ desk: DeskWork,
    source: [InboundMessage] = [], adding: [OutboxMessage] = []
  ) async throws(StoreError) {
    switch try await commit(action, on: found, side, desk, source: source, adding: adding) {
    case .done: break
    case .refused(let refusal, let dialogue):
      guard let first = source.first else { return try await finish(desk) }
      try await respond(wording.words(refusal, dialogue), to: first, desk)
    case .missing:
      try await finish(desk)
    }
  }

  func commit(
    _ action: OperatorAction, on found: FoundDialogue, _ side: Side, _ desk: DeskWork,
    source: [InboundMessage] = [], adding: [OutboxMessage] = []
  ) async throws(StoreError) -> Door.Outcome {
    try await door.commit(
      .operatorActed(
        action, by: side.person, in: side.chat, audience: try await audience(of: found),
        at: desk.receivedAt),
      at: .conversation(found.stored.dialogue.id), source: source, completing: desk.entries,
      adding: adding)
  }

  /// How the people of a dialogue are addressed: as they were last, or by the language of whoever
  /// wrote last.
  func audience(of found: FoundDialogue) async throws(StoreError) -> Audience {
    if let known = found.stored.dialogue.desk?.audience { return known }
    return Audience(
      language: try await lastQuestion(found)?.speaker.language ?? Language(tag: nil),
      isPrivate: found.address.chat.rawValue > 0)
  }

  /// The customer's last message.
  func lastQuestion(
    _ found: FoundDialogue
  ) async throws(StoreError) -> (position: Position, speaker: Speaker, message: Message)? {
    let recent = try await store.transcript(
      found.stored.dialogue.id, from: Position(1), through: found.stored.dialogue.nextPosition,
      limit: 50)
    for message in recent.reversed() {
      if case .customer(let speaker) = message.role { return (message.position, speaker, message) }
    }
    return nil
  }

  /// Answers an operator where they wrote.
  func respond(
    _ words: String, to message: InboundMessage, _ desk: DeskWork,
    buttons: [[InlineButton]]? = nil
  ) async throws(StoreError) {
    try await respond(
      [
        OutboxMessage(
          parts: parts(words), replyTo: message.id, buttons: buttons,
          staff: StaffDestination(chat: message.chat))
      ], desk)
  }

  /// Words as messages within Telegram's limit.
  func parts(_ words: String) -> [MessageContent] {
    format.flatten(.text(FormattedText(words))).map(MessageContent.text)
  }

  /// What holds words of a customer belongs to their conversation, so that it is erased with it.
  func respond(
    _ messages: [OutboxMessage], about found: FoundDialogue? = nil, _ desk: DeskWork
  ) async throws(StoreError) {
    try await store.enqueue(
      messages, at: found?.address ?? desk.address, completing: desk.entries, now: clock.now())
    bells.sends.ring()
  }

  /// Nothing is to be done about it.
  func finish(_ desk: DeskWork) async throws(StoreError) {
    try await store.enqueue([], at: desk.address, completing: desk.entries, now: clock.now())
  }

  /// A mark on an operator's message that it was heard.
  func heard(_ message: InboundMessage, _ emoji: String) -> OutboxMessage {
    OutboxMessage(
      parts: [.reaction(message.id, emoji: emoji)],
      staff: StaffDestination(chat: message.chat), isMinor: true)
  }
}
