/// A file that a person sends.
package struct Upload: Sendable, Equatable {
  /// The media type.
  package var type: String
  /// The content.
  package var bytes: [UInt8]

  /// Makes a file.
  package init(type: String, bytes: [UInt8]) {
    self.type = type
    self.bytes = bytes
  }
}

/// Something that a simulated person writes.
package struct PersonMessage: Sendable, Equatable {
  /// The kinds of things that can be sent beside text.
  package enum Media: String, Sendable, Codable, CaseIterable {
    case photo, voice, document, sticker, location, contact, video, audio
  }

  /// The text, or the caption of the medium.
  package var text: String?
  /// Entities as the Bot API writes them; nil finds commands and mentions by themselves.
  package var entities: [JSONValue]?
  /// The message it replies to.
  package var replyTo: Int64?
  /// The part of that message that is quoted.
  package var quote: String?
  /// The topic it is written in.
  package var thread: Int64?
  /// What is sent beside text.
  package var media: Media?
  /// The bytes of the medium; nil sends a made-up kilobyte.
  package var upload: Upload?
  /// What is told of the medium, as the Bot API names it: `duration`, `emoji` …
  package var facts: [String: JSONValue]
  /// The album it belongs to.
  package var album: String?
  /// Whether it is written on behalf of the group, by an anonymous administrator.
  package var isAnonymous = false

  /// Makes a message.
  package init(
    _ text: String? = nil, entities: [JSONValue]? = nil, replyTo: Int64? = nil,
    quote: String? = nil, thread: Int64? = nil, media: Media? = nil, upload: Upload? = nil,
    facts: [String: JSONValue] = [:], album: String? = nil, isAnonymous: Bool = false
  ) {
    self.text = text
    self.entities = entities
    self.replyTo = replyTo
    self.quote = quote
    self.thread = thread
    self.media = media
    self.upload = upload
    self.facts = facts
    self.album = album
    self.isAnonymous = isAnonymous
  }
}

/// Why a simulated person could not do something.
package struct ActionRefused: Error, Sendable, Equatable {
  /// What was wrong.
  package let reason: String

  /// Makes a refusal.
  package init(reason: String) { self.reason = reason }
}
