/// The content of a rich message as Telegram gives it.
package struct TelegramRichMessage: Equatable, Sendable, Codable {
  /// The blocks.
  package var blocks: [TelegramRichBlock]

  /// Makes a content.
  package init(blocks: [TelegramRichBlock]) { self.blocks = blocks }

  /// The words without the formatting, a line for each block.
  package var plainText: String { TelegramRichBlock.plainText(blocks) }
}

/// The content of a rich message as a bot sends it.
package struct TelegramInputRichMessage: Equatable, Sendable, Codable {
  /// The blocks.
  package var blocks: [TelegramRichBlock]
  /// Whether addresses, mentions, hashtags and commands in plain text stay plain text.
  package var skipEntityDetection: Bool?

  /// Makes a content.
  package init(blocks: [TelegramRichBlock], skipEntityDetection: Bool?) {
    self.blocks = blocks
    self.skipEntityDetection = skipEntityDetection
  }

  private enum CodingKeys: String, CodingKey {
    case blocks
    case skipEntityDetection = "skip_entity_detection"
  }
}

/// A block of a rich message; the same shape in both directions for those that Switchboard sends.
package indirect enum TelegramRichBlock: Equatable, Sendable {
  case paragraph(TelegramRichText)
  /// `size` is 1 to 6, 1 the largest.
  case heading(size: Int, TelegramRichText)
  case pre(language: String?, TelegramRichText)
  case divider
  /// A displayed formula, in LaTeX.
  case mathematicalExpression(String)
  case list([Item])
  case blockquote([TelegramRichBlock])
  case table(Table)
  /// Any other type. Of its fields only texts and blocks are kept.
  case other(type: String, text: TelegramRichText?, blocks: [TelegramRichBlock]?)

  /// An item of a list.
  package struct Item: Equatable, Sendable, Codable {
    /// The label, when Telegram gives a message; bots do not send it.
    package var label: String?
    /// The content.
    package var blocks: [TelegramRichBlock]
    /// Whether it has a box.
    package var hasCheckbox: Bool?
    /// Whether its box is checked.
    package var isChecked: Bool?
    /// The number, in an ordered list.
    package var value: Int?
    /// How the number is written, in an ordered list: `1`, `a`, `A`, `i` or `I`.
    package var type: String?

    /// Makes an item.
    package init(
      label: String? = nil, blocks: [TelegramRichBlock], hasCheckbox: Bool? = nil,
      isChecked: Bool? = nil, value: Int? = nil, type: String? = nil
    ) {
      self.label = label
      self.blocks = blocks
      self.hasCheckbox = hasCheckbox
      self.isChecked = isChecked
      self.value = value
      self.type = type
    }

    private enum CodingKeys: String, CodingKey {
      case label, blocks, value, type
      case hasCheckbox = "has_checkbox"
      case isChecked = "is_checked"
    }
  }

  /// A table.
  package struct Table: Equatable, Sendable, Codable {
    /// A cell.
    package struct Cell: Equatable, Sendable, Codable {
      /// The text; a cell without one is invisible.
      package var text: TelegramRichText?
      /// Whether it belongs to the header.
      package var isHeader: Bool?
      /// `left`, `center` or `right`.
      package var align: String
      /// `top`, `middle` or `bottom`.
      package var valign: String

      /// Makes a cell.
      package init(text: TelegramRichText?, isHeader: Bool? = nil, align: String, valign: String) {
        self.text = text
        self.isHeader = isHeader
        self.align = align
        self.valign = valign
      }

      private enum CodingKeys: String, CodingKey {
        case text, align, valign
        case isHeader = "is_header"
      }
    }

    /// The cells, by rows; at most 20 in a row.
    package var cells: [[Cell]]
    /// Whether it has borders.
    package var isBordered: Bool?

    /// Makes a table.
    package init(cells: [[Cell]], isBordered: Bool? = nil) {
      self.cells = cells
      self.isBordered = isBordered
    }

    private enum CodingKeys: String, CodingKey {
      case cells
      case isBordered = "is_bordered"
    }
  }

  static func plainText(_ blocks: [TelegramRichBlock]) -> String {
    blocks.map(\.plainText).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var plainText: String {
    switch self {
    case .paragraph(let text), .heading(_, let text), .pre(_, let text): text.plainText
    case .divider: ""
    case .mathematicalExpression(let expression): expression
    case .list(let items):
      items.map { Self.plainText($0.blocks) }.joined(separator: "\n")
    case .blockquote(let blocks): Self.plainText(blocks)
    case .table(let table):
      table.cells.map { row in row.map { $0.text?.plainText ?? "" }.joined(separator: "\t") }
        .joined(separator: "\n")
    case .other(_, let text, let blocks):
      [text?.plainText ?? "", Self.plainText(blocks ?? [])].filter { !$0.isEmpty }
        .joined(separator: "\n")
    }
  }
}

extension TelegramRichBlock: Codable {
  private enum CodingKeys: String, CodingKey {
    case type, text, size, language, expression, items, blocks, cells
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    func text() throws -> TelegramRichText {
      try fields.decode(TelegramRichText.self, forKey: .text)
    }
    let type = try fields.decode(String.self, forKey: .type)
    switch type {
    case "paragraph": self = .paragraph(try text())
    case "heading":
      self = .heading(size: try fields.decode(Int.self, forKey: .size), try text())
    case "pre":
      self = .pre(
        language: try fields.decodeIfPresent(String.self, forKey: .language), try text())
    case "divider": self = .divider
    case "mathematical_expression":
      self = .mathematicalExpression(try fields.decode(String.self, forKey: .expression))
    case "list": self = .list(try fields.decode([Item].self, forKey: .items))
    case "blockquote":
      self = .blockquote(try fields.decode([TelegramRichBlock].self, forKey: .blocks))
    case "table": self = .table(try Table(from: decoder))
    default:
      self = .other(
        type: type, text: try fields.decodeIfPresent(TelegramRichText.self, forKey: .text),
        blocks: try fields.decodeIfPresent([TelegramRichBlock].self, forKey: .blocks))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .paragraph(let text):
      try fields.encode("paragraph", forKey: .type)
      try fields.encode(text, forKey: .text)
    case .heading(let size, let text):
      try fields.encode("heading", forKey: .type)
      try fields.encode(size, forKey: .size)
      try fields.encode(text, forKey: .text)
    case .pre(let language, let text):
      try fields.encode("pre", forKey: .type)
      try fields.encodeIfPresent(language, forKey: .language)
      try fields.encode(text, forKey: .text)
    case .divider: try fields.encode("divider", forKey: .type)
    case .mathematicalExpression(let expression):
      try fields.encode("mathematical_expression", forKey: .type)
      try fields.encode(expression, forKey: .expression)
    case .list(let items):
      try fields.encode("list", forKey: .type)
      try fields.encode(items, forKey: .items)
    case .blockquote(let blocks):
      try fields.encode("blockquote", forKey: .type)
      try fields.encode(blocks, forKey: .blocks)
    case .table(let table):
      try fields.encode("table", forKey: .type)
      try table.encode(to: encoder)
    case .other(let type, let text, let blocks):
      try fields.encode(type, forKey: .type)
      try fields.encodeIfPresent(text, forKey: .text)
      try fields.encodeIfPresent(blocks, forKey: .blocks)
    }
  }
}
