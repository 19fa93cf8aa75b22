internal import CLinux
internal import Foundation

/// Takes connections on a port of this machine that the system chooses.
final class Listener: Endpoint {
  let descriptor: Int32
  let port: Int
  private let accepted: (Int32) -> Void

  init(_ reactor: Reactor, accepted: @escaping (Int32) -> Void) throws(BenchmarkError) {
    self.accepted = accepted
    let descriptor = Socket.make()
    var address = Socket.address(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe Socket.with(&address) {
      unsafe bind(descriptor, $0, length) == 0 && listen(descriptor, 16_384) == 0
        && getsockname(descriptor, $0, &length) == 0
    }
    self.descriptor = descriptor
    guard isBound else { throw BenchmarkError("no port to listen on") }
    port = Int(UInt16(bigEndian: address.sin_port))
    reactor.watch(self)
  }

  deinit { close(descriptor) }

  func ready(_ events: UInt32) {
    while true {
      let next = accept4(
        descriptor, nil, nil, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
      guard next >= 0 else { return }
      accepted(next)
    }
  }
}

/// The system's calls about sockets of this machine.
enum Socket {
  /// A TCP socket that never blocks.
  static func make() -> Int32 {
    socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
  }

  /// Begins to connect to a port.
  static func connect(to port: Int) -> Int32 {
    let descriptor = make()
    var address = address(port: port)
    _ = unsafe with(&address) {
      unsafe Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
    return descriptor
  }

  /// A port that nobody listens on just now.
  static func freePort() throws(BenchmarkError) -> Int {
    let reactor = try Reactor()
    return try Listener(reactor) { _ in }.port
  }

  static func address(port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    unsafe address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return address
  }

  static func with<T>(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> T
  ) -> T {
    unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0) }
    }
  }
}
