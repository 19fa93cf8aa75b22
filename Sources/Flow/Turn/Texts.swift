package import Conversation

/// The texts that people see, per language; every one can be replaced by the owner.
package struct Texts: Equatable, Sendable {
  /// The names of the texts. The owner's file uses them.
  package enum Key: String, Sendable, CaseIterable {
    case greeting, help, newDialogue, forgotten, whoami, unknownCommand
    case unsupported, unsupportedPhoto, unsupportedVoice
    case tooManyMessages, stopped, aiNotice, contextNearlyFull, couldNotProcess
    case tookTooLong, busy, couldNotAnswer, emptyAnswer, filtered, questionTooLong
    case groupNotHeard, nobody
    case privacy, keptForEver, keptForDays, erased, started
    case troubleQuarantined, troubleModelDown, troubleKeyRefused, troubleOutOfMoney
    case troubleStoreUnwritable, troubleUndelivered
    case buttonNew, buttonHelp, wordForget
    case commandStart, commandHelp, commandNew, commandForget, commandPrivacy, commandWhoami
    case systemPrompt
  }

  private var templates: [Language: [Key: String]]

  /// The texts that come with Switchboard.
  package init() { templates = [.russian: Self.russian, .english: Self.english] }

  /// Why the owner's texts can't be used.
  package struct OverrideError: Error, Equatable, Sendable {
    /// What is wrong, and how to mend it.
    package let message: String
  }

  /// Replaces texts: language tag to name to text. Throws when a language or a name is not known.
  package mutating func override(_ texts: [String: [String: String]]) throws(OverrideError) {
    for (tag, entries) in texts {
      guard let language = Language(rawValue: tag) else {
        throw OverrideError(
          message: "unknown language \"\(tag)\"; use one of: "
            + Language.allCases.map(\.rawValue).joined(separator: ", "))
      }
      for (name, text) in entries {
        guard let key = Key(rawValue: name) else {
          throw OverrideError(
            message: "unknown text \"\(name)\"; use one of: "
              + Key.allCases.map(\.rawValue).joined(separator: ", "))
        }
        templates[language]?[key] = text
      }
    }
  }

  /// A text with its `{placeholders}` filled in. What is filled in is never read as a placeholder.
  package func text(
    _ key: Key, in language: Language, _ values: [String: String] = [:]
  ) -> String {
    fill(templates[language]?[key] ?? "", values)
  }

  /// The labels of the keyboard of private chats, by rows.
  package func keyboard(in language: Language) -> [[String]] {
    [[text(.buttonNew, in: language), text(.buttonHelp, in: language)]]
  }

  private func fill(_ template: String, _ values: [String: String]) -> String {
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      let inside = rest[rest.index(after: open)...]
      if let close = inside.firstIndex(of: "}"), let value = values[String(inside[..<close])] {
        result += value
        rest = inside[inside.index(after: close)...]
      } else {
        result += "{"
        rest = inside
      }
    }
    return result + rest
  }
}
