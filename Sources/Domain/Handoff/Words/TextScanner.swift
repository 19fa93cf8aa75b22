/// A word of a text with what stands after it.
struct Word: Sendable {
  /// What parts a word from the next one.
  enum Stop: Int, Comparable, Sendable {
    case none, hyphen, comma, colon, sentence, question

    static func < (one: Stop, other: Stop) -> Bool { one.rawValue < other.rawValue }
  }

  var letters: Letters
  var digits: [UInt8] = []
  var stop = Stop.none
  var isQuotation = false
}

/// Cuts a text into words in one pass, without what is quoted, code or addresses.
enum TextScanner {
  /// Longer texts are judged by their beginning and their end, half of this each: that is more
  /// than a Telegram message has, so only joined messages are cut.
  static let maximumScalars = 4096

  /// The scalars that are judged.
  static func bounded(_ text: String) -> [Unicode.Scalar] {
    let scalars = text.unicodeScalars
    // A text that fits is recognised by its bytes without being counted.
    guard text.utf8.count > maximumScalars else { return Array(scalars) }
    let all = Array(scalars)
    guard all.count > maximumScalars else { return all }
    return Array(all.prefix(maximumScalars / 2)) + ["\n"] + Array(all.suffix(maximumScalars / 2))
  }

  /// The words; a text that is one quotation as a whole is somebody's own words after all, unless
  /// that is not wanted.
  static func words(
    in scalars: [Unicode.Scalar], keepingWholeQuotation: Bool = true
  ) -> [Word] {
    let spans = Quotations.spans(in: scalars)
    var words = scan(scalars, without: spans)
    if keepingWholeQuotation, !spans.isEmpty,
      !words.contains(where: { !$0.isQuotation && !$0.letters.isEmpty })
    {
      words = scan(scalars, without: [])
    }
    return joiningLetters(words)
  }

  private static func scan(_ scalars: [Unicode.Scalar], without spans: [Range<Int>]) -> [Word] {
    var words: [Word] = []
    var builder = WordBuilder()
    var span = spans[...]
    var index = 0
    while index < scalars.count {
      if let quotation = span.first, quotation.lowerBound == index {
        builder.finish(into: &words)
        words.append(Word(letters: [Alphabet.otherLetter], isQuotation: true))
        index = quotation.upperBound
        span = span.dropFirst()
        continue
      }
      let value = scalars[index].value
      switch Alphabet.glyph(value) {
      case .letter(let letter): builder.add(letter: letter)
      case .digit(let digit): builder.add(digit: digit)
      case .nothing: break
      case .mark:
        builder.finish(into: &words)
        if let last = words.indices.last {
          words[last].stop = max(words[last].stop, stop(at: index, in: scalars))
        }
      }
      index += 1
    }
    builder.finish(into: &words)
    return words
  }

  private static func stop(at index: Int, in scalars: [Unicode.Scalar]) -> Word.Stop {
    switch scalars[index] {
    case ".", "!", "\n", ";", "…": .sentence
    case "?": .question
    case ":": .colon
    case ",", "—", "–", "(", ")", "|", "/": .comma
    case "-": index > 0 && scalars[index - 1] == " " ? .comma : .hyphen
    default: .none
    }
  }

  /// Three and more letters that stand alone are one word: «о п е р а т о р».
  private static func joiningLetters(_ words: [Word]) -> [Word] {
    var result: [Word] = []
    var run: [Word] = []
    func flush() {
      if run.count >= 4 {
        result.append(
          Word(
            letters: Letters(run.flatMap(\.letters).prefix(WordBuilder.maximumLetters)),
            stop: run.last?.stop ?? .none))
      } else {
        result += run
      }
      run = []
    }
    for word in words {
      let alone = word.letters.count == 1 && word.digits.isEmpty && !word.isQuotation
      if alone { run.append(word) } else { flush(); result.append(word) }
    }
    flush()
    return result
  }
}

/// The letters of the word being read.
private struct WordBuilder {
  /// No word that matters is longer; the rest of one is dropped.
  static let maximumLetters = 40

  private var letters = Letters()
  private var digits: [(digit: UInt8, position: Int)] = []

  mutating func add(letter: UInt8) {
    if letters.count < Self.maximumLetters { letters.append(letter) }
  }

  mutating func add(digit: UInt8) {
    if digits.count < Self.maximumLetters { digits.append((digit, letters.count)) }
  }

  mutating func finish(into words: inout [Word]) {
    defer { self = WordBuilder() }
    guard !letters.isEmpty || !digits.isEmpty else { return }
    guard !letters.isEmpty else {
      words.append(Word(letters: [], digits: digits.map(\.digit)))
      return
    }
    let russian = letters.contains(where: Alphabet.isRussian)
    // Digits stand for letters only when there are more letters: «0ператор», but not "4096px".
    if digits.count < letters.count {
      for (digit, position) in digits.reversed() {
        if let letter = Respelling.letter(for: digit, besideRussian: russian) {
          letters.insert(letter, at: position)
        }
      }
    }
    if russian && letters.contains(where: Alphabet.isLatin) {
      letters = Respelling.unmixed(letters)
    }
    words.append(Word(letters: withoutLongRuns(letters)))
  }

  /// Three and more of the same letter are one.
  private func withoutLongRuns(_ letters: Letters) -> Letters {
    var result = Letters()
    var index = 0
    while index < letters.count {
      var end = index
      while end < letters.count && letters[end] == letters[index] { end += 1 }
      result += Array(repeating: letters[index], count: end - index >= 3 ? 1 : end - index)
      index = end
    }
    return result
  }
}
