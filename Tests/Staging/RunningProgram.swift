package import Foundation
internal import Synchronization

/// A program, the real binary unless another is named, as a process of its own; all that it writes
/// goes to a file.
///
/// It is started and waited for by the system's own calls. Foundation's `Process` learns late, under
/// load sometimes never, of a child's end, and a readability handler whose pipe goes away crashes
/// libdispatch.
package final class RunningProgram: Sendable {
  private let process: pid_t
  private let output: URL
  private let status = Mutex<Int32?>(nil)

  /// The binary that was built beside this test.
  package static var binary: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "switchboard")
  }

  /// Starts the program. Throws `CannotStart`.
  package init(
    _ arguments: [String], of executable: URL = binary, environment: [String: String],
    directory: URL
  ) throws {
    output = FileManager.default.temporaryDirectory.appending(
      path: "switchboard-output-\(UUID().uuidString)")
    process = try ChildProcess.start(
      [executable.path(percentEncoded: false)] + arguments, environment: environment,
      directory: directory.path(percentEncoded: false),
      output: output.path(percentEncoded: false))
  }

  deinit {
    if isRunning {
      kill(process, SIGKILL)
      _ = ChildProcess.waitForEnd(of: process)
    }
    try? FileManager.default.removeItem(at: output)
  }

  /// Everything that it has written.
  package var log: String {
    String(decoding: (try? Data(contentsOf: output)) ?? Data(), as: UTF8.self)
  }

  /// The whole lines that it has written.
  package var lines: [Substring] {
    log.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
  }

  /// Whether it still runs; when not, `log` is whole, unless it left children behind.
  package var isRunning: Bool {
    status.withLock { status in
      status = status ?? ChildProcess.status(of: process)
      return status == nil
    }
  }

  /// The port of its web server.
  package var port: Int {
    get throws {
      guard let line = servingLine,
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        let port = object["port"] as? Int
      else { throw NeverHappened(what: "a port") }
      return port
    }
  }

  private var servingLine: Substring? { lines.first { $0.contains("\"serving\"") } }

  /// Waits until the binary tells its port.
  package func waitUntilServing() async throws {
    try await eventually("serving: \(log)") {
      if !isRunning { throw NeverHappened(what: "serving: \(log)") }
      return servingLine != nil
    }
  }

  /// Waits until it has written a line with the text; gives that line.
  package func line(
    holding text: String, within limit: Duration = .seconds(60)
  ) async throws -> String {
    var found: Substring?
    try await eventually("\"\(text)\" in:\n\(log)", within: limit) {
      found = lines.last { $0.contains(text) }
      return found != nil
    }
    return found.map(String.init) ?? ""
  }

  /// Sends a signal and waits for the end; gives the exit status, for a signal its negative.
  @discardableResult
  package func end(_ signal: Int32) async throws -> Int32 {
    if isRunning { kill(process, signal) }
    return try await waitForEnd()
  }

  /// Waits for the end; gives the exit status, for a signal its negative.
  package func waitForEnd(within limit: Duration = .seconds(60)) async throws -> Int32 {
    try await eventually("the end of the program", within: limit) { !isRunning }
    return status.withLock { $0 } ?? 0
  }
}
