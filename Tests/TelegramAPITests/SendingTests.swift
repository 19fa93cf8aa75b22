import Conversation
import Foundation
import Gateways
import TelegramAPI
import Testing

/// What goes out beside texts and rich messages, field by field; the names and types are those of
/// the Bot API 10.3.
@Suite struct SendingTests {
  private let telegram = ScriptedTelegram()

  private func send(
    _ content: MessageContent, topic: Int64? = 9, replyTo: Int64? = nil,
    keyboard: [[String]]? = nil, buttons: [[InlineButton]]? = nil, edits: Int64? = nil
  ) async -> SendOutcome {
    await telegram.api().messenger.send(
      OutboundMessage(
        chat: ChatID(-100), topic: topic.map(TopicID.init), content: content,
        replyTo: replyTo.map(MessageID.init), keyboard: keyboard,
        edits: edits.map(MessageID.init), buttons: buttons))
  }

  /// The only call, its method and its JSON.
  private func expect(_ method: String, _ json: String) throws {
    #expect(telegram.calls.map(\.method) == [method])
    let call = try #require(telegram.calls.first)
    #expect(try call.body == canonical(json))
    #expect(call.request.headers == [HTTPHeader("Content-Type", "application/json")])
  }

  private func copy(_ messages: Int64..., caption: FormattedText? = nil) -> MessageContent {
    .copy(
      MessageCopy(
        from: ChatID(5), messages: messages.map(MessageID.init), caption: caption,
        fallback: FormattedText("f")))
  }

  private static let buttons = [
    [InlineButton("Взять \"1\"", data: "take:1"), InlineButton("No", data: "no")],
    [InlineButton("Later", data: "later")],
  ]
  private static let markup =
    #"{"inline_keyboard":[[{"text":"Взять \"1\"","callback_data":"take:1"},"#
    + #"{"text":"No","callback_data":"no"}],[{"text":"Later","callback_data":"later"}]]}"#

  @Test func buttonsGoBelowAText() async throws {
    telegram.answer(#"{"ok":true,"result":{"message_id":42}}"#)
    let outcome = await send(
      .text(FormattedText("a")), keyboard: [["not shown"]], buttons: Self.buttons)
    #expect(outcome == .sent(MessageID(42)))
    try expect(
      "sendMessage",
      #"{"chat_id":-100,"message_thread_id":9,"text":"a","#
        + #""link_preview_options":{"is_disabled":true},"reply_markup":\#(Self.markup)}"#)
  }

  @Test func buttonsGoBelowARichMessage() async throws {
    _ = await send(.rich(Document([.divider])), buttons: Self.buttons)
    try expect(
      "sendRichMessage",
      #"{"chat_id":-100,"message_thread_id":9,"rich_message":{"blocks":[{"type":"divider"}],"#
        + #""skip_entity_detection":true},"reply_markup":\#(Self.markup)}"#)
  }

  @Test(arguments: [[], [[]]] as [[[InlineButton]]])
  func noButtonsLeaveTheKeyboard(buttons: [[InlineButton]]) async throws {
    _ = await send(.text(FormattedText("a")), topic: nil, keyboard: [["A"]], buttons: buttons)
    try expect(
      "sendMessage",
      #"{"chat_id":-100,"text":"a","link_preview_options":{"is_disabled":true},"#
        + #""reply_markup":{"keyboard":[[{"text":"A"}]],"is_persistent":true,"#
        + #""resize_keyboard":true}}"#)
  }

  @Test func copiesAMessage() async throws {
    telegram.answer(#"{"ok":true,"result":{"message_id":43}}"#)
    #expect(await send(copy(7)) == .sent(MessageID(43)))
    try expect(
      "copyMessage",
      #"{"chat_id":-100,"message_thread_id":9,"from_chat_id":5,"message_id":7}"#)
  }

  @Test func aCopyMayHaveAnotherCaptionAReplyAndButtons() async throws {
    let caption = FormattedText("Ann: a", entities: [.init(.bold, offset: 0, length: 3)])
    _ = await send(copy(7, caption: caption), topic: 1, replyTo: 3, buttons: Self.buttons)
    try expect(
      "copyMessage",
      #"{"chat_id":-100,"from_chat_id":5,"message_id":7,"caption":"Ann: a","#
        + #""caption_entities":[{"type":"bold","offset":0,"length":3}],"#
        + #""reply_parameters":{"message_id":3,"allow_sending_without_reply":true},"#
        + #""reply_markup":\#(Self.markup)}"#)
  }

  @Test func anEmptyCaptionTakesTheOldOneAway() async throws {
    _ = await send(copy(7, caption: FormattedText("")), topic: nil)
    try expect(
      "copyMessage", #"{"chat_id":-100,"from_chat_id":5,"message_id":7,"caption":""}"#)
  }

  @Test func copiesAnAlbumInAscendingOrder() async throws {
    telegram.answer(#"{"ok":true,"result":[{"message_id":50},{"message_id":51}]}"#)
    #expect(await send(copy(9, 7, 8, 7), replyTo: 3) == .sent(MessageID(50)))
    try expect(
      "copyMessages",
      #"{"chat_id":-100,"message_thread_id":9,"from_chat_id":5,"message_ids":[7,8,9]}"#)
  }

  @Test func copiesAnAlbumWithoutItsCaptions() async throws {
    telegram.answer(#"{"ok":true,"result":[{"message_id":50},{"message_id":51}]}"#)
    #expect(await send(copy(7, 8, caption: FormattedText(""))) == .sent(MessageID(50)))
    try expect(
      "copyMessages",
      #"{"chat_id":-100,"message_thread_id":9,"from_chat_id":5,"message_ids":[7,8],"#
        + #""remove_caption":true}"#)
  }

  @Test func anAlbumOfWhichNothingIsLeftIsRefused() async {
    telegram.answer(#"{"ok":true,"result":[]}"#)
    #expect(await send(copy(7, 8)) == .contentRefused(reason: "no part could be copied"))
    #expect(await send(copy()) == .contentRefused(reason: "no message to copy"))
    #expect(telegram.calls.count == 1)
  }

  @Test func makesATopic() async throws {
    telegram.answer(
      #"{"ok":true,"result":{"message_thread_id":77,"name":"Ann","icon_color":7322096}}"#)
    #expect(await send(.newTopic(name: "Ann 😀"), topic: nil) == .sent(MessageID(77)))
    try expect("createForumTopic", #"{"chat_id":-100,"name":"Ann 😀"}"#)
  }

  @Test func namesATopicOfAForum() async throws {
    #expect(await send(.topicName("✅ Ann")) == .sent(MessageID(0)))
    try expect("editForumTopic", #"{"chat_id":-100,"message_thread_id":9,"name":"✅ Ann"}"#)
  }

  @Test func reacts() async throws {
    #expect(await send(.reaction(MessageID(7), emoji: "👀")) == .sent(MessageID(0)))
    try expect(
      "setMessageReaction",
      #"{"chat_id":-100,"message_id":7,"reaction":[{"type":"emoji","emoji":"👀"}]}"#)
  }

  @Test(arguments: [
    (nil, #"{"callback_query_id":"4382"}"#),
    ("Взято", #"{"callback_query_id":"4382","text":"Взято"}"#),
    // 200 Unicode scalars, and no character in parts: this one is of seven.
    (
      String(repeating: "я", count: 197) + "👨‍👩‍👧‍👦!",
      #"{"callback_query_id":"4382","text":"\#(String(repeating: "я", count: 197))"}"#
    ),
  ])
  func answersAPress(text: String?, json: String) async throws {
    #expect(await send(.pressAnswer(id: "4382", text: text)) == .sent(MessageID(0)))
    try expect("answerCallbackQuery", json)
  }

  @Test func sendsATextFileAsAForm() async throws {
    telegram.answer(#"{"ok":true,"result":{"message_id":44,"document":{"file_id":"x"}}}"#)
    let outcome = await send(
      .document(name: "диалог 5.txt", text: "Ann: привет\n", caption: "All of it"), replyTo: 3,
      buttons: Self.buttons)
    #expect(outcome == .sent(MessageID(44)))
    let call = try #require(telegram.calls.first)
    #expect(call.method == "sendDocument")
    #expect(call.request.method == "POST")
    // The transport names the boundary.
    #expect(call.request.headers.isEmpty)
    let fields = call.form.map { "\($0.name)=\(String(decoding: $0.bytes, as: UTF8.self))" }
    #expect(
      fields == [
        "chat_id=-100", "message_thread_id=9", "caption=All of it",
        #"reply_parameters={"message_id":3,"allow_sending_without_reply":true}"#,
        "reply_markup=" + Self.markup, "document=Ann: привет\n",
      ])
    let file = try #require(call.form.last)
    #expect(file.fileName == "диалог 5.txt")
    #expect(file.contentType == "text/plain; charset=utf-8")
    #expect(call.form.dropLast().allSatisfy { $0.fileName == nil && $0.contentType == nil })
  }

  @Test func aFormHoldsOnlyWhatIsGiven() async {
    _ = await send(.document(name: "a.txt", text: "a", caption: ""), topic: 1)
    #expect(telegram.calls.first?.form.map(\.name) == ["chat_id", "document"])
  }

  @Test func onlyTextsTakeThePlaceOfOthers() async {
    let refused = SendOutcome.editRefused(reason: "only a text can take the place of another")
    #expect(await send(copy(7), edits: 3) == refused)
    #expect(await send(.document(name: "a", text: "a", caption: ""), edits: 3) == refused)
    #expect(telegram.calls.isEmpty)
  }
}
