import Foundation
import Gateways
import Simulator
import TelegramTypes
import Testing

/// People, drafts, groups, faults, and the agreement with the product's own types.
struct TelegramPeopleTests {
  private let fixture: TelegramFixture

  init() throws { fixture = try TelegramFixture() }

  private func draft(_ id: Int64, _ text: String, canStop: Bool = true) async throws {
    let json = #"{"chat_id":1001,"draft_id":\#(id),"text":"\#(text)","can_stop":\#(canStop)}"#
    #expect(try await fixture.result("sendMessageDraft", json) == true)
  }

  @Test func draftGrowsAndBecomesTheAnswer() async throws {
    try await draft(5, "Hel")
    try await draft(5, "Hello")
    #expect(try fixture.chat.drafts.map(\.text) == ["Hello"])
    _ = try await fixture.result("sendMessage", #"{"chat_id":1001,"text":"Hello!"}"#)
    #expect(try fixture.chat.drafts.isEmpty)
    #expect(try fixture.chat.messages.last?.text == "Hello!")
  }

  @Test func draftExpiresAfterThirtySeconds() async throws {
    try await draft(5, "a")
    fixture.time.advance(.seconds(29))
    #expect(try fixture.chat.drafts.count == 1)
    try await draft(5, "ab")
    fixture.time.advance(.seconds(29))
    #expect(try fixture.chat.drafts.count == 1, "a refresh begins anew")
    fixture.time.advance(.seconds(1))
    #expect(try fixture.chat.drafts.isEmpty)
  }

  @Test func draftRefusals() async throws {
    #expect(
      try await fixture.refusal("sendMessageDraft", #"{"chat_id":1001,"draft_id":0,"text":"x"}"#)
        == "Bad Request: RANDOM_ID_INVALID")
    let group = fixture.telegram.addGroup("G", members: [fixture.anna])
    #expect(
      try await fixture.refusal(
        "sendMessageDraft", #"{"chat_id":\#(group),"draft_id":1,"text":"x"}"#)
        == "Bad Request: TEXTDRAFT_PEER_INVALID")
  }

  @Test func stopTellsTheBotAndEndsTheDraft() async throws {
    try await draft(5, "a")
    try fixture.telegram.stop(draft: 5, in: fixture.anna)
    #expect(try fixture.chat.drafts.isEmpty)
    let stop = fixture.telegram.updates.last?["stopped_message_generation"]
    #expect(stop?["draft_id"] == 5 && stop?["chat"]?["id"]?.integer == fixture.anna)
    try await draft(5, "ab")
    #expect(try fixture.chat.drafts.isEmpty, "a stopped draft is not shown again")
    try await draft(6, "x", canStop: false)
    #expect(throws: ActionRefused.self) {
      try fixture.telegram.stop(draft: 6, in: fixture.anna)
    }
  }

  @Test(arguments: [
    ("just talk", false), ("hi @switchboard_bot", true), ("@switchboard_bottle", false),
    ("/help", true), ("/help@switchboard_bot", true), ("/help@other_bot", false),
  ])
  func privacyModeHidesTalk(text: String, isHeard: Bool) throws {
    let group = fixture.telegram.addGroup("G", members: [fixture.anna])
    let before = fixture.telegram.pendingUpdates
    try fixture.telegram.post(PersonMessage(text), from: fixture.anna, in: group)
    #expect(fixture.telegram.pendingUpdates == before + (isHeard ? 1 : 0))
  }

  @Test func repliesToTheBotAreHeard() async throws {
    let group = fixture.telegram.addGroup("G", members: [fixture.anna])
    let sent = try await fixture.result("sendMessage", #"{"chat_id":\#(group),"text":"x"}"#)
    let reply = PersonMessage("well", replyTo: sent["message_id"]?.integer)
    try fixture.telegram.post(reply, from: fixture.anna, in: group)
    let message = fixture.telegram.updates.last?["message"]
    #expect(message?["reply_to_message"]?["from"]?["is_bot"] == true)
  }

  @Test func topicsMustExist() async throws {
    let forum = fixture.telegram.addGroup("F", members: [fixture.anna], isForum: true)
    let topic = try fixture.telegram.addTopic("T", in: forum, by: fixture.anna)
    let sent = try await fixture.result(
      "sendMessage", #"{"chat_id":\#(forum),"message_thread_id":\#(topic),"text":"x"}"#)
    #expect(sent["is_topic_message"] == true)
    #expect(
      try await fixture.refusal(
        "sendMessage", #"{"chat_id":\#(forum),"message_thread_id":1,"text":"x"}"#)
        == "Bad Request: message thread not found")
  }

  @Test func migrationNamesTheNewChat() async throws {
    let group = fixture.telegram.addGroup("G", members: [fixture.anna])
    let new = try fixture.telegram.migrate(group)
    let refused = try await fixture.call("sendMessage", #"{"chat_id":\#(group),"text":"x"}"#)
    #expect(refused.status == 400)
    #expect(try refused.value()["parameters"]?["migrate_to_chat_id"]?.integer == new)
    _ = try await fixture.result("sendMessage", #"{"chat_id":\#(new),"text":"x"}"#)
    let services = fixture.telegram.updates.suffix(2).map { $0["message"] }
    #expect(services.first??["migrate_to_chat_id"]?.integer == new)
    #expect(services.last??["migrate_from_chat_id"]?.integer == group)
  }

  @Test func callbackQueriesAreAnsweredOnce() async throws {
    let sent = try await fixture.result(
      "sendMessage",
      #"{"chat_id":1001,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","#
        + #""callback_data":"d"}]]}}"#)
    let message = try #require(sent["message_id"]?.integer)
    let query = try fixture.telegram.press(
      "d", on: message, in: fixture.anna, by: fixture.anna)
    let answer = #"{"callback_query_id":"\#(query)","text":"ok"}"#
    #expect(try await fixture.result("answerCallbackQuery", answer) == true)
    #expect(
      try await fixture.refusal("answerCallbackQuery", answer)
        == "Bad Request: query is too old and response timeout expired or query ID is invalid")
  }

  @Test func floodLimitsAreSwitchable() async throws {
    let limited = try TelegramFixture { $0.floodLimits = .init() }
    let json = #"{"chat_id":1001,"text":"x"}"#
    for _ in 0..<3 { _ = try await limited.result("sendMessage", json) }
    let refused = try await limited.call("sendMessage", json)
    #expect(refused.status == 429 && refused.headers["Retry-After"] == "3")
    #expect(try refused.value()["parameters"]?["retry_after"] == 3)
    limited.time.advance(.seconds(3))
    _ = try await limited.result("sendMessage", json)
  }

  @Test(arguments: [
    (TelegramSimulator.Fault(.flood, method: "sendMessage", seconds: 9), 429, 1),
    (.init(.blocked, chat: 1001), 403, 1),
    (.init(.refused, method: "SENDMESSAGE", description: "TOPIC_CLOSED"), 400, 1),
    (.init(.serverError), 500, 1), (.init(.badGateway), 502, 1),
    (.init(.lostAnswer), 502, 2), (.init(.methodNotFound, method: "sendMessage"), 404, 1),
  ])
  func faults(fault: TelegramSimulator.Fault, status: Int, messages: Int) async throws {
    fixture.telegram.inject(fault)
    let json = #"{"chat_id":1001,"text":"x"}"#
    #expect(try await fixture.call("sendMessage", json).status == status)
    #expect(try fixture.chat.messages.count == messages, "processed only when the answer is lost")
    #expect(try await fixture.call("sendMessage", json).status == 200, "strikes once")
  }

  @Test func faultsAndActionsOverHTTP() async throws {
    let routes = fixture.telegram.routes
    let fault = #"{"effect":"flood","method":"sendChatAction","count":0,"seconds":2}"#
    #expect(try await routes.call("POST", "/_simulator/faults", json: fault).status == 200)
    let typing = #"{"chat_id":1001,"action":"typing"}"#
    for _ in 0..<3 { #expect(try await fixture.call("sendChatAction", typing).status == 429) }
    _ = try await routes.call("DELETE", "/_simulator/faults")
    #expect(try await fixture.call("sendChatAction", typing).status == 200)
    let post = #"{"action":"post","from":1001,"text":"over HTTP"}"#
    #expect(
      try await routes.call("POST", "/_simulator/actions", json: post).value()["result"] == 2)
    let calls = try await routes.call("GET", "/_simulator/calls").value()
    #expect(calls.array?.count == 4 && calls.array?.last?["status"] == 200)
    let chats = try await routes.call("GET", "/_simulator/chats").value()
    #expect(chats.array?.first?["messages"]?.array?.last?["text"] == "over HTTP")
  }

  /// What the stand-in writes from the specification, the product's types must read.
  @Test func updatesAreReadByTheProductsTypes() async throws {
    let telegram = fixture.telegram
    try telegram.postAlbum("caption", count: 2, from: fixture.anna, in: fixture.anna)
    for media in PersonMessage.Media.allCases {
      try telegram.post(PersonMessage(media: media), from: fixture.anna, in: fixture.anna)
    }
    try telegram.edit(1, in: fixture.anna, text: "Hello again")
    let forum = telegram.addGroup("F", members: [fixture.anna], isForum: true)
    try telegram.addTopic("T", in: forum, by: fixture.anna)
    let group = telegram.addGroup("G", members: [fixture.anna])
    let anonymous = PersonMessage("/help", isAnonymous: true)
    try telegram.post(anonymous, from: fixture.anna, in: group)
    try telegram.migrate(group)
    try await draft(5, "a")
    try telegram.stop(draft: 5, in: fixture.anna)
    #expect(telegram.updates.count > 12)
    for update in telegram.updates {
      let read = try JSONDecoder().decode(TelegramUpdate.self, from: Data(update.bytes))
      #expect(read.updateID == update["update_id"]?.integer)
    }
  }

  /// What the product's types write, the stand-in must accept.
  @Test func callsOfTheProductsTypesAreAccepted() async throws {
    func accepts<Method: TelegramMethod>(_ method: Method) async throws -> Method.Result {
      let json = String(decoding: try JSONEncoder().encode(method), as: UTF8.self)
      let response = try await fixture.call(Method.name, json)
      let value = try response.value()
      #expect(response.status == 200, "\(Method.name): \(value["description"]?.string ?? "")")
      let read = try JSONDecoder().decode(
        TelegramResponse<Method.Result>.self, from: Data(value.bytes))
      return try #require(read.result)
    }
    #expect(try await accepts(GetMe()).isBot)
    let sent = try await accepts(SendMessage(chatID: 1001, text: "x"))
    #expect(sent.text == "x")
    let text = TelegramRichText.sequence([
      .plain("a"), .styled(.bold, .plain("b")), .url("https://example.org/", .plain("c")),
      .mathematicalExpression("x^2"),
    ])
    let cell = TelegramRichBlock.Table.Cell(text: text, align: "left", valign: "top")
    let item = TelegramRichBlock.Item(blocks: [.paragraph(text)])
    let rich = TelegramInputRichMessage(
      blocks: [
        .paragraph(text), .heading(size: 1, text), .pre(language: "c", .plain("x")), .divider,
        .mathematicalExpression("x"), .list([item]), .blockquote([.paragraph(text)]),
        .table(.init(cells: [[cell]])),
      ], skipEntityDetection: true)
    let message = try await accepts(SendRichMessage(chatID: 1001, richMessage: rich))
    #expect(message.richMessage?.blocks.count == 8)
    #expect(
      try await accepts(
        SendRichMessageDraft(chatID: 1001, draftID: 1, richMessage: rich, canStop: true)))
    #expect(try await accepts(SendMessageDraft(chatID: 1001, draftID: 2, text: "", canStop: true)))
    #expect(try await accepts(SendChatAction(chatID: 1001, action: "typing")))
    _ = try await accepts(GetUpdates(offset: 1, limit: 10, timeout: 0, allowedUpdates: []))
    _ = try await accepts(
      SetWebhook(url: "https://bot.example/", maxConnections: 5, secretToken: "s"))
    _ = try await accepts(DeleteWebhook(dropPendingUpdates: false))
  }
}
