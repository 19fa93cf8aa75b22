import Conversation
import Platform
import Synchronization
import Testing

/// Keeps what was logged.
final class LogBook: Sendable {
  private let kept = Mutex<[LogRecord]>([])

  /// The records, in order.
  var records: [LogRecord] { kept.withLock { $0 } }

  /// A log of this level that writes here.
  func log(_ minimum: LogLevel = .debug) -> Log {
    let clock = Clock(now: { Instant(milliseconds: 42) }, sleep: { _ in })
    return Log(minimum: minimum, clock: clock) { record in
      self.kept.withLock { $0.append(record) }
    }
  }
}

@Suite("Log")
struct LogTests {
  @Test("only records of the level or above are written", arguments: LogLevel.allCases)
  func levels(minimum: LogLevel) {
    let book = LogBook()
    let log = book.log(minimum)
    log.debug("a")
    log.info("b")
    log.warning("c")
    log.error("d")
    #expect(book.records.map(\.level) == LogLevel.allCases.filter { $0 >= minimum })
  }

  @Test("levels are ordered by importance")
  func order() {
    #expect(LogLevel.allCases.sorted() == [.debug, .info, .warning, .error])
  }

  @Test("a record carries its time, its message, the service's fields and its own, in order")
  func fields() {
    let book = LogBook()
    let log = book.log().with([.service: "intake"]).with([.chat: 7])
    log.info("an update was admitted", [.update: .count(9), .seconds: 0.5])
    let record = book.records.first
    #expect(record?.at == Instant(milliseconds: 42))
    #expect(record?.message == "an update was admitted")
    #expect(record?.fields.map(\.key) == [.service, .chat, .update, .seconds])
    #expect(
      record?.fields.map(\.value) == [.text("intake"), .integer(7), .integer(9), .number(0.5)])
  }
}
