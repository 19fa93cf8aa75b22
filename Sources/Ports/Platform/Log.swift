package import Conversation

/// How important a log record is, least first.
package enum LogLevel: String, Sendable, Comparable, CaseIterable {
  case debug, info, warning, error

  package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .debug: 0
    case .info: 1
    case .warning: 2
    case .error: 3
    }
  }
}

/// The keys that a log record may carry. None of them is ever filled with what a person wrote, with
/// a name, or with a secret.
package enum LogKey: String, Sendable, Hashable {
  case address, attempt, chat, code, conversation, count, detail, duration, file, from, host
  case inbox, job, kind, line, messageLength = "message_length", method, model, outbox, outcome
  case percent, port, reason, remedy, seconds, service, signal, status, to, tokens, update, url
  case variable, version
}

/// The value of a log key.
package enum LogValue: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral
{
  case text(String)
  case integer(Int64)
  case number(Double)

  package init(stringLiteral value: String) { self = .text(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }

  /// A number of things.
  package static func count(_ value: Int) -> LogValue { .integer(Int64(value)) }
}

/// One record: a constant message with typed keys.
package struct LogRecord: Sendable {
  /// When it was written.
  package let at: Instant
  /// How important it is.
  package let level: LogLevel
  /// What happened; a constant of the program, never built from input.
  package let message: String
  /// The details.
  package let fields: [(key: LogKey, value: LogValue)]

  /// Makes a record.
  package init(
    at: Instant, level: LogLevel, message: String, fields: [(key: LogKey, value: LogValue)]
  ) {
    self.at = at
    self.level = level
    self.message = message
    self.fields = fields
  }
}

/// Writes log records to a sink; a value that each service carries with its own fields.
package struct Log: Sendable {
  private let minimum: LogLevel
  private let clock: Clock
  private let fields: [(key: LogKey, value: LogValue)]
  private let sink: @Sendable (LogRecord) -> Void

  /// Makes a log that hands records of at least `minimum` to `sink`.
  package init(
    minimum: LogLevel, clock: Clock, sink: @escaping @Sendable (LogRecord) -> Void
  ) {
    self.init(minimum: minimum, clock: clock, fields: [], sink: sink)
  }

  private init(
    minimum: LogLevel, clock: Clock, fields: [(key: LogKey, value: LogValue)],
    sink: @escaping @Sendable (LogRecord) -> Void
  ) {
    self.minimum = minimum
    self.clock = clock
    self.fields = fields
    self.sink = sink
  }

  /// A log that writes nothing.
  package static let silent = Log(minimum: .error, clock: .system, sink: { _ in })

  /// The same log with more fields on every record.
  package func with(_ more: KeyValuePairs<LogKey, LogValue>) -> Log {
    Log(
      minimum: minimum, clock: clock, fields: fields + more.map { ($0.key, $0.value) }, sink: sink)
  }

  /// Something for the developer who looks for a fault.
  package func debug(_ message: StaticString, _ more: KeyValuePairs<LogKey, LogValue> = [:]) {
    write(.debug, message, more)
  }

  /// Something the owner may want to know.
  package func info(_ message: StaticString, _ more: KeyValuePairs<LogKey, LogValue> = [:]) {
    write(.info, message, more)
  }

  /// Trouble from which the program recovers by itself.
  package func warning(_ message: StaticString, _ more: KeyValuePairs<LogKey, LogValue> = [:]) {
    write(.warning, message, more)
  }

  /// Trouble that needs a person.
  package func error(_ message: StaticString, _ more: KeyValuePairs<LogKey, LogValue> = [:]) {
    write(.error, message, more)
  }

  private func write(
    _ level: LogLevel, _ message: StaticString, _ more: KeyValuePairs<LogKey, LogValue>
  ) {
    guard level >= minimum else { return }
    sink(
      LogRecord(
        at: clock.now(), level: level, message: message.description,
        fields: fields + more.map { ($0.key, $0.value) }))
  }
}
