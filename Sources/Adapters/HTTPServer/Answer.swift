internal import CMicroHTTPD
internal import Foundation
internal import Gateways

/// Hands answers to libmicrohttpd.
enum Answer {
  /// How much of a stream is asked for at a time, in bytes.
  private static let blockSize = 4 << 10

  /// Queues an answer whose body is there.
  static func queue(_ response: HTTPServerResponse, on connection: OpaquePointer, bytes: [UInt8])
    -> MHD_Result
  {
    let made = unsafe bytes.withUnsafeBytes { raw in
      unsafe MHD_create_response_from_buffer(
        raw.count, UnsafeMutableRawPointer(mutating: raw.baseAddress), .RESPMEM_MUST_COPY)
    }
    return unsafe queue(response, made, on: connection)
  }

  /// Queues an answer whose body is a stream.
  static func queue(
    _ response: HTTPServerResponse, on connection: OpaquePointer, stream: ResponseStream
  ) -> MHD_Result {
    let context = unsafe Unmanaged.passRetained(stream).toOpaque()
    let made = unsafe MHD_create_response_from_callback(
      UInt64.max, blockSize,
      { context, _, space, size in
        guard let context = unsafe context else { return -1 }
        let stream = unsafe Unmanaged<ResponseStream>.fromOpaque(context).takeUnretainedValue()
        return unsafe stream.read(into: UnsafeMutableRawBufferPointer(start: space, count: size))
      }, context,
      { context in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<ResponseStream>.fromOpaque(context).release()
      })
    guard let made = unsafe made else {
      unsafe Unmanaged<ResponseStream>.fromOpaque(context).release()
      return .NO
    }
    return unsafe queue(response, made, on: connection)
  }

  private static func queue(
    _ response: HTTPServerResponse, _ made: OpaquePointer?, on connection: OpaquePointer
  ) -> MHD_Result {
    guard let made = unsafe made else { return .NO }
    defer { unsafe MHD_destroy_response(made) }
    unsafe MHD_add_response_header(made, "X-Content-Type-Options", "nosniff")
    for header in response.headers {
      guard unsafe MHD_add_response_header(made, header.name, header.value) == .YES else {
        return .NO
      }
    }
    return unsafe MHD_queue_response(connection, UInt32(clamping: response.status), made)
  }
}
