internal import Conversation
internal import Gateways
internal import Storage
internal import Turn

/// Keeping customers from writing.
extension StaffDesk {
  /// Bans the person of a dialogue, or lets them again. In each topic of a chat they have a dialogue
  /// of their own, and all of these follow; this one comes last, so that an order that was cut short
  /// is carried out again. A dialogue that a group shares is nobody's alone.
  func ban(
    _ banned: Bool, on found: FoundDialogue, _ message: InboundMessage, _ side: Side,
    _ desk: DeskWork
  ) async throws(StoreError) {
    let isPrivate = found.address.chat.rawValue > 0
    guard isPrivate || found.address.person != nil || !banned else {
      return try await respond(wording.text(.deskBanShared), to: message, desk)
    }
    let all = try await store.browse(
      DialogueQuery(chat: found.address.chat, limit: Self.dialogueLimit))
    for other in all
    where other.address.bot == found.address.bot && other.address.person == found.address.person {
      let id = other.dialogue.id
      guard id != found.stored.dialogue.id, (other.dialogue.desk?.isBanned ?? false) != banned
      else { continue }
      _ = try await door.commit(
        .operatorActed(
          .ban(banned), by: side.person, in: nil,
          audience: try await audience(of: found), at: desk.receivedAt),
        at: .conversation(id))
    }
    try await act(
      .ban(banned), on: found, side, desk, source: [message], adding: [heard(message, "👌")])
  }

  /// How many dialogues of one person are looked through.
  private static let dialogueLimit = 1_000
}
