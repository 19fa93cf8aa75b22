package import Conversation
package import Gateways
package import Storage

/// Decides what follows from a try to send. Pure.
package struct DeliveryPolicy: Sendable {
  /// How often a part that certainly was not sent is tried, before it counts as undeliverable.
  package var attempts: Int
  /// The first pause after a failure; it doubles up to `longestPause`.
  package var firstPause: Duration
  /// The longest pause after a failure.
  package var longestPause: Duration
  /// The pause before a part whose fate is not known is sent once more; it doubles where there are
  /// further tries.
  package var repeatPause: Duration

  /// How often what brings a dialogue to operators is sent again while its fate is not known, over
  /// eight minutes with the default pauses. Read twice it harms nobody there; not read at all it
  /// would leave a customer without an answer.
  private static let repeatsToStaff = 12

  /// Makes a policy. With the default pauses 1,500 attempts last about a day, as long as Telegram
  /// itself would keep a message for us.
  package init(
    attempts: Int = 1_500, firstPause: Duration = .seconds(1),
    longestPause: Duration = .seconds(60),
    repeatPause: Duration = .seconds(3)
  ) {
    self.attempts = attempts
    self.firstPause = firstPause
    self.longestPause = longestPause
    self.repeatPause = repeatPause
  }

  /// What must be done before a try: a staff forum's topic for the dialogue comes first.
  package func prepare(_ work: SendWork) -> SendSettlement? {
    guard let name = work.message.staff?.topicName, work.address.topic == nil else { return nil }
    switch work.message.parts[work.part] {
    case .newTopic: return nil
    case .text, .rich, .topicName, .copy, .document, .reaction, .pressAnswer:
      return .replacePart([.newTopic(name: name), work.message.parts[work.part]])
    }
  }

  /// What to do after a try.
  package enum Decision: Equatable, Sendable {
    case settle(SendSettlement)
    /// Give the group's rows to its new chat, then try again.
    case migrate(to: ChatID)
  }

  /// What follows from the outcome of sending the work's part.
  package func decide(
    _ outcome: SendOutcome, for work: SendWork, flatten: (MessageContent) -> [FormattedText],
    now: Instant
  ) -> Decision {
    switch outcome {
    case .sent(let message):
      return .settle(.sent(message, repeated: work.unknowns > 0))
    case .rateLimited(let retryAfter):
      return .settle(.retry(at: now + retryAfter, counted: false))
    case .richUnsupported, .contentRefused:
      return .settle(simpler(work, flatten, outcome))
    case .editRefused:
      return .settle(.sendAnew)
    case .unreachable(let reason):
      return .settle(.undelivered(reason: reason, unreachable: true))
    case .topicLost:
      guard work.message.staff?.topicName != nil else {
        return .settle(.undelivered(reason: "the topic is gone", unreachable: false))
      }
      return .settle(.topicLost)
    case .topicsRefused:
      return .settle(.topicsRefused)
    case .targetRefused(let reason):
      return .settle(refused(work, reason))
    case .migrated(let chat):
      return .migrate(to: chat)
    case .notSent(let reason):
      guard work.failures + 1 < attempts else {
        return .settle(.undelivered(reason: reason, unreachable: work.message.isToStaff))
      }
      return .settle(.retry(at: now + pause(after: work.failures), counted: true))
    case .unknown(let reason):
      return .settle(afterUnknown(work, reason, now))
    case .unauthorized:
      return .settle(.retry(at: now + longestPause, counted: false))
    }
  }

  /// What follows when the process ended while the part was being sent.
  package func decideInterrupted(_ work: SendWork, now: Instant) -> SendSettlement {
    afterUnknown(work, "the program ended while it was being sent", now)
  }

  /// Telegram has no key against repetition: a part whose fate is not known is sent once more, and
  /// then, unless it is for operators, no more.
  private func afterUnknown(_ work: SendWork, _ reason: String, _ now: Instant) -> SendSettlement {
    guard work.unknowns > 0 else { return .repeatAgain(at: now + repeatPause) }
    // The topic may be there twice; what was to be said in it was not sent at all yet.
    if case .newTopic = work.message.parts[work.part] { return .withoutTopic }
    guard work.message.isToStaff, work.unknowns < Self.repeatsToStaff else {
      return .undelivered(reason: reason, unreachable: false)
    }
    return .repeatAgain(at: now + min(repeatPause * (1 << work.unknowns), longestPause))
  }

  /// A staff chat that does not even take plain words is lost to the dialogue, whatever the reason;
  /// files may be what it does not allow.
  private func refused(_ work: SendWork, _ reason: String) -> SendSettlement {
    switch work.message.parts[work.part] {
    case .copy(let copy) where work.message.isToStaff:
      .replacePart([.text(copy.fallback)])
    case .text, .rich, .copy, .document, .topicName, .newTopic, .reaction, .pressAnswer:
      .undelivered(reason: reason, unreachable: work.message.isToStaff)
    }
  }

  /// The next form down: rich, then text with entities, then plain text.
  private func simpler(
    _ work: SendWork, _ flatten: (MessageContent) -> [FormattedText], _ outcome: SendOutcome
  ) -> SendSettlement {
    let content = work.message.parts[work.part]
    switch content {
    case .rich:
      let flat = flatten(content)
      guard !flat.isEmpty else {
        return .undelivered(reason: "nothing of it can be shown as text", unreachable: false)
      }
      return .replacePart(flat.map(MessageContent.text))
    case .topicName:
      return .undelivered(reason: "the topic can't be named", unreachable: false)
    case .newTopic:
      return .withoutTopic
    case .copy(let copy):
      // An operator must know that the customer does not see it.
      if case .toCustomer = work.message.relay {
        return .undelivered(reason: "the message can't be copied", unreachable: false)
      }
      return .replacePart([.text(copy.fallback)])
    case .document(_, _, let caption):
      return .replacePart([.text(FormattedText(caption))])
    case .reaction, .pressAnswer:
      return .undelivered(reason: "Telegram does not take the mark", unreachable: false)
    case .text(let text) where !text.entities.isEmpty:
      return .replacePart([.text(FormattedText(text.text))])
    case .text:
      if case .contentRefused(let reason) = outcome { return refused(work, reason) }
      return .undelivered(reason: "the server takes no messages", unreachable: false)
    }
  }

  private func pause(after failures: Int) -> Duration {
    min(firstPause * (1 << min(failures, 10)), longestPause)
  }
}

extension OutboxMessage {
  /// Whether it brings a dialogue to operators: the customer waits for what they do about it.
  fileprivate var isToStaff: Bool {
    guard staff != nil, case .toStaff = relay else { return false }
    return true
  }
}
