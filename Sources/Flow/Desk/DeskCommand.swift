package import Turn

/// What operators can order in a staff chat.
package enum DeskCommand: String, CaseIterable, Sendable {
  case take, pass, `return`, close, transcript, note, canned, draft, summary, ban, unban
  case waiting, mine, stats, help

  /// Whether it is about one dialogue.
  var concernsDialogue: Bool {
    switch self {
    case .take, .pass, .return, .close, .transcript, .note, .draft, .summary, .ban, .unban: true
    case .canned, .waiting, .mine, .stats, .help: false
    }
  }

  /// What the menu of Telegram's clients says of it.
  package var description: Texts.Key {
    switch self {
    case .take: .commandTake
    case .pass: .commandPass
    case .return: .commandReturn
    case .close: .commandClose
    case .transcript: .commandTranscript
    case .note: .commandNote
    case .canned: .commandCanned
    case .draft: .commandDraft
    case .summary: .commandSummary
    case .ban: .commandBan
    case .unban: .commandUnban
    case .waiting: .commandWaiting
    case .mine: .commandMine
    case .stats: .commandStats
    case .help: .commandHelp
    }
  }
}
