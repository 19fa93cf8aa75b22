package import Gateways
package import Platform

/// The Bot API of Telegram, version 10.3, for one bot.
///
/// What enters: the ports' messages, previews and account calls. What leaves: HTTP requests through
/// the injected transport, one for each call and none repeated. Limits are Telegram's; the pace is
/// the `Pacer`'s.
package final class TelegramAPI: Sendable {
  /// The way to people.
  package let messenger: Messenger
  /// The bot's own account.
  package let account: BotAccount

  /// Makes an API over a transport.
  package init(
    settings: TelegramAPISettings, transport: HTTPTransport, clock: Clock, log: Log,
    metrics: Metrics
  ) {
    let client = BotAPIClient(settings: settings, transport: transport, metrics: metrics)
    let sender = MessageSender(client: client, settings: settings, clock: clock, log: log)
    let files = FileDownload(client: client)
    messenger = Messenger(
      send: { await sender.send($0) },
      preview: { await sender.preview($0) },
      showTyping: { await sender.showTyping($0, $1) },
      download: { fileID, limit async throws(DownloadError) in
        try await files.download(fileID, limit: limit)
      })
    account = AccountCalls(client: client, settings: settings).port
  }

  /// Reads updates for the bot.
  package func decoder(for identity: BotIdentity) -> UpdateDecoder {
    let reader = UpdateReader(bot: identity)
    return UpdateDecoder { bytes throws(UnusableUpdate) in try reader.read(bytes) }
  }
}
