import Conversation
import Storage
import Synchronization
import Testing
import Turn

/// The promises, checked against what people saw.
struct Promises {
  let asked: [People.Asked]
  let clearings: [ChatID: [Int]]
  let arrivals: [WorldState.Arrival]
  let uncertain: [WorldState.Arrival]
  let leaks: [String]
  let ledger: Ledger
  let figures: StoreFigures
  private let texts = Texts()

  init(_ world: World, figures: StoreFigures) {
    (asked, clearings) = world.people.withLock { ($0.asked, $0.clearings) }
    (arrivals, uncertain, leaks) = world.state.with { ($0.arrivals, $0.uncertain, $0.leaks) }
    ledger = world.state.with { $0.ledger }
    self.figures = figures
  }

  func check(_ comment: Comment, answers least: Int) {
    #expect(leaks.isEmpty, comment)
    #expect(figures.inboxDepth == 0 && figures.outboxDepth == 0, comment)
    #expect(figures.oldestUnanswered == nil, comment)
    #expect(figures.quarantined == 0, comment)
    #expect(Set(unexplainedRepetitions) == [], comment)
    #expect(outOfOrder == [], comment)
    #expect(answeredAfterClearing == [], comment)
    #expect(ledger.violations == [], comment)
    #expect(ledger.open == 0, comment)
    #expect(answers.count >= least, "the run is worth something; \(comment)")
  }

  /// The questions whose answers arrived, in order of arrival; a repetition counts once.
  private var answers: [(chat: ChatID, words: String, at: Int)] {
    var seen: Set<String> = []
    return arrivals.enumerated().compactMap { index, arrival in
      guard arrival.text.hasPrefix("re c"),
        let words = arrival.text.split(whereSeparator: { " .\n".contains($0) }).dropFirst().first
      else { return nil }
      guard seen.insert(String(words)).inserted else { return nil }
      return (arrival.chat, String(words), index)
    }
  }

  /// Answers that stand there more than once although no send's outcome was unknown.
  private var unexplainedRepetitions: [String] {
    let counts = Dictionary(grouping: arrivals.filter { $0.text.hasPrefix("re c") }, by: \.text)
    return counts.filter { $1.count > 1 }.keys.filter { text in
      !uncertain.contains { $0.text == text }
    }
  }

  private var outOfOrder: [String] {
    var last: [ChatID: Int] = [:]
    return answers.compactMap { answer in
      let number = asked.first { $0.words == answer.words }?.number ?? 0
      defer { last[answer.chat] = number }
      return number < last[answer.chat] ?? 0 ? answer.words : nil
    }
  }

  /// Answers to questions from before a `/new` that arrived after its reply.
  private var answeredAfterClearing: [String] {
    let reply = texts.text(.newDialogue, in: .english)
    return answers.compactMap { answer in
      let number = asked.first { $0.words == answer.words }?.number ?? 0
      let replies = arrivals.prefix(answer.at).filter { $0.chat == answer.chat && $0.text == reply }
      let clearedBefore = Set(clearings[answer.chat] ?? []).sorted()
      let distinct = min(replies.count, clearedBefore.count)
      guard distinct > 0, let uncertainReply = Optional(uncertain.contains { $0.text == reply }),
        !uncertainReply
      else { return nil }
      return number <= clearedBefore[distinct - 1] ? answer.words : nil
    }
  }
}
