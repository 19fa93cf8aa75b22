import Testing

/// The page of `switchboard demo` in a real browser: the cases are written in Python, one function
/// of the same name each, and are run once, all in one browser, against one demo.
@Suite(.timeLimit(.minutes(10)))
struct DemoPageTests {
  /// The cases by their names in `python/cases_*.py`.
  enum Case: String, CaseIterable, Sendable {
    case draftBecomesTheAnswer = "draft_becomes_the_answer"
    case stopEndsTheAnswer = "stop_ends_the_answer"
    case keyboardsAndInlineButtonsWork = "keyboards_and_inline_buttons_work"
    case messagesAreRepliedToAndCorrected = "messages_are_replied_to_and_corrected"
    case mediaAreSentAndShown = "media_are_sent_and_shown"
    case chatsStandSideBySide = "chats_stand_side_by_side"
    case unreadAreCounted = "unread_are_counted_and_the_end_is_followed"
    case nothingThatPeopleTypeRuns = "nothing_that_people_type_runs"
    case formattingIsShown = "formatting_of_every_kind_is_shown"
    case wireIsShown = "wire_shows_what_goes_over_it"
    case axeFindsNothing = "axe_finds_nothing"
    case axeFindsNothingInDrafts = "axe_finds_nothing_while_an_answer_grows"
    case keyboardIsEnough = "keyboard_is_enough"
    case eventsResume = "events_resume_after_a_lost_connection"
    case troublesAreToldKindly = "troubles_are_told_kindly_and_words_are_kept"
    case topicsAreChanged = "topics_are_opened_written_in_and_changed"
    case repliesAndFilesAreShown = "replies_reactions_corrections_and_files_are_shown"
    case sidesAreReached = "sides_are_reached_on_a_small_screen"
    case operatorsStandBeside = "operators_stand_beside_the_client"
    case nothingAtTheDeskRuns = "nothing_that_operators_see_runs"
    case axeFindsNothingAtTheDesk = "axe_finds_nothing_at_the_desk"
    case keyboardIsEnoughAtTheDesk = "keyboard_is_enough_at_the_desk"
    case languageAndTheme = "language_and_theme_follow_and_are_kept"
  }

  @Test(arguments: Case.allCases)
  func page(holds example: Case) async throws {
    let outcomes = try await BrowserRun.shared.outcomes()
    let outcome = try #require(outcomes[example.rawValue], "no such case in Python")
    #expect(outcome.trouble == nil, "\(outcome.trouble ?? "")")
  }

  @Test func everyCaseIsNamedHere() async throws {
    let outcomes = try await BrowserRun.shared.outcomes()
    #expect(Set(outcomes.keys) == Set(Case.allCases.map(\.rawValue)))
  }
}
