internal import Assist
internal import Conversation
internal import Delivery
internal import Gateways
internal import HTTPServer
internal import Handoff
internal import Intake
internal import Markdown
internal import Platform
internal import Storage
internal import StorageSQLite
internal import TelegramAPI
internal import Turn

/// The parts of the program, each made from the settings.
extension Runtime {
  var format: AnswerFormat { .markdown() }

  func openStore() async throws -> any Store {
    switch configuration.store.database {
    case .file(let path): return try await SQLiteStore.open(path: path)
    case .memory: return try await SQLiteStore.open(path: SQLiteStore.inMemory)
    case .postgres: throw CannotStart(description: "PostgreSQL is not supported yet")
    }
  }

  func start(_ server: HTTPServer) throws -> Int {
    do throws(HTTPServerError) {
      return try server.start()
    } catch {
      throw CannotStart(
        description: "the web server cannot listen on \(configuration.web.host) port "
          + "\(configuration.web.port) (\(error.code.rawValue)); "
          + "set WEB_SERVER_HOST and WEB_SERVER_PORT to ones that are free")
    }
  }

  func way(_ outside: Outside) async throws -> UpdateSource.Way {
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

  func webhookRoutes(_ way: UpdateSource.Way, _ source: UpdateSource) -> [HTTPRoute] {
    guard case .webhook(let target) = way else { return [] }
    let secret = Secret(target.secret)
    let webhook = Webhook(
      intake: { source.intake }, isSecret: { WebhookSecret.matches($0, secret) })
    return webhook.routes(path: configuration.web.webhookPath)
  }

  func intake(
    _ identity: BotIdentity, _ outside: Outside, _ store: any Store, _ staff: StaffParts
  ) -> Intake {
    Intake(
      store: store, decoder: outside.telegram.decoder(for: identity), identity: identity,
      policy: IntakePolicy(
        groupMemory: configuration.dialogue.groupMemory == .person ? .person : .shared,
        administrator: configuration.administration.chat.map { ChatID($0) },
        isStaff: { staff.roster?.kind(of: $0) != nil }),
      bell: bells.inbox, clock: clock, metrics: metrics, log: log)
  }

  func alarms(_ outside: Outside, _ store: any Store) -> AlarmBell {
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

  func caretaker(_ store: any Store, _ alarms: AlarmBell) -> Caretaker {
    Caretaker(
      store: store, retentionDays: configuration.dialogue.retentionDays, clock: clock,
      health: health, metrics: metrics, alarm: alarms.alarm, log: log)
  }

  func turn(
    _ store: any Store, _ staff: StaffParts, _ alarms: AlarmBell
  ) -> TurnWorker {
    let wishes = CustomerWishes(hasOperators: staff.roster != nil)
    return TurnWorker(
      store: store, owner: owner,
      settings: .init(attempts: configuration.dialogue.inboxAttempts), door: staff.door,
      staff: staff.side, texts: setup.texts, wish: { wishes.wish(in: $0) }, bells: bells,
      clock: clock, alarm: alarms.alarm, log: log)
  }

  func assist(
    _ outside: Outside, _ store: any Store, _ alarms: AlarmBell
  ) -> AssistWorker {
    AssistWorker(
      store: store, messenger: outside.telegram.messenger, model: outside.model, format: format,
      owner: owner,
      settings: AssistSettings(
        models: configuration.model.names, maxTokens: configuration.model.maxTokens,
        timeout: configuration.model.timeout, instructions: setup.instructions,
        concurrency: Outside.answersAtOnce,
        handOver: configuration.operators.chats.isEmpty
          ? nil : .init(promises: { AnswerPromise.promisesHandoff($0) })),
      bell: bells.answers, inboxBell: bells.inbox, clock: clock,
      random: { Double.random(in: 0...1) }, health: health, metrics: metrics,
      alarm: alarms.alarm, log: log)
  }

  func delivery(
    _ outside: Outside, _ store: any Store, _ staff: StaffParts, _ alarms: AlarmBell
  ) -> DeliveryWorker {
    let watch = DeliveryWorker.ChatWatch(
      topicsRefused: { staff.roster?.topicsRefused(in: $0) },
      migrated: { staff.roster?.migrated(from: $0, to: $1) })
    return DeliveryWorker(
      store: store, messenger: outside.telegram.messenger, format: format, owner: owner,
      settings: .init(lease: max(.seconds(90), configuration.telegram.timeout + .seconds(60))),
      bell: bells.sends, inboxBell: bells.inbox, clock: clock, health: health, metrics: metrics,
      alarm: alarms.alarm, watch: watch, log: log)
  }
}
