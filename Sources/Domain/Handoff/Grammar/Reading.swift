/// How a clause is read.
enum Reading: Int, Comparable, Sendable {
  /// Nothing about a person.
  case nothing
  /// A person is spoken of as not wanted, or in somebody else's name.
  case refusal
  /// Perhaps a wish.
  case maybe
  case wish

  static func < (one: Reading, other: Reading) -> Bool { one.rawValue < other.rawValue }
}
