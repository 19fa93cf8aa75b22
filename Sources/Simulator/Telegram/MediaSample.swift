internal import Foundation

/// What simulated people send when they give no file of their own: small, but what it says it is.
struct MediaSample {
  /// The folder and the ending of the path under which Telegram gives out such files.
  let folder: String
  let ending: String
  /// The media type.
  let type: String
  /// The content.
  let bytes: [UInt8]

  init(_ media: PersonMessage.Media) {
    switch media {
    case .photo:
      self.init(folder: "photos", ending: "jpg", type: "image/jpeg", bytes: Self.jpeg)
    case .voice:
      self.init(folder: "voice", ending: "oga", type: "audio/ogg", bytes: Self.opus)
    case .document:
      let text = Array("A file of words.\n".utf8)
      self.init(folder: "documents", ending: "txt", type: "text/plain", bytes: text)
    case .sticker:
      self.init(folder: "stickers", ending: "webp", type: "image/webp", bytes: Self.webP)
    case .video:
      self.init(folder: "videos", ending: "mp4", type: "video/mp4", bytes: Self.mp4)
    case .audio:
      self.init(folder: "music", ending: "ogg", type: "audio/ogg", bytes: Self.opus)
    case .location, .contact:
      self.init(folder: "", ending: "", type: "", bytes: [])
    }
  }

  private init(folder: String, ending: String, type: String, bytes: [UInt8]) {
    self.folder = folder
    self.ending = ending
    self.type = type
    self.bytes = bytes
  }

  /// Where the file of a message lies.
  func path(of message: Int64) -> String { "\(folder)/file_\(message).\(ending)" }

  private static func decoded(_ base64: String) -> [UInt8] {
    Array(Data(base64Encoded: base64) ?? Data())
  }

  /// 16 by 16 pixels of one grey.
  private static let jpeg = decoded(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ"
      + "EBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wAALCAAQABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/"
      + "xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AKgB/9k=")

  /// One pixel.
  private static let webP = decoded("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")

  /// The head of a film without frames.
  private static let mp4 = decoded("AAAAGGZ0eXBpc29tAAACAGlzb21pc28yAAAACGZyZWUAAAAIbWRhdA==")

  /// A second of silence.
  private static let opus = decoded(
    "T2dnUwACAAAAAAAAAABEU1dTAAAAACgTHucBE09wdXNIZWFkAQE4AYC7AAAAAABPZ2dTAAAAAAAAAAAAAERT"
      + "V1MBAAAAVbA3OQEWT3B1c1RhZ3MGAAAAc2lsZW50AAAAAE9nZ1MABIC7AAAAAAAARFNXUwIAAAAM0jB0MgMD"
      + "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMD+P/++P/++P/++P/++P/+"
      + "+P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/+"
      + "+P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/++P/+"
      + "+P/++P/++P/+")
}
