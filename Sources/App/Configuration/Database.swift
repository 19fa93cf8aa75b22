internal import Foundation
internal import Platform

/// Where the store lies.
enum Database: Sendable, Equatable {
  typealias Malformed = SettingReader.Malformed

  /// An SQLite file.
  case file(String)
  /// An SQLite database that ends with the program.
  case memory
  /// A PostgreSQL server.
  case postgres(PostgresAddress)

  /// Reads a `DATABASE_URL`.
  ///
  /// `sqlite:` is followed by a path. Python's way of writing it is understood as well: three
  /// slashes before a relative path, four before an absolute one, and none for memory
  /// (https://docs.sqlalchemy.org/en/20/core/engines.html#sqlite). A driver after a plus, as in
  /// `postgresql+asyncpg`, is not needed and dropped.
  init(_ text: String) throws(Malformed) {
    guard let colon = text.firstIndex(of: ":") else {
      throw Malformed("is not the address of a database", Self.remedy)
    }
    let scheme = text[..<colon].lowercased().prefix { $0 != "+" }
    let rest = text[text.index(after: colon)...]
    switch scheme {
    case "sqlite", "sqlite3":
      self = try Self.sqlite(rest)
    case "postgres", "postgresql":
      self = .postgres(try PostgresAddress("postgresql:" + rest))
    default:
      throw Malformed("names a kind of database that is not known", Self.remedy)
    }
  }

  private static let remedy = "write one like sqlite:data/switchboard.db"

  private static func sqlite(_ rest: Substring) throws(Malformed) -> Database {
    var path = rest
    if path.hasPrefix("///") {
      path = path.dropFirst(3)
    } else if path.hasPrefix("//") {
      path = path.dropFirst(2)
      guard path.isEmpty || path.hasPrefix(":") else {
        throw Malformed("has two slashes after sqlite:", remedy)
      }
      if path.isEmpty { return .memory }
    }
    if path == ":memory:" { return .memory }
    guard !path.isEmpty, !path.contains(where: { $0 == "?" || $0 == "#" || $0.isNewline }) else {
      throw Malformed("holds no path, or one with ? or #", remedy)
    }
    return .file(String(path))
  }
}

/// The address of a PostgreSQL server, in the form that libpq reads.
struct PostgresAddress: Sendable, Equatable {
  typealias Malformed = SettingReader.Malformed

  /// The whole address with its password.
  var url: Secret
  /// The host, for the log.
  var host: String
  /// The database's name, for the log.
  var database: String

  fileprivate init(_ text: String) throws(Malformed) {
    guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
      parts.path.count > 1
    else {
      throw Malformed(
        "is not the address of a PostgreSQL database",
        "write one like postgresql://user:password@host:5432/name, "
          + "special characters of the password percent-encoded")
    }
    url = Secret(text)
    self.host = host
    database = String(parts.path.dropFirst())
  }
}
