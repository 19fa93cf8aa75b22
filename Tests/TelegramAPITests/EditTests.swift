import Conversation
import Gateways
import TelegramAPI
import Testing

/// Edits of messages, names of topics: what can be repeated without harm.
@Suite struct EditTests {
  private let telegram = ScriptedTelegram()
  private static let rich = MessageContent.rich(Document([.divider]))
  private static let text = MessageContent.text(FormattedText("hello"))

  private func edit(_ content: MessageContent = text) -> OutboundMessage {
    OutboundMessage(
      chat: ChatID(5), topic: TopicID(9), content: content, replyTo: MessageID(3),
      keyboard: [["A"]], edits: MessageID(42))
  }

  private func name(_ name: String = "Cats", topic: Int64? = 9) -> OutboundMessage {
    OutboundMessage(
      chat: ChatID(5), topic: topic.map(TopicID.init), content: .topicName(name), replyTo: nil,
      keyboard: nil)
  }

  private func error(_ code: Int, _ words: String) {
    telegram.answer(code, #"{"ok":false,"error_code":\#(code),"description":"\#(words)"}"#)
  }

  @Test func editsTextAndRichContent() async {
    let messenger = telegram.api().messenger
    let bold = FormattedText("a", entities: [.init(.bold, offset: 0, length: 1)])
    telegram.answer(#"{"ok":true,"result":{"message_id":42}}"#)
    #expect(await messenger.send(edit(.text(bold))) == .sent(MessageID(42)))
    #expect(await messenger.send(edit(Self.rich)) == .sent(MessageID(42)))
    #expect(telegram.calls.map(\.method) == ["editMessageText", "editMessageText"])
    #expect(
      telegram.calls.map(\.body) == [
        #"{"chat_id":5,"entities":[{"length":1,"offset":0,"type":"bold"}],"#
          + #""link_preview_options":{"is_disabled":true},"message_id":42,"text":"a"}"#,
        #"{"chat_id":5,"message_id":42,"#
          + #""rich_message":{"blocks":[{"type":"divider"}],"skip_entity_detection":true}}"#,
      ])
  }

  @Test func anEditBringsItsButtonsOrTakesTheOldOnesAway() async throws {
    let messenger = telegram.api().messenger
    var text = edit()
    text.buttons = [[InlineButton("Take", data: "take:1")]]
    var rich = edit(Self.rich)
    rich.buttons = text.buttons
    _ = await messenger.send(text)
    _ = await messenger.send(rich)
    _ = await messenger.send(edit())
    let markups = telegram.calls.map { $0.parameters["reply_markup"].map { canonical($0) } }
    let markup = #"{"inline_keyboard":[[{"callback_data":"take:1","text":"Take"}]]}"#
    #expect(markups == [markup, markup, nil])
  }

  @Test func aMessageWithMediaHasItsCaptionEdited() async throws {
    let messenger = telegram.api().messenger
    error(400, "Bad Request: there is no text in the message to edit")
    telegram.answer(#"{"ok":true,"result":{"message_id":42}}"#)
    var message = edit(.text(FormattedText("a", entities: [.init(.code, offset: 0, length: 1)])))
    message.buttons = [[InlineButton("Take", data: "take:1")]]
    #expect(await messenger.send(message) == .sent(MessageID(42)))
    #expect(telegram.calls.map(\.method) == ["editMessageText", "editMessageCaption"])
    #expect(
      telegram.calls.last?.body
        == #"{"caption":"a","caption_entities":[{"length":1,"offset":0,"type":"code"}],"#
        + #""chat_id":5,"message_id":42,"#
        + #""reply_markup":{"inline_keyboard":[[{"callback_data":"take:1","text":"Take"}]]}}"#)
  }

  @Test(arguments: [
    ("message caption is too long", false), ("message to edit not found", true),
    ("there is no text in the message to edit", true),
  ])
  func aCaptionMayBeRefused(words: String, isGone: Bool) async {
    error(400, "Bad Request: there is no text in the message to edit")
    error(400, "Bad Request: " + words)
    let reason = "Bad Request: " + words
    #expect(
      await telegram.api().messenger.send(edit())
        == (isGone ? .editRefused(reason: reason) : .contentRefused(reason: reason)))
    #expect(telegram.calls.count == 2)
  }

  @Test func aDocumentCannotBecomeACaption() async {
    let reason = "Bad Request: there is no text in the message to edit"
    error(400, reason)
    #expect(await telegram.api().messenger.send(edit(Self.rich)) == .editRefused(reason: reason))
    #expect(telegram.calls.count == 1)
  }

  private static let outcomes: [(Int, String, SendOutcome)] = [
    (400, "Bad Request: message is not modified: new…", .sent(MessageID(42))),
    (
      400, "Bad Request: message to edit not found",
      .editRefused(reason: "Bad Request: message to edit not found")
    ),
    (
      400, "Bad Request: message can't be edited",
      .editRefused(reason: "Bad Request: message can't be edited")
    ),
    (
      400, "Bad Request: MESSAGE_ID_INVALID",
      .editRefused(reason: "Bad Request: MESSAGE_ID_INVALID")
    ),
    (
      400, "Bad Request: message is too long",
      .contentRefused(reason: "Bad Request: message is too long")
    ),
    (400, "Bad Request: chat not found", .targetRefused(reason: "Bad Request: chat not found")),
    (401, "Unauthorized", .unauthorized),
  ]

  @Test(arguments: outcomes)
  func namesTheOutcomeOfAnEdit(code: Int, words: String, outcome: SendOutcome) async {
    error(code, words)
    #expect(await telegram.api().messenger.send(edit()) == outcome)
  }

  @Test func whatIsNotKnownMayBeRepeated() async {
    let messenger = telegram.api().messenger
    telegram.fail(.broken, written: true)
    #expect(await messenger.send(edit()) == .notSent(reason: "broken "))
    telegram.answer(502, "<html>")
    #expect(
      await messenger.send(edit()) == .notSent(reason: "HTTP 502 without an answer of the Bot API"))
    telegram.fail(.timedOut, written: true)
    #expect(await messenger.send(name()) == .notSent(reason: "timedOut "))
  }

  @Test func aServerThatCannotEditIsAskedOnce() async {
    let messenger = telegram.api().messenger
    let refused = SendOutcome.editRefused(reason: "the server does not know the method")
    error(404, "Not Found: method not found")
    #expect(await messenger.send(edit()) == refused)
    #expect(await messenger.send(edit()) == refused)
    #expect(telegram.calls.count == 1)
  }

  @Test func aLimitHoldsBackEditsToo() async {
    let messenger = telegram.api().messenger
    telegram.answer(
      429, #"{"ok":false,"error_code":429,"parameters":{"retry_after":9}}"#)
    #expect(await messenger.send(edit()) == .rateLimited(retryAfter: .seconds(9)))
    #expect(await messenger.send(edit()) == .rateLimited(retryAfter: .seconds(9)))
    #expect(telegram.calls.count == 1)
  }

  @Test func namesATopic() async {
    let messenger = telegram.api().messenger
    #expect(await messenger.send(name()) == .sent(MessageID(0)))
    #expect(telegram.calls.first?.method == "editForumTopic")
    #expect(
      telegram.calls.first?.body == #"{"chat_id":5,"message_thread_id":9,"name":"Cats"}"#)
    error(400, "Bad Request: TOPIC_NOT_MODIFIED")
    #expect(await messenger.send(name()) == .sent(MessageID(0)))
    error(400, "Bad Request: message thread not found")
    #expect(
      await messenger.send(name())
        == .targetRefused(reason: "Bad Request: message thread not found"))
    error(400, "Bad Request: not enough rights to edit the topic")
    #expect(
      await messenger.send(name())
        == .targetRefused(reason: "Bad Request: not enough rights to edit the topic"))
    error(404, "Not Found: method not found")
    let unsupported = SendOutcome.contentRefused(reason: "the server does not know the method")
    #expect(await messenger.send(name()) == unsupported)
    #expect(await messenger.send(name()) == unsupported)
    #expect(telegram.calls.count == 5)
  }

  @Test(arguments: [nil, 1] as [Int64?])
  func thereMustBeATopicToName(topic: Int64?) async {
    let outcome = await telegram.api().messenger.send(name(topic: topic))
    #expect(outcome == .contentRefused(reason: "no topic to name"))
    #expect(telegram.calls.isEmpty)
  }
}
