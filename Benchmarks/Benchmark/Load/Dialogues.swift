/// Who writes: people, each with a number of questions to ask one after another.
struct Dialogues {
  /// One person's sitting.
  struct Session {
    /// The chat.
    var dialogue: Int
    /// The questions asked so far; -1 when the memory of earlier ones is to be cleared first.
    var asked: Int
  }

  /// The chat of the first dialogue.
  static let firstChat = 1_000_001

  /// How many questions a person asks before the next takes the place.
  let questions: Int
  /// How many dialogues there are already, to be gone on with; nil makes new ones all the time.
  let stored: Int?
  private var next = firstChat
  private var random = SplitMix(state: 1)
  private var inUse: Set<Int> = []

  /// Makes people who begin dialogues, or go on with so many stored ones.
  init(questions: Int, stored: Int? = nil, firstNew: Int = firstChat) {
    self.questions = questions
    self.stored = stored
    next = firstNew
  }

  /// Somebody new.
  mutating func begin() -> Session {
    guard let stored else {
      next += 1
      // Staggered, so that not all dialogues are equally long at the same time.
      return Session(dialogue: next - 1, asked: 0)
    }
    while true {
      let dialogue = Self.firstChat + Int(random.next() % UInt64(stored))
      if inUse.insert(dialogue).inserted { return Session(dialogue: dialogue, asked: -1) }
    }
  }

  /// The same person again, or the next one.
  mutating func after(_ session: Session) -> Session {
    var session = session
    session.asked += 1
    if session.asked < questions { return session }
    inUse.remove(session.dialogue)
    return begin()
  }
}

/// Numbers that look random and are the same in every run (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
