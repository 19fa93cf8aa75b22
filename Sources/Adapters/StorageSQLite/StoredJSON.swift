internal import Platform

/// A value whose stored form is written by hand: the JSON that `Codable` describes, so that
/// `JSONDecoder` reads it. `JSONEncoder` gives the same at many times the cost.
protocol StoredJSON {
  func write(to json: inout JSONWriter)
}

extension JSONWriter {
  /// A member of the object that is being written; nil is left out.
  mutating func member(_ name: String, _ value: (some StoredJSON)?) {
    guard let value else { return }
    key(name)
    value.write(to: &self)
  }

  /// An object.
  mutating func object(_ members: (inout JSONWriter) -> Void) {
    beginObject()
    members(&self)
    endObject()
  }

  /// A case of an enumeration with its values; one without a label has its number for a key.
  mutating func `case`(_ name: String, _ values: (inout JSONWriter) -> Void = { _ in }) {
    object { json in
      json.key(name)
      json.object(values)
    }
  }

  /// An array.
  mutating func array(_ elements: (inout JSONWriter) -> Void) {
    beginArray()
    elements(&self)
    endArray()
  }
}

extension Bool: StoredJSON {
  func write(to json: inout JSONWriter) { json.boolean(self) }
}

extension Int: StoredJSON {
  func write(to json: inout JSONWriter) { json.integer(Int64(self)) }
}

extension Int64: StoredJSON {
  func write(to json: inout JSONWriter) { json.integer(self) }
}

extension UInt64: StoredJSON {
  func write(to json: inout JSONWriter) { json.unsigned(self) }
}

extension String: StoredJSON {
  func write(to json: inout JSONWriter) { json.string(self) }
}

extension StoredJSON where Self: RawRepresentable, RawValue == String {
  func write(to json: inout JSONWriter) { json.string(rawValue) }
}

extension Array: StoredJSON where Element: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.array { json in
      for element in self { element.write(to: &json) }
    }
  }
}
