import Foundation
import Gateways
import Staging

/// The tools of others, which are written in Python.
enum Python {
  /// What is installed together.
  enum Tools: String {
    /// Small enough for every run.
    case normal = "requirements.txt"
    /// For the long mode.
    case long = "requirements-long.txt"
  }

  /// Whether the tests that take long are wanted.
  static var runsLongTests: Bool {
    !["", "0"].contains(ProcessInfo.processInfo.environment["SWITCHBOARD_LONG_TESTS"] ?? "")
  }

  /// The folder of the tests' own scripts.
  static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "python")

  /// Installs the tools unless they are there, and gives the folder of their programs.
  static func folder(of tools: Tools) async throws -> URL {
    let script = scripts.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "scripts/python-tools")
    let installation = try RunningProgram(
      [scripts.appending(path: tools.rawValue).path()], of: script,
      environment: ProcessInfo.processInfo.environment, directory: scripts)
    guard try await installation.waitForEnd(within: .seconds(900)) == 0 else {
      throw ToolFailed(log: installation.log)
    }
    let path = installation.log.split(separator: "\n").last.map(String.init) ?? ""
    return URL(fileURLWithPath: path)
  }

  /// Runs one of the tests' own scripts to its end; gives what it has written.
  @discardableResult
  static func run(
    _ script: String, _ arguments: [String], with tools: Tools = .normal, in directory: URL
  ) async throws -> String {
    let python = try await folder(of: tools).appending(path: "python")
    let program = try RunningProgram(
      [scripts.appending(path: script).path()] + arguments, of: python,
      environment: environment, directory: directory)
    let status = try await program.waitForEnd(within: .seconds(120))
    guard status == 0 else { throw ToolFailed(log: program.log) }
    return program.log
  }

  /// Starts a tool and waits until it answers at an address.
  static func start(
    _ tool: String, _ arguments: [String], environment more: [String: String] = [:],
    with tools: Tools = .normal, answersAt url: String, on stage: Stage
  ) async throws -> RunningProgram {
    let program = try RunningProgram(
      arguments, of: try await folder(of: tools).appending(path: tool),
      environment: environment.merging(more) { $1 }, directory: stage.directory)
    try await eventually("\(tool) answers", within: .seconds(90)) {
      guard program.isRunning else { throw ToolFailed(log: program.log) }
      return await stage.fetch("GET", url)?.status == 200
    }
    return program
  }

  private static let environment = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "PYTHONUNBUFFERED": "1",
    "PYTHONDONTWRITEBYTECODE": "1", "NO_PROXY": "127.0.0.1", "HOME": NSTemporaryDirectory(),
  ]
}

/// A tool of others found something, or could not be run.
struct ToolFailed: Error, CustomStringConvertible {
  let log: String
  var description: String { log }
}
