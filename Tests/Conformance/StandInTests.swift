import Foundation
import Platform
import Simulator
import Staging
import Testing

/// The stand-ins behave as the libraries that everybody uses expect it of Telegram and of OpenAI.
@Suite(.serialized) struct StandInTests {
  @Test func aiogramAcceptsEveryAnswerAndUpdate() async throws {
    try await Stage.run { stage in
      let token = TelegramSimulator.Settings().token.reveal()
      let port = try FreePort.find()
      print(
        try await Python.run(
          "drive_telegram.py", ["http://127.0.0.1:\(stage.port)", token, "\(port)"],
          in: stage.directory))
    }
  }

  @Test(.enabled(if: Python.runsLongTests))
  func pythonTelegramBotAcceptsEveryAnswerAndUpdate() async throws {
    try await Stage.run { stage in
      let token = TelegramSimulator.Settings().token.reveal()
      print(
        try await Python.run(
          "drive_telegram_again.py", ["http://127.0.0.1:\(stage.port)", token], with: .long,
          in: stage.directory))
    }
  }

  @Test func theOpenAIClientUnderstandsTheModel() async throws {
    try await Stage.run { stage in
      print(
        try await Python.run(
          "drive_model.py", ["http://127.0.0.1:\(stage.port)", "/_model"],
          in: stage.directory))
    }
  }
}
