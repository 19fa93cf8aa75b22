import Foundation
import Gateways
import HTTPClient
import Simulator
import Staging
import Testing

/// What people get when something goes wrong around the real program.
@Suite(.serialized) struct TroubleTests {
  @Test func aCutStreamIsBegunAgain() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      stage.model.inject(.init(.cut(after: 3)))
      try stage.telegram.post("Hello", from: anna)
      let said = try await stage.waitForMessages(1, in: anna)
      #expect(said[0].contains("You wrote: “Hello”. This is the beginning of our conversation"))
      #expect(stage.model.record.count == 2)
      try await program.end(SIGTERM)
    }
  }

  @Test(arguments: [
    (#"{"kind":"status","status":500,"count":3}"#, "The assistant can't answer just now"),
    (#"{"kind":"status","status":429,"count":3}"#, "There are too many requests just now"),
    (#"{"kind":"status","status":401,"count":1}"#, "The assistant can't answer just now"),
    (#"{"kind":"empty","count":1}"#, "I could not process the request"),
    (#"{"kind":"content_filter","count":1}"#, "I can't answer this question"),
    (#"{"kind":"cut","after":2,"count":3}"#, "The assistant can't answer just now"),
  ])
  func aFailureIsToldKindlyAndTheNextQuestionIsAnswered(
    _ fault: String, _ text: String
  ) async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      stage.model.inject(
        try JSONDecoder().decode(ModelSimulator.Fault.self, from: Data(fault.utf8)))
      try stage.telegram.post("One", from: anna)
      let said = try await stage.waitForMessages(1, in: anna)
      #expect(said[0].hasPrefix(text), "\(said[0])")
      try stage.telegram.post("Two", from: anna)
      let next = try await stage.waitForMessages(2, in: anna)
      #expect(next[1].contains("Two"))
      #expect(!program.log.contains("Scripted failure"), "the provider's words are not logged")
      try await program.end(SIGTERM)
    }
  }

  @Test func oneChatsFloodDelaysNobodyElse() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      let bob = stage.telegram.addPerson("Bob", language: "en")
      stage.telegram.inject(.init(.flood, method: "sendMessage", chat: anna, seconds: 8))
      try stage.telegram.post("Hello from Anna", from: anna)
      try await eventually("the flood") {
        stage.telegram.calls.contains { $0.status == 429 }
      }
      try stage.telegram.post("Hello from Bob", from: bob)
      _ = try await stage.waitForMessages(1, in: bob)
      #expect(stage.said(in: anna).isEmpty)
      let said = try await stage.waitForMessages(1, in: anna)
      #expect(said[0].contains("Hello from Anna"))
      try await program.end(SIGTERM)
    }
  }

  @Test func somebodyWhoBlockedTheBotIsAnsweredWhenTheyComeBack() async throws {
    try await Stage.run(chunkDelay: .milliseconds(20)) { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.post("Hello", from: anna)
      try stage.telegram.setBlocked(true, chat: anna, by: anna)
      try await eventually("the answer is given up") {
        try await stage.get("/metrics", of: program).contains(
          "switchboard_answers_total{outcome=\"dropped\"} 1")
      }
      try stage.telegram.setBlocked(false, chat: anna, by: anna)
      try stage.telegram.post("I am back", from: anna)
      let said = try await stage.waitForMessages(1, in: anna)
      #expect(said[0].contains("I am back"))
      try await program.end(SIGTERM)
    }
  }

  @Test func aLostAnswerOfTelegramIsRepeatedOnceAndCounted() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      stage.telegram.inject(.init(.lostAnswer, method: "sendMessage"))
      try stage.telegram.post("Hello", from: anna)
      let said = try await stage.waitForMessages(2, in: anna)
      #expect(said[0] == said[1])
      let metrics = try await stage.get("/metrics", of: program)
      #expect(metrics.contains("switchboard_sends_repeated_total 1"))
      try await program.end(SIGTERM)
    }
  }

  @Test func aMigratedGroupKeepsItsDialogue() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      let group = stage.telegram.addGroup("Club", members: [anna])
      try stage.telegram.post(PersonMessage("@switchboard_bot one"), from: anna, in: group)
      _ = try await stage.waitForMessages(1, in: group)
      let supergroup = try stage.telegram.migrate(group)
      try stage.telegram.post(PersonMessage("@switchboard_bot two"), from: anna, in: supergroup)
      try await eventually("the answer in the supergroup") {
        stage.said(in: supergroup).contains { $0.contains("last time you asked: “Anna: one”") }
      }
      try await program.end(SIGTERM)
    }
  }

  @Test func aSilentModelIsGivenUpInTime() async throws {
    try await Stage.run { stage in
      let program = try await stage.start(["OPENAI_TIMEOUT": "2"])
      let anna = stage.telegram.addPerson("Anna", language: "en")
      stage.model.inject(.init(.stall(after: 0, milliseconds: nil), count: nil))
      try stage.telegram.post("Hello", from: anna)
      let said = try await stage.waitForMessages(1, in: anna)
      #expect(said[0].hasPrefix("The assistant takes too long to answer"))
      try await eventually("the requests are given up") { stage.model.record.openStreams == 0 }
      try await program.end(SIGTERM)
    }
  }

  @Test func anAlbumIsOneQuestionAndAStickerGetsANote() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.postAlbum("What are these?", count: 3, from: anna, in: anna)
      let said = try await stage.waitForMessages(1, in: anna)
      #expect(said[0].contains("I see pictures: 3") && said[0].contains("What are these?"))
      try stage.telegram.post(PersonMessage(nil, media: .sticker), from: anna, in: anna)
      let noted = try await stage.waitForMessages(2, in: anna)
      #expect(
        noted == [said[0], "I understand text, pictures and voice. Please write it in words."])
      #expect(stage.model.record.count == 1)
      try await program.end(SIGTERM)
    }
  }

  @Test func aLockedDatabaseRefusesUpdatesAndRecoversByItself() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.post("Hello", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      let lock = try await DatabaseLock.hold("switchboard.db", in: stage.directory)
      try stage.telegram.post("Are you there?", from: anna)
      try await eventually("the trouble is told") {
        try await stage.get("/health/ready", of: program).contains("the store cannot be written")
      }
      try await lock.release()
      let said = try await stage.waitForMessages(2, in: anna)
      #expect(said[1].contains("Are you there?"))
      try await eventually("all is well again") {
        try await stage.get("/health/ready", of: program).contains("\"ok\"")
      }
      try await program.end(SIGTERM)
    }
  }

  @Test func theSameUpdateTwiceIsAnsweredOnce() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.post("Hello", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      let update = try #require(stage.telegram.updates.last?["update_id"]?.integer)
      try stage.telegram.redeliver(update)
      try stage.telegram.redeliver(update, underNewID: true)
      try stage.telegram.post("And then", from: anna)
      let said = try await stage.waitForMessages(2, in: anna)
      #expect(said.count == 2 && said[1].contains("And then"))
      #expect(stage.model.record.count == 2)
      try await program.end(SIGTERM)
    }
  }
}

extension Stage {
  /// The body that the program answers on a path of its own server.
  func get(_ path: String, of program: RunningProgram) async throws -> String {
    let response = try await client.transport.send(
      HTTPRequest(
        method: "GET", url: "http://127.0.0.1:\(try program.port)\(path)", timeout: .seconds(10)))
    return String(decoding: response.body, as: UTF8.self)
  }
}
