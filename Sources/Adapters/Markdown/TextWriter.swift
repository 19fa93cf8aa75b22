internal import Gateways

/// A text under construction, with its entities properly nested.
struct TextWriter {
  private var text = ""
  private var length = 0
  private var entities: [FormattedText.Entity] = []
  /// The kinds of the open entities and their places in `entities`.
  private var open: [(kind: FormattedText.Entity.Kind, index: Int)] = []
  private var indentation = 0
  private var owesIndentation = false

  /// The text so far; ends it.
  mutating func finish() -> FormattedText {
    while !open.isEmpty { close() }
    return FormattedText(text, entities: entities.filter { $0.length > 0 })
  }

  /// Adds text.
  mutating func append(_ addition: String) {
    guard !addition.isEmpty else { return }
    payIndentation()
    add(addition)
  }

  /// Adds line feeds; the next text is indented.
  mutating func breakLine(_ feeds: String) {
    add(feeds)
    owesIndentation = indentation > 0
  }

  /// Indents the lines that follow by more or fewer spaces.
  mutating func indent(by spaces: Int) { indentation += spaces }

  /// Begins an entity; one inside another of its kind has no effect, and in a link nothing of the
  /// kind exists twice.
  mutating func open(_ kind: FormattedText.Entity.Kind) {
    payIndentation()
    let repeats = open.contains { $0.kind == kind }
    open.append((kind, repeats ? -1 : begin(kind)))
  }

  /// Ends the innermost entity.
  mutating func close() {
    guard let last = open.popLast(), last.index >= 0 else { return }
    entities[last.index].length = length - entities[last.index].offset
  }

  /// Adds inline code. It may not stand inside a style, so the open styles end before it and begin
  /// again after it; inside a link it is plain text, for the link matters more.
  mutating func appendVerbatim(_ code: String) {
    guard !code.isEmpty else { return }
    payIndentation()
    let isInLink = open.contains { item in
      if case .link = item.kind { return true }
      return false
    }
    if isInLink { return add(code) }
    appendBlock(code, .code)
  }

  /// Adds code as an entity that contains nothing and stands in nothing but a quote.
  mutating func appendBlock(_ code: String, _ kind: FormattedText.Entity.Kind) {
    owesIndentation = false
    for item in open where item.index >= 0 && item.kind != .blockquote {
      entities[item.index].length = length - entities[item.index].offset
    }
    let index = begin(kind)
    add(code)
    entities[index].length = length - entities[index].offset
    for position in open.indices
    where open[position].index >= 0 && open[position].kind != .blockquote {
      open[position].index = begin(open[position].kind)
    }
  }

  private mutating func begin(_ kind: FormattedText.Entity.Kind) -> Int {
    entities.append(FormattedText.Entity(kind, offset: length, length: 0))
    return entities.count - 1
  }

  private mutating func payIndentation() {
    guard owesIndentation else { return }
    owesIndentation = false
    add(String(repeating: " ", count: indentation))
  }

  private mutating func add(_ addition: String) {
    text += addition
    length += addition.utf16.count
  }
}
