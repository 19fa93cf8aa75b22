import Conversation

/// Who holds a dialogue and how long customers waited, made anew from nothing but the kinds and the
/// times of the log's entries.
struct LogRecomputation {
  private(set) var isWaiting = false
  private(set) var owner: OperatorID?
  private var requestBegan: Instant?
  private var wasAnswered = false
  private var unanswered: Instant?

  /// Takes an entry in; a text when it does not fit those before it.
  mutating func take(_ entry: DeskLogEntry) -> String? {
    func wait(since begin: Instant?) -> Int64? {
      begin.map { max(0, entry.at.milliseconds - $0.milliseconds) }
    }
    switch entry.kind {
    case .requested:
      if isWaiting { return "a request while one is open" }
      if requestBegan == nil || wasAnswered { requestBegan = entry.at }
      wasAnswered = false
      unanswered = nil
      (isWaiting, owner) = (true, nil)
    case .taken(let person, let waited):
      if owner != nil { return "taken while somebody holds it" }
      if waited != wait(since: requestBegan) { return "waited \(waited ?? -1)" }
      (isWaiting, owner) = (false, person)
    case .passed(let from, let to):
      if owner != from || from == to { return "passed by who does not hold it" }
      owner = to
    case .customerWrote:
      if !isWaiting && owner == nil { return "heard by nobody" }
      if unanswered == nil { unanswered = entry.at }
    case .answered(let person, let first, let next):
      if owner != person { return "answered by who does not hold it" }
      let isFirst = requestBegan != nil && !wasAnswered
      if first != (isFirst ? wait(since: requestBegan) : nil) { return "first \(first ?? -1)" }
      if next != (isFirst ? nil : wait(since: unanswered)) { return "next \(next ?? -1)" }
      wasAnswered = true
      unanswered = nil
    case .closed(_, let resolution):
      if resolution != wait(since: requestBegan) { return "resolution \(resolution ?? -1)" }
      end()
    case .withdrawn:
      if !isWaiting { return "withdrawn while nobody is wanted" }
      end()
    case .returned:
      if !isWaiting && owner == nil { return "returned while nobody has it" }
      end()
    case .reminded, .unclaimed:
      if !isWaiting { return "nobody is wanted" }
    case .undelivered, .rated: break
    }
    return nil
  }

  private mutating func end() { self = LogRecomputation() }
}
