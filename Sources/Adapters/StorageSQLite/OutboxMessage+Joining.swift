internal import Conversation
internal import Gateways
internal import Storage

/// Lines that wait for the same staff chat become one message there, for Telegram takes only few in a
/// minute for a group.
extension OutboxMessage {
  /// Its text, when there is nothing else to it that another message could not share.
  private var mergeable: FormattedText? {
    guard merges == true, parts.count == 1, case .text(let text) = parts[0], replyTo == nil,
      keyboard == nil, buttons == nil, position == nil, replaces == nil, refersTo == nil,
      slot == nil, !isFromOperator
    else { return nil }
    return text
  }

  /// Both messages as one, this one's text before the other's; nil when they can't be one.
  func joined(with next: OutboxMessage) -> OutboxMessage? {
    guard let text = mergeable, let following = next.mergeable,
      (staff?.topicName == nil) == (next.staff?.topicName == nil),
      text.text.unicodeScalars.count + 1 + following.text.unicodeScalars.count
        <= Self.textLimit
    else { return nil }
    let shift = text.text.utf16.count + 1
    let shifted = following.entities.map { entity in
      FormattedText.Entity(entity.kind, offset: entity.offset + shift, length: entity.length)
    }
    var joined = self
    joined.parts = [
      .text(
        FormattedText(text.text + "\n" + following.text, entities: text.entities + shifted))
    ]
    joined.relay = Relay.united(relay, next.relay)
    joined.staff = next.staff
    joined.askedAt = [askedAt, next.askedAt].compactMap(\.self).min()
    joined.isMinor = isMinor == true && next.isMinor == true ? true : nil
    return joined
  }

  /// What a text may hold at most, in Unicode scalars (see `MessageContent.text`).
  private static let textLimit = 4_096
}

extension Relay {
  fileprivate static func united(_ first: Relay?, _ second: Relay?) -> Relay? {
    guard case .toStaff(let ids)? = first else { return second }
    guard case .toStaff(let more)? = second else { return first }
    return .toStaff(ids + more.filter { !ids.contains($0) })
  }
}
