internal import Conversation
internal import Gateways
internal import Platform
internal import TelegramTypes

/// A call of the Bot API whose parameters are written already.
struct BotAPICall: Sendable {
  /// The method's name, as it stands in the address.
  let method: String
  /// The parameters: JSON, or a form where there is a file.
  let body: HTTPRequest.Body
}

/// How the ports' messages look on the wire: the same fields as the methods of `TelegramTypes`,
/// written without the way over them. Entity detection is off for rich messages, previews of links
/// are off for texts: what an answer links to is the model's choice, not the person's.
extension BotAPICall {
  static func send(_ message: OutboundMessage, _ text: FormattedText) -> BotAPICall {
    BotAPICall(SendMessage.name, message.chat, message.topic?.threadID, room: text.room) { json in
      json.write(text)
      json.writeNoLinkPreview()
      json.writeReplyAndMarkup(of: message)
    }
  }

  static func send(_ message: OutboundMessage, _ document: Document) -> BotAPICall {
    BotAPICall(SendRichMessage.name, message.chat, message.topic?.threadID) { json in
      json.write(document)
      json.writeReplyAndMarkup(of: message)
    }
  }

  /// Without buttons in the message, those that were there go.
  static func edit(
    _ message: OutboundMessage, _ edited: MessageID, _ text: FormattedText
  ) -> BotAPICall {
    BotAPICall(EditMessageText.name, message.chat, nil, room: text.room) { json in
      json.member("message_id", edited.rawValue)
      json.write(text)
      json.writeNoLinkPreview()
      json.writeButtons(of: message)
    }
  }

  static func edit(
    _ message: OutboundMessage, _ edited: MessageID, _ document: Document
  ) -> BotAPICall {
    BotAPICall(EditMessageText.name, message.chat, nil) { json in
      json.member("message_id", edited.rawValue)
      json.write(document)
      json.writeButtons(of: message)
    }
  }

  static func editCaption(
    _ message: OutboundMessage, _ edited: MessageID, _ text: FormattedText
  ) -> BotAPICall {
    BotAPICall("editMessageCaption", message.chat, nil, room: text.room) { json in
      json.member("message_id", edited.rawValue)
      json.write(caption: text)
      json.writeButtons(of: message)
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

  static func newTopic(_ name: String, in chat: ChatID) -> BotAPICall {
    BotAPICall("createForumTopic", chat, nil, room: 0) { json in json.member("name", name) }
  }
}

extension BotAPICall {
  static func copy(_ message: OutboundMessage, _ copy: MessageCopy, _ id: MessageID) -> BotAPICall {
    BotAPICall(
      "copyMessage", message.chat, message.topic?.threadID, room: copy.caption?.room ?? 0
    ) { json in
      json.member("from_chat_id", copy.from.rawValue)
      json.member("message_id", id.rawValue)
      if let caption = copy.caption { json.write(caption: caption) }
      json.writeReplyAndMarkup(of: message)
    }
  }

  /// Telegram wants the parts in strictly ascending order; it lets albums neither reply nor have
  /// buttons.
  static func copyAlbum(_ message: OutboundMessage, _ copy: MessageCopy) -> BotAPICall {
    BotAPICall("copyMessages", message.chat, message.topic?.threadID, room: 0) { json in
      json.member("from_chat_id", copy.from.rawValue)
      json.key("message_ids")
      json.array(Set(copy.messages.map(\.rawValue)).sorted()) { json, id in json.integer(id) }
      if copy.caption != nil { json.member("remove_caption", true) }
    }
  }

  /// A file goes as a form, whose fields hold objects as JSON.
  static func document(
    _ message: OutboundMessage, name: String, text: String, caption: String
  ) -> BotAPICall {
    func field(_ name: String, _ bytes: some Sequence<UInt8>) -> HTTPRequest.Part {
      HTTPRequest.Part(name: name, bytes: Array(bytes))
    }
    var parts = [field("chat_id", String(message.chat.rawValue).utf8)]
    if let thread = message.topic?.threadID {
      parts.append(field("message_thread_id", String(thread).utf8))
    }
    if !caption.isEmpty { parts.append(field("caption", caption.utf8)) }
    if let original = message.replyTo {
      var json = JSONWriter(reserving: 64)
      json.write(replyTo: original)
      parts.append(field("reply_parameters", json.bytes))
    }
    if message.hasMarkup {
      var json = JSONWriter(reserving: 128)
      json.writeMarkup(of: message)
      parts.append(field("reply_markup", json.bytes))
    }
    parts.append(
      HTTPRequest.Part(
        name: "document", fileName: name, contentType: "text/plain; charset=utf-8",
        bytes: Array(text.utf8)))
    return BotAPICall(method: "sendDocument", body: .multipart(parts))
  }

  static func react(to message: MessageID, in chat: ChatID, _ emoji: String) -> BotAPICall {
    BotAPICall("setMessageReaction", chat, nil, room: 0) { json in
      json.member("message_id", message.rawValue)
      json.key("reaction")
      json.beginArray()
      json.beginObject()
      json.member("type", "emoji")
      json.member("emoji", emoji)
      json.endObject()
      json.endArray()
    }
  }

  static func answer(press id: String, _ text: String?) -> BotAPICall {
    var json = JSONWriter(reserving: 512)
    json.beginObject()
    json.member("callback_query_id", id)
    json.member("text", text.map { Self.shortened($0, to: 200) })
    json.endObject()
    return BotAPICall(method: "answerCallbackQuery", body: .bytes(json.bytes))
  }

  /// Telegram counts Unicode scalars; no character is cut through.
  private static func shortened(_ text: String, to limit: Int) -> String {
    var room = limit
    return String(
      text.prefix { character in
        room -= character.unicodeScalars.count
        return room >= 0
      })
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
    self.init(method: method, body: .bytes(json.bytes))
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
