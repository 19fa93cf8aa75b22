internal import Gateways

/// Builds a ``Document`` from the parser's events.
///
/// It keeps the nesting within its bound: a list or quote beyond it dissolves into the block around
/// it, an inline style beyond it is left out; their text stays.
struct DocumentBuilder {
  typealias Block = Document.Block

  private struct Container {
    enum Kind {
      case document, quote
      case list(start: Int?)
      case item(checked: Bool?)
      /// A quote or list that is too deep; the number counts an ordered list's items.
      case dissolved(next: Int?)
      case dissolvedItem
    }
    var kind: Kind
    var blocks: [Block] = []
    var items: [Document.Item] = []
  }

  private enum Leaf {
    case none, paragraph, cell
    /// A paragraph that md4c does not announce, in a tight list.
    case tight
    case heading(Int)
    case code(language: String?)
  }

  private var containers = [Container(kind: .document)]
  private var leaf = Leaf.none
  private var inlines: InlineBuilder
  private var table: Document.Table?
  private var rowsSeen = 0
  /// The levels that the open containers take up.
  private var depth = 0
  private let nesting: Int

  /// Levels kept free for the inline styles of the deepest block.
  private static let inlineRoom = 4

  /// Makes a builder.
  ///
  /// - Parameters:
  ///   - pieces: what the marks in the text stand for
  ///   - nesting: the most levels of the document
  init(pieces: [ProtectedSource.Piece], nesting: Int) {
    self.nesting = nesting
    inlines = InlineBuilder(pieces: pieces)
  }

  /// The blocks of the finished document.
  mutating func finish() -> [Block] {
    closeTight()
    while containers.count > 1 { closeContainer() }
    return containers[0].blocks
  }

  // MARK: Containers

  mutating func openQuote() {
    closeTight()
    open(.quote, or: .dissolved(next: nil), levels: 1)
  }

  mutating func openList(start: Int?) {
    closeTight()
    open(.list(start: start), or: .dissolved(next: start), levels: 2)
  }

  private mutating func open(_ kind: Container.Kind, or shallow: Container.Kind, levels: Int) {
    let fits = depth + levels + 1 + Self.inlineRoom <= nesting
    if fits { depth += levels }
    containers.append(Container(kind: fits ? kind : shallow))
  }

  mutating func openItem(checked: Bool?) {
    let parent = containers.count - 1
    guard case .dissolved(let next) = containers[parent].kind else {
      containers.append(Container(kind: .item(checked: checked)))
      return
    }
    containers[parent].kind = .dissolved(next: next.map { $0 + 1 })
    containers.append(Container(kind: .dissolvedItem))
    let marker = next.map { "\($0). " } ?? checked.map { $0 ? "☑ " : "☐ " } ?? "• "
    inlines.setPrefix(marker)
  }

  mutating func closeContainer() {
    closeTight()
    guard containers.count > 1 else { return }
    let closed = containers.removeLast()
    let parent = containers.count - 1
    switch closed.kind {
    case .document: break
    case .quote:
      depth -= 1
      if !closed.blocks.isEmpty { containers[parent].blocks.append(.quote(closed.blocks)) }
    case .list(let start):
      depth -= 2
      guard !closed.items.isEmpty else { return }
      containers[parent].blocks.append(.list(Document.List(start: start, items: closed.items)))
    case .item(let checked):
      guard !closed.blocks.isEmpty else { return }
      containers[parent].items.append(Document.Item(checked: checked, blocks: closed.blocks))
    case .dissolved: containers[parent].blocks += closed.blocks
    case .dissolvedItem:
      inlines.setPrefix(nil)
      containers[parent].blocks += closed.blocks
    }
  }

  // MARK: Leaves

  mutating func addDivider() {
    closeTight()
    add(.divider)
  }

  mutating func openParagraph() { openLeaf(.paragraph) }
  mutating func openHeading(level: Int) { openLeaf(.heading(level)) }

  mutating func openCode(language: [UInt8]) {
    let name = String(decoding: inlines.restored(language), as: UTF8.self)
    openLeaf(.code(language: name.isEmpty || name.utf8.count > 32 ? nil : name))
    inlines.openVerbatim()
  }

  private mutating func openLeaf(_ kind: Leaf) {
    closeTight()
    leaf = kind
    inlines.begin(levels: nesting - depth - 1)
  }

  mutating func closeLeaf() {
    let closing = leaf
    leaf = .none
    switch closing {
    case .none, .cell: break
    case .paragraph, .tight:
      let content = inlines.finish()
      if content.hasVisible { add(.paragraph(content)) }
    case .heading(let level):
      let content = inlines.finish()
      if content.hasVisible { add(.heading(level: level, content)) }
    case .code(let language):
      var code = inlines.finishVerbatim()
      if code.hasSuffix("\n") { code.removeLast() }
      if code.hasVisible { add(.code(language: language, code)) }
    }
  }

  private mutating func closeTight() {
    if case .tight = leaf { closeLeaf() }
  }

  private mutating func add(_ block: Block) {
    containers[containers.count - 1].blocks.append(block)
  }

  // MARK: Tables

  mutating func openTable() {
    closeTight()
    table = Document.Table(alignments: [], header: [], rows: [])
    rowsSeen = 0
  }

  mutating func openRow() {
    if rowsSeen > 0 { table?.rows.append([]) }
    rowsSeen += 1
  }

  mutating func openCell(alignment: Document.Table.Alignment?) {
    if let alignment { table?.alignments.append(alignment) }
    leaf = .cell
    inlines.begin(levels: nesting - depth - 2)
  }

  mutating func closeCell() {
    leaf = .none
    let cell = inlines.finish()
    if rowsSeen == 1 {
      table?.header.append(cell)
    } else if let last = table?.rows.indices.last {
      table?.rows[last].append(cell)
    }
  }

  /// Ends the table; like every block it is left out when nothing of it is visible, since Telegram
  /// refuses empty messages.
  mutating func closeTable() {
    if let finished = table,
      ([finished.header] + finished.rows).joined().contains(where: \.hasVisible)
    {
      add(.table(finished))
    }
    table = nil
  }

  // MARK: Inlines

  mutating func openStyle(_ style: Document.Style) {
    openTightIfNeeded()
    inlines.open(style)
  }

  mutating func openLink(_ address: [UInt8]) {
    openTightIfNeeded()
    inlines.openLink(address)
  }

  mutating func closeSpan() { inlines.close() }

  mutating func openVerbatim() {
    openTightIfNeeded()
    inlines.openVerbatim()
  }

  mutating func closeVerbatim() {
    if case .cell = leaf { inlines.unescapeBars() }
    inlines.closeVerbatim()
  }

  mutating func addLineBreak() { inlines.addLineBreak() }

  mutating func addReference(_ reference: [UInt8]) {
    openTightIfNeeded()
    inlines.addReference(reference)
  }

  mutating func addText(_ bytes: [UInt8]) {
    openTightIfNeeded()
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let formula = inlines.addText(&rest) else { continue }
      switch leaf {
      case .paragraph, .tight:
        // A displayed formula is a block of its own between the two halves of its paragraph.
        let before = inlines.takeContent()
        if before.hasVisible { add(.paragraph(before)) }
        add(.math(formula))
      case .none, .cell, .heading, .code: inlines.addMath(formula)
      }
    }
  }

  private mutating func openTightIfNeeded() {
    if case .none = leaf { openLeaf(.tight) }
  }
}
