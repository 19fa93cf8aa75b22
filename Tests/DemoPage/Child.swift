import Foundation

/// A program that a test starts, whose output goes to a file. What it does is seen by its output
/// only: Foundation's own signs of a child's end and of a closed pipe come late or never under load.
final class Child: Sendable {
  private let process: Process
  private let output: URL

  /// Starts a program; of the environment, only what it needs to run is handed on.
  init(_ program: URL, _ arguments: [String], environment: [String: String] = [:]) throws {
    output = FileManager.default.temporaryDirectory.appending(
      path: "switchboard-demo-page-\(UUID().uuidString)")
    try Data().write(to: output)
    let sink = try FileHandle(forWritingTo: output)
    process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .filter { Self.kept.contains($0.key) }.merging(environment) { $1 }
    process.currentDirectoryURL = FileManager.default.temporaryDirectory
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = sink
    process.standardError = sink
    try process.run()
    try sink.close()
  }

  /// Beside the usual, what pip needs where the network is reached by a proxy or a mirror.
  private static let kept: Set<String> = [
    "PATH", "HOME", "LANG", "TMPDIR", "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY",
    "HTTPS_PROXY", "NO_PROXY", "PIP_INDEX_URL", "PIP_CONFIG_FILE", "PIP_CERT", "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
  ]

  deinit { end() }

  /// Asks the program to end, and throws its output away.
  func end() {
    process.terminate()
    try? FileManager.default.removeItem(at: output)
  }

  /// The whole lines that it has written.
  var lines: [String] {
    let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// Waits until it has written a line with the text; gives that line.
  func line(holding text: String, within limit: Duration) async throws -> String {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
      if let line = lines.last(where: { $0.contains(text) }) { return line }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw BrowserRun.CannotRun(description: "no \"\(text)\" in:\n\(lines.joined(separator: "\n"))")
  }
}
