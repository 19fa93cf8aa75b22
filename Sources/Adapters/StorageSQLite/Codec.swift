internal import Foundation
internal import Platform
internal import Storage

/// Turns values into the JSON that is stored, and back. The decoder only ever reads its settings,
/// so one serves all threads.
enum Codec {
  private static let decoder = JSONDecoder()

  /// The JSON of a value.
  static func encode(_ value: some StoredJSON) -> Data {
    var json = JSONWriter(reserving: 768)
    value.write(to: &json)
    return Data(json.bytes)
  }

  /// The value of a JSON, or nil when it is none of this type: written by another version of the
  /// program, or damaged. The decoder's own words are left out, for they may repeat the content.
  static func decode<T: Decodable>(_ type: T.Type, _ json: Data) -> T? {
    try? decoder.decode(type, from: json)
  }
}

/// A value as the database gave it: still at hand, or as JSON for the caller to decode, so that
/// decoding does not hold up the thread of the database.
enum Stored<Element: Decodable & Sendable>: Sendable {
  case value(Element)
  case json(Data)

  /// The value, or nil when the JSON can't be understood.
  var decoded: Element? {
    switch self {
    case .value(let value): value
    case .json(let json): Codec.decode(Element.self, json)
    }
  }
}
