/// The rules for rich messages given as blocks (Bot API 10.3): shapes, and the limits on text,
/// blocks, depth and columns.
struct RichRules {
  static let maximumCharacters = 32_768
  static let maximumBlocks = 500
  static let maximumDepth = 16
  static let maximumColumns = 20

  private var characters = 0
  private var blocks = 0

  /// Checks an `InputRichMessage` and gives the blocks as a `RichMessage` shows them.
  static func read(_ message: JSONValue?, isDraft: Bool) throws(TelegramFailure) -> [JSONValue] {
    guard let fields = message?.object else {
      throw .refused("rich message is empty")
    }
    let known: Set<String> = [
      "blocks", "markdown", "html", "media", "is_rtl", "skip_entity_detection",
    ]
    if let unknown = fields.keys.sorted().first(where: { !known.contains($0) }) {
      throw .refused("unknown field \"\(unknown)\" of InputRichMessage (strict stand-in)")
    }
    guard fields["markdown"] == nil, fields["html"] == nil, fields["media"] == nil else {
      throw .refused("the stand-in accepts rich messages as blocks only")
    }
    for flag in ["is_rtl", "skip_entity_detection"] {
      if let value = fields[flag], value.bool == nil {
        throw .refused("field \"\(flag)\" must be of type Boolean")
      }
    }
    guard let blocks = fields["blocks"]?.array, !blocks.isEmpty else {
      throw .refused("rich message is empty")
    }
    var rules = RichRules()
    let read = try rules.blocks(blocks, depth: 1, isDraft: isDraft)
    guard rules.characters > 0 || rules.blocks > 0 else { throw .refused("rich message is empty") }
    return read
  }

  private mutating func blocks(_ list: [JSONValue], depth: Int, isDraft: Bool)
    throws(TelegramFailure) -> [JSONValue]
  {
    guard depth <= Self.maximumDepth else { throw .refused("RICH_MESSAGE_DEPTH_TOO_LARGE") }
    var result: [JSONValue] = []
    for block in list { result.append(try self.block(block, depth: depth, isDraft: isDraft)) }
    return result
  }

  private mutating func block(_ block: JSONValue, depth: Int, isDraft: Bool)
    throws(TelegramFailure) -> JSONValue
  {
    blocks += 1
    guard blocks <= Self.maximumBlocks else { throw .refused("RICH_MESSAGE_BLOCKS_TOO_MANY") }
    guard var fields = block.object, let type = fields["type"]?.string else {
      throw Self.bad("InputRichBlock", "Can't find field \"type\"")
    }
    switch type {
    case "paragraph", "footer", "thinking":
      try shape(fields, type, required: ["text"])
      if type == "thinking", !isDraft { throw .refused("block \"thinking\" is for drafts only") }
      try text(fields["text"])
    case "heading":
      try shape(fields, type, required: ["text", "size"])
      guard let size = fields["size"]?.integer, (1...6).contains(size) else {
        throw Self.bad(type, "Field \"size\" must be from 1 to 6")
      }
      try text(fields["text"])
    case "pre":
      try shape(fields, type, required: ["text"], optional: ["language"])
      try string(fields["language"], type, "language")
      try text(fields["text"])
    case "divider": try shape(fields, type, required: [])
    case "mathematical_expression":
      try shape(fields, type, required: ["expression"])
      try string(fields["expression"], type, "expression")
      try count(fields["expression"]?.string ?? "")
    case "anchor":
      try shape(fields, type, required: ["name"])
    case "blockquote":
      try shape(fields, type, required: ["blocks"], optional: ["credit"])
      fields["blocks"] = .array(try nested(fields["blocks"], type, depth, isDraft))
      if fields["credit"] != nil { try text(fields["credit"]) }
    case "expandable_blockquote", "pullquote":
      try shape(fields, type, required: ["text"], optional: ["credit"])
      try text(fields["text"])
      if fields["credit"] != nil { try text(fields["credit"]) }
    case "details":
      try shape(fields, type, required: ["summary", "blocks"], optional: ["is_open"])
      try text(fields["summary"])
      fields["blocks"] = .array(try nested(fields["blocks"], type, depth, isDraft))
    case "list":
      try shape(fields, type, required: ["items"])
      fields["items"] = .array(try items(fields["items"], depth, isDraft))
    case "table":
      try shape(
        fields, type, required: ["cells"],
        optional: ["is_bordered", "is_striped", "is_compact", "caption"])
      try table(fields)
    default:
      throw .refused("block \"\(type)\" is not supported by the stand-in")
    }
    return .object(fields)
  }

  private mutating func nested(
    _ value: JSONValue?, _ type: String, _ depth: Int, _ isDraft: Bool
  ) throws(TelegramFailure) -> [JSONValue] {
    guard let list = value?.array else { throw Self.bad(type, "Field \"blocks\" must be an Array") }
    return try blocks(list, depth: depth + 1, isDraft: isDraft)
  }

  private mutating func items(_ value: JSONValue?, _ depth: Int, _ isDraft: Bool)
    throws(TelegramFailure) -> [JSONValue]
  {
    guard let list = value?.array, !list.isEmpty else {
      throw Self.bad("list", "Field \"items\" must be a non-empty Array")
    }
    var result: [JSONValue] = []
    for (index, item) in list.enumerated() {
      guard var fields = item.object else { throw Self.bad("list", "expected an Object") }
      try shape(
        fields, "list item", required: ["blocks"],
        optional: ["has_checkbox", "is_checked", "value", "type"])
      fields["blocks"] = .array(try nested(fields["blocks"], "list item", depth, isDraft))
      let number = fields["value"]?.integer ?? Int64(index + 1)
      let isOrdered = fields["value"] != nil || fields["type"] != nil
      fields["label"] = .string(isOrdered ? "\(number)." : "•")
      result.append(.object(fields))
    }
    return result
  }

  private mutating func table(_ fields: [String: JSONValue]) throws(TelegramFailure) {
    guard let rows = fields["cells"]?.array, !rows.isEmpty else {
      throw Self.bad("table", "Field \"cells\" must be a non-empty Array")
    }
    for row in rows {
      guard let cells = row.array, !cells.isEmpty else {
        throw Self.bad("table", "a row must be a non-empty Array")
      }
      var columns = 0
      for cell in cells {
        guard let cell = cell.object else { throw Self.bad("table", "a cell must be an Object") }
        try shape(
          cell, "table cell", required: ["align", "valign"],
          optional: ["text", "is_header", "colspan", "rowspan"])
        guard ["left", "center", "right"].contains(cell["align"]?.string),
          ["top", "middle", "bottom"].contains(cell["valign"]?.string)
        else { throw Self.bad("table cell", "wrong alignment") }
        if cell["text"] != nil { try text(cell["text"]) }
        columns += Int(min(max(cell["colspan"]?.integer ?? 1, 1), 1000))
      }
      guard columns <= Self.maximumColumns else {
        throw .refused("RICH_MESSAGE_TABLE_COLUMNS_TOO_MANY")
      }
    }
    if fields["caption"] != nil { try text(fields["caption"]) }
  }

  /// Checks a `RichText`: a string, an array, or an object with a type.
  private mutating func text(_ value: JSONValue?, depth: Int = 1) throws(TelegramFailure) {
    guard depth <= Self.maximumDepth else { throw .refused("RICH_MESSAGE_DEPTH_TOO_LARGE") }
    switch value {
    case .string(let string): try count(string)
    case .array(let parts): for part in parts { try text(part, depth: depth) }
    case .object(let fields): try styled(fields, depth: depth)
    case .null, .bool, .integer, .number, nil: throw Self.bad("RichText", "wrong type")
    }
  }

  private mutating func styled(_ fields: [String: JSONValue], depth: Int) throws(TelegramFailure) {
    let plain: Set<String> = [
      "bold", "italic", "underline", "strikethrough", "spoiler", "subscript", "superscript",
      "marked", "code",
    ]
    let own: [String: [String]] = [
      "url": ["url"], "email_address": ["email_address"], "phone_number": ["phone_number"],
      "bank_card_number": ["bank_card_number"], "mention": ["username"],
      "hashtag": ["hashtag"], "cashtag": ["cashtag"], "bot_command": ["bot_command"],
      "text_mention": ["user"], "date_time": ["unix_time", "date_time_format"],
      "anchor_link": ["anchor_name"], "reference": ["name"], "reference_link": ["reference_name"],
    ]
    guard let type = fields["type"]?.string else {
      throw Self.bad("RichText", "Can't find field \"type\"")
    }
    if plain.contains(type) {
      try shape(fields, type, required: ["text"])
      try text(fields["text"], depth: depth + 1)
    } else if let names = own[type] {
      try shape(fields, type, required: ["text"] + names)
      try text(fields["text"], depth: depth + 1)
      if type == "url", !(fields["url"]?.string ?? "").contains(":") {
        throw .refused("wrong HTTP URL specified")
      }
    } else if type == "mathematical_expression" {
      try shape(fields, type, required: ["expression"])
      try string(fields["expression"], type, "expression")
      try count(fields["expression"]?.string ?? "")
    } else {
      throw .refused("rich text \"\(type)\" is not supported by the stand-in")
    }
  }

  private mutating func count(_ string: String) throws(TelegramFailure) {
    characters += string.unicodeScalars.count
    guard characters <= Self.maximumCharacters else {
      throw .refused("RICH_MESSAGE_TEXT_TOO_LONG")
    }
  }

  private func shape(
    _ fields: [String: JSONValue], _ type: String, required: [String], optional: [String] = []
  ) throws(TelegramFailure) {
    for name in required where fields[name] == nil {
      throw Self.bad(type, "Can't find field \"\(name)\"")
    }
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      guard name == "type" || required.contains(name) || optional.contains(name) else {
        throw Self.bad(type, "Unexpected field \"\(name)\" (strict stand-in)")
      }
      if value == .null { throw Self.bad(type, "Field \"\(name)\" must not be null") }
    }
  }

  private func string(_ value: JSONValue?, _ type: String, _ name: String)
    throws(TelegramFailure)
  {
    if let value, value.string == nil {
      throw Self.bad(type, "Field \"\(name)\" must be of type String")
    }
  }

  private static func bad(_ type: String, _ detail: String) -> TelegramFailure {
    .refused("can't parse \(type): \(detail)")
  }
}
