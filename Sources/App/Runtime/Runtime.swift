internal import Assist
internal import Conversation
internal import Delivery
internal import Desk
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
  let metrics = Metrics()
  let health = Health()
  let bells = Bells()
  let owner = "\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)"

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

  var configuration: Configuration { setup.configuration }

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
    let staff = try await staff(outside, store, alarms)
    let port = AsyncStream<Int>.makeStream()
    let source = UpdateSource(
      account: outside.telegram.account, way: way, clock: clock, health: health, log: log,
      makeIntake: { intake($0, outside, store, staff) },
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
      routes: webhookRoutes(way, source) + apiRoutes(store, staff)
        + Observation(health: health, metrics: metrics).routes,
      log: log)
    port.continuation.yield(try start(server))
    port.continuation.finish()
    // The first to start is the last to stop: what has come in is still worked off and sent.
    let group = ServiceGroup(
      [
        alarms, caretaker(store, alarms), delivery(outside, store, staff, alarms),
        turn(store, staff, alarms), assist(outside, store, alarms), server,
        CommandRegistration(
          account: outside.telegram.account, texts: setup.texts,
          staffChats: staff.roster?.staffChats.map(\.chat) ?? [], staffLanguage: staff.language,
          clock: clock, log: log),
      ] + staff.services + [source], stopDeadline: .seconds(20), clock: clock, log: log)
    try await withTaskCancellationHandler {
      try await group.run()
    } onCancel: {
      health.enter(.stopping)
    }
  }
}
