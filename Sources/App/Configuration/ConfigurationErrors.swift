/// Something about one variable that the owner should mend.
///
/// Neither the cause nor the remedy ever repeats the value: it may be a secret, or one that was put
/// under the wrong name.
struct ConfigurationProblem: Sendable, Equatable, CustomStringConvertible {
  /// The variable, by the name under which it was set; nil when a line holds none.
  var variable: String?
  /// The line of the `.env` file on which it was set; nil when it came from the environment.
  var line: Int?
  /// What is wrong.
  var cause: String
  /// What to do about it.
  var remedy: String

  /// One line for a person.
  var description: String {
    let place = line.map { ".env:\($0)" }
    return [place, variable, "\(cause); \(remedy)"].compactMap(\.self).joined(separator: ": ")
  }
}

/// All that is wrong with a configuration, reported at once.
struct ConfigurationErrors: Error, Sendable, Equatable, CustomStringConvertible {
  /// What has to be mended before the program can run.
  var problems: [ConfigurationProblem]
  /// What should be looked at besides.
  var warnings: [ConfigurationProblem] = []

  /// One line for each problem.
  var description: String { problems.map(\.description).joined(separator: "\n") }
}
