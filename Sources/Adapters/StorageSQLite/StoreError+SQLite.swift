internal import CSQLite
internal import Storage

extension StoreError {
  /// The error for a result code of SQLite, with what the owner can do about it.
  ///
  /// Codes and their meaning: <https://www.sqlite.org/rescode.html>.
  static func sqlite(_ code: Int32) -> StoreError {
    switch code & 0xFF {
    case SQLITE_FULL:
      .unavailable("the disk is full; free some space, the store goes on by itself")
    case SQLITE_BUSY, SQLITE_LOCKED:
      .unavailable("the database is locked by another program; end that program")
    case SQLITE_IOERR:
      .unavailable("the disk failed (SQLite \(code)); check the disk and its free space")
    case SQLITE_READONLY, SQLITE_PERM:
      .unavailable("the database can't be written; check the rights to its file and folder")
    case SQLITE_CANTOPEN:
      .unavailable("the database can't be opened; check its path and the rights to it")
    case SQLITE_NOMEM, SQLITE_TOOBIG:
      .unavailable("there is not enough memory (SQLite \(code))")
    case SQLITE_CORRUPT:
      .corrupt("the database is damaged (SQLite \(code)); restore it from a backup")
    case SQLITE_NOTADB:
      .corrupt("the file is no SQLite database; name another one in DATABASE_URL")
    default:
      .corrupt("the database does not fit this program (SQLite \(code))")
    }
  }
}
