internal import Gateways

/// The ways in which the Bot API takes parameters.
enum RequestBody {
  /// A file of a multipart form.
  struct File: Equatable {
    var name: String
    var type: String
    var bytes: [UInt8]
  }

  /// What a request gives: parameters as text or JSON, and files by the names of their fields.
  struct Content {
    var values: [String: JSONValue] = [:]
    var files: [String: File] = [:]
  }

  static func content(of request: HTTPServerRequest) throws(TelegramFailure) -> Content {
    var content = Content()
    for (name, value) in request.query { content.values[name] = .string(value) }
    guard !request.body.isEmpty else { return content }
    let type = (request.headers["Content-Type"] ?? "").lowercased()
    if type.hasPrefix("application/json") {
      guard let members = JSONValue(parsing: request.body)?.object else {
        throw .refused("can't parse request JSON object")
      }
      content.values.merge(members) { _, last in last }
      return content
    }
    if type.hasPrefix("multipart/form-data") {
      guard let form = MultipartForm(request) else {
        throw .refused("can't parse the multipart form (strict stand-in)")
      }
      return try read(form, into: content)
    }
    guard type.hasPrefix("application/x-www-form-urlencoded") else {
      throw .refused("the stand-in reads JSON, urlencoded and multipart forms")
    }
    guard String(validating: request.body, as: UTF8.self) != nil else {
      throw .refused("strings must be encoded in UTF-8")
    }
    for pair in request.body.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? decode(parts[1]) : ""
      content.values[decode(parts[0])] = .string(value)
    }
    return content
  }

  /// A file may be sent under the parameter's own name, or under another that it is told by
  /// `attach://`.
  private static func read(_ form: MultipartForm, into content: Content) throws(TelegramFailure)
    -> Content
  {
    var content = content
    for (name, field) in form.fields {
      if let file = field.fileName {
        content.files[name] = File(
          name: file, type: type(field.type, of: file), bytes: field.bytes)
        continue
      }
      guard let text = String(validating: field.bytes, as: UTF8.self) else {
        throw .refused("strings must be encoded in UTF-8")
      }
      content.values[name] = .string(text)
    }
    for name in content.files.keys where content.values[name] == nil {
      let isNamed = content.values.values.contains { $0 == .string("attach://" + name) }
      if !isNamed { content.values[name] = .string("attach://" + name) }
    }
    return content
  }

  /// Telegram tells the type of a file by its name when the sender does not.
  private static func type(_ told: String?, of name: String) -> String {
    if let told, told != "application/octet-stream" { return told }
    let endings = [".txt", ".log", ".csv", ".md"]
    let isText = endings.contains { name.lowercased().hasSuffix($0) }
    return isText ? "text/plain" : "application/octet-stream"
  }

  private static func decode(_ bytes: ArraySlice<UInt8>) -> String {
    var decoded: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        decoded.append(value)
        rest.removeFirst(2)
      } else {
        decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
