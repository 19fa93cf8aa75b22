internal import CSQLite
internal import Foundation
internal import Storage

/// A value on its way into a statement.
enum Value {
  case null
  case integer(Int64)
  case text(String)
  case blob(Data)

  static func integer(_ value: Int64?) -> Value { value.map { .integer($0) } ?? .null }
  static func text(_ value: String?) -> Value { value.map { .text($0) } ?? .null }
  static func flag(_ value: Bool) -> Value { .integer(value ? 1 : 0) }
  static func count(_ value: Int) -> Value { .integer(Int64(value)) }
}

/// A prepared statement, kept for the life of its connection.
@safe final class Statement {
  fileprivate let handle: OpaquePointer
  /// What was prepared.
  let text: String

  init(_ sql: String, _ connection: OpaquePointer) throws(StoreError) {
    var prepared: OpaquePointer?
    let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
    let code = unsafe sqlite3_prepare_v3(connection, sql, -1, flags, &prepared, nil)
    guard code == SQLITE_OK, let prepared = unsafe prepared else { throw StoreError.sqlite(code) }
    unsafe handle = unsafe prepared
    text = sql
  }

  deinit { unsafe sqlite3_finalize(handle) }

  /// Binds the values to the parameters from the first on.
  func bind(_ values: [Value]) throws(StoreError) {
    var index: Int32 = 0
    for value in values {
      index += 1
      let code = bind(value, at: index)
      guard code == SQLITE_OK else { throw StoreError.sqlite(code) }
    }
  }

  /// Goes to the next row; false when there is none.
  func step() throws(StoreError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw StoreError.sqlite(code)
    }
  }

  /// Makes the statement ready to run again. Its error was told by `step`.
  func reset() { unsafe sqlite3_reset(handle) }

  private func bind(_ value: Value, at index: Int32) -> Int32 {
    switch value {
    case .null:
      return unsafe sqlite3_bind_null(handle, index)
    case .integer(let number):
      return unsafe sqlite3_bind_int64(handle, index, number)
    case .text(var text):
      return text.withUTF8 { utf8 in
        unsafe utf8.withMemoryRebound(to: CChar.self) { bytes in
          unsafe switchboard_sqlite_bind_text(
            handle, index, bytes.baseAddress, Int32(clamping: bytes.count))
        }
      }
    case .blob(let data):
      return unsafe data.withUnsafeBytes { bytes in
        unsafe switchboard_sqlite_bind_blob(
          handle, index, bytes.baseAddress, Int32(clamping: bytes.count))
      }
    }
  }
}

/// The row at which a statement stands; good until the next step. Columns count from 0.
struct Row {
  fileprivate let statement: Statement

  init(statement: Statement) { self.statement = statement }

  func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(statement.handle, column) }
  func count(_ column: Int32) -> Int { Int(integer(column)) }
  func flag(_ column: Int32) -> Bool { integer(column) != 0 }

  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(statement.handle, column) == SQLITE_NULL
  }

  func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

  func text(_ column: Int32) -> String { optionalText(column) ?? "" }

  func optionalText(_ column: Int32) -> String? {
    guard let start = unsafe sqlite3_column_text(statement.handle, column) else { return nil }
    let count = Int(unsafe sqlite3_column_bytes(statement.handle, column))
    return unsafe String(
      decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func blob(_ column: Int32) -> Data {
    guard let start = unsafe sqlite3_column_blob(statement.handle, column) else { return Data() }
    return unsafe Data(
      bytes: start, count: Int(sqlite3_column_bytes(statement.handle, column)))
  }
}
