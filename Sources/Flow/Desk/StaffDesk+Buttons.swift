internal import Conversation
internal import Gateways
internal import Platform
internal import Storage
internal import Turn

/// What operators do by buttons. Every press is answered, if only silently.
extension StaffDesk {
  func pressed(_ press: ButtonPress, _ desk: DeskWork) async throws(StoreError) {
    guard case .staff(let button, let conversation) = ButtonData(press.data),
      let found = try await store.find(.conversation(conversation)),
      found.address.bot == desk.bot
    else { return try await answer(press, .deskTooLate, desk) }
    let side = Side(press.speaker, press.chat)
    try await store.noteOperator(desk.bot, side.person, chat: side.chat, now: clock.now())
    switch button {
    case .take: try await act(.take(force: false), on: found, press, side, desk, done: .deskTaken)
    case .release: try await act(.release, on: found, press, side, desk)
    case .close: try await act(.close, on: found, press, side, desk)
    case .resend(let position):
      guard try await store.isUndelivered(position, of: conversation) else {
        return try await answer(press, .deskTooLate, desk)
      }
      try await act(.resend(position), on: found, press, side, desk)
    case .pass(let person):
      let known = try await store.operators(desk.bot, limit: 50).first {
        $0.operator.id == person && ($0.chat.map { kind($0) != nil } ?? false)
      }
      guard let known else { return try await answer(press, .deskTooLate, desk) }
      try await act(.pass(to: known.operator, chat: known.chat), on: found, press, side, desk)
    case .draft, .summary:
      guard let question = try await question(found) else {
        return try await answer(press, .deskNothingSaid, desk)
      }
      try await act(
        .ask(button == .draft ? .suggestion : .summary, about: question), on: found, press, side,
        desk, done: .deskWorking)
    case .transcript:
      try await respond(
        [
          .answer(to: press, text: nil),
          try await transcript(found, in: press.chat, replyTo: press.message),
        ], about: found, desk)
    case .sendSuggestion(let position), .editSuggestion(let position),
      .dropSuggestion(let position):
      try await suggestion(button, position, found, press, side, desk)
    }
  }

  private func suggestion(
    _ button: ButtonData.StaffButton, _ position: Position, _ found: FoundDialogue,
    _ press: ButtonPress, _ side: Side, _ desk: DeskWork
  ) async throws(StoreError) {
    let text = try await store.transcript(
      found.stored.dialogue.id, from: position, through: position, limit: 1
    ).first { $0.position == position && $0.role == .suggestion }?.text
    guard let text else { return try await answer(press, .deskTooLate, desk) }
    switch button {
    case .sendSuggestion:
      try await act(.settleSuggestion(position, text: text), on: found, press, side, desk)
    case .dropSuggestion:
      try await act(.settleSuggestion(position, text: nil), on: found, press, side, desk)
    default:
      // Together with the hint, for only the first of several messages finds its place by the reply.
      let hint = wording.text(.deskEditHint) + "\n\n"
      let draft = format.texts(ofMarkdown: text).map(\.text).joined(separator: "\n\n")
      let code = FormattedText.Entity(
        .code, offset: hint.utf16.count, length: draft.utf16.count)
      let words = FormattedText(hint + draft, entities: [code])
      try await respond(
        [
          .answer(to: press, text: nil),
          OutboxMessage(
            parts: format.flatten(.text(words)).map(MessageContent.text),
            replyTo: press.message, staff: StaffDestination(chat: press.chat),
            relay: .toStaff([])),
        ], about: found, desk)
    }
  }

  private func act(
    _ action: OperatorAction, on found: FoundDialogue, _ press: ButtonPress, _ side: Side,
    _ desk: DeskWork, done: Texts.Key = .deskDone
  ) async throws(StoreError) {
    let outcome = try await commit(
      action, on: found, side, desk, adding: [.answer(to: press, text: wording.text(done))])
    switch outcome {
    case .done: break
    case .refused(let refusal, let dialogue):
      try await respond(
        [.answer(to: press, text: wording.words(refusal, dialogue))], desk)
    case .missing: try await answer(press, .deskTooLate, desk)
    }
  }

  private func answer(
    _ press: ButtonPress, _ key: Texts.Key, _ desk: DeskWork
  ) async throws(StoreError) {
    try await respond([.answer(to: press, text: wording.text(key))], desk)
  }
}
