/// Writes JSON text by appending to its end, for bodies of a known shape that are made for every
/// message. `docs/decisions/0007-json-writer.md` says what it saves.
///
/// Commas come by themselves. That objects and arrays are closed, and that each key is followed by
/// one value, is left to the caller.
package struct JSONWriter: Sendable {
  /// What has been written, UTF-8.
  package private(set) var bytes: [UInt8] = []

  /// Makes a writer with room for so many bytes before it must grow.
  package init(reserving capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Opens an object.
  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  /// Closes the innermost object.
  package mutating func endObject() { bytes.append(UInt8(ascii: "}")) }
  /// Opens an array.
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  /// Closes the innermost array.
  package mutating func endArray() { bytes.append(UInt8(ascii: "]")) }

  /// Writes the key of the next value; nothing in it may need an escape.
  package mutating func key(_ key: String) {
    open(UInt8(ascii: "\""))
    bytes.append(contentsOf: key.utf8)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  /// Writes a string: escapes what JSON demands, and leaves all else, slashes too, as it is.
  package mutating func string(_ value: String) {
    open(UInt8(ascii: "\""))
    escape(value)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes a whole number.
  package mutating func integer(_ value: Int64) {
    separate()
    bytes.append(contentsOf: String(value).utf8)
  }

  /// Writes a whole number that may be beyond `Int64`.
  package mutating func unsigned(_ value: UInt64) {
    separate()
    bytes.append(contentsOf: String(value).utf8)
  }

  /// Writes `true` or `false`.
  package mutating func boolean(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  private mutating func open(_ byte: UInt8) {
    separate()
    bytes.append(byte)
  }

  /// A comma, unless something has just been opened: the last byte tells, since a string ends with a
  /// quotation mark whatever it holds.
  private mutating func separate() {
    switch bytes.last {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): return
    default: bytes.append(UInt8(ascii: ","))
    }
  }

  /// Copies the stretches between what must be escaped as a whole.
  private mutating func escape(_ value: String) {
    let text = value.utf8
    let span = text.span
    var start = 0
    var from = text.startIndex
    for at in span.indices {
      let byte = span[at]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        continue
      }
      let here = text.index(from, offsetBy: at - start)
      if at > start { bytes.append(contentsOf: text[from..<here]) }
      appendEscape(byte)
      start = at + 1
      from = text.index(after: here)
    }
    if start == 0 {
      bytes.append(contentsOf: text)
    } else {
      bytes.append(contentsOf: text[from...])
    }
  }

  private mutating func appendEscape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0..<0x20:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(Self.digit(byte >> 4))
      bytes.append(Self.digit(byte & 15))
    default: bytes.append(byte)
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

extension JSONWriter {
  /// Writes a member that is a string; nil is left out.
  package mutating func member(_ name: String, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }

  /// Writes a member that is a whole number; nil is left out.
  package mutating func member(_ name: String, _ value: Int64?) {
    guard let value else { return }
    key(name)
    integer(value)
  }

  /// Writes a member that is a whole number; nil is left out.
  package mutating func member(_ name: String, _ value: Int?) {
    member(name, value.map(Int64.init))
  }

  /// Writes a member that is `true` or `false`; nil is left out.
  package mutating func member(_ name: String, _ value: Bool?) {
    guard let value else { return }
    key(name)
    boolean(value)
  }
}
