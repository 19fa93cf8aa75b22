internal import Foundation
internal import Gateways

/// What takes the events of a stream.
protocol EventSink {
  /// A comment, which services send to keep the connection alive.
  mutating func comment()

  /// Takes the data of an event, or of its first line.
  ///
  /// Returns false when it can't be understood as it is; it may be the first of several lines.
  mutating func accept(_ data: Span<UInt8>) throws(ModelError) -> Bool
}

/// Server-sent events from bytes that may be cut anywhere.
///
/// It differs from the standard where services do: a line of data that makes sense by itself is an
/// event at once, as some services leave out the blank line between two, and the last event needs
/// no blank line after it.
struct EventStreamDecoder {
  /// The beginning of a line whose end has not come yet.
  private var line: [UInt8] = []
  /// The lines of data of an event that makes no sense yet.
  private var held: [UInt8] = []
  private var holdsEvent = false
  /// Whether the last byte was a carriage return, to which a line feed would belong.
  private var endedWithReturn = false
  private var isAtStart = true
  private let limit: Int

  /// Makes a decoder that refuses a line, or an event, of more than `limit` bytes.
  init(limit: Int) { self.limit = limit }

  /// Reads the next bytes.
  mutating func read(_ bytes: [UInt8], into sink: inout some EventSink) throws(ModelError) {
    let span = bytes.span
    var start = 0
    while start < span.count {
      if endedWithReturn, span[start] == .lineFeed {
        endedWithReturn = false
        start += 1
        continue
      }
      endedWithReturn = false
      guard let end = Self.endOfLine(span, from: start) else { break }
      endedWithReturn = span[end] == .carriageReturn
      if line.isEmpty {
        try take(span.extracting(start..<end), into: &sink)
      } else {
        try grow(&line, by: bytes[start..<end])
        let whole = line
        line = []
        try take(whole.span, into: &sink)
      }
      start = end + 1
    }
    if start < span.count { try grow(&line, by: bytes[start...]) }
  }

  /// Reads what stands before the end of the bytes without an end of its own. An event that was cut
  /// off is dropped.
  mutating func end(into sink: inout some EventSink) throws(ModelError) {
    let last = line
    line = []
    if !last.isEmpty { try take(last.span, into: &sink) }
    if holdsEvent { _ = try sink.accept(held.span) }
  }

  /// The place of the next line feed or carriage return.
  private static func endOfLine(_ span: Span<UInt8>, from start: Int) -> Int? {
    guard let feed = span.firstIndex(of: .lineFeed, in: start..<span.count) else {
      return span.firstIndex(of: .carriageReturn, in: start..<span.count)
    }
    return span.firstIndex(of: .carriageReturn, in: start..<feed) ?? feed
  }

  private mutating func take(
    _ wholeLine: Span<UInt8>, into sink: inout some EventSink
  ) throws(ModelError) {
    var line = wholeLine
    if isAtStart {
      isAtStart = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.extracting(3..<line.count) }
    }
    if line.isEmpty { return try dispatch(into: &sink) }
    if line[0] == UInt8(ascii: ":") { return sink.comment() }
    guard line.starts(with: Self.field) else { return }
    let isSpaced = line.count > 5 && line[5] == UInt8(ascii: " ")
    let data = line.extracting((isSpaced ? 6 : 5)..<line.count)
    if holdsEvent {
      try grow(&held, by: [.lineFeed])
      try grow(&held, by: data.copied)
    } else if !data.isEmpty, try !sink.accept(data) {
      holdsEvent = true
      try grow(&held, by: data.copied)
    }
  }

  private mutating func dispatch(into sink: inout some EventSink) throws(ModelError) {
    guard holdsEvent else { return }
    let event = held
    held = []
    holdsEvent = false
    guard try sink.accept(event.span) else {
      throw ModelError(.malformed, detail: "event not understood")
    }
  }

  private func grow(
    _ buffer: inout [UInt8], by bytes: some Collection<UInt8>
  ) throws(ModelError) {
    guard buffer.count + bytes.count <= limit else {
      throw ModelError(.malformed, detail: "event too large")
    }
    buffer.append(contentsOf: bytes)
  }

  private static let field = Array("data:".utf8)
}

extension UInt8 {
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
}

extension Span<UInt8> {
  /// Whether the bytes begin with these.
  func starts(with prefix: [UInt8]) -> Bool {
    guard count >= prefix.count else { return false }
    for index in prefix.indices where self[index] != prefix[index] { return false }
    return true
  }

  /// The first place of the byte; the C library looks at many bytes at once.
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    guard !range.isEmpty else { return nil }
    return unsafe extracting(range).withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress,
        let found = unsafe memchr(start, Int32(byte), bytes.count)
      else { return nil }
      return unsafe range.lowerBound + (UnsafeRawPointer(found) - start)
    }
  }

  /// A copy of the bytes.
  var copied: [UInt8] { indices.map { self[$0] } }
}
