import Foundation
import Gateways
import HTTPClient
import Platform
import Simulator
import Staging
import Testing

/// Updates by webhook, and what strangers get.
@Suite(.serialized) struct WebhookTests {
  private static let secret = "a-secret"

  private func withWebhook(
    _ body: @escaping @Sendable (Stage, RunningProgram) async throws -> Void
  ) async throws {
    try await Stage.run { stage in
      let port = try FreePort.find()
      let program = try await stage.start([
        "BASE_WEBHOOK_URL": "http://127.0.0.1:\(port)", "WEB_SERVER_PORT": "\(port)",
        "WEBHOOK_SECRET": Self.secret,
      ])
      try await body(stage, program)
      #expect(try await program.end(SIGTERM) == 0)
    }
  }

  private func post(
    _ stage: Stage, _ program: RunningProgram, _ body: String, secret: String? = Self.secret
  ) async throws -> HTTPResponse {
    try await stage.client.transport.send(
      HTTPRequest(
        method: "POST", url: "http://127.0.0.1:\(try program.port)/webhook/",
        headers: secret.map { [HTTPHeader("X-Telegram-Bot-Api-Secret-Token", $0)] } ?? [],
        body: .bytes(Array(body.utf8)), timeout: .seconds(10)))
  }

  private func expect(_ status: Int, _ response: HTTPResponse) {
    #expect(response.status == status)
  }

  @Test func updatesComeByWebhookAndGoBackToPolling() async throws {
    try await withWebhook { stage, _ in
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.post("Hello", from: anna)
      let said = try await stage.waitForMessages(1, in: anna)
      #expect(said[0].contains("Hello"))
      let call = try #require(stage.telegram.calls.first { $0.method == "setWebhook" })
      #expect(call.parameters["secret_token"]?.string == Self.secret)
      #expect(call.parameters["drop_pending_updates"] == nil)
      #expect(
        call.parameters["allowed_updates"]?.array?.compactMap(\.string) == [
          "message", "edited_message", "callback_query", "my_chat_member", "chat_member",
          "stopped_message_generation",
        ])
    }
  }

  @Test func strangersAreRefusedWithoutALookAtTheBody() async throws {
    try await withWebhook { stage, program in
      try await expect(401, post(stage, program, "{}", secret: nil))
      try await expect(401, post(stage, program, "{}", secret: "wrong"))
      let large = String(repeating: "x", count: 3 << 19)
      try await expect(401, post(stage, program, large, secret: "wrong"))
    }
  }

  @Test func aBodyOverTheLimitIsRefused() async throws {
    try await withWebhook { stage, program in
      let large = String(repeating: "x", count: (1 << 20) + 1)
      try await expect(413, post(stage, program, large))
    }
  }

  @Test(arguments: ["", "[]", "not json", #"{"update_id":1,"message":5}"#])
  func aBodyThatCannotBeUsedIsSetAside(_ body: String) async throws {
    try await withWebhook { stage, program in
      try await expect(200, post(stage, program, body))
      try await eventually("quarantine") {
        program.log.contains("an update cannot be read and is set aside")
      }
      let list = try RunningProgram(
        ["quarantine", "list"], environment: stage.environment, directory: stage.directory)
      #expect(try await list.waitForEnd() == 0)
      try await eventually("the list") { list.log.split(separator: "\n").count == 2 }
      let id = String(list.log.split(separator: "\n")[1].prefix { $0 != "\t" })
      let drop = try RunningProgram(
        ["quarantine", "drop", id], environment: stage.environment, directory: stage.directory)
      #expect(try await drop.waitForEnd() == 0)
      let again = try RunningProgram(
        ["quarantine", "drop", id], environment: stage.environment, directory: stage.directory)
      #expect(try await again.waitForEnd() == 1)
    }
  }

  @Test func whatCannotBeStoredIsNotAcknowledged() async throws {
    try await withWebhook { stage, program in
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.post("Hello", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      let lock = try await DatabaseLock.hold("switchboard.db", in: stage.directory)
      let body = #"""
        {"update_id":9000001,"my_chat_member":{"chat":{"id":\#(anna),"type":"private"},
        "from":{"id":\#(anna),"is_bot":false,"first_name":"A"},"date":1795000000,
        "old_chat_member":{"user":{"id":4242,"is_bot":true,"first_name":"B"},"status":"member"},
        "new_chat_member":{"user":{"id":4242,"is_bot":true,"first_name":"B"},"status":"member"}}}
        """#
      let refused = try await post(stage, program, body)
      expect(503, refused)
      #expect(refused.headers["Retry-After"] != nil)
      try await lock.release()
      try await expect(200, post(stage, program, body))
    }
  }

  @Test func theObservedStateIsServed() async throws {
    try await withWebhook { stage, program in
      #expect(try await stage.get("/health/live", of: program).contains("\"ok\""))
      #expect(try await stage.get("/health/ready", of: program).contains("\"status\""))
      let metrics = try await stage.get("/metrics", of: program)
      for name in [
        "switchboard_updates_total", "switchboard_inbox_depth", "switchboard_outbox_depth",
        "switchboard_oldest_unanswered_seconds", "switchboard_answers_total",
        "switchboard_answer_first_token_seconds", "switchboard_answer_seconds",
        "switchboard_tokens_total", "switchboard_sends_total",
        "switchboard_sends_repeated_total", "switchboard_telegram_429_total",
        "switchboard_quarantined", "switchboard_build_info",
      ] {
        #expect(metrics.contains("# HELP \(name) "), "\(name)")
      }
    }
  }
}
