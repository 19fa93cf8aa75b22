internal import Gateways

/// Collects the head of an answer from the lines that libcurl hands over.
struct ResponseHead {
  private(set) var status = 0
  private(set) var headers: [HTTPHeader] = []
  /// Whether the last line of the head has come. Fields after it are trailers and are dropped.
  private(set) var isComplete = false
  /// Whether the reader has been told.
  var isReported = false
  private var bytes = 0

  /// The greatest head that is taken, in bytes.
  private static let byteLimit = 64 << 10

  /// Takes a line with its line break; false when the head is too large.
  mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
    guard !isComplete else { return true }
    bytes += line.count
    guard bytes <= Self.byteLimit else { return false }
    let line = unsafe UnsafeRawBufferPointer(rebasing: unsafe line.prefix { !$0.breaksLine })
    if unsafe line.starts(with: "HTTP/".utf8) {
      unsafe begin(line)
    } else if unsafe line.isEmpty {
      // An interim answer (100, 103) is followed by another head.
      isComplete = status >= 200
    } else if let colon = unsafe line.firstIndex(of: UInt8(ascii: ":")) {
      unsafe headers.append(
        HTTPHeader(text(line[..<colon]), text(line[(colon + 1)...])))
    }
    return true
  }

  private mutating func begin(_ line: UnsafeRawBufferPointer) {
    headers = []
    status = 0
    guard let space = unsafe line.firstIndex(of: UInt8(ascii: " ")) else { return }
    status = unsafe Int(text(line[(space + 1)...].prefix(3))) ?? 0
  }

  private func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
    var bytes = unsafe bytes
    while let first = unsafe bytes.first, first.isBlank { unsafe bytes.removeFirst() }
    while let last = unsafe bytes.last, last.isBlank { unsafe bytes.removeLast() }
    return unsafe String(decoding: UnsafeRawBufferPointer(rebasing: bytes), as: UTF8.self)
  }
}

extension UInt8 {
  /// Whether this is a carriage return, a line feed or a null, none of which a field may hold.
  var breaksLine: Bool { self == 0x0d || self == 0x0a || self == 0 }

  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }
}
