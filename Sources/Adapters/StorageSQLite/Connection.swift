internal import CSQLite
internal import Storage

/// One connection to SQLite with its prepared statements. It belongs to the thread that made it.
@safe final class Connection {
  private let handle: OpaquePointer
  private var statements: [Int: Statement] = [:]
  private var isOpen = true

  /// Settings of the library itself; they must precede everything, and are made once. That they
  /// were refused, because somebody else uses the library already, costs only time.
  private static let prepareLibrary: Void = { _ = switchboard_sqlite_stop_counting_memory() }()

  /// Opens a database file that exists or `:memory:`. A lock of another process is waited for
  /// `busyTimeout` milliseconds.
  init(path: String, busyTimeout: Int32) throws(StoreError) {
    Self.prepareLibrary
    var opened: OpaquePointer?
    // Every use is by one thread, so SQLite's own mutexes would only cost time.
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
    guard code == SQLITE_OK, let opened = unsafe opened else {
      unsafe sqlite3_close_v2(opened)
      throw StoreError.sqlite(code)
    }
    unsafe handle = unsafe opened
    unsafe sqlite3_busy_timeout(handle, busyTimeout)
  }

  deinit { close() }

  /// Closes the connection; nothing may follow.
  func close() {
    guard isOpen else { return }
    isOpen = false
    statements.removeAll()
    unsafe sqlite3_close_v2(handle)
  }

  /// Whether a transaction is open. SQLite ends one by itself after some errors.
  var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

  /// How many rows were changed since the connection was opened.
  var changesSoFar: Int64 { unsafe sqlite3_total_changes64(handle) }

  /// The number that SQLite gave the row inserted last.
  var lastInsertedID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// Runs statements that are needed once: settings, the schema. They are not kept.
  func execute(_ sql: String) throws(StoreError) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw StoreError.sqlite(code) }
  }

  /// Runs a statement that gives no rows; returns how many rows it changed.
  @discardableResult
  func run(_ sql: StaticString, _ values: Value...) throws(StoreError) -> Int {
    let statement = try prepared(sql)
    defer { statement.reset() }
    try statement.bind(values)
    while try statement.step() {}
    return Int(unsafe sqlite3_changes(handle))
  }

  /// Reads all rows of a statement.
  func rows<T>(
    _ sql: StaticString, _ values: Value..., read: (Row) throws(StoreError) -> T
  ) throws(StoreError) -> [T] {
    let statement = try prepared(sql)
    defer { statement.reset() }
    try statement.bind(values)
    var rows: [T] = []
    while try statement.step() { rows.append(try read(Row(statement: statement))) }
    return rows
  }

  /// Reads the first row of a statement, if there is one.
  func first<T>(
    _ sql: StaticString, _ values: Value..., read: (Row) throws(StoreError) -> T
  ) throws(StoreError) -> T? {
    let statement = try prepared(sql)
    defer { statement.reset() }
    try statement.bind(values)
    guard try statement.step() else { return nil }
    let value = try read(Row(statement: statement))
    // Run to the end: a statement that changes rows and returns them is only then done.
    while try statement.step() {}
    return value
  }

  /// The statements that were prepared so far.
  var preparedTexts: [String] { statements.values.map(\.text) }

  /// How SQLite would run a statement: what it searches and what it reads as a whole.
  func plan(of sql: String) throws(StoreError) -> [String] {
    let statement = unsafe try Statement("EXPLAIN QUERY PLAN " + sql, handle)
    var steps: [String] = []
    while try statement.step() { steps.append(Row(statement: statement).text(3)) }
    return steps
  }

  /// A constant's address stands for its text, which saves hashing the text every time.
  private func prepared(_ sql: StaticString) throws(StoreError) -> Statement {
    let key = unsafe Int(bitPattern: sql.utf8Start)
    if let statement = statements[key] { return statement }
    let statement = unsafe try Statement(sql.description, handle)
    statements[key] = statement
    return statement
  }
}
