internal import Conversation
internal import Gateways
internal import Platform
internal import Storage

/// Gets one question answered: builds the context, asks the models of the list as the plan says,
/// and tells how it ended. It writes nothing anywhere.
struct Answering: Sendable {
  let model: LanguageModel
  let settings: AssistSettings
  let board: ModelBoard
  let clock: Clock
  let metrics: Metrics
  let log: Log
  let random: @Sendable () -> Double

  /// How one request ended.
  private enum Attempt {
    case answered(TokenUsage?, ModelDelta.Finish?)
    case failed(ModelError)
    case cut(AnswerRun.Cut)
  }

  /// The outcome; nil when the task was cancelled or the job is to vanish.
  func answer(_ run: AnswerRun, transcript: [Message]) async -> AnswerOutcome? {
    let job = run.work.job
    var plan = AttemptPlan(models: settings.models.count, limits: settings.attempts)
    var modelIndex = 0
    var promptBudget = settings.budget.prompt
    while true {
      if let interruption = run.interruption { return await interrupted(run, interruption) }
      let name = settings.models[modelIndex]
      let turns: [ContextTurn]
      let estimated: Int
      let rawEstimate: Int
      switch context(transcript, job, promptBudget, name) {
      case .questionTooLong:
        return .failed(job: job.id, .questionTooLong)
      case .questionMissing:
        // The transcript was erased meanwhile.
        return .failed(job: job.id, .couldNotAnswer)
      case .fits(let told, let tokens, let raw, _):
        (turns, estimated) = (told, tokens)
        rawEstimate = raw
      }
      guard board.admits(name, now: clock.now()) else {
        // An open circuit is no try: the next model is asked at once, or the person is told.
        modelIndex += 1
        if modelIndex < settings.models.count { continue }
        return .failed(job: job.id, .couldNotAnswer)
      }
      let request = ModelRequest(
        model: name, turns: turns, answerTokens: settings.budget.answer,
        timeout: settings.timeout - clock.now().since(run.started))
      let attempt = await ask(request, run)
      let error: ModelError
      switch attempt {
      case .answered(let usage, let finish):
        board.succeeded(name, rawEstimate: rawEstimate, usage: usage)
        return answered(run, name, usage, finish, estimated)
      case .cut(.interrupted(let interruption)):
        return await interrupted(run, interruption)
      case .cut(.silent):
        error = ModelError(.timedOut, detail: "silence")
      case .failed(let failure):
        error = failure
      }
      if Task.isCancelled { return nil }
      note(error, name, run)
      switch plan.next(
        after: error, remaining: settings.timeout - clock.now().since(run.started),
        jitter: random())
      {
      case .again(let pause):
        await sleep(pause, run)
      case .cutContext:
        promptBudget = promptBudget * 6 / 10
      case .nextModel:
        modelIndex += 1
        promptBudget = settings.budget.prompt
      case .giveUp(let failure):
        return .failed(job: job.id, failure)
      }
    }
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

  private func context(
    _ transcript: [Message], _ job: AnswerJob, _ promptBudget: Int, _ name: String
  ) -> ContextPlan {
    ContextBuilder(namesSpeakers: !job.question.isPrivate).build(
      system: settings.instructions[job.question.speaker.language] ?? "",
      transcript: transcript, question: job.question.position, promptBudget: promptBudget,
      estimator: board.estimator(name))
  }

  /// One request, until it ends or is cut off.
  private func ask(_ request: ModelRequest, _ run: AnswerRun) async -> Attempt {
    run.beginAttempt(now: clock.now())
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
        run.append(delta, now: clock.now())
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
    _ estimated: Int
  ) -> AnswerOutcome {
    let text = run.text
    let id = run.work.job.id
    let completion = usage?.completion ?? board.estimator(name).tokens(text)
    let use = ContextUse(
      tokens: (usage?.prompt ?? estimated) + completion, budget: settings.maxTokens)
    metrics.increment(
      "switchboard_tokens_total", ["direction": "prompt"],
      by: Double(usage?.prompt ?? estimated))
    metrics.increment(
      "switchboard_tokens_total", ["direction": "completion"], by: Double(completion))
    log.info(
      "the model answered",
      [
        .job: .integer(id.rawValue), .model: .text(name), .tokens: .count(use.tokens),
        .percent: .count(use.percent),
        .seconds: .number(clock.now().since(run.started).inSeconds),
      ])
    guard text.contains(where: { !$0.isWhitespace }) else {
      return .failed(job: id, finish == .filtered ? .filtered : .emptyAnswer)
    }
    return .ready(job: id, text: text, use: use)
  }

  private func note(_ error: ModelError, _ name: String, _ run: AnswerRun) {
    board.failed(name, error.kind, now: clock.now())
    let fields: KeyValuePairs<LogKey, LogValue> = [
      .job: .integer(run.work.job.id.rawValue), .model: .text(name),
      .kind: .text(error.kind.rawValue), .detail: .text(error.detail),
    ]
    switch error.kind {
    case .keyRefused, .outOfMoney, .modelUnknown, .refused:
      log.error("the model refuses us", fields)
    case .timedOut, .rateLimited, .unavailable, .unreachable, .interrupted, .malformed,
      .contextTooLong, .filtered, .cancelled:
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
