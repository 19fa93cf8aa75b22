/// What the hand-over between the bot and operators is stored in.
extension Schema {
  /// The columns of dialogues repeat what their JSON says, for lists and timers; with the bot all are
  /// NULL, so that such a dialogue has no place in their indexes. `relays` and `slots` remember which
  /// messages of the two sides belong together, as long as somebody may refer to them.
  static let operators = """
    ALTER TABLE conversations ADD COLUMN status TEXT;       -- NULL: the bot answers
    ALTER TABLE conversations ADD COLUMN since INTEGER;     -- of waiting and operated
    ALTER TABLE conversations ADD COLUMN operator INTEGER;  -- who holds it
    ALTER TABLE conversations ADD COLUMN timer INTEGER;
    CREATE INDEX conversations_status ON conversations(status, since) WHERE status IS NOT NULL;
    CREATE INDEX conversations_operator ON conversations(operator) WHERE operator IS NOT NULL;
    CREATE INDEX conversations_timer ON conversations(timer) WHERE timer IS NOT NULL;

    ALTER TABLE messages ADD COLUMN role TEXT;              -- NULL: a customer or the model
    ALTER TABLE messages ADD COLUMN operator INTEGER;
    ALTER TABLE messages ADD COLUMN source_chat INTEGER;
    ALTER TABLE messages ADD COLUMN source_message INTEGER;

    ALTER TABLE sends ADD COLUMN desk INTEGER;              -- 1: its message says more, 2: it is a mark
    CREATE INDEX sends_desk ON sends(conversation, chat) WHERE desk IS NOT NULL;
    ALTER TABLE undelivered ADD COLUMN repeated INTEGER;    -- 1: it may stand in the chat all the same
    CREATE INDEX undelivered_position ON undelivered(conversation, position);

    CREATE TABLE relays(
      id INTEGER PRIMARY KEY,
      conversation INTEGER NOT NULL REFERENCES conversations(id),
      staff_chat INTEGER NOT NULL,
      staff_message INTEGER NOT NULL,
      customer_message INTEGER,                             -- NULL: nobody's, as of a notice
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX relays_staff ON relays(staff_chat, staff_message);
    CREATE INDEX relays_customer ON relays(conversation, customer_message);
    CREATE INDEX relays_at ON relays(at);

    CREATE TABLE slots(
      conversation INTEGER NOT NULL REFERENCES conversations(id),
      chat INTEGER NOT NULL,
      slot TEXT NOT NULL,
      message_id INTEGER NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY(conversation, chat, slot)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX slots_message ON slots(chat, message_id);

    CREATE TABLE desk_topics(
      conversation INTEGER NOT NULL REFERENCES conversations(id),
      chat INTEGER NOT NULL,
      topic INTEGER NOT NULL,
      PRIMARY KEY(conversation, chat)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX desk_topics_topic ON desk_topics(chat, topic);

    -- Topics of people who were erased: nobody reads there any more.
    CREATE TABLE erased_topics(
      bot INTEGER NOT NULL,
      chat INTEGER NOT NULL,
      topic INTEGER NOT NULL,
      PRIMARY KEY(bot, chat, topic)
    ) STRICT, WITHOUT ROWID;

    -- Groups that became supergroups: settings may still name the old id.
    CREATE TABLE moved_chats(
      old INTEGER PRIMARY KEY,
      new INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE desk_log(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      conversation INTEGER NOT NULL REFERENCES conversations(id),
      at INTEGER NOT NULL,
      kind BLOB NOT NULL                                    -- JSON
    ) STRICT;
    CREATE INDEX desk_log_at ON desk_log(at);

    CREATE TABLE canned_answers(
      bot INTEGER NOT NULL,
      name TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY(bot, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE operators(
      bot INTEGER NOT NULL,
      id INTEGER NOT NULL,
      name TEXT NOT NULL,
      chat INTEGER,                                         -- where they acted last
      acted_at INTEGER NOT NULL,
      PRIMARY KEY(bot, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX operators_acted ON operators(bot, acted_at);
    """
}
