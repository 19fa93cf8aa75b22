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
  private let patience: Duration
  private let state: Mutex<State>

  init(client: BotAPIClient, settings: TelegramAPISettings, clock: Clock, log: Log) {
    self.client = client
    self.clock = clock
    self.log = log
    patience = settings.patience
    state = Mutex(State(pacer: Pacer(ceiling: settings.messagesPerSecond)))
  }

  func send(_ message: OutboundMessage) async -> SendOutcome {
    switch Sending.plan(message) {
    case .refused(let outcome): return outcome
    case .call(let sending): return await perform(sending)
    }
  }

  private func perform(_ sending: Sending) async -> SendOutcome {
    if isUnknown(sending.call.method) { return sending.unsupported }
    let chat = sending.message.chat
    do {
      if let messages = sending.messages { try await takePlace(chat, messages) }
      return sending.read(try await call(sending.call, chat))
    } catch {
      if case .captioned = error, let other = sending.inCaption { return await perform(other) }
      return sending.outcome(of: error)
    }
  }

  func preview(_ preview: AnswerPreview) async -> PreviewOutcome {
    let call: BotAPICall
    switch preview.content {
    case .rich(let document): call = .draft(preview, document)
    case .text(let text): call = .draft(preview, text)
    case nil: call = .draft(preview, FormattedText(""))
    case .topicName, .newTopic, .copy, .document, .reaction, .pressAnswer: return .failed
    }
    if isUnknown(call.method) { return .end }
    switch state.withLock({ $0.pacer.admit(preview.chat, patience: .zero, at: now()) }) {
    case .go: break
    case .chatLimited: return .end
    case .crowded: return .failed
    }
    do {
      _ = try await self.call(call, preview.chat)
      return .shown
    } catch { return PreviewOutcome(error) }
  }

  func showTyping(_ chat: ChatID, _ topic: TopicID?) async {
    guard
      case .go = state.withLock({ $0.pacer.admit(chat, patience: .zero, at: now()) })
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
      state.withLock { $0.pacer.limited(chat, retryAfter: retryAfter, at: now()) }
    case .methodNotFound where method != SendMessage.name:
      let isNew = state.withLock { $0.unknownMethods.insert(method).inserted }
      if isNew { log.warning("the Telegram server lacks a method", [.method: .text(method)]) }
    default: break
    }
  }

  /// Waits for the chat's turn, at most `patience`; throws `.rateLimited` when that is too short.
  private func takePlace(_ chat: ChatID, _ messages: Int) async throws(APIFailure) {
    let verdict = state.withLock {
      $0.pacer.admit(chat, messages: messages, patience: patience, at: now())
    }
    switch verdict {
    case .go(.zero): return
    case .go(let wait):
      do { try await clock.sleep(wait) } catch { throw .notSent("cancelled") }
      // A preview may have been refused meanwhile.
      let rest = state.withLock { $0.pacer.rest(chat, at: now()) }
      guard rest == .zero else { throw .rateLimited(retryAfter: rest) }
    case .chatLimited(let wait), .crowded(let wait): throw .rateLimited(retryAfter: wait)
    }
  }

  /// By the clock that never jumps.
  private func now() -> Duration { .milliseconds(clock.steady().milliseconds) }

  private func isUnknown(_ method: String) -> Bool {
    state.withLock { $0.unknownMethods.contains(method) }
  }
}

extension PreviewOutcome {
  fileprivate init(_ failure: APIFailure) {
    switch failure {
    case .notModified: self = .shown
    case .content, .notSent, .unknown, .conflict: self = .failed
    case .unauthorized, .methodNotFound, .rateLimited, .migrated, .unreachable, .target, .topic,
      .source, .edit, .captioned:
      self = .end
    }
  }
}
