internal import Gateways

/// Writes a document as text with entities, everything in one piece.
struct TextRenderer {
  private var writer = TextWriter()
  private let chunkScalars: Int

  /// The text of a document. A table that does not fit a message of `chunkScalars` Unicode scalars
  /// is written as several, each with the header.
  static func text(of document: Document, chunkScalars: Int) -> FormattedText {
    var renderer = TextRenderer(chunkScalars: chunkScalars)
    renderer.write(document.blocks, separator: "\n\n")
    return renderer.writer.finish()
  }

  private init(chunkScalars: Int) { self.chunkScalars = chunkScalars }

  private mutating func write(_ blocks: [Document.Block], separator: String) {
    for (index, block) in blocks.enumerated() {
      if index > 0 { writer.breakLine(separator) }
      write(block)
    }
  }

  private mutating func write(_ block: Document.Block) {
    switch block {
    case .paragraph(let inlines): write(inlines)
    case .heading(_, let inlines):
      writer.open(.bold)
      write(inlines)
      writer.close()
    case .code(let language, let code): writer.appendBlock(code, .pre(language: language))
    case .quote(let blocks):
      writer.open(.blockquote)
      write(blocks, separator: "\n")
      writer.close()
    case .list(let list): write(list)
    case .table(let table):
      let chunks = TableLayout(table).chunks(scalars: chunkScalars * 3 / 4)
      for (index, chunk) in chunks.enumerated() {
        if index > 0 { writer.breakLine("\n\n") }
        writer.appendBlock(chunk, .pre(language: nil))
      }
    case .math(let latex): writer.appendVerbatim(latex)
    case .divider: writer.append("———")
    }
  }

  private mutating func write(_ list: Document.List) {
    for (index, item) in list.items.enumerated() {
      if index > 0 { writer.breakLine("\n") }
      let box = item.checked.map { $0 ? "☑ " : "☐ " }
      // A number from the model can be as large as nine digits, and lists grow.
      let number = list.start.map { "\($0 &+ index). " }
      writer.append((number ?? "") + (box ?? (number == nil ? "• " : "")))
      writer.indent(by: 2)
      if case .list? = item.blocks.first { writer.breakLine("\n") }
      write(item.blocks, separator: "\n")
      writer.indent(by: -2)
    }
  }

  private mutating func write(_ inlines: [Document.Inline]) {
    for inline in inlines {
      switch inline {
      case .text(let text): writer.append(text)
      case .styled(let style, let inner):
        writer.open(style.entity)
        write(inner)
        writer.close()
      case .code(let code): writer.appendVerbatim(code)
      case .math(let latex): writer.appendVerbatim(latex)
      case .link(let url, let inner): write(inner, linkedTo: url)
      case .lineBreak: writer.breakLine("\n")
      }
    }
  }

  private mutating func write(_ label: [Document.Inline], linkedTo url: String) {
    // Telegram's text links are of the web and of itself; an e-mail address or a number is found
    // by its apps when it stands in the text.
    if url.hasPrefix("http") || url.hasPrefix("HTTP") || url.hasPrefix("tg:") {
      writer.open(.link(url: url))
      write(label)
      writer.close()
    } else {
      write(label)
      let address = LinkAddress.readable(url)
      let text = plainText(label)
      if text != address, text != url { writer.append(" (\(address))") }
    }
  }
}

/// The visible text of inlines, with the address after a link whose label is another.
func plainText(_ inlines: [Document.Inline]) -> String {
  inlines.map { inline in
    switch inline {
    case .text(let text), .code(let text), .math(let text): return text
    case .styled(_, let inner): return plainText(inner)
    case .link(let url, let inner):
      let label = plainText(inner)
      return label == url || label == LinkAddress.readable(url) ? label : "\(label) (\(url))"
    case .lineBreak: return " "
    }
  }.joined()
}

extension Document.Style {
  fileprivate var entity: FormattedText.Entity.Kind {
    switch self {
    case .bold: .bold
    case .italic: .italic
    case .underline: .underline
    case .strikethrough: .strikethrough
    case .spoiler: .spoiler
    }
  }
}
