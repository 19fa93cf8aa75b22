/// Finds the parts of a JSON text without reading their values: where an update begins and ends,
/// where its id stands. One update that cannot be read thus does not hide its neighbours.
///
/// It trusts nothing: for a text that is not JSON it finds nothing, or stops.
struct JSONScanner {
  /// A stretch of the text that holds one value.
  typealias Part = Range<Int>

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The whole text, without white space around it.
  var whole: Part { skipSpace(0)..<bytes.count }

  /// The value of a member of the object in `part`; nil when there is none, or no object.
  func member(_ name: StaticString, of part: Part) -> Part? {
    var found: Part?
    members(of: part) { key, value in
      guard isName(key, name) else { return true }
      found = value
      return false
    }
    return found
  }

  /// The values of the array in `part`; nil when it is no array or does not end.
  func elements(of part: Part) -> [Part]? {
    guard part.lowerBound < part.upperBound, bytes[part.lowerBound] == UInt8(ascii: "[") else {
      return nil
    }
    var elements: [Part] = []
    var at = skipSpace(part.lowerBound + 1)
    while at < part.upperBound {
      if bytes[at] == UInt8(ascii: "]") { return elements }
      guard let end = endOfValue(at) else { return nil }
      elements.append(at..<end)
      at = skipSpace(end)
      guard at < part.upperBound else { return nil }
      if bytes[at] == UInt8(ascii: ",") { at = skipSpace(at + 1) }
    }
    return nil
  }

  /// The whole number in `part`.
  func integer(in part: Part) -> Int64? {
    guard part.count <= 20 else { return nil }
    return Int64(String(decoding: bytes[part], as: UTF8.self))
  }

  /// Whether `part` is `true`.
  func isTrue(_ part: Part) -> Bool { bytes[part].elementsEqual("true".utf8) }

  /// The bytes of `part`.
  func text(of part: Part) -> [UInt8] { Array(bytes[part]) }

  private func members(of part: Part, _ visit: (_ key: Part, _ value: Part) -> Bool) {
    guard part.lowerBound < part.upperBound, bytes[part.lowerBound] == UInt8(ascii: "{") else {
      return
    }
    var at = skipSpace(part.lowerBound + 1)
    while at < part.upperBound, bytes[at] == UInt8(ascii: "\"") {
      guard let keyEnd = endOfString(at) else { return }
      let colon = skipSpace(keyEnd)
      guard colon < part.upperBound, bytes[colon] == UInt8(ascii: ":") else { return }
      let start = skipSpace(colon + 1)
      guard let end = endOfValue(start) else { return }
      guard visit(at + 1..<keyEnd - 1, start..<end) else { return }
      at = skipSpace(end)
      guard at < part.upperBound, bytes[at] == UInt8(ascii: ",") else { return }
      at = skipSpace(at + 1)
    }
  }

  private func isName(_ key: Part, _ name: StaticString) -> Bool {
    let name = name.description.utf8
    return key.count == name.count && bytes[key].elementsEqual(name)
  }

  private func skipSpace(_ from: Int) -> Int {
    var at = from
    while at < bytes.count, bytes[at] <= 32 { at += 1 }
    return at
  }

  private func endOfString(_ quote: Int) -> Int? {
    var at = quote + 1
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\\"): at += 2
      case UInt8(ascii: "\""): return at + 1
      default: at += 1
      }
    }
    return nil
  }

  private func endOfValue(_ start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    switch bytes[start] {
    case UInt8(ascii: "\""): return endOfString(start)
    case UInt8(ascii: "{"), UInt8(ascii: "["): return endOfNested(start)
    default: return endOfBareWord(start)
    }
  }

  private func endOfNested(_ start: Int) -> Int? {
    var depth = 0
    var at = start
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        guard let end = endOfString(at) else { return nil }
        at = end
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return at + 1 }
      default: break
      }
      at += 1
    }
    return nil
  }

  /// Numbers, `true`, `false`, `null`.
  private func endOfBareWord(_ start: Int) -> Int? {
    var at = start
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0...32:
        return at > start ? at : nil
      default: at += 1
      }
    }
    return at
  }
}
