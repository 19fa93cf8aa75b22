internal import Foundation

/// A body that a client sends: JSON, and nothing in it that is not known.
protocol RequestBody: Decodable {
  /// The names of its members.
  static var members: [String] { get }
  /// What is wrong with its values; nil when nothing is.
  var fault: String? { get }
}

extension RequestBody {
  /// Reads a body. Throws 400 for what is no JSON, 422 for JSON of another shape.
  static func read(_ bytes: [UInt8]) throws(Problem) -> Self {
    let body: Self
    do {
      body = try JSONDecoder().decode(Self.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw problem(error)
    } catch {
      throw Problem(400, "The body is not JSON.")
    }
    if let fault = body.fault { throw Problem(422, fault) }
    return body
  }

  /// Foundation's own words may quote what was sent, so they are not passed on.
  private static func problem(_ error: DecodingError) -> Problem {
    switch error {
    case .typeMismatch(_, let context) where context.codingPath.isEmpty,
      .valueNotFound(_, let context) where context.codingPath.isEmpty:
      Problem(422, "The body is not an object.")
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      Problem(422, "The member \(name(context.codingPath)) has the wrong type.")
    case .keyNotFound(let key, let context):
      Problem(422, "The member \(name(context.codingPath + [key])) is missing.")
    case .dataCorrupted(let context) where context.underlyingError is UnknownMember:
      Problem(422, "The member \(name(context.codingPath)) is unknown.")
    case .dataCorrupted: Problem(400, "The body is not JSON.")
    @unknown default: Problem(400, "The body can't be read.")
    }
  }

  private static func name(_ path: [any CodingKey]) -> String {
    path.map { String($0.stringValue.prefix(64)) }.joined(separator: ".")
  }
}

/// A member that is not known.
private struct UnknownMember: Error {}

/// Any name of a member.
private struct MemberName: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension Decoder {
  /// Refuses an object that has members with other names.
  fileprivate func refuseMembers(except known: [String]) throws {
    let unknown = try container(keyedBy: MemberName.self).allKeys.map(\.stringValue).sorted()
      .first { !known.contains($0) }
    guard let unknown else { return }
    throw DecodingError.dataCorrupted(
      .init(
        codingPath: codingPath + [MemberName(stringValue: unknown)], debugDescription: "",
        underlyingError: UnknownMember()))
  }
}

extension KeyedDecodingContainer {
  /// A value that may be left out; `null` is no value.
  fileprivate func optional<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value? {
    contains(key) ? try decode(type, forKey: key) : nil
  }
}

/// A message of an operator.
struct NewMessage: RequestBody {
  struct Author: Decodable {
    var name: String
    private enum CodingKeys: String, CodingKey { case name }

    init(from decoder: any Decoder) throws {
      try decoder.refuseMembers(except: ["name"])
      name = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .name)
    }
  }

  static let members = ["text", "operator"]
  var text: String
  var author: Author?

  var fault: String? {
    Words.fault(text, in: "text", limit: Words.textLimit)
      ?? author.flatMap { Words.fault($0.name, in: "operator.name", limit: Words.nameLimit) }
  }

  private enum CodingKeys: String, CodingKey {
    case text
    case author = "operator"
  }

  init(from decoder: any Decoder) throws {
    try decoder.refuseMembers(except: Self.members)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    text = try container.decode(String.self, forKey: .text)
    author = try container.optional(Author.self, .author)
  }
}

/// A question for the model.
struct NewQuestion: RequestBody {
  static let members = ["text"]
  var text: String
  var fault: String? { Words.fault(text, in: "text", limit: Words.textLimit) }
  private enum CodingKeys: String, CodingKey { case text }

  init(from decoder: any Decoder) throws {
    try decoder.refuseMembers(except: Self.members)
    text = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .text)
  }
}

/// Who shall answer.
struct OwnerWish: RequestBody {
  static let members = ["owner"]
  var owner: Owner?
  var fault: String? { owner == nil ? "The member owner is neither bot nor operator." : nil }
  private enum CodingKeys: String, CodingKey { case owner }

  init(from decoder: any Decoder) throws {
    try decoder.refuseMembers(except: Self.members)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    owner = Owner(rawValue: try container.decode(String.self, forKey: .owner))
  }
}

/// Who shall hold a dialogue.
struct AssignmentWish: RequestBody {
  struct Holder: Decodable {
    var id: Int64
    var name: String
    private enum CodingKeys: String, CodingKey { case id, name }

    init(from decoder: any Decoder) throws {
      try decoder.refuseMembers(except: ["id", "name"])
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = try container.decode(Int64.self, forKey: .id)
      name = try container.decode(String.self, forKey: .name)
    }
  }

  static let members = ["operator", "force"]
  var holder: Holder
  var force: Bool

  var fault: String? {
    holder.id < 0
      ? "The member operator.id is negative."
      : Words.fault(holder.name, in: "operator.name", limit: Words.nameLimit)
  }

  private enum CodingKeys: String, CodingKey {
    case holder = "operator"
    case force
  }

  init(from decoder: any Decoder) throws {
    try decoder.refuseMembers(except: Self.members)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    holder = try container.decode(Holder.self, forKey: .holder)
    force = try container.optional(Bool.self, .force) ?? false
  }
}

/// What texts from outside must be like.
enum Words {
  /// The greatest length of a message, in Unicode scalars: Telegram's.
  static let textLimit = 4_096
  /// The greatest length of a name, in Unicode scalars.
  static let nameLimit = 128

  /// Scalars that show nothing: controls, spaces, and marks of zero width. The document's pattern is
  /// made of them, so that both say the same.
  private static let blanks: [ClosedRange<UInt32>] = [
    0x0000...0x0020, 0x007F...0x00A0, 0x1680...0x1680, 0x2000...0x200F, 0x2028...0x202F,
    0x205F...0x2064, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ]

  /// A regular expression that finds something that shows.
  static let pattern =
    "[^" + blanks.map { "\(escape($0.lowerBound))-\(escape($0.upperBound))" }.joined() + "]"

  private static func escape(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// What is wrong with a text; nil when nothing is.
  static func fault(_ text: String, in member: String, limit: Int) -> String? {
    let scalars = text.unicodeScalars
    if scalars.count > limit { return "The member \(member) is longer than \(limit) characters." }
    let shows = scalars.contains { scalar in !blanks.contains { $0.contains(scalar.value) } }
    return shows ? nil : "The member \(member) is blank."
  }
}
