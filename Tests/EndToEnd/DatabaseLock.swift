import Foundation
import Staging

/// Another program that keeps the database to itself, as a backup gone wrong would.
final class DatabaseLock: Sendable {
  private let process: Process
  private let input = Pipe()
  private let output = Pipe()

  init(_ path: String) throws {
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      """
      import sqlite3, sys
      connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
      connection.execute("BEGIN IMMEDIATE")
      print("held", flush=True)
      sys.stdin.readline()
      """, path,
    ]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  func waitUntilHeld() throws {
    guard output.fileHandleForReading.availableData.count > 0 else {
      throw NeverHappened(what: "the lock")
    }
  }

  func release() async throws {
    try input.fileHandleForWriting.close()
    try await eventually("the lock is released") { !process.isRunning }
  }
}
