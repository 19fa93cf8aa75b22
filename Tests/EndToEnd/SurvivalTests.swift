import Foundation
import Gateways
import Simulator
import Staging
import Testing

/// The program is killed, stopped and started again, and loses nothing.
@Suite(.serialized) struct SurvivalTests {
  /// The rounds whose questions an answer quotes; questions in quick succession share one.
  private static func answered(_ text: String) -> [Int] {
    guard let start = text.range(of: "You wrote: “"),
      let end = text.range(of: "”", range: start.upperBound..<text.endIndex)
    else { return [] }
    let quoted = text[start.upperBound..<end.lowerBound]
    return (0..<4).filter { quoted.contains("question \($0)") }
  }

  @Test func killedUnderLoadItLosesNothing() async throws {
    try await Stage.run(chunkDelay: .milliseconds(3)) { stage in
      let people = (0..<20).map { stage.telegram.addPerson("P\($0)", language: "en") }
      var program = try await stage.start()
      for round in 0..<4 {
        for person in people { try stage.telegram.post("question \(round)", from: person) }
        try await eventually("some answers of round \(round)") {
          people.map { stage.said(in: $0).count }.reduce(0, +) >= round * people.count + 5
        }
        try await program.end(SIGKILL)
        program = try await stage.start()
      }
      for person in people {
        try await eventually("all answers for \(person)", within: .seconds(40)) {
          (0..<4).allSatisfy { round in
            stage.said(in: person).contains { Self.answered($0).contains(round) }
          }
        }
      }
      let answers = people.map { stage.said(in: $0).count }.reduce(0, +)
      #expect(answers < 6 * people.count, "hardly anything is repeated: \(answers)")
      for person in people {
        let order = stage.said(in: person).compactMap { Self.answered($0).max() }
        #expect(order == order.sorted())
      }
      try await program.end(SIGTERM)
    }
  }

  @Test func stoppedInOrderItEndsWellAndFinishesItsAnswer() async throws {
    try await Stage.run(chunkDelay: .milliseconds(20)) { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.post("Hello", from: anna)
      try await eventually("the answer is being written") { stage.model.record.openStreams == 1 }
      #expect(try await program.end(SIGTERM) == 0)
      let said = stage.said(in: anna)
      #expect(said.count == 1 && said[0].contains("Hello"), "\(said)")
    }
  }

  @Test func killedWhileWritingItWritesTheAnswerAgain() async throws {
    try await Stage.run(chunkDelay: .milliseconds(40)) { stage in
      let program = try await stage.start()
      let anna = stage.telegram.addPerson("Anna", language: "en")
      try stage.telegram.post("Hello", from: anna)
      try await eventually("the answer is being written") { stage.model.record.openStreams == 1 }
      try await program.end(SIGKILL)
      #expect(stage.said(in: anna).isEmpty)
      let next = try await stage.start()
      let said = try await stage.waitForMessages(1, in: anna)
      #expect(said.count == 1 && said[0].contains("Hello"))
      try await next.end(SIGTERM)
    }
  }

  @Test func aSecondProgramOnTheSameStoreIsRefused() async throws {
    try await Stage.run { stage in
      let program = try await stage.start()
      let second = try RunningProgram(
        ["serve"], environment: stage.environment, directory: stage.directory)
      #expect(try await second.waitForEnd() == 1)
      try await program.end(SIGTERM)
    }
  }
}
