/// A mention of somebody who may be asked for.
struct Target {
  /// What kind of mention, from the surest to the vaguest.
  enum Kind: Int, Comparable {
    case person, human, support, staff, someone

    static func < (one: Kind, other: Kind) -> Bool { one.rawValue < other.rawValue }
  }

  let index: Int
  /// Where the noun phrase begins, with its adjectives and preposition.
  let start: Int
  let token: Token
  let kind: Kind
  /// With "live", "real" and the like, which leave no doubt.
  let isAlive: Bool
  /// A word beside it makes it something else: mobile operator, password manager.
  let isCompound: Bool
  /// It is no person at all: a word in another alphabet follows, as in «оператор switch».
  let isThing: Bool
  /// My manager, our administrator.
  let isMine: Bool
  /// What the noun is bound to besides the wish.
  enum Complement {
    case none
    /// A noun of another subject directly beside it.
    case direct
    /// «для съёмки», "for a party"
    case prepositional
  }

  let complement: Complement
  let hasPreposition: Bool

  init?(at index: Int, in clause: Clause) {
    let token = clause.tokens[index]
    guard token.has(Traits.target), !token.has(.third) || token.has([.human, .staff, .someone])
    else { return nil }
    let (previous, next) = (clause.token(index - 1), clause.token(index + 1))
    let nextIsTarget = next?.has([.agent, .human, .support, .staff, .someone]) ?? false
    if token.has(.alive) && !token.has([.agent, .human]) {
      if token.isLatin || nextIsTarget { return nil }
      if let next, next.isContent || next.has(.job) { return nil }
      if Self.needsNoun.contains(where: { token.letters.suffix(2) == $0[...] }) { return nil }
    }
    guard let kind = Self.kind(of: token) else { return nil }
    self.index = index
    self.token = token
    self.kind = kind
    var start = index
    while let before = clause.token(start - 1),
      before.letters != Self.like,
      before.has([.alive, .adjective, .with])
        || (before.has(.filler) && !before.has([.not, .past])),
      start > index - 5
    { start -= 1 }
    self.start = start
    if Self.isComparison(before: start, in: clause) { return nil }
    let phrase = clause.tokens[start..<index]
    hasPreposition = phrase.contains { $0.has(.with) }
    isAlive =
      token.has(.alive) || phrase.contains { $0.has(.alive) }
      || (next?.has(.alive) ?? false)
    let isForeign = next.map { !token.isLatin && $0.isLatin && !$0.has(.filler) } ?? false
    isThing = isForeign
    isCompound =
      isForeign || Self.makesCompound(previous, token, next)
      || (token.has(.instrumental) && !hasPreposition)
    isMine = phrase.contains { $0.has(.mine) } || (previous?.has(.mine) ?? false)
    complement = Self.complement(token, kind, at: index, in: clause)
  }

  /// Endings with which «живой» does not stand for a person: «в живую», «живое».
  private static let needsNoun = ["ую", "ое", "ая"].map { Alphabet.letters(of: $0) }

  private static func kind(of token: Token) -> Kind? {
    if token.has(.agent) { return .person }
    if token.has([.human, .alive]) { return .human }
    if token.has(.support) { return .support }
    if token.has(.staff) { return .staff }
    return token.has(.someone) ? .someone : nil
  }

  private static func makesCompound(_ previous: Token?, _ token: Token, _ next: Token?) -> Bool {
    if let previous, previous.stop <= .hyphen {
      if previous.has(.compound) && !previous.has(.alive) { return true }
      if previous.letters == contact && token.has(.human) { return true }
      if previous.has([.number, .other]) && !previous.has(.with) { return true }
    }
    if let next, token.stop <= .hyphen, next.has(.compound), !next.has([.alive, .filler, .with]) {
      return true
    }
    return false
  }

  private static func complement(
    _ token: Token, _ kind: Kind, at index: Int, in clause: Clause
  ) -> Complement {
    if let previous = clause.token(index - 1), previous.isContent, !token.isLatin,
      !looksLikeVerb(previous), !looksLikeRequest(previous)
    {
      return .direct
    }
    guard token.stop <= .hyphen, let next = clause.token(index + 1) else { return .none }
    if next.isContent { return looksLikeRequest(next) ? .none : .direct }
    if next.has(.contact) { return .direct }
    if next.has(.adjective), clause.token(index + 2)?.isContent ?? false { return .direct }
    guard next.has([.with, .function]) else { return .none }
    var position = index + 2
    while clause.token(position)?.has(.adjective) ?? false { position += 1 }
    guard let after = clause.token(position) else { return .none }
    // "a person to unlock it": perhaps of the house, perhaps not.
    if next.letters == to && after.isContent { return .direct }
    let isOther = after.isContent || after.has([.money, .job, .topic, .compound, .bot])
    return isOther || (next.letters == with && after.has(.me)) ? .prepositional : .none
  }

  /// "talk like a human", «ответь как человек»
  private static func isComparison(before start: Int, in clause: Clause) -> Bool {
    guard let before = clause.token(start - 1) else { return false }
    if before.letters == kak || before.letters == than { return true }
    guard before.letters == like else { return false }
    return !(clause.token(start - 2)?.has([.want, .i]) ?? false)
  }

  private static let like = Alphabet.letters(of: "like")
  private static let to = Alphabet.letters(of: "to")
  private static let contact = Alphabet.letters(of: "contact")
  private static let than = Alphabet.letters(of: "than")
  private static let with = Alphabet.letters(of: "with")
  private static let kak = Alphabet.letters(of: "как")

  private static let verbEndings = [
    "л", "ла", "ли", "ло", "сь", "ся", "ет", "ют", "ит", "ят", "но", "ть",
  ]
  .map { Alphabet.letters(of: $0) }

  private static func looksLikeVerb(_ token: Token) -> Bool {
    verbEndings.contains { token.letters.suffix($0.count) == $0[...] }
  }

  private static let requestEndings = ["ите", "ете", "йте", "ишь", "ешь", "ай", "уй", "ть"]
    .map { Alphabet.letters(of: $0) }

  private static func looksLikeRequest(_ token: Token) -> Bool {
    requestEndings.contains { token.letters.suffix($0.count) == $0[...] }
  }

  /// Whether a call for this mention is surely one for a person of the house.
  func isDirectCall(_ clause: Clause) -> Bool {
    switch kind {
    case .support: clause.has(.imperative) && complement != .prepositional
    case .person, .human: !(clause.has(.how) && complement == .prepositional)
    case .staff: hasPreposition && complement == .none && clause.has(.imperative) || isAlive
    case .someone: true
    }
  }
}
