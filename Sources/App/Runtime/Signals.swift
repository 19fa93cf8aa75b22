internal import Dispatch
internal import Glibc

/// The signals by which the program is told to stop.
enum Signals {
  /// Runs the body; SIGTERM and SIGINT cancel it. Returns when the body has ended in order.
  static func untilTermination(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let (signals, arrival) = AsyncStream.makeStream(of: Void.self)
    let sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { arrival.yield() }
      source.activate()
      return source
    }
    signal(SIGPIPE, SIG_IGN)
    defer { for source in sources { source.cancel() } }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await body()
        return true
      }
      group.addTask {
        for await _ in signals { return false }
        return false
      }
      if try await group.next() == true {
        group.cancelAll()
        return
      }
      group.cancelAll()
      do { try await group.waitForAll() } catch is CancellationError {}
    }
  }
}
