import Assist
import Conversation
import Gateways
import Markdown
import Platform
import Storage
import StorageSQLite
import Synchronization
import Testing

/// A job in a real store, a worker that holds it, and a model that does what the test says.
struct AnsweringScene: Sendable {
  /// What one request to the model gives.
  enum Reply: Sendable {
    case pieces([String])
    /// Some pieces, then a call of the tool.
    case calls(after: [String], HandOverCall)
    /// Some pieces, then nothing until the request is cut off.
    case hangs(after: [String])
    case fails(ModelError.Kind)
    case breaks(after: [String])
  }

  static let now = Instant(seconds: 1_795_000_000)
  private static let address = ConversationAddress(bot: BotID(1), chat: ChatID(7))
  static let customer = Speaker(id: PersonID(7), name: "A", language: .english)

  let store: SQLiteStore
  let worker: AssistWorker
  let work: AnswerWork
  let asked: Asked

  /// What the model and the messenger were asked.
  final class Asked: Sendable {
    let requests = Mutex<[ModelRequest]>([])
    let previews = Mutex<[AnswerPreview]>([])
    let typing = Mutex(0)
    /// Rung when a reply has given all its pieces and hangs.
    let hanging = Wakeup()
    let time = Mutex(AnsweringScene.now)

    /// The turns of every request.
    var told: [[ContextTurn]] { requests.withLock { $0.map(\.turns) } }
  }

  /// Makes a scene. `earlier` is what was said before, from position 1 on, without gaps;
  /// `assistance` is what the job does for an operator, about the newest question of `earlier`, and
  /// nil for an answer to a new one.
  static func make(
    _ replies: [Reply], models: [String] = ["one"], preview: PreviewOutcome = .shown,
    earlier: [Message] = [], assistance: AnswerJob.Assistance? = nil,
    handOver: AssistSettings.HandOver? = nil, maxTokens: Int = 4_000, isPrivate: Bool = true,
    language: Language = .english
  ) async throws -> AnsweringScene {
    let store = try await SQLiteStore.open(path: SQLiteStore.inMemory)
    let asked = Asked()
    let worker = worker(
      store, asked, model(asked, replies), preview,
      AssistSettings(
        models: models, maxTokens: maxTokens, timeout: .seconds(120),
        instructions: [.english: "Be kind.", .russian: "Будь добр."], handOver: handOver))
    let new = AnsweringScene(
      store: store, worker: worker,
      work: try await put(
        store, worker, earlier, assistance, isPrivate: isPrivate, language: language),
      asked: asked)
    return new
  }

  /// One more job for the same worker, that answers "Why?" after what was said so far.
  func another() async throws -> AnsweringScene {
    let work = try await Self.put(store, worker, [], nil, isPrivate: true, language: .english)
    return AnsweringScene(store: store, worker: worker, work: work, asked: asked)
  }

  private static func put(
    _ store: SQLiteStore, _ worker: AssistWorker, _ earlier: [Message],
    _ assistance: AnswerJob.Assistance?, isPrivate: Bool, language: Language
  ) async throws -> AnswerWork {
    let loaded = try await store.load(address)
    var dialogue = loaded.dialogue
    dialogue.nextPosition = Position(dialogue.nextPosition.rawValue + Int64(earlier.count))
    dialogue.jobs += 1
    var changes = earlier.map { Step.TranscriptChange.append($0) }
    var position = dialogue.nextPosition
    if assistance == nil {
      dialogue.nextPosition = position.next
      let speaker = Speaker(id: PersonID(7), name: "A", language: language)
      changes.append(
        .append(
          Message(
            position: position, role: .customer(speaker), text: "Why?",
            messageID: MessageID(position.rawValue), at: now)))
    } else {
      position = earlier.last { $0.role == .customer(customer) }?.position ?? position
    }
    let question = Question(
      position: position, messageID: MessageID(position.rawValue), person: PersonID(7),
      language: language, at: now, isPrivate: isPrivate)
    let job = AnswerJob(
      id: AnswerJobID(conversation: dialogue.id, ordinal: dialogue.jobs), questions: [question],
      contextStart: Position(1), assistance: assistance)
    try await store.commit(
      Step(
        expectedVersion: loaded.version, dialogue: dialogue, transcript: changes,
        outbox: [.answer(job)]),
      now: now)
    return try #require(try await worker.claim(limit: 1).first)
  }

  private static func worker(
    _ store: SQLiteStore, _ asked: Asked, _ model: LanguageModel, _ preview: PreviewOutcome,
    _ settings: AssistSettings
  ) -> AssistWorker {
    AssistWorker(
      store: store,
      messenger: Messenger(
        send: { _ in .unauthorized },
        preview: { shown in
          asked.previews.withLock { $0.append(shown) }
          return preview
        },
        showTyping: { _, _ in asked.typing.withLock { $0 += 1 } },
        download: { _, _ throws(DownloadError) in throw .missing }),
      model: model, format: .markdown(), owner: "test", settings: settings,
      bell: Wakeup(), inboxBell: Wakeup(),
      clock: Clock(
        now: { asked.time.withLock { $0 } },
        sleep: { duration in asked.time.withLock { $0 = $0 + duration } }),
      random: { 0 }, health: Health(), metrics: Metrics(), alarm: .silent, log: .silent)
  }

  private static func model(_ asked: Asked, _ replies: [Reply]) -> LanguageModel {
    let left = Mutex(replies)
    return LanguageModel(
      stream: { request throws(ModelError) in
        asked.requests.withLock { $0.append(request) }
        let reply = left.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if case .fails(let kind) = reply { throw ModelError(kind) }
        return stream(reply ?? .pieces(["enough"]), asked)
      }, transcribe: { _ throws(ModelError) in throw ModelError(.mediaUnsupported) })
  }

  private static func stream(_ reply: Reply, _ asked: Asked) -> ModelStream {
    var deltas: [ModelDelta] = []
    var (hangs, breaks) = (false, false)
    switch reply {
    case .pieces(let texts): deltas = texts.map { ModelDelta(text: $0) }
    case .calls(let texts, let call):
      deltas = texts.map { ModelDelta(text: $0) } + [ModelDelta(finish: .other, handOver: call)]
    case .hangs(let texts): (deltas, hangs) = (texts.map { ModelDelta(text: $0) }, true)
    case .breaks(let texts): (deltas, breaks) = (texts.map { ModelDelta(text: $0) }, true)
    case .fails: breaks = true
    }
    let left = Mutex(deltas)
    let (isHanging, isBreaking) = (hangs, breaks)
    return ModelStream { () throws(ModelError) in
      if let delta = left.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return delta }
      if isBreaking { throw ModelError(.interrupted) }
      guard isHanging else { return nil }
      asked.hanging.ring()
      let never = AsyncStream<Void> { _ in }
      for await _ in never {}
      throw ModelError(.cancelled)
    }
  }
}

extension AnsweringScene {
  /// What the inbox was told of the job's end.
  func outcome() async throws -> AnswerOutcome? {
    let later = Self.now + .seconds(999)
    while let entry = try await store.claim(
      limit: 1, lease: Lease(owner: "test", until: later + .seconds(60)), now: later
    ).first?.entries.first {
      // That the answer appeared is no outcome.
      let stored = try await store.load(Self.address)
      try await store.commit(
        Step(
          expectedVersion: stored.version, dialogue: stored.dialogue, completing: [entry.id]),
        now: later)
      if case .answer(let outcome) = entry.event { return outcome }
    }
    return nil
  }

  /// The text of an answer that is ready.
  func text() async throws -> String? {
    if case .ready(_, let text, _, _) = try await outcome() { text } else { nil }
  }

  /// Whether the job, among others, was answered so.
  func isAnswered(_ text: String) async throws -> Bool {
    while let outcome = try await outcome() {
      if case .ready(work.job.id, text, _, _) = outcome { return true }
    }
    return false
  }

  /// Orders the job to end early, as Turn does, and lets the worker read that.
  func interrupt(_ interruption: Interruption) async throws {
    let stored = try await store.load(Self.address)
    try await store.commit(
      Step(
        expectedVersion: stored.version, dialogue: stored.dialogue,
        interruptions: [work.job.id: interruption]),
      now: Self.now)
    try await worker.obeyInterruptions()
  }

  /// What was said before, question and answer.
  static func exchanges(_ count: Int) -> [Message] {
    (0..<Int64(count)).flatMap { number in
      let question = Position(number * 2 + 1)
      return [
        Message(
          position: question, role: .customer(customer), text: "What is number \(number)?",
          messageID: MessageID(100 + number), at: now),
        Message(
          position: question.next, role: .assistant(question: question, stopped: false),
          text: "It comes after \(number - 1).", at: now),
      ]
    }
  }
}
