/// Makes what the model is told from a transcript.
package struct ContextBuilder: Sendable {
  /// The most that is kept of a quoted message, in Unicode scalars.
  package static let quoteLimit = 1000
  /// The most that is kept of a speaker's name, in Unicode scalars.
  package static let nameLimit = 40

  /// Whether questions carry the names of their speakers, as in a group with one shared memory.
  package var namesSpeakers: Bool

  /// Makes a builder.
  package init(namesSpeakers: Bool) { self.namesSpeakers = namesSpeakers }

  /// Chooses what the model is told before it answers one question.
  ///
  /// The instructions and the question are always there. Of what was said before, the newest whole
  /// exchanges are kept that fit into the budget without a gap: a question together with its
  /// answer, which stands right after it even where another question came in between. What an
  /// operator said, and that one was called, came or left, belongs to the last question before it
  /// and is told on the assistant's side as such; operators' notes and suggestions are never told,
  /// nor are answers that could not be delivered.
  /// Later questions, answers to them, and earlier answers to this question stay out. Turns of one
  /// side in a row become one, as some services want the sides to alternate.
  ///
  /// - Parameters:
  ///   - system: The instructions; when empty there is no such turn.
  ///   - transcript: What was said, by position.
  ///   - question: The position of the question.
  ///   - promptBudget: The most that all turns together may be, in tokens. After a refusal as too
  ///     long the caller builds again with a smaller one.
  ///   - estimator: Estimates tokens.
  ///   - keepsReplies: Whether what was said in reply to the question is told as well, so that the
  ///     last turn may be the assistant's: for whoever sums the dialogue up.
  /// - Returns: The turns, oldest first, or what stands in the way.
  package func build(
    system: String, transcript: [Message], question: Position, promptBudget: Int,
    estimator: TokenEstimator, keepsReplies: Bool = false
  ) -> ContextPlan {
    var exchanges = exchanges(of: transcript, through: question)
    guard let newest = exchanges.popLast(), newest.position == question else {
      return .questionMissing
    }
    var raw = TokenEstimator.perRequest
    if !system.isEmpty { raw += cost(system) }
    let last = keepsReplies ? newest.turns : [newest.turns[0]]
    raw += last.reduce(0) { $0 + cost($1.text) }
    guard estimator.tokens(raw: raw) <= promptBudget else { return .questionTooLong }

    // From the newest back, as long as the budget lasts.
    var turns = Array(last.reversed())
    while let exchange = exchanges.last {
      let more = exchange.turns.reduce(0) { $0 + cost($1.text) }
      guard estimator.tokens(raw: raw + more) <= promptBudget else { break }
      raw += more
      turns += exchange.turns.reversed()
      exchanges.removeLast()
    }
    if !system.isEmpty { turns.append(ContextTurn(role: .system, text: system)) }
    return .fits(
      turns: merged(turns.reversed()), estimatedTokens: estimator.tokens(raw: raw),
      rawTokens: raw, trimmed: exchanges.count)
  }

  /// A question, or an operator who wrote first, and what was said in reply.
  private struct Exchange {
    /// Where it began.
    let position: Position
    /// The first is a person's, the others are the assistant's.
    var turns: [ContextTurn]
  }

  /// The exchanges up to the question, oldest first. Answers whose question is gone are left out:
  /// the first turn must be a person's. Where an operator wrote first, a remark takes its place.
  private func exchanges(of transcript: [Message], through question: Position) -> [Exchange] {
    var exchanges: [Exchange] = []
    var replies: [Position: [Message]] = [:]
    var last: Position?
    for message in transcript {
      switch message.role {
      case .customer(let speaker):
        last = message.position
        guard message.position <= question else { continue }
        let asked = ContextTurn(role: .user, text: text(of: message, by: speaker))
        exchanges.append(Exchange(position: message.position, turns: [asked]))
      case .assistant(let answered, _):
        // Nobody has read what was not delivered, so it must not count as said.
        guard message.delivery != .undelivered else { continue }
        replies[answered, default: []].append(message)
      case .operator:
        if last == nil, message.position < question {
          last = message.position
          let remark = ContextTurn(role: .user, text: Self.operatorWroteFirst)
          exchanges.append(Exchange(position: message.position, turns: [remark]))
        }
        if let last { replies[last, default: []].append(message) }
      case .mark:
        if let last { replies[last, default: []].append(message) }
      case .note, .suggestion: continue
      }
    }
    for place in exchanges.indices {
      // In the transcript an answer may stand before what an operator had said earlier.
      let said = (replies[exchanges[place].position] ?? []).sorted { $0.position < $1.position }
      exchanges[place].turns += said.compactMap(Self.reply).map {
        ContextTurn(role: .assistant, text: $0)
      }
    }
    return exchanges
  }

  private func cost(_ text: String) -> Int {
    TokenEstimator.rawTokens(text) + TokenEstimator.perTurn
  }

  private func text(of message: Message, by speaker: Speaker) -> String {
    var text = message.text
    if namesSpeakers { text = Self.named(text, speaker) }
    guard let quoted = message.quoted, !quoted.isEmpty else { return text }
    return Self.quote(quoted) + "\n\n" + text
  }

  private func merged(_ turns: some Sequence<ContextTurn>) -> [ContextTurn] {
    var merged: [ContextTurn] = []
    for turn in turns {
      if let last = merged.indices.last, merged[last].role == turn.role {
        merged[last].text += "\n\n" + turn.text
      } else {
        merged.append(turn)
      }
    }
    return merged
  }
}
