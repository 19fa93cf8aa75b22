internal import Platform
internal import Synchronization

/// The newest events, and whoever waits for more. A reader that falls behind the buffer is told to
/// read everything anew.
final class EventFeed: Sendable {
  /// What a reader finds.
  enum Batch: Equatable {
    case events([TranscriptEvent])
    /// Events after the reader's last one are no longer there.
    case lost
  }

  private struct State {
    var buffer: [TranscriptEvent] = []
    var lastID: Int64 = 0
    var waiting: [Int: Wakeup] = [:]
    var nextReader = 0
  }

  private let state = Mutex(State())
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  /// The id of the newest event; 0 before the first.
  var lastID: Int64 { state.withLock { $0.lastID } }

  func append(_ changes: [(chat: Int64, change: TranscriptEvent.Change)]) {
    guard !changes.isEmpty else { return }
    let bells = state.withLock { state in
      for (chat, change) in changes {
        state.lastID += 1
        state.buffer.append(TranscriptEvent(id: state.lastID, chat: chat, change: change))
      }
      state.buffer.trim(to: capacity)
      return Array(state.waiting.values)
    }
    for bell in bells { bell.ring() }
  }

  /// What came after the event with this id.
  func batch(after id: Int64) -> Batch {
    state.withLock { state in
      guard id <= state.lastID, id >= state.lastID - Int64(state.buffer.count) else {
        return .lost
      }
      return .events(state.buffer.suffix(Int(state.lastID - id)))
    }
  }

  /// Registers a reader that is woken by new events.
  func join() -> (reader: Int, bell: Wakeup) {
    let bell = Wakeup()
    let reader = state.withLock { state in
      state.nextReader += 1
      state.waiting[state.nextReader] = bell
      return state.nextReader
    }
    return (reader, bell)
  }

  func leave(_ reader: Int) { state.withLock { $0.waiting[reader] = nil } }
}

/// A reader of the feed; it leaves when it is let go.
final class EventReader: Sendable {
  private let feed: EventFeed
  private let reader: Int
  private let bell: Wakeup
  private let clock: Clock
  private let position: Mutex<Int64>

  init(_ feed: EventFeed, after id: Int64, clock: Clock) {
    self.feed = feed
    self.clock = clock
    position = Mutex(id)
    (reader, bell) = feed.join()
  }

  deinit { feed.leave(reader) }

  /// The next events; an empty list when none came in the time. Nil when the task was cancelled.
  func next(atMost limit: Duration) async -> EventFeed.Batch? {
    if let batch = take() { return batch }
    do {
      try await bell.wait(atMost: limit, clock: clock)
    } catch {
      return nil
    }
    return take() ?? .events([])
  }

  private func take() -> EventFeed.Batch? {
    position.withLock { position in
      switch feed.batch(after: position) {
      case .lost:
        position = feed.lastID
        return .lost
      case .events(let events):
        guard let last = events.last else { return nil }
        position = last.id
        return .events(events)
      }
    }
  }
}
