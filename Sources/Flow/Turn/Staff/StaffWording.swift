package import Conversation
internal import Gateways

/// Puts what operators read into words. Pure.
struct StaffWording: Sendable {
  let texts: Texts
  let language: Language
  /// The model's Markdown as plain words.
  var plain: @Sendable (String) -> String = { $0 }

  /// How much of one message the history shows, in Unicode scalars.
  private static let lineLimit = 300
  /// How much the history shows in all, in Unicode scalars; the rest of the 4,096 is for the head.
  private static let historyLimit = 2_600

  func text(_ key: Texts.Key, _ values: [String: String] = [:]) -> String {
    texts.text(key, in: language, values)
  }

  /// The first line of what concerns a customer, where that does not follow from the place.
  func customerLine(_ scene: StaffScene) -> String {
    text(
      .staffCustomer,
      ["name": scene.customerName, "chat": scene.address.chat.description])
  }

  /// The request as operators see it: who, why, a summary and the last turns.
  func card(
    _ scene: StaffScene, head: String, reason: HandoffReason?, summary: String?, isTopic: Bool
  ) -> FormattedText {
    var lines = [head, customerLine(scene)]
    if scene.address.chat.rawValue < 0 { lines.append(text(.staffGroup)) }
    if let reason { lines.append(text(.staffReason, ["reason": words(reason)])) }
    if let summary = summary ?? localSummary(scene) {
      lines.append(text(.staffSummary, ["summary": Self.cut(summary, 600)]))
    }
    let history = history(scene)
    if !history.isEmpty { lines += ["", text(.staffHistory), history] }
    lines += [
      "",
      isTopic
        ? text(.staffHintTopic)
        : text(.staffHint, ["chat": scene.address.chat.description]),
    ]
    let bold = FormattedText.Entity(.bold, offset: 0, length: head.utf16.count)
    return FormattedText(lines.joined(separator: "\n"), entities: [bold])
  }

  func words(_ reason: HandoffReason) -> String {
    switch reason {
    case .button: text(.reasonButton)
    case .words: text(.reasonWords)
    case .offer: text(.reasonOffer)
    case .model: text(.reasonModel)
    case .promise: text(.reasonPromise)
    case .failure: text(.reasonFailure)
    case .complaints: text(.reasonComplaints)
    case .limit: text(.reasonLimit)
    case .api: text(.reasonApi)
    case .operatorGone: text(.reasonOperatorGone)
    }
  }

  /// What the model did not sum up is told by numbers: it works without any model, and at once.
  private func localSummary(_ scene: StaffScene) -> String? {
    let said = scene.recent.filter { if case .customer = $0.role { true } else { false } }
    guard let first = said.first else { return nil }
    return text(
      .staffSummaryLocal, ["count": "\(said.count)", "first": Self.cut(first.text, 120)])
  }

  /// The last turns, newest last, as many as there is room for.
  private func history(_ scene: StaffScene) -> String {
    var lines: [String] = []
    var length = 0
    for message in scene.recent.reversed() {
      let line = line(message)
      length += line.unicodeScalars.count + 1
      guard length <= Self.historyLimit else { break }
      lines.append(line)
    }
    return lines.reversed().joined(separator: "\n")
  }

  private func line(_ message: Message) -> String {
    guard let speaker = speaker(message.role) else { return mark(message.role) }
    let words: String
    switch message.role {
    case .assistant, .suggestion: words = plain(message.text)
    case .customer, .operator, .note, .mark: words = message.text
    }
    return "\(speaker): \(Self.cut(words, Self.lineLimit))"
  }

  /// Who says a message; nil for marks.
  func speaker(_ role: Message.Role) -> String? {
    switch role {
    case .customer(let speaker): speaker.name
    case .assistant: text(.saidByBot)
    case .operator(let person): text(.saidByOperator, ["name": person.name])
    case .note(let person): text(.saidNote, ["name": person.name])
    case .suggestion: text(.saidSuggestion)
    case .mark: nil
    }
  }

  /// The line of a mark; empty for everything else.
  func mark(_ role: Message.Role) -> String {
    guard case .mark(let mark) = role else { return "" }
    return switch mark {
    case .operatorRequested: text(.markRequested)
    case .operatorCame: text(.markCame)
    case .botCameBack: text(.markBack)
    case .closed: text(.markClosed)
    }
  }

  /// The name of a customer's topic in a staff forum, at most 128 Unicode scalars.
  func topicName(_ scene: StaffScene, _ status: StaffStatus) -> String {
    let icon =
      switch status {
      case .waiting: "🟡"
      case .operated: "🟢"
      case .bot: "🤖"
      case .closed: "⚪️"
      }
    return icon + " " + Self.cut(scene.customerName, 100)
  }

  static func cut(_ text: String, _ limit: Int) -> String {
    text.unicodeScalars.count <= limit
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit - 1))) + "…"
  }
}

extension Texts {
  /// The words of a reason, as operators read them.
  package func words(_ reason: HandoffReason, in language: Language) -> String {
    StaffWording(texts: self, language: language).words(reason)
  }

  /// A message of a transcript on one line, with who said it.
  package func transcriptLine(_ message: Message, in language: Language) -> String {
    let wording = StaffWording(texts: self, language: language)
    guard let speaker = wording.speaker(message.role) else { return wording.mark(message.role) }
    return "\(speaker): \(message.text)"
  }
}
