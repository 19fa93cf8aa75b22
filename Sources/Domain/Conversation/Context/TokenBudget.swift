/// How the tokens of one request are shared between what the model is told and what it answers.
package struct TokenBudget: Equatable, Sendable {
  /// The most that the model is told, in tokens.
  package let prompt: Int
  /// The most that it may answer, in tokens.
  package let answer: Int

  /// Shares `total` tokens: a quarter, at most 4096, is kept for the answer.
  package init(total: Int) {
    answer = min(max(total, 0) / 4, 4096)
    prompt = max(total, 0) - answer
  }
}
