internal import CLinux
internal import Foundation

/// A TCP connection that carries HTTP/1.1 messages one after another.
class Connection: Endpoint {
  let descriptor: Int32
  let reactor: Reactor
  private(set) var isOpen = true
  private var input: [UInt8] = []
  private var output: [UInt8] = []
  private var sent = 0

  private static let readSize = 256 << 10
  nonisolated(unsafe) private static let space = UnsafeMutableRawPointer.allocate(
    byteCount: readSize, alignment: 16)

  init(_ descriptor: Int32, _ reactor: Reactor) {
    self.descriptor = descriptor
    self.reactor = reactor
    var on: Int32 = 1
    unsafe setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    reactor.watch(self)
  }

  deinit { if isOpen { close(descriptor) } }

  /// A whole message has come.
  func received(_ message: HTTPFrame, _ bytes: UnsafeRawBufferPointer) {}

  /// The other side has closed the connection.
  func closed() {}

  func ready(_ events: UInt32) {
    if events & EPOLLOUT.rawValue != 0 { flush() }
    if events & ~EPOLLOUT.rawValue != 0 { read() }
  }

  /// Sends bytes, at once as far as the socket takes them.
  func write(_ bytes: [UInt8]) {
    guard isOpen else { return }
    guard output.isEmpty else {
      output += bytes
      return
    }
    let count = unsafe bytes.withUnsafeBytes {
      unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    if count == bytes.count { return }
    if count < 0, errno != EAGAIN { return shut() }
    output = Array(bytes[max(0, count)...])
    sent = 0
    reactor.watch(self, forOutput: true)
  }

  /// Closes the connection.
  func shut() {
    guard isOpen else { return }
    isOpen = false
    reactor.forget(self)
    close(descriptor)
    closed()
  }

  private func flush() {
    let count = unsafe output.withUnsafeBytes {
      unsafe send(
        descriptor, $0.baseAddress.map { unsafe $0 + sent }, $0.count - sent,
        Int32(MSG_NOSIGNAL))
    }
    guard count > 0 else { return }
    sent += count
    guard sent == output.count else { return }
    output = []
    reactor.watch(self)
  }

  private func read() {
    let count = unsafe recv(descriptor, Self.space, Self.readSize, 0)
    if count < 0, errno == EAGAIN || errno == EINTR { return }
    guard count > 0 else { return shut() }
    let piece = unsafe UnsafeRawBufferPointer(start: Self.space, count: count)
    guard !input.isEmpty else {
      let used = unsafe take(piece)
      if used < count, isOpen { unsafe input.append(contentsOf: piece[used...]) }
      return
    }
    unsafe input.append(contentsOf: piece)
    let whole = input
    let used = unsafe whole.withUnsafeBytes { unsafe take($0) }
    input = used == whole.count ? [] : Array(whole[used...])
  }

  /// Takes the whole messages in the bytes; how many bytes they were.
  private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    var used = 0
    while isOpen, used < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[used...])
      guard let frame = unsafe HTTPFrame(rest) else { break }
      used += frame.end
      unsafe received(frame, rest)
    }
    return used
  }
}

/// Where the parts of an HTTP/1.1 message with a plain body stand in its bytes.
struct HTTPFrame {
  /// The first line, without its end.
  let line: Range<Int>
  /// The body.
  let body: Range<Int>

  /// Where the message ends.
  var end: Int { body.upperBound }

  /// The message at the beginning of the bytes; nil while it is not complete.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let head = unsafe bytes.firstRange(of: "\r\n\r\n")?.lowerBound,
      let line = unsafe bytes.firstRange(of: "\r\n")?.lowerBound
    else { return nil }
    var length = 0
    var start = line + 2
    while start < head {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<(head + 2)])
      let end = unsafe rest.firstRange(of: "\r\n")?.lowerBound ?? rest.count
      if unsafe rest.hasName("content-length:") {
        length = unsafe rest.number(at: "content-length:".utf8.count, before: end)
      }
      precondition(
        unsafe !rest.hasName("transfer-encoding:"), "the stand-ins take no chunked bodies")
      start += end + 2
    }
    guard bytes.count >= head + 4 + length else { return nil }
    self.line = 0..<line
    body = (head + 4)..<(head + 4 + length)
  }
}

extension UnsafeRawBufferPointer {
  /// The first place of a short text.
  func firstRange(of text: StaticString) -> Range<Int>? {
    guard let start = baseAddress,
      let found = unsafe memmem(start, count, text.utf8Start, text.utf8CodeUnitCount)
    else { return nil }
    let place = unsafe UnsafeRawPointer(found) - start
    return place..<(place + text.utf8CodeUnitCount)
  }

  /// The last place of a short text.
  func lastRange(of text: StaticString) -> Range<Int>? {
    let length = text.utf8CodeUnitCount
    guard let start = baseAddress, count >= length else { return nil }
    var place = count - length
    while place >= 0 {
      if unsafe memcmp(start + place, text.utf8Start, length) == 0 {
        return place..<(place + length)
      }
      place -= 1
    }
    return nil
  }

  /// Whether a header line begins with this name, written here in lower case.
  fileprivate func hasName(_ name: StaticString) -> Bool {
    guard count >= name.utf8CodeUnitCount else { return false }
    for index in 0..<name.utf8CodeUnitCount
    where unsafe self[index] | 0x20 != name.utf8Start[index] | 0x20 {
      return false
    }
    return true
  }

  /// The number whose digits are the first from a place.
  func number(at place: Int, before end: Int? = nil) -> Int {
    var index = place
    let end = end ?? count
    var number = 0
    while index < end, unsafe !(48...57).contains(self[index]) { index += 1 }
    while index < end, unsafe (48...57).contains(self[index]) {
      number = unsafe number * 10 + Int(self[index] - 48)
      index += 1
    }
    return number
  }
}
