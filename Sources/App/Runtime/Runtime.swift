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
    DescriptorLimit.raise(to: 65_536)
    let outside = try Outside(
      configuration: configuration, clock: clock, metrics: metrics, log: log,
      watchingModel: watchingModel)
    let store = try await openStore()
    do {
      let identity = try await identity(of: outside.telegram.account)
      try await serve(outside, store, identity, started)
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
    _ outside: Outside, _ store: any Store, _ identity: BotIdentity,
    _ started: @escaping @Sendable (Int) -> Void
  ) async throws {
    let intake = Intake(
      store: store, decoder: outside.telegram.decoder(for: identity), identity: identity,
      policy: intakePolicy, bell: bells.inbox, clock: clock, metrics: metrics, log: log)
    let (source, webhookRoutes) = updateSource(outside, intake)
    let server = HTTPServer(
      settings: HTTPServerSettings(host: configuration.web.host, port: configuration.web.port),
      routes: webhookRoutes + Observation(health: health, metrics: metrics, store: store).routes,
      log: log)
    let port = try start(server)
    // The first to start is the last to stop: what has come in is still worked off and sent.
    let group = ServiceGroup(
      [
        Caretaker(store: store, clock: clock, health: health, metrics: metrics, log: log),
        delivery(outside, store), turn(store), assist(outside, store), server,
        CommandRegistration(
          account: outside.telegram.account, texts: setup.texts, clock: clock, log: log),
        source,
      ], stopDeadline: .seconds(20), clock: clock, log: log)
    if !identity.readsAllGroupMessages {
      log.info(
        "privacy mode is on: in groups the bot hears only mentions, replies and commands",
        [.remedy: "to hear everything: /setprivacy at @BotFather, then add it to the group again"])
    }
    health.enter(.serving)
    log.info("serving", [.version: .text(Version.number), .port: .count(port)])
    started(port)
    try await group.run()
    health.enter(.stopping)
  }
}

// MARK: The parts

extension Runtime {
  private var format: AnswerFormat { .markdown() }

  private var intakePolicy: IntakePolicy {
    IntakePolicy(
      groupMemory: configuration.dialogue.groupMemory == .person ? .person : .shared,
      administrator: configuration.administration.chat.map { ChatID($0) })
  }

  private func openStore() async throws -> any Store {
    switch configuration.store.database {
    case .file(let path): return try await SQLiteStore.open(path: path)
    case .memory: return try await SQLiteStore.open(path: SQLiteStore.inMemory)
    case .postgres: throw CannotStart(description: "PostgreSQL is not supported yet")
    }
  }

  private func identity(of account: BotAccount) async throws -> BotIdentity {
    var pause = Duration.seconds(1)
    while true {
      do throws(BotAccountError) {
        return try await account.identity()
      } catch .unauthorized {
        throw CannotStart(
          description: "Telegram refuses the token; "
            + "set TELEGRAM_BOT_TOKEN to the one that @BotFather shows")
      } catch {
        log.warning(
          "Telegram cannot be reached; trying again",
          [.reason: .text(String(describing: error)), .seconds: .number(pause.inSeconds)])
        try await clock.sleep(pause)
        pause = min(pause * 2, .seconds(60))
      }
    }
  }

  private func start(_ server: HTTPServer) throws -> Int {
    do {
      return try server.start()
    } catch {
      throw CannotStart(
        description: "the web server cannot listen on \(configuration.web.host) port "
          + "\(configuration.web.port) (\(error.code.rawValue)); "
          + "set WEB_SERVER_HOST and WEB_SERVER_PORT to ones that are free")
    }
  }

  private func updateSource(
    _ outside: Outside, _ intake: Intake
  ) -> (any Service, [HTTPRoute]) {
    guard let webhook = configuration.web.webhook, let token = configuration.telegram.token else {
      let poller = Poller(
        account: outside.telegram.account, intake: intake, clock: clock, health: health, log: log)
      return (poller, [])
    }
    let secret = webhook.secret ?? WebhookSecret.derived(from: token)
    let path = configuration.web.webhookPath
    let registration = WebhookRegistration(
      account: outside.telegram.account,
      target: WebhookTarget(url: webhook.baseURL + path, secret: secret.reveal()), clock: clock,
      health: health, log: log)
    let endpoint = Webhook(intake: intake) { WebhookSecret.matches($0, secret) }
    return (registration, endpoint.routes(path: path))
  }

  private func turn(_ store: any Store) -> TurnWorker {
    TurnWorker(
      store: store, owner: owner,
      settings: .init(attempts: configuration.dialogue.inboxAttempts),
      policy: DialoguePolicy(
        questionsPerMinute: configuration.dialogue.messagesPerMinute,
        warnsOfFullContext: configuration.dialogue.tokenWarning),
      texts: setup.texts, format: format, bells: bells, clock: clock, log: log)
  }

  private func assist(_ outside: Outside, _ store: any Store) -> AssistWorker {
    AssistWorker(
      store: store, messenger: outside.telegram.messenger, model: outside.model, format: format,
      owner: owner,
      settings: AssistSettings(
        models: configuration.model.names,
        maxTokens: configuration.model.maxTokens,
        timeout: configuration.model.timeout, instructions: setup.instructions),
      bell: bells.answers, inboxBell: bells.inbox, clock: clock,
      random: { Double.random(in: 0...1) }, health: health, metrics: metrics, log: log)
  }

  private func delivery(_ outside: Outside, _ store: any Store) -> DeliveryWorker {
    DeliveryWorker(
      store: store, messenger: outside.telegram.messenger, format: format, owner: owner,
      settings: .init(), bell: bells.sends, inboxBell: bells.inbox, clock: clock, health: health,
      metrics: metrics, log: log)
  }
}
