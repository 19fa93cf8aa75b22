internal import Gateways

/// What a part of a document takes up of a rich message.
struct Measure {
  /// Unicode scalars of text.
  var scalars = 0
  /// Blocks, list items and table rows.
  var blocks = 0

  static func + (left: Measure, right: Measure) -> Measure {
    Measure(scalars: left.scalars + right.scalars, blocks: left.blocks + right.blocks)
  }

  static func += (left: inout Measure, right: Measure) { left = left + right }

  /// Whether it fits.
  func fits(_ room: Measure) -> Bool { scalars <= room.scalars && blocks <= room.blocks }
}

extension Document.Block {
  /// What the block takes up, with what it contains.
  var measure: Measure {
    switch self {
    case .paragraph(let inlines), .heading(_, let inlines):
      Measure(scalars: inlines.scalars, blocks: 1)
    case .code(_, let text), .math(let text):
      Measure(scalars: text.unicodeScalars.count, blocks: 1)
    case .quote(let blocks): blocks.reduce(Measure(blocks: 1)) { $0 + $1.measure }
    case .list(let list): list.items.reduce(Measure(blocks: 1)) { $0 + $1.measure }
    case .table(let table):
      table.rows.reduce(Measure(scalars: table.header.rowScalars, blocks: 2)) {
        $0 + Measure(scalars: $1.rowScalars, blocks: 1)
      }
    case .divider: Measure(blocks: 1)
    }
  }
}

extension Document.Item {
  /// What the item takes up; its number or box counts as text.
  var measure: Measure {
    blocks.reduce(Measure(scalars: 4, blocks: 1)) { $0 + $1.measure }
  }
}

extension Array where Element == Document.Inline {
  /// The text's length in Unicode scalars.
  var scalars: Int {
    reduce(0) { sum, inline in
      switch inline {
      case .text(let text), .code(let text), .math(let text): sum + text.unicodeScalars.count
      case .styled(_, let inner), .link(_, let inner): sum + inner.scalars
      case .lineBreak: sum + 1
      }
    }
  }
}

extension Array where Element == [Document.Inline] {
  /// The length of a table's row, with a scalar for each cell.
  var rowScalars: Int { reduce(0) { $0 + $1.scalars + 1 } }
}
