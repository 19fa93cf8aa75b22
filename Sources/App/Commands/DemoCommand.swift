internal import Conversation
internal import Foundation
internal import Gateways
internal import HTTPServer
internal import Platform
internal import Simulator

/// `switchboard demo`: the whole program over real HTTP against stand-ins, with the clients' chats
/// and the operators' in the browser. With `OPENAI_API_KEY` the real model answers.
struct DemoCommand: Sendable {
  let setup: Setup

  func run() async -> ExitStatus {
    do {
      var telegramSettings = TelegramSimulator.Settings()
      telegramSettings.rememberedWire = 500
      let telegram = TelegramSimulator(settings: telegramSettings, clock: .system)
      var modelSettings = ModelSimulator.Settings()
      modelSettings.controlPath = "/_simulator/model"
      let model = ModelSimulator(settings: modelSettings, clock: .system)
      let isStandIn = setup.configuration.model.key == nil
      let page = DemoPage(
        telegram: telegram, modelName: isStandIn ? "stand-in" : setup.configuration.model.names[0],
        isStandIn: isStandIn)
      let routes = page.routes + telegram.routes + model.routes
      let (server, port) = try Self.serve(
        routes, from: setup.configuration.web.port, log: .silent)
      let address = "http://127.0.0.1:\(port)"
      let demo = demo(address, isStandIn, page.staff)
      let runtime = Runtime(
        setup: demo, log: try demo.log(.system),
        watchingModel: { telegram.wire.watching($0) })
      try await Signals.untilTermination {
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await server.run() }
          group.addTask {
            try await runtime.run { _ in
              print("Switchboard's demo: open \(address)/ in a browser; Ctrl-C ends it.")
              fflush(nil)
            }
          }
          defer { group.cancelAll() }
          try await group.next()
        }
      }
      return .well
    } catch {
      printError("switchboard: \(error)")
      return .trouble
    }
  }

  /// The owner's configuration, directed at the stand-ins and at a store that ends with the demo.
  ///
  /// Operators work in the page's chats, unless the owner has named others.
  private func demo(_ address: String, _ isStandIn: Bool, _ staff: DemoPage.Staff?) -> Setup {
    var demo = setup
    demo.configuration.telegram = Configuration.Telegram()
    demo.configuration.telegram.token = TelegramSimulator.Settings().token
    demo.configuration.telegram.apiURL = address
    if isStandIn {
      demo.configuration.model.baseURL = address + "/v1"
      demo.configuration.model.key = Secret("stand-in")
      demo.configuration.model.names = ["stand-in"]
      demo.configuration.model.proxy = nil
    }
    if let staff, demo.configuration.operators.chats.isEmpty {
      demo.configuration.operators.chats = [staff.person, staff.forum]
    }
    demo.configuration.operators.rating = true
    demo.configuration.administration.token = nil
    demo.configuration.store.database = .memory
    demo.configuration.logging.level = max(demo.configuration.logging.level, .warning)
    demo.configuration.web = Configuration.Web()
    demo.configuration.web.port = 0
    return demo
  }

  /// Serves on the first free port from `first` on; when twenty are taken, on any.
  static func serve(
    _ routes: [HTTPRoute], from first: Int, log: Log
  ) throws -> (HTTPServer, port: Int) {
    for port in Array(first..<first + 20) + [0] {
      var settings = HTTPServerSettings(host: "127.0.0.1", port: port)
      // The bot's long poll would otherwise hold up the end.
      settings.stopDeadline = .milliseconds(200)
      let server = HTTPServer(settings: settings, routes: routes, log: log)
      if let bound = try? server.start() { return (server, bound) }
    }
    throw Runtime.CannotStart(description: "no port is free for the demo")
  }
}
