internal import Gateways

/// A form as browsers and programs send it with files (RFC 7578).
struct MultipartForm {
  /// One field.
  struct Field {
    var fileName: String?
    /// The media type that the sender told.
    var type: String?
    var bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  private(set) var fields: [String: Field] = [:]

  /// Reads a body; nil when it is no such form.
  init?(_ request: HTTPServerRequest) {
    let type = request.headers["Content-Type"] ?? ""
    guard type.lowercased().hasPrefix("multipart/form-data"),
      let boundary = Self.parameter("boundary", of: type), !boundary.isEmpty
    else { return nil }
    let delimiter = Array("\r\n--\(boundary)".utf8)
    // The first delimiter has no line break before it.
    let body = Array("\r\n".utf8) + request.body
    var pieces = Self.split(body, at: delimiter)
    guard pieces.count >= 2, pieces.removeLast().starts(with: Array("--".utf8)) else { return nil }
    for piece in pieces.dropFirst() {
      let halves = Self.split(Array(piece), at: Array("\r\n\r\n".utf8), limit: 2)
      guard halves.count == 2 else { return nil }
      let head = String(decoding: halves[0], as: UTF8.self).split(separator: "\r\n")
      guard
        let disposition = head.first(where: {
          $0.lowercased().hasPrefix("content-disposition:")
        }),
        let name = Self.parameter("name", of: String(disposition))
      else { return nil }
      let type = head.first { $0.lowercased().hasPrefix("content-type:") }
      fields[name] = Field(
        fileName: Self.parameter("filename", of: String(disposition)),
        type: type.map { String($0.dropFirst("content-type:".count).drop { $0 == " " }) },
        bytes: Array(halves[1]))
    }
  }

  /// A parameter of a header; its value may stand in quotes, and then hold semicolons.
  private static func parameter(_ name: String, of header: String) -> String? {
    var parts = [""]
    var isQuoted = false
    for character in header {
      if character == "\"" { isQuoted.toggle() }
      if character == ";", !isQuoted {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].drop(while: { $0 == " " }).lowercased() == name else {
        continue
      }
      return pair[1].hasPrefix("\"") ? String(pair[1].dropFirst().dropLast()) : String(pair[1])
    }
    return nil
  }

  private static func split(_ bytes: [UInt8], at mark: [UInt8], limit: Int = .max)
    -> [ArraySlice<UInt8>]
  {
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    var at = 0
    while at + mark.count <= bytes.count, pieces.count < limit - 1 {
      if bytes[at] == mark[0], bytes[at..<at + mark.count].elementsEqual(mark) {
        pieces.append(bytes[start..<at])
        at += mark.count
        start = at
      } else {
        at += 1
      }
    }
    return pieces + [bytes[start...]]
  }
}
