internal import Foundation
internal import Platform

/// The shapes that values of settings have, each as a function from the text to the value.
enum SettingValue {
  typealias Malformed = SettingReader.Malformed

  /// `on` or `off`, and the usual other words for them.
  static func flag(_ text: String) throws(Malformed) -> Bool {
    switch text.lowercased() {
    case "on", "true", "yes", "1": true
    case "off", "false", "no", "0": false
    default: throw Malformed("is neither on nor off", "write on or off")
    }
  }

  /// A whole number within bounds.
  static func integer(
    _ range: ClosedRange<Int>, _ unit: String
  ) -> (String) throws(Malformed) -> Int {
    { text throws(Malformed) in
      guard let number = Int(text), range.contains(number) else {
        throw Malformed(
          "is not a whole number of \(unit) from \(range.lowerBound) to \(range.upperBound)",
          "write digits only")
      }
      return number
    }
  }

  /// A number of seconds or minutes, fractions allowed, within bounds.
  static func duration(
    _ range: ClosedRange<Int>, _ unit: String, seconds: Double
  ) -> (String) throws(Malformed) -> Duration {
    { text throws(Malformed) in
      guard let number = Double(text), number.isFinite,
        number >= Double(range.lowerBound), number <= Double(range.upperBound)
      else {
        throw Malformed(
          "is not a number of \(unit) from \(range.lowerBound) to \(range.upperBound)",
          "write the number without its unit")
      }
      return .seconds(number * seconds)
    }
  }

  /// One of a set of words, in any case.
  static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ text: String
  ) throws(Malformed) -> Choice {
    let word = text.lowercased().replacing("-", with: "_")
    guard let choice = Choice(rawValue: word) else {
      throw Malformed(
        "is none of the words it may be",
        "write " + Choice.allCases.map(\.rawValue).joined(separator: " or "))
    }
    return choice
  }

  /// The id of a chat or a person.
  static func chat(_ text: String) throws(Malformed) -> Int64 {
    guard let id = Int64(text), id != 0 else {
      throw Malformed(
        "is not the number of a chat", "send /whoami to the bot in that chat to learn it")
    }
    return id
  }

  /// Ids of chats, separated by commas.
  static func chats(_ text: String) throws(Malformed) -> [Int64] {
    var ids: [Int64] = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == ";" }) {
      let id = try chat(part.trimmed)
      if !ids.contains(id) { ids.append(id) }
    }
    guard !ids.isEmpty else { throw Malformed("names no chat", "write a chat's number") }
    return ids
  }

  /// A key that is sent in a header field.
  static func key(_ text: String) throws(Malformed) -> Secret {
    guard text.isVisibleASCII else {
      throw Malformed(
        "holds a space or a character that no key has", "copy it again, without quotes and spaces")
    }
    return Secret(text)
  }

  /// A word that is sent in a header field and is no secret.
  static func word(_ text: String) throws(Malformed) -> String {
    guard text.isVisibleASCII else {
      throw Malformed("holds a space or a character outside ASCII", "copy it again")
    }
    return text
  }

  /// A path of a file.
  static func path(_ text: String) throws(Malformed) -> String {
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
      throw Malformed("holds a line break or another control character", "write one path")
    }
    return text
  }

  /// The name of a zone in the IANA database.
  static func timeZone(_ text: String) throws(Malformed) -> String {
    guard text.contains("/") || text == "UTC", TimeZone(identifier: text) != nil else {
      throw Malformed(
        "is no time zone of the IANA database", "write one like Europe/Moscow, Asia/Omsk or UTC")
    }
    return text
  }

  /// How important a record must be to be written, in the words of several logging libraries.
  static func logLevel(_ text: String) throws(Malformed) -> LogLevel {
    switch text.lowercased() {
    case "debug", "trace": .debug
    case "info", "notice": .info
    case "warning", "warn": .warning
    case "error", "critical", "fatal": .error
    default:
      throw Malformed("is no level of the log", "write debug, info, warning or error")
    }
  }
}
