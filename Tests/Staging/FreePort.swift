internal import Foundation

/// A port that nobody listens on just now.
package enum FreePort {
  /// Asks the system for one.
  package static func find() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    unsafe address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in
        unsafe bind(descriptor, rebound, length) == 0
          && getsockname(descriptor, rebound, &length) == 0
      }
    }
    guard bound else { throw NeverHappened(what: "a free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
