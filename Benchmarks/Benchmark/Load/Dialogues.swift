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
  private let clearsMemory: Bool
  /// The chats of people who have written before and come back, each once.
  private var stored: [Int]
  private var next: Int

  /// Makes people; the first ones come back to so many stored dialogues, in no order, the others
  /// are new. When there are stored ones, all begin by clearing the memory, so that what is asked of
  /// the model does not depend on how many there are.
  init(questions: Int, stored: Int? = nil) {
    self.questions = questions
    clearsMemory = stored != nil
    next = Self.firstChat + (stored ?? 0)
    var random = SplitMix(state: 1)
    self.stored = (Self.firstChat..<next).shuffled(using: &random)
  }

  /// The next person.
  mutating func begin() -> Session {
    if let dialogue = stored.popLast() { return Session(dialogue: dialogue, asked: -1) }
    next += 1
    return Session(dialogue: next - 1, asked: clearsMemory ? -1 : 0)
  }

  /// The same person again, or the next one.
  mutating func after(_ session: Session) -> Session {
    var session = session
    session.asked += 1
    return session.asked < questions ? session : begin()
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
