internal import Gateways

/// Cuts a text with entities into messages: at a paragraph, else a line, a sentence, a word, and
/// only then inside a word, but never inside a grapheme that fits a message.
struct TextSplitter {
  /// The most Unicode scalars of a message.
  let scalars: Int
  /// The most entities of a message.
  let entities: Int

  /// The messages, in order; none when the text has nothing visible.
  func split(_ text: FormattedText) -> [FormattedText] {
    var source = Cutter(text, scalars: max(scalars, 1), entities: max(entities, 1))
    var parts: [FormattedText] = []
    while let part = source.next() { parts.append(part) }
    return parts
  }

  /// One message: the whole text when it fits, else «…» and the end of it.
  func tail(_ text: FormattedText) -> FormattedText {
    let source = Cutter(text, scalars: scalars, entities: entities)
    return source.tail() ?? FormattedText("…")
  }
}

/// A text as UTF-16, which entities count in, and a place in it.
private struct Cutter {
  typealias Entity = FormattedText.Entity

  let units: [UInt16]
  let list: [Entity]
  let scalars: Int
  let entities: Int
  /// The stretches of preformatted text, in order.
  let blocks: [Range<Int>]
  var position = 0
  /// The first entity that begins at `position` or later.
  var nextEntity = 0
  /// The entities that began before `position` and may reach beyond it.
  var carried: [Entity] = []

  init(_ text: FormattedText, scalars: Int, entities: Int) {
    units = Array(text.text.utf16)
    list = text.entities
    self.scalars = scalars
    self.entities = entities
    blocks = text.entities.compactMap { entity in
      if case .pre = entity.kind { return entity.offset..<(entity.offset + entity.length) }
      return nil
    }
  }

  mutating func next() -> FormattedText? {
    while true {
      skipSpace()
      guard position < units.count else { return nil }
      let limit = furthest()
      let end = limit < units.count ? cut(before: limit) : limit
      let part = take(to: end)
      if part.text.hasVisible { return part }
    }
  }

  private mutating func skipSpace() {
    while position < units.count, units[position].isSpace { position += 1 }
    move(to: position)
  }

  /// Makes `position` the given place and updates which entities are open there.
  private mutating func move(to place: Int) {
    position = place
    while nextEntity < list.count, list[nextEntity].offset < place {
      carried.append(list[nextEntity])
      nextEntity += 1
    }
    carried.removeAll { $0.offset + $0.length <= place }
  }

  /// The furthest end that a message from `position` may have.
  private func furthest() -> Int {
    var end = position
    var count = 0
    while end < units.count {
      if !units[end].isLowSurrogate {
        if count == scalars { break }
        count += 1
      }
      end += 1
    }
    let overflow = nextEntity + max(entities - carried.count, 0)
    if overflow < list.count, list[overflow].offset > position {
      end = min(end, list[overflow].offset)
    }
    return end
  }

  /// The best place for a cut at or before `limit`, later than `position`.
  private func cut(before limit: Int) -> Int {
    let window = limit - position
    var line: Int?
    var sentence: Int?
    var word: Int?
    var place = limit
    while place > position {
      defer { place -= 1 }
      guard units[place].isSpace, isBoundary(place) else { continue }
      if units[place] == 0x0A {
        let isParagraph =
          (place + 1 < units.count && units[place + 1] == 0x0A) && !isPreformatted(place)
        if isParagraph, place - position > window / 8 { return place }
        line = line ?? place
      } else {
        word = word ?? place
        if units[place - 1].endsSentence { sentence = sentence ?? place }
      }
    }
    for candidate in [line, sentence, word] {
      if let candidate, candidate - position > window / 4 { return candidate }
    }
    return max(line ?? 0, sentence ?? 0, word ?? 0, hardCut(before: limit))
  }

  /// Whether the space at a place is a character of its own: nothing combines with it.
  private func isBoundary(_ place: Int) -> Bool {
    guard place + 1 < units.count, units[place] != 0x0A, units[place + 1] > 0x7F else {
      return true
    }
    return !(scalar(at: place + 1)?.properties.isGraphemeExtend ?? false)
  }

  private func isPreformatted(_ place: Int) -> Bool {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].lowerBound <= place { low = middle + 1 } else { high = middle }
    }
    return low > 0 && blocks[low - 1].contains(place)
  }

  private func hardCut(before limit: Int) -> Int {
    // Whether a place is a boundary can depend on all that precedes it in a grapheme, so count
    // from the message's start.
    var end = position
    for character in String(decoding: units[position..<limit], as: UTF16.self) {
      let next = end + character.utf16.count
      if next == limit, isJoined(at: limit, after: character) { break }
      end = next
    }
    return end > position ? end : limit
  }

  /// Whether a grapheme that ends at `place` in the slice goes on beyond it in the text.
  private func isJoined(at place: Int, after character: Character) -> Bool {
    let following = String(decoding: units[place...].prefix(2), as: UTF16.self).unicodeScalars
    guard let scalar = following.first else { return false }
    var both = String(character)
    both.unicodeScalars.append(scalar)
    return both.count == 1
  }

  private func scalar(at place: Int) -> Unicode.Scalar? {
    String(decoding: units[place...].prefix(2), as: UTF16.self).unicodeScalars.first
  }

  /// The stretch from `position` to `end` without space at its end; moves to `end`.
  private mutating func take(to end: Int) -> FormattedText {
    var last = end
    while last > position, units[last - 1].isSpace { last -= 1 }
    let start = position
    var within = carried
    var index = nextEntity
    while index < list.count, list[index].offset < last {
      within.append(list[index])
      index += 1
    }
    let part = slice(start..<last, within)
    move(to: end)
    return part
  }

  private func slice(_ range: Range<Int>, _ within: [Entity]) -> FormattedText {
    let clipped = within.compactMap { entity -> Entity? in
      let from = max(entity.offset, range.lowerBound)
      let to = min(entity.offset + entity.length, range.upperBound)
      guard from < to else { return nil }
      return Entity(entity.kind, offset: from - range.lowerBound, length: to - from)
    }
    return FormattedText(
      String(decoding: units[range], as: UTF16.self), entities: Array(clipped.prefix(entities)))
  }

  // MARK: The end of a text

  func tail() -> FormattedText? {
    var first = 0
    var last = units.count
    while first < last, units[first].isSpace { first += 1 }
    while last > first, units[last - 1].isSpace { last -= 1 }
    guard first < last else { return nil }
    var start = last
    var count = 0
    while start > first, count < scalars {
      start -= 1
      if !units[start].isLowSurrogate { count += 1 }
    }
    if start == first {
      let whole = slice(first..<last, list)
      return whole.text.hasVisible ? whole : nil
    }
    // Room for the ellipsis; then on to the next word, if one is near.
    start = nextBoundary(after: start, before: last)
    var part = slice(start..<last, list)
    part.text = "…" + part.text
    for index in part.entities.indices { part.entities[index].offset += 1 }
    return part
  }

  private func nextBoundary(after start: Int, before last: Int) -> Int {
    let near = min(start + 200, last)
    if let space = units[start..<near].firstIndex(where: \.isSpace),
      let word = units[space..<last].firstIndex(where: { !$0.isSpace })
    {
      return word
    }
    // The first character may be the rest of one that began earlier, so it goes.
    let window = String(decoding: units[start..<near], as: UTF16.self)
    return start + max(1, window.first?.utf16.count ?? 1)
  }
}

extension UInt16 {
  fileprivate var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D }
  fileprivate var isLowSurrogate: Bool { self & 0xFC00 == 0xDC00 }
  /// `.`, `!`, `?`, the ellipsis, and the ideographic full stop.
  fileprivate var endsSentence: Bool {
    self == 0x2E || self == 0x21 || self == 0x3F || self == 0x2026 || self == 0x3002
  }
}
