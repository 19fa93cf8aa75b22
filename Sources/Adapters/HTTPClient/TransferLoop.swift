internal import CCurl
internal import Foundation
internal import Synchronization

/// The client's thread as others see it: commands go in, and the thread is woken when it sleeps.
final class TransferLoop: Sendable {
  /// What the thread can be asked.
  enum Command: Sendable {
    case start(Transfer)
    /// The reader of a paused transfer has caught up.
    case resume(Transfer)
    case cancel(Transfer)
  }

  private struct Mailbox {
    var commands: [Command] = []
    var stopping = false
    var sleeping = false
    var gone = false
    var mourners: [CheckedContinuation<Void, Never>] = []
  }

  let settings: HTTPClientSettings
  private let bell: Int32
  private let mailbox = Mutex(Mailbox())

  private init(_ settings: HTTPClientSettings, bell: Int32) {
    self.settings = settings
    self.bell = bell
  }

  deinit { close(bell) }

  /// Makes the thread with its multi handle.
  static func start(_ settings: HTTPClientSettings) throws(HTTPClientError) -> TransferLoop {
    let bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard bell >= 0 else { throw HTTPClientError(.resources, errno: errno) }
    let loop = TransferLoop(settings, bell: bell)
    // The reactor is made here, where errors can be thrown, and used by the thread alone.
    nonisolated(unsafe) let reactor = try Reactor(settings, bell: bell)
    let thread = Thread {
      unsafe loop.run(reactor)
      loop.leave()
    }
    thread.name = "http-client"
    thread.start()
    return loop
  }

  /// Hands a command to the thread.
  func submit(_ command: Command) {
    let (wake, refused) = mailbox.withLock { mailbox in
      if mailbox.stopping { return (false, true) }
      mailbox.commands.append(command)
      defer { mailbox.sleeping = false }
      return (mailbox.sleeping, false)
    }
    if wake { ring() }
    if refused, case .start(let transfer) = command {
      transfer.finish(.failure(.stopped(requestWritten: false)))
    }
  }

  /// Orders the thread to end.
  func stop() {
    mailbox.withLock { $0.stopping = true }
    ring()
  }

  /// Waits until the thread has ended.
  func ended() async {
    await withCheckedContinuation { continuation in
      let gone = mailbox.withLock { mailbox in
        if !mailbox.gone { mailbox.mourners.append(continuation) }
        return mailbox.gone
      }
      if gone { continuation.resume() }
    }
  }

  private func ring() { eventfd_write(bell, 1) }

  private func run(_ reactor: Reactor) {
    while true {
      // Whoever writes a command after this look at the mailbox rings the bell.
      let (commands, stopping) = mailbox.withLock { mailbox in
        let commands = mailbox.commands
        mailbox.commands = []
        mailbox.sleeping = commands.isEmpty
        return (commands, mailbox.stopping)
      }
      for command in commands { reactor.apply(command) }
      if stopping { return reactor.abandonAll() }
      reactor.step(mayWait: commands.isEmpty)
    }
  }

  private func leave() {
    let mourners = mailbox.withLock { mailbox in
      mailbox.gone = true
      return mailbox.mourners
    }
    for mourner in mourners { mourner.resume() }
  }
}
