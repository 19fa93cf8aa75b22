/// The name of any field of a JSON object, for objects whose fields are not all known.
struct FieldName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// What stands for an object whose content is not carried.
struct EmptyObject: Codable {}

extension DecodingError {
  /// The error for an object that lacks a field without which it cannot be used.
  static func missing(_ name: String, in decoder: any Decoder) -> DecodingError {
    .keyNotFound(
      FieldName(name),
      Context(codingPath: decoder.codingPath, debugDescription: "required field is missing"))
  }
}
