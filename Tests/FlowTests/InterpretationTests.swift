import Conversation
import Gateways
import Storage
import Testing

@testable import Turn

@Suite struct InterpretationTests {
  private let interpretation = Interpretation(texts: Texts(), wish: { _ in .init() })
  private let now = Instant(seconds: 1_000)

  private func message(
    _ text: String?, id: Int64 = 1, isPrivate: Bool = true, command: String? = nil,
    quoted: String? = nil, attachment: Conversation.Attachment? = nil, album: String? = nil
  ) -> InboundMessage {
    InboundMessage(
      chat: ChatID(isPrivate ? 7 : -7), isPrivate: isPrivate, id: MessageID(id),
      speaker: Speaker(id: PersonID(7), name: "A", language: .russian), date: now, text: text,
      command: command.map { .init(name: $0, argument: "") }, addressee: .bot, quoted: quoted,
      attachment: attachment, album: album)
  }

  private func meaning(_ messages: InboundMessage...) -> Interpretation.Meaning {
    interpretation.meaning(
      of: InboxWork(
        address: ConversationAddress(bot: BotID(1), chat: ChatID(7)),
        entries: messages.enumerated().map { index, message in
          InboxEntry(
            id: InboxID(Int64(index)),
            event: .update(InboundUpdate(id: Int64(index), kind: .message(message))),
            receivedAt: now, attempts: 1)
        }))
  }

  private func content(_ messages: InboundMessage...) -> CustomerMessage.Content? {
    let meaning = messages.count == 1 ? meaning(messages[0]) : meaning(messages[0], messages[1])
    guard case .event(.customerWrote(let written)) = meaning else { return nil }
    return written.content
  }

  @Test(arguments: [
    ("забудь", true, CustomerCommand.forget), ("Забудь", true, .forget),
    ("ЗАБУДЬ", false, .forget), ("forget", true, .forget),
    ("🔄 Начать новый диалог", true, .new), ("🔄 New dialogue", true, .new),
    ("ℹ️ Помощь", true, .help), ("ℹ️ Help", true, .help),
  ])
  func wordsAndButtonsAreCommands(_ text: String, _ isPrivate: Bool, _ command: CustomerCommand) {
    #expect(content(message(text, isPrivate: isPrivate)) == .command(command))
  }

  @Test(arguments: ["забудь об этом", "не забудь", "ℹ️ Помощь?", "новый диалог"])
  func otherWordsAreQuestions(_ text: String) {
    #expect(content(message(text)) == .question(text: text, quoted: nil))
  }

  @Test func buttonsCountInPrivateChatsOnly() {
    let label = "ℹ️ Помощь"
    #expect(content(message(label, isPrivate: false)) == .question(text: label, quoted: nil))
  }

  @Test(arguments: [("start", CustomerCommand.start), ("whoami", .whoami), ("weather", .unknown)])
  func slashCommandsAreKnownOrNot(_ name: String, _ command: CustomerCommand) {
    #expect(content(message("/\(name)", command: name)) == .command(command))
  }

  @Test func wordsComeBeforeWhatIsAttached() {
    #expect(
      content(message("What is this?", attachment: Conversation.Attachment(.photo)))
        == .question(text: "What is this?", quoted: nil))
    #expect(
      content(message(nil, attachment: Conversation.Attachment(.voice))) == .unsupported(.voice))
    #expect(
      content(message("  \n", attachment: Conversation.Attachment(.sticker)))
        == .unsupported(.sticker))
  }

  @Test func picturesAndSpeechAreQuestions() {
    let photo = Conversation.Attachment(.photo, fileID: "p")
    let voice = Conversation.Attachment(.voice, fileID: "v")
    let image = Conversation.Attachment(.document, fileID: "d", mediaType: "image/png")
    #expect(
      content(message(nil, attachment: photo))
        == .question(text: "🖼", quoted: nil, attachments: [photo]))
    #expect(
      content(message(nil, attachment: voice))
        == .question(text: "🎤", quoted: nil, attachments: [voice]))
    #expect(
      content(message("What?", attachment: image))
        == .question(text: "What?", quoted: nil, attachments: [image]))
    let paper = Conversation.Attachment(.document, fileID: "d", mediaType: "application/pdf")
    #expect(content(message(nil, attachment: paper)) == .unsupported(.document))
  }

  @Test(arguments: [("all", CustomerCommand.forgetAll), ("ALL", .forgetAll), ("", .forget)])
  func forgettingAllIsAsked(_ argument: String, _ command: CustomerCommand) {
    var all = message("/forget \(argument)")
    all.command = .init(name: "forget", argument: argument)
    #expect(content(all) == .command(command))
  }

  @Test func theBareNameAsksAboutWhatItRepliesTo() {
    #expect(
      content(message("", isPrivate: false, quoted: "Is it true?"))
        == .question(text: "Is it true?", quoted: nil))
    #expect(content(message("", isPrivate: false)) == .command(.help))
  }

  @Test func anAlbumIsOneMessageWithAllItsCaptions() {
    #expect(
      content(
        message("one", id: 1, attachment: Conversation.Attachment(.photo), album: "a"),
        message("two", id: 2, attachment: Conversation.Attachment(.photo), album: "a"))
        == .question(text: "one\n\ntwo", quoted: nil))
    #expect(
      content(
        message(nil, id: 1, attachment: Conversation.Attachment(.photo), album: "a"),
        message(nil, id: 2, attachment: Conversation.Attachment(.photo), album: "a"))
        == .unsupported(.photo))
  }
}

@Suite struct TextsTests {
  @Test(arguments: Language.allCases, Texts.Key.allCases)
  func everyTextIsThereInEveryLanguage(_ language: Language, _ key: Texts.Key) {
    #expect(!Texts().text(key, in: language).isEmpty)
  }

  @Test func theFixedTextsAreAsPromised() {
    let texts = Texts()
    #expect(texts.text(.forgotten, in: .russian) == "Я забыл всю нашу предыдущую переписку.")
    #expect(texts.text(.stopped, in: .russian) == "Остановлено")
    let rows = [["🔄 Начать новый диалог", "ℹ️ Помощь"]]
    #expect(texts.keyboard(in: .russian, withOperators: false) == rows)
    #expect(
      texts.keyboard(in: .russian, withOperators: true)
        == rows + [["Подключить/отключить оператора"]])
  }

  @Test func theOwnersTextsWin() throws {
    var texts = Texts()
    try texts.override(["ru": ["stopped": "Стоп"]])
    #expect(texts.text(.stopped, in: .russian) == "Стоп")
    #expect(texts.text(.stopped, in: .english) == "Stopped")
  }

  @Test(arguments: [["de": ["stopped": "Halt"]], ["ru": ["stoped": "Стоп"]]])
  func anUnknownNameIsRefused(_ entries: [String: [String: String]]) {
    var texts = Texts()
    #expect(throws: Texts.OverrideError.self) { try texts.override(entries) }
  }

  @Test(arguments: [
    ("{name}", "Привет, {name}!"), ("{x}{name}", "Привет, {x}{name}!"), ("", "Привет, !"),
  ])
  func whatIsFilledInIsNoPlaceholder(_ name: String, _ expected: String) throws {
    var texts = Texts()
    try texts.override(["ru": ["greeting": "Привет, {name}!"]])
    #expect(texts.text(.greeting, in: .russian, ["name": name]) == expected)
  }

  @Test(arguments: ["{", "{}", "{name", "a } b {"])
  func bracesThatAreNoPlaceholderStay(_ text: String) throws {
    var texts = Texts()
    try texts.override(["ru": ["help": text]])
    #expect(texts.text(.help, in: .russian, ["name": "x"]) == text)
  }
}
