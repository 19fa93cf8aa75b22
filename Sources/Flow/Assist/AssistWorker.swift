internal import Conversation
package import Gateways
package import Platform
package import Storage
internal import Synchronization

/// Works off answer jobs: streams an answer from the model, shows its preview meanwhile, and hands
/// the result back as an event. Whether the result still counts, Turn decides.
package final class AssistWorker: Service {
  package let name = "assist"

  private let store: any Store
  private let messenger: Messenger
  private let format: AnswerFormat
  private let owner: String
  private let settings: AssistSettings
  private let answering: Answering
  private let bell: Wakeup
  private let inboxBell: Wakeup
  private let clock: Clock
  private let metrics: Metrics
  private let log: Log
  private let running = Mutex<[OutboxID: AnswerRun]>([:])

  /// Makes the worker. `bell` is rung when there are new jobs or orders to stop, `inboxBell` by
  /// the worker when an answer is ready. `random` gives numbers in 0…1.
  package init(
    store: any Store, messenger: Messenger, model: LanguageModel, format: AnswerFormat,
    owner: String, settings: AssistSettings, bell: Wakeup, inboxBell: Wakeup, clock: Clock,
    random: @escaping @Sendable () -> Double, health: Health, metrics: Metrics, log: Log
  ) {
    self.store = store
    self.messenger = messenger
    self.format = format
    self.owner = owner
    self.settings = settings
    self.bell = bell
    self.inboxBell = inboxBell
    self.clock = clock
    self.metrics = metrics
    self.log = log
    answering = Answering(
      model: model, settings: settings, board: ModelBoard(health: health), clock: clock,
      metrics: metrics, log: log, random: random)
    Self.declare(metrics)
  }

  private static func declare(_ metrics: Metrics) {
    metrics.declare("switchboard_answers_total", .counter, help: "Answer jobs ended, by outcome.")
    metrics.declare(
      "switchboard_answer_first_token_seconds", .histogram,
      help: "Time from taking a job to the first text of the answer.")
    metrics.declare(
      "switchboard_answer_seconds", .histogram, help: "Time from taking a job to its end.")
    metrics.declare("switchboard_tokens_total", .counter, help: "Tokens used, by direction.")
  }

  package func run() async throws {
    let loop = ClaimLoop<AnswerWork>(
      capacity: settings.concurrency, idle: settings.tick, grace: settings.grace, bell: bell,
      clock: clock)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.tickPreviews() }
      group.addTask { await self.renewLeases() }
      group.addTask {
        await loop.run(
          claim: { room in
            try await self.obeyInterruptions()
            return try await self.claim(limit: room)
          },
          failed: { error in
            self.log.error(
              "answer jobs cannot be read; trying again",
              [.reason: .text(String(describing: error))])
          },
          perform: { await self.perform($0) })
      }
    }
  }

  /// Takes jobs.
  package func claim(limit: Int) async throws(StoreError) -> [AnswerWork] {
    guard limit > 0 else { return [] }
    let now = clock.now()
    return try await store.claimAnswers(
      limit: limit, lease: Lease(owner: owner, until: now + settings.lease), now: now)
  }

  /// Works one job off, to its end or until the program stops; then it is given back.
  package func perform(_ work: AnswerWork) async {
    let run = AnswerRun(work, now: clock.now())
    running.withLock { $0[work.id] = run }
    defer { running.withLock { _ = $0.removeValue(forKey: work.id) } }
    do throws(StoreError) {
      let transcript = try await store.transcript(
        work.conversation, from: work.job.contextStart, through: work.job.question.position,
        limit: settings.transcriptLimit)
      let outcome = await answering.answer(run, transcript: transcript)
      await run.finishPreviews()
      try await end(run, outcome)
    } catch {
      // The lease runs out and the job is taken again.
      log.error(
        "an answer could not be handed over",
        [.job: .integer(work.job.id.rawValue), .reason: .text(String(describing: error))])
    }
  }

  private func end(_ run: AnswerRun, _ outcome: AnswerOutcome?) async throws(StoreError) {
    let now = clock.now()
    if let outcome {
      let counts = try await store.finishAnswer(run.work.id, outcome: outcome, now: now)
      count(counts ? outcome.label : "dropped", run, now)
      inboxBell.ring()
    } else if run.interruption == .drop {
      // Any outcome will do: a dropped job's is not admitted.
      _ = try await store.finishAnswer(
        run.work.id, outcome: .stopped(job: run.work.job.id, text: ""), now: now)
      count("dropped", run, now)
    } else {
      try await store.releaseAnswer(run.work.id)
    }
  }

  private func count(_ outcome: String, _ run: AnswerRun, _ now: Instant) {
    metrics.increment("switchboard_answers_total", ["outcome": outcome])
    metrics.observe("switchboard_answer_seconds", seconds: now.since(run.started).inSeconds)
    if let first = run.firstTextAt {
      metrics.observe(
        "switchboard_answer_first_token_seconds", seconds: first.since(run.started).inSeconds)
    }
  }
}

// MARK: What accompanies the jobs

extension AssistWorker {
  /// Reads which of the running jobs were ordered to stop or to vanish, by whichever process, and
  /// tells how many.
  @discardableResult
  package func obeyInterruptions() async throws(StoreError) -> Int {
    guard !running.withLock({ $0.isEmpty }) else { return 0 }
    let interruptions = try await store.interruptions(owner: owner)
    for (id, interruption) in interruptions {
      running.withLock { $0[id] }?.interrupt(interruption)
    }
    return interruptions.count
  }

  private func renewLeases() async {
    while (try? await clock.sleep(settings.lease / 3)) != nil {
      guard !running.withLock({ $0.isEmpty }) else { continue }
      do throws(StoreError) {
        try await store.renewAnswers(
          Lease(owner: owner, until: clock.now() + settings.lease))
      } catch {
        log.warning("leases could not be renewed", [.reason: .text(String(describing: error))])
      }
    }
  }

  private func tickPreviews() async {
    await withDiscardingTaskGroup { group in
      while (try? await clock.sleep(settings.tick)) != nil { tick(in: &group) }
    }
  }

  /// Looks once after all running jobs: cuts off those from which nothing came in time, and shows
  /// previews and typing signs that are due, in the group's tasks.
  package func tick(in group: inout DiscardingTaskGroup) {
    let now = clock.now()
    for run in running.withLock({ Array($0.values) }) {
      run.checkSilence(limit: settings.timeout / 2, now: now)
      accompany(run, now, in: &group)
    }
  }

  private func accompany(_ run: AnswerRun, _ now: Instant, in group: inout DiscardingTaskGroup) {
    let address = run.work.address
    guard run.work.job.question.isPrivate else {
      if run.takeTyping(now: now) {
        group.addTask { await self.messenger.showTyping(address.chat, address.topic) }
      }
      return
    }
    guard let text = run.takePreview(now: now) else { return }
    group.addTask {
      let outcome = await self.messenger.preview(
        AnswerPreview(
          chat: address.chat, topic: address.topic, draftID: run.work.job.id.draftID,
          content: text.map(self.format.preview)))
      run.previewDone(text, outcome)
    }
  }
}

extension AnswerOutcome {
  /// The value of the metric's label: a fixed set.
  fileprivate var label: String {
    switch self {
    case .ready: "answered"
    case .failed(_, let failure):
      switch failure {
      case .tookTooLong: "took_too_long"
      case .busy: "busy"
      case .couldNotAnswer: "could_not_answer"
      case .emptyAnswer: "empty"
      case .filtered: "filtered"
      case .questionTooLong: "question_too_long"
      }
    case .stopped: "stopped"
    }
  }
}
