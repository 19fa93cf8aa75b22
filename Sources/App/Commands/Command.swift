/// What the program is asked to do.
enum Command: Sendable, Equatable {
  /// Connects the bot with the model until it is told to stop.
  case serve
  /// Runs the whole program against stand-ins, with a chat in the browser.
  case demo
  /// Verifies the configuration and what it names.
  case check
  /// Prints the version.
  case version
  /// Prints how the program is used.
  case help
  /// Runs one stand-in by itself.
  case simulate(StandIn)
  /// Shows or handles updates that could not be processed.
  case quarantine(Quarantine)
  /// Prints the figures of the operators' work today.
  case statistics
  /// Measures how well the wish for a person is recognised in a file of labelled phrases.
  case evaluateHandoff(file: String)

  /// A stand-in for a service.
  enum StandIn: String, Sendable, CaseIterable {
    case telegram, model
  }

  /// What to do with updates in quarantine.
  enum Quarantine: Sendable, Equatable {
    /// Prints them.
    case list
    /// Processes one again.
    case retry(Int64)
    /// Gives one up for good.
    case drop(Int64)
  }
}

/// The command line is not one that the program knows.
struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong with it.
  var description: String
}

extension Command {
  /// Understands the arguments that follow the program's name.
  ///
  /// - Throws: `UsageError` that says what is missing or too much; print it with `Usage.text` and
  ///   exit with `ExitStatus.usage`.
  static func parse(_ arguments: [String]) throws(UsageError) -> Command {
    if arguments.contains(where: { $0 == "--help" || $0 == "-h" }) { return .help }
    guard let word = arguments.first else { throw UsageError(description: "a command is missing") }
    let rest = arguments.dropFirst()
    switch word {
    case "serve": return try alone(.serve, rest)
    case "demo": return try alone(.demo, rest)
    case "check": return try alone(.check, rest)
    case "version", "--version": return try alone(.version, rest)
    case "help": return try alone(.help, rest)
    case "simulate": return try simulate(rest)
    case "quarantine": return try quarantine(rest)
    case "stats": return try alone(.statistics, rest)
    case "eval": return try evaluate(rest)
    default: throw UsageError(description: "there is no command “\(shown(word))”")
    }
  }

  private static func alone(
    _ command: Command, _ rest: ArraySlice<String>
  ) throws(UsageError) -> Command {
    if let more = rest.first { throw UsageError(description: "“\(shown(more))” is too much") }
    return command
  }

  private static func simulate(_ rest: ArraySlice<String>) throws(UsageError) -> Command {
    guard let word = rest.first, let standIn = StandIn(rawValue: word) else {
      throw UsageError(description: "simulate needs telegram or model")
    }
    return try alone(.simulate(standIn), rest.dropFirst())
  }

  private static func quarantine(_ rest: ArraySlice<String>) throws(UsageError) -> Command {
    guard let word = rest.first else {
      throw UsageError(description: "quarantine needs list, retry or drop")
    }
    let rest = rest.dropFirst()
    switch word {
    case "list": return try alone(.quarantine(.list), rest)
    case "retry": return try alone(.quarantine(.retry(id(rest))), rest.dropFirst())
    case "drop": return try alone(.quarantine(.drop(id(rest))), rest.dropFirst())
    default: throw UsageError(description: "quarantine needs list, retry or drop")
    }
  }

  private static func evaluate(_ rest: ArraySlice<String>) throws(UsageError) -> Command {
    guard rest.first == "handoff", let file = rest.dropFirst().first else {
      throw UsageError(description: "eval needs handoff and a file of labelled phrases")
    }
    return try alone(.evaluateHandoff(file: file), rest.dropFirst(2))
  }

  private static func id(_ rest: ArraySlice<String>) throws(UsageError) -> Int64 {
    guard let word = rest.first, let id = Int64(word), id > 0 else {
      throw UsageError(description: "a number of “quarantine list” is missing")
    }
    return id
  }

  /// An argument as it may be shown: short, and without what could command a terminal.
  private static func shown(_ word: String) -> String {
    String(
      word.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
        .map(Character.init).prefix(40))
  }
}
