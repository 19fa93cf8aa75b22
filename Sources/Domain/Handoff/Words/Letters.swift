/// A word as small numbers: Latin letters 0–25, Russian ones 26–57, any other letter 58.
///
/// Spellings that people mix up share a number (ё э е, й ы и, щ ш), and soft and hard signs are
/// left out, so that half of the misspellings vanish before anything is looked up.
typealias Letters = [UInt8]

/// Folding of Unicode scalars to letters, and comparison of words with mistakes.
enum Alphabet {
  /// The number of a letter of a script that no table knows.
  static let otherLetter: UInt8 = 58

  static func isLatin(_ letter: UInt8) -> Bool { letter < 26 }
  static func isRussian(_ letter: UInt8) -> Bool { (26..<58).contains(letter) }

  /// The letters of a word from the tables.
  static func letters(of word: some StringProtocol) -> Letters {
    word.unicodeScalars.compactMap { scalar in
      if case .letter(let letter) = glyph(scalar.value) { letter } else { nil }
    }
  }

  /// What a scalar is to the scanner.
  enum Glyph: Equatable {
    case letter(UInt8)
    case digit(UInt8)
    /// Part of the letter before it, or a sign that words are written with or without.
    case nothing
    case mark
  }

  static func glyph(_ scalar: UInt32) -> Glyph {
    switch scalar {
    case 0x61...0x7A: .letter(UInt8(scalar - 0x61))
    case 0x41...0x5A: .letter(UInt8(scalar - 0x41))
    case 0x30...0x39: .digit(UInt8(scalar - 0x30))
    case 0x410...0x42F: russian(scalar + 0x20)
    case 0x430...0x44F: russian(scalar)
    // Apostrophes, the soft hyphen, stress and other combining marks, joiners, emoji's variants.
    case 0x27, 0xAD, 0x2018, 0x2019, 0x2BC, 0x300...0x36F, 0x200B...0x200F, 0x2060, 0xFE0E...0xFE0F:
      .nothing
    case 0x00...0x7F: .mark
    default: rare(scalar)
    }
  }

  private static func russian(_ scalar: UInt32) -> Glyph {
    switch scalar {
    case 0x439, 0x44B: .letter(34)  // й, ы → и
    case 0x44D: .letter(31)  // э → е
    case 0x449: .letter(50)  // щ → ш
    case 0x44A, 0x44C: .nothing  // ъ, ь
    default: .letter(UInt8(scalar - 0x430) + 26)
    }
  }

  private static func rare(_ scalar: UInt32) -> Glyph {
    switch scalar {
    case 0x401, 0x451, 0x404, 0x454: .letter(31)  // ё, є → е
    case 0x406, 0x456, 0x407, 0x457: .letter(34)  // і, ї → и
    case 0x490, 0x491: .letter(29)  // ґ → г
    case 0xFF21...0xFF3A: .letter(UInt8(scalar - 0xFF21))
    case 0xFF41...0xFF5A: .letter(UInt8(scalar - 0xFF41))
    // Mathematical alphabets, which people use as decoration.
    case 0x1D400...0x1D6A3: .letter(UInt8((scalar - 0x1D400) % 26))
    case 0xC0...0x24F: latinWithAccent(scalar)
    case 0x3B1...0x3C9: .letter(greekLookAlikes[Int(scalar - 0x3B1)])
    case 0x370...0x52F, 0x531...0x1FFF, 0x3040...0xD7FF, 0xF900...0xFAFF:
      .letter(otherLetter)
    default: .mark
    }
  }

  private static func latinWithAccent(_ scalar: UInt32) -> Glyph {
    // The base letters of U+00E0…U+00FF; capitals lie 32 below, later blocks are rare words anyway.
    let base = Array("aaaaaaaceeeeiiiidnooooo*ouuuuypy".utf8)
    let small = scalar < 0xE0 ? scalar + 0x20 : scalar
    guard small <= 0xFF, base[Int(small - 0xE0)] != 0x2A else { return .letter(otherLetter) }
    return .letter(base[Int(small - 0xE0)] - 0x61)
  }

  // α…ω by what they look like in Latin; 58 where nothing fits.
  private static let greekLookAlikes: [UInt8] = [
    0, 1, 24, 58, 4, 58, 13, 58, 8, 10, 58, 20, 21, 58, 14, 58, 15, 58, 58, 19, 20, 58, 23, 58, 22,
  ]

  /// A bit for each letter that the word has.
  static func mask(of word: Letters) -> UInt64 {
    word.reduce(0) { $0 | 1 << UInt64($1) }
  }

  /// Whether one word becomes the other by at most so many edits: a letter too many, missing,
  /// another, or two swapped.
  static func differ(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>, atMost edits: Int)
    -> Bool
  {
    var (one, other) = (one, other)
    while let a = one.first, a == other.first {
      (one, other) = (one.dropFirst(), other.dropFirst())
    }
    while let a = one.last, a == other.last { (one, other) = (one.dropLast(), other.dropLast()) }
    if one.isEmpty || other.isEmpty { return max(one.count, other.count) <= edits }
    guard edits > 0, abs(one.count - other.count) <= edits else { return false }
    let (a, b) = (one.dropFirst(), other.dropFirst())
    if one.first == b.first, other.first == a.first, let _ = a.first,
      differ(a.dropFirst(), b.dropFirst(), atMost: edits - 1)
    {
      return true
    }
    return differ(a, b, atMost: edits - 1) || differ(one, b, atMost: edits - 1)
      || differ(a, other, atMost: edits - 1)
  }
}
