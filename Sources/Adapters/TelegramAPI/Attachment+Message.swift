internal import Conversation
internal import TelegramTypes

extension Attachment {
  /// What a message holds besides words; nil when it is nothing that a person sends. Kinds of later
  /// versions count as nothing: most of what Telegram adds are service messages, and to answer one
  /// of those would be worse than to overlook a new kind of media.
  init?(of message: TelegramMessage) {
    // Some come in company for older clients: an animation with a document, a live photo with a
    // photo, a venue with a location.
    for (fields, kind) in Self.fileFields {
      let names = message.otherFields
      guard fields.contains(where: { message.files[$0] != nil || names.contains($0.rawValue) })
      else { continue }
      self.init(kind)
      // Only the still picture of a live photo is a photo.
      let field = kind == .photo ? .photo : fields.first { message.files[$0] != nil }
      guard let field, let file = message.files[field] else { return }
      fileID = file.fileID
      mediaType = Self.mediaType(of: file, kind)
      return
    }
    for (names, kind) in Self.otherFields where names.contains(where: message.otherFields.contains)
    {
      self.init(kind)
      return
    }
    return nil
  }

  private static let fileFields: [([TelegramMessage.FileField], AttachmentKind)] = [
    ([.photo, .livePhoto], .photo), ([.voice], .voice), ([.audio], .audio),
    ([.video, .videoNote, .animation], .video), ([.document], .document), ([.sticker], .sticker),
  ]

  private static let otherFields: [([String], AttachmentKind)] = [
    (["location", "venue"], .location),
    (["contact"], .contact),
    (["poll"], .poll),
    (
      [
        "dice", "game", "story", "paid_media", "checklist", "invoice", "giveaway",
        "giveaway_winners", "rich_message",
      ], .other
    ),
  ]

  /// Telegram makes every photo a JPEG, and its clients record voices as OGG.
  private static func mediaType(of file: TelegramFile, _ kind: AttachmentKind) -> String? {
    switch kind {
    case .photo: "image/jpeg"
    case .voice: told(file) ?? "audio/ogg"
    case .audio, .video, .document, .sticker: told(file)
    case .location, .contact, .poll, .other: nil
    }
  }

  /// What the sender's client told, if it has the form of a media type (RFC 6838): it goes into
  /// requests to others.
  private static func told(_ file: TelegramFile) -> String? {
    guard let type = file.mimeType?.lowercased(), type.utf8.count <= 100 else { return nil }
    let parts = type.split(separator: "/", omittingEmptySubsequences: false)
    let isWellFormed =
      parts.count == 2
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
              true
            default: "!#$&-^_.+".utf8.contains(byte)
            }
          }
      }
    return isWellFormed ? type : nil
  }
}
