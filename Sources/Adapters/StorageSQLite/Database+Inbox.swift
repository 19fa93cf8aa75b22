internal import Conversation
internal import Foundation
internal import Gateways
internal import Storage

/// An entry that was claimed, its event perhaps still to be decoded.
struct ClaimedEntry: Sendable {
  var id: InboxID
  var event: Stored<InboxEvent>
  var receivedAt: Instant
  var attempts: Int
}

/// A piece of work that was claimed.
struct ClaimedWork: Sendable {
  var address: ConversationAddress
  var entries: [ClaimedEntry]
}

extension Database {
  // MARK: Admission

  /// Takes an entry in unless one of its keys was seen; `json` is its event, `writer` the person
  /// whose words are in it. All its keys are remembered either way, so that any of them tells the
  /// next repetition.
  func admit(
    _ entry: NewInboxEntry, json: Data, writer: PersonID?, now: Instant
  ) throws(StoreError) -> Bool {
    var isNew = true
    for (index, key) in entry.sourceKeys.enumerated()
    where !entry.sourceKeys[..<index].contains(key) {
      let inserted = try connection.run(
        "INSERT OR IGNORE INTO seen_keys(key, seen_at) VALUES(?, ?)", .text(key), .time(now))
      if inserted == 0 { isNew = false }
    }
    guard isNew else { return false }
    let address = entry.address
    try connection.run(
      """
      INSERT INTO inbox(bot, chat, topic, person, asked_at, received_at, not_before, album, event,
        writer, due)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
        CASE WHEN EXISTS(
          SELECT 1 FROM inbox WHERE bot = ?1 AND chat = ?2 AND topic = ?3 AND person = ?4)
        THEN NULL ELSE ?7 END)
      """,
      address.botValue, address.chatValue, address.topicValue, address.personValue,
      .time(entry.askedAt), .time(now), .time(entry.notBefore), .text(entry.album), .blob(json),
      .id(writer))
    let id = InboxID(connection.lastInsertedID)
    if case .unusable(_, let reason) = entry.event {
      _ = try setAside(id, reason: reason)
    } else {
      events[id] = entry.event
    }
    return true
  }

  // MARK: Claiming

  /// Takes up to `limit` lanes' heads that are due, and the rest of their albums.
  func claim(limit: Int, lease: Lease, now: Instant) throws(StoreError) -> [ClaimedWork] {
    typealias Head = (work: ClaimedWork, album: String?)
    let heads: [Head] = try connection.rows(
      """
      SELECT id, received_at, attempts, bot, chat, topic, person, album, event FROM inbox
      WHERE due <= ? ORDER BY due, id LIMIT ?
      """, .time(now), .count(limit)
    ) { (row) throws(StoreError) in
      let work = ClaimedWork(address: row.address(3), entries: [entry(row, event: 8)])
      return (work, row.optionalText(7))
    }
    var claimed: [ClaimedWork] = []
    claimed.reserveCapacity(heads.count)
    for (var work, album) in heads {
      if let album { work.entries += try restOfAlbum(album, of: work) }
      for entry in work.entries { try hold(entry.id, until: lease.until) }
      claimed.append(work)
    }
    return claimed
  }

  private func restOfAlbum(
    _ album: String, of work: ClaimedWork
  ) throws(StoreError) -> [ClaimedEntry] {
    let address = work.address
    return try connection.rows(
      """
      SELECT id, received_at, attempts, event FROM inbox
      WHERE bot = ? AND chat = ? AND topic = ? AND person = ? AND album = ? AND due IS NULL
      ORDER BY id
      """, address.botValue, address.chatValue, address.topicValue, address.personValue,
      .text(album)
    ) { (row) throws(StoreError) in entry(row, event: 3) }
  }

  /// Columns 0 to 2: id, received_at, attempts.
  private func entry(_ row: Row, event: Int32) -> ClaimedEntry {
    let id: InboxID = row.id(0)
    return ClaimedEntry(
      id: id, event: events[id].map { .value($0) } ?? .json(row.blob(event)),
      receivedAt: row.time(1), attempts: row.count(2) + 1)
  }

  private func hold(_ id: InboxID, until: Instant) throws(StoreError) {
    try connection.run(
      """
      UPDATE inbox SET attempts = attempts + 1, lease_until = ?2,
        due = CASE WHEN due IS NULL THEN NULL ELSE ?2 END
      WHERE id = ?1
      """, .id(id), .time(until))
  }

  /// Gives entries back, to be tried again at `retryAt`.
  func release(
    _ ids: [InboxID], reason: String, retryAt: Instant, counted: Bool
  ) throws(StoreError) {
    for id in ids {
      guard let lane = try origin(of: id)?.lane else { continue }
      try connection.run(
        """
        UPDATE inbox SET not_before = ?2, lease_until = NULL, reason = ?3,
          attempts = attempts - ?4
        WHERE id = ?1
        """, .id(id), .time(retryAt), .text(reason), .integer(counted ? 0 : 1))
      try promoteHead(of: lane)
    }
  }

  // MARK: Ends

  /// Where an entry belongs, whose it is, and whether its lane holds others.
  typealias Origin = (lane: ConversationAddress, writer: PersonID?, hasOthers: Bool)

  /// Ends entries; whose they were. Throws `.conflict` when one has already ended: somebody else,
  /// who held it after us, has done this work.
  func complete(_ ids: [InboxID]) throws(StoreError) -> PersonID? {
    var writer: PersonID?
    for id in ids {
      guard let origin = try completed(id) else { throw .conflict }
      writer = writer ?? origin.writer
    }
    return writer
  }

  /// Ends an entry; nil when there is none.
  @discardableResult
  func completed(_ id: InboxID) throws(StoreError) -> Origin? {
    guard let origin = try origin(of: id) else { return nil }
    try connection.run("DELETE FROM inbox WHERE id = ?", .id(id))
    events[id] = nil
    if origin.hasOthers { try promoteHead(of: origin.lane) }
    return origin
  }

  /// The origin of an entry. (`RETURNING` would do it in one statement, but builds a table in
  /// memory each time, which costs more than the search.)
  private func origin(of id: InboxID) throws(StoreError) -> Origin? {
    try connection.first(
      """
      SELECT bot, chat, topic, person, writer, EXISTS(
        SELECT 1 FROM inbox AS other
        WHERE other.bot = entry.bot AND other.chat = entry.chat AND other.topic = entry.topic
          AND other.person = entry.person AND other.id <> entry.id)
      FROM inbox AS entry WHERE id = ?
      """, .id(id)
    ) { (row) throws(StoreError) in (row.address(0), row.optionalID(4), row.flag(5)) }
  }

  /// Makes the oldest entry of a lane its head.
  private func promoteHead(of lane: ConversationAddress) throws(StoreError) {
    try connection.run(
      """
      UPDATE inbox SET due = max(not_before, coalesce(lease_until, not_before))
      WHERE id = (
        SELECT id FROM inbox WHERE bot = ? AND chat = ? AND topic = ? AND person = ?
        ORDER BY id LIMIT 1)
      """, lane.botValue, lane.chatValue, lane.topicValue, lane.personValue)
  }

  /// Gives the inbox of a group to the supergroup that it became, and orders the lanes anew. An
  /// entry that somebody holds goes on blocking its lane until then.
  func migrateInbox(_ bot: BotID, from: ChatID, to: ChatID) throws(StoreError) {
    try connection.run(
      "UPDATE inbox SET chat = ? WHERE bot = ? AND chat = ?", .id(to), .id(bot), .id(from))
    try connection.run(
      "UPDATE quarantine SET chat = ? WHERE bot = ? AND chat = ?", .id(to), .id(bot), .id(from))
    try connection.run(
      """
      UPDATE inbox AS entry SET due = CASE
        WHEN EXISTS(
          SELECT 1 FROM inbox AS older
          WHERE older.bot = entry.bot AND older.chat = entry.chat AND older.topic = entry.topic
            AND older.person = entry.person AND older.id < entry.id)
        THEN NULL
        ELSE (
          SELECT max(entry.not_before, coalesce(max(held.lease_until), entry.not_before))
          FROM inbox AS held
          WHERE held.bot = entry.bot AND held.chat = entry.chat AND held.topic = entry.topic
            AND held.person = entry.person)
        END
      WHERE bot = ? AND chat = ?
      """, .id(bot), .id(to))
  }

  // MARK: Quarantine

  /// Puts entries aside; the origin of the first that there was.
  func quarantine(_ ids: [InboxID], reason: String) throws(StoreError) -> Origin? {
    var first: Origin?
    for id in ids {
      if let origin = try setAside(id, reason: reason) { first = first ?? origin }
    }
    return first
  }

  private func setAside(_ id: InboxID, reason: String) throws(StoreError) -> Origin? {
    try connection.run(
      """
      INSERT INTO quarantine(id, bot, chat, topic, person, asked_at, received_at, attempts, album,
        reason, event, writer)
      SELECT id, bot, chat, topic, person, asked_at, received_at, attempts, album, ?2, event, writer
      FROM inbox WHERE id = ?1
      """, .id(id), .text(reason))
    return try completed(id)
  }

  /// Entries set aside, oldest first.
  func quarantined(limit: Int) throws(StoreError) -> [QuarantinedEntry] {
    try connection.rows(
      """
      SELECT id, bot, chat, topic, person, reason, received_at, attempts FROM quarantine
      ORDER BY id LIMIT ?
      """, .count(limit)
    ) { (row) throws(StoreError) in
      QuarantinedEntry(
        id: row.id(0), address: row.address(1), reason: row.text(5), receivedAt: row.time(6),
        attempts: row.count(7))
    }
  }

  /// Puts an entry back, behind what its lane holds by now. It gets a new number.
  func retryQuarantined(_ id: InboxID, now: Instant) throws(StoreError) -> Bool {
    let lane = try connection.first(
      "SELECT bot, chat, topic, person FROM quarantine WHERE id = ?", .id(id)
    ) { (row) throws(StoreError) in row.address(0) }
    guard let lane else { return false }
    try connection.run(
      """
      INSERT INTO inbox(bot, chat, topic, person, asked_at, received_at, not_before, album, event,
        writer)
      SELECT bot, chat, topic, person, asked_at, received_at, ?2, album, event, writer
      FROM quarantine WHERE id = ?1
      """, .id(id), .time(now))
    try promoteHead(of: lane)
    return try dropQuarantined(id)
  }

  /// Removes an entry for good; false when there is none.
  func dropQuarantined(_ id: InboxID) throws(StoreError) -> Bool {
    try connection.run("DELETE FROM quarantine WHERE id = ?", .id(id)) > 0
  }
}

extension InboxEvent {
  /// The person who wrote it, where somebody did.
  var writer: PersonID? {
    guard case .update(let update) = self else { return nil }
    switch update.kind {
    case .message(let message), .editedMessage(let message): return message.speaker.id
    case .pressed(let press): return press.speaker.id
    case .generationStopped, .membershipChanged, .topicCreated, .memberChanged, .migrated, .ignored:
      return nil
    }
  }
}
