internal import CMicroHTTPD
internal import Foundation

/// libmicrohttpd's daemon: accepts, reads and writes when the server's thread lets it.
@safe final class Daemon: Sendable {
  nonisolated(unsafe) private let daemon: OpaquePointer
  private let core: ServerCore
  /// Readable when the daemon has something to do.
  let descriptor: Int32

  /// Makes a daemon for a listening socket, which then belongs to it.
  init(_ listening: ListenSocket, _ core: ServerCore) throws(HTTPServerError) {
    self.core = core
    let settings = core.settings
    // The memory of a connection holds the head, parsed and unparsed, and a piece of the body.
    let memory = 2 * settings.headerLimitBytes + (8 << 10)
    // The daemon uses the core until `stop`, whoever else lets go of it.
    let held = unsafe Unmanaged.passRetained(core)
    let started = unsafe sb_mhd_start(
      listening.descriptor, onAccess, onCompleted, onConnection, onUnescape, held.toOpaque(),
      UInt32(clamping: settings.connectionLimit),
      UInt32(clamping: settings.connectionLimitPerAddress),
      UInt32(clamping: max(1, Int((settings.idleTimeout / .seconds(1)).rounded(.up)))), memory)
    guard let started = unsafe started else {
      let error = HTTPServerError(.resources, errno: errno)
      close(listening.descriptor)
      unsafe held.release()
      throw error
    }
    unsafe daemon = unsafe started
    descriptor = unsafe sb_mhd_epoll_descriptor(started)
  }

  /// How long the daemon can be left alone, in milliseconds; the maximum means for ever.
  var timeout: Int32 {
    var milliseconds: UInt64 = 0
    guard unsafe MHD_get_timeout(daemon, &milliseconds) == .YES else { return .max }
    return Int32(clamping: milliseconds)
  }

  /// Does what there is to do, without waiting.
  func work() { unsafe MHD_run(daemon) }

  /// Takes no new connections from now on.
  func quiesce() {
    let listening = unsafe MHD_quiesce_daemon(daemon)
    if listening >= 0 { close(listening) }
  }

  /// Closes all connections; the daemon is not used any more. No connection may be suspended.
  func stop() {
    unsafe MHD_stop_daemon(daemon)
    unsafe Unmanaged.passUnretained(core).release()
  }
}

private func onConnection(
  _ context: UnsafeMutableRawPointer?, _ mhd: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ what: MHD_ConnectionNotificationCode
) {
  guard let context = unsafe context, let mhd = unsafe mhd, let slot = unsafe slot else { return }
  let core = unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
  if what == .CONNECTION_NOTIFY_STARTED {
    let connection = unsafe Connection(
      descriptor: sb_mhd_descriptor(mhd), deadline: core.settings.headerDeadline)
    unsafe slot.pointee = Unmanaged.passRetained(connection).toOpaque()
    core.loop.add(connection)
  } else if let held = unsafe slot.pointee {
    unsafe core.loop.remove(Unmanaged<Connection>.fromOpaque(held).takeRetainedValue())
    unsafe slot.pointee = nil
  }
}

private func onAccess(
  _ context: UnsafeMutableRawPointer?, _ mhd: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
  _ size: UnsafeMutablePointer<Int>?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context = unsafe context, let mhd = unsafe mhd, let url = unsafe url,
    let method = unsafe method, let size = unsafe size, let slot = unsafe slot
  else { return .NO }
  if let held = unsafe slot.pointee {
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
    guard unsafe size.pointee > 0 else { return exchange.proceed() }
    let bytes = unsafe UnsafeRawBufferPointer(start: data, count: size.pointee)
    unsafe size.pointee = 0
    return unsafe exchange.receive(bytes) ? .YES : .NO
  }
  guard let socketContext = unsafe sb_mhd_socket_context(mhd) else { return .NO }
  let core = unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
  let connection = unsafe Unmanaged<Connection>.fromOpaque(socketContext).takeUnretainedValue()
  let head = unsafe RequestHead.read(mhd, url: url, method: method)
  let exchange = unsafe Exchange(core, mhd, connection, head)
  unsafe slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
  core.began(exchange)
  return exchange.begin()
}

private func onCompleted(
  _ context: UnsafeMutableRawPointer?, _: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _: MHD_RequestTerminationCode
) {
  guard let context = unsafe context, let held = unsafe slot?.pointee else { return }
  let exchange = unsafe Unmanaged<Exchange>.fromOpaque(held).takeRetainedValue()
  unsafe slot?.pointee = nil
  exchange.completed()
  unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue().ended(exchange)
}

/// Leaves the text as it came: libmicrohttpd would cut it at an escaped null.
private func onUnescape(
  _: UnsafeMutableRawPointer?, _: OpaquePointer?, _ text: UnsafeMutablePointer<CChar>?
) -> Int {
  guard let text = unsafe text else { return 0 }
  return unsafe strlen(text)
}
