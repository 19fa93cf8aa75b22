package import Conversation

/// The texts that people see, per language; every one can be replaced by the owner.
package struct Texts: Equatable, Sendable {
  /// The names of the texts. The owner's file uses them.
  package enum Key: String, Sendable, CaseIterable {
    case greeting, help, newDialogue, forgotten, whoami, unknownCommand
    case unsupported, unsupportedPhoto, unsupportedVoice
    case tooManyMessages, stopped, aiNotice, contextNearlyFull, couldNotProcess
    case tookTooLong, busy, couldNotAnswer, emptyAnswer, filtered, questionTooLong
    case groupNotHeard, nobody
    case privacy, keptForEver, keptForDays, erased, started
    case troubleQuarantined, troubleModelDown, troubleKeyRefused, troubleOutOfMoney
    case troubleStoreUnwritable, troubleUndelivered
    case buttonNew, buttonHelp, wordForget
    case commandStart, commandHelp, commandNew, commandForget, commandPrivacy, commandWhoami
    case systemPrompt
    // What customers read about operators.
    case operatorRequested, operatorsAway, queuePlace, queueLeft, operatorsBusy, noOperators
    case operatorOffered, operatorOfferedTooMany, offerDeclined, operatorConnected
    case requestCancelled, requestUnanswered, requestReturned
    case operatorDisconnected, operatorDisconnectedTimeout, dialogueClosed
    case newDialogueWithOperator, ratingAsked, ratingThanks, commentAsked, commentThanks, banned
    case operatorAnswer, buttonOperator, buttonCallOperator, buttonNoOperator, buttonKeepBot
    case buttonCancelRequest, buttonComment, pressTooLate, commandOperator
    case troubleStaffUnreachable, troubleTopicsRefused
    // What operators read.
    case staffRequested, staffOperated, staffEnded, staffCustomer, staffGroup, staffReason
    case staffSummary
    case staffSummaryLocal, staffHistory, staffHint, staffHintTopic, reasonButton, reasonWords
    case reasonOffer, reasonModel, reasonPromise, reasonFailure, reasonComplaints, reasonLimit
    case reasonApi, reasonOperatorGone, saidByBot, saidByOperator, saidNote, saidSuggestion
    case markRequested, markCame, markBack, markClosed, staffReminder, staffWithdrawn
    case staffPassed, staffReturned, staffReturnedByCustomer, staffReturnedTimeout
    case staffReturnedForgotten, staffClosed, staffCustomerEdited, staffNote, staffUndelivered
    case staffBlocked, staffCustomerLeft, staffSuggestion, staffModelSummary, staffNoAssistance
    case staffAnswerWithdrawn, deskBanShared
    case staffRated, staffComment, staffBanned, staffUnbanned, staffAlbum, staffTake
    case staffTranscript, staffDraft, staffSummarize, staffRelease, staffClose, staffResend
    case staffSend, staffEdit, staffDrop, deskWrongForm, deskUnknownCustomer, deskNoDialogue
    case deskAlreadyTaken, deskTaken, deskNotHeld, deskTooLate, deskNothingSaid, deskDone
    case deskWorking, deskNoOperator, deskChooseOperator, deskOnlyYou, deskWaiting, deskMine
    case deskAmbiguous, deskNobody, deskWaitingLine, deskMineLine, deskCannedNone, deskCannedList
    case deskCannedSaved, deskCannedRemoved, deskCannedUnknown, deskCannedUsage, deskNoteUsage
    case deskEditHint, deskErased, deskUnknownCommand, deskTranscriptCaption, deskHelp, deskStats
    case deskNoFigure, transcriptHeader, commandTake, commandPass, commandReturn, commandClose
    case commandTranscript, commandNote, commandCanned, commandDraft, commandSummary, commandBan
    case commandUnban, commandWaiting, commandMine, commandStats
  }

  private var templates: [Language: [Key: String]]

  /// The texts that come with Switchboard.
  package init() {
    templates = [
      .russian: Self.merged(Self.russian, Self.russianHandoff, Self.russianStaff),
      .english: Self.merged(Self.english, Self.englishHandoff, Self.englishStaff),
    ]
  }

  private static func merged(_ parts: [Key: String]...) -> [Key: String] {
    parts.reduce(into: [:]) { $0.merge($1) { _, new in new } }
  }

  /// Why the owner's texts can't be used.
  package struct OverrideError: Error, Equatable, Sendable {
    /// What is wrong, and how to mend it.
    package let message: String
  }

  /// Replaces texts: language tag to name to text. Throws when a language or a name is not known.
  package mutating func override(_ texts: [String: [String: String]]) throws(OverrideError) {
    for (tag, entries) in texts {
      guard let language = Language(rawValue: tag) else {
        throw OverrideError(
          message: "unknown language \"\(tag)\"; use one of: "
            + Language.allCases.map(\.rawValue).joined(separator: ", "))
      }
      for (name, text) in entries {
        guard let key = Key(rawValue: name) else {
          throw OverrideError(
            message: "unknown text \"\(name)\"; use one of: "
              + Key.allCases.map(\.rawValue).joined(separator: ", "))
        }
        // A message without words is refused by Telegram; only these two may be left out.
        guard
          [.aiNotice, .systemPrompt].contains(key) || text.contains(where: { !$0.isWhitespace })
        else {
          throw OverrideError(
            message: "the text \"\(name)\" is blank; write some words, or leave it out")
        }
        templates[language]?[key] = text
      }
    }
  }

  /// A text with its `{placeholders}` filled in. What is filled in is never read as a placeholder.
  package func text(
    _ key: Key, in language: Language, _ values: [String: String] = [:]
  ) -> String {
    fill(templates[language]?[key] ?? "", values)
  }

  /// The labels of the keyboard of private chats, by rows; where there are operators, one row calls
  /// them.
  package func keyboard(in language: Language, withOperators: Bool) -> [[String]] {
    [[text(.buttonNew, in: language), text(.buttonHelp, in: language)]]
      + (withOperators ? [[text(.buttonOperator, in: language)]] : [])
  }

  private func fill(_ template: String, _ values: [String: String]) -> String {
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      let inside = rest[rest.index(after: open)...]
      if let close = inside.firstIndex(of: "}"), let value = values[String(inside[..<close])] {
        result += value
        rest = inside[inside.index(after: close)...]
      } else {
        result += "{"
        rest = inside
      }
    }
    return result + rest
  }
}
