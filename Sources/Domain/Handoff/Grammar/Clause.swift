/// A stretch of words that can hold one wish.
struct Clause: Sendable {
  let tokens: ArraySlice<Token>
  /// The sentence ends with a question mark.
  let isQuestion: Bool
  /// Nothing else stands in its sentence before it, or after it.
  let isAtEdge: Bool

  /// How far apart two words may be that belong together.
  static let reach = 9

  func has(_ traits: Traits) -> Bool { tokens.contains { $0.has(traits) } }

  /// The number of words that bring another subject.
  var content: Int { tokens.reduce(0) { $0 + ($1.isContent ? 1 : 0) } }

  func token(_ index: Int) -> Token? { tokens.indices.contains(index) ? tokens[index] : nil }

  /// The words around an index that are near enough to belong to it.
  func neighbourhood(of index: Int) -> Range<Int> {
    max(tokens.startIndex, index - Self.reach)..<min(tokens.endIndex, index + Self.reach + 1)
  }

  /// How many words of another subject lie strictly between two indices.
  func content(between one: Int, and other: Int) -> Int {
    let (low, high) = (min(one, other) + 1, max(one, other))
    guard low < high else { return 0 }
    return tokens[low..<high].reduce(0) { count, token in
      let light: Traits = Traits.transparent.union(Traits.target)
        .union([.want, .talk, .call, .give, .not, .third, .which, .but, .serve, .ask])
      return count + (token.isContent || !token.has(light) ? 1 : 0)
    }
  }
}

/// A sentence of a text as its clauses.
struct Sentence: Sendable {
  let tokens: ArraySlice<Token>
  let isQuestion: Bool
  /// It speaks of programming, or of work for hire.
  let isTechnical: Bool
  let isAboutJobs: Bool
  let clauses: [Clause]

  static func sentences(of tokens: [Token]) -> [Sentence] {
    var result: [Sentence] = []
    var start = tokens.startIndex
    for index in tokens.indices where tokens[index].stop >= .sentence || index == tokens.count - 1 {
      result.append(Sentence(tokens[start...index]))
      start = index + 1
    }
    return result
  }

  private init(_ tokens: ArraySlice<Token>) {
    let isQuestion = tokens.last?.stop == .question
    self.tokens = tokens
    self.isQuestion = isQuestion
    isTechnical = tokens.contains { $0.has(.topic) }
    isAboutJobs = tokens.contains { $0.has(.job) }
    let ranges = Self.ranges(in: tokens)
    clauses = ranges.enumerated().map { index, range in
      Clause(
        tokens: tokens[range], isQuestion: isQuestion,
        isAtEdge: index == 0 || index == ranges.count - 1)
    }
  }

  private static func ranges(in tokens: ArraySlice<Token>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = tokens.startIndex
    for index in tokens.indices {
      if index > start && startsClause(index, after: start, in: tokens) {
        ranges.append(start..<index)
        start = index
      }
      if tokens[index].stop >= .comma || index == tokens.endIndex - 1 {
        ranges.append(start..<(index + 1))
        start = index + 1
      }
    }
    return joiningFillers(ranges, in: tokens)
  }

  /// People who dictate leave the comma out: «заказ не пришёл оператора позовите».
  private static func startsClause(
    _ index: Int, after start: Int, in tokens: ArraySlice<Token>
  ) -> Bool {
    let (token, previous) = (tokens[index], tokens[index - 1])
    if token.has(.but) { return true }
    if previous.has([.not, .might]) { return false }
    if token.isLatin {
      // "I don't want a bot I want a human"
      guard index + 1 < tokens.endIndex else { return false }
      // "it is not working can you transfer me"
      if token.has(.can), !token.has(.want), tokens[index + 1].has(.you), !tokens[index + 1].has(.i)
      {
        return true
      }
      return token.has(.i) && index + 1 < tokens.endIndex
        && !previous.has([.how, .which, .can, .condition])
        && tokens[index + 1].has([.want, .not])
        && tokens[start..<index].contains { $0.isContent || $0.has(.bot) }
    }
    guard token.has(.imperative) else { return false }
    let before = tokens[start..<index]
    return !before.contains { $0.has([.agent, .human, .alive, .staff, .someone, .support, .can]) }
      && before.contains { !$0.isTransparent }
  }

  /// «Позовите, пожалуйста, оператора» is one clause.
  private static func joiningFillers(
    _ ranges: [Range<Int>], in tokens: ArraySlice<Token>
  ) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var joinsNext = false
    for range in ranges {
      let isFiller = tokens[range].allSatisfy { $0.has(.filler) && !$0.has([.but, .not]) }
      let wasFiller = joinsNext
      joinsNext = isFiller
      if let last = result.last, isFiller || wasFiller {
        result[result.count - 1] = last.lowerBound..<range.upperBound
      } else {
        result.append(range)
      }
    }
    return result
  }
}
