internal import Storage

/// The shape of the database, and how it came to be: numbered steps that only go forward.
///
/// `due` is set only on the head of a lane (in `inbox` the oldest entry of an address, in `sends`
/// the oldest message of a chat), so the partial index over it holds exactly what may be claimed
/// next, however much waits behind. Rows that have ended are deleted or moved to a table of their
/// own; so the tables that are claimed from stay small.
enum Schema {
  /// Marks a database as Switchboard's: "SwBd".
  static let applicationID: Int64 = 0x5377_4264

  /// The steps, oldest first; a database's `user_version` tells how many it has taken. A step that
  /// was released is never changed.
  static let migrations: [String] = [first, second, operators]

  private static let first = """
    CREATE TABLE conversations(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      bot INTEGER NOT NULL,
      chat INTEGER,                        -- NULL: closed off by the merging of two chats
      topic INTEGER NOT NULL,              -- 0: none
      person INTEGER NOT NULL,             -- 0: none
      version INTEGER NOT NULL,
      dialogue BLOB NOT NULL               -- JSON
    ) STRICT;
    CREATE UNIQUE INDEX conversations_address ON conversations(bot, chat, topic, person);

    CREATE TABLE messages(
      conversation INTEGER NOT NULL REFERENCES conversations(id),
      anchor INTEGER NOT NULL,             -- where it is read: an answer at its question
      position INTEGER NOT NULL,
      at INTEGER NOT NULL,
      speaker INTEGER,                     -- NULL: the model
      name TEXT,
      language TEXT,
      stopped INTEGER NOT NULL,
      message_id INTEGER,
      delivery TEXT,
      quoted TEXT,
      text TEXT NOT NULL,
      PRIMARY KEY(conversation, anchor, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX messages_answers ON messages(conversation, position) WHERE anchor <> position;
    CREATE INDEX messages_ids ON messages(conversation, message_id)
      WHERE message_id IS NOT NULL;

    CREATE TABLE sent_messages(
      bot INTEGER NOT NULL,
      chat INTEGER NOT NULL,
      message_id INTEGER NOT NULL,
      conversation INTEGER NOT NULL REFERENCES conversations(id),
      position INTEGER,
      PRIMARY KEY(bot, chat, message_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE seen_keys(
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      seen_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE inbox(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      bot INTEGER NOT NULL,
      chat INTEGER NOT NULL,
      topic INTEGER NOT NULL,
      person INTEGER NOT NULL,
      asked_at INTEGER,
      received_at INTEGER NOT NULL,
      not_before INTEGER NOT NULL,
      lease_until INTEGER,                 -- NULL: nobody holds it
      due INTEGER,                         -- NULL: not the head of its lane
      attempts INTEGER NOT NULL DEFAULT 0,
      album TEXT,
      reason TEXT,                         -- of the last failure
      event BLOB NOT NULL                  -- JSON
    ) STRICT;
    CREATE INDEX inbox_lane ON inbox(bot, chat, topic, person, id, asked_at);
    CREATE INDEX inbox_due ON inbox(due) WHERE due IS NOT NULL;

    CREATE TABLE quarantine(
      id INTEGER PRIMARY KEY,              -- the one it had in the inbox
      bot INTEGER NOT NULL,
      chat INTEGER NOT NULL,
      topic INTEGER NOT NULL,
      person INTEGER NOT NULL,
      asked_at INTEGER,
      received_at INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      album TEXT,
      reason TEXT NOT NULL,
      event BLOB NOT NULL
    ) STRICT;

    CREATE TABLE answers(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      conversation INTEGER NOT NULL REFERENCES conversations(id),
      bot INTEGER NOT NULL,
      chat INTEGER NOT NULL,
      topic INTEGER NOT NULL,
      person INTEGER NOT NULL,
      asked_at INTEGER NOT NULL,
      due INTEGER,                         -- the end of the lease while held; NULL: dropped
      owner TEXT,                          -- who holds it
      attempts INTEGER NOT NULL DEFAULT 0,
      interruption TEXT,
      dropped_at INTEGER,
      job_id INTEGER NOT NULL,
      job BLOB NOT NULL                    -- JSON
    ) STRICT;
    CREATE INDEX answers_due ON answers(due, id, asked_at) WHERE due IS NOT NULL;
    CREATE INDEX answers_job ON answers(job_id);
    CREATE INDEX answers_owner ON answers(owner) WHERE owner IS NOT NULL;
    CREATE INDEX answers_interrupted ON answers(owner) WHERE interruption IS NOT NULL;

    CREATE TABLE sends(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      conversation INTEGER NOT NULL REFERENCES conversations(id),
      bot INTEGER NOT NULL,
      chat INTEGER NOT NULL,
      topic INTEGER NOT NULL,
      person INTEGER NOT NULL,
      asked_at INTEGER,
      not_before INTEGER NOT NULL,
      lease_until INTEGER,                 -- NULL: nobody holds it
      due INTEGER,                         -- NULL: not the head of its lane
      sending INTEGER NOT NULL DEFAULT 0,  -- taken, and no outcome recorded since
      part INTEGER NOT NULL DEFAULT 0,
      failures INTEGER NOT NULL DEFAULT 0,
      unknowns INTEGER NOT NULL DEFAULT 0,
      repeated INTEGER NOT NULL DEFAULT 0,
      parts INTEGER NOT NULL,
      position INTEGER,
      message BLOB NOT NULL                -- JSON
    ) STRICT;
    CREATE INDEX sends_lane ON sends(bot, chat, id, asked_at);
    CREATE INDEX sends_due ON sends(due) WHERE due IS NOT NULL;

    CREATE TABLE undelivered(
      id INTEGER PRIMARY KEY,              -- the one it had in sends
      conversation INTEGER NOT NULL REFERENCES conversations(id),
      bot INTEGER NOT NULL,
      chat INTEGER NOT NULL,
      topic INTEGER NOT NULL,
      person INTEGER NOT NULL,
      position INTEGER,
      part INTEGER NOT NULL,
      ended_at INTEGER NOT NULL,
      reason TEXT NOT NULL,
      message BLOB NOT NULL
    ) STRICT;
    CREATE INDEX undelivered_ended ON undelivered(ended_at);

    CREATE TABLE probe(id INTEGER PRIMARY KEY) STRICT;
    """

  /// What a person is found by when everything of theirs is erased, messages that replace others,
  /// and the age of what was said. The small tables that turn over with every message have no index
  /// for persons alone: erasing reads one of their indexes as a whole.
  private static let second = """
    ALTER TABLE messages ADD COLUMN member INTEGER;      -- the speaker in a group; else NULL
    UPDATE messages SET member = speaker WHERE speaker IS NOT NULL AND conversation IN (
      SELECT id FROM conversations WHERE chat IS NULL OR chat < 0);
    CREATE INDEX messages_members ON messages(member) WHERE member IS NOT NULL;
    CREATE INDEX messages_at ON messages(at);
    CREATE INDEX conversations_chat ON conversations(chat);

    ALTER TABLE inbox ADD COLUMN writer INTEGER;         -- who wrote it, or whom it answers
    ALTER TABLE quarantine ADD COLUMN writer INTEGER;
    UPDATE inbox SET writer = coalesce(
        json_extract(CAST(event AS TEXT), '$.update._0.kind.message._0.speaker.id'),
        json_extract(CAST(event AS TEXT), '$.update._0.kind.editedMessage._0.speaker.id'))
      WHERE json_valid(CAST(event AS TEXT));
    UPDATE quarantine SET writer = coalesce(
        json_extract(CAST(event AS TEXT), '$.update._0.kind.message._0.speaker.id'),
        json_extract(CAST(event AS TEXT), '$.update._0.kind.editedMessage._0.speaker.id'))
      WHERE json_valid(CAST(event AS TEXT));
    DROP INDEX inbox_lane;
    CREATE INDEX inbox_lane ON inbox(bot, chat, topic, person, id, asked_at, writer);
    CREATE INDEX quarantine_chat ON quarantine(chat);
    CREATE INDEX quarantine_writer ON quarantine(writer);

    ALTER TABLE answers ADD COLUMN asker INTEGER;
    DROP INDEX answers_job;
    CREATE INDEX answers_job ON answers(job_id, asker, chat);

    ALTER TABLE sends ADD COLUMN asker INTEGER;          -- for whom it is
    ALTER TABLE sends ADD COLUMN replaces INTEGER;       -- the position of an earlier answer
    ALTER TABLE undelivered ADD COLUMN asker INTEGER;
    DROP INDEX sends_lane;
    CREATE INDEX sends_lane ON sends(bot, chat, id, asked_at, asker);
    CREATE INDEX undelivered_chat ON undelivered(chat);
    CREATE INDEX undelivered_asker ON undelivered(asker);

    CREATE TABLE sent(
      conversation INTEGER NOT NULL REFERENCES conversations(id),
      position INTEGER NOT NULL,
      message_id INTEGER NOT NULL,
      PRIMARY KEY(conversation, position, message_id)
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO sent SELECT conversation, position, message_id FROM sent_messages
      WHERE position IS NOT NULL;
    DROP TABLE sent_messages;
    ALTER TABLE sent RENAME TO sent_messages;
    """

  /// Brings a database to the newest shape. Each step and its number are one transaction, so a
  /// database never stands between two.
  static func migrate(_ connection: Connection) throws(StoreError) {
    let version = try check(connection)
    for (number, step) in migrations.enumerated().dropFirst(version) {
      try connection.execute("BEGIN IMMEDIATE")
      do throws(StoreError) {
        try connection.execute(step)
        try connection.execute("PRAGMA application_id = \(applicationID)")
        try connection.execute("PRAGMA user_version = \(number + 1)")
        try connection.execute("COMMIT")
      } catch {
        if connection.isInTransaction { try connection.execute("ROLLBACK") }
        throw error
      }
    }
  }

  /// How many steps a database has taken. Throws when it is another program's or a newer one's.
  static func check(_ connection: Connection) throws(StoreError) -> Int {
    let version =
      try connection.first("PRAGMA user_version") { (row) throws(StoreError) in row.count(0) } ?? 0
    let owner =
      try connection.first("PRAGMA application_id") { (row) throws(StoreError) in row.integer(0) }
    let tables =
      try connection.first("SELECT count(*) FROM sqlite_schema") { (row) throws(StoreError) in
        row.count(0)
      } ?? 0
    guard owner == applicationID || (version == 0 && tables == 0) else {
      throw .corrupt("the database belongs to another program; name another in DATABASE_URL")
    }
    guard version <= migrations.count else {
      throw .corrupt(
        "the database is of a newer Switchboard (its version is \(version), this program knows "
          + "\(migrations.count)); install the newer program")
    }
    return version
  }
}
