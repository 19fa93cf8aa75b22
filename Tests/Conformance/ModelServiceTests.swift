import Foundation
import Simulator
import Staging
import Testing

/// The program against model services that others have written, when they work and when they fail.
@Suite(.serialized) struct ModelServiceTests {
  /// What llmock does to the requests of one question, and what the person gets.
  struct Trouble: Sendable, CustomTestStringConvertible {
    let name: String
    let script: String
    var text = ModelServiceTests.answer
    /// How many requests llmock has counted; one that it still holds is not among them.
    var requests: Int? = 2
    var testDescription: String { name }
  }

  static let answer = "Here is one whole answer, from its beginning to its very end."
  private static let greeting = "Hello. It's nice to meet you."
  private static let sorry = "The assistant can't answer just now"
  private static let busy = "There are too many requests just now"

  private static let troubles = [
    Trouble(name: "none", script: "", requests: 1),
    Trouble(name: "500 twice", script: #"{"type":"fail","status":500,"times":2}"#, requests: 3),
    Trouble(name: "503, wait", script: #"{"type":"fail","status":503,"retry_after":1}"#),
    Trouble(name: "529", script: #"{"type":"fail","status":529}"#),
    Trouble(name: "408", script: #"{"type":"fail","status":408}"#),
    Trouble(name: "429, wait", script: #"{"type":"fail","status":429,"retry_after":1.5}"#),
    Trouble(
      name: "429 for long", script: #"{"type":"fail","status":429,"times":3}"#, text: busy,
      requests: 3),
    Trouble(name: "400", script: #"{"type":"fail","status":400}"#, text: sorry, requests: 1),
    Trouble(name: "401", script: #"{"type":"fail","status":401}"#, text: sorry, requests: 1),
    Trouble(name: "404", script: #"{"type":"fail","status":404}"#, text: sorry, requests: 1),
    Trouble(name: "disconnect at once", script: fault("disconnect", 0)),
    Trouble(name: "disconnect", script: fault("disconnect", 5)),
    Trouble(name: "truncate", script: fault("truncate", 5)),
    Trouble(name: "truncate at once", script: fault("truncate", 0)),
    Trouble(name: "malformed", script: fault("malformed", 3)),
    Trouble(name: "stall", script: fault("stall", 5), requests: nil),
    Trouble(
      name: "slow first token", script: #"{"type":"slow_first_token","seconds":30}"#, requests: nil),
    Trouble(name: "silence", script: #"{"type":"delay","seconds":30}"#, requests: nil),
    Trouble(name: "no trouble any more", script: "", requests: 1),
  ]

  private static func fault(_ kind: String, _ after: Int, times: Int = 1) -> String {
    #"{"type":"stream_fault","kind":"\#(kind)","after_chunks":\#(after),"times":\#(times)}"#
  }

  @Test func llmockFindsNothingWrongWithTheClient() async throws {
    try await Stage.run { stage in
      let model = try await Llmock.start(on: stage)
      try await model.script(#"{"type":"reply","text":"\#(Self.answer)","times":null}"#)
      let settings = model.environment.merging(["OPENAI_TIMEOUT": "6"]) { $1 }
      let program = try await stage.start(settings)
      var people: [(Trouble, Int64)] = []
      for trouble in Self.troubles {
        let person = stage.telegram.addPerson("Anna", language: "en")
        let before = trouble.requests == nil ? 0 : try await model.requests()
        if !trouble.script.isEmpty { try await model.script(trouble.script) }
        try stage.telegram.post("A question about \(trouble.name)", from: person)
        let said = try await stage.waitForMessages(1, in: person)
        #expect(said[0].hasPrefix(trouble.text), "\(trouble.name): \(said[0])")
        if let requests = trouble.requests {
          #expect(try await model.requests() - before == requests, "\(trouble.name)")
        }
        people.append((trouble, person))
      }
      let verdict = try await model.verdict()
      print(verdict)
      // llmock's verdict is good without an error. A warning may come from a retry that arrives while
      // llmock, on a busy machine, still sends what is left of the broken stream: it takes that
      // for another call. That there was a retry was counted above.
      #expect(!verdict.contains("FAIL"), "\(verdict)")
      // llmock cannot see what became of a stream that was cut for the last time.
      let last = stage.telegram.addPerson("Boris", language: "en")
      try await model.script(Self.fault("truncate", 5, times: 3))
      try stage.telegram.post("A question that meets nothing but trouble", from: last)
      _ = try await stage.waitForMessages(1, in: last)
      people.append((Trouble(name: "truncate for long", script: ""), last))
      #expect(stage.said(in: last)[0].hasPrefix(Self.sorry))
      for (trouble, person) in people {
        #expect(stage.said(in: person).count == 1, "\(trouble.name): nothing twice")
        #expect(stage.telegram.transcript(of: person)?.drafts.isEmpty == true, "\(trouble.name)")
      }
      try await program.end(SIGTERM)
      try await model.end()
    }
  }

  @Test func aQuotaThatIsUsedUpDelaysPeopleButLosesNobody() async throws {
    try await Stage.run { stage in
      // One request a second; a minute's worth may come at once.
      let model = try await Llmock.start(on: stage, ["--rpm", "60"])
      try await model.script(#"{"type":"reply","text":"\#(Self.answer)","times":null}"#)
      let program = try await stage.start(model.environment)
      let people = (0..<64).map { stage.telegram.addPerson("P\($0)", language: "en") }
      for person in people { try stage.telegram.post("A question of \(person)", from: person) }
      for person in people {
        let said = try await stage.waitForMessages(1, in: person)
        #expect(said[0].hasPrefix(Self.answer) || said[0].hasPrefix(Self.busy), "\(said[0])")
      }
      #expect(try await model.requests() > people.count, "the quota was met")
      let verdict = try await model.verdict()
      print(verdict)
      #expect(!verdict.contains("FAIL"), "\(verdict)")
      #expect(people.allSatisfy { stage.said(in: $0).count == 1 })
      try await program.end(SIGTERM)
      try await model.end()
    }
  }

  @Test func mockAIAPIIsUnderstood() async throws {
    try await Stage.run { stage in
      let port = try FreePort.find()
      let address = "http://127.0.0.1:\(port)"
      let service = try await Python.start(
        "mock-ai-api", ["--openai-port", "\(port)", "--anthropic-port", "\(try FreePort.find())"],
        answersAt: address + "/v1/models", on: stage)
      for (model, text) in [
        ("gpt-4.1", Self.greeting), ("gpt-4.1:mock-delay", "Mock stream for: "),
        ("gpt-4.1:mock-400", Self.sorry), ("gpt-4.1:mock-401", Self.sorry),
        ("gpt-4.1:mock-429", Self.busy), ("gpt-4.1:mock-500", Self.sorry),
        ("gpt-4.1:mock-503", Self.sorry),
        // It wants a tool that was never offered to it.
        ("gpt-4.1:mock-tool-stream", "I could not process the request"),
        // The second model of the list answers when the first fails.
        ("gpt-4.1:mock-401,gpt-4.1", Self.greeting),
        ("gpt-4.1:mock-503,gpt-4.1:mock-text", Self.greeting),
      ] {
        let program = try await stage.start([
          "OPENAI_BASE_URL": address, "OPENAI_MODEL": model, "OPENAI_API_KEY": "sk-test",
        ])
        let person = stage.telegram.addPerson("Anna", language: "en")
        try stage.telegram.post("A question", from: person)
        let said = try await stage.waitForMessages(1, in: person)
        #expect(said[0].hasPrefix(text), "\(model): \(said[0])")
        try await program.end(SIGTERM)
        #expect(stage.said(in: person).count == 1, "\(model)")
      }
      try await service.end(SIGKILL)
    }
  }
}
