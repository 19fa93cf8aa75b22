internal import Conversation
internal import Foundation
internal import Platform

/// The shape in which log records are written; each record takes one line.
enum LogFormat: String, Sendable, CaseIterable {
  /// For people: time, level, message, details, in columns.
  case text
  /// For programs: one JSON object with `time`, `level`, `message` and the details.
  case json
}

extension LogFormat {
  /// Writes a record as one line.
  ///
  /// - Parameters:
  ///   - record: What to write. Texts that look like a token are replaced by `***`.
  ///   - colored: Whether levels are coloured for a terminal; JSON never is.
  /// - Returns: The line, its line feed included.
  func line(_ record: LogRecord, colored: Bool = false) -> String {
    var fields: [(key: LogKey, value: LogValue)] = []
    for field in record.fields {
      if let index = fields.firstIndex(where: { $0.key == field.key }) {
        fields[index].value = field.value
      } else {
        fields.append(field)
      }
    }
    switch self {
    case .text: return Self.textLine(record, fields, colored: colored)
    case .json: return Self.jsonLine(record, fields)
    }
  }

  private static func textLine(
    _ record: LogRecord, _ fields: [(key: LogKey, value: LogValue)], colored: Bool
  ) -> String {
    var line = "\(time(record)) \(column(record.level, colored: colored)) "
    line += fields.isEmpty ? record.message : record.message.padded(to: 40)
    for (key, value) in fields { line += " \(key.rawValue)=\(text(value))" }
    return line + "\n"
  }

  private static func column(_ level: LogLevel, colored: Bool) -> String {
    let word = level.rawValue.padded(to: 7)
    guard colored else { return word }
    let color =
      switch level {
      case .debug: "2"
      case .info: "32"
      case .warning: "33"
      case .error: "31"
      }
    return "\u{1B}[\(color)m\(word)\u{1B}[0m"
  }

  private static func text(_ value: LogValue) -> String {
    switch value {
    case .integer(let integer): return String(integer)
    case .number(let number): return String(number)
    case .text(let text):
      let safe = Redaction.redact(text)
      let isWord =
        !safe.isEmpty
        && safe.unicodeScalars.allSatisfy { scalar in
          !scalar.properties.isWhitespace && scalar != "\"" && scalar != "=" && !mustEscape(scalar)
        }
      return isWord ? safe : quoted(safe)
    }
  }

  private static func jsonLine(
    _ record: LogRecord, _ fields: [(key: LogKey, value: LogValue)]
  ) -> String {
    var line = "{\"time\":\"\(time(record))\",\"level\":\"\(record.level.rawValue)\""
    line += ",\"message\":\(quoted(record.message))"
    for (key, value) in fields { line += ",\"\(key.rawValue)\":\(json(value))" }
    return line + "}\n"
  }

  private static func json(_ value: LogValue) -> String {
    switch value {
    case .integer(let integer): String(integer)
    case .number(let number): number.isFinite ? String(number) : "null"
    case .text(let text): quoted(Redaction.redact(text))
    }
  }

  /// The time in UTC. The quarter of a millisecond keeps what a `Double` cannot hold exactly from
  /// being cut to the millisecond before.
  private static func time(_ record: LogRecord) -> String {
    Date(timeIntervalSince1970: (Double(record.at.milliseconds) + 0.25) / 1000)
      .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// The text in double quotes with JSON's escapes.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where mustEscape(scalar):
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// Control characters, line separators and changes of the writing direction: what could forge a
  /// line or command a terminal. All of them lie below U+FFFF.
  private static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}

extension String {
  /// The text with spaces behind it up to the width.
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
