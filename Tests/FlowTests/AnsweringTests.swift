import Assist
import Conversation
import Gateways
import Markdown
import Platform
import Storage
import StorageSQLite
import Synchronization
import Testing

/// Answer jobs on a real store, with a model that does what the test says.
@Suite struct AnsweringTests {
  /// What one request to the model gives.
  private enum Reply: Sendable {
    case pieces([String])
    /// Some pieces, then nothing until the request is cut off.
    case hangs(after: [String])
    case fails(ModelError.Kind)
    case breaks(after: [String])
  }

  private static let now = Instant(seconds: 1_795_000_000)
  private static let address = ConversationAddress(bot: BotID(1), chat: ChatID(7))

  /// A job in a store, and a worker that holds it.
  private struct Scene: Sendable {
    let store: SQLiteStore
    let worker: AssistWorker
    let work: AnswerWork
    let asked: Asked
  }

  private final class Asked: Sendable {
    let requests = Mutex<[ModelRequest]>([])
    let previews = Mutex<[AnswerPreview]>([])
    let pieceGiven = Wakeup()
    let time = Mutex(AnsweringTests.now)
  }

  private func scene(
    _ replies: [Reply], models: [String] = ["one"], preview: PreviewOutcome = .shown,
    history: Int = 0
  ) async throws -> Scene {
    let store = try await SQLiteStore.open(path: SQLiteStore.inMemory)
    let loaded = try await store.load(Self.address)
    var dialogue = loaded.dialogue
    let earlier = Self.exchanges(history)
    dialogue.nextPosition = Position(Int64(earlier.count) + 1)
    let effects = try dialogue.apply(
      .customerWrote(
        CustomerMessage(
          content: .question(text: "Why?", quoted: nil), messageID: MessageID(1),
          speaker: Speaker(id: PersonID(7), name: "A", language: .english), at: Self.now,
          place: .init(chat: ChatID(7), topic: nil, isPrivate: true))),
      policy: DialoguePolicy())
    var step = Step(
      expectedVersion: loaded.version, dialogue: dialogue,
      transcript: earlier.map { .append($0) })
    for effect in effects {
      switch effect {
      case .record(let message): step.transcript.append(.append(message))
      case .startAnswer(let job): step.outbox.append(.answer(job))
      default: break
      }
    }
    try await store.commit(step, now: Self.now)
    let asked = Asked()
    let worker = worker(store, asked, replies, models, preview)
    let work = try #require(try await worker.claim(limit: 1).first)
    return Scene(store: store, worker: worker, work: work, asked: asked)
  }

  /// What was said before, question and answer.
  private static func exchanges(_ count: Int) -> [Message] {
    let speaker = Speaker(id: PersonID(7), name: "A", language: .english)
    return (0..<Int64(count)).flatMap { number in
      let question = Position(number * 2 + 1)
      return [
        Message(
          position: question, role: .customer(speaker), text: "What is number \(number)?",
          messageID: MessageID(100 + number), at: now),
        Message(
          position: question.next, role: .assistant(question: question, stopped: false),
          text: "It comes after \(number - 1).", at: now),
      ]
    }
  }

  private func worker(
    _ store: SQLiteStore, _ asked: Asked, _ replies: [Reply], _ models: [String],
    _ preview: PreviewOutcome
  ) -> AssistWorker {
    let left = Mutex(replies)
    let model = LanguageModel(
      stream: { request throws(ModelError) in
        asked.requests.withLock { $0.append(request) }
        let reply = left.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if case .fails(let kind) = reply { throw ModelError(kind) }
        return Self.stream(reply ?? .pieces(["enough"]), asked)
      }, transcribe: { _ throws(ModelError) in throw ModelError(.mediaUnsupported) })
    return AssistWorker(
      store: store,
      messenger: Messenger(
        send: { _ in .unauthorized },
        preview: { shown in
          asked.previews.withLock { $0.append(shown) }
          return preview
        },
        showTyping: { _, _ in },
        download: { _, _ throws(DownloadError) in throw .missing }),
      model: model, format: .markdown(), owner: "test",
      settings: AssistSettings(
        models: models, maxTokens: 4_000, timeout: .seconds(120),
        instructions: [.english: "Be kind."]),
      bell: Wakeup(), inboxBell: Wakeup(),
      clock: Clock(
        now: { asked.time.withLock { $0 } },
        sleep: { duration in asked.time.withLock { $0 = $0 + duration } }),
      random: { 0 }, health: Health(), metrics: Metrics(), alarm: .silent, log: .silent)
  }

  private static func stream(_ reply: Reply, _ asked: Asked) -> ModelStream {
    let (texts, hangs, breaks) =
      switch reply {
      case .pieces(let texts): (texts, false, false)
      case .hangs(let texts): (texts, true, false)
      case .breaks(let texts): (texts, false, true)
      case .fails: ([String](), false, true)
      }
    let left = Mutex(texts)
    return ModelStream { () throws(ModelError) in
      if let text = left.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
        return ModelDelta(text: text)
      }
      asked.pieceGiven.ring()
      if breaks { throw ModelError(.interrupted) }
      guard hangs else { return nil }
      let never = AsyncStream<Void> { _ in }
      for await _ in never {}
      throw ModelError(.cancelled)
    }
  }

  /// What the inbox was told of the job's end.
  private func outcome(_ scene: Scene) async throws -> AnswerOutcome? {
    let later = Self.now + .seconds(999)
    while let entry = try await scene.store.claim(
      limit: 1, lease: Lease(owner: "test", until: later + .seconds(60)), now: later
    ).first?.entries.first {
      if case .answer(let outcome) = entry.event { return outcome }
      // That the answer appeared is no outcome.
      let stored = try await scene.store.load(Self.address)
      try await scene.store.commit(
        Step(
          expectedVersion: stored.version, dialogue: stored.dialogue, completing: [entry.id]),
        now: later)
    }
    return nil
  }

  private func text(_ outcome: AnswerOutcome?) -> String? {
    if case .ready(_, let text, _, _) = outcome { text } else { nil }
  }

  @Test func theModelIsToldTheInstructionsAndTheQuestion() async throws {
    let scene = try await scene([.pieces(["Be", "cause."])])
    await scene.worker.perform(scene.work)
    #expect(text(try await outcome(scene)) == "Because.")
    #expect(
      scene.asked.requests.withLock { $0.first?.turns } == [
        ContextTurn(role: .system, text: "Be kind."), ContextTurn(role: .user, text: "Why?"),
      ])
  }

  @Test func aBrokenHalfIsForgottenAndWrittenAgain() async throws {
    let scene = try await scene([.breaks(after: ["half"]), .pieces(["whole"])])
    await scene.worker.perform(scene.work)
    #expect(text(try await outcome(scene)) == "whole")
  }

  @Test func theNextModelIsAskedWhenTheFirstRefuses() async throws {
    let scene = try await scene(
      [.fails(.modelUnknown), .pieces(["from two"])], models: ["one", "two"])
    await scene.worker.perform(scene.work)
    #expect(text(try await outcome(scene)) == "from two")
    #expect(scene.asked.requests.withLock { $0.map(\.model) } == ["one", "two"])
  }

  @Test func aTooLongContextIsCutAndAskedAgain() async throws {
    let scene = try await scene(
      [.fails(.contextTooLong), .fails(.contextTooLong), .pieces(["short"])], history: 20)
    await scene.worker.perform(scene.work)
    #expect(text(try await outcome(scene)) == "short")
    let told = scene.asked.requests.withLock { $0.map(\.turns.count) }
    #expect(told[0] == 42 && told[1] < told[0] && told[2] < told[1], "\(told)")
  }

  @Test func aQuestionTooLongByItselfCannotBeCut() async throws {
    let scene = try await scene([.fails(.contextTooLong)])
    await scene.worker.perform(scene.work)
    #expect(try await outcome(scene) == .failed(job: scene.work.job.id, .questionTooLong))
  }

  @Test(arguments: [[""], [" ", "\n"], []])
  func anAnswerWithoutWordsIsAFailure(_ pieces: [String]) async throws {
    let scene = try await scene([.pieces(pieces)])
    await scene.worker.perform(scene.work)
    #expect(try await outcome(scene) == .failed(job: scene.work.job.id, .emptyAnswer))
  }

  @Test func silenceIsCutOffAtHalfTheTime() async throws {
    let scene = try await scene([.hangs(after: []), .pieces(["late but there"])])
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await scene.worker.perform(scene.work) }
      await scene.asked.pieceGiven.rung()
      scene.asked.time.withLock { $0 = $0 + .seconds(60) }
      await withDiscardingTaskGroup { scene.worker.tick(in: &$0) }
    }
    #expect(text(try await outcome(scene)) == "late but there")
  }

  @Test(arguments: [PreviewOutcome.shown, .failed, .end])
  func stoppingKeepsOnlyWhatWasShown(_ preview: PreviewOutcome) async throws {
    let scene = try await scene([.hangs(after: ["seen", " text"])], preview: preview)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await scene.worker.perform(scene.work) }
      await scene.asked.pieceGiven.rung()
      await withDiscardingTaskGroup { scene.worker.tick(in: &$0) }
      try? await interrupt(scene, .stop)
    }
    let shown = preview == .shown ? "seen text" : ""
    #expect(
      try await outcome(scene) == .stopped(job: scene.work.job.id, text: shown))
    #expect(
      scene.asked.previews.withLock { $0.map(\.draftID) } == [scene.work.job.id.draftID])
  }

  @Test func aDroppedJobLeavesNothing() async throws {
    let scene = try await scene([.hangs(after: ["seen"])])
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await scene.worker.perform(scene.work) }
      await scene.asked.pieceGiven.rung()
      try? await interrupt(scene, .drop)
    }
    #expect(try await outcome(scene) == nil)
    #expect(try await scene.store.figures().outboxDepth == 0)
  }

  @Test func stoppedByTheProgramsEndTheJobIsTakenAgain() async throws {
    let scene = try await scene([.hangs(after: ["seen"])])
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await scene.worker.perform(scene.work) }
      await scene.asked.pieceGiven.rung()
      group.cancelAll()
    }
    #expect(try await outcome(scene) == nil)
    #expect(try await scene.worker.claim(limit: 1).map(\.job) == [scene.work.job])
  }

  /// Orders the job to end early, as Turn does, and lets the worker read that.
  private func interrupt(_ scene: Scene, _ interruption: Interruption) async throws {
    let stored = try await scene.store.load(Self.address)
    try await scene.store.commit(
      Step(
        expectedVersion: stored.version, dialogue: stored.dialogue,
        interruptions: [scene.work.job.id: interruption]),
      now: Self.now)
    try await scene.worker.obeyInterruptions()
  }
}
