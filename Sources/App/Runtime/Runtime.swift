internal import Assist
internal import Conversation
internal import Delivery
internal import Foundation
internal import Gateways
internal import HTTPClient
internal import HTTPServer
internal import Intake
internal import Markdown
internal import ModelAPI
internal import Platform
internal import Storage
internal import StorageSQLite
internal import TelegramAPI
internal import Turn

/// The whole program for one bot, put together: the only place where concrete parts meet.
struct Runtime: Sendable {
  /// Why the program can't begin.
  struct CannotStart: Error, CustomStringConvertible {
    /// What is wrong, and how to mend it.
    let description: String
  }

  let setup: Setup
  let clock: Clock
  let log: Log
  private let watchingModel: @Sendable (HTTPTransport) -> HTTPTransport
  private let metrics = Metrics()
  private let health = Health()
  private let bells = TurnWorker.Bells()
  private let owner = "\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)"

  /// `watchingModel` may look at what goes to the model and comes back.
  init(
    setup: Setup, clock: Clock = .system, log: Log,
    watchingModel: @escaping @Sendable (HTTPTransport) -> HTTPTransport = { $0 }
  ) {
    self.setup = setup
    self.clock = clock
    self.log = log
    self.watchingModel = watchingModel
  }

  private var configuration: Configuration { setup.configuration }

  /// Runs until the task is cancelled. `started` is called with the port of the web server once
  /// everything works.
  func run(started: @escaping @Sendable (Int) -> Void) async throws {
    _ = DescriptorLimit.raise(to: 65_536)
    let outside = try Outside(
      configuration: configuration, clock: clock, metrics: metrics, log: log,
      watchingModel: watchingModel)
    let way = try await way(outside)
    let store = try await openStore()
    do {
      try await serve(outside, store, way, started)
    } catch {
      await close(store, outside)
      throw error
    }
    await close(store, outside)
  }

  private func close(_ store: any Store, _ outside: Outside) async {
    await store.close()
    await outside.shutdown()
    log.info("stopped")
  }

  private func serve(
    _ outside: Outside, _ store: any Store, _ way: UpdateSource.Way,
    _ started: @escaping @Sendable (Int) -> Void
  ) async throws {
    let alarms = alarms(outside, store)
    let port = AsyncStream<Int>.makeStream()
    let source = UpdateSource(
      account: outside.telegram.account, way: way, clock: clock, health: health, log: log,
      makeIntake: { intake($0, outside, store) },
      started: { _ in
        health.enter(.serving)
        for await port in port.stream {
          log.info("serving", [.version: .text(Version.number), .port: .count(port)])
          started(port)
        }
        await alarms.tell(.started(version: Version.full), key: "started:\(owner)")
      })
    let server = HTTPServer(
      settings: HTTPServerSettings(host: configuration.web.host, port: configuration.web.port),
      routes: webhookRoutes(way, source) + Observation(health: health, metrics: metrics).routes,
      log: log)
    port.continuation.yield(try start(server))
    port.continuation.finish()
    // The first to start is the last to stop: what has come in is still worked off and sent.
    let group = ServiceGroup(
      [
        alarms, caretaker(store, alarms), delivery(outside, store, alarms), turn(store, alarms),
        assist(outside, store, alarms), server,
        CommandRegistration(
          account: outside.telegram.account, texts: setup.texts, clock: clock, log: log),
        source,
      ], stopDeadline: .seconds(20), clock: clock, log: log)
    try await withTaskCancellationHandler {
      try await group.run()
    } onCancel: {
      health.enter(.stopping)
    }
  }
}

// MARK: The parts

extension Runtime {
  private var format: AnswerFormat { .markdown() }

  private func openStore() async throws -> any Store {
    switch configuration.store.database {
    case .file(let path): return try await SQLiteStore.open(path: path)
    case .memory: return try await SQLiteStore.open(path: SQLiteStore.inMemory)
    case .postgres: throw CannotStart(description: "PostgreSQL is not supported yet")
    }
  }

  private func start(_ server: HTTPServer) throws -> Int {
    do throws(HTTPServerError) {
      return try server.start()
    } catch {
      throw CannotStart(
        description: "the web server cannot listen on \(configuration.web.host) port "
          + "\(configuration.web.port) (\(error.code.rawValue)); "
          + "set WEB_SERVER_HOST and WEB_SERVER_PORT to ones that are free")
    }
  }

  private func way(_ outside: Outside) async throws -> UpdateSource.Way {
    guard let webhook = configuration.web.webhook, let token = configuration.telegram.token else {
      return .polling
    }
    let secret = webhook.secret ?? WebhookSecret.derived(from: token)
    let base =
      switch webhook.base {
      case .url(let url): url
      case .ngrok:
        try await Ngrok(transport: outside.local).address(toPort: configuration.web.port)
      }
    return .webhook(
      WebhookTarget(url: base + configuration.web.webhookPath, secret: secret.reveal()))
  }

  private func webhookRoutes(_ way: UpdateSource.Way, _ source: UpdateSource) -> [HTTPRoute] {
    guard case .webhook(let target) = way else { return [] }
    let secret = Secret(target.secret)
    let webhook = Webhook(
      intake: { source.intake }, isSecret: { WebhookSecret.matches($0, secret) })
    return webhook.routes(path: configuration.web.webhookPath)
  }

  private func intake(
    _ identity: BotIdentity, _ outside: Outside, _ store: any Store
  ) -> Intake {
    Intake(
      store: store, decoder: outside.telegram.decoder(for: identity), identity: identity,
      policy: IntakePolicy(
        groupMemory: configuration.dialogue.groupMemory == .person ? .person : .shared,
        administrator: configuration.administration.chat.map { ChatID($0) }),
      bell: bells.inbox, clock: clock, metrics: metrics, log: log)
  }

  private func alarms(_ outside: Outside, _ store: any Store) -> AlarmBell {
    let chat = configuration.administration.chat.map { ChatID($0) }
    let bot = configuration.telegram.token.flatMap { Self.bot(of: $0) }
    let administrator = chat.flatMap { chat in
      bot.map { bot in
        AlarmBell.Administrator(
          address: ConversationAddress(bot: bot, chat: chat), store: store,
          messenger: outside.telegram.messenger, wording: NoticeWording(texts: setup.texts),
          inbox: bells.inbox)
      }
    }
    return AlarmBell(administrator: administrator, clock: clock, log: log)
  }

  /// A token begins with the bot's id.
  private static func bot(of token: Secret) -> BotID? {
    token.reveal().split(separator: ":").first.flatMap { Int64($0) }.map { BotID($0) }
  }

  private func caretaker(_ store: any Store, _ alarms: AlarmBell) -> Caretaker {
    Caretaker(
      store: store, retentionDays: configuration.dialogue.retentionDays, clock: clock,
      health: health, metrics: metrics, alarm: alarms.alarm, log: log)
  }

  private func turn(_ store: any Store, _ alarms: AlarmBell) -> TurnWorker {
    TurnWorker(
      store: store, owner: owner,
      settings: .init(attempts: configuration.dialogue.inboxAttempts),
      policy: DialoguePolicy(
        questionsPerMinute: configuration.dialogue.messagesPerMinute,
        warnsOfFullContext: configuration.dialogue.tokenWarning,
        retentionDays: configuration.dialogue.retentionDays),
      texts: setup.texts, format: format, bells: bells, clock: clock, alarm: alarms.alarm,
      log: log)
  }

  private func assist(
    _ outside: Outside, _ store: any Store, _ alarms: AlarmBell
  ) -> AssistWorker {
    AssistWorker(
      store: store, messenger: outside.telegram.messenger, model: outside.model, format: format,
      owner: owner,
      settings: AssistSettings(
        models: configuration.model.names, maxTokens: configuration.model.maxTokens,
        timeout: configuration.model.timeout, instructions: setup.instructions,
        concurrency: Outside.answersAtOnce),
      bell: bells.answers, inboxBell: bells.inbox, clock: clock,
      random: { Double.random(in: 0...1) }, health: health, metrics: metrics,
      alarm: alarms.alarm, log: log)
  }

  private func delivery(
    _ outside: Outside, _ store: any Store, _ alarms: AlarmBell
  ) -> DeliveryWorker {
    DeliveryWorker(
      store: store, messenger: outside.telegram.messenger, format: format, owner: owner,
      settings: .init(lease: max(.seconds(90), configuration.telegram.timeout + .seconds(60))),
      bell: bells.sends, inboxBell: bells.inbox, clock: clock, health: health, metrics: metrics,
      alarm: alarms.alarm, log: log)
  }
}
