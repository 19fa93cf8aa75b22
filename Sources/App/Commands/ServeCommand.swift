internal import Platform

/// `switchboard serve`: connects the bot with the model until SIGTERM or SIGINT.
struct ServeCommand: Sendable {
  let setup: Setup

  func run() async -> ExitStatus {
    let problems = setup.configuration.problemsForServing
    for problem in setup.warnings + problems { printError("switchboard: \(problem)") }
    guard problems.isEmpty else { return .usage }
    do {
      let runtime = Runtime(setup: setup, log: try setup.log(.system))
      try await Signals.untilTermination { try await runtime.run { _ in } }
      return .well
    } catch {
      printError("switchboard: \(error)")
      return .trouble
    }
  }
}
