import Testing

@testable import App

@Suite("Command line")
struct CommandTests {
  @Test(
    "commands",
    arguments: [
      (["serve"], Command.serve), (["demo"], .demo), (["check"], .check), (["version"], .version),
      (["--version"], .version), (["--help"], .help), (["-h"], .help), (["help"], .help),
      (["serve", "--help"], .help), (["simulate", "telegram"], .simulate(.telegram)),
      (["simulate", "model"], .simulate(.model)), (["quarantine", "list"], .quarantine(.list)),
      (["quarantine", "retry", "12"], .quarantine(.retry(12))),
      (["quarantine", "drop", "9"], .quarantine(.drop(9))),
    ])
  func commands(arguments: [String], command: Command) throws {
    #expect(try Command.parse(arguments) == command)
  }

  @Test(
    "what is no command is refused",
    arguments: [
      [], ["dance"], ["serve", "now"], ["simulate"], ["simulate", "cat"],
      ["simulate", "model", "x"], ["quarantine"], ["quarantine", "eat"], ["quarantine", "retry"],
      ["quarantine", "retry", "x"], ["quarantine", "drop", "-1"], ["quarantine", "list", "1"],
      ["quarantine", "drop", "1", "2"], ["--verbose"],
    ])
  func refused(arguments: [String]) {
    #expect(throws: UsageError.self) { try Command.parse(arguments) }
  }

  @Test("a refusal shows the word, but lets it neither command the terminal nor fill it")
  func shownWord() {
    let word = "\u{1B}[31m" + String(repeating: "x", count: 100)
    let error = #expect(throws: UsageError.self) { try Command.parse([word]) }
    #expect(
      error?.description == "there is no command “[31m" + String(repeating: "x", count: 36) + "”")
  }

  @Test("the usage text names every command and the exit statuses")
  func usage() {
    for word in ["serve", "demo", "check", "version", "simulate", "quarantine", "--help"] {
      #expect(Usage.text.contains(word))
    }
    #expect([ExitStatus.well, .trouble, .usage].map(\.rawValue) == [0, 1, 2])
    #expect(Usage.text.split(separator: "\n").allSatisfy { $0.count <= 90 })
  }
}
