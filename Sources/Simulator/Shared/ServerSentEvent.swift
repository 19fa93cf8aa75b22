/// The framing of server-sent events (the WHATWG HTML standard, section 9.2).
enum ServerSentEvent {
  /// A line that keeps the connection open and says nothing.
  static let keepAlive = Array(": keep-alive\n\n".utf8)

  /// Frames one event. `data` must not hold line breaks; JSON texts written by the encoder do not.
  static func frame(id: Int64? = nil, data: [UInt8]) -> [UInt8] {
    var frame: [UInt8] = []
    frame.reserveCapacity(data.count + 32)
    if let id { frame += Array("id: \(id)\n".utf8) }
    frame += Array("data: ".utf8)
    frame += data
    frame += [UInt8(ascii: "\n"), UInt8(ascii: "\n")]
    return frame
  }
}
