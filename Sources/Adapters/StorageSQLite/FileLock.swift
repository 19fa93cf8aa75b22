internal import CSQLite
internal import Foundation
internal import Storage

/// The right of one process to serve from a database file.
///
/// The kernel holds it (`flock`), so it ends with the process, however that ends.
struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock of the database at `path`; throws when another process has it.
  init(path: String) throws(StoreError) {
    descriptor = unsafe open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StoreError.sqlite(SQLITE_CANTOPEN) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .unavailable(
        "another Switchboard serves from this database; end it, or give this one its own in "
          + "DATABASE_URL")
    }
  }

  deinit {
    // Closing alone would leave the lock to a child that was forked and has not executed yet.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
