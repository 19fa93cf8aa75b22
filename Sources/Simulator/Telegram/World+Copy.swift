internal import Conversation

/// Copies and files of the bot.
extension World {
  /// Copies one message; gives its `MessageId`.
  mutating func copy(_ call: BotCall, now: Instant) throws(TelegramFailure) -> JSONValue {
    let source = try target(call, named: "from_chat_id")
    let chat = try target(call)
    let index = try place(of: call, in: source, orRefuse: "message to copy not found")
    let original = source.messages[index]
    guard original.service == nil else { throw .refused("message can't be copied") }
    var copied = try begin(call, in: chat, now: now)
    Self.fill(&copied, from: original)
    if call.values["caption"] != nil, Self.takesCaption(original.media) {
      try caption(call, into: &copied)
    }
    try place([copied], by: call, in: chat, now: now)
    return ["message_id": .integer(copied.id)]
  }

  /// Copies several messages and keeps albums together. What cannot be found is left out.
  mutating func copyAll(_ call: BotCall, now: Instant) throws(TelegramFailure) -> JSONValue {
    let source = try target(call, named: "from_chat_id")
    let chat = try target(call)
    let ids = (call.values["message_ids"]?.array ?? []).compactMap(\.integer)
    guard !ids.isEmpty else { throw .refused("message identifiers are not specified") }
    guard ids.count <= 100 else { throw .refused("too many messages to copy") }
    guard zip(ids, ids.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw .refused("message identifiers must be in a strictly increasing order")
    }
    var copies: [Transcript.Message] = []
    for id in ids {
      let found = source.messages.first { $0.id == id && !$0.isDeleted && $0.service == nil }
      guard let original = found else { continue }
      var copied = try begin(call, in: chat, now: now)
      Self.fill(&copied, from: original)
      copied.album = original.album.map { "\($0)-\(chat.id)-\(copies.first?.id ?? copied.id)" }
      if call.flag("remove_caption"), original.media != nil {
        copied.text = nil
        copied.entities = []
      }
      copies.append(copied)
    }
    // Third parties report these words; the specification promises none.
    guard !copies.isEmpty else { throw .refused("there are no messages to forward") }
    try place(copies, by: call, in: chat, now: now)
    return .array(copies.map { ["message_id": .integer($0.id)] })
  }

  /// A copy has what the original says, but neither its buttons nor what it replied to.
  private static func fill(_ copied: inout Transcript.Message, from original: Transcript.Message) {
    copied.text = original.text
    copied.entities = original.entities
    copied.blocks = original.blocks
    copied.media = original.media
    copied.mediaFacts = original.mediaFacts
    copied.fileID = original.fileID
    copied.hasFile = original.hasFile
  }

  /// Reads the document of `sendDocument`: a file of the form, or one that Telegram has.
  mutating func document(_ call: BotCall, into message: inout Transcript.Message)
    throws(TelegramFailure)
  {
    guard let given = call.string("document"), !given.isEmpty else {
      throw .refused("there is no document in the request")
    }
    message.media = PersonMessage.Media.document.rawValue
    try caption(call, into: &message)
    guard given.hasPrefix("attach://") else {
      guard let file = files[given] else {
        throw .refused("wrong file identifier/HTTP URL specified")
      }
      message.fileID = given
      message.hasFile = uploaded.contains(given)
      message.mediaFacts = ["mime_type": .string(file.type)]
      return
    }
    guard let file = call.files[String(given.dropFirst("attach://".count))] else {
      throw .refused("there is no document in the request")
    }
    guard !file.bytes.isEmpty else { throw .refused("file must be non-empty") }
    message.fileID = store(
      Upload(type: file.type, bytes: file.bytes), for: .document, of: message.id)
    message.hasFile = true
    message.mediaFacts = ["file_name": .string(file.name), "mime_type": .string(file.type)]
  }
}
