internal import Foundation

/// A listening TCP socket.
struct ListenSocket {
  let descriptor: Int32
  let port: Int

  private static let backlog: Int32 = 1024

  init(host: String, port: Int) throws(HTTPServerError) {
    guard (0...65_535).contains(port) else { throw HTTPServerError(.address) }
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0, let found = unsafe list else {
      throw HTTPServerError(.address)
    }
    defer { unsafe freeaddrinfo(list) }
    let address = unsafe found.pointee
    descriptor = unsafe socket(
      address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), address.ai_protocol)
    guard descriptor >= 0 else { throw HTTPServerError(.resources, errno: errno) }
    var yes: Int32 = 1
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard unsafe bind(descriptor, address.ai_addr, address.ai_addrlen) == 0,
      listen(descriptor, Self.backlog) == 0,
      let bound = Self.port(of: descriptor)
    else {
      let error = Self.error(errno)
      close(descriptor)
      throw error
    }
    self.port = bound
  }

  private static func error(_ number: Int32) -> HTTPServerError {
    switch number {
    case EADDRINUSE: HTTPServerError(.portTaken, errno: number)
    case EACCES, EPERM: HTTPServerError(.forbidden, errno: number)
    case EADDRNOTAVAIL: HTTPServerError(.address, errno: number)
    default: HTTPServerError(.resources, errno: number)
    }
  }

  private static func port(of descriptor: Int32) -> Int? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
        let generic = unsafe UnsafeMutableRawPointer(address).assumingMemoryBound(to: sockaddr.self)
        guard unsafe getsockname(descriptor, generic, &length) == 0 else { return nil }
        // The port stands at the same place in both families' addresses.
        return unsafe Int(UInt16(bigEndian: address.pointee.sin6_port))
      }
    }
  }
}
