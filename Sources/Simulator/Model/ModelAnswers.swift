/// What the stand-in model says: the same words for the same request, so that tests can compare.
enum ModelAnswers {
  /// The whole answer, in Markdown.
  static func answer(to request: ModelRequest) -> String {
    if let words = operatorWords(to: request) { return words }
    let seen = sight(request.pictures, Language(of: request.question))
    if let seen, request.question.isEmpty { return seen }
    return (seen.map { $0 + "\n\n" } ?? "") + words(to: request)
  }

  /// What is said to the words.
  private static func words(to request: ModelRequest) -> String {
    let question = request.question
    let words = question.lowercased()
    let language = Language(of: question)
    if has(words, ["длинно", "long"]) { return long(language) }
    if has(words, ["всё", "все возможности", "everything", "show all"]) { return rich(language) }
    let parts = [
      has(words, ["таблиц", "table"]) ? table(language) : nil,
      has(words, ["код", "code"]) ? code(language) : nil,
      has(words, ["формул", "formula", "math"]) ? formula(language) : nil,
      has(words, ["список", "list"]) ? list(language) : nil,
      has(words, ["цитат", "quote"]) ? quote(language) : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? short(request, language) : parts.joined(separator: "\n\n")
  }

  /// What is said of pictures: how many there are, and their sizes.
  private static func sight(_ pictures: [Int], _ language: Language) -> String? {
    guard !pictures.isEmpty else { return nil }
    let sizes = pictures.map { String($0) }.joined(separator: ", ")
    return switch language {
    case .russian: "Вижу картинки: **\(pictures.count)**, размер в байтах: \(sizes)."
    case .english: "I see pictures: **\(pictures.count)**, size in bytes: \(sizes)."
    }
  }

  /// The languages the stand-in speaks.
  enum Language {
    case russian, english

    init(of text: String) {
      let isCyrillic = text.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
      self = isCyrillic ? .russian : .english
    }
  }

  /// Whether a word of the text begins with one of the beginnings, or the text holds the phrase.
  private static func has(_ text: String, _ beginnings: [String]) -> Bool {
    let words = text.split { !$0.isLetter }
    return beginnings.contains { beginning in
      beginning.contains(" ")
        ? text.contains(beginning) : words.contains { $0.hasPrefix(beginning) }
    }
  }

  /// Names what it sees of the context, so that a person (and a test) can tell that it came along.
  private static func short(_ request: ModelRequest, _ language: Language) -> String {
    let turns = request.messages.filter { $0.role == "user" || $0.role == "assistant" }
    let earlier = max(0, turns.count - 1)
    let question = clip(request.question)
    let previous = turns.dropLast().last { $0.role == "user" }.map { clip($0.text) }
    switch (language, previous) {
    case (.russian, nil):
      return "Вы написали: «\(question)». Это начало нашего разговора: раньше я ничего не видел. "
        + "Спросите про **таблицу**, **код**, **формулу** или попросите показать **всё**."
    case (.russian, let previous?):
      return "Вы написали: «\(question)». Я помню разговор: сообщений до этого — **\(earlier)**, "
        + "а в прошлый раз вы спросили: «\(previous)»."
    case (.english, nil):
      return "You wrote: “\(question)”. This is the beginning of our conversation: I have seen "
        + "nothing before. Ask for a **table**, **code**, a **formula**, or for **everything**."
    case (.english, let previous?):
      return "You wrote: “\(question)”. I remember our conversation: earlier messages — "
        + "**\(earlier)**, and last time you asked: “\(previous)”."
    }
  }

  static func clip(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 120 ? String(line.prefix(120)) + "…" : line
  }
}
