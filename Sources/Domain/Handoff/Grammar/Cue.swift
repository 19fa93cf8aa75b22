/// A word that asks for the mentioned person.
enum Cue {
  case call, talk, want, give, can, ask, serve, exists

  /// «не зовите», "don't want"; but "can't reach an agent" is no refusal.
  var canBeRefused: Bool {
    switch self {
    case .call, .talk, .want, .give, .ask: true
    case .can, .serve, .exists: false
    }
  }

  /// The cue that the word at an index gives for a target, if the two belong together.
  init?(at index: Int, for target: Target, in clause: Clause) {
    let token = clause.tokens[index]
    let between = clause.content(between: index, and: target.index)
    let isBefore = index < target.index
    // English has its object behind the verb.
    let isOrdered = isBefore || !token.isLatin
    if token.has(.call), isOrdered, between <= 1, !clause.has(.money) {
      self = .call
    } else if token.has(.talk), isOrdered, between <= 1 {
      self = .talk
    } else if token.has(.give), isOrdered, between == 0 {
      self = .give
    } else if token.has(.want), isOrdered, between == 0 {
      self = .want
    } else if token.has(.ask), isBefore, between == 0, !target.token.has([.nominative]) {
      self = .ask
    } else if token.has(.can), isOrdered, between == 0, Self.asksFor(target, token, clause) {
      self = .can
    } else if token.has(.letting), between <= 1, isBefore, clause.has(.serve) {
      self = .serve
    } else if token.has(.exists), between == 0 {
      self = .exists
    } else {
      return nil
    }
  }

  private static func asksFor(_ target: Target, _ token: Token, _ clause: Clause) -> Bool {
    if token.isLatin {
      return !target.token.has(.plural) && !clause.has([.which, .condition])
        && (1...3).contains { clause.token(target.index + $0)?.has(.serve) ?? false }
    }
    return !target.token.has(.nominative)
  }
}
