import Foundation
import Gateways
import Simulator
import Staging
import Testing

/// What people really send: bursts, second thoughts, pictures, speech, topics.
@Suite(.serialized) struct RealPeopleTests {
  @Test func aBurstGetsOneAnswerAndWhatComesLaterItsOwn() async throws {
    try await Stage.run(chunkDelay: .milliseconds(60)) { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.post("/start", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      try stage.telegram.post("Hello", from: anna)
      try stage.telegram.post("I have a question", from: anna)
      try stage.telegram.post("Tell me a long story", from: anna)
      try await eventually("the first words") {
        !(stage.telegram.transcript(of: anna)?.drafts.first?.text ?? "").isEmpty
      }
      let draft = try #require(stage.telegram.transcript(of: anna)?.drafts.first)
      try stage.telegram.post("And what is two and two?", from: anna)
      try stage.telegram.stop(draft: draft.id, in: anna)
      let said = try await stage.waitForMessages(3, in: anna)
      #expect(said.count == 3, "one answer for three messages, one for the fourth")
      #expect(said[2].contains("two and two"))
      try await program.end(SIGTERM)
    }
  }

  @Test func aChangedQuestionIsAnsweredInPlace() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      let question = try stage.telegram.post("Where is Pariss?", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      try stage.telegram.edit(question, in: anna, text: "Where is Paris?")
      try await eventually("the answer is edited") {
        stage.said(in: anna).first?.contains("Where is Paris?") == true
      }
      #expect(stage.said(in: anna).count == 1)
      try stage.telegram.post("Thanks", from: anna)
      let said = try await stage.waitForMessages(2, in: anna)
      #expect(said[1].contains("last time you asked: “Where is Paris?”"))
      #expect(said[1].contains("earlier messages — 2"))
      try await program.end(SIGTERM)
    }
  }

  @Test func speechIsHeardAndPicturesAreSeen() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.post(PersonMessage(nil, media: .voice), from: anna, in: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      #expect(stage.model.record.transcriptions == 1)
      try stage.telegram.post(PersonMessage("What is it?", media: .photo), from: anna, in: anna)
      let said = try await stage.waitForMessages(2, in: anna)
      #expect(said[1].contains("I see pictures: 1"))
      try await program.end(SIGTERM)
    }
  }

  @Test func whatTheServiceCannotDoIsSaidKindly() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      stage.model.set(.init(pictures: false, speech: false))
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.post(PersonMessage(nil, media: .voice), from: anna, in: anna)
      let heard = try await stage.waitForMessages(1, in: anna)
      #expect(heard[0] == "I can't hear voice messages. Please write it as text.")
      try stage.telegram.post(PersonMessage("What is it?", media: .photo), from: anna, in: anna)
      let seen = try await stage.waitForMessages(2, in: anna)
      #expect(seen[1] == "I can't see pictures. Please describe in words what is in it.")
      try await program.end(SIGTERM)
    }
  }

  @Test func aTopicIsADialogueOfItsOwnAndGetsAName() async throws {
    var settings = TelegramSimulator.Settings()
    settings.hasTopics = true
    try await Stage.run(telegram: settings) { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.post("In no topic", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      let topic = try stage.telegram.addTopic(
        "New topic", isNameImplicit: true, in: anna, by: anna)
      try stage.telegram.post(
        PersonMessage("How do I bake bread?", thread: topic), from: anna, in: anna)
      try await eventually("the topic's name") {
        stage.telegram.transcript(of: anna)?.topics.first?.name == "How do I bake bread?"
      }
      let said = try await stage.waitForMessages(2, in: anna)
      #expect(said[1].contains("This is the beginning of our conversation"))
      #expect(stage.telegram.transcript(of: anna)?.messages.last { $0.from.isBot }?.thread == topic)
      try await program.end(SIGTERM)
    }
  }

  @Test func everythingAboutAPersonCanBeErased() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Annabella", language: "en")
      try stage.telegram.post("My secret word is xylophone", from: anna)
      _ = try await stage.waitForMessages(1, in: anna)
      try stage.telegram.post("/privacy", from: anna)
      let kept = try await stage.waitForMessages(2, in: anna)
      #expect(kept[1].contains("your id, name and language") && kept[1].contains("/forget all"))
      try stage.telegram.post("/forget all", from: anna)
      let erased = try await stage.waitForMessages(3, in: anna)
      #expect(erased[2].hasPrefix("Everything that was kept about you is erased"))
      #expect(try await program.end(SIGTERM) == 0)
      for name in try FileManager.default.contentsOfDirectory(atPath: stage.directory.path()) {
        let file = try Data(contentsOf: stage.directory.appending(path: name))
        #expect(file.range(of: Data("xylophone".utf8)) == nil, "\(name)")
        #expect(file.range(of: Data("Annabella".utf8)) == nil, "\(name)")
      }
    }
  }

  @Test func theAdministratorIsToldOfStartAndTrouble() async throws {
    try await Stage.run { stage in
      let owner = stage.telegram.addPerson("Owner")
      try stage.telegram.post("/help", from: owner)
      let program = try await stage.start(["ADMIN_CHAT_ID": "\(owner)"])
      try await eventually("the start is told") {
        stage.said(in: owner).contains { $0.hasPrefix("Switchboard запущен. Версия 0.1.0") }
      }
      let anna = stage.telegram.addPerson("Anna", language: "en")
      stage.model.inject(
        .init(
          .status(
            401, message: "x", type: "invalid_request_error", code: "invalid_api_key",
            retryAfterSeconds: nil), count: 2))
      for number in 1...2 {
        try stage.telegram.post("Hello \(number)", from: anna)
        _ = try await stage.waitForMessages(number, in: anna)
      }
      try await eventually("the refused key is told") {
        stage.said(in: owner).contains { $0.contains("OPENAI_API_KEY") }
      }
      #expect(stage.said(in: owner).filter { $0.contains("OPENAI_API_KEY") }.count == 1)
      try await program.end(SIGTERM)
    }
  }
}
