package import Conversation
package import Gateways
package import Storage

/// Decides what an update is to the inbox. Pure.
package struct UpdateRouting: Sendable {
  private let identity: BotIdentity
  private let policy: IntakePolicy
  private var bot: BotID { identity.id }

  /// Makes the routing of one bot.
  package init(identity: BotIdentity, policy: IntakePolicy) {
    self.identity = identity
    self.policy = policy
  }

  /// The entry for an update; nil when nothing needs to be done about it.
  package func entry(for update: InboundUpdate, now: Instant) -> NewInboxEntry? {
    switch update.kind {
    case .message(let message):
      return entry(for: message, update, now)
    case .editedMessage(let message):
      guard concerns(message) || message.addressee == .bot else { return nil }
      return NewInboxEntry(
        sourceKeys: keys(update, "e:\(place(message)):\(message.editDate?.milliseconds ?? 0)"),
        address: address(message), event: .update(update), notBefore: now)
    case .generationStopped(let chat, let topic, let draftID):
      return NewInboxEntry(
        sourceKeys: keys(update, "s:\(chat):\(draftID)"),
        address: ConversationAddress(bot: bot, chat: chat, topic: topic),
        event: .update(update), notBefore: now)
    case .membershipChanged(let chat, let isPrivate, let reachable):
      guard isPrivate else { return announcement(group: chat, added: reachable, update, now) }
      return NewInboxEntry(
        sourceKeys: keys(update), address: ConversationAddress(bot: bot, chat: chat),
        event: .update(update), notBefore: now)
    case .topicCreated(let chat, let topic, let isPrivate, let nameIsImplicit):
      guard isPrivate, nameIsImplicit else { return nil }
      return NewInboxEntry(
        sourceKeys: keys(update, "t:\(chat):\(topic)"),
        address: ConversationAddress(bot: bot, chat: chat, topic: topic), event: .update(update),
        notBefore: now)
    case .pressed(let press):
      return NewInboxEntry(
        sourceKeys: keys(update, "q:\(press.id)"), address: address(press),
        event: .update(update), notBefore: now)
    case .memberChanged(let chat, _, _):
      guard policy.isStaff(chat) else { return nil }
      return NewInboxEntry(
        sourceKeys: keys(update), address: ConversationAddress(bot: bot, chat: chat),
        event: .update(update), notBefore: now)
    case .migrated(let from, let to):
      return NewInboxEntry(
        sourceKeys: keys(update, "g:\(from):\(to)"),
        address: ConversationAddress(bot: bot, chat: from), event: .update(update),
        notBefore: now)
    case .ignored:
      return nil
    }
  }

  /// A group has no dialogue before somebody there speaks to the bot; but the administrator is told
  /// when the bot was added to one in which it does not hear what is said.
  private func announcement(
    group: ChatID, added: Bool, _ update: InboundUpdate, _ now: Instant
  ) -> NewInboxEntry? {
    guard added, !identity.readsAllGroupMessages, let administrator = policy.administrator else {
      return nil
    }
    return NewInboxEntry(
      sourceKeys: keys(update), address: ConversationAddress(bot: bot, chat: administrator),
      event: .announcement(.groupNotHeard(group)), notBefore: now)
  }

  /// The entry for a body that can't be used; it goes to quarantine under no chat.
  package func entry(for unusable: UnusableUpdate, body: [UInt8], now: Instant) -> NewInboxEntry {
    NewInboxEntry(
      sourceKeys: unusable.id.map { ["\(bot):u:\($0)"] } ?? [],
      address: ConversationAddress(bot: bot, chat: ChatID(0)),
      event: .unusable(body: String(decoding: body, as: UTF8.self), reason: unusable.reason),
      notBefore: now)
  }

  private func entry(
    for message: InboundMessage, _ update: InboundUpdate, _ now: Instant
  ) -> NewInboxEntry? {
    guard concernsBot(message) else { return nil }
    return NewInboxEntry(
      sourceKeys: keys(update, "m:\(place(message))"), address: address(message),
      event: .update(update), album: message.album,
      notBefore: message.album == nil ? now : now + policy.albumDelay, askedAt: now)
  }

  /// In a group the bot speaks only when spoken to; a command addressed to nobody is for it when
  /// it knows the command.
  private func concernsBot(_ message: InboundMessage) -> Bool {
    if concerns(message) { return true }
    switch message.addressee {
    case .bot: return true
    case .other: return false
    case .nobody:
      guard let command = message.command else { return false }
      return CustomerCommand(rawValue: command.name).map { $0 != .unknown } ?? false
    }
  }

  /// Private chats are between a person and the bot, staff chats between it and operators.
  private func concerns(_ message: InboundMessage) -> Bool {
    message.isPrivate || policy.isStaff(message.chat)
  }

  private func address(_ press: ButtonPress) -> ConversationAddress {
    let separate = !press.isPrivate && policy.groupMemory == .person
    return ConversationAddress(
      bot: bot, chat: press.chat, topic: press.topic,
      person: separate && !policy.isStaff(press.chat) ? press.speaker.id : nil)
  }

  private func address(_ message: InboundMessage) -> ConversationAddress {
    let separate = !concerns(message) && policy.groupMemory == .person
    return ConversationAddress(
      bot: bot, chat: message.chat, topic: message.topic,
      person: separate ? message.speaker.id : nil)
  }

  private func place(_ message: InboundMessage) -> String {
    if let ephemeral = message.ephemeralID { return "\(message.chat):ephemeral:\(ephemeral)" }
    return "\(message.chat):\(message.id)"
  }

  private func keys(_ update: InboundUpdate, _ more: String...) -> [String] {
    ["\(bot):u:\(update.id)"] + more.map { "\(bot):\($0)" }
  }
}
