internal import Gateways

extension String {
  /// The text in pieces of at most so many Unicode scalars, cut at line feeds where possible; only
  /// those line feeds are left out.
  func cut(scalars limit: Int) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var size = 0
    func flush() {
      if !piece.isEmpty { pieces.append(piece) }
      piece = ""
      size = 0
    }
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      let length = line.unicodeScalars.count
      if size > 0, size + 1 + length > limit { flush() }
      if size > 0 || !piece.isEmpty {
        piece += "\n"
        size += 1
      }
      guard length > limit else {
        piece += line
        size += length
        continue
      }
      for character in line {
        let count = character.unicodeScalars.count
        if size + count > limit { flush() }
        for scalar in character.unicodeScalars {
          // Only a grapheme that fits no piece is taken apart.
          if size == limit { flush() }
          piece.unicodeScalars.append(scalar)
          size += 1
        }
      }
    }
    flush()
    return pieces
  }
}

extension Array where Element == Document.Inline {
  /// The inlines in pieces of at most so many Unicode scalars; each piece has the styles and links
  /// of its text.
  func cut(scalars limit: Int) -> [[Document.Inline]] {
    var pieces: [[Document.Inline]] = [[]]
    var room = limit
    for leaf in leaves {
      for part in leaf.text.words(scalars: limit) {
        let length = part.unicodeScalars.count
        if length > room, room < limit {
          pieces.append([])
          room = limit
        }
        pieces[pieces.count - 1].append(leaf.wrapped(part))
        room -= length
      }
    }
    return pieces.filter { !$0.isEmpty }
  }

  /// The texts in order, each with what makes an inline of it.
  private var leaves: [Leaf] {
    flatMap { inline -> [Leaf] in
      switch inline {
      case .text(let text): [Leaf(text: text) { .text($0) }]
      case .code(let text): [Leaf(text: text) { .code($0) }]
      case .math(let text): [Leaf(text: text) { .math($0) }]
      case .lineBreak: [Leaf(text: "\n") { _ in .lineBreak }]
      case .styled(let style, let inner):
        inner.leaves.map { leaf in Leaf(text: leaf.text) { .styled(style, [leaf.wrapped($0)]) } }
      case .link(let url, let inner):
        inner.leaves.map { leaf in Leaf(text: leaf.text) { .link(url: url, [leaf.wrapped($0)]) } }
      }
    }
  }

  private struct Leaf {
    var text: String
    var wrapped: (String) -> Document.Inline
  }
}

extension String {
  /// Stretches of about a hundred scalars that end after a space where possible, each within the
  /// limit.
  fileprivate func words(scalars limit: Int) -> [String] {
    let ideal = min(100, limit)
    if unicodeScalars.count <= ideal { return [self] }
    var words: [String] = []
    var word = ""
    var size = 0
    for character in self {
      let count = character.unicodeScalars.count
      if size + count > limit || (size >= ideal && word.last == " ") {
        words.append(word)
        word = ""
        size = 0
      }
      word.append(character)
      size += count
    }
    words.append(word)
    return words.flatMap { $0.unicodeScalars.count > limit ? $0.cut(scalars: limit) : [$0] }
      .filter { !$0.isEmpty }
  }
}
