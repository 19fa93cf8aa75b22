internal import Foundation
internal import Synchronization

/// A server that does to each connection what a test says, on a thread per connection.
final class RawServer: Sendable {
  let port: Int
  private let listening: Int32
  private let accepted = Atomic(0)

  /// How many connections have been accepted.
  var connections: Int { accepted.load(ordering: .relaxed) }

  /// `script` gets the connection and its number, from 0.
  init(_ script: @escaping @Sendable (RawConnection, Int) -> Void) {
    listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    port = unsafe withUnsafeMutablePointer(to: &address) { [listening] pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(listening, generic, length)
        unsafe getsockname(listening, generic, &length)
      }
      return unsafe Int(UInt16(bigEndian: pointer.pointee.sin_port))
    }
    listen(listening, 64)
    Thread { [weak self, listening] in
      while true {
        let descriptor = accept(listening, nil, nil)
        guard descriptor >= 0 else { return }
        let number = self?.accepted.add(1, ordering: .relaxed).oldValue ?? 0
        let connection = RawConnection(descriptor)
        Thread { script(connection, number) }.start()
      }
    }.start()
  }

  deinit {
    shutdown(listening, Int32(SHUT_RDWR))
    close(listening)
  }
}

/// An answer with a body of known length.
func answer(_ body: String, status: String = "200 OK", headers: String = "") -> String {
  "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
}
