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
  private let log: Log

  /// Makes a group. `stopDeadline` bounds how long one service may take to stop.
  package init(_ services: [any Service], stopDeadline: Duration, log: Log) {
    self.services = services
    self.stopDeadline = stopDeadline
    self.log = log
  }

  /// Runs all services until the caller is cancelled or one of them ends; rethrows its error.
  package func run() async throws {
    let (ends, ended) = AsyncStream.makeStream(of: (any Error)?.self)
    let running = services.map { service in
      Task {
        do {
          try await service.run()
          ended.yield(nil)
        } catch {
          ended.yield(error is CancellationError ? nil : error)
        }
      }
    }
    var failure: (any Error)?
    for await end in ends {
      failure = end
      break
    }
    await stop(running)
    if let failure { throw failure }
  }

  private func stop(_ running: [Task<Void, Never>]) async {
    for (service, task) in zip(services, running).reversed() {
      task.cancel()
      let (signals, signal) = AsyncStream.makeStream(of: Bool.self)
      let waiter = Task {
        await task.value
        signal.yield(true)
      }
      let timer = Task { [stopDeadline] in
        try? await Task.sleep(for: stopDeadline)
        signal.yield(false)
      }
      for await stopped in signals {
        if !stopped {
          log.warning(
            "a service did not stop in time", [.service: .text(service.name)])
        }
        break
      }
      timer.cancel()
      waiter.cancel()
    }
  }
}
