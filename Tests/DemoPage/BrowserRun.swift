import Foundation
import Staging

/// One run of all cases in a browser, shared by the tests: a demo, a Chromium, a Python.
actor BrowserRun {
  static let shared = BrowserRun()

  /// How a case ended.
  struct Outcome: Decodable, Sendable {
    /// The case's name.
    var `case`: String
    /// What Python said when it failed; nil when it held.
    var trouble: String?
  }

  /// Why there is no run.
  struct CannotRun: Error, CustomStringConvertible {
    let description: String
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let python = root.appending(path: "Tests/DemoPage/python")
  private static let browser = "/usr/bin/chromium"

  /// What of the environment is handed on: beside the usual, what pip needs where the network is
  /// reached by a proxy or a mirror. No setting of a bot is among it.
  private static let environment = ProcessInfo.processInfo.environment.filter {
    [
      "PATH", "HOME", "LANG", "TMPDIR", "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY",
      "HTTPS_PROXY", "NO_PROXY", "PIP_INDEX_URL", "PIP_CONFIG_FILE", "PIP_CERT", "SSL_CERT_FILE",
      "REQUESTS_CA_BUNDLE",
    ].contains($0.key)
  }

  private var run: Task<[String: Outcome], any Error>?

  /// The outcomes by the names of the cases; the first to ask runs them.
  func outcomes() async throws -> [String: Outcome] {
    let run = self.run ?? Task.detached { try await Self.perform() }
    self.run = run
    return try await run.value
  }

  private static func perform() async throws -> [String: Outcome] {
    guard FileManager.default.isExecutableFile(atPath: browser) else {
      throw CannotRun(description: "there is no \(browser); run scripts/install-packages test")
    }
    let folder = FileManager.default.temporaryDirectory
    let demo = try RunningProgram(
      ["demo"], environment: environment.merging(["WEB_SERVER_PORT": "0"]) { $1 },
      directory: folder)
    let greeting = try await demo.line(holding: "http://", within: .seconds(30))
    guard let address = greeting.split(separator: " ").first(where: { $0.hasPrefix("http://") })
    else { throw CannotRun(description: "no address in: \(greeting)") }
    let script = #"tools=$("$1" "$2") && "$tools/python" -B "$3" "$4" "$5"; echo "status $?""#
    let cases = try RunningProgram(
      [
        "-c", script, "cases", root.appending(path: "scripts/python-tools").path(),
        python.appending(path: "requirements.txt").path(), python.appending(path: "run.py").path(),
        browser, String(address),
      ], of: URL(fileURLWithPath: "/bin/bash"), environment: environment, directory: folder)
    let end = try await cases.line(holding: "status ", within: .seconds(480))
    guard end == "status 0" else {
      throw CannotRun(description: cases.log)
    }
    let outcomes = cases.lines.compactMap {
      try? JSONDecoder().decode(Outcome.self, from: Data($0.utf8))
    }
    return Dictionary(outcomes.map { ($0.case, $0) }) { first, _ in first }
  }
}
