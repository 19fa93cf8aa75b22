internal import Conversation
internal import Gateways
internal import Storage
internal import Turn

/// The commands of operators.
extension StaffDesk {
  func obey(
    _ command: InboundMessage.Command, _ message: InboundMessage, _ side: Side, _ desk: DeskWork
  ) async throws(StoreError) {
    // In a group, a command to another bot or one that nobody here knows may be a colleague's.
    guard message.addressee != .other else { return try await finish(desk) }
    guard let known = DeskCommand(rawValue: command.name == "start" ? "help" : command.name) else {
      // A colleague's command for something else; but words for a customer must not vanish.
      let isOurs = kind(message.chat) == .person || message.addressee == .bot
      let concerned = try await dialogue(behind: message, desk).dialogue
      guard isOurs || concerned != nil else { return try await finish(desk) }
      return try await respond(wording.text(.deskUnknownCommand), to: message, desk)
    }
    guard known.concernsDialogue else {
      return try await general(known, command.argument, message, side, desk)
    }
    guard
      let (found, argument) = try await target(
        of: "/" + known.rawValue, command.argument, message, side, desk)
    else { return }
    try await obey(known, argument, on: found, message, side, desk)
  }

  /// The dialogue of a command, and the rest of its words: by its place, by an id after the command,
  /// or the only one that the operator holds. Nil when it is not known; then that was answered.
  private func target(
    of command: String, _ argument: String, _ message: InboundMessage, _ side: Side,
    _ desk: DeskWork
  ) async throws(StoreError) -> (FoundDialogue, String)? {
    if let found = try await dialogue(behind: message, desk).dialogue { return (found, argument) }
    let words = argument.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    let number = words.first.flatMap { Int64($0) }
    if let number {
      switch try await customer(in: ChatID(number), desk) {
      case .one(let found): return (found, words.count > 1 ? String(words[1]) : "")
      case .several:
        try await respond(wording.text(.deskAmbiguous, ["chat": "\(number)"]), to: message, desk)
        return nil
      case .nobody: break
      }
    }
    if try await isErased(message, desk) {
      try await respond(wording.text(.deskErased), to: message, desk)
      return nil
    }
    let held = try await store.browse(DialogueQuery(heldBy: side.person.id, limit: 2))
    guard held.count == 1, let only = held.first,
      let found = try await store.find(.conversation(only.dialogue.id))
    else {
      let answer =
        number.map { wording.text(.deskUnknownCustomer, ["chat": "\($0)"]) }
        ?? wording.text(.deskNoDialogue, ["command": command])
      try await respond(answer, to: message, desk)
      return nil
    }
    return (found, argument)
  }

  private func obey(
    _ command: DeskCommand, _ argument: String, on found: FoundDialogue,
    _ message: InboundMessage, _ side: Side, _ desk: DeskWork
  ) async throws(StoreError) {
    func act(
      _ action: OperatorAction, _ emoji: String = "👌"
    ) async throws(StoreError) {
      try await self.act(
        action, on: found, side, desk, source: [message], adding: [heard(message, emoji)]
      )
    }
    switch command {
    case .take: try await act(.take(force: false))
    case .return: try await act(.release)
    case .close: try await act(.close)
    case .ban: try await ban(true, on: found, message, side, desk)
    case .unban: try await ban(false, on: found, message, side, desk)
    case .note:
      guard !argument.isEmpty else {
        return try await respond(wording.text(.deskNoteUsage), to: message, desk)
      }
      try await act(.note(argument), "✍")
    case .pass: try await pass(argument, found, message, side, desk)
    case .draft, .summary:
      guard let question = try await question(found) else {
        return try await respond(wording.text(.deskNothingSaid), to: message, desk)
      }
      try await act(.ask(command == .draft ? .suggestion : .summary, about: question), "✍")
    case .transcript:
      try await respond(
        [try await transcript(found, in: message.chat, replyTo: message.id)], about: found, desk)
    case .canned, .waiting, .mine, .stats, .help: break
    }
  }

  private func general(
    _ command: DeskCommand, _ argument: String, _ message: InboundMessage, _ side: Side,
    _ desk: DeskWork
  ) async throws(StoreError) {
    switch command {
    case .help: try await respond(wording.text(.deskHelp), to: message, desk)
    case .waiting:
      let waiting = try await store.browse(DialogueQuery(state: .waiting, limit: 30))
      let list = wording.waiting(waiting, now: desk.receivedAt)
      try await respond(list.text, to: message, desk, buttons: list.buttons)
    case .mine:
      let mine = try await store.browse(DialogueQuery(heldBy: side.person.id, limit: 30))
      try await respond(wording.mine(mine, now: desk.receivedAt), to: message, desk)
    case .stats:
      try await respond(try await report.day(of: desk.receivedAt), to: message, desk)
    case .canned: try await canned(argument, message, side, desk)
    case .take, .pass, .return, .close, .transcript, .note, .draft, .summary, .ban, .unban: break
    }
  }

  /// The customer's last message as the question of a suggestion or a summary; nil when there is
  /// none that the model may still read, for the customer has begun anew since.
  func question(_ found: FoundDialogue) async throws(StoreError) -> Question? {
    guard let last = try await lastQuestion(found),
      last.position >= found.stored.dialogue.contextStart
    else { return nil }
    return Question(
      position: last.position, messageID: last.message.messageID ?? MessageID(0),
      person: last.speaker.id, language: last.speaker.language, at: last.message.at,
      isPrivate: found.address.chat.rawValue > 0)
  }

  // MARK: Passing

  private func pass(
    _ argument: String, _ found: FoundDialogue, _ message: InboundMessage, _ side: Side,
    _ desk: DeskWork
  ) async throws(StoreError) {
    let others = try await store.operators(desk.bot, limit: 20).filter {
      $0.operator.id != side.person.id && ($0.chat.map { kind($0) != nil } ?? false)
    }
    let name = argument.lowercased()
    let named = others.filter {
      "\($0.operator.id)" == argument || $0.operator.name.lowercased() == name
    }
    if named.count == 1, let next = named.first {
      return try await act(
        .pass(to: next.operator, chat: next.chat), on: found, side, desk, source: [message]
      )
    }
    guard !others.isEmpty else {
      return try await respond(wording.text(.deskOnlyYou), to: message, desk)
    }
    let buttons = others.prefix(8).map { other in
      [
        InlineButton(
          other.operator.name,
          data: ButtonData.staff(.pass(other.operator.id), found.stored.dialogue.id).text)
      ]
    }
    let words = wording.text(argument.isEmpty ? .deskChooseOperator : .deskNoOperator)
    try await respond(words, to: message, desk, buttons: Array(buttons))
  }

  // MARK: Canned answers

  private func canned(
    _ argument: String, _ message: InboundMessage, _ side: Side, _ desk: DeskWork
  ) async throws(StoreError) {
    let words = argument.split(maxSplits: 2, whereSeparator: \.isWhitespace).map(String.init)
    switch (words.first?.lowercased(), words.count) {
    case (nil, _):
      let all = try await store.cannedAnswers(desk.bot)
      try await respond(wording.canned(all), to: message, desk)
    case ("add", 3):
      let name = words[1].lowercased()
      _ = try await store.setCannedAnswer(desk.bot, name: name, text: words[2])
      try await respond(wording.text(.deskCannedSaved, ["name": name]), to: message, desk)
    case ("remove", 2):
      let name = words[1].lowercased()
      let removed = try await store.setCannedAnswer(desk.bot, name: name, text: nil)
      try await respond(
        wording.text(removed ? .deskCannedRemoved : .deskCannedUnknown, ["name": name]),
        to: message, desk)
    case (let name?, 1...) where name != "add" && name != "remove":
      try await send(canned: name, words.dropFirst().joined(separator: " "), message, side, desk)
    default: try await respond(wording.text(.deskCannedUsage), to: message, desk)
    }
  }

  private func send(
    canned name: String, _ argument: String, _ message: InboundMessage, _ side: Side,
    _ desk: DeskWork
  ) async throws(StoreError) {
    guard let answer = try await store.cannedAnswers(desk.bot).first(where: { $0.name == name })
    else {
      return try await respond(
        wording.text(.deskCannedUnknown, ["name": name]), to: message, desk)
    }
    guard
      let (found, _) = try await target(of: "/canned \(name)", argument, message, side, desk)
    else { return }
    var source = message
    source.text = answer.text
    source.entities = nil
    source.command = nil
    let source0 = StaffMessage(chat: message.chat, id: message.id)
    try await act(
      .write(OperatorMessage(text: answer.text, source: source0)), on: found, side, desk,
      source: [source]
    )
  }
}
