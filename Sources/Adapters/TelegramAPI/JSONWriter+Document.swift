internal import Gateways
internal import Platform

/// How a document looks on the wire, as the content of a rich message.
extension JSONWriter {
  /// Writes the member `rich_message`.
  mutating func write(_ document: Document) {
    key("rich_message")
    beginObject()
    write(document.blocks)
    member("skip_entity_detection", true)
    endObject()
  }

  /// Writes an array of what `write` makes of each element.
  mutating func array<Element>(
    _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  private mutating func write(_ blocks: [Document.Block]) {
    key("blocks")
    beginArray()
    for block in blocks { write(block) }
    endArray()
  }

  private mutating func write(_ block: Document.Block) {
    beginObject()
    key("type")
    switch block {
    case .paragraph(let inlines):
      string("paragraph")
      write(text: inlines)
    case .heading(let level, let inlines):
      string("heading")
      member("size", min(max(level, 1), 6))
      write(text: inlines)
    case .code(let language, let text):
      string("pre")
      member("language", language)
      member("text", text)
    case .quote(let blocks):
      string("blockquote")
      write(blocks)
    case .list(let list):
      string("list")
      write(list)
    case .table(let table):
      string("table")
      write(table)
    case .math(let expression):
      string("mathematical_expression")
      member("expression", expression)
    case .divider: string("divider")
    }
    endObject()
  }

  private mutating func write(_ list: Document.List) {
    key("items")
    beginArray()
    for (index, item) in list.items.enumerated() {
      beginObject()
      write(item.blocks)
      if let checked = item.checked {
        member("has_checkbox", true)
        if checked { member("is_checked", true) }
      }
      if let start = list.start {
        member("value", start + index)
        member("type", "1")
      }
      endObject()
    }
    endArray()
  }

  private mutating func write(_ table: Document.Table) {
    key("cells")
    beginArray()
    write(table.header, of: table, isHeader: true)
    for row in table.rows { write(row, of: table, isHeader: false) }
    endArray()
    member("is_bordered", true)
  }

  private mutating func write(
    _ row: [[Document.Inline]], of table: Document.Table, isHeader: Bool
  ) {
    beginArray()
    for (column, inlines) in row.enumerated() {
      beginObject()
      write(text: inlines)
      if isHeader { member("is_header", true) }
      let isAligned = column < table.alignments.count
      member("align", isAligned ? table.alignments[column].rawValue : "left")
      member("valign", "middle")
      endObject()
    }
    endArray()
  }

  private mutating func write(text inlines: [Document.Inline]) {
    key("text")
    write(inlines)
  }

  /// One text for a run of inlines, without wrapping a single one.
  private mutating func write(_ inlines: [Document.Inline]) {
    switch inlines.count {
    case 0: string("")
    case 1: write(inlines[0])
    default:
      beginArray()
      for inline in inlines { write(inline) }
      endArray()
    }
  }

  private mutating func write(_ inline: Document.Inline) {
    switch inline {
    case .text(let text): string(text)
    case .lineBreak: string("\n")
    case .styled(let style, let inlines):
      beginObject()
      member("type", style.rawValue)
      write(text: inlines)
      endObject()
    case .code(let text):
      beginObject()
      member("type", "code")
      member("text", text)
      endObject()
    case .math(let expression):
      beginObject()
      member("type", "mathematical_expression")
      member("expression", expression)
      endObject()
    case .link(let url, let inlines):
      beginObject()
      member("type", "url")
      write(text: inlines)
      member("url", url)
      endObject()
    }
  }
}
