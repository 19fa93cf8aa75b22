import Assist
import Conversation
import Gateways
import Platform
import Storage
import StorageSQLite
import Synchronization
import Testing

/// Answer jobs on a real store, with a model that does what the test says.
@Suite struct AnsweringTests {
  @Test func theModelIsToldTheInstructionsAndTheQuestion() async throws {
    let scene = try await AnsweringScene.make([.pieces(["Be", "cause."])])
    await scene.worker.perform(scene.work)
    #expect(try await scene.text() == "Because.")
    #expect(
      scene.asked.requests.withLock { $0.first?.turns } == [
        ContextTurn(role: .system, text: "Be kind."), ContextTurn(role: .user, text: "Why?"),
      ])
  }

  @Test func aBrokenHalfIsForgottenAndWrittenAgain() async throws {
    let scene = try await AnsweringScene.make([.breaks(after: ["half"]), .pieces(["whole"])])
    await scene.worker.perform(scene.work)
    #expect(try await scene.text() == "whole")
  }

  @Test func theNextModelIsAskedWhenTheFirstRefuses() async throws {
    let scene = try await AnsweringScene.make(
      [.fails(.modelUnknown), .pieces(["from two"])], models: ["one", "two"])
    await scene.worker.perform(scene.work)
    #expect(try await scene.text() == "from two")
    #expect(scene.asked.requests.withLock { $0.map(\.model) } == ["one", "two"])
  }

  @Test func aTooLongContextIsCutAndAskedAgain() async throws {
    let scene = try await AnsweringScene.make(
      [.fails(.contextTooLong), .fails(.contextTooLong), .pieces(["short"])],
      earlier: AnsweringScene.exchanges(20))
    await scene.worker.perform(scene.work)
    #expect(try await scene.text() == "short")
    let told = scene.asked.requests.withLock { $0.map(\.turns.count) }
    #expect(told[0] == 42 && told[1] < told[0] && told[2] < told[1], "\(told)")
  }

  @Test func aQuestionTooLongByItselfCannotBeCut() async throws {
    let scene = try await AnsweringScene.make([.fails(.contextTooLong)])
    await scene.worker.perform(scene.work)
    #expect(try await scene.outcome() == .failed(job: scene.work.job.id, .questionTooLong))
  }

  @Test(arguments: [[""], [" ", "\n"], []])
  func anAnswerWithoutWordsIsAFailure(_ pieces: [String]) async throws {
    let scene = try await AnsweringScene.make([.pieces(pieces)])
    await scene.worker.perform(scene.work)
    #expect(try await scene.outcome() == .failed(job: scene.work.job.id, .emptyAnswer))
  }

  @Test func silenceIsCutOffAtHalfTheTime() async throws {
    let scene = try await AnsweringScene.make([.hangs(after: []), .pieces(["late but there"])])
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await scene.worker.perform(scene.work) }
      await scene.asked.hanging.rung()
      scene.asked.time.withLock { $0 = $0 + .seconds(60) }
      await withDiscardingTaskGroup { scene.worker.tick(in: &$0) }
    }
    #expect(try await scene.text() == "late but there")
  }

  @Test(arguments: [PreviewOutcome.shown, .failed, .end])
  func stoppingKeepsOnlyWhatWasShown(_ preview: PreviewOutcome) async throws {
    let scene = try await AnsweringScene.make([.hangs(after: ["seen", " text"])], preview: preview)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await scene.worker.perform(scene.work) }
      await scene.asked.hanging.rung()
      await withDiscardingTaskGroup { scene.worker.tick(in: &$0) }
      try? await scene.interrupt(.stop)
    }
    let shown = preview == .shown ? "seen text" : ""
    #expect(
      try await scene.outcome() == .stopped(job: scene.work.job.id, text: shown))
    #expect(
      scene.asked.previews.withLock { $0.map(\.draftID) } == [scene.work.job.id.draftID])
  }

  @Test func aDroppedJobLeavesNothing() async throws {
    let scene = try await AnsweringScene.make([.hangs(after: ["seen"])])
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await scene.worker.perform(scene.work) }
      await scene.asked.hanging.rung()
      try? await scene.interrupt(.drop)
    }
    #expect(try await scene.outcome() == nil)
    #expect(try await scene.store.figures().outboxDepth == 0)
  }

  @Test func stoppedByTheProgramsEndTheJobIsTakenAgain() async throws {
    let scene = try await AnsweringScene.make([.hangs(after: ["seen"])])
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await scene.worker.perform(scene.work) }
      await scene.asked.hanging.rung()
      group.cancelAll()
    }
    #expect(try await scene.outcome() == nil)
    #expect(try await scene.worker.claim(limit: 1).map(\.job) == [scene.work.job])
  }

  @Test func theFirstWordsAfterAnOutageLetOthersThrough() async throws {
    let (probe, next) = try await Self.afterAnOutage(probe: .hangs(after: ["It is"]))
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await probe.worker.perform(probe.work) }
      await probe.asked.hanging.rung()
      await next.worker.perform(next.work)
      try? await probe.interrupt(.drop)
    }
    #expect(try await next.isAnswered("back"))
  }

  @Test func aQuestionDroppedAfterAnOutageLetsTheNextThrough() async throws {
    let (probe, next) = try await Self.afterAnOutage(probe: .hangs(after: []))
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await probe.worker.perform(probe.work) }
      await probe.asked.hanging.rung()
      try? await probe.interrupt(.drop)
    }
    await next.worker.perform(next.work)
    #expect(try await next.isAnswered("back"))
  }

  /// Two jobs when the model may be asked again for the first time: the first meets the reply, the
  /// second would be told "back".
  private static func afterAnOutage(
    probe: AnsweringScene.Reply
  ) async throws -> (probe: AnsweringScene, next: AnsweringScene) {
    let outage = [AnsweringScene.Reply](repeating: .fails(.unavailable), count: 5)
    var scene = try await AnsweringScene.make(outage + [probe, .pieces(["back"])])
    while scene.asked.told.count < outage.count {
      await scene.worker.perform(scene.work)
      scene = try await scene.another()
    }
    scene.asked.time.withLock { $0 = $0 + .seconds(5) }
    return (scene, try await scene.another())
  }
}
