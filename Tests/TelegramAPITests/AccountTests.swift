import Conversation
import Gateways
import Platform
import TelegramAPI
import Testing

@Suite struct AccountTests {
  private let telegram = ScriptedTelegram()
  private static let kinds =
    #"["message","edited_message","callback_query","my_chat_member","chat_member","#
    + #""stopped_message_generation"]"#

  @Test func asksWhoTheBotIs() async throws {
    telegram.answer(
      #"{"ok":true,"result":{"id":9,"is_bot":true,"first_name":"B","username":"my_bot","#
        + #""can_read_all_group_messages":true}}"#)
    let identity = try await telegram.api().account.identity()
    #expect(
      identity
        == BotIdentity(id: BotID(9), username: "my_bot", readsAllGroupMessages: true))
  }

  @Test(arguments: [
    (
      401, #"{"ok":false,"error_code":401,"description":"Unauthorized"}"#,
      BotAccountError.unauthorized
    ),
    (404, #"{"ok":false,"error_code":404,"description":"Not Found"}"#, .unauthorized),
    (
      409, #"{"ok":false,"error_code":409,"description":"Conflict: webhook"}"#,
      .conflict(reason: "Conflict: webhook")
    ),
    (
      429, #"{"ok":false,"error_code":429,"parameters":{"retry_after":3}}"#,
      .rateLimited(retryAfter: .seconds(3))
    ),
    (
      400, #"{"ok":false,"error_code":400,"description":"Bad Request: no"}"#,
      .refused(reason: "Bad Request: no")
    ),
    (
      502, "<html>", .unavailable(reason: "HTTP 502 without an answer of the Bot API")
    ),
    (200, #"{"ok":true,"result":7}"#, .unavailable(reason: "an answer that cannot be read")),
  ])
  func namesTheTrouble(status: Int, body: String, error: BotAccountError) async {
    telegram.answer(status, body)
    await #expect(throws: error) { try await telegram.api().account.identity() }
  }

  @Test func aServerThatLacksAMethodIsNoBadToken() async {
    telegram.answer(404, #"{"ok":false,"error_code":404,"description":"Not Found"}"#)
    let refused = BotAccountError.refused(reason: "the server does not know the method")
    await #expect(throws: refused) { try await telegram.api().account.setCommands([], nil, nil) }
  }

  @Test func asksForUpdatesAndCutsThemApart() async throws {
    telegram.answer(
      #" { "ok" : true , "result" : [ {"update_id":7,"message":{"text":"a]},\"\\"}} , "#
        + #"{"poll":{"update_id":1},"update_id":8} ] } "#)
    let updates = try await telegram.api().account.updates(7)
    #expect(updates.map(\.id) == [7, 8])
    #expect(
      updates.map { String(decoding: $0.json, as: UTF8.self) } == [
        #"{"update_id":7,"message":{"text":"a]},\"\\"}}"#,
        #"{"poll":{"update_id":1},"update_id":8}"#,
      ])
    let call = try #require(telegram.calls.first)
    #expect(call.request.timeout == .seconds(65))
    #expect(
      call.body == #"{"allowed_updates":\#(Self.kinds),"limit":100,"offset":7,"timeout":50}"#)
  }

  @Test func withoutUpdatesThereAreNone() async throws {
    telegram.answer(#"{"ok":true,"result":[]}"#)
    #expect(try await telegram.api().account.updates(nil) == [])
    #expect(telegram.calls.first?.parameters["offset"] == nil)
  }

  @Test(
    arguments: [
      // An odd one between others takes its predecessor's next number and is passed by.
      (#"[{"update_id":7},{"x":1},{"update_id":9}]"#, nil, [7, 8, 9]),
      (#"[{"update_id":7},null,17,"x",{"update_id":8.5}]"#, nil, [7, 8, 9, 10, 11]),
      (#"[{"x":1}]"#, Int64(5), [5]),
      (#"[{"x":1},{"update_id":9}]"#, nil, [9]),
      // No number is free for it: it is left out, and the next offset passes it.
      (#"[{"update_id":7},{"x":1},{"update_id":8}]"#, nil, [7, 8]),
      (#"[{"update_id":"7"},{"update_id":9223372036854775807},{"x":1}]"#, nil, [.max]),
    ] as [(String, Int64?, [Int64])])
  func oddOnesDoNotHideTheirNeighbours(result: String, offset: Int64?, ids: [Int64]) async throws {
    telegram.answer(#"{"ok":true,"result":\#(result)}"#)
    #expect(try await telegram.api().account.updates(offset).map(\.id) == ids)
  }

  @Test(arguments: [#"[{"x":1}]"#, "[{]", #"[{"update_id":1}"#, "{}", "[", #"["\"#])
  func aBatchThatLeadsNowhereIsTrouble(result: String) async {
    telegram.answer(#"{"ok":true,"result":\#(result)"#)
    await #expect(throws: BotAccountError.unavailable(reason: "an answer that cannot be read")) {
      try await telegram.api().account.updates(nil)
    }
  }

  @Test func setsAndRemovesTheWebhookWithoutDropping() async throws {
    let account = telegram.api().account
    try await account.setWebhook(WebhookTarget(url: "https://me.test/webhook/", secret: "s"))
    try await account.setWebhook(nil)
    #expect(telegram.calls.map(\.method) == ["setWebhook", "deleteWebhook"])
    #expect(
      telegram.calls.map(\.body) == [
        #"{"allowed_updates":\#(Self.kinds),"max_connections":40,"secret_token":"s","#
          + #""url":"https://me.test/webhook/"}"#,
        "{}",
      ])
  }

  @Test func readsTheWebhookState() async throws {
    telegram.answer(
      #"{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":3,"#
        + #""last_error_message":"Connection refused"}}"#)
    let state = try await telegram.api().account.webhook()
    #expect(state == WebhookState(url: "", pending: 3, lastError: "Connection refused"))
  }

  @Test func registersCommandsForALanguage() async throws {
    let account = telegram.api().account
    let new = BotCommand(name: "new", description: "Start anew")
    try await account.setCommands([new], .russian, nil)
    try await account.setCommands([], nil, nil)
    try await account.setCommands([new], nil, ChatID(-100))
    #expect(
      telegram.calls.map(\.body) == [
        #"{"commands":[{"command":"new","description":"Start anew"}],"language_code":"ru"}"#,
        #"{"commands":[]}"#,
        #"{"commands":[{"command":"new","description":"Start anew"}],"#
          + #""scope":{"chat_id":-100,"type":"chat"}}"#,
      ])
  }

  @Test(arguments: [
    (#""type":"private","first_name":"Ann","bio":"b""#, true, false),
    (#""type":"supergroup","title":"G","is_forum":true,"permissions":{}"#, false, true),
    (#""type":"supergroup","title":"G""#, false, false),
    (#""type":"group","title":"G""#, false, false),
  ])
  func asksWhatAChatIs(chat: String, isPrivate: Bool, isForum: Bool) async throws {
    telegram.answer(
      #"{"ok":true,"result":{"id":-100,\#(chat),"accent_color_id":1,"max_reaction_count":11}}"#)
    let description = try await telegram.api().account.chat(ChatID(-100))
    #expect(description == ChatDescription(isPrivate: isPrivate, isForum: isForum))
    #expect(telegram.calls.map(\.method) == ["getChat"])
    #expect(telegram.calls.first?.body == #"{"chat_id":-100}"#)
  }

  @Test(arguments: [
    (400, "Bad Request: chat not found"), (403, "Forbidden: bot was kicked from the group chat"),
  ])
  func aChatWithoutAccessIsRefused(code: Int, words: String) async {
    telegram.answer(code, #"{"ok":false,"error_code":\#(code),"description":"\#(words)"}"#)
    await #expect(throws: BotAccountError.refused(reason: words)) {
      try await telegram.api().account.chat(ChatID(-100))
    }
  }

  @Test func aGroupThatMovedSaysWhere() async {
    telegram.answer(
      400,
      #"{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded","#
        + #""parameters":{"migrate_to_chat_id":-1000500}}"#)
    await #expect(throws: BotAccountError.migrated(to: ChatID(-1_000_500))) {
      try await telegram.api().account.chat(ChatID(-500))
    }
  }

  @Test func theTokenIsInNoErrorAndNoDescription() async {
    let token = "123456:SECRET-token"
    telegram.answer(
      400, #"{"ok":false,"error_code":400,"description":"Bad: /bot\#(token)/getMe"}"#)
    let api = telegram.api(token: token)
    await #expect(throws: BotAccountError.refused(reason: "Bad: /bot***/getMe")) {
      try await api.account.identity()
    }
    let settings = TelegramAPISettings(token: Secret(token))
    var dumped = ""
    dump(settings, to: &dumped)
    #expect(!dumped.contains("SECRET") && !"\(settings)".contains("SECRET"))
  }
}
