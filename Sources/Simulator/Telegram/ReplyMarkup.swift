/// The keyboards that come with a message.
enum ReplyMarkup: Equatable {
  case inline([[JSONValue]])
  case keyboard([[String]])
  case remove
  case forceReply

  /// Checks a `reply_markup`; nil when there is none.
  init?(_ value: JSONValue?) throws(TelegramFailure) {
    guard let value else { return nil }
    guard let fields = value.object else { throw .refused("object expected as reply markup") }
    if let rows = fields["inline_keyboard"] {
      try Self.only(["inline_keyboard"], in: fields)
      var buttons: [[JSONValue]] = []
      for row in try Self.rows(rows) {
        for button in row { try Self.check(inline: button) }
        buttons.append(row)
      }
      self = .inline(buttons)
    } else if let rows = fields["keyboard"] {
      try Self.only(
        [
          "keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard",
          "input_field_placeholder", "selective",
        ], in: fields)
      self = .keyboard(try Self.texts(rows))
    } else if fields["remove_keyboard"] != nil {
      try Self.only(["remove_keyboard", "selective"], in: fields)
      self = .remove
    } else if fields["force_reply"] != nil {
      try Self.only(["force_reply", "input_field_placeholder", "selective"], in: fields)
      self = .forceReply
    } else {
      throw .refused("object expected as reply markup")
    }
  }

  private static func rows(_ value: JSONValue) throws(TelegramFailure) -> [[JSONValue]] {
    guard let list = value.array else {
      throw .refused("field \"keyboard\" of the reply markup must be of type Array")
    }
    var rows: [[JSONValue]] = []
    for row in list {
      guard let row = row.array else {
        throw .refused("an array of buttons is expected in a row of the reply markup")
      }
      rows.append(row)
    }
    guard rows.reduce(0, { $0 + $1.count }) <= 100 else {
      throw .refused("reply markup is too long")
    }
    return rows
  }

  private static func texts(_ value: JSONValue) throws(TelegramFailure) -> [[String]] {
    var texts: [[String]] = []
    for row in try rows(value) {
      var line: [String] = []
      for button in row {
        guard let text = button.string ?? button["text"]?.string, !text.isEmpty else {
          throw .refused("text buttons are unallowed without a text")
        }
        if let fields = button.object {
          try only(["text", "style", "icon_custom_emoji_id"], in: fields)
        }
        line.append(text)
      }
      texts.append(line)
    }
    return texts
  }

  private static func check(inline button: JSONValue) throws(TelegramFailure) {
    guard let fields = button.object, let text = fields["text"]?.string, !text.isEmpty else {
      throw .refused("can't parse inline keyboard button: Can't find field \"text\"")
    }
    try only(
      [
        "text", "style", "icon_custom_emoji_id", "url", "callback_data", "web_app", "login_url",
        "switch_inline_query", "switch_inline_query_current_chat", "copy_text", "disabled",
      ], in: fields)
    let actions = fields.keys.filter { !["text", "style", "icon_custom_emoji_id"].contains($0) }
    guard actions.count == 1 else {
      throw .refused("inline keyboard button must have exactly one action")
    }
    if let data = fields["callback_data"] {
      guard let data = data.string, (1...64).contains(data.utf8.count) else {
        throw .refused("BUTTON_DATA_INVALID")
      }
    }
  }

  private static func only(_ known: [String], in fields: [String: JSONValue])
    throws(TelegramFailure)
  {
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      guard known.contains(name), value != .null else {
        throw .refused("unexpected field \"\(name)\" in reply markup (strict stand-in)")
      }
    }
  }
}
