internal import Conversation
internal import Gateways
internal import Platform
internal import Storage
internal import Synchronization

/// How many readers of events there may be at a time; each asks the store twice a second.
final class Seats: Sendable {
  /// A reader's place, theirs for as long as it lives.
  final class Seat: Sendable {
    private let seats: Seats

    fileprivate init(_ seats: Seats) { self.seats = seats }
    deinit { seats.taken.withLock { $0 -= 1 } }
  }

  private let limit: Int
  private let taken = Mutex(0)

  init(limit: Int) { self.limit = limit }

  /// A free place, if there is one.
  func take() -> Seat? {
    let isFree = taken.withLock { taken in
      guard taken < limit else { return false }
      taken += 1
      return true
    }
    return isFree ? Seat(self) : nil
  }
}

extension APIDesk {
  func streamEvents(_ call: Call) async throws(Problem) -> HTTPServerResponse {
    let natural: (String) -> Int64? = { text in
      Int64(plain: text).flatMap { $0 >= 0 ? $0 : nil }
    }
    let queried = try call.value(of: .after, natural)
    let after = try call.value(of: .lastEvent, natural) ?? queried
    guard let seat = seats.take() else {
      throw .later(503, seconds: 5, "There are too many readers of events already.")
    }
    let reader = EventReader(self, seat, after: after)
    return HTTPServerResponse(
      status: 200,
      headers: [
        HTTPHeader("Content-Type", "text/event-stream"), HTTPHeader("Cache-Control", "no-store"),
        // nginx would hold events back to fill its buffers.
        HTTPHeader("X-Accel-Buffering", "no"),
      ], body: .stream(AsyncStream { await reader.next() }))
  }
}

/// Reads the log of customers and operators for one client, as server-sent events. It ends when its
/// task is cancelled, and when the store fails: clients come again by themselves, with the number of
/// the last event that they have seen.
actor EventReader {
  private static let pause = Duration.milliseconds(500)
  private static let silence = Duration.seconds(15)
  private static let pageSize = 100
  /// Entries come in the order of their numbers, but their times may lie a little before those of
  /// earlier ones: who wants only new ones passes over those of so long before.
  private static let overlap = Duration.seconds(600)

  private let desk: APIDesk
  private let seat: Seats.Seat
  private var number: Int64
  /// Before this, nothing is wanted; needed until the first number is known.
  private var earliest: Instant?
  private var isNew: Bool
  private var lastSent: Instant?

  init(_ desk: APIDesk, _ seat: Seats.Seat, after: Int64?) {
    self.desk = desk
    self.seat = seat
    number = after ?? 0
    earliest = after == nil ? desk.clock.now() - Self.overlap : nil
    isNew = after == nil
  }

  /// The next bytes; nil ends the stream.
  func next() async -> [UInt8]? {
    do {
      guard lastSent != nil else {
        try await passOver()
        // The first bytes go out at once, so that the client knows that the connection stands.
        return sent(Array("retry: 1000\n\n".utf8))
      }
      while !Task.isCancelled {
        let entries = try await page()
        if !entries.isEmpty { return sent(entries.flatMap(Self.frame)) }
        if let lastSent, desk.clock.steady().since(lastSent) >= Self.silence {
          return sent(Array(":\n\n".utf8))
        }
        try await desk.clock.sleep(Self.pause)
      }
    } catch let error as StoreError {
      _ = desk.problem(error)
    } catch {
      // Cancelled: the client has left, or the program stops.
    }
    return nil
  }

  private func sent(_ bytes: [UInt8]) -> [UInt8] {
    lastSent = desk.clock.steady()
    return bytes
  }

  private func passOver() async throws {
    guard isNew else { return }
    while try await !page().isEmpty {}
    isNew = false
  }

  private func page() async throws -> [NumberedLogEntry] {
    let entries = try await desk.store.deskLog(
      after: number, from: earliest, limit: Self.pageSize)
    if let last = entries.last {
      number = last.number
      earliest = nil
    }
    return entries
  }

  private static func frame(_ numbered: NumberedLogEntry) -> [UInt8] {
    let event = EventView(numbered.entry)
    return Array("id: \(numbered.number)\nevent: \(event.name)\ndata: ".utf8) + event.data.bytes
      + Array("\n\n".utf8)
  }
}
