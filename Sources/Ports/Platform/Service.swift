/// Something that runs as long as the program does.
package protocol Service: Sendable {
  /// The name that the log shows.
  var name: String { get }

  /// Runs until the task is cancelled or the service cannot go on.
  ///
  /// Cancellation is the order to stop: the service finishes or gives back what it holds and
  /// returns. An error thrown stops the whole group.
  func run() async throws
}

/// Runs services, and stops them in the reverse of their order.
///
/// The first to start is the last to stop, so a service may rely on those before it. When one
/// fails or returns, or when the caller is cancelled, all are stopped; one that has not ended
/// after the deadline is left behind and named in the log.
package struct ServiceGroup: Sendable {
  private let services: [any Service]
  private let stopDeadline: Duration
  private let clock: Clock
  private let log: Log

  /// Makes a group. `stopDeadline` bounds how long one service may take to stop.
  package init(
    _ services: [any Service], stopDeadline: Duration, clock: Clock = .system, log: Log
  ) {
    self.services = services
    self.stopDeadline = stopDeadline
    self.clock = clock
    self.log = log
  }

  /// Runs all services until the caller is cancelled or one of them ends; rethrows its error.
  package func run() async throws {
    let (ends, ended) = AsyncStream.makeStream(of: Result<Void, any Error>.self)
    let running = services.map { service in
      Task {
        do {
          try await service.run()
          end(service, .success(()), ended)
        } catch {
          end(service, .failure(error), ended)
        }
      }
    }
    var first: Result<Void, any Error>?
    for await end in ends {
      first = end
      break
    }
    // A task of its own, because waiting inside a cancelled one would not wait.
    await Task { await stop(running) }.value
    try first?.get()
  }

  /// Notes how a service ended. An error that comes while the group stops has nobody left to throw
  /// it to, so the log names its type; its text may hold what a log must not.
  private func end(
    _ service: any Service, _ result: Result<Void, any Error>,
    _ ended: AsyncStream<Result<Void, any Error>>.Continuation
  ) {
    guard case .failure(let error) = result else {
      ended.yield(result)
      return
    }
    let kind = LogValue.text(String(describing: type(of: error)))
    if !Task.isCancelled {
      log.error("a service failed", [.service: .text(service.name), .reason: kind])
    } else if !(error is CancellationError) {
      log.warning(
        "a service failed while it stopped", [.service: .text(service.name), .reason: kind])
    }
    ended.yield(result)
  }

  private func stop(_ running: [Task<Void, Never>]) async {
    for (service, task) in zip(services, running).reversed() {
      task.cancel()
      if await !ends(task) {
        log.warning("a service did not stop in time", [.service: .text(service.name)])
      }
    }
  }

  /// Whether the task ends before the deadline.
  private func ends(_ task: Task<Void, Never>) async -> Bool {
    let (signals, signal) = AsyncStream.makeStream(of: Bool.self)
    let waiter = Task {
      await task.value
      signal.yield(true)
    }
    let timer = Task { [clock, stopDeadline] in
      if (try? await clock.sleep(stopDeadline)) != nil { signal.yield(false) }
    }
    defer {
      timer.cancel()
      waiter.cancel()
    }
    for await stopped in signals { return stopped }
    return false
  }
}

/// Returns when the task is cancelled: for a service whose work is done but that must not end.
package func untilCancelled() async {
  let never = AsyncStream<Void> { _ in }
  for await _ in never {}
}
