internal import Foundation

/// An absolute web address, checked piece by piece.
struct WebAddress: Equatable {
  typealias Malformed = SettingReader.Malformed

  /// The scheme, lower case.
  var scheme: String
  /// The host, lower case.
  var host: String
  /// The port, when one is written.
  var port: Int?
  /// The path without slashes at its end; empty for the root.
  var path: String
  /// Whether it carries a user or a password.
  var hasUser: Bool

  /// Reads an address whose scheme is one of those allowed, without query and fragment.
  init(_ text: String, schemes: [String]) throws(Malformed) {
    let example = "write one like \(schemes[0])://host"
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      let host = parts.host?.lowercased(), !host.isEmpty
    else { throw Malformed("is not an address", example) }
    guard schemes.contains(scheme) else {
      throw Malformed(
        "begins with another scheme than \(schemes.joined(separator: ", "))", example)
    }
    guard parts.port.map({ (1...65535).contains($0) }) ?? true else {
      throw Malformed("has a port that does not exist", "write a port from 1 to 65535")
    }
    guard parts.query == nil, parts.fragment == nil else {
      throw Malformed("holds a ? or a #", "write the address without what follows the path")
    }
    self.scheme = scheme
    self.host = host
    self.port = parts.port
    path = String(parts.percentEncodedPath.droppingSlashes)
    hasUser = parts.user != nil || parts.password != nil
  }

  /// The address without a slash at its end.
  var text: String { "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(path)" }

  /// The same address, refused when it carries a password, since it will be shown.
  func withoutUser() throws(Malformed) -> WebAddress {
    guard !hasUser else {
      throw Malformed("carries a user or a password", "write the address without it")
    }
    return self
  }
}

extension WebAddress {
  /// The address of a Bot API server. Telegram's own is reached by https only, since the token is
  /// a part of every address.
  static func telegramAPI(_ text: String) throws(Malformed) -> String {
    let address = try WebAddress(text, schemes: ["https", "http"]).withoutUser()
    guard address.scheme == "https" || address.host != "api.telegram.org" else {
      throw Malformed("would send the token unencrypted", "write https://api.telegram.org")
    }
    return address.text
  }

  /// The base of an OpenAI-compatible service, however much of it was pasted: a closing slash and
  /// `/chat/completions` are dropped, and `/v1` is added to a path without a version.
  static func modelAPI(_ text: String) throws(Malformed) -> String {
    var address = try WebAddress(text, schemes: ["https", "http"]).withoutUser()
    let ending = "/chat/completions"
    if address.path.hasSuffix(ending) {
      address.path = String(address.path.dropLast(ending.count).droppingSlashes)
    }
    let versioned = address.path.split(separator: "/").contains { segment in
      segment.first == "v" && segment.dropFirst().first?.isNumber == true
    }
    if !versioned { address.path += "/v1" }
    return address.text
  }

  /// The public address to which Telegram sends updates.
  ///
  /// Plain http and any port are a matter between the owner and a Bot API server of their own.
  /// Source of the ports: https://core.telegram.org/bots/api#setwebhook
  static func webhook(
    _ text: String, official: Bool
  ) throws(Malformed) -> String {
    let address = try WebAddress(text, schemes: ["https", "http"]).withoutUser()
    guard official else { return address.text }
    guard address.scheme == "https" else {
      throw Malformed("is not an https address", "write one that begins with https://")
    }
    guard [443, 80, 88, 8443].contains(address.port ?? 443) else {
      throw Malformed(
        "has a port to which Telegram does not deliver", "use 443, 80, 88 or 8443")
    }
    return address.text
  }

  /// The address of a proxy, kept as it was written.
  static func proxy(_ text: String) throws(Malformed) -> String {
    let address = try WebAddress(text, schemes: ["http", "https", "socks5", "socks5h"])
    guard address.path.isEmpty else {
      throw Malformed("holds a path", "write one like socks5://user:password@host:1080")
    }
    return text
  }

  /// The path of the webhook, with a slash at both ends.
  static func webhookPath(_ text: String) throws(Malformed) -> String {
    let parts = text.split(separator: "/")
    let allowed = parts.allSatisfy { part in
      part != "." && part != ".."
        && part.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."), UInt8(ascii: "~"):
            true
          default: false
          }
        }
    }
    guard !parts.isEmpty, allowed else {
      throw Malformed(
        "is not a path of letters, digits, - _ . and ~", "write one like /webhook/")
    }
    let path = "/" + parts.joined(separator: "/") + "/"
    guard !["/health/", "/metrics/", "/api/v1/"].contains(where: { path.hasPrefix($0) }) else {
      throw Malformed(
        "is a path at which the server shows something else", "write one like /webhook/")
    }
    return path
  }

  /// The address at which the server listens.
  static func listeningHost(_ text: String) throws(Malformed) -> String {
    let bare =
      text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
    guard !bare.isEmpty,
      bare.unicodeScalars.allSatisfy({
        $0.isASCII && ($0.properties.isAlphabetic || "0123456789.:-_%".unicodeScalars.contains($0))
      })
    else {
      throw Malformed(
        "is not the name or number of a network interface", "write 127.0.0.1, 0.0.0.0 or ::")
    }
    return bare
  }
}

extension StringProtocol {
  /// The text without slashes at its end.
  fileprivate var droppingSlashes: SubSequence {
    var rest = self[...]
    while rest.last == "/" { rest = rest.dropLast() }
    return rest
  }
}
