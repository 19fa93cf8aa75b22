import Foundation
import Simulator
import Staging
import Testing

/// The HTTP API of the real program, tried by schemathesis: it reads the API's own document, makes up
/// requests that fit it and requests that do not, and looks at every answer.
@Suite(.serialized) struct APITests {
  private static let token = "b1946ac92492d2347c6235b4d2611184"

  @Test func schemathesisFindsTheDocumentTrue() async throws {
    try await Self.tryAPI(examples: 8, dialogue: nil)
  }

  /// The numbers that schemathesis makes up are mostly those of no dialogue; here all are of one.
  @Test(.enabled(if: Python.runsLongTests)) func schemathesisTroublesOneDialogue() async throws {
    try await Self.tryAPI(examples: 100, dialogue: 1)
  }

  private static func tryAPI(examples: Int, dialogue: Int?) async throws {
    try await Stage.run { stage in
      let staff = stage.telegram.addPerson("Olga", language: "en")
      let program = try await stage.start([
        "ADMIN_TOKEN": token, "OPERATOR_CHAT_ID": "\(staff)",
      ])
      for name in ["Anna", "Boris", "Clara"] {
        let person = stage.telegram.addPerson(name, language: "en")
        try stage.telegram.post("A question", from: person)
        _ = try await stage.waitForMessages(1, in: person)
      }
      let configuration = dialogue.map { "[parameters]\n\"path.id\" = \($0)\n" } ?? ""
      try configuration.write(
        to: stage.directory.appending(path: "schemathesis.toml"), atomically: true,
        encoding: .utf8)
      let tool = try await Python.folder(of: .normal).appending(path: "schemathesis")
      let run = try RunningProgram(
        [
          "run", "http://127.0.0.1:\(try program.port)/api/v1/openapi.json",
          "--header", "Authorization: Bearer \(token)", "--checks", "all",
          // An endless answer can't be looked at as a whole; the tests of the desk read it.
          "--exclude-path", "/events",
          // One below what the API allows.
          "--rate-limit", "19/s", "--request-timeout", "10", "--seed", "1",
          "--max-examples", "\(examples)", "--continue-on-failure", "--no-color",
        ], of: tool,
        environment: [
          "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "NO_PROXY": "127.0.0.1",
          "HOME": stage.directory.path(), "PYTHONDONTWRITEBYTECODE": "1",
        ], directory: stage.directory)
      let status = try await run.waitForEnd(within: .seconds(900))
      print(run.log)
      #expect(status == 0)
      #expect(run.log.contains("Stateful"), "all phases ran")
      #expect(try await program.end(SIGTERM) == 0)
      #expect(!program.log.contains(token))
    }
  }
}
