/// Takes settings out of an environment one by one and remembers what was wrong with them, so that
/// all of it can be told at once.
struct SettingReader {
  /// A setting that somebody set.
  struct Found: Equatable {
    /// The name under which it was set.
    var name: String
    /// Its value, without spaces around it; never empty.
    var value: String
  }

  /// Why a value cannot be used. Its texts never repeat the value.
  struct Malformed: Error {
    /// What is wrong, as the rest of a sentence about the value.
    var cause: String
    /// What to do about it.
    var remedy: String

    init(_ cause: String, _ remedy: String) {
      self.cause = cause
      self.remedy = remedy
    }
  }

  private let environment: [String: String]
  private let lines: [String: Int]
  private(set) var problems: [ConfigurationProblem]
  private(set) var warnings: [ConfigurationProblem] = []

  /// Makes a reader of variables, some of which came from lines of a `.env` file, and of what was
  /// found to be wrong with that file.
  init(
    environment: [String: String], lines: [String: Int] = [:],
    problems: [ConfigurationProblem] = []
  ) {
    self.environment = environment
    self.lines = lines
    self.problems = problems
  }

  /// The setting under its own name or, failing that, under the first alias that is set.
  ///
  /// An alias that is set besides and says something else is warned about: its value is not used.
  mutating func find(_ name: String, or aliases: [String] = []) -> Found? {
    let set = ([name] + aliases).compactMap { name in
      value(of: name).map { Found(name: name, value: $0) }
    }
    guard let found = set.first else { return nil }
    for other in set.dropFirst() where other.value != found.value {
      warn(
        other.name, "differs from \(found.name) and is not used",
        "remove it, or make the two alike")
    }
    return found
  }

  /// The setting turned into what the program uses; the default when it is unset or malformed.
  mutating func read<Value>(
    _ name: String, or aliases: [String] = [], default: Value,
    _ parse: (String) throws(Malformed) -> Value
  ) -> Value {
    guard let found = find(name, or: aliases) else { return `default` }
    return read(found, parse) ?? `default`
  }

  /// The found setting turned into what the program uses; nil when it is malformed.
  mutating func read<Value>(
    _ found: Found, _ parse: (String) throws(Malformed) -> Value
  ) -> Value? {
    do {
      return try parse(found.value)
    } catch {
      refuse(found.name, error.cause, error.remedy)
      return nil
    }
  }

  /// Remembers that a setting has to be mended.
  mutating func refuse(_ name: String, _ cause: String, _ remedy: String) {
    problems.append(problem(name, cause, remedy))
  }

  /// Remembers that a setting should be looked at.
  mutating func warn(_ name: String, _ cause: String, _ remedy: String) {
    warnings.append(problem(name, cause, remedy))
  }

  private func problem(_ name: String, _ cause: String, _ remedy: String) -> ConfigurationProblem {
    ConfigurationProblem(variable: name, line: lines[name], cause: cause, remedy: remedy)
  }

  private func value(of name: String) -> String? {
    guard let value = environment[name]?.trimmed, !value.isEmpty else { return nil }
    return value
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }

  /// Whether every character is a visible one of ASCII, as header fields and keys need it.
  var isVisibleASCII: Bool { utf8.allSatisfy { (0x21...0x7E).contains($0) } }
}
