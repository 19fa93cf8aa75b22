internal import Foundation
internal import Platform

/// The program: reads the command line and the configuration, and does what it was asked.
@main
struct Switchboard {
  static func main() async {
    let status: ExitStatus
    do throws(UsageError) {
      status = await run(try Command.parse(Array(CommandLine.arguments.dropFirst())))
    } catch {
      printError("switchboard: \(error)\n\n\(Usage.text)")
      status = .usage
    }
    exit(status.rawValue)
  }

  private static func run(_ command: Command) async -> ExitStatus {
    switch command {
    case .help:
      print(Usage.text)
      return .well
    case .version:
      print(Version.line)
      return .well
    case .simulate(let standIn):
      return await SimulateCommand(standIn: standIn).run()
    case .serve:
      return await configured { await ServeCommand(setup: $0).run() }
    case .demo:
      return await configured { await DemoCommand(setup: $0).run() }
    case .check:
      return await configured { await CheckCommand(setup: $0).run() }
    case .statistics:
      return await configured { await StatisticsCommand(setup: $0).run() }
    case .evaluateHandoff(let file):
      return EvaluateCommand(file: file).run()
    case .quarantine(let action):
      return await configured { await QuarantineCommand(setup: $0, action: action).run() }
    }
  }

  private static func configured(_ body: (Setup) async -> ExitStatus) async -> ExitStatus {
    do throws(ConfigurationErrors) {
      return await body(try Setup.read())
    } catch {
      for problem in error.problems + error.warnings { printError("switchboard: \(problem)") }
      return .usage
    }
  }
}

/// Writes a line to the standard error.
func printError(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
