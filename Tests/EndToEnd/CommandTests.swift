import Foundation
import Gateways
import HTTPClient
import Simulator
import Staging
import Testing

/// The program's other commands, as processes.
@Suite(.serialized) struct CommandTests {
  @Test func versionAndHelpAndWrongUsage() async throws {
    try await Stage.run { stage in
      for (arguments, status) in [
        (["version"], Int32(0)), (["--help"], 0), ([], 2), (["dance"], 2),
        (["quarantine", "drop"], 2),
      ] {
        let program = try RunningProgram(
          arguments, environment: [:], directory: stage.directory)
        #expect(try await program.waitForEnd() == status, "\(arguments)")
      }
    }
  }

  @Test func serveWithoutATokenNamesTheRemedy() async throws {
    try await Stage.run { stage in
      let program = try RunningProgram(
        ["serve"], environment: ["OPENAI_API_KEY": "k", "MAX_TOKENS": "many"],
        directory: stage.directory)
      #expect(try await program.waitForEnd() == 2)
      try await eventually("the message") { program.log.contains("MAX_TOKENS") }
    }
  }

  @Test func aRefusedTokenIsToldPlainly() async throws {
    try await Stage.run { stage in
      let program = try RunningProgram(
        ["serve"],
        environment: stage.environment.merging(["TELEGRAM_BOT_TOKEN": "4242:wrong"]) { $1 },
        directory: stage.directory)
      #expect(try await program.waitForEnd() == 1)
      try await eventually("the message") { program.log.contains("Telegram refuses the token") }
      #expect(!program.log.contains("4242:wrong"))
    }
  }

  @Test func checkTellsWhatIsRightAndWhatIsWrong() async throws {
    try await Stage.run { stage in
      let good = try RunningProgram(
        ["check"], environment: stage.environment, directory: stage.directory)
      #expect(try await good.waitForEnd() == 0, "\(good.log)")
      let bad = try RunningProgram(
        ["check"],
        environment: stage.environment.merging(["TELEGRAM_BOT_TOKEN": "4242:wrong"]) { $1 },
        directory: stage.directory)
      #expect(try await bad.waitForEnd() == 1)
      try await eventually("the remedy") { bad.log.contains("@BotFather") }
    }
  }

  @Test func theDemoPrintsItsAddressAndAnswersThere() async throws {
    try await Stage.run { stage in
      let demo = try RunningProgram(["demo"], environment: [:], directory: stage.directory)
      try await eventually("the address") { demo.log.contains("http://127.0.0.1:") }
      let address = try #require(demo.log.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+/)?.output)
      let page = try await stage.client.transport.send(
        HTTPRequest(method: "GET", url: "\(address)/", timeout: .seconds(10)))
      #expect(page.status == 200)
      #expect(try await demo.end(SIGTERM) == 0)
    }
  }
}
