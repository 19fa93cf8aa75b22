internal import Foundation
internal import Gateways

/// Takes a multipart form apart.
enum MultipartReader {
  static func parts(of request: HTTPServerRequest) -> [HTTPRequest.Part] {
    guard let boundary = request.headers["Content-Type"]?.components(separatedBy: "boundary=").last
    else { return [] }
    let body = Data(request.body)
    let separator = Data("--\(boundary)".utf8)
    var parts: [HTTPRequest.Part] = []
    var start = body.range(of: separator)?.upperBound
    while let from = start, let next = body.range(of: separator, in: from..<body.endIndex) {
      // Each part stands between two line breaks.
      if let part = part(body[(from + 2)..<(next.lowerBound - 2)]) { parts.append(part) }
      start = next.upperBound
    }
    return parts
  }

  private static func part(_ data: Data) -> HTTPRequest.Part? {
    guard let gap = data.range(of: Data("\r\n\r\n".utf8)) else { return nil }
    let head = String(decoding: data[..<gap.lowerBound], as: UTF8.self)
    func value(after key: String, until end: String) -> String? {
      guard let start = head.range(of: key)?.upperBound else { return nil }
      return head[start...].components(separatedBy: end).first
    }
    return HTTPRequest.Part(
      name: value(after: "; name=\"", until: "\"") ?? "",
      fileName: value(after: "filename=\"", until: "\""),
      contentType: value(after: "Content-Type: ", until: "\r\n"),
      bytes: Array(data[gap.upperBound...]))
  }
}
