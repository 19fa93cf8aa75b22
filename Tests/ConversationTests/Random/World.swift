import Conversation

/// The world around one dialogue: it lets things happen at random and carries out what follows.
struct World {
  /// What must not be.
  struct Broken: Error, CustomStringConvertible {
    var rule: String
    var event: DialogueEvent
    var description: String { "\(rule), after \(event)" }
  }

  var random: SeededGenerator
  var dialogue = Dialogue(id: ConversationID(7))
  var clock = Desk.now
  let isPrivate: Bool
  let staff: StaffPolicy?
  /// Whether operators keep hours.
  let keepsHours: Bool
  /// The settings by day.
  private var settings = DialoguePolicy(questionsPerMinute: 6, queueLimit: 4)
  /// Chats that were taken out of them.
  private(set) var retired: Set<ChatID> = []
  private var hasNoStaff = false

  // What the world knows.
  var running: [AnswerJobID: AnswerJob] = [:]
  var ended: [AnswerJobID] = []
  var lastPosition = Position(0)
  var messages: Int64 = 10
  var staffMessages: Int64 = 500
  var log = LogRecomputation()
  /// Topics that were made for the dialogue, and the chats that know of its request.
  var topics: Set<ChatID> = []
  var announced: Set<ChatID> = []
  var ownersChat: ChatID?
  /// Chats that go on reading while the dialogue is held over the HTTP API.
  var along: Set<ChatID> = []
  /// Since when each person was last told that they ask too much.
  var toldOfLimit: [PersonID: Instant] = [:]
  var toldOfBan = false
  /// The kinds of all effects so far, for who wants to know them.
  var seen: Set<String>?

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    isPrivate = random.chance(70)
    keepsHours = random.chance(40)
    guard random.chance(92) else {
      staff = nil
      return
    }
    let sets: [[StaffChat.Kind]] = [
      [.person], [.forum], [.group], [.person, .forum], [.forum, .forum],
      [.person, .person, .group, .forum],
    ]
    let chats = random.one(of: sets).enumerated().map { index, kind in
      StaffChat(
        chat: ChatID(kind == .person ? 100 + Int64(index) : -300 - Int64(index)), kind: kind)
    }
    staff = StaffPolicy(
      chats: chats, onWords: random.one(of: StaffPolicy.Manner.allCases),
      onFailure: random.one(of: StaffPolicy.Manner.allCases), complaintLimit: random.below(3),
      timeout: .seconds(random.one(of: [60, 1_800, 7_200])),
      reminder: .seconds(random.one(of: [30, 300, 4_000])), asksForRating: random.chance(50))
    settings.staff = staff
  }

  /// The settings as they are now.
  var policy: DialoguePolicy {
    guard keepsHours, settings.staff != nil else { return settings }
    let block = clock.milliseconds / 36_000_000
    guard block % 2 == 1 else { return settings }
    var policy = settings
    policy.staff?.opensAt = Instant(milliseconds: (block + 1) * 36_000_000)
    return policy
  }

  /// One thing happens.
  mutating func step() throws {
    let pause = random.one(of: [0, 0, 1, 5, 40, 40, 300, 3_000])
    clock = clock + .seconds(pause) + .milliseconds(random.below(1_000))
    if random.chance(1) { changeSettings() }
    try happen(randomEvent())
  }

  private mutating func changeSettings() {
    switch random.below(4) {
    case 0: hasNoStaff.toggle()
    case 1: retired = []
    default: if let chat = staff?.chats.randomElement(using: &random) { retired.insert(chat.chat) }
    }
    settings.staff = hasNoStaff ? nil : staff
    settings.staff?.chats.removeAll { retired.contains($0.chat) }
    if settings.staff?.chats.isEmpty == true { settings.staff = nil }
  }

  /// Nothing happens any more but that time passes: everybody who waits must be told.
  mutating func comeToRest() throws {
    for _ in 0..<60 {
      guard let timer = dialogue.timer else { return }
      clock = max(clock, timer)
      try happen(.timePassed(at: clock))
    }
    throw Broken(rule: "a person is waited for for ever", event: .timePassed(at: clock))
  }

  mutating func happen(_ event: DialogueEvent) throws {
    let before = dialogue
    let policy = policy
    let effects: [DialogueEffect]
    do throws(Refusal) {
      effects = try dialogue.apply(event, policy: policy)
    } catch {
      try require(dialogue == before, "a refusal changes nothing", event)
      return try require(!isAwaited(event), "an awaited answer is refused", event)
    }
    try carryOut(event, effects, before, policy)
    try checkStanding(event)
  }

  func require(_ holds: Bool, _ rule: @autoclosure () -> String, _ event: DialogueEvent) throws {
    if !holds { throw Broken(rule: rule(), event: event) }
  }
}
