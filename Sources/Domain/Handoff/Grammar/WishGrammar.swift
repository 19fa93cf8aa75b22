/// Reads a clause: who is spoken of, and what is asked about them.
struct WishGrammar {
  /// Each mention is weighed against all of its clause; a clause with more of them is no wish.
  private static let maximumMentions = 8

  let clause: Clause
  /// The whole sentence speaks of programming, or of work for hire.
  let isTechnical: Bool
  let isAboutJobs: Bool

  init(_ clause: Clause, in sentence: Sentence) {
    self.clause = clause
    isTechnical = sentence.isTechnical
    isAboutJobs = sentence.isAboutJobs
  }

  func reading() -> Reading {
    if asksWhoAnswers { return .nothing }
    var best = readingAboutBots()
    var mentions = 0
    for index in clause.tokens.indices where mentions < Self.maximumMentions {
      guard let target = Target(at: index, in: clause) else { continue }
      mentions += 1
      let reading = reading(of: target)
      if reading == .refusal { return .refusal }
      best = max(best, reading)
      if best == .wish { return .wish }
    }
    return max(best, readingWithoutTarget())
  }

  /// «ты бот или человек?», "am I talking to a human": who is there, not a wish.
  private var asksWhoAnswers: Bool {
    let words = clause.tokens
    guard words.contains(where: { $0.has([.human, .alive, .agent, .bot]) }) else { return false }
    guard !clause.has([.want, .call, .give, .stop, .exists]) else { return false }
    let start = words.prefix(4)
    let isStatement = start.contains { $0.has(.you) } && !clause.has([.can, .not, .letting, .why])
    let asksSelf =
      start.contains { $0.has(.be) && $0.isLatin } && clause.has([.i, .you]) && !clause.has(.not)
    let speaksNow =
      start.contains { $0.has(.i) } && start.contains { $0.has(.be) }
      && !start.contains { $0.has([.not, .talk]) }
    let thisIs = start.first?.has(.be) == true && !clause.has([.not, .talk])
    return (isStatement && clause.content == 0 && !clause.has([.serve, .place]))
      || (asksSelf && !clause.has(.exists)) || speaksNow || thisIs
  }

  /// «не хочу с ботом», "stop the bot".
  private func readingAboutBots() -> Reading {
    guard let bot = clause.tokens.firstIndex(where: { $0.has(.bot) }) else { return .nothing }
    if isTechnical { return .nothing }
    let isRejected =
      negates(bot)
      || clause.neighbourhood(of: bot).contains { index in
        clause.tokens[index].has([.want, .talk, .letting]) && isNegated(index)
      }
    if isRejected { return clause.content <= 1 ? .wish : .nothing }
    let isStopped = clause.neighbourhood(of: bot).contains { clause.tokens[$0].has(.stop) }
    return isStopped && clause.content <= 2 ? .maybe : .nothing
  }

  // MARK: Targets

  private func reading(of target: Target) -> Reading {
    if isCancelled(target) { return .refusal }
    if negates(target.start, acrossVerbs: false) { return isReproach ? .wish : .refusal }
    var best = Reading.nothing
    for index in clause.neighbourhood(of: target.index) where index != target.index {
      guard let cue = Cue(at: index, for: target, in: clause) else { continue }
      if cue.canBeRefused && isNegated(index) {
        // «робот не нужен, человека бы»: what is refused is nearer.
        if let bot = clause.tokens.firstIndex(where: { $0.has(.bot) }),
          abs(bot - index) < abs(target.index - index)
        {
          continue
        }
        return isReproach ? .wish : .refusal
      }
      best = max(best, strength(of: cue, for: target))
    }
    if best == .nothing { best = readingAlone(target) }
    if best == .nothing { best = readingByForm(target) }
    return best
  }

  private func strength(of cue: Cue, for target: Target) -> Reading {
    if target.isCompound {
      return cue == .call && !target.isThing && target.hasPreposition ? .maybe : .nothing
    }
    switch cue {
    case .call:
      if isAboutJobs { return clause.has([.which, .how, .place, .job]) ? .nothing : .maybe }
      if target.kind == .support && isAboutHours { return .nothing }
      if clause.has(.topic) && target.kind == .person { return clause.has(.me) ? .wish : .nothing }
      if clause.has(.which) && target.kind == .staff { return .nothing }
      return target.isDirectCall(clause) ? .wish : .maybe
    case .talk:
      if clause.has(.which), !target.token.isLatin, !clause.has([.want, .can, .how]) {
        return .nothing
      }
      if target.kind == .support { return isAboutHours ? .nothing : .maybe }
      let isSubject = target.token.has(.nominative) && !target.token.isLatin
      return target.kind == .staff || isAboutHours || isSubject ? .maybe : .wish
    case .want, .give, .can:
      if clause.tokens.contains(where: { $0.letters == Self.whether }), cue == .want {
        return .nothing
      }
      if isAboutJobs { return .nothing }
      if isTechnical && !target.isAlive { return target.kind == .human ? .maybe : .nothing }
      if target.isMine { return .nothing }
      switch target.kind {
      case .person:
        if target.token.has(.plural) && target.token.has(.nominative) { return .nothing }
        return target.complement == .none ? .wish : .maybe
      case .human:
        switch target.complement {
        case .none: return .wish
        case .direct: return .maybe
        case .prepositional: return .nothing
        }
      case .support, .someone:
        return target.complement != .none || isAboutHours ? .nothing : .maybe
      case .staff:
        return target.complement != .none || (target.token.isLatin && !clause.has(.me))
          ? .nothing : .maybe
      }
    case .ask:
      if clause.has([.want, .can]) && target.kind <= .human { return .wish }
      return isAtStart(target) || clause.has([.how, .place]) ? .maybe : .nothing
    case .serve: return target.isAlive || target.kind <= .human ? .wish : .maybe
    case .exists:
      if isAboutJobs || clause.content > 1 || isAboutHours { return .nothing }
      if clause.has(.which) && !target.isAlive { return .nothing }
      if target.complement != .none || (target.token.has(.accusative) && !target.isAlive) {
        return .nothing
      }
      let isSure = target.isAlive || (target.kind == .human && target.token.isLatin)
      return isSure && !clause.has(.you) ? .wish : .maybe
    }
  }

  /// The noun stands alone: «оператор!», "human please".
  private func readingAlone(_ target: Target) -> Reading {
    let words = clause.tokens
    let isAlone = words.allSatisfy {
      $0.isTransparent || $0.has(Traits.target) || $0.has([.which, .place, .how, .why, .but])
    }
    guard isAlone, clause.isAtEdge, !target.isCompound, !target.isMine, !isAboutJobs else {
      return waitsFor(target) ? .maybe : .nothing
    }
    if clause.has([.past, .contact, .number, .other]) { return .nothing }
    if clause.has(.which) { return .nothing }
    if let first = words.first, Self.thanks.contains(first.letters), target.hasPreposition {
      return .nothing
    }
    if clause.has(.i) && clause.has(.be) { return .nothing }
    if clause.has([.place, .how, .why]) { return .maybe }
    switch target.kind {
    case .person, .human:
      if clause.has(.you) && target.token.isLatin { return .maybe }
      return clause.isQuestion || (target.token.has(.plural) && !target.isAlive) ? .maybe : .wish
    case .support, .staff, .someone: return target.isAlive ? .wish : .maybe
    }
  }

  /// What only the form tells: «оператора в студию», «лучше бы человек ответил», "mod pls".
  private func readingByForm(_ target: Target) -> Reading {
    let asksSelf = clause.tokens.contains { $0.has(.me) && !$0.has(.mine) }
    let isPerson =
      target.kind <= .human || target.isAlive || (target.hasPreposition && asksSelf)
    guard isPerson, !target.isCompound, !target.isMine, !isAboutJobs, !isTechnical,
      !clause.has([.past, .third, .contact, .number, .other, .frame, .cancel])
    else { return .nothing }
    let pleads = clause.token(target.index + 1).map { Self.please.contains($0.letters) } ?? false
    if pleads && target.start == clause.tokens.startIndex { return .maybe }
    if target.token.isLatin {
      let asks = clause.has([.how, .want, .can, .give]) && clause.has([.i, .how, .want])
      if (asks || asksSelf) && target.hasPreposition && clause.content <= 1 { return .maybe }
      let wants = asksSelf || clause.has(.want)
      return wants && clause.content == 0 && target.complement == .none
        && !clause.has([.which, .how])
        ? .maybe : .nothing
    }
    if clause.has([.which, .how]) { return .nothing }
    if clause.has(.serve) && asksSelf && clause.content == 0 { return .maybe }
    if asksSelf && target.hasPreposition && clause.content <= 1 { return .maybe }
    let isObject = target.token.has(.accusative) || clause.has(.want)
    let isNear =
      target.complement == .none || target.start == clause.tokens.startIndex
      || (target.isAlive && clause.has(.want))
    return isObject && clause.content <= 2 && isNear && !clause.has([.i, .exists])
      ? .maybe : .nothing
  }

  private static let please = Set(
    ["please", "pls", "plz", "пожалуйста", "пж", "плиз", "срочно", "now"].map {
      Alphabet.letters(of: $0)
    })

  /// «когда ответит оператор?»
  private func waitsFor(_ target: Target) -> Bool {
    clause.has(.serve) && target.kind <= .human && clause.content <= 1
      && (clause.has(.which) || (clause.isQuestion && !clause.has([.why, .how])))
      && !clause.has([.past, .third, .job])
  }

  private func isAtStart(_ target: Target) -> Bool {
    target.start - clause.tokens.startIndex <= 4
  }

  // MARK: Without a target

  private func readingWithoutTarget() -> Reading {
    if let call = clause.tokens.firstIndex(where: { $0.has(.handOn) }), !isNegated(call),
      clause.tokens.allSatisfy({ $0.isTransparent || $0.has(.handOn) }),
      !clause.has([.money, .topic, .how, .contact])
    {
      return .maybe
    }
    return connectsSomewhere ? .maybe : .nothing
  }

  /// «соедините с кассой», "connect me with pharmacy": whoever that is, a person is meant.
  private var connectsSomewhere: Bool {
    let words = clause.tokens
    guard let call = words.firstIndex(where: { $0.has(.handOn) }), !isNegated(call),
      !clause.has([.money, .topic, .work, .contact, .number, .how]), clause.content == 1,
      let last = words.last, last.isContent, !last.isQuotation
    else { return false }
    let between = words[words.index(after: call)..<(words.endIndex - 1)]
    return between.contains { $0.has(.with) }
      && (!words[call].isLatin || between.contains { $0.has(.me) })
      && between.allSatisfy { $0.isTransparent }
  }

  // MARK: Negation

  private static let thanks = Set(["thanks", "спасибо"].map { Alphabet.letters(of: $0) })
  private static let whether = Alphabet.letters(of: "ли")
  private static let bareNo = Set(["no", "нет", "nope"].map { Alphabet.letters(of: $0) })

  /// A negation that belongs to the verb at an index, before it or after it.
  private func isNegated(_ index: Int) -> Bool {
    if negates(index) { return true }
    if let next = clause.token(index + 1), next.has(.not), !next.isLatin,
      let after = clause.token(index + 2), after.has([.want, .can, .be])
    {
      return true
    }
    return false
  }

  /// Whether a negation stands before an index with only small words between.
  private func negates(_ index: Int, acrossVerbs: Bool = true) -> Bool {
    var position = index - 1
    while let token = clause.token(position), index - position <= 6, token.stop <= .hyphen {
      if token.has(.not) {
        // "no, I want" and «нет мне нужен» refuse what was said before.
        if Self.bareNo.contains(token.letters),
          clause.tokens[position..<index].contains(where: {
            $0.has([.want, .talk, .call, .give, .me, .i])
          })
        {
          return false
        }
        return !(clause.token(position + 1)?.has([.might]) ?? false)
          && !(clause.token(position + 1)?.has(.can) ?? false && !token.isLatin)
      }
      let verbs: Traits = acrossVerbs ? [.want, .talk, .call, .give, .letting] : []
      let light = Traits.transparent.union(verbs)
      guard token.has(light) || (acrossVerbs && token.has([.human, .agent, .bot])) else {
        return false
      }
      position -= 1
    }
    return false
  }

  /// «почему не зовёте оператора?!» asks for one.
  private var isReproach: Bool {
    clause.has(.why) || clause.tokens.contains { $0.letters == Self.whether }
      || (clause.isQuestion && clause.has(.you) && !clause.has(.want))
  }

  private func isCancelled(_ target: Target) -> Bool {
    let wanted: Traits = clause.has(.bot) ? .cancel : [.cancel, .stop]
    return clause.neighbourhood(of: target.index).contains { index in
      index < target.index && clause.tokens[index].has(wanted)
        && clause.content(between: index, and: target.index) <= 1
        && (clause.tokens[index].has(.cancel)
          || !clause.tokens[index..<target.index].contains { $0.has([.call, .give, .want, .talk]) })
    }
  }

  private var isAboutHours: Bool {
    clause.has(.contact) && clause.has([.which, .how, .give, .want, .can])
  }
}
