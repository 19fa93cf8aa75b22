internal import Foundation

/// Lets people write to a program and takes the times of everything that follows.
final class Load {
  /// When people write.
  enum Pace {
    /// So many wait for an answer at all times; who has one writes again.
    case closed(Int)
    /// So many messages a second come, however long the answers take, at random times.
    case open(Double)
  }

  /// A question under way.
  private struct Flight {
    var session: Dialogues.Session
    var due: Nanoseconds
    var modelBegan: Nanoseconds = 0
    var modelEnded: Nanoseconds = 0
  }

  private let reactor: Reactor
  private let standIns: StandIns
  private let sender: WebhookSender
  private var dialogues: Dialogues
  private var pace = Pace.closed(0)
  private var flights: [Int: Flight] = [:]
  private var resting: [Dialogues.Session] = []
  private var nextDue: Nanoseconds = 0
  private var nextUpdate = 1
  private var random = SplitMix(state: 7)
  private var isOpen = false
  private var retries: [(due: Nanoseconds, request: [UInt8], since: Nanoseconds)] = []
  /// What was measured since it was last reset.
  private(set) var tally = Tally()

  /// How many wait for an answer.
  var inFlight: Int { flights.count }

  init(
    _ reactor: Reactor, _ standIns: StandIns, _ program: Program, dialogues: Dialogues,
    connections: Int
  ) {
    self.reactor = reactor
    self.standIns = standIns
    self.dialogues = dialogues
    sender = WebhookSender(reactor, port: program.port, connections: connections)
    standIns.modelBegan = { [unowned self] in flights[$0]?.modelBegan = $1 }
    standIns.modelEnded = { [unowned self] in flights[$0]?.modelEnded = $1 }
    standIns.messageSent = { [unowned self] in finished($0, $1, $2) }
    reactor.everyRound = { [unowned self] in round($0) }
  }

  /// Sets the pace; people begin, or go on, to write.
  func begin(_ pace: Pace) {
    self.pace = pace
    isOpen = true
    nextDue = .now
    if case .closed(let count) = pace {
      while flights.count < count { write(resting.popLast() ?? dialogues.begin(), .now) }
    }
  }

  /// Lets time pass.
  func run(_ seconds: Double) { reactor.run(until: .now + .seconds(seconds)) { false } }

  /// Lets time pass until the condition holds; false when it does not in time.
  @discardableResult
  func run(atMost seconds: Double, until condition: () -> Bool) -> Bool {
    reactor.run(until: .now + .seconds(seconds), condition)
  }

  /// Forgets what was measured so far.
  func reset() { tally = Tally() }

  /// Nobody writes any more; waits for the answers that are due and gives how many do not come.
  func end() -> Int {
    isOpen = false
    run(atMost: 30) { flights.isEmpty }
    return flights.count
  }

  private func write(_ session: Dialogues.Session, _ due: Nanoseconds) {
    flights[session.dialogue] = Flight(session: session, due: due)
    let request = WebhookSender.request(update(session))
    post(request, due)
  }

  private func post(_ request: [UInt8], _ since: Nanoseconds) {
    sender.post(request) { [unowned self] status, now in
      if status == 200 { return tally.acknowledgements.append(now - since) }
      // Telegram, too, tries again.
      tally.refused += 1
      retries.append((now + .milliseconds(100), request, since))
    }
  }

  private func finished(_ chat: Int, _ question: Int?, _ now: Nanoseconds) -> Bool {
    guard let flight = flights[chat] else { return false }
    let session = flight.session
    if session.asked >= 0 {
      guard question == session.asked, flight.modelEnded > 0 else { return false }
      let own = flight.modelEnded - flight.modelBegan
      tally.answers += 1
      tally.whole.append(now - flight.due)
      tally.added.append(now - flight.due - own)
    }
    flights[chat] = nil
    let next = dialogues.after(session)
    if isOpen, case .closed = pace { write(next, now) } else { resting.append(next) }
    return true
  }

  private func round(_ now: Nanoseconds) -> Nanoseconds {
    var next = standIns.advance(now) ?? .max
    if isOpen, case .open(let rate) = pace {
      while nextDue <= now {
        write(resting.isEmpty ? dialogues.begin() : resting.removeLast(), nextDue)
        let gap = -log(1 - Double.random(in: 0..<1, using: &random)) / rate
        nextDue += .seconds(gap)
      }
      next = min(next, nextDue)
    }
    while let retry = retries.first, retry.due <= now {
      retries.removeFirst()
      post(retry.request, retry.since)
    }
    if let retry = retries.first { next = min(next, retry.due) }
    return next
  }

  private func update(_ session: Dialogues.Session) -> String {
    nextUpdate += 1
    let text: String
    let entities: String
    if session.asked < 0 {
      text = "/new"
      entities = #","entities":[{"offset":0,"length":4,"type":"bot_command"}]"#
    } else {
      text =
        "\(AnswerText.mark)\(session.dialogue)-\(session.asked)- I have moved house. How do I "
        + "change the address that my letters are sent to?"
      entities = ""
    }
    return """
      {"update_id":\(nextUpdate),"message":{"message_id":\(nextUpdate),"from":{"id":\
      \(session.dialogue),"is_bot":false,"first_name":"Anna","username":"anna",\
      "language_code":"en"},"chat":{"id":\(session.dialogue),"first_name":"Anna","username":"anna",\
      "type":"private"},"date":\(Int(Date().timeIntervalSince1970)),"text":"\(text)"\(entities)}}
      """
  }
}
