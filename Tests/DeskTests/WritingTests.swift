import Conversation
import Gateways
import Storage
import Testing
import Turn

/// Who gets what operators write, and in which form.
@Suite struct WritingTests {
  private static let anna = DeskScene.anna
  private static let person = DeskScene.person
  private static let label = "Operator's answer: "

  /// A message of an operator who neither replies nor writes in a topic.
  struct Form: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// What Anna reads.
    var read: String?
    /// What the operator reads, in part.
    var told: String?

    init(_ text: String, read: String? = nil, told: String? = nil) {
      testDescription = text
      self.read = read
      self.told = told
    }
  }

  @Test(arguments: [
    Form("11111: Hello", read: "Hello"),
    Form("  11111  :   Hello there ", read: "Hello there"),
    Form("11111:\nTwo\nlines", read: "Two\nlines"),
    Form("11111:10:30 suits", read: "10:30 suits"),
    Form("12:30 suits?", told: "Wrong form"),
    Form("Hello", told: "Wrong form"),
    Form("11111 Hello", told: "Wrong form"),
    Form("11111:", told: "Wrong form"),
    Form("99999: Hello", told: "Customer 99999 is not known"),
    Form("50001: to myself", told: "Customer 50001 is not known"),
    Form("/bogus", told: "don't know this command"),
  ])
  func anAnswerNamesItsCustomer(_ form: Form) async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Hi")
    let message = try await scene.says(form.testDescription, in: Self.person)
    let read = scene.said(in: Self.anna).filter { $0.hasPrefix(Self.label) }
    #expect(read == (form.read.map { [Self.label + $0] } ?? []))
    let told = scene.shown(in: Self.person).filter { $0.replyTo == message.id }.map(\.text)
    #expect(told.count == (form.told == nil ? 0 : 1))
    if let words = form.told { #expect(told.first?.contains(words) == true) }
    let isHeld = try await scene.dialogue(Self.anna)?.status == .operated
    #expect(isHeld == (form.read != nil))
  }

  @Test func aReplyThatNamesAnotherCustomerReachesNobodyNotEvenChanged() async throws {
    let scene = try await DeskScene()
    try await scene.writes(DeskScene.boris, "Hi")
    try await scene.writes(Self.anna, nil, command: "operator")
    let card = try #require(scene.shown(in: Self.person).last)
    let wrong = try await scene.says("22222: secret", in: Self.person, repliesTo: card.id)
    #expect(scene.said(in: Self.person).last?.contains("Wrong form") == true)
    try await scene.changes(wrong, to: "22222: secrets")
    try await scene.changes(wrong, to: "secrets")
    for customer in [Self.anna, DeskScene.boris] {
      #expect(!scene.said(in: customer).joined().contains("secret"))
    }
    #expect(try await scene.dialogue(Self.anna)?.status == .waiting)
    // The right id is fine.
    try await scene.says("11111: Hello", in: Self.person, repliesTo: card.id)
    #expect(scene.said(in: Self.anna).last == Self.label + "Hello")
  }

  @Test(arguments: [
    // `11111: ` is seven units long.
    (
      FormattedText.Entity(.bold, offset: 7, length: 5),
      FormattedText.Entity?.some(.init(.bold, offset: 0, length: 5))
    ),
    (.init(.italic, offset: 9, length: 2), .init(.italic, offset: 2, length: 2)),
    (.init(.code, offset: 0, length: 12), .init(.code, offset: 0, length: 5)),
    (.init(.bold, offset: 0, length: 5), nil),
  ])
  func formattingMovesAlongWithTheWords(
    _ written: FormattedText.Entity, _ read: FormattedText.Entity?
  ) async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Hi")
    try await scene.says("11111: Hello", in: Self.person) { $0.entities = [written] }
    let shift = Self.label.utf16.count
    let expected = read.map {
      [FormattedText.Entity($0.kind, offset: $0.offset + shift, length: $0.length)]
    }
    #expect(
      scene.shown(in: Self.anna).last?.content
        == .text(FormattedText(Self.label + "Hello", entities: expected ?? [])))
  }

  @Test func mediaAreCopied() async throws {
    let scene = try await DeskScene([.forum])
    try await scene.writes(Self.anna, nil, command: "operator")
    let topic = try #require(scene.shown(in: DeskScene.forum).last?.topic)
    let sticker = try await scene.says(nil, in: DeskScene.forum, topic: topic) {
      $0.attachment = Attachment(.sticker, fileID: "s")
    }
    #expect(scene.shown(in: Self.anna).suffix(2).map(\.copied) == [nil, [sticker.id]])
    #expect(scene.said(in: Self.anna).contains("Operator's answer:"))
    let photo = try await scene.says("Look", in: DeskScene.forum, topic: topic) {
      $0.attachment = Attachment(.photo, fileID: "p")
    }
    let copied = try #require(scene.shown(in: Self.anna).last)
    #expect(copied.copied == [photo.id] && copied.text == Self.label + "Look")
    var parts = [InboundMessage]()
    for text in ["Both", nil] {
      var part = scene.message(in: DeskScene.forum, by: DeskScene.petr, text)
      part.topic = topic
      part.album = "album"
      part.attachment = Attachment(.photo, fileID: "p")
      parts.append(part)
    }
    try await scene.give(parts.map { .message($0) })
    #expect(scene.shown(in: Self.anna).last?.copied == parts.map(\.id))
    // The customer's sticker goes the other way.
    let own = try await scene.writes(
      Self.anna, nil, attachment: Attachment(.sticker, fileID: "s"))
    #expect(scene.shown(in: DeskScene.forum).last?.copied == [own])
  }

  @Test func repliesAreFollowedInBothWays() async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, nil, command: "operator")
    let question = try await scene.writes(Self.anna, "Which one?")
    let relayed = try #require(scene.shown(in: Self.person).last { $0.text.contains("Which one?") })
    let answer = try await scene.says("This one", in: Self.person, repliesTo: relayed.id)
    let read = try #require(scene.shown(in: Self.anna).last)
    #expect(read.replyTo == question)
    try await scene.writes(Self.anna, "Sure?", repliesTo: read.id)
    #expect(scene.shown(in: Self.person).last?.replyTo == answer.id)
    let again = try #require(scene.shown(in: Self.person).last)
    try await scene.says("Yes", in: Self.person, repliesTo: again.id)
    #expect(scene.said(in: Self.anna).last == Self.label + "Yes")
  }

  @Test func editsAreFollowedInBothWays() async throws {
    let scene = try await DeskScene()
    let question = try await scene.writes(Self.anna, "Hi")
    let answer = try await scene.says("11111: Helo", in: Self.person)
    let read = try #require(scene.shown(in: Self.anna).last)
    try await scene.changes(answer, to: "11111: Hello")
    let changed = try #require(scene.shown(in: Self.anna).last)
    #expect(changed.edits == read.id && changed.text == Self.label + "Hello")
    var edited = scene.message(
      in: Self.anna, by: DeskScene.speaker(11_111, "Anna"), "Hi there")
    edited.id = question
    edited.editDate = Instant(seconds: 1_795_000_001)
    try await scene.give([.editedMessage(edited)])
    #expect(scene.said(in: Self.person).last?.contains("changed a message: Hi there") == true)
    let kept = try await scene.transcript(Self.anna).map(\.text)
    #expect(kept.contains("Hi there") && kept.contains("Hello") && !kept.contains("Helo"))
  }

  @Test func anEditBeforeDeliveryComesAfterTheMessage() async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Hi")
    scene.decide(.retry(at: Instant(seconds: 1_795_000_010), counted: true), in: Self.anna)
    let answer = try await scene.says("11111: Helo", in: Self.person)
    try await scene.changes(answer, to: "11111: Hello")
    #expect(scene.said(in: Self.anna).isEmpty)
    scene.decide(nil, in: Self.anna)
    scene.advance(.seconds(20))
    try await scene.says("/help", in: Self.person)
    let read = scene.shown(in: Self.anna).filter { $0.text.hasPrefix(Self.label) }
    #expect(read.map(\.text) == [Self.label + "Helo", Self.label + "Hello"])
    #expect(read.last?.edits == read.first?.id)
  }

  @Test func aChangeThatFailsIsToldAndSentAgain() async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Hi")
    let answer = try await scene.says("11111: Helo", in: Self.person)
    let read = try #require(scene.shown(in: Self.anna).last)
    scene.decide(.undelivered(reason: "blocked", unreachable: true), in: Self.anna)
    try await scene.changes(answer, to: "11111: Hello")
    let report = try #require(scene.shown(in: Self.person).last { $0.replyTo == answer.id })
    #expect(report.text.contains("blocked the bot"))
    #expect(try await scene.transcript(Self.anna).last?.delivery == .undelivered)
    scene.decide(nil, in: Self.anna)
    try await scene.presses(try #require(report.buttons.first).data, in: Self.person)
    let changed = try #require(scene.shown(in: Self.anna).last)
    #expect(changed.edits == read.id && changed.text == Self.label + "Hello")
    #expect(try await scene.transcript(Self.anna).last?.delivery == .delivered)
  }

  @Test func whatFailedWithItsChangesIsSentAgainWithThem() async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Hi")
    scene.decide(.undelivered(reason: "no rights", unreachable: false), in: Self.anna)
    let answer = try await scene.says("11111: Helo", in: Self.person)
    try await scene.changes(answer, to: "11111: Hello")
    let report = try #require(scene.shown(in: Self.person).last { $0.replyTo == answer.id })
    scene.decide(nil, in: Self.anna)
    let again = try #require(report.buttons.first).data
    #expect(try await scene.presses(again, in: Self.person) == "Done")
    let read = scene.shown(in: Self.anna)
    #expect(read.map(\.text) == [Self.label + "Helo", Self.label + "Hello"])
    #expect(read.last?.edits == read.first?.id)
    #expect(try await scene.presses(again, in: Self.person) == "No longer possible")
  }

  @Test func whatTookSeveralMessagesIsChangedByOne() async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Hi")
    let long = String(repeating: "word ", count: 820)
    let answer = try await scene.says("11111: " + long, in: Self.person)
    #expect(scene.shown(in: Self.anna).count(where: { $0.text.contains("word") }) == 2)
    try await scene.changes(answer, to: "11111: Short")
    let short = try #require(scene.shown(in: Self.anna).last)
    #expect(short.edits == nil && short.text == Self.label + "Short")
    try await scene.changes(answer, to: "11111: Shorter")
    let shorter = try #require(scene.shown(in: Self.anna).last)
    #expect(shorter.edits == short.id && shorter.text == Self.label + "Shorter")
  }

  @Test(arguments: [("11111: Both", "Both"), ("11111: #hi", nil)])
  func anAlbumKeepsItsWordsAndNotWhatNamedTheCustomer(
    _ caption: String, _ words: String?
  ) async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Hi")
    let parts = [caption, nil].map { text in
      var part = scene.message(in: Self.person, by: DeskScene.olga, text)
      part.album = "album"
      part.attachment = Attachment(.photo, fileID: "p")
      part.entities = text.map { _ in [.init(.bold, offset: 7, length: 4)] }
      return part
    }
    try await scene.give(parts.map { .message($0) })
    guard let words else { return #expect(scene.said(in: Self.anna).isEmpty) }
    let read = scene.shown(in: Self.anna).suffix(2).map(\.content)
    let bold = FormattedText.Entity(.bold, offset: Self.label.utf16.count, length: 4)
    #expect(read.first == .text(FormattedText(Self.label + words, entities: [bold])))
    let copy = MessageCopy(
      from: Self.person, messages: parts.map(\.id), caption: FormattedText(""),
      fallback: FormattedText("🖼"))
    #expect(read.last == .copy(copy))
  }

  @Test func whatCouldNotBeDeliveredIsToldAndSentAgain() async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Hi")
    scene.decide(.undelivered(reason: "blocked", unreachable: true), in: Self.anna)
    let answer = try await scene.says("11111: Hello", in: Self.person)
    let report = try #require(scene.shown(in: Self.person).last { $0.replyTo == answer.id })
    #expect(report.text.contains("blocked the bot"))
    scene.decide(nil, in: Self.anna)
    let again = try #require(report.buttons.first)
    #expect(try await scene.presses(again.data, in: Self.person) == "Done")
    #expect(scene.said(in: Self.anna) == [Self.label + "Hello"])
    // Once more does nothing, and says so.
    #expect(try await scene.presses(again.data, in: Self.person) == "No longer possible")
    #expect(scene.said(in: Self.anna).count == 1)
    #expect(scene.sent.last { $0.text == "👍" }?.chat == Self.person)
  }

  @Test func whatMayHaveArrivedIsMarkedWhenItIsSentAgain() async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Hi")
    try await scene.says("/take 11111", in: Self.person)
    let now = Instant(seconds: 1_795_000_000)
    scene.decide(.repeatAgain(at: now + .seconds(10)), in: Self.anna)
    let answer = try await scene.says("11111: Hello", in: Self.person)
    scene.decide(.undelivered(reason: "unknown", unreachable: false), in: Self.anna)
    scene.advance(.seconds(20))
    try await scene.says("/help", in: Self.person)
    let report = try #require(scene.shown(in: Self.person).last { $0.replyTo == answer.id })
    scene.decide(nil, in: Self.anna)
    try await scene.presses(try #require(report.buttons.first).data, in: Self.person)
    #expect(scene.said(in: Self.anna).last == Self.label + "Hello")
    let fates = try await scene.transcript(Self.anna).map(\.delivery)
    #expect(fates == [nil, nil, .repeated])
  }

  @Test func anAnswerOfTheBotThatWaitsIsWithdrawnWhenAPersonComes() async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Hi")
    scene.decide(.retry(at: Instant(seconds: 1_795_000_010), counted: true), in: Self.anna)
    try await scene.answersAsBot("I am a bot", to: Self.anna)
    try await scene.says("11111: Hello", in: Self.person)
    scene.decide(nil, in: Self.anna)
    scene.advance(.seconds(20))
    try await scene.says("/help", in: Self.person)
    #expect(
      scene.said(in: Self.anna) == ["An operator has joined the dialogue", Self.label + "Hello"])
    let fate = try await scene.transcript(Self.anna).first { $0.text == "I am a bot" }?.delivery
    #expect(fate == .undelivered)
  }

  @Test func whoseAnswerWasWithdrawnIsAnsweredWhenTheOperatorSaysNothing() async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Hi")
    scene.decide(.retry(at: Instant(seconds: 1_795_000_010), counted: true), in: Self.anna)
    try await scene.answersAsBot("I am a bot", to: Self.anna)
    try await scene.says("/take 11111", in: Self.person)
    let told = "The bot's last answer was not sent to the customer: an operator took the dialogue."
    #expect(scene.said(in: Self.person).contains { $0.hasSuffix(told) })
    try await scene.says("/return 11111", in: Self.person)
    guard case .bot(let awaited?) = try await scene.dialogue(Self.anna)?.state else {
      Issue.record("nobody answers")
      return
    }
    #expect(awaited.job.questions.map(\.position) == [Position(1)])
  }
}

extension DeskScene.Sent {
  /// The messages of which it is a copy.
  fileprivate var copied: [MessageID]? {
    if case .copy(let copy) = content { copy.messages } else { nil }
  }
}
