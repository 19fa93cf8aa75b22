internal import Conversation

/// Everything that the stand-in Telegram knows; a value that is changed under one lock and never
/// waits. What pages are to show is collected in `changes`.
struct World {
  /// A person.
  struct Person: Equatable {
    var id: Int64
    var firstName: String
    var lastName: String?
    var username: String?
    var language: String
  }

  /// A chat as Telegram keeps it.
  struct Chat {
    enum Kind: String { case person = "private", group, supergroup }

    var id: Int64
    var kind: Kind
    var title: String
    var members: [Int64]
    var isForum = false
    /// What the bot is in a group.
    var botRole = BotRole.member
    /// Whose group it is; nil when nobody who is known here.
    var owner: Int64?
    /// Who may do what only administrators may, the owner among them.
    var admins: Set<Int64> = []
    /// Those who were in the group and are not: `left` or `kicked`.
    var former: [Int64: String] = [:]
    /// Whether the person has ever written to the bot.
    var hasStarted = false
    /// Whether the person has blocked the bot, or the group has removed it.
    var isBlocked = false
    var migratedTo: Int64?
    var topics: [Transcript.Topic] = []
    var messages: [Transcript.Message] = []
    var drafts: [Transcript.Draft] = []
    var stoppedDrafts: Set<Int64> = []
    var typingUntil: Int64?
    var keyboard: [[String]]?
    var sent = FloodWindow()
  }

  /// An update that waits to be delivered.
  struct PendingUpdate {
    var id: Int64
    /// Updates of one key are delivered to a webhook one after another.
    var key: String
    var json: JSONValue
    /// Unix milliseconds after which it is dropped.
    var expires: Int64
    /// Whether it expires before older updates do, as callback queries do.
    var isShortLived = false
    /// Whether it comes again although it was confirmed.
    var isRepeated = false
    var attempts = 0
    var notBefore: Int64 = 0
    var isInFlight = false
  }

  /// Where updates are sent.
  struct Webhook: Equatable {
    var url: String
    var secret: String?
    var maxConnections: Int64
    var lastErrorDate: Int64?
    var lastErrorMessage: String?
  }

  /// A file that the bot can fetch.
  struct File: Equatable {
    var path: String
    var type: String
    var bytes: [UInt8]
  }

  var settings: TelegramSimulator.Settings
  var people: [Int64: Person] = [:]
  var chats: [Int64: Chat] = [:]
  /// The chats with a draft or the typing sign, so that the others need not be looked at.
  var busyChats: Set<Int64> = []
  var nextUpdate: Int64
  var nextMessage: Int64 = 1
  var nextPerson: Int64 = 1001
  var nextGroup: Int64 = 1
  var nextQuery: Int64 = 1
  var updates: [PendingUpdate] = []
  /// How many of the updates are short-lived, at most.
  var shortLived = 0
  var pastUpdates: [JSONValue] = []
  var allowed: Set<String>?
  var webhook: Webhook?
  var queries: [String: (chat: Int64, person: Int64, expires: Int64)] = [:]
  var commands: [String: [JSONValue]] = [:]
  var files: [String: File] = [:]
  /// The files whose bytes were given, oldest first.
  var uploaded: [String] = []
  /// The updates that the log of the wire has not seen.
  var freshUpdates: [JSONValue] = []
  var changes: [(chat: Int64, change: TranscriptEvent.Change)] = []

  init(settings: TelegramSimulator.Settings) {
    self.settings = settings
    nextUpdate = settings.firstUpdateID
  }

  /// The bot as `getMe` and messages show it.
  func bot(full: Bool) -> JSONValue {
    var user: [String: JSONValue] = [
      "id": .integer(settings.botID), "is_bot": true, "first_name": .string(settings.name),
      "username": .string(settings.username),
    ]
    if full {
      user["can_join_groups"] = true
      user["can_read_all_group_messages"] = .bool(settings.readsAllGroupMessages)
      user["supports_inline_queries"] = false
      user["can_connect_to_business"] = false
      user["has_main_web_app"] = false
      user["has_topics_enabled"] = .bool(settings.hasTopics)
      user["allows_users_to_create_topics"] = .bool(settings.hasTopics)
    }
    return .object(user)
  }

  /// Removes what time has removed: drafts, typing, updates that are too old.
  mutating func expire(_ now: Instant) {
    let time = now.milliseconds
    if let first = updates.first, first.expires <= time || shortLived > 0 {
      updates.removeAll { $0.expires <= time && !$0.isInFlight }
      shortLived = updates.count { $0.isShortLived }
    }
    for id in busyChats {
      for draft in chats[id]?.drafts ?? [] where draft.expires <= time {
        changes.append((id, .draftGone(draft: draft.id)))
      }
      chats[id]?.drafts.removeAll { $0.expires <= time }
      if let until = chats[id]?.typingUntil, until <= time { chats[id]?.typingUntil = nil }
      if chats[id]?.drafts.isEmpty ?? true, chats[id]?.typingUntil == nil { busyChats.remove(id) }
    }
  }

  /// Adds an update for the bot, unless it does not want that kind.
  mutating func enqueue(
    _ kind: String, _ body: JSONValue, key: String, now: Instant, lifetimeSeconds: Int64 = 86_400
  ) {
    guard wants(kind) else { return }
    let json = JSONValue.object(["update_id": .integer(nextUpdate), kind: body])
    updates.append(
      PendingUpdate(
        id: nextUpdate, key: key, json: json,
        expires: now.milliseconds + lifetimeSeconds * 1000,
        isShortLived: lifetimeSeconds < 86_400))
    if lifetimeSeconds < 86_400 { shortLived += 1 }
    nextUpdate += 1
    pastUpdates.append(json)
    if settings.rememberedWire > 0 { freshUpdates.append(json) }
    pastUpdates.trim(to: settings.rememberedCalls)
  }

  /// `allowed_updates` as the Bot API reads it: an empty list means all kinds but three.
  mutating func allow(_ list: JSONValue?) {
    guard let names = list?.array?.compactMap(\.string) else { return }
    allowed = names.isEmpty ? nil : Set(names)
  }

  private func wants(_ kind: String) -> Bool {
    if let allowed { return allowed.contains(kind) }
    return !["chat_member", "message_reaction", "message_reaction_count"].contains(kind)
  }
}

/// How many messages a chat got lately.
struct FloodWindow {
  private var times: [Int64] = []

  /// Counts messages; seconds to wait when there were too many in the window.
  mutating func add(_ count: Int, at now: Int64, limit: Int, windowSeconds: Int) -> Int? {
    let window = Int64(windowSeconds) * 1000
    times.removeAll { $0 <= now - window }
    guard times.count >= limit, let oldest = times.first else {
      times += Array(repeating: now, count: count)
      return nil
    }
    return max(1, Int((oldest + window - now + 999) / 1000))
  }
}
