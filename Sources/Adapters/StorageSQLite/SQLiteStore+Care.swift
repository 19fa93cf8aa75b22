package import Conversation
package import Storage

extension SQLiteStore {
  /// How long a source key is remembered.
  private static let keysKept = Duration.seconds(48 * 3600)
  /// How long it is remembered which messages of customers and operators belong together, once no
  /// person is wanted or there any more.
  private static let relaysKept = Duration.seconds(30 * 24 * 3600)
  /// How long the log of customers and operators is kept: a year and a month, to compare with.
  private static let logKept = Duration.seconds(396 * 24 * 3600)
  /// How many rows one operation removes, so that others can come in between.
  private static let purgeBatch = 2_000
  /// How many messages of transcripts one operation removes; each may mean a dialogue to rewrite.
  private static let transcriptBatch = 500

  package func purge(
    now: Instant, undeliveredBefore: Instant, transcriptsBefore: Instant?
  ) async throws(StoreError) {
    try await writer.perform(.write) { database throws(StoreError) in
      let connection = database.connection
      try connection.run(
        "DELETE FROM undelivered WHERE ended_at < ?", .time(undeliveredBefore))
      try connection.run("DELETE FROM answers WHERE dropped_at < ?", .time(undeliveredBefore))
      try connection.run("DELETE FROM desk_log WHERE at < ?", .time(now - Self.logKept))
    }
    try await purgeKeys(before: now - Self.keysKept)
    try await purgeRelays(before: now - Self.relaysKept)
    var next = transcriptsBefore.map { _ in Instant(milliseconds: .min) }
    while let from = next, let transcriptsBefore {
      next = try await writer.perform(.write) { database throws(StoreError) in
        try database.removeTranscripts(
          from: from, before: transcriptsBefore, limit: Self.transcriptBatch)
      }
    }
    try await writer.perform(.write) { database throws(StoreError) in
      database.emptiesLog = true
    }
  }

  private func purgeKeys(before limit: Instant) async throws(StoreError) {
    var removed = Self.purgeBatch
    while removed == Self.purgeBatch {
      removed = try await writer.perform(.write) { database throws(StoreError) in
        // Keys are numbered in the order of their coming: the oldest are found without a search.
        try database.connection.run(
          """
          DELETE FROM seen_keys WHERE seen_at < ?1
            AND id IN (SELECT id FROM seen_keys ORDER BY id LIMIT ?2)
          """, .time(limit), .count(Self.purgeBatch))
      }
    }
  }

  private func purgeRelays(before limit: Instant) async throws(StoreError) {
    var removed = Self.purgeBatch
    while removed == Self.purgeBatch {
      removed = try await writer.perform(.write) { database throws(StoreError) in
        try database.removeRelays(before: limit, limit: Self.purgeBatch)
      }
    }
  }

  package func figures() async throws(StoreError) -> StoreFigures {
    try await writer.perform(.read) { database throws(StoreError) in
      typealias Part = (count: Int, oldest: Instant?)
      let read: (Row) throws(StoreError) -> Part = { row in (row.count(0), row.optionalTime(1)) }
      let connection = database.connection
      let inbox = try connection.first("SELECT count(*), min(asked_at) FROM inbox", read: read)
      let answers = try connection.first(
        "SELECT count(*), min(asked_at) FROM answers WHERE due IS NOT NULL", read: read)
      let sends = try connection.first("SELECT count(*), min(asked_at) FROM sends", read: read)
      let quarantined = try connection.first(
        "SELECT count(*), NULL FROM quarantine", read: read)
      let waiting = try connection.first(
        "SELECT count(*), NULL FROM conversations WHERE status = 'waiting'", read: read)
      return StoreFigures(
        inboxDepth: inbox?.count ?? 0,
        outboxDepth: (answers?.count ?? 0) + (sends?.count ?? 0),
        quarantined: quarantined?.count ?? 0,
        oldestUnanswered: [inbox?.oldest, answers?.oldest, sends?.oldest].compactMap(\.self).min(),
        waiting: waiting?.count ?? 0)
    }
  }

  package func probe() async throws(StoreError) {
    try await writer.perform(.write) { database throws(StoreError) in
      try database.connection.run("INSERT OR REPLACE INTO probe(id) VALUES(1)")
      try database.connection.run("DELETE FROM probe")
    }
  }
}
