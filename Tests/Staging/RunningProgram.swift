package import Foundation
internal import Synchronization

/// A program, the real binary unless another is named, as a process of its own.
package final class RunningProgram: Sendable {
  private struct Output {
    var text = ""
    var port: Int?
    var isClosed = false
  }

  private let process: Process
  private let output = Mutex(Output())

  /// The binary that was built beside this test.
  package static var binary: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "switchboard")
  }

  /// Starts the program; all that it writes is kept.
  package init(
    _ arguments: [String], of executable: URL = binary, environment: [String: String],
    directory: URL
  ) throws {
    process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = directory
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    pipe.fileHandleForReading.readabilityHandler = { [weak self] handle in
      let data = handle.availableData
      if data.isEmpty {
        handle.readabilityHandler = nil
        self?.output.withLock { $0.isClosed = true }
      }
      self?.append(String(decoding: data, as: UTF8.self))
    }
    try process.run()
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  /// Everything that it has written.
  package var log: String { output.withLock { $0.text } }

  /// Whether it still runs.
  package var isRunning: Bool { process.isRunning }

  /// Whether `log` will not grow any more.
  package var hasClosedOutput: Bool { output.withLock { $0.isClosed } }

  /// The port of its web server.
  package var port: Int {
    get throws {
      guard let port = output.withLock({ $0.port }) else { throw NeverHappened(what: "a port") }
      return port
    }
  }

  /// Waits until the binary tells its port.
  package func waitUntilServing() async throws {
    try await eventually("serving: \(log)") {
      if !process.isRunning { throw NeverHappened(what: "serving: \(log)") }
      return output.withLock { $0.port != nil }
    }
  }

  /// Sends a signal and waits for the end; gives the exit status, for a signal its negative.
  @discardableResult
  package func end(_ signal: Int32) async throws -> Int32 {
    kill(process.processIdentifier, signal)
    return try await waitForEnd()
  }

  /// Waits for the end; gives the exit status, for a signal its negative.
  package func waitForEnd(within limit: Duration = .seconds(60)) async throws -> Int32 {
    try await eventually("the end of the program", within: limit) { !process.isRunning }
    return process.terminationReason == .exit
      ? process.terminationStatus : -process.terminationStatus
  }

  private func append(_ text: String) {
    output.withLock { output in
      output.text += text
      guard output.port == nil, let line = Self.servingLine(output.text) else { return }
      output.port = Self.port(in: line)
    }
  }

  private static func servingLine(_ text: String) -> Substring? {
    text.split(separator: "\n").first { $0.contains("\"serving\"") && $0.hasSuffix("}") }
  }

  private static func port(in line: Substring) -> Int? {
    let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    return object?["port"] as? Int
  }
}
