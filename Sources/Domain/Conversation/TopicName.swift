/// Names topics after what is said in them.
enum TopicName {
  /// The most that a name may be, in Unicode scalars. Telegram allows 128; a list of topics shows
  /// far less.
  private static let limit = 48

  /// A name from somebody's words: their first line, cut at a word. Nil when there are no words.
  static func from(_ text: String) -> String? {
    let line = text.split(whereSeparator: \.isNewline).first ?? ""
    var name = ""
    for word in line.split(whereSeparator: \.isWhitespace) {
      let longer = name.isEmpty ? String(word) : "\(name) \(word)"
      guard longer.unicodeScalars.count <= limit else {
        return name.isEmpty ? cut(longer) : name + "…"
      }
      name = longer
    }
    return name.isEmpty ? nil : name
  }

  private static func cut(_ word: String) -> String {
    var name = ""
    for character in word {
      guard (name + String(character)).unicodeScalars.count < limit else { break }
      name.append(character)
    }
    return name + "…"
  }
}
