internal import Conversation
internal import Foundation
internal import Gateways
internal import Storage

/// The database as the store's operations see it: the connection, and what was written lately.
///
/// It belongs to the thread that made it.
final class Database {
  let connection: Connection
  /// What the running transaction changes of the dialogues that everybody may load.
  var changedDialogues: [RecentDialogues.Change] = []
  /// Where conversations take place.
  var addresses: RecentValues<ConversationID, ConversationAddress>
  var events: RecentValues<InboxID, InboxEvent>
  var jobs: RecentValues<OutboxID, AnswerJob>
  var messages: RecentValues<OutboxID, OutboxMessage>
  private let dialogues: RecentDialogues
  private let role: SQLiteStore.Role
  private var lock: FileLock?
  private var isDurable = true
  /// Whether the log is to be brought into the file and cut off before anybody is answered: it
  /// still holds what was erased.
  var emptiesLog = false

  /// Opens the database file at `path`, or one in memory.
  init(
    path: String, role: SQLiteStore.Role, options: SQLiteStore.Options,
    dialogues: RecentDialogues
  ) throws(StoreError) {
    self.role = role
    self.dialogues = dialogues
    addresses = RecentValues(limit: options.recentLimit)
    events = RecentValues(limit: options.recentLimit)
    jobs = RecentValues(limit: options.recentLimit)
    messages = RecentValues(limit: options.recentLimit)
    if path != SQLiteStore.inMemory {
      try Self.prepareFile(path, role)
      if role == .server { lock = try FileLock(path: path) }
    }
    connection = try Connection(
      path: path, busyTimeout: Int32(clamping: options.busyTimeout.milliseconds))
    try configure(options)
    switch role {
    case .server:
      try Schema.migrate(connection)
      try freeEverything()
    case .administration:
      guard try Schema.check(connection) == Schema.migrations.count else {
        throw .unavailable("the database is of an older Switchboard; start `serve` once")
      }
    }
    if let pages = options.pageLimit {
      try connection.execute("PRAGMA max_page_count = \(pages)")
    }
  }

  /// Ends the work in order: what stands in the log is brought into the file.
  func close() {
    dialogues.removeAll()
    if role == .server { emptyLog() }
    connection.close()
    lock = nil
  }

  /// Brings the log into the file and cuts it off. Failing loses nothing: it happens again with the
  /// next purge or start.
  private func emptyLog() {
    emptiesLog = false
    try? connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  /// Folders and the file are made for the owner alone, for people's words will be in them.
  private static func prepareFile(
    _ path: String, _ role: SQLiteStore.Role
  ) throws(StoreError) {
    guard role == .server else {
      guard FileManager.default.fileExists(atPath: path) else {
        throw .unavailable("there is no database at the path that DATABASE_URL names")
      }
      return
    }
    do {
      try FileManager.default.createDirectory(
        at: URL(fileURLWithPath: path).deletingLastPathComponent(),
        withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .unavailable("the folder of the database can't be made; check the rights to it")
    }
    let descriptor = unsafe Foundation.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .unavailable("the database can't be opened; check its path and the rights to it")
    }
    Foundation.close(descriptor)
  }

  private func configure(_ options: SQLiteStore.Options) throws(StoreError) {
    try connection.execute(
      """
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA secure_delete = ON;
      PRAGMA foreign_keys = ON;
      PRAGMA temp_store = MEMORY;
      PRAGMA trusted_schema = OFF;
      PRAGMA cache_size = -\(options.cacheKilobytes);
      PRAGMA wal_autocheckpoint = \(options.checkpointPages);
      PRAGMA journal_size_limit = \(options.checkpointPages * 8192);
      """)
  }

  /// What a process that has ended still held is free at once: only one process serves.
  private func freeEverything() throws(StoreError) {
    try together { () throws(StoreError) in
      try connection.run(
        "UPDATE inbox SET due = not_before WHERE due IS NOT NULL AND lease_until IS NOT NULL")
      try connection.run("UPDATE inbox SET lease_until = NULL WHERE lease_until IS NOT NULL")
      try connection.run("DELETE FROM answers WHERE interruption = 'drop'")
      try connection.run("UPDATE answers SET due = 0, owner = NULL WHERE owner IS NOT NULL")
      try connection.run(
        "UPDATE sends SET due = not_before WHERE due IS NOT NULL AND lease_until IS NOT NULL")
      try connection.run("UPDATE sends SET lease_until = NULL WHERE lease_until IS NOT NULL")
    }
  }

  private func together(_ body: () throws(StoreError) -> Void) throws(StoreError) {
    try connection.run("BEGIN IMMEDIATE")
    do throws(StoreError) {
      try body()
      try connection.run("COMMIT")
    } catch {
      rollBack()
      throw error
    }
  }

  // MARK: Groups

  /// Runs operations in one transaction and answers each after its end; true when something was
  /// written.
  func runTogether(_ operations: [any Operation], access: Access) -> Bool {
    let changesBefore = connection.changesSoFar
    do throws(StoreError) {
      if access != .read { try setDurability(access == .write) }
      var outcomes = try attempt(operations, access, isolated: false)
      if outcomes == nil { outcomes = try attempt(operations, access, isolated: true) }
      if !changedDialogues.isEmpty { dialogues.apply(changedDialogues) }
      changedDialogues.removeAll(keepingCapacity: true)
      if emptiesLog { emptyLog() }
      for (operation, outcome) in zip(operations, outcomes ?? []) { operation.finish(outcome) }
    } catch {
      rollBack()
      for operation in operations { operation.finish(error) }
    }
    return connection.changesSoFar != changesBefore
  }

  /// Runs and commits operations; how each ended. Throws what fails them all.
  ///
  /// An operation that fails before it has written leaves nothing behind, so no savepoint is
  /// needed. When one fails later, which is rare, this undoes everything and gives nil; then all
  /// must run once more, `isolated`: each in a savepoint of its own.
  private func attempt(
    _ operations: [any Operation], _ access: Access, isolated: Bool
  ) throws(StoreError) -> [StoreError?]? {
    if access == .read {
      try connection.run("BEGIN")
    } else {
      try connection.run("BEGIN IMMEDIATE")
    }
    var outcomes: [StoreError?] = []
    outcomes.reserveCapacity(operations.count)
    for operation in operations {
      let changesBefore = connection.changesSoFar
      if isolated { try connection.run("SAVEPOINT operation") }
      let failure = operation.run(on: self)
      // A full disk or a failing one concerns everybody, and SQLite may have ended it all.
      if let failure {
        if case .unavailable = failure, access != .read { throw failure }
        guard connection.isInTransaction else { throw failure }
        if isolated {
          try connection.run("ROLLBACK TO operation")
          forgetRecent()
        } else if connection.changesSoFar != changesBefore {
          rollBack()
          return nil
        }
      }
      if isolated { try connection.run("RELEASE operation") }
      outcomes.append(failure)
    }
    try connection.run("COMMIT")
    return outcomes
  }

  private func rollBack() {
    // After some errors SQLite has already rolled back; then there is nothing to do.
    if connection.isInTransaction { _ = try? connection.run("ROLLBACK") }
    forgetRecent()
  }

  /// What was remembered during a transaction that failed is not what the database holds.
  private func forgetRecent() {
    dialogues.removeAll()
    changedDialogues.removeAll()
    addresses.removeAll()
    events.removeAll()
    jobs.removeAll()
    messages.removeAll()
  }

  /// Whether the next commit waits until it is safe from a power failure.
  private func setDurability(_ durable: Bool) throws(StoreError) {
    guard durable != isDurable else { return }
    try connection.execute("PRAGMA synchronous = \(durable ? "FULL" : "NORMAL")")
    isDurable = durable
  }
}
