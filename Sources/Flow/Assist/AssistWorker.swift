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
    random: @escaping @Sendable () -> Double, health: Health, metrics: Metrics, alarm: Alarm,
    log: Log
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
      model: model,
      media: MediaReader(messenger: messenger, model: model, clock: clock, log: log),
      settings: settings, board: ModelBoard(health: health, alarm: alarm), clock: clock,
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
      capacity: settings.concurrency, idle: settings.idle, grace: settings.grace, bell: bell,
      clock: clock)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.tickPreviews() }
      group.addTask { await self.renewLeases() }
      group.addTask {
        await loop.run(
          claim: { try await self.claim(limit: $0) },
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
    let run = AnswerRun(work, now: clock.steady())
    // A job whose lease ran out while it is still being worked on is not begun twice.
    let isNew = running.withLock { running in
      defer { if running[work.id] == nil { running[work.id] = run } }
      return running[work.id] == nil
    }
    guard isNew else { return }
    defer { leave(run) }
    guard work.attempts <= settings.jobTries else {
      // It takes the process down with it, or can never be read.
      return await end(run, .failed(job: work.job.id, .couldNotAnswer))
    }
    do throws(StoreError) {
      let outcome = try await answering.answer(run) { () throws(StoreError) in
        try await store.transcript(
          work.conversation, from: work.job.contextStart, through: work.job.end,
          limit: settings.transcriptLimit)
      }
      await run.finishPreviews(clock)
      await end(run, outcome)
    } catch {
      log.error(
        "an answer's transcript could not be read",
        [.job: .integer(work.job.id.rawValue), .reason: .text(String(describing: error))])
      switch error {
      case .corrupt:
        // It never can be read.
        await end(run, .failed(job: work.job.id, .couldNotAnswer))
      case .unavailable, .conflict, .closed:
        try? await clock.sleep(.seconds(1))
        await end(run, nil)
      }
    }
  }

  /// Hands the outcome over, however long the store takes to be writable again.
  private func end(_ run: AnswerRun, _ outcome: AnswerOutcome?) async {
    while true {
      do throws(StoreError) {
        return try await handOver(run, outcome)
      } catch {
        log.error(
          "an answer could not be handed over",
          [.job: .integer(run.work.job.id.rawValue), .reason: .text(String(describing: error))])
        if case .closed = error { return }
        guard (try? await clock.sleep(.seconds(1))) != nil else { return }
      }
    }
  }

  private func handOver(_ run: AnswerRun, _ outcome: AnswerOutcome?) async throws(StoreError) {
    let now = clock.now()
    if let outcome {
      let counts = try await store.finishAnswer(run.work.id, outcome: outcome, now: now)
      count(counts ? outcome.label : "dropped", run)
      inboxBell.ring()
    } else if run.interruption == .drop {
      // Any outcome will do: a dropped job's is not admitted.
      _ = try await store.finishAnswer(
        run.work.id, outcome: .stopped(job: run.work.job.id, text: ""), now: now)
      count("dropped", run)
    } else {
      // As soon as it is given back it may come again.
      leave(run)
      try await store.releaseAnswer(run.work.id)
    }
  }

  private func leave(_ run: AnswerRun) {
    running.withLock { if $0[run.work.id] === run { $0[run.work.id] = nil } }
  }

  private func count(_ outcome: String, _ run: AnswerRun) {
    let now = clock.steady()
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
      let jobs = running.withLock { Array($0.keys) }
      guard !jobs.isEmpty else { continue }
      do throws(StoreError) {
        try await store.renewAnswers(
          jobs, lease: Lease(owner: owner, until: clock.now() + settings.lease))
      } catch {
        log.warning("leases could not be renewed", [.reason: .text(String(describing: error))])
      }
    }
  }

  private func tickPreviews() async {
    await withDiscardingTaskGroup { group in
      while (try? await clock.sleep(settings.tick)) != nil {
        tick(in: &group)
        do throws(StoreError) {
          try await obeyInterruptions()
        } catch {
          log.warning("orders to stop cannot be read", [.reason: .text("\(error)")])
        }
      }
    }
  }

  /// Looks once after all running jobs: cuts off those from which nothing came in time, and shows
  /// previews and typing signs that are due, in the group's tasks. No more of them are begun at once
  /// than the settings allow; when more are due, chance decides which wait for the next tick.
  package func tick(in group: inout DiscardingTaskGroup) {
    let now = clock.steady()
    var room = settings.signsPerTick
    for run in running.withLock({ Array($0.values) }).shuffled() {
      run.checkSilence(limit: settings.timeout / 2, now: now)
      if room > 0, accompany(run, now, in: &group) { room -= 1 }
    }
  }

  /// False when nothing was due.
  private func accompany(
    _ run: AnswerRun, _ now: Instant, in group: inout DiscardingTaskGroup
  ) -> Bool {
    // What is written for operators is nothing that the customer sees coming.
    guard run.work.job.assistance == nil else { return false }
    let address = run.work.address
    guard run.work.job.question.isPrivate else {
      guard run.takeTyping(now: now) else { return false }
      group.addTask {
        await self.messenger.showTyping(address.chat, address.topic)
        run.typingDone()
      }
      return true
    }
    guard let preview = run.takePreview(now: now) else { return false }
    group.addTask { run.previewDone(preview.text, await self.show(preview, of: run)) }
    return true
  }

  /// Before the first words are shown, the dialogue is told: what the person writes from then on
  /// gets an answer of its own.
  private func show(_ preview: AnswerRun.DuePreview, of run: AnswerRun) async -> PreviewOutcome {
    if preview.isFirst {
      do throws(StoreError) {
        guard try await store.announceAnswer(run.work.id, now: clock.now()) else { return .end }
        inboxBell.ring()
      } catch {
        return .end
      }
    }
    return await messenger.preview(
      AnswerPreview(
        chat: run.work.address.chat, topic: run.work.address.topic,
        draftID: run.work.job.id.draftID, content: preview.text.map(format.preview)))
  }
}

extension AnswerJob {
  /// How far it looks into the transcript.
  fileprivate var end: Position {
    switch assistance {
    case nil, .suggestion: question.position
    // What an operator replied to the last question belongs to a summary.
    case .summary: Position(.max)
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
      case .cannotSee: "cannot_see"
      case .cannotHear: "cannot_hear"
      }
    case .handedOver: "handed_over"
    case .stopped: "stopped"
    }
  }
}
