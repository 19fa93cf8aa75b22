import Foundation
import Testing

@testable import App

/// `.env.example` is documentation, so it must be true.
@Suite(".env.example")
struct ExampleFileTests {
  private let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func example() throws -> String {
    try String(contentsOf: root.appendingPathComponent(".env.example"), encoding: .utf8)
  }

  private func uncommented() throws -> String {
    try example().replacing(/(?m)^# (?=[A-Z_]+=)/, with: "")
  }

  @Test("taken as it is, it changes nothing")
  func untouched() throws {
    #expect(
      try Configuration.read(environment: [:], dotEnv: example()).configuration == Configuration())
  }

  @Test("every example and default in it is accepted")
  func accepted() throws {
    let made = try Configuration.read(environment: [:], dotEnv: uncommented())
    #expect(
      made.warnings.map(\.variable).sorted { ($0 ?? "") < ($1 ?? "") }
        == ["REDIS_URL", "SYSTEM_PROMPT_FILE"])
    #expect(made.configuration.model.headers.count == 2)
    #expect(made.configuration.operators.workingHours?.shifts.count == 6)
  }

  @Test("it shows the defaults as they are")
  func defaults() throws {
    let examples: Set = [
      "TELEGRAM_BOT_TOKEN", "TELEGRAM_PROXY", "OPENAI_API_KEY", "OPENAI_ORGANIZATION",
      "OPENAI_PROJECT", "OPENAI_HEADERS", "OPENAI_CA_FILE", "OPENAI_PROXY", "SYSTEM_PROMPT",
      "SYSTEM_PROMPT_FILE", "TEXTS_FILE", "REDIS_URL", "BASE_WEBHOOK_URL", "WEBHOOK_SECRET",
      "OPERATOR_CHAT_ID", "WORKING_HOURS", "ADMIN_TOKEN", "ADMIN_CHAT_ID", "LOG_FILE",
    ]
    let values = try DotEnv(uncommented()).values.filter { !examples.contains($0.key) }
    #expect(values.count > 20)
    #expect(try Configuration.read(environment: values).configuration == Configuration())
  }

  @Test("it names every variable that the program reads")
  func complete() throws {
    let folder = root.appendingPathComponent("Sources/App/Configuration")
    var names: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let source = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      names.formUnion(source.matches(of: /"([A-Z][A-Z_]{3,})"/).map { String($0.output.1) })
    }
    let text = try example()
    #expect(names.count > 45)
    #expect(names.filter { !text.contains($0) } == [])
  }
}
