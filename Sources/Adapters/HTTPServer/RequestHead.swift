internal import CMicroHTTPD
internal import Foundation
internal import Gateways

/// Reads the head of a request from libmicrohttpd.
enum RequestHead {
  /// The head as routes see it; the body is empty.
  static func read(
    _ connection: OpaquePointer, url: UnsafePointer<CChar>, method: UnsafePointer<CChar>
  ) -> HTTPServerRequest {
    unsafe HTTPServerRequest(
      method: String(cString: method),
      path: decoded(UnsafeRawBufferPointer(start: url, count: strlen(url))),
      query: fields(connection, .GET_ARGUMENT_KIND).map { (decoded($0.utf8), decoded($1.utf8)) },
      headers: fields(connection, .HEADER_KIND).map { HTTPHeader($0, $1) })
  }

  private final class Fields {
    var list: [(String, String)] = []
  }

  private static func fields(_ connection: OpaquePointer, _ kind: MHD_ValueKind) -> [(
    String, String
  )] {
    let fields = Fields()
    unsafe MHD_get_connection_values_n(
      connection, kind,
      { context, _, name, nameLength, value, valueLength in
        guard let context = unsafe context else { return .NO }
        let name = unsafe UnsafeRawBufferPointer(start: name, count: nameLength)
        let value = unsafe UnsafeRawBufferPointer(start: value, count: valueLength)
        unsafe Unmanaged<Fields>.fromOpaque(context).takeUnretainedValue().list.append(
          (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
        return .YES
      }, Unmanaged.passUnretained(fields).toOpaque())
    return fields.list
  }

  /// Percent-decodes; a sequence that is none stays as it is.
  static func decoded(_ bytes: some Collection<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "%")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2).compactMap(\.hexValue)
      if byte == UInt8(ascii: "%"), digits.count == 2 {
        result.append(digits[0] << 4 | digits[1])
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var hexValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
