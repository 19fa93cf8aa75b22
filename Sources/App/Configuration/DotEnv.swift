/// The variables of a `.env` file, in the syntax of python-dotenv 1.2.
///
/// `NAME=value` or `export NAME=value`; values bare, in single or in double quotes, the quoted ones
/// over several lines if need be; comments; `${NAME}` and `${NAME:-default}` in any value.
/// Source: https://github.com/theskumar/python-dotenv#file-format
struct DotEnv: Sendable, Equatable {
  /// The values by name; of a name given twice the last one.
  var values: [String: String] = [:]
  /// The line on which each name was given, the first line being 1.
  var lines: [String: Int] = [:]
  /// The lines that could not be understood.
  var problems: [ConfigurationProblem] = []

  /// Parses the text of a file. A byte order mark is skipped; any line ending will do.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - environment: The variables of the process; they win over those of the file when a value
  ///     refers to them.
  init(_ text: String, environment: [String: String] = [:]) {
    var parser = DotEnvParser(text)
    while let statement = parser.next() {
      switch statement {
      case .assignment(let name, let value, let line):
        values[name] = Self.expand(value) { environment[$0] ?? values[$0] }
        lines[name] = line
      case .unreadable(let line):
        problems.append(
          ConfigurationProblem(
            variable: nil, line: line, cause: "is not NAME=value, or a quote does not close",
            remedy: "mend the line, or put a # before it"))
      }
    }
  }

  /// Replaces each `${NAME}` by what is known of it, else by its default, else by nothing.
  private static func expand(_ value: String, _ known: (String) -> String?) -> String {
    guard value.contains("${") else { return value }
    var expanded = ""
    var rest = value[...]
    while let dollar = rest.firstIndex(of: "$") {
      expanded += rest[..<dollar]
      rest = rest[dollar...]
      if let reference = reference(rest) {
        expanded += known(String(reference.name)) ?? String(reference.fallback)
        rest = rest[reference.end...]
      } else {
        expanded.append(rest.removeFirst())
      }
    }
    return expanded + rest
  }

  private static func reference(
    _ text: Substring
  ) -> (name: Substring, fallback: Substring, end: String.Index)? {
    guard text.hasPrefix("${"), let close = text.firstIndex(of: "}") else { return nil }
    let inside = text[..<close].dropFirst(2)
    let end = text.index(after: close)
    guard let colon = inside.firstIndex(of: ":") else { return (inside, "", end) }
    let fallback = inside[colon...]
    guard fallback.hasPrefix(":-") else { return nil }
    return (inside[..<colon], fallback.dropFirst(2), end)
  }
}
