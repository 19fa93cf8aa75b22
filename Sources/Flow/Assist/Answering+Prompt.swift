internal import Conversation

extension Answering {
  /// What a model is told, and what that was thought to cost.
  struct Prompt {
    var brief: Brief
    var turns: [ContextTurn]
    var estimated: Int
    var raw: Int
    var isNearlyFull: Bool
  }

  /// What a picture is taken to cost, in tokens; services tell it only afterwards.
  private static let pictureTokens = 1_100

  /// What the tool is taken to cost, in tokens.
  private static let toolTokens = 150

  /// Nil when the question alone is too long, or was erased meanwhile. Where there is no room for
  /// the whole brief, the question comes before what is said of operators.
  func prompt(
    _ transcript: [Message], _ job: AnswerJob, _ read: MediaReader.Reading, _ brief: Brief,
    budget: Int, estimator: TokenEstimator
  ) -> Prompt? {
    let question = job.question
    let isSummary = brief == .summary
    let system = brief.system(
      base: settings.instructions[question.language] ?? "", question: question,
      tellsOfPeople: transcript.contains { $0.role.isOfPeople })
    let beside =
      read.pictures.count * Self.pictureTokens + (brief.offersTool ? Self.toolTokens : 0)
    let plan = ContextBuilder(namesSpeakers: !question.isPrivate).build(
      system: system, transcript: transcript.map { read.applied(to: $0) },
      question: question.position, promptBudget: budget - beside, estimator: estimator,
      keepsReplies: isSummary)
    switch plan {
    case .questionMissing:
      return nil
    case .questionTooLong:
      guard let shorter = brief.shorter else { return nil }
      return prompt(transcript, job, read, shorter, budget: budget, estimator: estimator)
    case .fits(var turns, let estimated, let raw, let trimmed):
      if isSummary { turns = Brief.record(of: turns, language: question.language) }
      turns[turns.count - 1].pictures = read.pictures
      let tool = brief.offersTool ? Self.toolTokens : 0
      return Prompt(
        brief: brief, turns: turns, estimated: estimated + tool, raw: raw + tool,
        isNearlyFull: trimmed > 0 || estimated * 10 >= budget * 9)
    }
  }
}
