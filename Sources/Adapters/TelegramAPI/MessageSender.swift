internal import Conversation
internal import Gateways
internal import Platform
internal import Synchronization
internal import TelegramTypes

/// Sends messages, previews and typing actions: asks the pacer, calls, and says what became of it.
final class MessageSender: Sendable {
  private struct State {
    var pacer: Pacer
    /// Methods that this server does not know; old and third-party servers lack the newest.
    var unknownMethods: Set<String> = []
  }

  private let client: BotAPIClient
  private let clock: Clock
  private let log: Log
  private let uptime: @Sendable () -> Duration
  private let patience: Duration
  private let state: Mutex<State>

  init(
    client: BotAPIClient, settings: TelegramAPISettings, clock: Clock, log: Log,
    uptime: @escaping @Sendable () -> Duration
  ) {
    self.client = client
    self.clock = clock
    self.log = log
    self.uptime = uptime
    patience = settings.patience
    state = Mutex(State(pacer: Pacer(ceiling: settings.messagesPerSecond)))
  }

  func send(_ message: OutboundMessage) async -> SendOutcome {
    if case .rich = message.content, isUnknown(SendRichMessage.name) { return .richUnsupported }
    if let edited = message.edits { return await edit(edited, message) }
    do {
      let body: [UInt8]
      switch message.content {
      case .text(let text):
        try await takePlace(message.chat)
        body = try await call(.send(message, text), message.chat)
      case .rich(let document):
        try await takePlace(message.chat)
        body = try await call(.send(message, document), message.chat)
      case .topicName(let name): return await rename(message.topic, name, message.chat)
      }
      let answer = JSONScanner(body)
      guard
        let sent = answer.member("result", of: answer.whole),
        let id = answer.member("message_id", of: sent).flatMap(answer.integer)
      else { return .unknown(reason: "an answer without a message id") }
      return .sent(MessageID(id))
    } catch { return SendOutcome(error, rich: message.content.isRich) }
  }

  /// Doing it twice changes nothing, so that an edit whose outcome is not known may be repeated.
  private func edit(_ edited: MessageID, _ message: OutboundMessage) async -> SendOutcome {
    let chat = message.chat
    let method: BotAPICall
    switch message.content {
    case .text(let text): method = .edit(chat, edited, text)
    case .rich(let document): method = .edit(chat, edited, document)
    case .topicName(let name): return await rename(message.topic, name, chat)
    }
    let unsupported = SendOutcome.editRefused(reason: "the server does not know the method")
    if isUnknown(EditMessageText.name) { return unsupported }
    do {
      try await takePlace(chat)
      _ = try await call(method, chat)
      return .sent(edited)
    } catch {
      switch error {
      case .notModified: return .sent(edited)
      case .edit(let reason): return .editRefused(reason: reason)
      case .methodNotFound: return unsupported
      case .unknown(let reason): return .notSent(reason: reason)
      default: return SendOutcome(error, rich: message.content.isRich)
      }
    }
  }

  private func rename(_ topic: TopicID?, _ name: String, _ chat: ChatID) async -> SendOutcome {
    // The General topic of a forum is named by another method, and nobody wants it renamed.
    guard let thread = topic?.threadID else { return .contentRefused(reason: "no topic to name") }
    let unsupported = SendOutcome.contentRefused(reason: "the server does not know the method")
    if isUnknown(EditForumTopic.name) { return unsupported }
    do {
      try await takePlace(chat)
      _ = try await call(.name(thread, of: chat, name), chat)
      return .sent(MessageID(0))
    } catch {
      switch error {
      case .notModified: return .sent(MessageID(0))
      case .methodNotFound: return unsupported
      // A topic has the name once, however often it is given.
      case .unknown(let reason): return .notSent(reason: reason)
      default: return SendOutcome(error, rich: false)
      }
    }
  }

  func preview(_ preview: AnswerPreview) async -> PreviewOutcome {
    let method = preview.content?.isRich == true ? SendRichMessageDraft.name : SendMessageDraft.name
    if isUnknown(method) { return .end }
    switch state.withLock({ $0.pacer.admit(preview.chat, patience: .zero, at: uptime()) }) {
    case .go: break
    case .chatLimited: return .end
    case .crowded: return .failed
    }
    do {
      switch preview.content {
      case .rich(let document):
        _ = try await call(.draft(preview, document), preview.chat)
      case .text(let text): _ = try await call(.draft(preview, text), preview.chat)
      case nil: _ = try await call(.draft(preview, FormattedText("")), preview.chat)
      case .topicName: return .failed
      }
      return .shown
    } catch { return PreviewOutcome(error) }
  }

  func showTyping(_ chat: ChatID, _ topic: TopicID?) async {
    guard
      case .go = state.withLock({ $0.pacer.admit(chat, patience: .zero, at: uptime()) })
    else { return }
    // The port promises nothing: the next action comes in seconds.
    _ = try? await call(.typing(chat, topic), chat)
  }

  private func call(_ call: BotAPICall, _ chat: ChatID) async throws(APIFailure) -> [UInt8] {
    do { return try await client.call(call) } catch {
      learn(from: error, of: call.method, chat)
      throw error
    }
  }

  private func learn(from failure: APIFailure, of method: String, _ chat: ChatID) {
    switch failure {
    case .rateLimited(let retryAfter):
      state.withLock { $0.pacer.limited(chat, retryAfter: retryAfter, at: uptime()) }
    case .methodNotFound where method != SendMessage.name:
      let isNew = state.withLock { $0.unknownMethods.insert(method).inserted }
      if isNew { log.warning("the Telegram server lacks a method", [.method: .text(method)]) }
    default: break
    }
  }

  /// Waits for the chat's turn, at most `patience`; throws `.rateLimited` when that is too short.
  private func takePlace(_ chat: ChatID) async throws(APIFailure) {
    let verdict = state.withLock { $0.pacer.admit(chat, patience: patience, at: uptime()) }
    switch verdict {
    case .go(.zero): return
    case .go(let wait):
      do { try await clock.sleep(wait) } catch { throw .notSent("cancelled") }
      // A preview may have been refused meanwhile.
      let rest = state.withLock { $0.pacer.rest(chat, at: uptime()) }
      guard rest == .zero else { throw .rateLimited(retryAfter: rest) }
    case .chatLimited(let wait), .crowded(let wait): throw .rateLimited(retryAfter: wait)
    }
  }

  private func isUnknown(_ method: String) -> Bool {
    state.withLock { $0.unknownMethods.contains(method) }
  }
}

extension SendOutcome {
  fileprivate init(_ failure: APIFailure, rich: Bool) {
    switch failure {
    case .unauthorized: self = .unauthorized
    // Every server knows `sendMessage`; what does not is at a wrong address or has a wrong token.
    case .methodNotFound: self = rich ? .richUnsupported : .unauthorized
    case .rateLimited(let retryAfter): self = .rateLimited(retryAfter: retryAfter)
    case .migrated(let to): self = .migrated(to: ChatID(to))
    case .content(let reason): self = .contentRefused(reason: reason)
    case .unreachable(let reason): self = .unreachable(reason: reason)
    case .target(let reason), .edit(let reason): self = .targetRefused(reason: reason)
    case .conflict(let reason), .notSent(let reason): self = .notSent(reason: reason)
    case .unknown(let reason): self = .unknown(reason: reason)
    case .notModified: self = .unknown(reason: "an answer that fits no sending")
    }
  }
}

extension PreviewOutcome {
  fileprivate init(_ failure: APIFailure) {
    switch failure {
    case .notModified: self = .shown
    case .content, .notSent, .unknown, .conflict: self = .failed
    case .unauthorized, .methodNotFound, .rateLimited, .migrated, .unreachable, .target,
      .edit:
      self = .end
    }
  }
}

extension MessageContent {
  fileprivate var isRich: Bool {
    switch self {
    case .text, .topicName: false
    case .rich: true
    }
  }
}
