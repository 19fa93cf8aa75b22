package import Foundation
package import Gateways
package import HTTPClient
internal import HTTPServer
internal import Platform
package import Simulator

/// The stand-ins on a real server, and a folder for the program's files.
package final class Stage: Sendable {
  /// A look at what is asked of the stand-in Telegram, and at what it answers.
  package typealias Observer = @Sendable (HTTPServerRequest, HTTPServerResponse) -> Void

  package let telegram: TelegramSimulator
  package let model: ModelSimulator
  package let client: HTTPClient
  /// Where the stand-ins listen.
  package let port: Int
  /// For the program's files; removed afterwards.
  package let directory: URL
  private let server: HTTPServer

  private init(
    telegram: TelegramSimulator, model: ModelSimulator, client: HTTPClient, server: HTTPServer,
    port: Int, directory: URL
  ) {
    self.telegram = telegram
    self.model = model
    self.client = client
    self.server = server
    self.port = port
    self.directory = directory
  }

  /// Runs a test on a stage of its own; everything is taken down afterwards.
  package static func run(
    telegram settings: TelegramSimulator.Settings = .init(),
    chunkDelay: Duration = .milliseconds(1), observer: Observer? = nil,
    _ body: @escaping @Sendable (Stage) async throws -> Void
  ) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(
      path: "switchboard-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let client = try HTTPClient()
    let telegram = TelegramSimulator(
      settings: settings, clock: .system, transport: client.transport)
    var pace = ModelSimulator.Settings()
    // The stand-in Telegram on the same server has the usual one.
    pace.controlPath = "/_model"
    pace.firstChunkDelay = chunkDelay
    pace.chunkDelay = chunkDelay
    let model = ModelSimulator(settings: pace, clock: .system)
    var control = HTTPServerSettings(host: "127.0.0.1", port: 0)
    control.stopDeadline = .milliseconds(200)
    let server = HTTPServer(
      settings: control, routes: observed(telegram.routes, by: observer) + model.routes,
      log: .silent)
    let stage = Stage(
      telegram: telegram, model: model, client: client, server: server,
      port: try server.start(), directory: directory)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      if let deliveries = telegram.webhookDelivery {
        group.addTask { try await deliveries.run() }
      }
      defer { group.cancelAll() }
      try await body(stage)
    }
    await client.shutdown()
  }

  private static func observed(_ routes: [HTTPRoute], by observer: Observer?) -> [HTTPRoute] {
    guard let observer else { return routes }
    return routes.map { route in
      var observed = route
      observed.handle = { request in
        let response = await route.handle(request)
        observer(request, response)
        return response
      }
      return observed
    }
  }

  /// The variables that direct a program at the stand-ins.
  package var environment: [String: String] {
    [
      "TELEGRAM_API_URL": "http://127.0.0.1:\(port)",
      "TELEGRAM_BOT_TOKEN": TelegramSimulator.Settings().token.reveal(),
      "OPENAI_BASE_URL": "http://127.0.0.1:\(port)/v1", "OPENAI_API_KEY": "key",
      "OPENAI_MODEL": "stand-in", "WEB_SERVER_PORT": "0", "LOG_FORMAT": "json",
      "DATABASE_URL": "sqlite:\(directory.path())/switchboard.db",
    ]
  }

  /// Starts the program and waits until it serves.
  package func start(_ more: [String: String] = [:]) async throws -> RunningProgram {
    let program = try RunningProgram(
      ["serve"], environment: environment.merging(more) { $1 }, directory: directory)
    try await program.waitUntilServing()
    return program
  }

  /// What the bot wrote in a chat, oldest first; formatted messages as the JSON of their blocks.
  package func said(in chat: Int64) -> [String] {
    let messages = telegram.transcript(of: chat)?.messages ?? []
    return messages.filter(\.from.isBot).map { message in
      message.text ?? message.blocks.map { "\($0)" } ?? ""
    }
  }

  /// Waits until the bot has written as many messages in a chat.
  package func waitForMessages(_ count: Int, in chat: Int64) async throws -> [String] {
    try await eventually("\(count) messages in chat \(chat)") { said(in: chat).count >= count }
    return said(in: chat)
  }
}

/// Waits for something that another process brings about; it fails after the time is up.
package func eventually(
  _ what: @autoclosure () -> String, within limit: Duration = .seconds(60),
  _ condition: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + limit
  while ContinuousClock.now < deadline {
    if try await condition() { return }
    try await Task.sleep(for: .milliseconds(15))
  }
  throw NeverHappened(what: what())
}

/// What a test waited for in vain.
package struct NeverHappened: Error, CustomStringConvertible {
  let what: String

  /// Makes the error.
  package init(what: String) { self.what = what }

  package var description: String { "never happened: \(what)" }
}
