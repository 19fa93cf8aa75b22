/// A value whose stored form is written by hand: the JSON that `Codable` describes, so that
/// `JSONDecoder` reads it. `JSONEncoder` gives the same at many times the cost.
protocol StoredJSON {
  func write(to json: inout JSONWriter)
}

/// Appends JSON to bytes.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  /// Whether something stands before, in the same object or array.
  private var needsComma = false

  init() { bytes.reserveCapacity(768) }

  /// A member of the object that is being written; nil is left out.
  mutating func member(_ key: StaticString, _ value: (some StoredJSON)?) {
    guard let value else { return }
    self.key(key)
    value.write(to: &self)
  }

  /// An object.
  mutating func object(_ members: (inout JSONWriter) -> Void) {
    enclose("{", "}", members)
  }

  /// A case of an enumeration with its values; one without a label has its number for a key.
  mutating func `case`(_ name: StaticString, _ values: (inout JSONWriter) -> Void = { _ in }) {
    object { json in
      json.key(name)
      json.object(values)
    }
  }

  /// An array.
  mutating func array(_ elements: (inout JSONWriter) -> Void) {
    enclose("[", "]", elements)
  }

  /// An element of the array that is being written.
  mutating func element(_ value: some StoredJSON) {
    separate()
    value.write(to: &self)
  }

  mutating func bool(_ value: Bool) {
    literal(value ? "true" : "false")
  }

  mutating func number(_ value: some FixedWidthInteger) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = UInt64(value.magnitude)
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// A string: quotation marks, backslashes and control characters are escaped (RFC 8259, 7).
  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for unsafe(index, byte) in unsafe utf8.enumerated() where Self.isEscaped(byte) {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
        escape(byte)
        start = index + 1
      }
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\n"): literal("\\n")
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    default:
      literal(byte < 0x10 ? "\\u000" : "\\u001")
      let digit = byte & 0xF
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  private mutating func key(_ key: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    literal(key)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func literal(_ text: StaticString) {
    text.withUTF8Buffer { utf8 in unsafe bytes.append(contentsOf: utf8) }
  }

  private mutating func enclose(
    _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ content: (inout JSONWriter) -> Void
  ) {
    bytes.append(UInt8(ascii: opening))
    needsComma = false
    content(&self)
    needsComma = true
    bytes.append(UInt8(ascii: closing))
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }
}

extension Bool: StoredJSON {
  func write(to json: inout JSONWriter) { json.bool(self) }
}

extension StoredJSON where Self: FixedWidthInteger {
  func write(to json: inout JSONWriter) { json.number(self) }
}

extension Int: StoredJSON {}
extension Int64: StoredJSON {}
extension UInt64: StoredJSON {}

extension String: StoredJSON {
  func write(to json: inout JSONWriter) { json.string(self) }
}

extension StoredJSON where Self: RawRepresentable, RawValue == String {
  func write(to json: inout JSONWriter) { json.string(rawValue) }
}

extension Array: StoredJSON where Element: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.array { json in
      for element in self { json.element(element) }
    }
  }
}
