import Foundation
import Staging

/// Another program that keeps the database to itself, as a backup gone wrong would.
struct DatabaseLock {
  private let program: RunningProgram

  /// Starts the program and waits until it has the database.
  static func hold(_ database: String, in directory: URL) async throws -> DatabaseLock {
    let script = """
      import signal, sqlite3, sys
      connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
      connection.execute("BEGIN IMMEDIATE")
      print("held", flush=True)
      signal.pause()
      """
    let program = try RunningProgram(
      ["python3", "-c", script, database], of: URL(fileURLWithPath: "/usr/bin/env"),
      environment: ProcessInfo.processInfo.environment, directory: directory)
    _ = try await program.line(holding: "held")
    return DatabaseLock(program: program)
  }

  /// Ends the program.
  func release() async throws { try await program.end(SIGTERM) }
}
