internal import Conversation
internal import Gateways
internal import Platform
internal import TelegramTypes

/// A call of the Bot API whose parameters are written already.
struct BotAPICall: Sendable {
  /// The method's name, as it stands in the address.
  let method: String
  /// The parameters as JSON.
  let body: [UInt8]
}

/// How the ports' messages look on the wire: the same fields as the methods of `TelegramTypes`,
/// written without the way over them. Entity detection is off for rich messages, previews of links
/// are off for texts: what an answer links to is the model's choice, not the person's.
extension BotAPICall {
  static func send(_ message: OutboundMessage, _ text: FormattedText) -> BotAPICall {
    BotAPICall(SendMessage.name, message.chat, message.topic?.threadID, room: text.room) { json in
      json.write(text)
      json.writeNoLinkPreview()
      json.writeReplyAndKeyboard(of: message)
    }
  }

  static func send(_ message: OutboundMessage, _ document: Document) -> BotAPICall {
    BotAPICall(SendRichMessage.name, message.chat, message.topic?.threadID) { json in
      json.write(document)
      json.writeReplyAndKeyboard(of: message)
    }
  }

  static func edit(_ chat: ChatID, _ message: MessageID, _ text: FormattedText) -> BotAPICall {
    BotAPICall(EditMessageText.name, chat, nil, room: text.room) { json in
      json.member("message_id", message.rawValue)
      json.write(text)
      json.writeNoLinkPreview()
    }
  }

  static func edit(_ chat: ChatID, _ message: MessageID, _ document: Document) -> BotAPICall {
    BotAPICall(EditMessageText.name, chat, nil) { json in
      json.member("message_id", message.rawValue)
      json.write(document)
    }
  }

  static func draft(_ preview: AnswerPreview, _ text: FormattedText) -> BotAPICall {
    BotAPICall(
      SendMessageDraft.name, preview.chat, preview.topic?.threadID, room: text.room
    ) { json in
      json.member("draft_id", preview.draftID)
      json.write(text)
      json.member("can_stop", true)
    }
  }

  static func draft(_ preview: AnswerPreview, _ document: Document) -> BotAPICall {
    BotAPICall(SendRichMessageDraft.name, preview.chat, preview.topic?.threadID) { json in
      json.member("draft_id", preview.draftID)
      json.write(document)
      json.member("can_stop", true)
    }
  }

  static func typing(_ chat: ChatID, _ topic: TopicID?) -> BotAPICall {
    BotAPICall(SendChatAction.name, chat, topic?.threadID, room: 0) { json in
      json.member("action", "typing")
    }
  }

  static func name(_ thread: Int64, of chat: ChatID, _ name: String) -> BotAPICall {
    BotAPICall(EditForumTopic.name, chat, thread, room: 0) { json in json.member("name", name) }
  }

  /// Most rich messages are of a few kilobytes; the room is a guess that spares growing.
  private init(
    _ method: String, _ chat: ChatID, _ thread: Int64?, room: Int = 2_000,
    _ write: (inout JSONWriter) -> Void
  ) {
    var json = JSONWriter(reserving: 256 + room)
    json.beginObject()
    json.member("chat_id", chat.rawValue)
    json.member("message_thread_id", thread)
    write(&json)
    json.endObject()
    self.init(method: method, body: json.bytes)
  }
}

extension TopicID {
  /// What stands for the topic when sending; the General topic of a forum is meant by leaving it
  /// out, its id is refused.
  var threadID: Int64? { rawValue == 1 ? nil : rawValue }
}

extension FormattedText {
  /// About how many bytes it takes on the wire.
  fileprivate var room: Int { text.utf8.count + text.utf8.count / 8 + entities.count * 48 }
}

extension JSONWriter {
  fileprivate mutating func write(_ text: FormattedText) {
    member("text", text.text)
    guard !text.entities.isEmpty else { return }
    key("entities")
    beginArray()
    for entity in text.entities { write(entity) }
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

  fileprivate mutating func writeNoLinkPreview() {
    key("link_preview_options")
    beginObject()
    member("is_disabled", true)
    endObject()
  }

  fileprivate mutating func writeReplyAndKeyboard(of message: OutboundMessage) {
    if let original = message.replyTo {
      key("reply_parameters")
      beginObject()
      member("message_id", original.rawValue)
      member("allow_sending_without_reply", true)
      endObject()
    }
    guard let rows = message.keyboard else { return }
    key("reply_markup")
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
