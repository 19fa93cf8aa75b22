import Assist
import Conversation
import Gateways
import Platform
import Storage
import StorageSQLite
import Synchronization
import Testing

/// How a model hands a dialogue to an operator, and that none is promised without it.
@Suite struct HandOverTests {
  private typealias Reply = AnsweringScene.Reply

  private static let handOver = AssistSettings.HandOver { $0.contains("connecting you") }
  private static let promise = Reply.pieces(["I am connecting you ", "to a colleague."])
  private static let call = HandOverCall(reason: "asked", summary: "Wants a refund.")

  private func scene(
    _ replies: [Reply], models: [String] = ["one"], language: Language = .english,
    isPrivate: Bool = true, maxTokens: Int = 4_000, earlier: [Message] = []
  ) async throws -> AnsweringScene {
    try await AnsweringScene.make(
      replies, models: models, earlier: earlier, handOver: Self.handOver, maxTokens: maxTokens,
      isPrivate: isPrivate, language: language)
  }

  /// An end, without the job's number.
  enum End: Equatable, Sendable {
    case ready(String)
    case failed(AnswerFailure)
    case handedOver(text: String, summary: String, HandoffReason)
    case stopped(String)

    init?(_ outcome: AnswerOutcome?) {
      switch outcome {
      case .ready(_, let text, _, _): self = .ready(text)
      case .failed(_, let failure): self = .failed(failure)
      case .handedOver(_, let text, let summary, let reason, _):
        self = .handedOver(text: text, summary: summary, reason)
      case .stopped(_, let text): self = .stopped(text)
      case nil: return nil
      }
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var replies: [AnsweringScene.Reply]
    var models = ["one"]
    var end: End
    /// For each request, whether it offered the tool.
    var offers: [Bool]
  }

  private static let promised = End.handedOver(text: "", summary: "", .promise)

  private static let cases: [Case] = [
    Case(
      testDescription: "an answer", replies: [.pieces(["Hello."])], end: .ready("Hello."),
      offers: [true]),
    Case(
      testDescription: "a call", replies: [.calls(after: [], call)],
      end: .handedOver(text: "", summary: "Wants a refund.", .model), offers: [true]),
    Case(
      testDescription: "a call after words, even a promise",
      replies: [.calls(after: ["I am connecting", " you."], call)],
      end: .handedOver(text: "I am connecting you.", summary: "Wants a refund.", .model),
      offers: [true]),
    Case(
      testDescription: "a call without a summary",
      replies: [.calls(after: [" \n"], HandOverCall(reason: "asked", summary: ""))],
      end: .handedOver(text: "", summary: "asked", .model), offers: [true]),
    Case(
      testDescription: "a promise, repaired by words",
      replies: [promise, .pieces(["I can help."])],
      end: .ready("I can help."), offers: [true, true]),
    Case(
      testDescription: "a promise, repaired by a call",
      replies: [promise, .calls(after: [], call)],
      end: .handedOver(text: "", summary: "Wants a refund.", .model), offers: [true, true]),
    Case(
      testDescription: "a promise twice", replies: [promise, promise], end: promised,
      offers: [true, true]),
    Case(
      testDescription: "a promise, then nothing", replies: [promise, .pieces([])], end: promised,
      offers: [true, true]),
    Case(
      testDescription: "a promise, then trouble",
      replies: [promise, .fails(.filtered)], end: promised, offers: [true, true]),
    Case(
      testDescription: "a promise, then trouble that passes",
      replies: [promise, .breaks(after: ["half"]), .pieces(["whole"])], end: .ready("whole"),
      offers: [true, true, true]),
    Case(
      testDescription: "tools refused",
      replies: [.fails(.toolsUnsupported), .pieces(["Press the button."])],
      end: .ready("Press the button."), offers: [true, false]),
    Case(
      testDescription: "tools refused, and a promise",
      replies: [.fails(.toolsUnsupported), promise, .pieces(["Press it."])],
      end: .ready("Press it."), offers: [true, false, false]),
    Case(
      testDescription: "tools refused, and promises",
      replies: [.fails(.toolsUnsupported), promise, promise], end: promised,
      offers: [true, false, false]),
    Case(
      testDescription: "tools refused in vain: no endless loop",
      replies: [.fails(.toolsUnsupported), .fails(.toolsUnsupported)],
      end: .failed(.couldNotAnswer), offers: [true, false]),
    Case(
      testDescription: "the next model may take tools",
      replies: [.fails(.toolsUnsupported), .fails(.refused), .calls(after: [], call)],
      models: ["one", "two"],
      end: .handedOver(text: "", summary: "Wants a refund.", .model), offers: [true, false, true]),
    Case(
      testDescription: "nothing at all", replies: [.pieces([" "])], end: .failed(.emptyAnswer),
      offers: [true]),
  ]

  @Test(arguments: cases)
  func ends(example: Case) async throws {
    let scene = try await scene(example.replies, models: example.models)
    await scene.worker.perform(scene.work)
    #expect(End(try await scene.outcome()) == example.end)
    #expect(scene.asked.requests.withLock { $0.map(\.offersHandOver) } == example.offers)
  }

  @Test func withoutOperatorsNothingIsOfferedOrChecked() async throws {
    let scene = try await AnsweringScene.make([Self.promise])
    await scene.worker.perform(scene.work)
    #expect(try await scene.text() == "I am connecting you to a colleague.")
    #expect(scene.asked.requests.withLock { $0.map(\.offersHandOver) } == [false])
    #expect(scene.asked.told.first?.first?.text == "Be kind.")
  }

  @Test func withoutOperatorsACallIsNothing() async throws {
    let scene = try await AnsweringScene.make([.calls(after: [], Self.call)])
    await scene.worker.perform(scene.work)
    #expect(End(try await scene.outcome()) == .failed(.emptyAnswer))
  }

  @Test func thatAModelRefusesToolsIsRemembered() async throws {
    let first = try await scene([.fails(.toolsUnsupported), .pieces(["a"]), .pieces(["b"])])
    await first.worker.perform(first.work)
    #expect(try await first.text() == "a")
    let second = try await first.another()
    await second.worker.perform(second.work)
    #expect(try await second.text() == "b")
    #expect(first.asked.requests.withLock { $0.map(\.offersHandOver) } == [true, false, false])
  }

  @Test(arguments: [
    (Language.english, true, "the operator button"), (.russian, true, "кнопку оператора"),
    (.english, false, "send /operator"), (.russian, false, "отправить /operator"),
  ])
  func whoCannotCallPointsToTheWay(
    _ language: Language, _ isPrivate: Bool, _ words: String
  ) async throws {
    let scene = try await scene(
      [.fails(.toolsUnsupported)], language: language, isPrivate: isPrivate)
    await scene.worker.perform(scene.work)
    let systems = scene.asked.told.map { $0.first?.text ?? "" }
    try #require(systems.count == 2)
    let base = language == .english ? "Be kind.\n\n" : "Будь добр.\n\n"
    #expect(systems.allSatisfy { $0.hasPrefix(base) })
    #expect(systems[0].contains("hand_over_to_operator"))
    #expect(!systems[0].contains("/operator"))
    #expect(systems[1].contains(words))
    #expect(systems[1].contains("/operator"))
    #expect(!systems[1].contains("hand_over_to_operator"))
    // There is no keyboard in groups.
    #expect(systems[1].contains("button") == (isPrivate && language == .english))
  }

  @Test(arguments: [Language.english, .russian])
  func theRepairIsAskedForOnceMore(_ language: Language) async throws {
    let scene = try await scene([Self.promise, .pieces(["ok"])], language: language)
    await scene.worker.perform(scene.work)
    let told = scene.asked.told
    try #require(told.count == 2)
    let (before, after) = (told[0][0].text, told[1][0].text)
    #expect(after.hasPrefix(before) && after.count > before.count)
    #expect(told[0].dropFirst() == told[1].dropFirst())
    // The draft that was thrown away is not told.
    #expect(!told[1].contains { $0.text.contains("connecting you") })
  }

  @Test func theRepairGoesOnUnderTheSamePreview() async throws {
    let scene = try await scene([Self.promise, .hangs(after: ["I can", " help."])])
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await scene.worker.perform(scene.work) }
      await scene.asked.hanging.rung()
      await withDiscardingTaskGroup { scene.worker.tick(in: &$0) }
      try? await scene.interrupt(.stop)
    }
    #expect(End(try await scene.outcome()) == .stopped("I can help."))
    #expect(scene.asked.previews.withLock { $0.map(\.draftID) } == [scene.work.job.id.draftID])
  }

  @Test func aStoppedPromiseIsNotDelivered() async throws {
    let scene = try await scene([.hangs(after: ["I am connecting you"])])
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await scene.worker.perform(scene.work) }
      await scene.asked.hanging.rung()
      await withDiscardingTaskGroup { scene.worker.tick(in: &$0) }
      try? await scene.interrupt(.stop)
    }
    #expect(End(try await scene.outcome()) == .stopped(""))
  }

  @Test func whereThereIsNoRoomTheQuestionComesFirst() async throws {
    let scene = try await scene([.pieces(["a"])], maxTokens: 256)
    await scene.worker.perform(scene.work)
    #expect(try await scene.text() == "a")
    #expect(scene.asked.told.first?.map(\.text) == ["Be kind.", "Why?"])
    #expect(scene.asked.requests.withLock { $0.map(\.offersHandOver) } == [false])
  }

  @Test func whoSpeaksInTheDialogueIsExplainedOnlyWhenSomebodyDoes() async throws {
    let question = AnsweringScene.exchanges(1)[0]
    let said = Message(
      position: Position(2), role: .operator(Operator(id: OperatorID(3), name: "Eve")),
      text: "Two.", at: AnsweringScene.now)
    for (earlier, explained) in [([], false), ([question, said], true)] {
      let scene = try await scene([.pieces(["a"])], earlier: earlier)
      await scene.worker.perform(scene.work)
      let told = try #require(scene.asked.told.first)
      #expect(told[0].text.contains("[Name, operator]") == explained)
      #expect(told.contains { $0.text == "[Eve, operator]: Two." } == explained)
    }
  }
}
