import Conversation
import Gateways
import Storage
import Testing
import Turn

/// What operators order by commands and buttons.
@Suite struct CommandTests {
  private static let anna = DeskScene.anna
  private static let person = DeskScene.person
  private static let group = DeskScene.group
  private static let label = "Operator's answer: "

  /// A scene in which Anna waits for a person.
  private func waiting(_ kinds: [StaffChat.Kind] = [.person, .group]) async throws -> DeskScene {
    let scene = try await DeskScene(kinds)
    try await scene.writes(Self.anna, "Where is my order?")
    try await scene.writes(Self.anna, nil, command: "operator")
    return scene
  }

  @Test func cannedAnswersAreKeptListedUsedAndRemoved() async throws {
    let scene = try await waiting()
    func told(_ text: String) async throws -> String? {
      let before = scene.said(in: Self.person).count
      try await scene.says(text, in: Self.person)
      return scene.said(in: Self.person).dropFirst(before).last
    }
    #expect(try await told("/canned")?.contains("no canned answers") == true)
    #expect(try await told("/canned add Hi Good day, Anna!") == "Saved: hi")
    #expect(try await told("/canned add hi")?.contains("/canned add name text") == true)
    #expect(try await told("/canned")?.contains("hi — Good day, Anna!") == true)
    try await scene.says("/canned hi 11111", in: Self.person)
    #expect(scene.said(in: Self.anna).last == Self.label + "Good day, Anna!")
    let card = try #require(scene.shown(in: Self.person).first { $0.text.contains("id 11111") })
    try await scene.says("#HI", in: Self.person, repliesTo: card.id) {
      $0.entities = [.init(.bold, offset: 0, length: 3)]
    }
    #expect(
      scene.shown(in: Self.anna).last?.content
        == .text(FormattedText(Self.label + "Good day, Anna!")))
    #expect(try await told("/canned other 11111")?.contains("no canned answer “other”") == true)
    #expect(try await told("/canned remove hi") == "Removed: hi")
    #expect(try await told("/canned remove hi")?.contains("no canned answer") == true)
    // What stands for no answer is no answer: the customer must not read operators' shorthand.
    let read = scene.said(in: Self.anna).count
    #expect(try await told("11111: #hi")?.contains("no canned answer “hi”") == true)
    let answer = try await scene.says("11111: Hello", in: Self.person)
    try await scene.changes(answer, to: "11111: #hi")
    #expect(scene.said(in: Self.person).last?.contains("no canned answer “hi”") == true)
    #expect(scene.said(in: Self.anna).dropFirst(read) == [Self.label + "Hello"])
  }

  @Test func operatorsAreToldOfTheShorthandForCannedAnswers() async throws {
    let scene = try await waiting()
    for command in ["/help", "/canned add", "/canned add hi Good day!", "/canned"] {
      try await scene.says(command, in: Self.person)
      let words = try #require(scene.said(in: Self.person).last)
      #expect(words.contains("#name") || words.hasPrefix("Saved"), "\(command)")
    }
  }

  @Test func notesNeverReachTheCustomerNotEvenChanged() async throws {
    let scene = try await waiting([.person, .forum])
    let topic = try #require(scene.shown(in: DeskScene.forum).last?.topic)
    let note = try await scene.says("/note rude one", in: DeskScene.forum, topic: topic)
    #expect(scene.said(in: Self.person).last?.contains("📝 Petr: rude one") == true)
    try await scene.changes(note, to: "rude one")
    #expect(!scene.said(in: Self.anna).joined().contains("rude"))
    #expect(scene.shown(in: DeskScene.forum).last?.replyTo == note.id)
    try await scene.says("/note", in: DeskScene.forum, topic: topic)
    #expect(scene.said(in: DeskScene.forum).last?.contains("/note text") == true)
  }

  @Test func aDialogueIsPassedByNameAndByButton() async throws {
    let scene = try await waiting()
    try await scene.says("/take 11111", in: Self.person)
    try await scene.says("/pass 11111", in: Self.person)
    #expect(scene.said(in: Self.person).last?.contains("No other operators") == true)
    try await scene.says("/help", in: Self.group)
    try await scene.says("/pass petr", in: Self.person)
    #expect(try await scene.holder(Self.anna) == "Petr")
    #expect(scene.said(in: Self.group).last?.contains("Olga → Petr") == true)
    #expect(scene.said(in: Self.group).contains { $0.contains("Where is my order?") })
    try await scene.says("/pass 11111 nobody", in: Self.group)
    let choice = try #require(scene.shown(in: Self.group).last)
    #expect(choice.text.contains("Choose") && choice.buttons.map(\.label) == ["Olga"])
    #expect(try await scene.presses(choice.buttons[0].data, in: Self.group) == "Done")
    #expect(try await scene.holder(Self.anna) == "Olga")
  }

  @Test func whatIsSaidInReplyToACopiedSuggestionReachesTheCustomer() async throws {
    let scene = try await waiting()
    try await scene.says("/draft 11111", in: Self.person)
    try await scene.answersAsBot("It is on its way.", to: Self.anna)
    let edit = try #require(scene.shown(in: Self.person).last?.buttons.dropFirst().first)
    #expect(try await scene.presses(edit.data, in: Self.person) == "")
    let copied = try #require(scene.shown(in: Self.person).last)
    try await scene.says("It left today.", in: Self.person, repliesTo: copied.id)
    #expect(scene.said(in: Self.anna).last == Self.label + "It left today.")
  }

  @Test func aSuggestionIsSentOnceChangedOrDropped() async throws {
    let scene = try await waiting()
    func suggest(_ text: String) async throws -> [InlineButton] {
      try await scene.says("/draft 11111", in: Self.person)
      try await scene.answersAsBot(text, to: Self.anna)
      let shown = try #require(scene.shown(in: Self.person).last)
      #expect(shown.text.contains(text))
      return shown.buttons
    }
    let first = try await suggest("It is on its way.")
    #expect(try await scene.presses(first[1].data, in: Self.person) == "")
    #expect(scene.said(in: Self.person).last?.hasSuffix("\n\nIt is on its way.") == true)
    #expect(try await scene.presses(first[0].data, in: Self.person) == "Done")
    #expect(scene.said(in: Self.anna).last == Self.label + "It is on its way.")
    let count = scene.said(in: Self.anna).count
    for button in first {
      #expect(try await scene.presses(button.data, in: Self.person) == "No longer possible")
    }
    let second = try await suggest("It is lost.")
    #expect(try await scene.presses(second[2].data, in: Self.person) == "Done")
    #expect(try await scene.presses(second[0].data, in: Self.person) == "No longer possible")
    // One of an earlier moment is gone when the operator has written.
    let third = try await suggest("It is found.")
    try await scene.says("11111: Wait", in: Self.person)
    #expect(try await scene.presses(third[0].data, in: Self.person) == "No longer possible")
    #expect(scene.said(in: Self.anna).dropFirst(count) == [Self.label + "Wait"])
  }

  @Test func whoIsBannedIsToldOnceAndHeardAgainLater() async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Where is my order?")
    try await scene.says("/ban 11111", in: Self.person)
    // The question that was under way ends with it.
    #expect(scene.said(in: Self.anna) == ["An operator has stopped this conversation."])
    try await scene.writes(Self.anna, "Hello?")
    try await scene.writes(Self.anna, nil, command: "operator")
    #expect(scene.said(in: Self.anna).count == 1)
    #expect(scene.said(in: Self.person).last == "👤 Anna (id 11111)\nThe customer is banned.")
    try await scene.says("/unban 11111", in: Self.person)
    try await scene.writes(Self.anna, nil, command: "operator")
    #expect(try await scene.dialogue(Self.anna)?.status == .waiting)
  }

  @Test func aTranscriptIsAFileWithAllThatWasSaid() async throws {
    let scene = try await waiting()
    try await scene.says("11111: On its way", in: Self.person)
    try await scene.says("/note 11111 nice", in: Self.person)
    let order = try await scene.says("/transcript 11111", in: Self.person)
    let file = try #require(scene.shown(in: Self.person).last)
    guard case .document(let name, let text, let caption) = file.content else {
      Issue.record("no file")
      return
    }
    #expect(name == "transcript-11111.txt" && file.replyTo == order.id)
    #expect(caption == "Transcript: Anna (id 11111)")
    let lines = text.split(separator: "\n").dropFirst().map { $0.drop { $0 != "]" }.dropFirst(2) }
    #expect(
      lines == [
        "Anna: Where is my order?", "— the customer waits for a person —",
        "— an operator joined —", "Operator Olga: On its way", "Note by Olga: nice",
      ])
  }

  @Test func listsShowWhoWaitsAndWhoIsMine() async throws {
    let scene = try await waiting()
    scene.advance(.seconds(130))
    try await scene.says("/mine", in: Self.person)
    #expect(scene.said(in: Self.person).last == "Nobody.")
    try await scene.says("/waiting", in: Self.person)
    let list = try #require(scene.shown(in: Self.person).last)
    #expect(list.text.contains("Anna (id 11111), 2 min., the button"))
    #expect(list.buttons.map(\.label) == ["Take: Anna"])
    #expect(
      try await scene.presses(list.buttons[0].data, in: Self.person) == "The dialogue is yours")
    #expect(
      try await scene.presses(list.buttons[0].data, in: Self.group) == "Already taken by Olga")
    try await scene.says("/mine", in: Self.person)
    #expect(
      scene.said(in: Self.person).last?.contains("My dialogues: 1\nAnna (id 11111), 0") == true)
    try await scene.says("11111: Hello", in: Self.person)
    try await scene.says("/close", in: Self.person)
    try await scene.says("/stats", in: Self.person)
    let figures = try #require(scene.said(in: Self.person).last)
    for line in [
      "Handed to people: 1 (the button: 1)", "Operators' answers: 1",
      "First response: 0:02:10", "Resolution: 0:02:10", "Waiting now: 0", "Rating: –",
    ] {
      #expect(figures.contains(line), "\(line)")
    }
  }

  @Test func whatColleaguesSayToEachOtherGoesNowhere() async throws {
    let scene = try await waiting([.group, .forum])
    let before = scene.sent.count
    for chat in [Self.group, DeskScene.forum] {
      try await scene.says("Lunch?", in: chat)
      let question = try await scene.says("Who takes Anna?", in: chat)
      try await scene.says("Me", in: chat, repliesTo: question.id)
      try await scene.says("/roll", in: chat)
      try await scene.changes(question, to: "Who takes her?")
    }
    #expect(scene.sent.count == before)
    #expect(try await scene.dialogue(Self.anna)?.status == .waiting)
    // Who speaks to the bot and means nobody learns that.
    let lost = try await scene.says("Hello", in: Self.group, repliesTo: MessageID(7)) {
      $0.addressee = .bot
    }
    #expect(scene.shown(in: Self.group).last?.replyTo == lost.id)
  }

  @Test func whoLeavesTheGroupNoLongerHoldsWhatTheyHeldThere() async throws {
    let scene = try await waiting([.person, .group])
    try await scene.says("11111: Hello", in: Self.group)
    #expect(try await scene.holder(Self.anna) == "Petr")
    try await scene.give([
      .memberChanged(chat: Self.group, person: DeskScene.petr.id, isMember: false)
    ])
    #expect(try await scene.dialogue(Self.anna)?.status == .waiting)
    #expect(scene.said(in: Self.group).last?.contains("the former operator is gone") == true)
    // Who works elsewhere may leave.
    try await scene.says("11111: Hello again", in: Self.person)
    try await scene.give([
      .memberChanged(chat: Self.group, person: DeskScene.olga.id, isMember: false)
    ])
    #expect(try await scene.holder(Self.anna) == "Olga")
  }

  @Test func whoLeftIsOfferedNoDialogueAnyMore() async throws {
    let scene = try await waiting()
    let id = try #require(try await scene.dialogue(Self.anna)?.id)
    try await scene.says("/help", in: Self.group)
    try await scene.says("/take 11111", in: Self.person)
    try await scene.give([
      .memberChanged(chat: Self.group, person: DeskScene.petr.id, isMember: false)
    ])
    try await scene.says("/pass petr", in: Self.person)
    #expect(scene.said(in: Self.person).last?.contains("No other operators") == true)
    let press = "s:\(id):pass:\(DeskScene.petr.id)"
    #expect(try await scene.presses(press, in: Self.person) == "No longer possible")
    #expect(try await scene.holder(Self.anna) == "Olga")
  }

  @Test func theModelIsAskedOnlyAboutWhatItMayStillRead() async throws {
    let scene = try await waiting()
    let id = try #require(try await scene.dialogue(Self.anna)?.id)
    try await scene.writes(Self.anna, nil, command: "new")
    let words = "The customer has not written anything in this conversation yet"
    for command in ["/draft 11111", "/summary 11111"] {
      try await scene.says(command, in: Self.person)
      #expect(scene.said(in: Self.person).last == words)
    }
    #expect(try await scene.presses("s:\(id):draft", in: Self.group) == words)
    try await scene.writes(Self.anna, "And now?")
    #expect(try await scene.presses("s:\(id):draft", in: Self.group) == "Working on it…")
  }

  @Test(arguments: [
    ("take", "Already taken by Olga"), ("bot", "Done"), ("close", "Done"), ("log", ""),
    ("pass:77", "No longer possible"), ("send:99", "No longer possible"),
    ("again:99", "No longer possible"), ("bogus", "No longer possible"),
  ])
  func everyPressIsAnswered(_ code: String, _ words: String) async throws {
    let scene = try await waiting()
    let id = try #require(try await scene.dialogue(Self.anna)?.id)
    try await scene.says("/take 11111", in: Self.person)
    #expect(try await scene.presses("s:\(id):\(code)", in: Self.group) == words)
  }

  @Test(arguments: ["take", "bot", "close"])
  func aPressAfterTheDialogueMovedOnIsTold(_ code: String) async throws {
    let scene = try await waiting()
    let id = try #require(try await scene.dialogue(Self.anna)?.id)
    try await scene.says("/close 11111", in: Self.person)
    let expected = ["take": "The dialogue is yours", "bot": "Nobody holds the dialogue"]
    let answer = try await scene.presses("s:\(id):\(code)", in: Self.group)
    #expect(answer == expected[code] ?? "Nobody holds the dialogue")
    #expect(try await scene.presses("s:999:\(code)", in: Self.group) == "No longer possible")
  }
}

extension DeskScene {
  /// The name of who holds a customer's dialogue.
  fileprivate func holder(_ customer: ChatID) async throws -> String? {
    guard case .operated(let assignment) = try await dialogue(customer)?.state else { return nil }
    return assignment.by.name
  }
}
