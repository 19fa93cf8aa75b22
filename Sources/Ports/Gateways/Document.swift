/// A formatted text as a tree: what an answer's Markdown becomes, and what every renderer reads.
///
/// It has only what a model may say. There is no node for buttons, media or raw markup, so nothing
/// that a model writes can become one.
package struct Document: Sendable, Equatable, Codable {
  /// The blocks, in reading order.
  package var blocks: [Block]

  /// Makes a document.
  package init(_ blocks: [Block]) { self.blocks = blocks }

  /// A block of text.
  package indirect enum Block: Sendable, Equatable, Codable {
    case paragraph([Inline])
    /// `level` is 1 to 6, 1 the largest.
    case heading(level: Int, [Inline])
    case code(language: String?, String)
    case quote([Block])
    case list(List)
    case table(Table)
    /// A displayed formula, in LaTeX.
    case math(String)
    case divider
  }

  /// A run of text inside a block.
  package indirect enum Inline: Sendable, Equatable, Codable {
    case text(String)
    case styled(Style, [Inline])
    case code(String)
    /// A formula in the line, in LaTeX.
    case math(String)
    /// A link; the address is absolute http, https, mailto, tel or tg.
    case link(url: String, [Inline])
    case lineBreak
  }

  /// How a run looks.
  package enum Style: String, Sendable, Codable {
    case bold, italic, underline, strikethrough, spoiler
  }

  /// A list.
  package struct List: Sendable, Equatable, Codable {
    /// The number of the first item when the list is ordered, else nil.
    package var start: Int?
    /// The items.
    package var items: [Item]

    /// Makes a list.
    package init(start: Int?, items: [Item]) {
      self.start = start
      self.items = items
    }
  }

  /// An item of a list.
  package struct Item: Sendable, Equatable, Codable {
    /// Whether its box is checked; nil when it has none.
    package var checked: Bool?
    /// The content.
    package var blocks: [Block]

    /// Makes an item.
    package init(checked: Bool? = nil, blocks: [Block]) {
      self.checked = checked
      self.blocks = blocks
    }
  }

  /// A table; every row has as many cells as the header.
  package struct Table: Sendable, Equatable, Codable {
    /// Where the text of a column stands.
    package enum Alignment: String, Sendable, Codable { case left, center, right }

    /// The alignment of each column.
    package var alignments: [Alignment]
    /// The header's cells.
    package var header: [[Inline]]
    /// The rows' cells.
    package var rows: [[[Inline]]]

    /// Makes a table.
    package init(alignments: [Alignment], header: [[Inline]], rows: [[[Inline]]]) {
      self.alignments = alignments
      self.header = header
      self.rows = rows
    }
  }
}

/// A text with Telegram's entities.
package struct FormattedText: Sendable, Equatable, Codable {
  /// A stretch of the text with a meaning; offsets and lengths are UTF-16 code units.
  package struct Entity: Sendable, Equatable, Codable {
    /// What the stretch is.
    package enum Kind: Sendable, Equatable, Codable {
      case bold, italic, underline, strikethrough, spoiler, code, blockquote
      case pre(language: String?)
      case link(url: String)
    }

    /// What it is.
    package var kind: Kind
    /// Where it begins, in UTF-16 code units.
    package var offset: Int
    /// How long it is, in UTF-16 code units.
    package var length: Int

    /// Makes an entity.
    package init(_ kind: Kind, offset: Int, length: Int) {
      self.kind = kind
      self.offset = offset
      self.length = length
    }
  }

  /// The text.
  package var text: String
  /// Its entities, by offset.
  package var entities: [Entity]

  /// Makes a formatted text.
  package init(_ text: String, entities: [Entity] = []) {
    self.text = text
    self.entities = entities
  }
}

/// Turns the model's Markdown into messages. Pure and bounded in time.
package struct AnswerFormat: Sendable {
  /// Renders a whole answer: one or more messages, in order, each within Telegram's limits.
  package var render: @Sendable (_ markdown: String) -> [MessageContent]
  /// Renders what there is of an unfinished answer as one message, its formatting closed.
  package var preview: @Sendable (_ markdown: String) -> MessageContent
  /// Renders a content as messages of text with entities, for a server that refuses rich messages.
  package var flatten: @Sendable (MessageContent) -> [FormattedText]

  /// Makes a format from its operations.
  package init(
    render: @escaping @Sendable (_ markdown: String) -> [MessageContent],
    preview: @escaping @Sendable (_ markdown: String) -> MessageContent,
    flatten: @escaping @Sendable (MessageContent) -> [FormattedText]
  ) {
    self.render = render
    self.preview = preview
    self.flatten = flatten
  }
}
