/// Sample texts with every kind of formatting that an answer may have.
extension ModelAnswers {
  static func rich(_ language: Language) -> String {
    let heading = language == .russian ? "# Всё сразу" : "# Everything at once"
    let intro =
      language == .russian
      ? "Вот **жирный**, *курсив*, ~~зачёркнутый~~ текст, `код в строке` и "
        + "[ссылка](https://example.org/)."
      : "Here are **bold**, *italic*, ~~struck~~ text, `inline code` and "
        + "a [link](https://example.org/)."
    return [
      heading, intro, list(language), table(language), code(language), formula(language),
      quote(language),
    ].joined(separator: "\n\n")
  }

  static func table(_ language: Language) -> String {
    switch language {
    case .russian:
      """
      ## Планеты

      | Планета | Радиус, км | Спутники |
      |:--------|-----------:|:--------:|
      | Земля   |      6 371 | 1        |
      | Марс    |      3 390 | 2        |
      | Юпитер  |     69 911 | **95**   |
      """
    case .english:
      """
      ## Planets

      | Planet  | Radius, km | Moons  |
      |:--------|-----------:|:------:|
      | Earth   |      6,371 | 1      |
      | Mars    |      3,390 | 2      |
      | Jupiter |     69,911 | **95** |
      """
    }
  }

  static func code(_ language: Language) -> String {
    let comment = language == .russian ? "Числа Фибоначчи" : "Fibonacci numbers"
    let lead = language == .russian ? "Вот пример на Swift:" : "Here is an example in Swift:"
    return """
      \(lead)

      ```swift
      // \(comment)
      func fibonacci(_ n: Int) -> Int {
        n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2)
      }
      print((0..<10).map(fibonacci))
      ```
      """
  }

  static func formula(_ language: Language) -> String {
    let lead =
      language == .russian
      ? "Корни уравнения $ax^2 + bx + c = 0$:" : "The roots of $ax^2 + bx + c = 0$:"
    return """
      \(lead)

      $$x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}$$
      """
  }

  static func list(_ language: Language) -> String {
    switch language {
    case .russian:
      """
      Что нужно сделать:

      1. Прочитать вопрос
      2. Подумать:
         - вспомнить разговор
         - найти *главное*
      3. Ответить

      - [x] вопрос получен
      - [ ] ответ оценён
      """
    case .english:
      """
      What there is to do:

      1. Read the question
      2. Think:
         - remember the conversation
         - find *what matters*
      3. Answer

      - [x] question received
      - [ ] answer rated
      """
    }
  }

  static func quote(_ language: Language) -> String {
    switch language {
    case .russian: "> Краткость — сестра таланта.\n>\n> *А. П. Чехов*"
    case .english: "> Brevity is the sister of talent.\n>\n> *A. P. Chekhov*"
    }
  }

  /// Longer than two messages of Telegram (2 × 4,096), with a code block in the middle.
  static func long(_ language: Language) -> String {
    let paragraphs = (1...30).map { number in
      switch language {
      case .russian:
        "Абзац \(number). Длинный ответ не помещается в одно сообщение, поэтому он приходит "
          + "частями: каждая часть кончается там, где кончается мысль, и ни одно слово не "
          + "пропадает. Порядок частей сохраняется, а **оформление** остаётся целым на границе, "
          + "даже если она проходит посреди абзаца."
      case .english:
        "Paragraph \(number). A long answer does not fit into one message, so it arrives in "
          + "parts: each part ends where a thought ends, and not a word is lost. The order of "
          + "the parts is kept, and the **formatting** stays whole at the border, even if it runs "
          + "through the middle of a paragraph."
      }
    }
    return (paragraphs.prefix(15) + [code(language)] + paragraphs.dropFirst(15))
      .joined(separator: "\n\n")
  }
}
