internal import Gateways

/// A table as aligned monospaced lines.
struct TableLayout {
  private let alignments: [Document.Table.Alignment]
  private let rows: [[String]]
  private let widths: [Int]

  /// A cell is padded to at most this width; beyond it every line would wrap anyway, and padding
  /// every row to one long cell would make a text many times as long as the table.
  private static let widest = 40

  init(_ table: Document.Table) {
    alignments = table.alignments
    rows = ([table.header] + table.rows).map { $0.map(plainText) }
    var widths = [Int](repeating: 1, count: table.header.count)
    for row in rows {
      for (column, cell) in row.enumerated() where column < widths.count {
        widths[column] = min(max(widths[column], displayWidth(cell)), Self.widest)
      }
    }
    self.widths = widths
  }

  /// The whole table.
  var text: String { (head + rows.dropFirst().map(line)).joined(separator: "\n") }

  /// The table in pieces of at most so many Unicode scalars where its rows allow it, each with
  /// the header.
  func chunks(scalars limit: Int) -> [String] {
    let headSize = head.reduce(0) { $0 + $1.unicodeScalars.count + 1 }
    var chunks = [head]
    var size = headSize
    for row in rows.dropFirst() {
      let line = line(row)
      let cost = line.unicodeScalars.count + 1
      if size + cost > limit, size > headSize {
        chunks.append(head)
        size = headSize
      }
      chunks[chunks.count - 1].append(line)
      size += cost
    }
    return chunks.map { $0.joined(separator: "\n") }
  }

  private var head: [String] {
    rows.prefix(1).map(line)
      + [widths.map { String(repeating: "─", count: $0) }.joined(separator: "─┼─")]
  }

  private func line(_ cells: [String]) -> String {
    let padded = widths.indices.map { column in
      pad(column < cells.count ? cells[column] : "", in: column)
    }
    var line = padded.joined(separator: " │ ")
    while line.last == " " { line.removeLast() }
    return line
  }

  private func pad(_ cell: String, in column: Int) -> String {
    let gap = max(0, widths[column] - displayWidth(cell))
    let alignment = column < alignments.count ? alignments[column] : .left
    let before =
      switch alignment {
      case .left: 0
      case .center: gap / 2
      case .right: gap
      }
    return String(repeating: " ", count: before) + cell
      + String(repeating: " ", count: gap - before)
  }
}

/// How many columns a text takes in a monospaced face: ideographs and emoji two, each grapheme
/// once.
private func displayWidth(_ text: String) -> Int {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
  return text.reduce(0) { width, character in
    guard let scalar = character.unicodeScalars.first else { return width }
    let isWide =
      switch scalar.value {
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
        true
      default: scalar.properties.isEmojiPresentation
      }
    return width + (isWide ? 2 : 1)
  }
}
