internal import Conversation
internal import Foundation
internal import Gateways
internal import Storage
internal import Turn

/// Puts the answers to operators into words. Pure.
struct DeskWording: Sendable {
  let texts: Texts
  let language: Language

  func text(_ key: Texts.Key, _ values: [String: String] = [:]) -> String {
    texts.text(key, in: language, values)
  }

  func words(_ refusal: Refusal, _ dialogue: Dialogue) -> String {
    switch refusal {
    case .alreadyTaken:
      guard case .operated(let assignment) = dialogue.state else { return text(.deskTooLate) }
      return text(.deskAlreadyTaken, ["operator": assignment.by.name])
    case .notHeld: return text(.deskNotHeld)
    case .nothingSaid: return text(.deskNothingSaid)
    case .staleAnswer, .nothingToStop, .noOperators, .heldByPerson, .tooLate:
      return text(.deskTooLate)
    }
  }

  // MARK: Lists

  func waiting(
    _ dialogues: [DialogueSummary], now: Instant
  ) -> (text: String, buttons: [[InlineButton]]?) {
    guard !dialogues.isEmpty else { return (text(.deskNobody), nil) }
    var lines = [text(.deskWaiting, ["count": "\(dialogues.count)"])]
    var buttons: [[InlineButton]] = []
    for summary in dialogues {
      guard case .waiting(let request) = summary.dialogue.state else { continue }
      lines.append(
        text(
          .deskWaitingLine,
          [
            "name": name(summary), "chat": "\(summary.address.chat)",
            "minutes": minutes(since: request.since, now),
            "reason": texts.words(request.reason, in: language),
          ]))
      let label = text(.staffTake) + ": " + name(summary)
      buttons.append([
        InlineButton(label, data: ButtonData.staff(.take, summary.dialogue.id).text)
      ])
    }
    return (lines.joined(separator: "\n"), Array(buttons.prefix(10)))
  }

  func mine(_ dialogues: [DialogueSummary], now: Instant) -> String {
    guard !dialogues.isEmpty else { return text(.deskNobody) }
    let lines = dialogues.compactMap { summary -> String? in
      guard case .operated(let assignment) = summary.dialogue.state else { return nil }
      return text(
        .deskMineLine,
        [
          "name": name(summary), "chat": "\(summary.address.chat)",
          "minutes": minutes(since: assignment.since, now),
        ])
    }
    return ([text(.deskMine, ["count": "\(dialogues.count)"])] + lines).joined(separator: "\n")
  }

  func canned(_ answers: [CannedAnswer]) -> String {
    guard !answers.isEmpty else { return text(.deskCannedNone) }
    return ([text(.deskCannedList)] + answers.map { "\($0.name) — \($0.text.prefix(80))" })
      .joined(separator: "\n")
  }

  private func name(_ summary: DialogueSummary) -> String {
    let name = summary.customer?.name ?? ""
    return name.isEmpty ? summary.address.chat.description : name
  }

  private func minutes(since: Instant, _ now: Instant) -> String {
    "\(max(0, (now.milliseconds - since.milliseconds) / 60_000))"
  }

  // MARK: Figures

  /// The figures as operators and `switchboard stats` read them.
  func statistics(_ figures: DeskStatistics, waiting: Int) -> String {
    let reasons = HandoffReason.allCases.compactMap { reason in
      figures.requested[reason].map { "\(texts.words(reason, in: language)): \($0)" }
    }
    let none = text(.deskNoFigure)
    return text(
      .deskStats,
      [
        "requested": "\(figures.requested.values.reduce(0, +))",
        "reasons": reasons.isEmpty ? none : reasons.joined(separator: ", "),
        "answers": "\(figures.answers)", "first": duration(figures.firstResponse.mean),
        "next": duration(figures.nextResponse.mean),
        "resolution": duration(figures.resolution.mean), "waiting": "\(waiting)",
        "returned": "\(figures.returned.values.reduce(figures.withdrawn, +))",
        "unclaimed": "\(figures.unclaimed)", "undelivered": "\(figures.undelivered)",
        "rating": figures.meanRating.map { String(format: "%.1f", $0) } ?? none,
      ])
  }

  private func duration(_ milliseconds: Int64?) -> String {
    guard let milliseconds else { return text(.deskNoFigure) }
    let seconds = milliseconds / 1_000
    return String(format: "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60)
  }

  // MARK: Transcripts

  /// A transcript as a plain text file: what people wrote can do nothing there.
  func transcript(
    _ messages: [Message], of address: ConversationAddress
  ) -> (text: String, caption: String) {
    let customer = messages.reversed().lazy.compactMap { message -> String? in
      guard case .customer(let speaker) = message.role else { return nil }
      return speaker.name
    }.first
    let values = [
      "name": customer ?? address.chat.description, "chat": address.chat.description,
    ]
    let style = Date.ISO8601FormatStyle(dateSeparator: .dash, dateTimeSeparator: .space)
    let lines = messages.map { message in
      let at = Date(timeIntervalSince1970: Double(message.at.milliseconds) / 1_000)
      let undelivered = message.delivery == .undelivered ? " ❗️" : ""
      return "[\(at.formatted(style))] "
        + texts.transcriptLine(message, in: language) + undelivered
    }
    let text = ([text(.transcriptHeader, values), ""] + lines).joined(separator: "\n") + "\n"
    return (text, self.text(.deskTranscriptCaption, values))
  }
}
