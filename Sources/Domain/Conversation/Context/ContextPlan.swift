/// What the model will be told, or why nothing can be.
package enum ContextPlan: Equatable, Sendable {
  /// It fits.
  ///
  /// `estimatedTokens` is the whole prompt's estimate; `rawTokens` the same before the estimator's
  /// factor, to learn from later; `trimmed` how many of the oldest exchanges were left out.
  case fits(turns: [ContextTurn], estimatedTokens: Int, rawTokens: Int, trimmed: Int)
  /// The instructions and the question alone are more than the budget.
  case questionTooLong
  /// The question is not in the transcript any more.
  case questionMissing
}
