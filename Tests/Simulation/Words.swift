import Conversation

/// The words of the simulation's people: `c7q12` is the twelfth question of chat 7, `o3` an
/// operator's third message, `e3` what it was changed to, `n3` an operator's note.
enum Words {
  static func question(_ chat: ChatID, _ number: Int) -> String { "c\(chat.rawValue)q\(number)" }

  /// The chat of a question; nil for an operator's words.
  static func chat(of word: String) -> ChatID? {
    guard word.hasPrefix("c"), let number = word.dropFirst().split(separator: "q").first else {
      return nil
    }
    return Int64(number).map { ChatID($0) }
  }

  static func last(in text: String) -> String {
    text.split(whereSeparator: { " \n".contains($0) }).last.map(String.init) ?? ""
  }

  /// Those words of a text that somebody's message is known by.
  static func all(in text: String) -> [String] {
    text.utf8.split { byte in !(isLetter(byte) || isDigit(byte) || byte == minus) }.compactMap {
      let second = $0.dropFirst().first ?? 0
      guard let first = $0.first, letters.contains(first), isDigit(second) || second == minus,
        $0.last.map(isDigit) == true
      else { return nil }
      return String($0)
    }
  }

  private static let letters = Array("cone".utf8)
  private static let minus = UInt8(ascii: "-")

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
}
