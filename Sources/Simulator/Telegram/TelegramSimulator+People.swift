internal import Conversation
internal import Platform
internal import Synchronization

/// What simulated people do, and what they see.
extension TelegramSimulator {
  /// Adds a person with a private chat of the same id. The bot can write there only after the person
  /// has written first, which `hasStarted` says they have.
  @discardableResult
  package func addPerson(
    _ firstName: String, lastName: String? = nil, username: String? = nil,
    language: String = "ru", id: Int64? = nil, hasStarted: Bool = false
  ) -> Int64 {
    act {
      $0.addPerson(
        firstName, lastName: lastName, username: username, language: language, id: id,
        hasStarted: hasStarted)
    }
  }

  /// Adds a group with the bot in it; a forum is always a supergroup. `admins` may do what only
  /// administrators may; the first of them owns the group.
  @discardableResult
  package func addGroup(
    _ title: String, members: [Int64], isForum: Bool = false, isSupergroup: Bool = false,
    admins: [Int64] = [], bot: BotRole = .member
  ) -> Int64 {
    let now = clock.now()
    return act {
      $0.addGroup(
        title, members: members, isForum: isForum, isSupergroup: isSupergroup, admins: admins,
        bot: bot, now: now)
    }
  }

  /// Adds a topic to a forum, or to a private chat where `Settings.hasTopics` says so; gives its id.
  /// A name that nobody chose is implicit; only topics of private chats have such.
  @discardableResult
  package func addTopic(
    _ name: String, isNameImplicit: Bool = false, in chat: Int64, by person: Int64
  ) throws(ActionRefused) -> Int64 {
    try attempt { (world, now) throws(ActionRefused) in
      try world.addTopic(
        name, isNameImplicit: isNameImplicit, in: chat, by: person, now: now)
    }
  }

  /// A person writes; gives the id of the message.
  @discardableResult
  package func post(_ message: PersonMessage, from person: Int64, in chat: Int64)
    throws(ActionRefused) -> Int64
  {
    try attempt { (world, now) throws(ActionRefused) in
      try world.post(message, from: person, in: chat, now: now)
    }
  }

  /// A person writes a text to the bot in private; gives the id of the message.
  @discardableResult
  package func post(_ text: String, from person: Int64) throws(ActionRefused) -> Int64 {
    try post(PersonMessage(text), from: person, in: person)
  }

  /// A person sends several things of one kind as one album, the caption under the first.
  @discardableResult
  package func postAlbum(
    _ caption: String?, count: Int, of media: PersonMessage.Media = .photo, thread: Int64? = nil,
    from person: Int64, in chat: Int64
  ) throws(ActionRefused) -> [Int64] {
    try attempt { (world, now) throws(ActionRefused) in
      let album = "album-\(world.nextMessage)"
      var ids: [Int64] = []
      for index in 0..<count {
        let picture = PersonMessage(
          index == 0 ? caption : nil, thread: thread, media: media, album: album)
        ids.append(try world.post(picture, from: person, in: chat, now: now))
      }
      return ids
    }
  }

  /// A person corrects what they wrote.
  package func edit(
    _ message: Int64, in chat: Int64, text: String, entities: [JSONValue]? = nil
  ) throws(ActionRefused) {
    try attempt { (world, now) throws(ActionRefused) in
      try world.edit(message, in: chat, text: text, entities: entities, now: now)
    }
  }

  /// A person presses the stop button of a draft.
  package func stop(draft: Int64, in chat: Int64) throws(ActionRefused) {
    try attempt { (world, now) throws(ActionRefused) in
      try world.stop(draft, in: chat, now: now)
    }
  }

  /// A person presses an inline button; gives the id of the callback query.
  @discardableResult
  package func press(_ data: String, on message: Int64, in chat: Int64, by person: Int64)
    throws(ActionRefused) -> String
  {
    try attempt { (world, now) throws(ActionRefused) in
      try world.press(data, on: message, in: chat, by: person, now: now)
    }
  }

  /// A person blocks the bot or lets it in again; in a group, removes or adds it.
  package func setBlocked(_ isBlocked: Bool, chat: Int64, by person: Int64) throws(ActionRefused) {
    try attempt { (world, now) throws(ActionRefused) in
      try world.setBlocked(isBlocked, chat: chat, by: person, now: now)
    }
  }

  /// A group becomes a supergroup; gives the new id.
  @discardableResult
  package func migrate(_ chat: Int64) throws(ActionRefused) -> Int64 {
    try attempt { (world, now) throws(ActionRefused) in try world.migrate(chat, now: now) }
  }

  /// Telegram sends an update again, under its own id or under a new one.
  package func redeliver(_ update: Int64, underNewID: Bool = false) throws(ActionRefused) {
    try attempt { (world, now) throws(ActionRefused) in
      try world.redeliver(update, underNewID: underNewID, now: now)
    }
  }

  /// The updates that were made, oldest first, as they were sent.
  package var updates: [JSONValue] { core.state.withLock { $0.world.pastUpdates } }

  /// What a chat shows now; nil when there is no such chat.
  package func transcript(of chat: Int64) -> Transcript? {
    look { world in world.chats[chat].map { world.transcript(of: $0) } }
  }

  /// The bytes that a person gave with a message; nil when there are none, or no longer.
  package func upload(_ fileID: String) -> Upload? {
    core.state.withLock { state in
      guard state.world.uploaded.contains(fileID) else { return nil }
      return state.world.files[fileID].map { Upload(type: $0.type, bytes: $0.bytes) }
    }
  }

  /// The commands that the bot offers to people who speak the language; to a person in a chat when
  /// those are named.
  package func commands(
    language: String, person: Int64? = nil, chat: Int64? = nil
  ) -> [JSONValue] {
    look { world in
      world.commands(for: person, in: chat.flatMap { world.chats[$0] }, language: language)
    }
  }

  /// All chats, people first, with the id of the newest event that they hold.
  package var snapshot: (chats: [Transcript], lastEvent: Int64) {
    let now = clock.now()
    return core.state.withLock { state in
      state.world.expire(now)
      core.feed.append(state.world.changes)
      state.world.changes.removeAll()
      let chats = state.world.chats.values.sorted { left, right in
        left.id > 0 && right.id > 0 ? left.id < right.id : left.id > right.id
      }
      return (chats.map { state.world.transcript(of: $0) }, core.feed.lastID)
    }
  }

  /// The changes from now on, or after the event with the given id. A reader that falls behind by
  /// more than `rememberedEvents` loses the ones between.
  package func events(after id: Int64? = nil) -> AsyncStream<TranscriptEvent> {
    let reader = EventReader(core.feed, after: id ?? core.feed.lastID, clock: clock)
    let waiting = Mutex<[TranscriptEvent]>([])
    return AsyncStream {
      while !Task.isCancelled {
        let event = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if let event { return event }
        guard let batch = await reader.next(atMost: .seconds(3600)) else { return nil }
        if case .events(let events) = batch { waiting.withLock { $0 = events } }
      }
      return nil
    }
  }

  func act<Value>(_ body: (inout World) -> Value) -> Value {
    core.change { state in body(&state.world) }
  }

  @discardableResult
  func attempt<Value>(
    _ body: (inout World, Instant) throws(ActionRefused) -> Value
  ) throws(ActionRefused) -> Value {
    let now = clock.now()
    let outcome = act { world in
      world.expire(now)
      return Result<Value, ActionRefused> { () throws(ActionRefused) in try body(&world, now) }
    }
    return try outcome.get()
  }

  private func look<Value>(_ body: (World) -> Value) -> Value {
    let now = clock.now()
    return core.state.withLock { state in
      state.world.expire(now)
      return body(state.world)
    }
  }
}
