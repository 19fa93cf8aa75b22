#pragma once
#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast that Swift does not import. An empty value may come without an
   address, which SQLite would take for NULL. */

static inline int switchboard_sqlite_bind_text(
    sqlite3_stmt *statement, int index, const char *text, int length) {
  return sqlite3_bind_text(statement, index, text ? text : "", text ? length : 0, SQLITE_TRANSIENT);
}

static inline int switchboard_sqlite_bind_blob(
    sqlite3_stmt *statement, int index, const void *bytes, int length) {
  return sqlite3_bind_blob(statement, index, bytes ? bytes : "", bytes ? length : 0, SQLITE_TRANSIENT);
}

/* sqlite3_config takes variable arguments, which Swift can't call. Counting what SQLite allocates
   takes a process-wide lock around every allocation, for figures that nobody reads. */
static inline int switchboard_sqlite_stop_counting_memory(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
