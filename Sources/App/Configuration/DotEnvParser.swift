/// Cuts the text of a `.env` file into its statements.
struct DotEnvParser {
  /// One statement of the file.
  enum Statement: Equatable {
    /// `NAME=value`, not yet expanded.
    case assignment(name: String, value: String, line: Int)
    /// Something that is no statement; its first line was skipped.
    case unreadable(line: Int)
  }

  private struct Unreadable: Error {}

  private let text: [Unicode.Scalar]
  private var position = 0
  private var line = 1

  init(_ text: String) {
    self.text = Array(text.unicodeScalars)
    if self.text.first == "\u{FEFF}" { position = 1 }
  }

  /// The next statement; nil at the end. Comments and names without a value are passed over.
  mutating func next() -> Statement? {
    while true {
      skip { Self.isWhite($0) }
      guard let scalar = peek else { return nil }
      if scalar == "#" {
        skip { !Self.isLineEnd($0) }
        continue
      }
      let start = line
      do {
        guard let (name, value) = try assignment() else { continue }
        return .assignment(name: name, value: value, line: start)
      } catch {
        skip { !Self.isLineEnd($0) }
        return .unreadable(line: start)
      }
    }
  }

  private mutating func assignment() throws(Unreadable) -> (name: String, value: String)? {
    skipExport()
    let name = try name()
    skip { Self.isBlank($0) }
    var value: String?
    if peek == "=" {
      advance()
      skip { Self.isBlank($0) }
      value = try self.value()
    }
    skip { Self.isBlank($0) }
    if peek == "#" { skip { !Self.isLineEnd($0) } }
    guard peek.map(Self.isLineEnd) ?? true else { throw Unreadable() }
    return value.map { (name, $0) }
  }

  private mutating func skipExport() {
    let word = Array("export".unicodeScalars)
    let end = position + word.count
    guard end < text.count, Array(text[position..<end]) == word, Self.isBlank(text[end]) else {
      return
    }
    position = end
    skip { Self.isBlank($0) }
  }

  private mutating func name() throws(Unreadable) -> String {
    if peek == "'" {
      guard let name = quoted("'", escapes: false), !name.isEmpty else { throw Unreadable() }
      return Self.string(name)
    }
    let name = take { $0 != "=" && $0 != "#" && !Self.isWhite($0) }
    guard !name.isEmpty else { throw Unreadable() }
    return Self.string(name)
  }

  private mutating func value() throws(Unreadable) -> String {
    guard let first = peek, first == "'" || first == "\"" else { return bareValue() }
    guard let raw = quoted(first, escapes: true) else { throw Unreadable() }
    return Self.unescape(raw, first == "'" ? Self.singleEscapes : Self.doubleEscapes)
  }

  /// What stands up to the end of the line, or to a `#` with white space before it.
  private mutating func bareValue() -> String {
    var raw = take { !Self.isLineEnd($0) }
    if let comment = raw.indices.first(where: { index in
      raw[index] == "#" && index > raw.startIndex && Self.isWhite(raw[index - 1])
    }) {
      raw = raw[..<comment]
    }
    while let last = raw.last, Self.isWhite(last) { raw.removeLast() }
    return Self.string(raw)
  }

  /// What stands between the quote here and the next one that has no backslash before it. When
  /// there is none, the last quote with a backslash closes, as for a Windows path.
  private mutating func quoted(_ quote: Unicode.Scalar, escapes: Bool) -> ArraySlice<
    Unicode.Scalar
  >? {
    let start = position + 1
    var index = start
    var close: Int?
    while index < text.count {
      if text[index] == quote {
        close = index
        break
      }
      if escapes, text[index] == "\\", index + 1 < text.count, text[index + 1] == quote {
        close = index + 1
        index += 1
      }
      index += 1
    }
    guard let close else { return nil }
    while position <= close { advance() }
    return text[start..<close]
  }
}

extension DotEnvParser {
  private var peek: Unicode.Scalar? { position < text.count ? text[position] : nil }

  private mutating func advance() {
    let isFirstOfPair =
      text[position] == "\r" && position + 1 < text.count && text[position + 1] == "\n"
    if Self.isLineEnd(text[position]), !isFirstOfPair { line += 1 }
    position += 1
  }

  private mutating func skip(while belongs: (Unicode.Scalar) -> Bool) {
    while let scalar = peek, belongs(scalar) { advance() }
  }

  private mutating func take(
    while belongs: (Unicode.Scalar) -> Bool
  ) -> ArraySlice<Unicode.Scalar> {
    let start = position
    skip(while: belongs)
    return text[start..<position]
  }

  private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r"
  }

  private static func isWhite(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    isWhite(scalar) && !isLineEnd(scalar)
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static let singleEscapes: [Unicode.Scalar: Unicode.Scalar] = ["\\": "\\", "'": "'"]

  private static let doubleEscapes: [Unicode.Scalar: Unicode.Scalar] = [
    "\\": "\\", "'": "'", "\"": "\"", "a": "\u{07}", "b": "\u{08}", "f": "\u{0C}", "n": "\n",
    "r": "\r", "t": "\t", "v": "\u{0B}",
  ]

  private static func unescape(
    _ raw: ArraySlice<Unicode.Scalar>, _ escapes: [Unicode.Scalar: Unicode.Scalar]
  ) -> String {
    var plain: [Unicode.Scalar] = []
    var index = raw.startIndex
    while index < raw.endIndex {
      if raw[index] == "\\", index + 1 < raw.endIndex, let meant = escapes[raw[index + 1]] {
        plain.append(meant)
        index += 2
      } else {
        plain.append(raw[index])
        index += 1
      }
    }
    return string(plain)
  }
}
