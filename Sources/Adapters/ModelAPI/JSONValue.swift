internal import Foundation

/// JSON of a shape that is not known beforehand.
enum JSONValue: Decodable, Equatable {
  case string(String)
  case number(Double)
  case bool(Bool)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Null counts as a value of its own nowhere, so it becomes the empty object.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .object([:])
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// Reads JSON text; nil when it is none.
  init?(_ bytes: [UInt8]) {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
      return nil
    }
    self = value
  }

  /// The member of an object.
  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The text of a string.
  var string: String? { if case .string(let value) = self { value } else { nil } }

  /// The elements of an array.
  var elements: [JSONValue]? { if case .array(let values) = self { values } else { nil } }

  /// A string or a whole number as text, as services write codes.
  var word: String? {
    switch self {
    case .string(let value): value
    case .number(let value): Int(exactly: value).map { String($0) }
    case .bool, .array, .object: nil
    }
  }
}
