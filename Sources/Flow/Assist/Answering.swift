internal import Conversation
internal import Gateways
internal import Platform
internal import Storage

/// Gets one job answered: builds the context, asks the models of the list as the plan says, and
/// tells how it ended. It writes nothing anywhere.
struct Answering: Sendable {
  let model: LanguageModel
  let media: MediaReader
  let settings: AssistSettings
  let board: ModelBoard
  let clock: Clock
  let metrics: Metrics
  let log: Log
  let random: @Sendable () -> Double

  /// Reads the part of the transcript that a job may see.
  typealias TranscriptReader = @Sendable () async throws(StoreError) -> [Message]

  /// What a model is told, and what that was thought to cost.
  private struct Prompt {
    var turns: [ContextTurn]
    var estimated: Int
    var raw: Int
    var isNearlyFull: Bool
  }

  /// How one request ended.
  private enum Attempt {
    case answered(TokenUsage?, ModelDelta.Finish?)
    case failed(ModelError)
    case cut(AnswerRun.Cut)
  }

  /// The outcome; nil when the task was cancelled or the job is to vanish.
  func answer(
    _ run: AnswerRun, transcript: TranscriptReader
  ) async throws(StoreError) -> AnswerOutcome? {
    let job = run.work.job
    let read: MediaReader.Reading
    switch await media.read(job.questions, remaining: settings.timeout) {
    case .read(let reading): read = reading
    case .failed(let failure): return .failed(job: job.id, failure)
    case nil: return nil
    }
    var plan = AttemptPlan(models: settings.models.count, limits: settings.attempts)
    var promptBudget = settings.budget.prompt
    while true {
      if let interruption = run.interruption { return await interrupted(run, interruption) }
      let name = settings.models[plan.model]
      guard
        let prompt = prompt(
          try await transcript(), job, read, budget: promptBudget, estimator: board.estimator(name))
      else { return .failed(job: job.id, .questionTooLong) }
      guard board.admits(name, now: clock.steady()) else {
        // An open circuit is no try: the next model is asked at once, or the person is told.
        if plan.skipModel() { continue }
        return .failed(job: job.id, .couldNotAnswer)
      }
      let error: ModelError
      switch await ask(name, prompt, run) {
      case .answered(let usage, let finish):
        // Services count pictures in ways of their own; nothing is learned from such a prompt.
        board.succeeded(name, rawEstimate: prompt.raw, usage: read.pictures.isEmpty ? usage : nil)
        return answered(run, name, usage, finish, prompt, read.heard)
      case .cut(.interrupted(let interruption)):
        return await interrupted(run, interruption)
      case .cut(.silent):
        error = ModelError(.timedOut, detail: "silence")
      case .failed(let failure):
        error = failure
      }
      if Task.isCancelled { return nil }
      note(error, name, run)
      switch plan.next(after: error, remaining: remaining(run), jitter: random()) {
      case .again(let pause):
        await sleep(pause, run)
      case .cutContext:
        promptBudget = min(promptBudget, prompt.estimated) * 6 / 10
      case .nextModel:
        promptBudget = settings.budget.prompt
      case .giveUp(let failure):
        return .failed(job: job.id, failure)
      }
    }
  }

  private func remaining(_ run: AnswerRun) -> Duration {
    settings.timeout - clock.steady().since(run.started)
  }

  /// What was shown becomes the answer of a stopped job; a dropped one leaves nothing.
  private func interrupted(_ run: AnswerRun, _ interruption: Interruption) async -> AnswerOutcome? {
    switch interruption {
    case .drop: return nil
    case .stop:
      await run.finishPreviews()
      return .stopped(job: run.work.job.id, text: run.shown)
    }
  }
}

// MARK: One request

extension Answering {
  /// What a picture is taken to cost, in tokens; services tell it only afterwards.
  private static let pictureTokens = 1_100

  /// Nil when the question alone is too long, or was erased meanwhile.
  private func prompt(
    _ transcript: [Message], _ job: AnswerJob, _ read: MediaReader.Reading, budget: Int,
    estimator: TokenEstimator
  ) -> Prompt? {
    let plan = ContextBuilder(namesSpeakers: !job.question.isPrivate).build(
      system: settings.instructions[job.question.language] ?? "",
      transcript: transcript.map { read.applied(to: $0) }, question: job.question.position,
      promptBudget: budget - read.pictures.count * Self.pictureTokens, estimator: estimator)
    switch plan {
    case .questionTooLong, .questionMissing:
      return nil
    case .fits(var turns, let estimated, let raw, let trimmed):
      turns[turns.count - 1].pictures = read.pictures
      return Prompt(
        turns: turns, estimated: estimated, raw: raw,
        isNearlyFull: trimmed > 0 || estimated * 10 >= budget * 9)
    }
  }

  /// One request, until it ends or is cut off.
  private func ask(_ name: String, _ prompt: Prompt, _ run: AnswerRun) async -> Attempt {
    let request = ModelRequest(
      model: name, turns: prompt.turns, answerTokens: settings.budget.answer,
      timeout: remaining(run))
    run.beginAttempt(now: clock.steady())
    return await withTaskGroup(of: Attempt?.self) { group in
      group.addTask { await read(request, run) }
      group.addTask {
        await run.waitForCut()
        return nil
      }
      var ended: Attempt?
      for await result in group {
        if let result { ended = result }
        group.cancelAll()
      }
      if case .answered = ended, run.interruption != .drop, let ended { return ended }
      if let cut = run.cut { return .cut(cut) }
      return ended ?? .failed(ModelError(.cancelled))
    }
  }

  private func read(_ request: ModelRequest, _ run: AnswerRun) async -> Attempt {
    var usage: TokenUsage?
    var finish: ModelDelta.Finish?
    do throws(ModelError) {
      let stream = try await model.stream(request)
      while let delta = try await stream.next() {
        run.append(delta, now: clock.steady())
        usage = delta.usage ?? usage
        finish = delta.finish ?? finish
      }
      return .answered(usage, finish)
    } catch {
      return .failed(error)
    }
  }

  private func answered(
    _ run: AnswerRun, _ name: String, _ usage: TokenUsage?, _ finish: ModelDelta.Finish?,
    _ prompt: Prompt, _ heard: [MessageID: String]
  ) -> AnswerOutcome {
    let text = run.text
    let id = run.work.job.id
    let told = usage?.prompt ?? prompt.estimated
    let completion = usage?.completion ?? board.estimator(name).tokens(text)
    let use = ContextUse(
      tokens: told + completion, budget: settings.maxTokens, isNearlyFull: prompt.isNearlyFull)
    metrics.increment(
      "switchboard_tokens_total", ["direction": "prompt"], by: Double(told))
    metrics.increment(
      "switchboard_tokens_total", ["direction": "completion"], by: Double(completion))
    log.info(
      "the model answered",
      [
        .job: .integer(id.rawValue), .model: .text(name), .tokens: .count(use.tokens),
        .percent: .count(use.percent),
        .seconds: .number(clock.steady().since(run.started).inSeconds),
      ])
    guard text.contains(where: { !$0.isWhitespace }) else {
      return .failed(job: id, finish == .filtered ? .filtered : .emptyAnswer)
    }
    return .ready(job: id, text: text, use: use, heard: heard)
  }

  private func note(_ error: ModelError, _ name: String, _ run: AnswerRun) {
    // An answer that was too slow to end in time tells nothing against the service.
    if error.kind != .timedOut || run.text.isEmpty {
      board.failed(name, error.kind, now: clock.steady())
    }
    let fields: KeyValuePairs<LogKey, LogValue> = [
      .job: .integer(run.work.job.id.rawValue), .model: .text(name),
      .kind: .text(error.kind.rawValue), .detail: .text(error.detail),
    ]
    switch error.kind {
    case .keyRefused, .outOfMoney, .modelUnknown, .refused:
      log.error("the model refuses us", fields)
    case .timedOut, .rateLimited, .unavailable, .unreachable, .interrupted, .malformed,
      .contextTooLong, .filtered, .mediaUnsupported, .cancelled:
      log.warning("the model did not answer", fields)
    }
  }

  /// Waits, but no longer than until the job is interrupted.
  private func sleep(_ pause: Duration, _ run: AnswerRun) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { try? await clock.sleep(pause) }
      group.addTask { await run.waitForInterruption() }
      await group.next()
      group.cancelAll()
    }
  }
}
