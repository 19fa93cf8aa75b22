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

  /// What came with the text of a whole answer.
  private struct Reply {
    var usage: TokenUsage?
    var finish: ModelDelta.Finish?
    var call: HandOverCall?
  }

  /// How one request ended.
  private enum Attempt {
    case answered(Reply)
    case failed(ModelError)
    case cut(AnswerRun.Cut)
  }

  /// The outcome; nil when the task was cancelled or the job is to vanish.
  func answer(
    _ run: AnswerRun, transcript: TranscriptReader
  ) async throws(StoreError) -> AnswerOutcome? {
    let job = run.work.job
    let read: MediaReader.Reading
    switch await self.read(job.questions, run) {
    case .read(let reading): read = reading
    case .failed(let failure): return .failed(job: job.id, failure)
    case nil:
      guard let interruption = run.interruption else { return nil }
      return await interrupted(run, interruption)
    }
    var plan = AttemptPlan(models: settings.models.count, limits: settings.attempts)
    var promptBudget = settings.budget.prompt
    // Whether a draft was thrown away because it promised a person.
    var repairing = false
    while true {
      if let interruption = run.interruption { return await interrupted(run, interruption) }
      let name = settings.models[plan.model]
      guard
        let prompt = prompt(
          try await transcript(), job, read, brief(for: job, of: name, repairing: repairing),
          budget: promptBudget, estimator: board.estimator(name))
      else { return failed(job, .questionTooLong, repairing, read.heard) }
      guard board.admits(name, now: clock.steady()) else {
        // An open circuit is no try: the next model is asked at once, or the person is told.
        if plan.skipModel() { continue }
        return failed(job, .couldNotAnswer, repairing, read.heard)
      }
      let begun = clock.steady()
      let error: ModelError
      switch await ask(name, prompt, run) {
      case .answered(let reply):
        // Services count pictures in ways of their own; nothing is learned from such a prompt.
        board.succeeded(
          name, rawEstimate: prompt.raw, usage: read.pictures.isEmpty ? reply.usage : nil)
        let use = count(reply, name, prompt, run)
        if reply.call == nil, !repairing, promises(run.text, job) {
          repairing = true
          log.info("a draft promised a person", [.job: .integer(job.id.rawValue)])
          continue
        }
        return outcome(reply, use, run, repaired: repairing, read.heard)
      case .cut(.interrupted(let interruption)):
        board.gaveUp(name, begun: begun, now: clock.steady())
        return await interrupted(run, interruption)
      case .cut(.silent):
        error = ModelError(.timedOut, detail: "silence")
      case .failed(let failure):
        error = failure
      }
      if Task.isCancelled {
        board.gaveUp(name, begun: begun, now: clock.steady())
        return nil
      }
      if learnsThatToolsAreRefused(error, name, prompt) { continue }
      note(error, name, run, begun)
      switch plan.next(after: error, remaining: remaining(run), jitter: random()) {
      case .again(let pause):
        await sleep(pause, run)
      case .cutContext:
        promptBudget = min(promptBudget, prompt.estimated) * 6 / 10
      case .nextModel:
        promptBudget = settings.budget.prompt
      case .giveUp(let failure):
        return failed(job, failure, repairing, read.heard)
      }
    }
  }

  /// Reads the files of the questions, no longer than until the job is interrupted.
  private func read(_ questions: [Question], _ run: AnswerRun) async -> MediaReader.Result? {
    guard questions.contains(where: { !$0.attachments.isEmpty }) else { return .read(.init()) }
    return await withTaskGroup(of: MediaReader.Result?.self) { group in
      group.addTask { await media.read(questions) { remaining(run) } }
      group.addTask {
        await run.waitForInterruption()
        return nil
      }
      let result = await group.next()
      group.cancelAll()
      return result ?? nil
    }
  }

  private func remaining(_ run: AnswerRun) -> Duration {
    settings.timeout - clock.steady().since(run.started)
  }

  /// What was shown becomes the answer of a stopped job, unless it promises a person; a dropped
  /// one leaves nothing.
  private func interrupted(_ run: AnswerRun, _ interruption: Interruption) async -> AnswerOutcome? {
    switch interruption {
    case .drop: return nil
    case .stop:
      await run.finishPreviews(clock)
      let job = run.work.job
      return .stopped(job: job.id, text: promises(run.shown, job) ? "" : run.shown)
    }
  }

  /// A job without an answer. Whoever was promised a person gets one.
  private func failed(
    _ job: AnswerJob, _ failure: AnswerFailure, _ repairing: Bool, _ heard: [MessageID: String]
  ) -> AnswerOutcome {
    repairing ? promised(job, heard) : .failed(job: job.id, failure)
  }

  private func promised(_ job: AnswerJob, _ heard: [MessageID: String]) -> AnswerOutcome {
    .handedOver(job: job.id, text: "", summary: "", reason: .promise, heard: heard)
  }

  /// Whether an answer to the customer promises a person.
  private func promises(_ text: String, _ job: AnswerJob) -> Bool {
    job.assistance == nil && settings.handOver?.promises(text) ?? false
  }

  private func brief(for job: AnswerJob, of model: String, repairing: Bool) -> Brief {
    switch job.assistance {
    case .suggestion: .suggestion
    case .summary: .summary
    case nil:
      if settings.handOver == nil {
        .answer
      } else if board.takesTools(model) {
        .answerOrCall(repairing: repairing)
      } else {
        .answerOrPoint(repairing: repairing)
      }
    }
  }
}

// MARK: One request

extension Answering {
  /// One request, until it ends or is cut off.
  private func ask(_ name: String, _ prompt: Prompt, _ run: AnswerRun) async -> Attempt {
    let request = ModelRequest(
      model: name, turns: prompt.turns, answerTokens: settings.budget.answer,
      timeout: remaining(run), offersHandOver: prompt.brief.offersTool)
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
    var reply = Reply()
    do throws(ModelError) {
      let stream = try await model.stream(request)
      var hasBegun = false
      while let delta = try await stream.next() {
        if !hasBegun { board.answering(request.model) }
        hasBegun = true
        run.append(delta, now: clock.steady())
        reply.usage = delta.usage ?? reply.usage
        reply.finish = delta.finish ?? reply.finish
        reply.call = delta.handOver ?? reply.call
      }
      return .answered(reply)
    } catch {
      return .failed(error)
    }
  }

  /// Counts the tokens of a whole answer, and tells how much of the budget they are.
  private func count(
    _ reply: Reply, _ name: String, _ prompt: Prompt, _ run: AnswerRun
  ) -> ContextUse {
    let told = reply.usage?.prompt ?? prompt.estimated
    let completion = reply.usage?.completion ?? board.estimator(name).tokens(run.text)
    let use = ContextUse(
      tokens: told + completion, budget: settings.maxTokens, isNearlyFull: prompt.isNearlyFull)
    metrics.increment(
      "switchboard_tokens_total", ["direction": "prompt"], by: Double(told))
    metrics.increment(
      "switchboard_tokens_total", ["direction": "completion"], by: Double(completion))
    log.info(
      "the model answered",
      [
        .job: .integer(run.work.job.id.rawValue), .model: .text(name), .tokens: .count(use.tokens),
        .percent: .count(use.percent),
        .seconds: .number(clock.steady().since(run.started).inSeconds),
      ])
    return use
  }

  /// What a whole answer amounts to; `repaired` is one in the place of a promise.
  private func outcome(
    _ reply: Reply, _ use: ContextUse, _ run: AnswerRun, repaired: Bool,
    _ heard: [MessageID: String]
  ) -> AnswerOutcome {
    let job = run.work.job
    let isEmpty = run.text.allSatisfy(\.isWhitespace)
    if let call = reply.call, job.assistance == nil, settings.handOver != nil {
      return .handedOver(
        job: job.id, text: isEmpty ? "" : run.text,
        summary: call.summary.isEmpty ? call.reason : call.summary, reason: .model, heard: heard)
    }
    if isEmpty {
      return failed(job, reply.finish == .filtered ? .filtered : .emptyAnswer, repaired, heard)
    }
    if repaired, promises(run.text, job) { return promised(job, heard) }
    return .ready(job: job.id, text: run.text, use: use, heard: heard)
  }

  /// Whether the same request without the tool may succeed. From now on the model is asked so.
  private func learnsThatToolsAreRefused(
    _ error: ModelError, _ name: String, _ prompt: Prompt
  ) -> Bool {
    guard error.kind == .toolsUnsupported, prompt.brief.offersTool else { return false }
    board.refusedTools(name, now: clock.steady())
    log.info("the model takes no tools", [.model: .text(name), .detail: .text(error.detail)])
    return true
  }

  private func note(_ error: ModelError, _ name: String, _ run: AnswerRun, _ begun: Instant) {
    // An answer that was too slow to end in time tells nothing against the service.
    if error.kind != .timedOut || run.text.isEmpty {
      board.failed(name, error.kind, begun: begun, now: clock.steady())
    }
    let fields: KeyValuePairs<LogKey, LogValue> = [
      .job: .integer(run.work.job.id.rawValue), .model: .text(name),
      .kind: .text(error.kind.rawValue), .detail: .text(error.detail),
    ]
    switch error.kind {
    case .keyRefused, .outOfMoney, .modelUnknown, .toolsUnsupported, .refused:
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
