package import Gateways

/// The bounds of a Markdown answer; the defaults are Telegram's (Bot API 10.3).
package struct MarkdownLimits: Sendable, Equatable {
  /// The longest answer that is parsed, in UTF-8 bytes; a longer one goes out as plain text.
  package var inputBytes = 131_072
  /// The longest text message, in Unicode scalars.
  package var textScalars = 4096
  /// The most entities of a text message; Telegram ignores those beyond about a hundred.
  package var textEntities = 100
  /// The most text in a rich message, in Unicode scalars.
  package var richScalars = 32_768
  /// The most blocks of a rich message, nested ones, list items and table rows included.
  package var richBlocks = 500
  /// How deep a rich message nests: lists, items, quotes, leaf blocks and inline styles together.
  package var richNesting = 16
  /// The most columns of a table; a wider one becomes preformatted text.
  package var tableColumns = 20

  /// Makes the default bounds.
  package init() {}
}

extension AnswerFormat {
  /// The format that reads GitHub-flavoured Markdown with LaTeX formulas.
  ///
  /// Every operation is a pure function of its argument. Raw HTML stays visible text, and whatever
  /// cannot be parsed within the bounds is rendered as plain text, so no text is ever lost.
  package static func markdown(limits: MarkdownLimits = MarkdownLimits()) -> AnswerFormat {
    let renderer = Renderer(limits: limits)
    return AnswerFormat(
      render: { renderer.render($0) },
      preview: { renderer.preview($0) },
      flatten: { renderer.flatten($0) })
  }
}

/// What the operations of the format do.
struct Renderer: Sendable {
  let limits: MarkdownLimits

  private var splitter: TextSplitter {
    TextSplitter(scalars: limits.textScalars, entities: limits.textEntities)
  }

  func render(_ markdown: String) -> [MessageContent] {
    guard let document = parseMarkdown(Array(markdown.utf8), limits: limits) else {
      return splitter.split(FormattedText(markdown).cleaned()).map(MessageContent.text)
    }
    if document.isPlain { return splitter.split(text(of: document)).map(MessageContent.text) }
    return RichPacker.pack(document, limits: limits).flatMap { part -> [MessageContent] in
      part.isPlain
        ? splitter.split(text(of: part)).map(MessageContent.text) : [.rich(part)]
    }
  }

  func preview(_ markdown: String) -> MessageContent {
    let tail = utf8Tail(of: markdown, atMost: limits.inputBytes - Self.closersRoom)
    let source = completed(tail)
    guard let document = parseMarkdown(source, limits: limits) else {
      return .text(splitter.tail(FormattedText(String(decoding: tail, as: UTF8.self)).cleaned()))
    }
    if document.isPlain { return .text(splitter.tail(text(of: document))) }
    return .rich(RichPacker.tail(document, limits: limits))
  }

  func flatten(_ content: MessageContent) -> [FormattedText] {
    switch content {
    case .text(let text): splitter.split(text.cleaned())
    case .rich(let document): splitter.split(text(of: document).cleaned())
    case .topicName, .newTopic, .copy, .document, .reaction, .pressAnswer: []
    }
  }

  private func text(of document: Document) -> FormattedText {
    TextRenderer.text(of: document, chunkScalars: limits.textScalars)
  }

  /// Room for the marks that ``completed(_:)`` appends, in bytes.
  private static let closersRoom = 256
}

/// The last bytes of a text that begin at a scalar.
private func utf8Tail(of text: String, atMost limit: Int) -> [UInt8] {
  var tail = text.utf8.suffix(max(limit, 0))
  if tail.count < text.utf8.count { tail = tail.drop { $0 & 0xC0 == 0x80 } }
  return Array(tail)
}

extension Document {
  /// Whether it has only paragraphs without formulas, which a text message can show.
  var isPlain: Bool {
    blocks.allSatisfy { block in
      if case .paragraph(let inlines) = block { return inlines.allSatisfy(\.isPlain) }
      return false
    }
  }
}

extension Document.Inline {
  fileprivate var isPlain: Bool {
    switch self {
    case .text, .code, .lineBreak: true
    case .math: false
    case .styled(_, let inner), .link(_, let inner): inner.allSatisfy(\.isPlain)
    }
  }
}
