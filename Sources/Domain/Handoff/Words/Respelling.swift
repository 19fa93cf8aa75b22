/// The same word in another spelling: Russian in Latin letters, letters that only look alike, and
/// text typed with the wrong keyboard layout.
enum Respelling {
  /// Russian letters for a Russian word written in Latin ones, or nil when that cannot be.
  static func fromLatin(_ word: Letters) -> Letters? {
    var result = Letters()
    var rest = word[...]
    while !rest.isEmpty {
      guard
        let (length, russian) = transliterations(at: rest)
      else { return nil }
      result += russian
      rest = rest.dropFirst(length)
    }
    return result
  }

  private static func transliterations(at rest: ArraySlice<UInt8>) -> (Int, Letters)? {
    for length in stride(from: min(4, rest.count), through: 1, by: -1) {
      if let russian = latinToRussian[packed(rest.prefix(length))] { return (length, russian) }
    }
    return nil
  }

  /// Up to four letters as one number, so that the look-up needs no array.
  private static func packed(_ letters: some Collection<UInt8>) -> UInt32 {
    letters.reduce(0) { $0 << 8 | UInt32($1) + 1 }
  }

  private static let latinToRussian: [UInt32: Letters] = table(
    """
    shch:щ sch:щ sh:ш ch:ч zh:ж kh:х ts:ц ya:я ja:я ia:я yu:ю ju:ю iu:ю yo:е jo:е ye:е je:е iy:и \
    yy:и ij:и a:а b:б v:в w:в g:г d:д e:е z:з i:и y:и j:ж k:к l:л m:м n:н o:о p:п r:р s:с t:т \
    u:у f:ф h:х x:х c:ц q:к
    """)

  /// A word of mixed letters in the script that it is probably meant in.
  static func unmixed(_ word: Letters) -> Letters {
    let latin = word.contains { Alphabet.isLatin($0) && toRussianLookAlike[$0] == nil }
    let map = latin ? toLatinLookAlike : toRussianLookAlike
    return word.map { map[$0] ?? $0 }
  }

  private static let toRussianLookAlike: [UInt8: UInt8] = pairs("aаeеoоpрcсxхyуkкmмtтhнbв")
  private static let toLatinLookAlike: [UInt8: UInt8] = Dictionary(
    toRussianLookAlike.map { ($1, $0) }, uniquingKeysWith: { first, _ in first }
  ).merging(pairs("iі").map { ($1, $0) }) { first, _ in first }

  /// Letters that digits stand for inside a word.
  static func letter(for digit: UInt8, besideRussian: Bool) -> UInt8? {
    let list = Array((besideRussian ? "оизчабт" : "oizeasgtb").unicodeScalars)
    let digits: [UInt8] = besideRussian ? [0, 1, 3, 4, 6, 8, 7] : [0, 1, 2, 3, 4, 5, 6, 7, 8]
    guard let index = digits.firstIndex(of: digit), index < list.count else { return nil }
    if case .letter(let letter) = Alphabet.glyph(list[index].value) { return letter }
    return nil
  }

  /// The text as the other layout of the same keyboard would have written it: ЙЦУКЕН for QWERTY
  /// and back. Returns nil when the text has letters of both, or of neither.
  static func otherLayout(_ scalars: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar]? {
    let latin = scalars.contains { (0x41...0x7A).contains($0.value) && $0.properties.isAlphabetic }
    let russian = scalars.contains { (0x410...0x451).contains($0.value) }
    guard latin != russian else { return nil }
    let keys = latin ? keysToRussian : keysToLatin
    return scalars.map { keys[$0.properties.lowercaseMapping.unicodeScalars.first ?? $0] ?? $0 }
  }

  private static let qwerty = Array("qwertyuiop[]asdfghjkl;'zxcvbnm,.`".unicodeScalars)
  private static let jcuken = Array("йцукенгшщзхъфывапролджэячсмитьбюё".unicodeScalars)
  private static let keysToRussian = Dictionary(
    zip(qwerty, jcuken), uniquingKeysWith: { first, _ in first })
  private static let keysToLatin = Dictionary(
    zip(jcuken, qwerty), uniquingKeysWith: { first, _ in first })

  private static func table(_ text: String) -> [UInt32: Letters] {
    var result: [UInt32: Letters] = [:]
    for entry in text.split(separator: " ") {
      let sides = entry.split(separator: ":")
      result[packed(Alphabet.letters(of: sides[0]))] = Alphabet.letters(of: sides[1])
    }
    return result
  }

  private static func pairs(_ text: String) -> [UInt8: UInt8] {
    let letters = Alphabet.letters(of: text)
    var result: [UInt8: UInt8] = [:]
    for index in stride(from: 0, to: letters.count - 1, by: 2) {
      result[letters[index]] = letters[index + 1]
    }
    return result
  }
}
