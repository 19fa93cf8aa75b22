import Conversation
import Gateways
import Platform
import Synchronization
import TelegramAPI
import Testing

@Suite struct MessengerTests {
  private let telegram = ScriptedTelegram()

  private func message(
    _ content: MessageContent = .text(FormattedText("hello")), chat: Int64 = 5, topic: Int64? = nil,
    replyTo: Int64? = nil, keyboard: [[String]]? = nil
  ) -> OutboundMessage {
    OutboundMessage(
      chat: ChatID(chat), topic: topic.map(TopicID.init), content: content,
      replyTo: replyTo.map(MessageID.init), keyboard: keyboard)
  }

  private func preview(_ content: MessageContent?) -> AnswerPreview {
    AnswerPreview(chat: ChatID(5), topic: nil, draftID: 77, content: content)
  }

  private func error(_ code: Int, _ words: String, retryAfter: Int? = nil) {
    let parameters = retryAfter.map { #","parameters":{"retry_after":\#($0)}"# } ?? ""
    telegram.answer(
      code, #"{"ok":false,"error_code":\#(code),"description":"\#(words)"\#(parameters)}"#)
  }

  private let rich = MessageContent.rich(Document([.divider]))

  @Test func sendsTextWithEntities() async throws {
    telegram.answer(#"{"ok":true,"result":{"message_id":42,"chat":{"message_id":1}}}"#)
    let text = FormattedText(
      "a b c",
      entities: [
        .init(.bold, offset: 0, length: 1), .init(.link(url: "https://x.y/"), offset: 2, length: 1),
        .init(.pre(language: "swift"), offset: 4, length: 1),
      ])
    let outcome = await telegram.api().messenger.send(
      message(.text(text), chat: -100, topic: 9, replyTo: 3, keyboard: [["New", "Help"]]))
    #expect(outcome == .sent(MessageID(42)))
    let call = try #require(telegram.calls.first)
    #expect(call.request.method == "POST")
    #expect(call.request.url == "http://telegram.test/bot123456:SECRET-token/sendMessage")
    #expect(call.request.timeout == .seconds(30))
    let expected = try canonical(
      """
      {"chat_id":-100,"message_thread_id":9,"text":"a b c","entities":[
        {"type":"bold","offset":0,"length":1},
        {"type":"text_link","offset":2,"length":1,"url":"https://x.y/"},
        {"type":"pre","offset":4,"length":1,"language":"swift"}],
       "link_preview_options":{"is_disabled":true},
       "reply_parameters":{"message_id":3,"allow_sending_without_reply":true},
       "reply_markup":{"keyboard":[[{"text":"New"},{"text":"Help"}]],
         "is_persistent":true,"resize_keyboard":true}}
      """)
    #expect(call.body == expected)
  }

  @Test func leavesOutWhatIsNotGivenAndTheGeneralTopic() async throws {
    _ = await telegram.api().messenger.send(message(topic: 1))
    let expected = #"{"chat_id":5,"link_preview_options":{"is_disabled":true},"text":"hello"}"#
    #expect(telegram.calls.first?.body == expected)
  }

  @Test func sendsADocumentAsTypedBlocks() async throws {
    let document = Document([
      .heading(level: 2, [.text("Title")]),
      .paragraph([
        .text("a "), .styled(.bold, [.text("b"), .styled(.italic, [.code("c")])]), .lineBreak,
        .link(url: "tg://user?id=1", [.text("d")]), .math("x^2"),
      ]),
      .code(language: "swift", "let a = 1\n"), .code(language: nil, "<b>"),
      .quote([.paragraph([.text("q")])]),
      .list(.init(start: 3, items: [.init(blocks: [.paragraph([.text("i")])])])),
      .list(
        .init(
          start: nil, items: [.init(checked: true, blocks: []), .init(checked: false, blocks: [])])),
      .table(
        .init(alignments: [.right], header: [[.text("h")]], rows: [[[.styled(.spoiler, [])]]])),
      .math("\\sum"), .divider,
    ])
    telegram.answer(#"{"ok":true,"result":{"message_id":1}}"#)
    _ = await telegram.api().messenger.send(message(.rich(document)))
    let call = try #require(telegram.calls.first)
    #expect(call.method == "sendRichMessage")
    let expected = try canonical(
      #"""
      {"chat_id":5,"rich_message":{"skip_entity_detection":true,"blocks":[
        {"type":"heading","size":2,"text":"Title"},
        {"type":"paragraph","text":["a ",
          {"type":"bold","text":["b",{"type":"italic","text":{"type":"code","text":"c"}}]},"\n",
          {"type":"url","url":"tg://user?id=1","text":"d"},
          {"type":"mathematical_expression","expression":"x^2"}]},
        {"type":"pre","language":"swift","text":"let a = 1\n"},{"type":"pre","text":"<b>"},
        {"type":"blockquote","blocks":[{"type":"paragraph","text":"q"}]},
        {"type":"list","items":[
          {"blocks":[{"type":"paragraph","text":"i"}],"value":3,"type":"1"}]},
        {"type":"list","items":[
          {"blocks":[],"has_checkbox":true,"is_checked":true},{"blocks":[],"has_checkbox":true}]},
        {"type":"table","is_bordered":true,"cells":[
          [{"text":"h","is_header":true,"align":"right","valign":"middle"}],
          [{"text":{"type":"spoiler","text":""},"align":"right","valign":"middle"}]]},
        {"type":"mathematical_expression","expression":"\\sum"},{"type":"divider"}]}}
      """#)
    #expect(call.body == expected)
  }

  @Test func namesTheOutcome() async {
    let messenger = telegram.api().messenger
    error(400, "Bad Request: message is too long")
    #expect(
      await messenger.send(message()) == .contentRefused(reason: "Bad Request: message is too long")
    )
    error(403, "Forbidden: bot was blocked by the user")
    #expect(
      await messenger.send(message())
        == .unreachable(reason: "Forbidden: bot was blocked by the user"))
    error(400, "Bad Request: message thread not found")
    #expect(
      await messenger.send(message())
        == .targetRefused(reason: "Bad Request: message thread not found"))
    telegram.answer(
      400, #"{"ok":false,"error_code":400,"parameters":{"migrate_to_chat_id":-1007}}"#)
    #expect(await messenger.send(message()) == .migrated(to: ChatID(-1007)))
    error(401, "Unauthorized")
    #expect(await messenger.send(message()) == .unauthorized)
    error(500, "Internal Server Error: restart")
    #expect(
      await messenger.send(message()) == .notSent(reason: "Internal Server Error: restart"))
    telegram.answer(502, "<html>Bad Gateway</html>")
    #expect(
      await messenger.send(message())
        == .unknown(reason: "HTTP 502 without an answer of the Bot API"))
    telegram.answer(#"{"ok":true,"result":{"#)
    #expect(await messenger.send(message()) == .unknown(reason: "an answer without a message id"))
  }

  @Test(arguments: [
    HTTPError.Code.notConnected, .insecure, .proxy, .broken, .timedOut, .tooLarge, .cancelled,
  ])
  func onlyWhatWasWrittenIsUnknown(code: HTTPError.Code) async {
    telegram.fail(code, written: false)
    telegram.fail(code, written: true)
    let messenger = telegram.api().messenger
    #expect(await messenger.send(message()) == .notSent(reason: "\(code.rawValue) "))
    #expect(await messenger.send(message()) == .unknown(reason: "\(code.rawValue) "))
    #expect(telegram.calls.count == 2)
  }

  @Test func aLimitStopsOneChatUntilItsTime() async {
    let metrics = Metrics()
    let messenger = telegram.api(metrics: metrics).messenger
    error(429, "Too Many Requests: retry after 7", retryAfter: 7)
    #expect(await messenger.send(message()) == .rateLimited(retryAfter: .seconds(7)))
    #expect(
      metrics.value("switchboard_telegram_429_total", ["method": "sendMessage"]) == 1)
    telegram.pass(.seconds(2))
    #expect(await messenger.send(message()) == .rateLimited(retryAfter: .seconds(5)))
    await messenger.showTyping(ChatID(5), nil)
    #expect(await messenger.preview(preview(nil)) == .end)
    #expect(telegram.calls.count == 1)
    telegram.answer(#"{"ok":true,"result":{"message_id":1}}"#)
    #expect(await messenger.send(message(chat: 6)) == .sent(MessageID(1)))
    telegram.pass(.seconds(4.25))
    telegram.answer(#"{"ok":true,"result":{"message_id":2}}"#)
    #expect(await messenger.send(message()) == .sent(MessageID(2)))
    #expect(telegram.slept == [.seconds(0.75)])
  }

  @Test func aLimitThatComesWhileAMessageWaitsHoldsItBack() async {
    let messenger = telegram.api(sleepMovesClock: false).messenger
    error(429, "Too Many Requests: retry after 1", retryAfter: 1)
    #expect(await messenger.preview(preview(nil)) == .end)
    #expect(await messenger.send(message()) == .rateLimited(retryAfter: .seconds(1)))
    #expect(telegram.slept == [.seconds(1)])
    #expect(telegram.calls.count == 1)
  }

  @Test func remembersThatRichMessagesAreUnknown() async {
    let logged = Mutex(0)
    let messenger = telegram.api(log: { _ in logged.withLock { $0 += 1 } }).messenger
    error(404, "Not Found: method not found")
    #expect(await messenger.send(message(rich)) == .richUnsupported)
    #expect(await messenger.send(message(rich)) == .richUnsupported)
    #expect(telegram.calls.count == 1)
    #expect(logged.withLock { $0 } == 1)
    telegram.answer(#"{"ok":true,"result":{"message_id":2}}"#)
    #expect(await messenger.send(message()) == .sent(MessageID(2)))
  }

  @Test func showsPreviewsThatCanBeStopped() async throws {
    let messenger = telegram.api().messenger
    #expect(await messenger.preview(preview(nil)) == .shown)
    #expect(
      await messenger.preview(
        preview(.text(FormattedText("a", entities: [.init(.code, offset: 0, length: 1)]))))
        == .shown)
    #expect(await messenger.preview(preview(rich)) == .shown)
    #expect(
      telegram.calls.map(\.method)
        == ["sendMessageDraft", "sendMessageDraft", "sendRichMessageDraft"])
    #expect(
      telegram.calls.map(\.body) == [
        #"{"can_stop":true,"chat_id":5,"draft_id":77,"text":""}"#,
        #"{"can_stop":true,"chat_id":5,"draft_id":77,"#
          + #""entities":[{"length":1,"offset":0,"type":"code"}],"text":"a"}"#,
        #"{"can_stop":true,"chat_id":5,"draft_id":77,"#
          + #""rich_message":{"blocks":[{"type":"divider"}],"skip_entity_detection":true}}"#,
      ])
  }

  @Test func aLimitedPreviewEndsPreviewsAndIsLearned() async {
    let messenger = telegram.api().messenger
    error(429, "Too Many Requests: retry after 20", retryAfter: 20)
    #expect(await messenger.preview(preview(nil)) == .end)
    #expect(await messenger.send(message()) == .rateLimited(retryAfter: .seconds(20)))
  }

  @Test(arguments: [
    (400, "Bad Request: TEXTDRAFT_PEER_INVALID", PreviewOutcome.end),
    (404, "Not Found: method not found", .end),
    (403, "Forbidden: bot was blocked by the user", .end),
    (400, "Bad Request: message is too long", .failed),
    (500, "Internal Server Error: restart", .failed),
    (400, "Bad Request: message is not modified: …", .shown),
  ])
  func previewsFail(code: Int, words: String, outcome: PreviewOutcome) async {
    error(code, words)
    #expect(await telegram.api().messenger.preview(preview(nil)) == outcome)
  }

  @Test func remembersThatDraftsAreUnknown() async {
    let messenger = telegram.api().messenger
    error(404, "Not Found: method not found")
    #expect(await messenger.preview(preview(nil)) == .end)
    #expect(await messenger.preview(preview(nil)) == .end)
    #expect(telegram.calls.count == 1)
  }

  @Test func previewsDoNotWaitForTheirTurn() async {
    let messenger = telegram.api(messagesPerSecond: 1).messenger
    #expect(await messenger.preview(preview(nil)) == .shown)
    #expect(await messenger.preview(preview(nil)) == .failed)
    #expect(telegram.calls.count == 1)
    telegram.answer(#"{"ok":true,"result":{"message_id":1}}"#)
    #expect(await messenger.send(message()) == .sent(MessageID(1)))
    #expect(telegram.slept == [.seconds(1)])
  }

  @Test func showsTyping() async {
    await telegram.api().messenger.showTyping(ChatID(-7), TopicID(3))
    #expect(telegram.calls.first?.method == "sendChatAction")
    #expect(
      telegram.calls.first?.body == #"{"action":"typing","chat_id":-7,"message_thread_id":3}"#)
  }
}
