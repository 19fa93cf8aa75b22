internal import Foundation

/// What one message of a request says: its text, and the sizes of its pictures in bytes.
struct ModelContent: Equatable {
  var text: String
  var pictures: [Int] = []

  /// Reads a content: a string, or an array of typed parts. `path` names it in refusals.
  init(_ content: JSONValue, at path: String, seesPictures: Bool) throws(ModelFailure) {
    if let text = content.string {
      self.text = text
      return
    }
    guard let parts = content.array, !parts.isEmpty else { throw Self.wrongType(content, path) }
    var texts: [String] = []
    for (index, part) in parts.enumerated() {
      let place = "\(path).content[\(index)]"
      switch part["type"]?.string {
      case "text":
        guard let text = part["text"]?.string else { throw Self.wrongType(content, path) }
        texts.append(text)
      case "image_url":
        guard seesPictures else {
          throw ModelFailure(
            status: 400,
            message: "Invalid content type. image_url is only supported by certain models.",
            parameter: place + ".type")
        }
        pictures.append(try Self.picture(part, at: place))
      case "input_audio", "file":
        guard part["type"]?.string.flatMap({ part[$0]?.object }) != nil else {
          throw Self.wrongType(content, path)
        }
      default: throw Self.wrongType(content, path)
      }
    }
    text = texts.joined(separator: "\n")
  }

  /// The size of a picture. It must come as data: a stand-in fetches nothing, and an address at
  /// Telegram would give the bot's token away.
  private static func picture(_ part: JSONValue, at place: String) throws(ModelFailure) -> Int {
    let fields = part["image_url"]?.object ?? [:]
    if let unknown = fields.keys.sorted().first(where: { $0 != "url" && $0 != "detail" }) {
      throw ModelFailure(
        status: 400, message: "Unknown parameter: '\(place).image_url.\(unknown)'.",
        parameter: "\(place).image_url.\(unknown)", code: "unknown_parameter")
    }
    if let detail = fields["detail"],
      !["auto", "low", "high", "original"].contains(detail.string ?? "")
    {
      throw ModelFailure(
        status: 400, message: "Invalid value for '\(place).image_url.detail'.",
        parameter: "\(place).image_url.detail", code: "invalid_value")
    }
    let url = fields["url"]?.string ?? ""
    let head = url.prefix { $0 != "," }
    let kinds = ["jpeg", "png", "gif", "webp"].map { "data:image/\($0);base64" }
    guard kinds.contains(String(head)),
      let data = Data(base64Encoded: String(url.dropFirst(head.count + 1))), isPicture(data)
    else {
      throw ModelFailure(
        status: 400,
        message: "You uploaded an unsupported image. Please make sure your image has of one the "
          + "following formats: ['png', 'jpeg', 'gif', 'webp'].",
        parameter: "\(place).image_url.url", code: "invalid_image_format")
    }
    return data.count
  }

  /// Whether it begins as JPEG, PNG, GIF or RIFF (WebP) files do.
  private static func isPicture(_ data: Data) -> Bool {
    [
      [0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47], [0x47, 0x49, 0x46], [0x52, 0x49, 0x46, 0x46],
    ]
    .contains { data.starts(with: $0) }
  }

  private static func wrongType(_ content: JSONValue, _ path: String) -> ModelFailure {
    ModelFailure(
      status: 400,
      message: "Invalid value for 'content': expected a string, got \(content.kindName).",
      parameter: "\(path).content", code: "invalid_type")
  }
}

extension JSONValue {
  /// The kind of the value, as refusals name it.
  var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .integer: "an integer"
    case .number: "a decimal"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
