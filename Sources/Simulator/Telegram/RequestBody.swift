internal import Gateways

/// The ways in which the Bot API takes parameters, but for multipart forms: the bot uploads nothing.
enum RequestBody {
  static func parameters(of request: HTTPServerRequest) throws(TelegramFailure)
    -> [String: JSONValue]
  {
    var values: [String: JSONValue] = [:]
    for (name, value) in request.query { values[name] = .string(value) }
    guard !request.body.isEmpty else { return values }
    let type = (request.headers["Content-Type"] ?? "").lowercased()
    if type.hasPrefix("application/json") {
      guard let members = JSONValue(parsing: request.body)?.object else {
        throw .refused("can't parse request JSON object")
      }
      return values.merging(members) { _, last in last }
    }
    guard type.hasPrefix("application/x-www-form-urlencoded") else {
      throw .refused("the stand-in reads JSON and urlencoded forms")
    }
    guard String(validating: request.body, as: UTF8.self) != nil else {
      throw .refused("strings must be encoded in UTF-8")
    }
    for pair in request.body.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.count > 1 ? decode(parts[1]) : ""
      values[decode(parts[0])] = .string(value)
    }
    return values
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
