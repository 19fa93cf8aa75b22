package import Storage

/// The embedded store: one SQLite file, one thread, many operations to a commit.
///
/// - What enters: the operations of `Store`, from any task.
/// - What leaves: answers after the commit; a sync for each group of writes.
/// - Limits: `Options`. Beyond the queue's, operations fail with `.unavailable`.
///
/// One process serves from a file at a time; others may open it for `administration`.
package final class SQLiteStore: Store {
  /// The path of a database that lives in memory and ends with its store.
  package static let inMemory = ":memory:"

  /// What a store is opened for.
  package enum Role: Equatable, Sendable {
    /// To serve: takes the file for itself, makes or migrates it, and frees what a process that
    /// has ended held.
    case server
    /// To look after a file from which another process may be serving: changes neither its shape
    /// nor what is held.
    case administration
  }

  /// The bounds of a store.
  package struct Options: Equatable, Sendable {
    /// How many operations may wait.
    package var queueLimit: Int
    /// How many operations may share one commit.
    package var groupLimit: Int
    /// How long a lock of another process is waited for.
    package var busyTimeout: Duration
    /// How many values of a kind that were just written are kept decoded.
    package var recentLimit: Int
    /// SQLite's page cache, in KiB.
    package var cacheKilobytes: Int
    /// How many pages the log may grow by before it is brought into the file.
    package var checkpointPages: Int
    /// The greatest size of the database in pages of 4 KiB, or nil for SQLite's own.
    package var pageLimit: Int?

    /// Makes bounds; the defaults suit a machine of two cores.
    package init(
      queueLimit: Int = 20_000, groupLimit: Int = 512, busyTimeout: Duration = .seconds(2),
      recentLimit: Int = 16_384, cacheKilobytes: Int = 8_192, checkpointPages: Int = 4_000,
      pageLimit: Int? = nil
    ) {
      self.queueLimit = queueLimit
      self.groupLimit = groupLimit
      self.busyTimeout = busyTimeout
      self.recentLimit = recentLimit
      self.cacheKilobytes = cacheKilobytes
      self.checkpointPages = checkpointPages
      self.pageLimit = pageLimit
    }
  }

  /// What a store has done since it was opened.
  package struct Statistics: Equatable, Sendable {
    /// Operations that ran.
    package var operations = 0
    /// Transactions with writes.
    package var transactions = 0
    /// Those of them that waited for the disk.
    package var syncs = 0
  }

  let writer: Writer
  let dialogues: RecentDialogues

  private init(writer: Writer, dialogues: RecentDialogues) {
    self.writer = writer
    self.dialogues = dialogues
  }

  deinit { writer.abandon() }

  /// Opens the store in the file at `path`, or in memory (`inMemory`).
  ///
  /// Throws `.unavailable` when the file can't be used or another process serves from it, and
  /// `.corrupt` when it is damaged, another program's or a newer version's.
  package static func open(
    path: String, role: Role = .server, options: Options = Options()
  ) async throws(StoreError) -> SQLiteStore {
    let dialogues = RecentDialogues(limit: role == .server ? options.recentLimit : 0)
    let writer = try await Writer.start(
      queueLimit: options.queueLimit, groupLimit: options.groupLimit
    ) { () throws(StoreError) in
      try Database(path: path, role: role, options: options, dialogues: dialogues)
    }
    return SQLiteStore(writer: writer, dialogues: dialogues)
  }

  /// What the store has done since it was opened.
  package var statistics: Statistics { writer.statistics }

  package func close() async { await writer.close() }
}
