import Assist
import Conversation
import Gateways
import Platform
import Storage
import StorageSQLite
import Synchronization
import Testing

/// What is written for operators.
@Suite struct AssistanceTests {
  private static let earlier: [Message] = {
    let eve = Message.Role.operator(Operator(id: OperatorID(3), name: "Eve"))
    func message(_ position: Int64, _ role: Message.Role, _ text: String) -> Message {
      Message(position: Position(position), role: role, text: text, at: AnsweringScene.now)
    }
    return [
      message(1, .customer(AnsweringScene.customer), "Where is it?"),
      message(2, .assistant(question: Position(1), stopped: false), "No idea."),
      message(3, .mark(.operatorCame), ""), message(4, eve, "I am looking."),
      message(5, .customer(AnsweringScene.customer), "Thanks. When?"),
      message(6, eve, "Tomorrow."), message(7, .note(Operator(id: .api, name: "Bob")), "rude"),
    ]
  }()

  private func scene(
    _ replies: [AnsweringScene.Reply], _ assistance: AnswerJob.Assistance
  ) async throws -> AnsweringScene {
    try await AnsweringScene.make(
      replies, earlier: Self.earlier, assistance: assistance,
      handOver: .init { $0.contains("connecting you") })
  }

  @Test func aSuggestionAnswersTheLastQuestion() async throws {
    let scene = try await scene([.pieces(["At noon."])], .suggestion)
    await scene.worker.perform(scene.work)
    #expect(try await scene.text() == "At noon.")
    let told = try #require(scene.asked.told.first)
    #expect(told[0].text.hasPrefix("Be kind.\n\n"))
    #expect(told[0].text.contains("Write the answer that the operator could send"))
    #expect(
      told.dropFirst().map(\.text) == [
        "Where is it?",
        "No idea.\n\n[a human operator answered from here on]\n\n[Eve, operator]: I am looking.",
        "Thanks. When?",
      ])
    #expect(told.last?.role == .user)
  }

  @Test func aSummaryLooksAtAllThatWasSaid() async throws {
    let scene = try await scene([.pieces(["Wants it."])], .summary)
    await scene.worker.perform(scene.work)
    #expect(try await scene.text() == "Wants it.")
    let told = try #require(scene.asked.told.first)
    #expect(told.map(\.role) == [.system, .user])
    #expect(told[0].text.contains("at most five lines"))
    #expect(!told[0].text.contains("Be kind."))
    #expect(
      told[1].text == """
        Customer: Where is it?

        Assistant: No idea.

        [a human operator answered from here on]

        [Eve, operator]: I am looking.

        Customer: Thanks. When?

        Assistant: [Eve, operator]: Tomorrow.
        """)
  }

  @Test(arguments: AnswerJob.Assistance.allCases)
  func itOffersNoToolAndMayPromise(_ assistance: AnswerJob.Assistance) async throws {
    let scene = try await scene([.pieces(["I am connecting you."])], assistance)
    await scene.worker.perform(scene.work)
    #expect(try await scene.text() == "I am connecting you.")
    #expect(scene.asked.requests.withLock { $0.map(\.offersHandOver) } == [false])
  }

  @Test(arguments: AnswerJob.Assistance.allCases)
  func itFailsAsAnAnswerDoes(_ assistance: AnswerJob.Assistance) async throws {
    let scene = try await scene([.fails(.refused)], assistance)
    await scene.worker.perform(scene.work)
    #expect(
      try await scene.outcome() == .failed(job: scene.work.job.id, .couldNotAnswer))
  }

  @Test(arguments: AnswerJob.Assistance.allCases, [true, false])
  func theCustomerSeesNothingOfIt(
    _ assistance: AnswerJob.Assistance, _ isPrivate: Bool
  ) async throws {
    let scene = try await AnsweringScene.make(
      [.hangs(after: ["seen"])], earlier: Self.earlier, assistance: assistance,
      isPrivate: isPrivate)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await scene.worker.perform(scene.work) }
      await scene.asked.hanging.rung()
      scene.asked.time.withLock { $0 = $0 + .seconds(5) }
      await withDiscardingTaskGroup { scene.worker.tick(in: &$0) }
      group.cancelAll()
    }
    #expect(scene.asked.previews.withLock { $0.isEmpty })
    #expect(scene.asked.typing.withLock { $0 } == 0)
    #expect(try await scene.store.figures().inboxDepth == 0)
  }
}
