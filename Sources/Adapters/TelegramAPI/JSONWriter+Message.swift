internal import Conversation
internal import Gateways
internal import Platform

/// How the parts of a message look on the wire, other than a document.
extension JSONWriter {
  /// Writes the members `text` and `entities`.
  mutating func write(_ text: FormattedText) {
    member("text", text.text)
    write("entities", text.entities)
  }

  /// Writes the members `caption` and `caption_entities`.
  mutating func write(caption: FormattedText) {
    member("caption", caption.text)
    write("caption_entities", caption.entities)
  }

  /// Writes the member that hides what links lead to.
  mutating func writeNoLinkPreview() {
    key("link_preview_options")
    beginObject()
    member("is_disabled", true)
    endObject()
  }

  /// Writes the members `reply_parameters` and `reply_markup`, for what there is.
  mutating func writeReplyAndMarkup(of message: OutboundMessage) {
    if let original = message.replyTo {
      key("reply_parameters")
      write(replyTo: original)
    }
    guard message.hasMarkup else { return }
    key("reply_markup")
    writeMarkup(of: message)
  }

  /// Writes the member `reply_markup` with buttons only: an edit can't change a keyboard.
  mutating func writeButtons(of message: OutboundMessage) {
    guard let rows = message.buttonRows else { return }
    key("reply_markup")
    write(buttons: rows)
  }

  /// Writes the value of `reply_parameters`.
  mutating func write(replyTo original: MessageID) {
    beginObject()
    member("message_id", original.rawValue)
    member("allow_sending_without_reply", true)
    endObject()
  }

  /// Writes the value of `reply_markup`; only for a message that has one.
  mutating func writeMarkup(of message: OutboundMessage) {
    if let rows = message.buttonRows {
      write(buttons: rows)
    } else {
      write(keyboard: message.keyboard ?? [])
    }
  }

  private mutating func write(_ name: String, _ entities: [FormattedText.Entity]) {
    guard !entities.isEmpty else { return }
    key(name)
    beginArray()
    for entity in entities { write(entity) }
    endArray()
  }

  private mutating func write(_ entity: FormattedText.Entity) {
    beginObject()
    key("type")
    switch entity.kind {
    case .bold: string("bold")
    case .italic: string("italic")
    case .underline: string("underline")
    case .strikethrough: string("strikethrough")
    case .spoiler: string("spoiler")
    case .code: string("code")
    case .blockquote: string("blockquote")
    case .pre(let language):
      string("pre")
      member("language", language)
    case .link(let url):
      string("text_link")
      member("url", url)
    }
    member("offset", entity.offset)
    member("length", entity.length)
    endObject()
  }

  private mutating func write(buttons rows: [[InlineButton]]) {
    beginObject()
    key("inline_keyboard")
    array(rows) { json, row in
      json.array(row) { json, button in
        json.beginObject()
        json.member("text", button.label)
        json.member("callback_data", button.data)
        json.endObject()
      }
    }
    endObject()
  }

  private mutating func write(keyboard rows: [[String]]) {
    beginObject()
    key("keyboard")
    array(rows) { json, row in
      json.array(row) { json, label in
        json.beginObject()
        json.member("text", label)
        json.endObject()
      }
    }
    member("is_persistent", true)
    member("resize_keyboard", true)
    endObject()
  }
}

extension OutboundMessage {
  /// The rows of buttons, if there is any button.
  fileprivate var buttonRows: [[InlineButton]]? {
    guard let rows = buttons?.filter({ !$0.isEmpty }), !rows.isEmpty else { return nil }
    return rows
  }

  /// Whether anything goes below the message or the input field.
  var hasMarkup: Bool { buttonRows != nil || keyboard != nil }
}
