internal import Conversation
internal import Gateways
internal import Platform
internal import TelegramTypes

/// The calls about the bot's own account.
struct AccountCalls: Sendable {
  let client: BotAPIClient
  let settings: TelegramAPISettings

  var port: BotAccount {
    BotAccount(
      identity: { () async throws(BotAccountError) in try await self.identity() },
      updates: { offset async throws(BotAccountError) in try await self.updates(from: offset) },
      setWebhook: { target async throws(BotAccountError) in try await self.setWebhook(target) },
      webhook: { () async throws(BotAccountError) in try await self.webhook() },
      setCommands: { commands, language, chat async throws(BotAccountError) in
        try await self.setCommands(commands, language, chat)
      },
      chat: { chat async throws(BotAccountError) in try await self.describe(chat) })
  }

  private func identity() async throws(BotAccountError) -> BotIdentity {
    let bot: TelegramUser
    do { bot = try await client.result(of: GetMe()) } catch {
      // Every server knows `getMe`; Telegram's front servers answer a malformed token with 404.
      throw error == .methodNotFound ? .unauthorized : BotAccountError(error)
    }
    return BotIdentity(
      id: BotID(bot.id), username: bot.username ?? "",
      readsAllGroupMessages: bot.canReadAllGroupMessages ?? false)
  }

  private func updates(from offset: Int64?) async throws(BotAccountError) -> [RawUpdate] {
    let method = GetUpdates(
      offset: offset, limit: 100, timeout: Int(settings.pollTimeout.components.seconds),
      allowedUpdates: TelegramUpdate.usedKinds)
    let body: [UInt8]
    do {
      body = try await client.call(method, timeout: settings.pollTimeout + settings.pollSlack)
    } catch { throw BotAccountError(error) }
    guard let updates = RawUpdate.batch(in: body, offset: offset) else {
      throw .unavailable(reason: "an answer that cannot be read")
    }
    return updates
  }

  private func setWebhook(_ target: WebhookTarget?) async throws(BotAccountError) {
    do {
      guard let target else {
        _ = try await client.call(DeleteWebhook())
        return
      }
      _ = try await client.call(
        SetWebhook(
          url: target.url, maxConnections: settings.webhookConnections,
          allowedUpdates: TelegramUpdate.usedKinds, secretToken: target.secret))
    } catch { throw BotAccountError(error) }
  }

  private func webhook() async throws(BotAccountError) -> WebhookState {
    do {
      let info = try await client.result(of: GetWebhookInfo())
      return WebhookState(
        url: info.url, pending: info.pendingUpdateCount, lastError: info.lastErrorMessage)
    } catch { throw BotAccountError(error) }
  }

  private func setCommands(
    _ commands: [Gateways.BotCommand], _ language: Language?, _ chat: ChatID?
  ) async throws(BotAccountError) {
    let method = SetMyCommands(
      commands: commands.map {
        TelegramBotCommand(command: $0.name, description: $0.description)
      },
      scope: chat.map { TelegramCommandScope(chatID: $0.rawValue) },
      languageCode: language?.rawValue)
    do { _ = try await client.call(method) } catch { throw BotAccountError(error) }
  }

  private func describe(_ chat: ChatID) async throws(BotAccountError) -> ChatDescription {
    do {
      let chat = try await client.result(of: GetChat(chatID: chat.rawValue))
      return ChatDescription(isPrivate: chat.type == "private", isForum: chat.isForum ?? false)
    } catch { throw BotAccountError(error) }
  }
}

extension BotAccountError {
  fileprivate init(_ failure: APIFailure) {
    switch failure {
    case .unauthorized: self = .unauthorized
    case .methodNotFound: self = .refused(reason: "the server does not know the method")
    case .conflict(let reason): self = .conflict(reason: reason)
    case .rateLimited(let retryAfter): self = .rateLimited(retryAfter: retryAfter)
    case .content(let reason), .target(let reason), .topic(let reason), .source(let reason),
      .unreachable(let reason), .edit(let reason), .captioned(let reason):
      self = .refused(reason: reason)
    case .migrated(let chat): self = .migrated(to: ChatID(chat))
    case .notModified: self = .refused(reason: "not modified")
    case .notSent(let reason), .unknown(let reason): self = .unavailable(reason: reason)
    }
  }
}

extension RawUpdate {
  /// Cuts the answer of `getUpdates` into its updates; nil when it has no list of them, or none that
  /// would let the caller go on.
  ///
  /// Ids ascend within Telegram's queue. An element whose id cannot be read therefore takes the
  /// number after its predecessor's: it is kept, found unusable later, and passed by. It is left out
  /// only where the next element, or the lack of any id, shows the number to be wrong.
  static func batch(in body: [UInt8], offset: Int64?) -> [RawUpdate]? {
    let scanner = JSONScanner(body)
    guard
      let result = scanner.member("result", of: scanner.whole),
      let parts = scanner.elements(of: result)
    else { return nil }
    let ids = parts.map { scanner.member("update_id", of: $0).flatMap(scanner.integer) }
    var updates: [RawUpdate] = []
    var next = offset
    for (index, part) in parts.enumerated() {
      let following = ids[(index + 1)...].lazy.compactMap(\.self).first
      guard let id = ids[index] ?? next, ids[index] != nil || id < following ?? .max else {
        continue
      }
      updates.append(RawUpdate(id: id, json: scanner.text(of: part)))
      next = id < .max ? id + 1 : nil
    }
    return updates.isEmpty && !parts.isEmpty ? nil : updates
  }
}
