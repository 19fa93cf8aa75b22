internal import Foundation

/// Runs blocking code on a thread of its own, so that it never holds one of the few threads on
/// which tasks run.
func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
  await withCheckedContinuation { continuation in
    Thread { continuation.resume(returning: work()) }.start()
  }
}

/// A TCP connection without any manners; every call blocks.
final class RawConnection: Sendable {
  let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Connects to a port of this machine.
  init?(port: Int) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port)
    let connected = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { return nil }
  }

  /// Writes everything; false when the peer is gone.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { raw in
        unsafe send(descriptor, raw.baseAddress, raw.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  @discardableResult
  func write(_ text: String) -> Bool { write(Array(text.utf8)) }

  /// Writes once; negative when nothing could be written in time or at all.
  func writeSome(_ bytes: [UInt8]) -> Int {
    unsafe bytes.withUnsafeBytes { raw in
      unsafe send(descriptor, raw.baseAddress, raw.count, Int32(MSG_NOSIGNAL))
    }
  }

  /// Bounds how long a write waits; 0 waits for ever.
  func setWriteTimeout(milliseconds: Int) {
    var time = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  /// Says that nothing more will be written.
  func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Reads once; empty at the end, nil when nothing came in `milliseconds` (0 waits for ever).
  func read(milliseconds: Int = 0) -> [UInt8]? {
    var time = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    var space = [UInt8](repeating: 0, count: 64 << 10)
    let count = unsafe space.withUnsafeMutableBytes { raw in
      unsafe recv(descriptor, raw.baseAddress, raw.count, 0)
    }
    if count < 0 { return errno == EAGAIN ? nil : [] }
    return Array(space.prefix(count))
  }

  /// Waits for the peer to leave, without reading; true when it has not in that time.
  func isOpen(milliseconds: Int) -> Bool {
    // POLLRDHUP of <poll.h>, which Swift does not see.
    var watch = pollfd(fd: descriptor, events: 0x2000, revents: 0)
    return unsafe poll(&watch, 1, Int32(milliseconds)) == 0
  }

  /// Reads until `text` has come, or the end; at most a few seconds.
  func read(until text: String) -> String {
    var got: [UInt8] = []
    while !String(decoding: got, as: UTF8.self).contains(text) {
      guard let more = read(milliseconds: 30_000), !more.isEmpty else { break }
      got += more
    }
    return String(decoding: got, as: UTF8.self)
  }

  /// Reads to the end.
  func readToEnd() -> String {
    var got: [UInt8] = []
    while let more = read(milliseconds: 30_000), !more.isEmpty { got += more }
    return String(decoding: got, as: UTF8.self)
  }

  /// Reads one request with a body of known length; nil when the peer is gone first.
  func readRequest() -> String? {
    var got: [UInt8] = []
    while true {
      let text = String(decoding: got, as: UTF8.self)
      if let end = text.range(of: "\r\n\r\n") {
        let length =
          text.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
          .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
        if text[end.upperBound...].utf8.count >= length { return text }
      }
      guard let more = read(milliseconds: 30_000), !more.isEmpty else { return nil }
      got += more
    }
  }

  /// Waits until the peer has closed; false when it has not after a few seconds.
  func waitForEnd() -> Bool {
    while let bytes = read(milliseconds: 30_000) {
      if bytes.isEmpty { return true }
    }
    return false
  }
}

func loopback(_ port: Int) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = in_port_t(port).bigEndian
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  return address
}
