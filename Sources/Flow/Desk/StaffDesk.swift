package import Conversation
package import Gateways
package import Platform
package import Storage
package import Turn

/// Works on what operators write and press in staff chats. What they do goes through the door; what
/// they ask is answered where they asked.
package struct StaffDesk: Sendable {
  let store: any Store
  let door: Door
  let wording: DeskWording
  let format: AnswerFormat
  let kind: @Sendable (ChatID) -> StaffChat.Kind?
  let report: DeskReport
  let bells: Bells
  let clock: Clock
  let log: Log

  /// Makes the desk.
  package init(
    store: any Store, door: Door, texts: Texts, language: Language, format: AnswerFormat,
    kind: @escaping @Sendable (ChatID) -> StaffChat.Kind?,
    report: DeskReport, bells: Bells, clock: Clock, log: Log
  ) {
    self.store = store
    self.door = door
    wording = DeskWording(texts: texts, language: language)
    self.format = format
    self.kind = kind
    self.report = report
    self.bells = bells
    self.clock = clock
    self.log = log
  }

  /// The part of the program that looks after staff chats, for Turn.
  /// `migrated` is told that a group has become another.
  package func side(
    migrated: @escaping @Sendable (_ from: ChatID, _ to: ChatID) -> Void = { _, _ in }
  ) -> TurnWorker.StaffSide {
    TurnWorker.StaffSide(
      owns: { kind($0) != nil },
      perform: { (work) throws(StoreError) in try await perform(work) }, migrated: migrated)
  }

  func perform(_ work: InboxWork) async throws(StoreError) {
    guard case .update(let update) = work.entries[0].event else { return }
    let desk = DeskWork(work)
    switch update.kind {
    case .message: try await messages(work.entries.compactMap(\.message), desk)
    case .editedMessage(let message): try await edited(message, desk)
    case .pressed(let press): try await pressed(press, desk)
    case .memberChanged(let chat, let person, let isMember):
      if !isMember { try await lost(OperatorID(person.rawValue), in: chat, desk) }
      try await finish(desk)
    case .generationStopped, .membershipChanged, .topicCreated, .migrated, .ignored:
      try await finish(desk)
    }
  }

  // MARK: Messages

  private func messages(
    _ messages: [InboundMessage], _ desk: DeskWork
  ) async throws(StoreError) {
    // What was written before the group moved comes under the new id, and still tells the old one.
    guard let first = messages.first, let kind = kind(first.chat) ?? kind(desk.address.chat)
    else { return try await finish(desk) }
    let side = Side(first.speaker, first.chat)
    try await store.noteOperator(desk.bot, side.person, chat: side.chat, now: clock.now())
    if let command = first.command {
      return try await obey(command, first, side, desk)
    }
    switch try await addressee(of: first, desk) {
    case .dialogue(let found, let whole):
      try await write(whole, of: messages, found, side, desk)
    case .contradictory: try await respond(wording.text(.deskWrongForm), to: first, desk)
    case .ambiguous(let chat):
      try await respond(wording.text(.deskAmbiguous, ["chat": "\(chat)"]), to: first, desk)
    case .unknown(let chat):
      try await respond(wording.text(.deskUnknownCustomer, ["chat": "\(chat)"]), to: first, desk)
    case .erased: try await respond(wording.text(.deskErased), to: first, desk)
    case .nobody:
      // In groups colleagues talk to each other as well; but who speaks to the bot learns what is
      // wrong.
      guard kind == .person || first.addressee == .bot else { return try await finish(desk) }
      try await respond(wording.text(.deskWrongForm), to: first, desk)
    }
  }

  /// Words for a customer; `whole` is the first of the messages as the customer shall read it.
  private func write(
    _ whole: InboundMessage, of messages: [InboundMessage], _ found: FoundDialogue, _ side: Side,
    _ desk: DeskWork
  ) async throws(StoreError) {
    guard let words = try await spelledOut(whole, desk) else { return }
    var source = [words] + messages.dropFirst()
    // An album is copied with the captions that it has.
    if source.count > 1, words.text != messages.first?.text { source = source.wordsApart }
    let text = source.compactMap(\.text).joined(separator: "\n\n")
    let sign = words.attachment?.kind.sign ?? ""
    let message = OperatorMessage(
      text: text.isEmpty ? sign : text, source: StaffMessage(chat: words.chat, id: words.id))
    try await act(.write(message), on: found, side, desk, source: source)
  }

  /// The message with the canned answer for which `#name` stands. Where there is none of that name
  /// this is told and nil comes back: the customer could make nothing of it.
  private func spelledOut(
    _ message: InboundMessage, _ desk: DeskWork
  ) async throws(StoreError) -> InboundMessage? {
    guard let text = message.text, text.hasPrefix("#"), text.count > 1,
      !text.contains(where: \.isWhitespace)
    else { return message }
    let name = text.dropFirst().lowercased()
    let answers = try await store.cannedAnswers(desk.bot)
    guard let answer = answers.first(where: { $0.name == name }) else {
      try await respond(
        wording.text(.deskCannedUnknown, ["name": name]), to: message, desk)
      return nil
    }
    var message = message
    message.text = answer.text
    message.entities = nil
    return message
  }

  /// Only what was written to a customer can be changed for them: a note, a command or a message of a
  /// wrong form that is changed was never theirs, and must not become so unnoticed.
  private func edited(_ message: InboundMessage, _ desk: DeskWork) async throws(StoreError) {
    guard message.command == nil, message.text != nil else { return try await finish(desk) }
    let source = StaffMessage(chat: message.chat, id: message.id)
    switch try await addressee(of: message, desk) {
    case .dialogue(let found, let whole):
      guard try await wasWritten(source, in: found) else {
        return try await respond(wording.text(.deskTooLate), to: message, desk)
      }
      guard let words = try await spelledOut(whole, desk) else { return }
      let action = OperatorAction.edit(source, text: words.text ?? "")
      let side = Side(message.speaker, message.chat)
      try await act(action, on: found, side, desk, source: [words])
    case .contradictory: try await respond(wording.text(.deskWrongForm), to: message, desk)
    case .ambiguous(let chat):
      try await respond(wording.text(.deskAmbiguous, ["chat": "\(chat)"]), to: message, desk)
    case .erased: try await respond(wording.text(.deskErased), to: message, desk)
    case .unknown, .nobody: try await finish(desk)
    }
  }

  private func wasWritten(
    _ source: StaffMessage, in found: FoundDialogue
  ) async throws(StoreError) -> Bool {
    let dialogue = found.stored.dialogue
    return try await store.transcript(
      dialogue.id, from: Position(1), through: dialogue.nextPosition, limit: Door.changeable
    ).contains { $0.source == source }
  }

  /// Who leaves a staff group no longer holds what they held there, and is offered nothing more.
  private func lost(
    _ person: OperatorID, in chat: ChatID, _ desk: DeskWork
  ) async throws(StoreError) {
    try await store.dismissOperator(desk.bot, person, from: chat)
    let now = clock.now()
    let held = try await store.browse(DialogueQuery(heldBy: person, limit: 1_000))
    let entries = held.filter { $0.dialogue.isHeld(in: chat) }.map {
      NewInboxEntry(
        sourceKeys: [], address: $0.address, event: .operatorLost(person), notBefore: now)
    }
    guard !entries.isEmpty else { return }
    _ = try await store.admit(entries, now: now)
    bells.inbox.ring()
  }
}

extension Dialogue {
  /// Whether a person holds it who works in a staff chat.
  fileprivate func isHeld(in chat: ChatID) -> Bool {
    guard case .operated(let assignment) = state else { return false }
    return assignment.chat == chat
  }
}

extension [InboundMessage] {
  /// The words of an album as a message of their own before the files, which have none.
  fileprivate var wordsApart: [InboundMessage] {
    guard var words = first else { return [] }
    words.attachment = nil
    for other in dropFirst() {
      guard let text = other.text else { continue }
      let before = words.text.map { $0 + "\n\n" } ?? ""
      let moved = (other.entities ?? []).map { entity in
        FormattedText.Entity(
          entity.kind, offset: entity.offset + before.utf16.count, length: entity.length)
      }
      words.text = before + text
      words.entities = (words.entities ?? []) + moved
    }
    let files = map { message in
      var file = message
      file.text = nil
      file.entities = nil
      return file
    }
    return [words] + files
  }
}

/// Who acts in which staff chat.
struct Side {
  var person: Operator
  var chat: ChatID

  init(_ speaker: Speaker, _ chat: ChatID) {
    person = Operator(id: OperatorID(speaker.id.rawValue), name: speaker.name)
    self.chat = chat
  }
}

/// A piece of work from a staff chat.
struct DeskWork {
  /// The staff chat, without any topic.
  var address: ConversationAddress
  /// The entries to be completed with it.
  var entries: [InboxID]
  var receivedAt: Instant
  var bot: BotID { address.bot }

  init(_ work: InboxWork) {
    address = ConversationAddress(bot: work.address.bot, chat: work.address.chat)
    entries = work.entries.map(\.id)
    receivedAt = work.entries[0].receivedAt
  }
}
