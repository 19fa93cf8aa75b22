import Conversation

/// The columns of the transition table: every kind of state, reached by events.
///
/// Without capital W, O and the like: `F` nothing has happened yet; `I` the bot, with a topic in the
/// forum; `A` the bot, an answer awaited; `Q` the same, its words seen and a question behind it; `W0`
/// to `W3` waiting for a person at each stage, a question asked meanwhile; `O` Ann holds it and has
/// not answered, a draft at hand; `P` she has; `C` closed, a rating asked; `B` banned. With a small
/// `n` before it, the settings know no operators any more.
enum TableStates {
  static let names = [
    "F", "I", "A", "Q", "W0", "W1", "W2", "W3", "O", "P", "C", "B", "nF", "nA", "nW", "nO", "nC",
  ]

  static func policy(_ name: String) -> DialoguePolicy {
    name.hasPrefix("n") ? Desk.nobody : Desk.policy
  }

  /// A dialogue in a state; nil for a name that is none.
  static func dialogue(_ name: String) throws -> Dialogue? {
    let topic = [Desk.does(.note("hi")), .staffTopicMade(Desk.forum)]
    let waiting = topic + [Desk.calls(20), Desk.asks("meanwhile", 21)]
    let held =
      waiting + [
        Desk.does(.take(force: false)),
        Desk.does(.ask(.suggestion, about: Fixture.question(1, messageID: 10, "one"))),
        .answerReady(job: Fixture.job(1), text: "draft", use: nil, heard: [:], at: Desk.now),
      ]
    func later(_ stage: Int) throws -> Dialogue {
      var dialogue = try Desk.dialogue(waiting)
      for _ in 0..<stage {
        _ = try dialogue.apply(.timePassed(at: dialogue.timer ?? Desk.now), policy: Desk.policy)
      }
      return dialogue
    }
    switch name {
    case "F", "nF": return Fixture.fresh
    case "I": return try Desk.dialogue(topic)
    case "A", "nA": return try Desk.dialogue(topic + [Desk.asks("one", 10)])
    case "Q":
      return try Desk.dialogue(
        topic + [Desk.asks("one", 10), Fixture.appears(1), Desk.asks("two", 11)])
    case "W0", "nW": return try later(0)
    case "W1": return try later(1)
    case "W2": return try later(2)
    case "W3": return try later(3)
    case "O", "nO": return try Desk.dialogue(held)
    case "P": return try Desk.dialogue(held + [Desk.does(.write(Desk.words("help")))])
    case "C", "nC": return try Desk.dialogue(held + [Desk.does(.close)])
    case "B": return try Desk.dialogue(topic + [Desk.does(.ban(true))])
    default: return nil
    }
  }
}
