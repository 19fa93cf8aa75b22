internal import Foundation
internal import TelegramTypes

/// JSON both ways. The coders are shared: Foundation's are `Sendable`, and each call of theirs works
/// on a state of its own.
enum Wire {
  private static let decoder = JSONDecoder()
  private static let encoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return encoder
  }()

  static func decode<Value: Decodable>(_: Value.Type, from bytes: [UInt8]) throws -> Value {
    try decoder.decode(Value.self, from: Data(bytes))
  }

  static func encode(_ value: some Encodable) throws -> [UInt8] {
    Array(try encoder.encode(value))
  }

  /// The answer in a body that says `"ok":false`; nil when it is not one of the Bot API.
  static func errorAnswer(_ body: [UInt8]) -> TelegramResponse<Bool>? {
    guard let answer = try? decode(TelegramResponse<Bool>.self, from: body), !answer.ok else {
      return nil
    }
    return answer
  }
}
