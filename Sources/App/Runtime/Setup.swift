internal import Conversation
internal import Foundation
internal import Platform
internal import Turn

/// The configuration with everything that it names, read and ready.
struct Setup: Sendable {
  var configuration: Configuration
  var warnings: [ConfigurationProblem]
  var texts: Texts
  /// The assistant's instructions, by the reader's language.
  var instructions: [Language: String]

  /// Reads the environment, the `.env` of the working directory, and the files that they name.
  static func read() throws(ConfigurationErrors) -> Setup {
    let (configuration, warnings) = try Configuration.read(
      environment: ProcessInfo.processInfo.environment, dotEnv: try dotEnv())
    var texts = Texts()
    if let path = configuration.dialogue.textsFile {
      do {
        let entries = try JSONDecoder().decode(
          [String: [String: String]].self, from: contents(of: path))
        try texts.override(entries)
      } catch {
        throw problem("TEXTS_FILE", error)
      }
    }
    return Setup(
      configuration: configuration, warnings: warnings, texts: texts,
      instructions: try instructions(configuration.model.systemPrompt, texts))
  }

  /// The configuration's log.
  func log(_ clock: Clock) throws(ConfigurationErrors) -> Log {
    let logging = configuration.logging
    do throws(LogOutput.CannotOpen) {
      let output = try LogOutput(format: logging.format, file: logging.file)
      return output.log(logging.level, clock: clock)
    } catch {
      throw ConfigurationErrors(problems: [
        ConfigurationProblem(
          variable: "LOG_FILE", cause: "cannot be opened: \(error.reason)",
          remedy: "name a file in a directory that this user may write to")
      ])
    }
  }

  private static func instructions(
    _ prompt: Configuration.Model.SystemPrompt, _ texts: Texts
  ) throws(ConfigurationErrors) -> [Language: String] {
    func all(_ text: String) -> [Language: String] {
      Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, text) })
    }
    switch prompt {
    case .standard:
      return Dictionary(
        uniqueKeysWithValues: Language.allCases.map { ($0, texts.text(.systemPrompt, in: $0)) })
    case .text(let text):
      return all(text)
    case .file(let path):
      do {
        return all(String(decoding: try contents(of: path), as: UTF8.self))
      } catch {
        throw problem("SYSTEM_PROMPT_FILE", error)
      }
    }
  }

  /// The `.env` of the working directory; nil when there is none.
  private static func dotEnv() throws(ConfigurationErrors) -> String? {
    guard FileManager.default.fileExists(atPath: ".env") else { return nil }
    do {
      return try String(contentsOfFile: ".env", encoding: .utf8)
    } catch {
      throw ConfigurationErrors(problems: [
        ConfigurationProblem(
          variable: nil, cause: "the file .env is there but cannot be read as UTF-8 text",
          remedy: "give this user the right to read it, and save it as UTF-8")
      ])
    }
  }

  private static func contents(of path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }

  private static func problem(_ variable: String, _ error: any Error) -> ConfigurationErrors {
    let cause =
      switch error {
      case let error as Texts.OverrideError: error.message
      case is DecodingError: "is not JSON of the form {\"ru\": {\"greeting\": \"…\"}}"
      default: "names a file that cannot be read"
      }
    return ConfigurationErrors(problems: [
      ConfigurationProblem(
        variable: variable, cause: cause, remedy: "mend the file, or unset \(variable)")
    ])
  }
}
