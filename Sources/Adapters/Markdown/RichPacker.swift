internal import Gateways

/// Divides a document into documents that fit a rich message.
///
/// Blocks are put into the current message one by one. When one does not fit, the open quotes,
/// lists and items are closed, the message ends, and the next one opens them again: a list goes on
/// with its number, a table repeats its header, code its language.
struct RichPacker {
  typealias Block = Document.Block

  private struct Open {
    enum Kind {
      case message, quote
      /// The number of the next item, in an ordered list.
      case list(next: Int?)
      case item(checked: Bool?)
    }
    var kind: Kind
    var blocks: [Block] = []
    var items: [Document.Item] = []
  }

  private let limits: MarkdownLimits
  private let full: Measure
  private var used = Measure()
  private var open = [Open(kind: .message)]
  private var done: [Document] = []

  /// The messages of a document, in order.
  static func pack(_ document: Document, limits: MarkdownLimits) -> [Document] {
    var packer = RichPacker(limits: limits)
    for block in document.blocks { packer.add(block.withinColumns(limits.tableColumns)) }
    packer.flush(carriesHeadings: false)
    return packer.done
  }

  /// One message: the whole document when it fits, else «…» and the end of it.
  static func tail(_ document: Document, limits: MarkdownLimits) -> Document {
    let blocks = document.blocks.map { $0.withinColumns(limits.tableColumns) }
    let size = blocks.reduce(Measure()) { $0 + $1.measure }
    if size.fits(Measure(scalars: limits.richScalars, blocks: limits.richBlocks)) {
      return Document(blocks)
    }
    var room = Measure(scalars: limits.richScalars - 1, blocks: limits.richBlocks - 1)
    var kept = 0
    for block in blocks.reversed() {
      let measure = block.measure
      guard measure.fits(room) else { break }
      room = Measure(scalars: room.scalars - measure.scalars, blocks: room.blocks - measure.blocks)
      kept += 1
    }
    var tail = Array(blocks.suffix(kept))
    if kept == 0, let last = blocks.last {
      var narrower = limits
      narrower.richScalars -= 1
      narrower.richBlocks -= 1
      tail = pack(Document([last]), limits: narrower).last?.blocks ?? []
    }
    return Document([.paragraph([.text("…")])] + tail)
  }

  private init(limits: MarkdownLimits) {
    self.limits = limits
    full = Measure(scalars: limits.richScalars, blocks: limits.richBlocks)
  }

  private mutating func add(_ block: Block) {
    let measure = block.measure
    if makeRoom(for: measure) {
      append(block, measure)
      return
    }
    switch block {
    case .quote(let blocks):
      push(.quote, Measure(blocks: 1))
      for inner in blocks { add(inner) }
      pop()
    case .list(let list):
      push(.list(next: list.start), Measure(blocks: 1))
      for item in list.items { add(item) }
      pop()
    case .paragraph(let inlines):
      for piece in cut(inlines) { append(.paragraph(piece)) }
    case .heading(let level, let inlines):
      for piece in cut(inlines) { append(.heading(level: level, piece)) }
    case .code(let language, let code):
      for piece in cut(code) { append(.code(language: language, piece)) }
    case .math(let latex):
      for piece in cut(latex) { append(.code(language: "latex", piece)) }
    case .table(let table): add(table)
    case .divider: append(block, measure)
    }
  }

  private mutating func add(_ item: Document.Item) {
    let measure = item.measure
    if makeRoom(for: measure) {
      used += measure
      finish(item)
      return
    }
    push(.item(checked: item.checked), Measure(scalars: 4, blocks: 1))
    for block in item.blocks { add(block) }
    pop()
  }

  /// A table that fits no message whole: in rows, and a row that fits none as text.
  private mutating func add(_ table: Document.Table) {
    let header = Measure(scalars: table.header.rowScalars, blocks: 2)
    var rows = table.rows[...]
    while let first = rows.first {
      let start = header + Measure(scalars: first.rowScalars, blocks: 1)
      guard makeRoom(for: start) else {
        let lone = Document.Table(alignments: table.alignments, header: table.header, rows: [first])
        for piece in cut(TableLayout(lone).text) { append(.code(language: nil, piece)) }
        rows = rows.dropFirst()
        continue
      }
      var size = header
      var count = 0
      for row in rows {
        let next = size + Measure(scalars: row.rowScalars, blocks: 1)
        guard next.fits(room) else { break }
        size = next
        count += 1
      }
      let piece = Document.Table(
        alignments: table.alignments, header: table.header, rows: Array(rows.prefix(count)))
      append(.table(piece), size)
      rows = rows.dropFirst(count)
    }
    if table.rows.isEmpty {
      for piece in cut(TableLayout(table).text) { append(.code(language: nil, piece)) }
    }
  }

  // MARK: Room

  private var room: Measure {
    Measure(scalars: full.scalars - used.scalars, blocks: full.blocks - used.blocks)
  }

  /// What the open quotes, lists and items take up in a message of their own.
  private var overhead: Measure {
    open.dropFirst().reduce(Measure()) { sum, container in
      if case .item = container.kind { return sum + Measure(scalars: 4, blocks: 1) }
      return sum + Measure(blocks: 1)
    }
  }

  /// Ends the message if need be; false when not even a new one has so much room.
  private mutating func makeRoom(for measure: Measure) -> Bool {
    if measure.fits(room) { return true }
    guard (overhead + measure).fits(full) else { return false }
    flush()
    if !measure.fits(room) { flush(carriesHeadings: false) }
    return true
  }

  /// The text that a cut piece may have.
  private var pieceScalars: Int { max(1, full.scalars - overhead.scalars) }

  private func cut(_ text: String) -> [String] {
    text.cut(scalars: pieceScalars).filter(\.hasVisible)
  }

  private func cut(_ inlines: [Document.Inline]) -> [[Document.Inline]] {
    inlines.cut(scalars: pieceScalars).filter(\.hasVisible)
  }

  // MARK: Containers

  private mutating func append(_ block: Block) {
    let measure = block.measure
    if !measure.fits(room) { flush(carriesHeadings: false) }
    append(block, measure)
  }

  private mutating func append(_ block: Block, _ measure: Measure) {
    open[open.count - 1].blocks.append(block)
    used += measure
  }

  private mutating func push(_ kind: Open.Kind, _ measure: Measure) {
    if !(measure + Measure(scalars: 1, blocks: 1)).fits(room) { flush() }
    open.append(Open(kind: kind))
    used += measure
  }

  private mutating func pop() {
    let closed = open.removeLast()
    switch closed.kind {
    case .message: open.append(closed)
    case .quote:
      if !closed.blocks.isEmpty { open[open.count - 1].blocks.append(.quote(closed.blocks)) }
    case .list(let next):
      guard !closed.items.isEmpty else { return }
      let start = next.map { $0 &- closed.items.count }
      open[open.count - 1].blocks.append(.list(Document.List(start: start, items: closed.items)))
    case .item(let checked):
      guard !closed.blocks.isEmpty else { return }
      finish(Document.Item(checked: checked, blocks: closed.blocks))
    }
  }

  private mutating func finish(_ item: Document.Item) {
    let list = open.count - 1
    open[list].items.append(item)
    if case .list(let next?) = open[list].kind { open[list].kind = .list(next: next &+ 1) }
  }

  /// Ends the message, and opens in the next one what was open.
  private mutating func flush(carriesHeadings: Bool = true) {
    let kinds = open.dropFirst().map(\.kind)
    while open.count > 1 { pop() }
    var blocks = open[0].blocks
    var carried: [Block] = []
    if kinds.isEmpty, carriesHeadings {
      // A heading belongs to what follows it.
      while blocks.count > 1, case .heading? = blocks.last { carried.append(blocks.removeLast()) }
    }
    if !blocks.isEmpty { done.append(Document(blocks)) }
    // An item that goes on keeps its number, so its list has not counted it.
    open = [Open(kind: .message, blocks: carried.reversed())]
    open += kinds.map { Open(kind: $0) }
    used = carried.reduce(overhead) { $0 + $1.measure }
  }
}

extension Document.Block {
  /// The block, with a table of too many columns as preformatted text.
  fileprivate func withinColumns(_ columns: Int) -> Document.Block {
    switch self {
    case .table(let table) where table.header.count > columns:
      .code(language: nil, TableLayout(table).text)
    case .quote(let blocks): .quote(blocks.map { $0.withinColumns(columns) })
    case .list(let list):
      .list(
        Document.List(
          start: list.start,
          items: list.items.map { item in
            Document.Item(
              checked: item.checked, blocks: item.blocks.map { $0.withinColumns(columns) })
          }))
    case .paragraph, .heading, .code, .table, .math, .divider: self
    }
  }
}
