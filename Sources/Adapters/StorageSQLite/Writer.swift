internal import Dispatch
internal import Foundation
internal import Storage
internal import Synchronization

/// The thread of the database: takes operations, and commits all that wait at one time together.
///
/// Reads of a round come first and answer at once; they see every write that has returned. The
/// writes then share one transaction and one sync; one that fails takes nothing with it. Nobody gets
/// an answer before the commit.
final class Writer: Sendable {
  private struct State {
    var waiting: [any Operation] = []
    var isIdle = false
    var isClosing = false
    var closers: [CheckedContinuation<Void, Never>] = []
    var isClosed = false
    var statistics = SQLiteStore.Statistics()
  }

  private let state = Mutex(State())
  private let bell = DispatchSemaphore(value: 0)
  private let queueLimit: Int
  private let groupLimit: Int

  private init(queueLimit: Int, groupLimit: Int) {
    self.queueLimit = queueLimit
    self.groupLimit = groupLimit
  }

  /// Starts a thread that opens a database and serves it until `close`.
  static func start(
    queueLimit: Int, groupLimit: Int,
    opening open: @escaping @Sendable () throws(StoreError) -> Database
  ) async throws(StoreError) -> Writer {
    let writer = Writer(queueLimit: queueLimit, groupLimit: groupLimit)
    let opened: Result<Void, StoreError> = await withCheckedContinuation { continuation in
      let thread = Thread {
        do throws(StoreError) {
          let database = try open()
          continuation.resume(returning: .success(()))
          writer.serve(database)
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
      thread.name = "storage"
      thread.start()
    }
    try opened.get()
    return writer
  }

  /// What the thread has done so far.
  var statistics: SQLiteStore.Statistics { state.withLock { $0.statistics } }

  /// Runs an operation on the database and waits until it is committed.
  func perform<T: Sendable>(
    _ access: Access, _ body: @escaping @Sendable (Database) throws(StoreError) -> T
  ) async throws(StoreError) -> T {
    let result = await withCheckedContinuation { continuation in
      enqueue(TypedOperation(access: access, body: body, continuation: continuation))
    }
    return try result.get()
  }

  /// Lets what was asked for so far be done, closes the database and waits for that.
  func close() async {
    await withCheckedContinuation { continuation in
      let isClosed = state.withLock { state in
        if state.isClosed { return true }
        state.isClosing = true
        state.closers.append(continuation)
        return false
      }
      if isClosed { continuation.resume() } else { bell.signal() }
    }
  }

  /// Asks the thread to end without waiting for it.
  func abandon() {
    state.withLock { $0.isClosing = true }
    bell.signal()
  }

  /// How many operations wait to be run.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// Puts an operation into the queue, or refuses it.
  func enqueue(_ operation: any Operation) {
    enum Fate { case queued, wakes, refused(StoreError) }
    let fate: Fate = state.withLock { state in
      if state.isClosing { return .refused(.closed) }
      if state.waiting.count >= queueLimit {
        return .refused(
          .unavailable("\(queueLimit) operations already wait for the store; it is overloaded"))
      }
      state.waiting.append(operation)
      guard state.isIdle else { return .queued }
      state.isIdle = false
      return .wakes
    }
    switch fate {
    case .queued: break
    case .wakes: bell.signal()
    case .refused(let error): operation.finish(error)
    }
  }

  // MARK: On the thread

  private enum Round { case work([any Operation]), wait, end }

  private func serve(_ database: Database) {
    while true {
      switch next() {
      case .work(let operations): run(operations, on: database)
      case .wait: bell.wait()
      case .end:
        database.close()
        let closers = state.withLock { state in
          state.isClosed = true
          defer { state.closers = [] }
          return state.closers
        }
        for closer in closers { closer.resume() }
        return
      }
    }
  }

  private func next() -> Round {
    state.withLock { state in
      if state.waiting.isEmpty {
        if state.isClosing { return .end }
        state.isIdle = true
        return .wait
      }
      state.isIdle = false
      if state.waiting.count <= groupLimit {
        let all = state.waiting
        state.waiting = []
        return .work(all)
      }
      let some = Array(state.waiting.prefix(groupLimit))
      state.waiting.removeFirst(groupLimit)
      return .work(some)
    }
  }

  private func run(_ operations: [any Operation], on database: Database) {
    let reads = operations.filter { $0.access == .read }
    let writes = operations.filter { $0.access != .read }
    state.withLock { $0.statistics.operations += operations.count }
    if !reads.isEmpty { _ = database.runTogether(reads, access: .read) }
    guard !writes.isEmpty else { return }
    let isDurable = writes.contains { $0.access == .write }
    guard database.runTogether(writes, access: isDurable ? .write : .claim) else { return }
    state.withLock { state in
      state.statistics.transactions += 1
      if isDurable { state.statistics.syncs += 1 }
    }
  }
}
