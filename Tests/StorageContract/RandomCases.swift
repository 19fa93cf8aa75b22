import Conversation
import Gateways
import Storage

extension StorageContract {
  /// Long runs of random operations, compared step by step with a small model of what the port says.
  static let randomCases: [Case] = (1...4).map { seed in
    Case("random operations give what the model gives (seed \(seed))") { store in
      var run = RandomRun(store: store, seed: UInt64(seed))
      for _ in 0..<400 { try await run.advance() }
      try await run.compareFigures()
    }
  }
}

/// What the port says, in its simplest form: lists that are searched from the beginning.
private struct Model {
  struct Entry {
    var number: Int64
    var address: ConversationAddress
    var album: String?
    var notBefore: Instant
    var heldUntil: Instant?
    var attempts = 0
  }

  struct Send {
    var number: Int64
    var address: ConversationAddress
    var parts: Int
    var part = 0
    var failures = 0
    var unknowns = 0
    var isSending = false
    var notBefore: Instant
    var heldUntil: Instant?
  }

  var inbox: [Entry] = []
  var quarantine: [Entry] = []
  var sends: [Send] = []

  mutating func claim(until: Instant, now: Instant) -> [[String]] {
    var works: [[String]] = []
    for address in Set(inbox.map(\.address)) {
      let lane = inbox.indices.filter { inbox[$0].address == address }
      guard let head = lane.first, inbox[head].notBefore <= now,
        !lane.contains(where: { inbox[$0].heldUntil.map { $0 > now } ?? false })
      else { continue }
      let taken = lane.filter {
        $0 == head || (inbox[head].album != nil && inbox[$0].album == inbox[head].album)
      }
      for index in taken {
        inbox[index].heldUntil = until
        inbox[index].attempts += 1
      }
      works.append(taken.map { "\(inbox[$0].number) attempt \(inbox[$0].attempts)" })
    }
    return works.sorted { $0.joined() < $1.joined() }
  }

  mutating func claimSends(until: Instant, now: Instant) -> [String] {
    var claimed: [String] = []
    for chat in Set(sends.map(\.address.chat)) {
      guard let head = sends.firstIndex(where: { $0.address.chat == chat }),
        sends[head].notBefore <= now, sends[head].heldUntil.map({ $0 <= now }) ?? true
      else { continue }
      claimed.append(Self.describe(sends[head]))
      sends[head].heldUntil = until
      sends[head].isSending = true
    }
    return claimed.sorted()
  }

  private static func describe(_ send: Send) -> String {
    "\(send.number) part \(send.part) failures \(send.failures) unknowns \(send.unknowns) "
      + "interrupted \(send.isSending)"
  }
}

/// A run of random operations on a store and on the model.
private struct RandomRun {
  private let store: any Store
  private var random: SplitMix
  private var model = Model()
  private var now = start
  private var numbers: Int64 = 0
  private var messages: Int64 = 0
  private var works: [(entries: [InboxID: Int64], address: ConversationAddress, until: Instant)] =
    []
  private var taken: [(id: OutboxID, number: Int64, until: Instant)] = []
  private var setAside: [Int64: InboxID] = [:]

  init(store: any Store, seed: UInt64) {
    self.store = store
    random = SplitMix(state: seed)
  }

  mutating func advance() async throws {
    switch Int.random(in: 0..<12, using: &random) {
    case 0...2: try await admit()
    case 3...4: try await claim()
    case 5: try await giveBack()
    case 6: try await finish()
    case 7: try await quarantine()
    case 8: try await retry()
    case 9: try await claimSends()
    case 10: try await settle()
    default: pass()
    }
    try await compareFigures()
  }

  func compareFigures() async throws {
    try expectEqual(
      try await store.figures(),
      StoreFigures(
        inboxDepth: model.inbox.count, outboxDepth: model.sends.count,
        quarantined: model.quarantine.count, oldestUnanswered: nil), "the figures")
  }

  private mutating func pass() {
    now = now + .seconds(Int.random(in: 1...8, using: &random))
    works.removeAll { $0.until <= now }
    taken.removeAll { $0.until <= now }
  }

  private mutating func admit() async throws {
    let isRepetition = numbers > 0 && Int.random(in: 0..<5, using: &random) == 0
    let number = isRepetition ? Int64.random(in: 1...numbers, using: &random) : numbers + 1
    let address = chat(
      Int64.random(in: 1...3, using: &random), topic: Bool.random(using: &random) ? 1 : nil)
    let album = Int.random(in: 0..<3, using: &random) == 0 ? "x" : nil
    let notBefore = now + .seconds(Int.random(in: 0...2, using: &random))
    let new = entry(number, in: address, album: album, notBefore: notBefore)
    try expectEqual(try await store.admit([new], now: now), [!isRepetition], "admission")
    guard !isRepetition else { return }
    numbers = number
    model.inbox.append(
      Model.Entry(number: number, address: address, album: album, notBefore: notBefore))
  }

  private mutating func claim() async throws {
    let until = now + .seconds(10)
    let found = try await store.claim(
      limit: 1000, lease: Lease(owner: "a", until: until), now: now)
    var described: [[String]] = []
    for work in found {
      var entries: [InboxID: Int64] = [:]
      var lines: [String] = []
      for entry in work.entries {
        guard case .update(let update) = entry.event else { continue }
        entries[entry.id] = update.id
        lines.append("\(update.id) attempt \(entry.attempts)")
      }
      described.append(lines)
      works.append((entries, work.address, until))
    }
    try expectEqual(
      described.sorted { $0.joined() < $1.joined() }, model.claim(until: until, now: now),
      "what was claimed")
  }

  private mutating func takeWork() -> (
    entries: [InboxID: Int64], address: ConversationAddress, until: Instant
  )? {
    guard !works.isEmpty else { return nil }
    return works.remove(at: Int.random(in: works.indices, using: &random))
  }

  private mutating func giveBack() async throws {
    guard let work = takeWork() else { return }
    let time = now + .seconds(Int.random(in: 0...4, using: &random))
    try await store.release(work.entries.keys.sorted(), reason: "x", retryAt: time, counted: true)
    for index in model.inbox.indices where work.entries.values.contains(model.inbox[index].number) {
      model.inbox[index].heldUntil = nil
      model.inbox[index].notBefore = time
    }
  }

  private mutating func finish() async throws {
    guard let work = takeWork() else { return }
    var outbox: [NewOutboxEntry] = []
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      messages += 1
      let parts = Int.random(in: 1...3, using: &random)
      outbox.append(
        .send(OutboxMessage(parts: Array(repeating: text("\(messages)"), count: parts))))
      model.sends.append(
        Model.Send(number: messages, address: work.address, parts: parts, notBefore: now))
    }
    try await store.step(
      work.address, outbox: outbox, completing: Array(work.entries.keys), now: now)
    model.inbox.removeAll { work.entries.values.contains($0.number) }
  }

  private mutating func quarantine() async throws {
    guard let work = takeWork() else { return }
    try await store.quarantine(work.entries.keys.sorted(), reason: "x", telling: nil, now: now)
    model.quarantine += model.inbox.filter { work.entries.values.contains($0.number) }
    model.inbox.removeAll { work.entries.values.contains($0.number) }
    for (id, number) in work.entries { setAside[number] = id }
  }

  /// Only into an empty lane: where in a lane it comes back, the port leaves open.
  private mutating func retry() async throws {
    let candidates = model.quarantine.indices.filter { index in
      !model.inbox.contains { $0.address == model.quarantine[index].address }
    }
    guard let index = candidates.randomElement(using: &random) else { return }
    var entry = model.quarantine.remove(at: index)
    guard let id = setAside.removeValue(forKey: entry.number) else { return }
    try expect(try await store.retryQuarantined(id, now: now), "there is one to retry")
    entry.attempts = 0
    entry.heldUntil = nil
    entry.notBefore = now
    model.inbox.append(entry)
  }

  private mutating func claimSends() async throws {
    let until = now + .seconds(10)
    let found = try await store.claimSends(
      limit: 1000, lease: Lease(owner: "a", until: until), now: now)
    var described: [String] = []
    for work in found {
      described.append(
        "\(work.text) part \(work.part) failures \(work.failures) unknowns \(work.unknowns) "
          + "interrupted \(work.interrupted)")
      if let number = Int64(work.text) { taken.append((work.id, number, until)) }
    }
    try expectEqual(
      described.sorted(), model.claimSends(until: until, now: now), "what was claimed to send")
  }

  private mutating func settle() async throws {
    guard !taken.isEmpty else { return }
    let (id, number, _) = taken.remove(at: Int.random(in: taken.indices, using: &random))
    guard let index = model.sends.firstIndex(where: { $0.number == number }) else { return }
    let time = now + .seconds(Int.random(in: 0...3, using: &random))
    let part = model.sends[index].part
    let settlement: SendSettlement
    model.sends[index].isSending = false
    model.sends[index].heldUntil = nil
    model.sends[index].notBefore = time
    switch Int.random(in: 0..<8, using: &random) {
    case 0: settlement = .retry(at: time, counted: false)
    case 1:
      settlement = .retry(at: time, counted: true)
      model.sends[index].failures += 1
    case 2:
      settlement = .repeatAgain(at: time)
      model.sends[index].unknowns += 1
    case 3:
      settlement = .undelivered(reason: "x", unreachable: false)
      model.sends.remove(at: index)
    default:
      settlement = .sent(MessageID(number), repeated: false)
      model.sends[index].notBefore = now
      model.sends[index].part += 1
      model.sends[index].failures = 0
      model.sends[index].unknowns = 0
      if model.sends[index].part == model.sends[index].parts { model.sends.remove(at: index) }
    }
    try await store.settleSend(id, part: part, settlement, now: now)
  }
}

/// A source of random numbers that begins at a seed (SplitMix64, Steele and others, 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
