import Conversation
import Desk
import Storage
import Synchronization
import Testing

/// The promises about operators, checked against what everybody saw.
struct DeskPromises {
  let arrivals: [WorldState.Arrival]
  /// What may have arrived, or was turned away.
  let unsure: [WorldState.Arrival]
  let uncertain: [WorldState.Arrival]
  let written: [Operators.Written]
  let ledger: Ledger
  /// The dialogues' transcripts, as they are kept at the end.
  let transcripts: [Message]
  let stored: [DeskLogEntry]
  let figures: DeskStatistics

  init(_ world: World) async throws {
    written = world.operators.withLock { $0.written }
    let (arrivals, uncertain, turnedAway, ledger) = world.state.with {
      ($0.arrivals, $0.uncertain, $0.turnedAway, $0.ledger)
    }
    self.arrivals = arrivals
    self.uncertain = uncertain
    self.ledger = ledger
    unsure = uncertain + turnedAway
    let store = world.live.store
    var transcripts: [Message] = []
    for summary in try await store.browse(DialogueQuery(limit: 1_000)) {
      transcripts += try await store.transcript(
        summary.dialogue.id, from: Position(1), through: Position(.max), limit: 1_000_000)
    }
    self.transcripts = transcripts
    stored = try await store.deskLog(after: 0, from: nil, limit: 1_000_000).map(\.entry)
    figures = try await DeskReport.figures(of: store, from: nil, to: nil)
  }

  func check(_ comment: Comment) {
    #expect(crossed == [], comment)
    #expect(unread == [], comment)
    #expect(spokenOver == [], comment)
    #expect(misdelivered == [], comment)
    #expect(stored == ledger.log, "the log is what was committed; \(comment)")
    #expect(figures == DeskStatistics(stored), comment)
    #expect(LogAccount(stored).violations == [], comment)
    #expect(figures.taken > 2 && figures.answers > 2, "the run is worth something; \(comment)")
  }

  // MARK: Nobody reads what is not for them

  private var crossed: [String] {
    arrivals.flatMap { arrival -> [String] in
      let words = Words.all(in: arrival.text)
      if !Staff.chats.contains(arrival.chat) {
        return words.filter { word in
          if let chat = Words.chat(of: word) { return chat != arrival.chat }
          return word.hasPrefix("n")
        }
      }
      let chats = Set(words.compactMap { Words.chat(of: $0) })
      guard chats.count <= 1 else { return ["\(chats) together in \(arrival.chat)"] }
      // A transcript was asked for where it arrived.
      return chats.filter {
        !arrival.isFile && ledger.readers[$0]?.contains(arrival.chat) != true
      }.map { "\($0) in \(arrival.chat): \(arrival.text)" }
    }
  }

  // MARK: Nothing of a customer is lost

  private var unread: [String] {
    var read = Set<Ledger.Owed>()
    for arrival in arrivals + unsure where Staff.chats.contains(arrival.chat) {
      for word in Words.all(in: arrival.text) { read.insert(.init(word: word, chat: arrival.chat)) }
    }
    return ledger.owed.subtracting(read).map { "\($0.word) never came to \($0.chat)" }.sorted()
  }

  // MARK: The bot is silent while a person holds the dialogue

  private var spokenOver: [String] {
    let doubtful = Set(uncertain.map(\.text))
    return ledger.held.flatMap { held in
      arrivals[held.from..<(held.to ?? arrivals.count)].filter {
        $0.chat == held.customer && $0.text.hasPrefix("re c") && !doubtful.contains($0.text)
      }.map { "\($0.text) was said over a person" }
    }
  }

  // MARK: Operators' words

  private var misdelivered: [String] {
    var shown: [String: [WorldState.Arrival]] = [:]
    for arrival in arrivals where !Staff.chats.contains(arrival.chat) {
      // A draft that repeats an operator's words is not theirs.
      for word in Words.all(in: arrival.text)
      where word.hasPrefix("o") && !arrival.text.contains("re \(word)") {
        shown[word, default: []].append(arrival)
      }
    }
    var fates: [StaffMessage: Message.Delivery] = [:]
    for message in transcripts {
      if let source = message.source { fates[source] = message.delivery }
    }
    let doubtful = Set(uncertain.flatMap { Words.all(in: $0.text) })
    let replies = Set(
      (arrivals + unsure).compactMap { reply in
        reply.replyTo.map { StaffMessage(chat: reply.chat, id: $0) }
      })
    return written.compactMap { said in
      let seen = shown[said.word] ?? []
      let fate = fates[said.source]
      let isTold = replies.contains(said.source)
      if seen.contains(where: { $0.chat != said.customer }) {
        return "\(said.word) went to \(seen.map(\.chat))"
      }
      if fate == .pending { return "\(said.word) is pending for ever" }
      if seen.isEmpty, said.deservesAnswer, !isTold {
        return "\(said.word) is lost: \(String(describing: fate)) in \(said.source)"
      }
      if seen.count > 1, !doubtful.contains(said.word) { return "\(said.word) came twice" }
      if seen.count > 1, fate == .delivered { return "\(said.word) is not marked as repeated" }
      return nil
    }
  }
}

/// Follows the log of each dialogue: one owner at most, who alone answers, and every request ends.
struct LogAccount {
  private struct Course {
    var isWaiting = false
    var holder: OperatorID?
    var requestedAt: Instant?
    var unansweredSince: Instant?
    var hasAnswered = false
  }

  private var courses: [ConversationID: Course] = [:]
  private(set) var violations: [String] = []

  init(_ log: [DeskLogEntry]) {
    for entry in log {
      var course = courses[entry.conversation] ?? Course()
      let fault = take(entry, &course)
      if let fault { violations.append("\(entry.conversation): \(entry.kind), though \(fault)") }
      courses[entry.conversation] = course
    }
    for (id, course) in courses.sorted(by: { $0.key < $1.key }) where course.holder != nil {
      violations.append("\(id) is held for ever")
    }
  }

  /// What speaks against an entry.
  private func take(_ entry: DeskLogEntry, _ course: inout Course) -> String? {
    switch entry.kind {
    case .requested(let reason):
      let isLoss = reason == .operatorGone
      // A request that ends because its customer blocked the bot leaves no entry.
      let fault = (course.holder != nil) != isLoss ? "\(course)" : nil
      // A request that was taken and not answered goes on as it was.
      let since = isLoss && !course.hasAnswered ? course.requestedAt : nil
      course = Course(isWaiting: true, requestedAt: since ?? entry.at)
      return fault
    case .withdrawn:
      defer { course = Course() }
      return course.isWaiting ? nil : "nobody waits"
    case .taken(let person, let waited):
      if course.holder != nil { return "somebody holds it" }
      // Who blocked the bot waits no longer.
      let expected = waited == nil ? nil : since(course.requestedAt, entry.at)
      if waited == nil { course.requestedAt = nil }
      course.holder = person
      course.isWaiting = false
      return waited == expected ? nil : "it waited \(String(describing: expected))"
    case .passed(let from, let to):
      defer { course.holder = to }
      return course.holder == from ? nil : "\(String(describing: course.holder)) holds it"
    case .customerWrote:
      course.unansweredSince = course.unansweredSince ?? entry.at
      return course.isWaiting || course.holder != nil ? nil : "no person is there"
    case .answered(let person, let first, let next):
      return answered(person, first, next, entry.at, &course)
    case .returned:
      defer { course = Course() }
      return course.isWaiting || course.holder != nil ? nil : "no person is there"
    case .closed(_, let resolution):
      defer { course = Course() }
      return resolution == nil || resolution == since(course.requestedAt, entry.at)
        ? nil : "it took another time"
    case .reminded, .unclaimed: return course.isWaiting ? nil : "nobody waits"
    case .undelivered, .rated: return nil
    }
  }

  private func answered(
    _ person: OperatorID, _ first: Int64?, _ next: Int64?, _ at: Instant, _ course: inout Course
  ) -> String? {
    defer {
      course.hasAnswered = true
      course.unansweredSince = nil
    }
    guard course.holder == person else { return "\(String(describing: course.holder)) holds it" }
    // Who came without a request answers what was said last.
    let isRight =
      course.hasAnswered || course.requestedAt == nil
      ? first == nil && next == since(course.unansweredSince, at)
      : first == since(course.requestedAt, at) && next == nil
    return isRight ? nil : "it took another time"
  }

  /// An operator's chat that is behind tells of earlier times than the customer's: nobody waits for
  /// less than nothing.
  private func since(_ earlier: Instant?, _ now: Instant) -> Int64? {
    earlier.map { max(0, now.milliseconds - $0.milliseconds) }
  }
}
