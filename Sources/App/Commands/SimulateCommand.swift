internal import Foundation
internal import Gateways
internal import HTTPClient
internal import HTTPServer
internal import Platform
internal import Simulator

/// `switchboard simulate telegram|model`: one stand-in by itself, for trying and for tests.
struct SimulateCommand: Sendable {
  let standIn: Command.StandIn

  /// Where the stand-ins begin to look for a free port, apart from the program's own.
  private static let firstPort = 8090

  func run() async -> ExitStatus {
    do {
      let log = Log(minimum: .warning, clock: .system) { _ in }
      let client = try HTTPClient()
      let (routes, service) = parts(client.transport)
      let (server, port) = try DemoCommand.serve(routes, from: Self.firstPort, log: log)
      print(hint(port))
      fflush(nil)
      let group = ServiceGroup(
        [server] + service, stopDeadline: .seconds(5), log: log)
      try await Signals.untilTermination { try await group.run() }
      await client.shutdown()
      return .well
    } catch {
      printError("switchboard: \(error)")
      return .trouble
    }
  }

  private func parts(_ transport: HTTPTransport) -> ([HTTPRoute], [any Service]) {
    switch standIn {
    case .telegram:
      var settings = TelegramSimulator.Settings()
      settings.rememberedWire = 500
      let telegram = TelegramSimulator(
        settings: settings, clock: .system, transport: transport)
      let page = DemoPage(telegram: telegram, modelName: "", isStandIn: false)
      return (page.routes + telegram.routes, [telegram.webhookDelivery].compactMap { $0 })
    case .model:
      return (ModelSimulator(clock: .system).routes, [])
    }
  }

  private func hint(_ port: Int) -> String {
    switch standIn {
    case .telegram:
      let token = TelegramSimulator.Settings().token.reveal()
      return "a stand-in Telegram: TELEGRAM_API_URL=http://127.0.0.1:\(port) "
        + "TELEGRAM_BOT_TOKEN=\(token) (chats: http://127.0.0.1:\(port)/)"
    case .model:
      return "a stand-in model: OPENAI_BASE_URL=http://127.0.0.1:\(port)/v1 "
        + "OPENAI_API_KEY=any OPENAI_MODEL=stand-in"
    }
  }
}
