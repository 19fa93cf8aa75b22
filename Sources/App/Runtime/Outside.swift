internal import Conversation
internal import Gateways
internal import HTTPClient
internal import ModelAPI
internal import Platform
internal import TelegramAPI

/// The services outside, each with a transport of its own: Telegram and the model.
struct Outside: Sendable {
  let telegram: TelegramAPI
  let model: LanguageModel
  let directory: ModelDirectory
  /// The way to other programs on this machine, past any proxy.
  let local: HTTPTransport
  private let clients: [HTTPClient]

  /// How many answers are written at once, each over a connection of its own where the service
  /// does not share one.
  static let answersAtOnce = 5_000
  /// Messages on their way (`DeliveryWorker.Settings.concurrency`), with room for the long poll,
  /// previews and files beside them.
  private static let telegramConnections = 512

  /// Makes the clients; nothing is sent yet. `watchingModel` may look at what goes to the model.
  init(
    configuration: Configuration, clock: Clock, metrics: Metrics, log: Log,
    watchingModel: (HTTPTransport) -> HTTPTransport = { $0 }
  ) throws {
    let telegramClient = try Self.client(
      proxy: configuration.telegram.proxy, connections: Self.telegramConnections)
    telegram = TelegramAPI(
      settings: TelegramAPISettings(
        token: configuration.telegram.token ?? Secret(""), baseURL: configuration.telegram.apiURL,
        requestTimeout: configuration.telegram.timeout),
      transport: telegramClient.transport, clock: clock, log: log, metrics: metrics)
    let modelClient = try Self.client(
      proxy: configuration.model.proxy, caFile: configuration.model.certificateFile,
      connections: Self.answersAtOnce)
    let settings = Self.modelSettings(configuration.model)
    model = .chatCompletions(
      settings: settings, transport: watchingModel(modelClient.transport), log: log)
    directory = .models(settings: settings, transport: modelClient.transport)
    let localClient = try Self.client(proxy: nil)
    local = localClient.transport
    clients = [telegramClient, modelClient, localClient]
  }

  /// Closes all connections.
  func shutdown() async {
    for client in clients { await client.shutdown() }
  }

  private static func client(
    proxy: Secret?, caFile: String? = nil, connections: Int? = nil
  ) throws -> HTTPClient {
    var settings = HTTPClientSettings()
    if let connections { settings.maxConnectionsPerHost = connections }
    settings.proxy = proxy?.reveal()
    settings.caFile = caFile
    settings.userAgent = "switchboard/\(Version.number)"
    return try HTTPClient(settings: settings)
  }

  private static func modelSettings(_ model: Configuration.Model) -> ModelAPISettings {
    ModelAPISettings(
      baseURL: model.baseURL, key: model.key ?? Secret(""), organization: model.organization,
      project: model.project,
      headers: model.headers.map { HTTPHeader($0.name, $0.value.reveal()) })
  }
}
