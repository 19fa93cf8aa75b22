import Gateways

@testable import Markdown

let format = AnswerFormat.markdown()

/// The blocks that a Markdown text parses to.
func blocks(_ markdown: String) -> [Document.Block] {
  parseMarkdown(Array(markdown.utf8), limits: MarkdownLimits())?.blocks ?? []
}

/// What a reader sees of a content, without spaces and invisible characters, which may go at a cut.
func ink(_ content: MessageContent) -> String {
  switch content {
  case .text(let text): ink(text.text)
  case .rich(let document): ink(document)
  case .topicName, .newTopic, .copy, .document, .reaction, .pressAnswer: ""
  }
}

func ink(_ document: Document) -> String { document.blocks.map(ink).joined() }

func ink(_ text: String) -> String {
  let visible = text.unicodeScalars.filter { scalar in
    !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
  }
  return String(String.UnicodeScalarView(visible))
}

private func ink(_ block: Document.Block) -> String {
  switch block {
  case .paragraph(let inlines), .heading(_, let inlines): ink(inlines)
  case .code(_, let text), .math(let text): ink(text)
  case .quote(let blocks): blocks.map(ink).joined()
  case .list(let list): list.items.flatMap(\.blocks).map(ink).joined()
  case .table(let table): ([table.header] + table.rows).joined().map(ink).joined()
  case .divider: ""
  }
}

private func ink(_ inlines: [Document.Inline]) -> String {
  inlines.map { inline in
    switch inline {
    case .text(let text), .code(let text), .math(let text): ink(text)
    case .styled(_, let inner), .link(_, let inner): ink(inner)
    case .lineBreak: ""
    }
  }.joined()
}

/// The deepest nesting: lists, items, quotes, leaves and inline styles.
func depth(_ blocks: [Document.Block]) -> Int {
  blocks.map { block in
    switch block {
    case .paragraph(let inlines), .heading(_, let inlines): 1 + depth(inlines)
    case .code, .math, .divider: 1
    case .quote(let inner): 1 + depth(inner)
    case .list(let list): 2 + depth(list.items.flatMap(\.blocks))
    case .table(let table): 2 + depth(([table.header] + table.rows).joined().flatMap { $0 })
    }
  }.max() ?? 0
}

private func depth(_ inlines: [Document.Inline]) -> Int {
  inlines.map { inline in
    switch inline {
    case .text, .lineBreak: 0
    case .code, .math: 0
    case .styled(_, let inner), .link(_, let inner): 1 + depth(inner)
    }
  }.max() ?? 0
}

private func hasDivider(_ blocks: [Document.Block]) -> Bool {
  blocks.contains { block in
    switch block {
    case .divider: true
    case .quote(let inner): hasDivider(inner)
    case .list(let list): hasDivider(list.items.flatMap(\.blocks))
    case .paragraph, .heading, .code, .table, .math: false
    }
  }
}

/// What is wrong with a content by Telegram's rules; empty when nothing is.
func faults(_ content: MessageContent, limits: MarkdownLimits = MarkdownLimits()) -> [String] {
  switch content {
  case .text(let text): return faults(text, limits: limits)
  case .rich(let document):
    let size = document.blocks.reduce(Measure()) { $0 + $1.measure }
    var found: [String] = []
    if size.scalars > limits.richScalars { found.append("\(size.scalars) characters") }
    if size.blocks > limits.richBlocks { found.append("\(size.blocks) blocks") }
    if depth(document.blocks) > limits.richNesting { found.append("too deep") }
    if ink(document).isEmpty && !hasDivider(document.blocks) {
      found.append("empty")
    }
    return found
  case .topicName, .newTopic, .copy, .document, .reaction, .pressAnswer:
    return ["no answer is that"]
  }
}

func faults(_ text: FormattedText, limits: MarkdownLimits = MarkdownLimits()) -> [String] {
  var found: [String] = []
  let units = Array(text.text.utf16)
  if text.text.unicodeScalars.count > limits.textScalars { found.append("too long") }
  if text.entities.count > limits.textEntities { found.append("\(text.entities.count) entities") }
  if text.text.isEmpty { found.append("empty") }
  if let first = units.first, let last = units.last, first <= 0x20 || last <= 0x20 {
    found.append("space at an end")
  }
  if units.contains(where: { $0 < 0x20 && $0 != 0x0A }) { found.append("control character") }
  var open: [FormattedText.Entity] = []
  for entity in text.entities {
    let end = entity.offset + entity.length
    if entity.length <= 0 || entity.offset < 0 || end > units.count {
      found.append("entity out of range")
      continue
    }
    for place in [entity.offset, end] where place < units.count && units[place] & 0xFC00 == 0xDC00 {
      found.append("entity inside a character")
    }
    open.removeAll { $0.offset + $0.length <= entity.offset }
    for outer in open {
      if end > outer.offset + outer.length { found.append("entities cross") }
      if outer.kind.isCode { found.append("entity inside code") }
      if entity.kind.isCode, outer.kind != .blockquote { found.append("code inside an entity") }
      if entity.kind == .blockquote, outer.kind == .blockquote { found.append("nested quotes") }
    }
    if let last = open.last, last.offset > entity.offset { found.append("entities out of order") }
    open.append(entity)
  }
  return found
}

extension FormattedText.Entity.Kind {
  var isCode: Bool {
    switch self {
    case .code, .pre: true
    default: false
    }
  }
}

/// A generator with a seed, so that a failing run can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
