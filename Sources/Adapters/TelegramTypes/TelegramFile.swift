/// A file, as messages and `getFile` describe it: what `PhotoSize`, `Voice`, `Audio`, `Video`,
/// `Document` and `File` have in common and Switchboard uses.
package struct TelegramFile: Equatable, Sendable, Codable {
  /// What the file is fetched by; another one for each bot.
  package var fileID: String
  /// The media type, as the sender's client told it.
  package var mimeType: String?
  /// The size in bytes.
  package var fileSize: Int64?
  /// The width in pixels, of pictures.
  package var width: Int?
  /// The height in pixels, of pictures.
  package var height: Int?
  /// In `getFile` only: where the file is, relative to the address for files.
  package var filePath: String?

  /// Makes a file.
  package init(
    fileID: String, mimeType: String? = nil, fileSize: Int64? = nil, width: Int? = nil,
    height: Int? = nil, filePath: String? = nil
  ) {
    self.fileID = fileID
    self.mimeType = mimeType
    self.fileSize = fileSize
    self.width = width
    self.height = height
    self.filePath = filePath
  }

  private enum CodingKeys: String, CodingKey {
    case width, height
    case fileID = "file_id"
    case mimeType = "mime_type"
    case fileSize = "file_size"
    case filePath = "file_path"
  }
}

extension TelegramFile {
  /// The largest of a photo's sizes; Telegram promises no order.
  static func largest(of sizes: [TelegramFile]) -> TelegramFile? {
    sizes.max { $0.area < $1.area }
  }

  /// Sides come from outside; a product that does not fit must not end the program.
  private var area: Int {
    (width ?? 0).multipliedReportingOverflow(by: height ?? 0).partialValue
  }
}
