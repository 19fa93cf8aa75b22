/// A place in JSON text, moved on by reading.
///
/// Every step is strict, so that what it accepts is JSON; each throws `Unusual` where something else
/// stands, or something that this reader leaves to others. All of it is inlinable: called across
/// modules for every byte that counts, it took twice the time.
package struct JSONCursor {
  /// Not what was expected there, or not JSON.
  package struct Unusual: Error {
    /// Makes the error.
    @inlinable package init() {}
  }

  @usableFromInline var at = 0

  /// The greatest depth of values that are skipped.
  @inlinable static var depthLimit: Int { 16 }

  /// Stands at the beginning, or where a value is known to begin.
  @inlinable package init(at position: Int = 0) { at = position }

  /// How many bytes have been read.
  @inlinable package var position: Int { at }

  @inlinable mutating func space(_ b: Span<UInt8>) {
    while at < b.count {
      switch b[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  /// Moves past the byte if it is the next one after white space.
  @inlinable mutating func take(_ b: Span<UInt8>, _ byte: Unicode.Scalar) -> Bool {
    space(b)
    guard at < b.count, b[at] == UInt8(truncatingIfNeeded: byte.value) else { return false }
    at += 1
    return true
  }

  @inlinable mutating func expect(_ b: Span<UInt8>, _ byte: Unicode.Scalar) throws(Unusual) {
    if !take(b, byte) { throw Unusual() }
  }

  /// Enters an object or array; whether it has anything in it.
  @inlinable package mutating func open(
    _ b: Span<UInt8>, _ opening: Unicode.Scalar, _ closing: Unicode.Scalar
  ) throws(Unusual) -> Bool {
    try expect(b, opening)
    return !take(b, closing)
  }

  /// Moves on inside an object or array: whether another element follows; if not, leaves it.
  @inlinable package mutating func next(_ b: Span<UInt8>, _ closing: Unicode.Scalar) throws(Unusual)
    -> Bool
  {
    if take(b, ",") { return true }
    try expect(b, closing)
    return false
  }

  /// Only white space may follow.
  @inlinable package mutating func end(_ b: Span<UInt8>) throws(Unusual) {
    space(b)
    if at != b.count { throw Unusual() }
  }

  /// Reads a key and its colon.
  @inlinable package mutating func key(_ b: Span<UInt8>) throws(Unusual) -> Range<Int> {
    let key = try string(b)
    try expect(b, ":")
    return key
  }

  /// Reads a string of ASCII without escapes, as keys and codes are; where its content stands.
  @inlinable package mutating func string(_ b: Span<UInt8>) throws(Unusual) -> Range<Int> {
    try expect(b, "\"")
    let start = at
    while at < b.count {
      let byte = b[at]
      if byte == UInt8(ascii: "\"") {
        at += 1
        return start..<(at - 1)
      }
      if byte == UInt8(ascii: "\\") || byte < 0x20 || byte >= 0x80 { throw Unusual() }
      at += 1
    }
    throw Unusual()
  }

  /// Whether the bytes there are these.
  @inlinable package func matches(_ b: Span<UInt8>, _ range: Range<Int>, _ word: String) -> Bool {
    // Most words differ in length already, which costs nothing to see.
    guard range.count == word.utf8.count else { return false }
    let expected = word.utf8.span
    for offset in expected.indices where b[range.lowerBound + offset] != expected[offset] {
      return false
    }
    return true
  }

  /// Moves past `null` if it is the next word.
  @inlinable package mutating func takeNull(_ b: Span<UInt8>) -> Bool {
    space(b)
    guard matches(b, at..<min(at + 4, b.count), "null") else { return false }
    at += 4
    return true
  }

  /// Moves past `null`; anything else is unusual.
  @inlinable package mutating func null(_ b: Span<UInt8>) throws(Unusual) {
    if takeNull(b) { return }
    throw Unusual()
  }

  /// Moves past a minus if it is the next byte; what follows must be a number other than 0.
  @inlinable package mutating func takeMinus(_ b: Span<UInt8>) -> Bool {
    space(b)
    let isMinus = at + 1 < b.count && b[at] == UInt8(ascii: "-")
    guard isMinus, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(b[at + 1]) else { return false }
    at += 1
    return true
  }

  /// Reads a whole number that is not negative.
  @inlinable package mutating func integer(_ b: Span<UInt8>) throws(Unusual) -> Int {
    space(b)
    let start = at
    var value = 0
    while at < b.count, case let digit = b[at] &- UInt8(ascii: "0"), digit < 10, at - start < 16 {
      value = value * 10 + Int(digit)
      at += 1
    }
    let isPlain =
      at > start && (at - start == 1 || b[start] != UInt8(ascii: "0"))
      && at < b.count && Self.endsValue(b[at])
    guard isPlain else { throw Unusual() }
    return value
  }

  @inlinable static func endsValue(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): true
    default: false
    }
  }

  /// Moves past any value.
  @inlinable package mutating func skip(_ b: Span<UInt8>, depth: Int = 0) throws(Unusual) {
    space(b)
    guard at < b.count, depth < Self.depthLimit else { throw Unusual() }
    switch b[at] {
    case UInt8(ascii: "\""): _ = try string(b)
    case UInt8(ascii: "{"):
      var more = try open(b, "{", "}")
      while more {
        _ = try key(b)
        try skip(b, depth: depth + 1)
        more = try next(b, "}")
      }
    case UInt8(ascii: "["):
      var more = try open(b, "[", "]")
      while more {
        try skip(b, depth: depth + 1)
        more = try next(b, "]")
      }
    case UInt8(ascii: "t"): try word(b, "true")
    case UInt8(ascii: "f"): try word(b, "false")
    case UInt8(ascii: "n"): try word(b, "null")
    default: try number(b)
    }
  }

  /// Reads `true` or `false`.
  @inlinable package mutating func boolean(_ b: Span<UInt8>) throws(Unusual) -> Bool {
    space(b)
    guard at < b.count else { throw Unusual() }
    let value = b[at] == UInt8(ascii: "t")
    try word(b, value ? "true" : "false")
    return value
  }

  @inlinable mutating func word(_ b: Span<UInt8>, _ word: String) throws(Unusual) {
    let end = min(at + word.utf8.count, b.count)
    guard matches(b, at..<end, word) else { throw Unusual() }
    at = end
  }

  @inlinable mutating func number(_ b: Span<UInt8>) throws(Unusual) {
    if b[at] == UInt8(ascii: "-") { at += 1 }
    let whole = digits(b)
    guard whole.count > 0, whole.count == 1 || b[whole.lowerBound] != UInt8(ascii: "0") else {
      throw Unusual()
    }
    if at < b.count, b[at] == UInt8(ascii: ".") {
      at += 1
      if digits(b).isEmpty { throw Unusual() }
    }
    if at < b.count, b[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < b.count, b[at] == UInt8(ascii: "+") || b[at] == UInt8(ascii: "-") { at += 1 }
      if digits(b).isEmpty { throw Unusual() }
    }
    guard at < b.count, Self.endsValue(b[at]) else { throw Unusual() }
  }

  @inlinable mutating func digits(_ b: Span<UInt8>) -> Range<Int> {
    let start = at
    while at < b.count, b[at] &- UInt8(ascii: "0") < 10 { at += 1 }
    return start..<at
  }
}

// MARK: - Text

extension JSONCursor {
  /// Reads a string and appends what it means, as UTF-8. What is not Unicode is unusual.
  @inlinable package mutating func string(_ b: Span<UInt8>, appendingTo text: inout [UInt8])
    throws(Unusual)
  {
    try expect(b, "\"")
    let start = at
    var highest: UInt8 = 0
    while at < b.count {
      let byte = b[at]
      if byte == UInt8(ascii: "\"") {
        if highest >= 0x80 { try validate(b.extracting(start..<at)) }
        at += 1
        return
      }
      if byte < 0x20 { throw Unusual() }
      at += 1
      if byte == UInt8(ascii: "\\") {
        try escape(b, &text)
      } else {
        highest |= byte
        text.append(byte)
      }
    }
    throw Unusual()
  }

  @inlinable func validate(_ raw: Span<UInt8>) throws(Unusual) {
    do {
      _ = try UTF8Span(validating: raw)
    } catch {
      throw Unusual()
    }
  }

  @inlinable mutating func escape(_ b: Span<UInt8>, _ text: inout [UInt8]) throws(Unusual) {
    guard at < b.count else { throw Unusual() }
    let byte = b[at]
    at += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "u"): try append(scalar(b), &text)
    default: throw Unusual()
    }
  }

  /// The scalar after `\u`, a surrogate pair included.
  @inlinable mutating func scalar(_ b: Span<UInt8>) throws(Unusual) -> UInt32 {
    let first = try unit(b)
    guard first & 0xF800 == 0xD800 else { return first }
    guard first & 0xFC00 == 0xD800, at + 1 < b.count, b[at] == UInt8(ascii: "\\"),
      b[at + 1] == UInt8(ascii: "u")
    else { throw Unusual() }
    at += 2
    let second = try unit(b)
    guard second & 0xFC00 == 0xDC00 else { throw Unusual() }
    return 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
  }

  @inlinable mutating func unit(_ b: Span<UInt8>) throws(Unusual) -> UInt32 {
    guard at + 4 <= b.count else { throw Unusual() }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Self.hexadecimal(b[at]) else { throw Unusual() }
      value = value << 4 | digit
      at += 1
    }
    return value
  }

  /// The value of a hexadecimal digit; nil when it is none.
  @inlinable package static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  @inlinable func append(_ value: UInt32, _ text: inout [UInt8]) throws(Unusual) {
    guard let scalar = Unicode.Scalar(value) else { throw Unusual() }
    guard let encoded = UTF8.encode(scalar) else { throw Unusual() }
    text.append(contentsOf: encoded)
  }
}
