/// The rules for text with entities (tdlib's `MessageEntity.cpp`, Bot API server 10.0).
enum TextRules {
  /// A text as the server keeps it.
  struct Text: Equatable {
    var text: String
    /// The entities as they came, their offsets moved with the text.
    var entities: [JSONValue]
  }

  /// The greatest length of a message, in Unicode scalars.
  static let maximumScalars = 4096
  /// The greatest length of a caption, in Unicode scalars.
  static let maximumCaption = 1024
  /// The greatest size of the raw argument, in bytes of UTF-8.
  static let maximumBytes = 32_768

  private static let types: Set<String> = [
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold",
    "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
    "code", "pre", "text_link", "text_mention", "custom_emoji", "date_time",
  ]

  /// Reads text and entities; refuses with the server's words.
  static func read(
    _ text: String, entities: [JSONValue], parseMode: String?, isCaption: Bool = false
  ) throws(TelegramFailure) -> Text {
    guard text.utf8.count <= maximumBytes else { throw .refused("text is too long") }
    if let parseMode, !parseMode.isEmpty, parseMode.lowercased() != "none" {
      guard ["html", "markdown", "markdownv2"].contains(parseMode.lowercased()) else {
        throw .refused("unsupported parse_mode")
      }
      throw .refused("parse_mode is not supported by the stand-in; send entities")
    }
    for entity in entities { try check(entity) }
    try checkOffsets(entities, in: text)
    let result = normalize(text, entities)
    guard result.text.unicodeScalars.count <= (isCaption ? maximumCaption : maximumScalars) else {
      throw .refused(isCaption ? "message caption is too long" : "message is too long")
    }
    return result
  }

  private static func check(_ entity: JSONValue) throws(TelegramFailure) {
    func bad(_ detail: String) -> TelegramFailure {
      .refused("can't parse MessageEntity: " + detail)
    }
    guard let fields = entity.object else { throw bad("expected an Object") }
    guard let type = fields["type"]?.string else { throw bad("Can't find field \"type\"") }
    guard types.contains(type) else { throw bad("Unsupported type specified") }
    for name in ["offset", "length"] {
      guard let value = fields[name] else { throw bad("Can't find field \"\(name)\"") }
      guard value.integer != nil else { throw bad("Field \"\(name)\" must be of type Number") }
    }
    guard fields["offset"]?.integer ?? -1 >= 0 else {
      throw .refused("receive an entity with incorrect offset")
    }
    guard fields["length"]?.integer ?? 0 > 0 else {
      throw .refused("receive an entity with incorrect length")
    }
    let own: [String: (field: String, required: Bool)] = [
      "text_link": ("url", true), "text_mention": ("user", true), "pre": ("language", false),
      "custom_emoji": ("custom_emoji_id", true), "date_time": ("unix_time", true),
    ]
    var known: Set<String> = ["type", "offset", "length"]
    if let (field, required) = own[type] {
      known.insert(field)
      if required, fields[field] == nil { throw bad("Can't find field \"\(field)\"") }
    }
    if type == "date_time" { known.insert("date_time_format") }
    if let extra = fields.keys.sorted().first(where: { !known.contains($0) }) {
      throw bad("Unexpected field \"\(extra)\" (strict stand-in)")
    }
    if type == "text_link", !(fields["url"]?.string ?? "").contains(":") {
      throw .refused("wrong HTTP URL specified")
    }
  }

  private static func checkOffsets(_ entities: [JSONValue], in text: String)
    throws(TelegramFailure)
  {
    var bytes: [Int: Int] = [:]
    var units = 0
    var position = 0
    for scalar in text.unicodeScalars {
      bytes[units] = position
      units += UTF16.width(scalar)
      position += UTF8.width(scalar)
    }
    bytes[units] = position
    func byteBefore(_ offset: Int) -> Int { bytes[offset - 1] ?? 0 }
    for entity in entities {
      let start = Int(clamping: min(entity["offset"]?.integer ?? 0, 1 << 30))
      let end = start + Int(clamping: min(entity["length"]?.integer ?? 0, 1 << 30))
      if start > units || (start == units && end > units) {
        throw .refused("entity begins after the end of the text at UTF-16 offset \(start)")
      }
      if bytes[start] == nil {
        throw .refused(
          "entity begins in a middle of a UTF-16 symbol at byte offset \(byteBefore(start))")
      }
      if end > units {
        throw .refused(
          "entity beginning at UTF-16 offset \(start) ends after the end of the text at UTF-16 "
            + "offset \(end)")
      }
      if bytes[end] == nil {
        throw .refused(
          "entity beginning at UTF-16 offset \(start) ends in a middle of a UTF-16 symbol at byte "
            + "offset \(byteBefore(end))")
      }
    }
  }

  /// Removes `\r`, turns control characters into spaces, trims, and moves the entities along.
  private static func normalize(_ text: String, _ entities: [JSONValue]) -> Text {
    var kept = String.UnicodeScalarView()
    var moved: [Int] = []
    var length = 0
    for scalar in text.unicodeScalars {
      moved += Array(repeating: length, count: UTF16.width(scalar))
      if scalar == "\r" { continue }
      let isControl = scalar.value < 32 && scalar != "\n"
      kept.append(isControl ? " " : scalar)
      length += UTF16.width(scalar)
    }
    moved.append(length)
    let isSpace: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\n" }
    let leading = kept.prefix(while: isSpace).count
    let trailing = kept.reversed().prefix(while: isSpace).count
    let trimmed = leading == kept.count ? [] : Array(kept.dropFirst(leading).dropLast(trailing))
    let result = String(String.UnicodeScalarView(trimmed))
    let units = result.utf16.count
    let shifted = entities.compactMap { entity -> JSONValue? in
      guard var fields = entity.object, let offset = fields["offset"]?.integer,
        let length = fields["length"]?.integer
      else { return nil }
      let start = min(max(0, moved[Int(offset)] - leading), units)
      let end = min(max(0, moved[Int(offset + length)] - leading), units)
      guard end > start else { return nil }
      fields["offset"] = .integer(Int64(start))
      fields["length"] = .integer(Int64(end - start))
      return .object(fields)
    }
    return Text(text: result, entities: shifted)
  }

  /// The entities that clients of people add by themselves: commands and mentions.
  static func detected(in text: String) -> [JSONValue] {
    let units = Array(text.utf16)
    func isWord(_ unit: UInt16) -> Bool {
      switch unit {
      case 48...57, 65...90, 97...122, 95: true
      default: false
      }
    }
    var entities: [JSONValue] = []
    var index = 0
    while index < units.count {
      let isStart = index == 0 || !isWord(units[index - 1]) && units[index - 1] != 47
      let sign = units[index]
      guard isStart, sign == 47 || sign == 64 else {
        index += 1
        continue
      }
      var end = index + 1
      while end < units.count, isWord(units[end]) || (sign == 47 && units[end] == 64) { end += 1 }
      if end > index + 1 {
        entities.append([
          "type": sign == 47 ? "bot_command" : "mention", "offset": .integer(Int64(index)),
          "length": .integer(Int64(end - index)),
        ])
      }
      index = max(end, index + 1)
    }
    return entities
  }
}
