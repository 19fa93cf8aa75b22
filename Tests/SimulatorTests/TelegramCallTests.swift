import Gateways
import Simulator
import Testing

/// Strictness: what the Bot API refuses, and in which words.
struct TelegramCallTests {
  private let fixture: TelegramFixture

  init() throws { fixture = try TelegramFixture() }

  @Test(arguments: [
    ("1:x", 401, "Unauthorized"), ("nocolon", 401, "Unauthorized: invalid token specified"),
    ("0:x", 401, "Unauthorized: invalid token specified"),
  ])
  func wrongToken(token: String, status: Int, words: String) async throws {
    let response = try await fixture.call("getMe", token: token)
    #expect(response.status == status)
    #expect(try response.value()["description"]?.string == words)
  }

  @Test func unknownMethodAndAnyCase() async throws {
    #expect(
      try await fixture.refusal("sendPoem", "{}", status: 404) == "Not Found: method not found")
    #expect(try await fixture.result("GETME")["username"] == "switchboard_bot")
  }

  @Test(arguments: [
    (#""chat_id":1001"#, "message text is empty"),
    (#""chat_id":1001,"text":"""#, "message text is empty"),
    (#""chat_id":1001,"text":" \n ""#, "text must be non-empty"),
    (#""text":"x""#, "chat_id is empty"),
    (#""chat_id":77,"text":"x""#, "chat not found"),
    (#""chat_id":1001,"text":"x","txet":"y""#, #"unknown parameter "txet" (strict stand-in)"#),
    (
      #""chat_id":1001,"text":"x","entities":null"#,
      #"parameter "entities" must be of type array and not null"#
    ),
    (#""chat_id":1001,"text":"x","reply_markup":null"#, "object expected as reply markup"),
    (#""chat_id":1001,"text":"x","message_thread_id":5"#, "message thread not found"),
    (
      #""chat_id":1001,"text":"x","reply_parameters":{"message_id":999}"#,
      "message to be replied not found"
    ),
    (#""chat_id":1001,"text":"x","parse_mode":"Latex""#, "unsupported parse_mode"),
    (
      #""chat_id":1001,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","#
        + #""callback_data":"ЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫ"}]]}"#, "BUTTON_DATA_INVALID"
    ),
    (
      #""chat_id":1001,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a"}]]}"#,
      "inline keyboard button must have exactly one action"
    ),
  ])
  func sendMessageRefusals(fields: String, words: String) async throws {
    #expect(
      try await fixture.refusal("sendMessage", "{\(fields)}") == "Bad Request: " + words)
    #expect(try fixture.chat.messages.count == 1)
  }

  @Test(arguments: [
    (#"[{"type":"bold","offset":0}]"#, #"can't parse MessageEntity: Can't find field "length""#),
    (
      #"[{"type":"glow","offset":0,"length":1}]"#,
      "can't parse MessageEntity: Unsupported type specified"
    ),
    (
      #"[{"type":"text_link","offset":0,"length":1}]"#,
      #"can't parse MessageEntity: Can't find field "url""#
    ),
    (
      #"[{"type":"bold","offset":9,"length":1}]"#,
      "entity begins after the end of the text at UTF-16 offset 9"
    ),
    (
      #"[{"type":"bold","offset":9223372036854775807,"length":9223372036854775807}]"#,
      "entity begins after the end of the text at UTF-16 offset 1073741824"
    ),
    (
      #"[{"type":"bold","offset":1,"length":9}]"#,
      "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 10"
    ),
    (
      #"[{"type":"bold","offset":2,"length":1}]"#,
      "entity begins in a middle of a UTF-16 symbol at byte offset 1"
    ),
    (
      #"[{"type":"bold","offset":0,"length":2}]"#,
      "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 1"
    ),
  ])
  func entityRefusals(entities: String, words: String) async throws {
    let json = #"{"chat_id":1001,"text":"a😀b","entities":\#(entities)}"#
    #expect(try await fixture.refusal("sendMessage", json) == "Bad Request: " + words)
  }

  @Test func entitiesMoveWithTheTrimmedText() async throws {
    let message = try await fixture.result(
      "sendMessage",
      #"{"chat_id":1001,"text":" \r\n a😀b ","entities":[{"type":"bold","offset":4,"length":4}]}"#)
    #expect(message["text"] == "a😀b")
    #expect(message["entities"] == [["type": "bold", "offset": 0, "length": 4]])
  }

  @Test func lengthIsCountedInScalars() async throws {
    let longest = String(repeating: "😀", count: 4096)
    _ = try await fixture.result("sendMessage", #"{"chat_id":1001,"text":"\#(longest)"}"#)
    let words = try await fixture.refusal(
      "sendMessage", #"{"chat_id":1001,"text":"\#(longest)a"}"#)
    #expect(words == "Bad Request: message is too long")
    let huge = String(repeating: "a", count: 32_769)
    #expect(
      try await fixture.refusal("sendMessage", #"{"chat_id":1001,"text":"\#(huge)"}"#)
        == "Bad Request: text is too long")
  }

  @Test func formsAndQueriesAreRead() async throws {
    let request = HTTPServerRequest(
      method: "POST", path: "/bot4242:simulated-token/sendMessage",
      query: [(name: "chat_id", value: "1001")],
      headers: [HTTPHeader("content-type", "application/x-www-form-urlencoded")],
      body: Array("text=%D0%AF+%26+you&disable_notification=true".utf8))
    let route = try #require(fixture.telegram.routes.first { $0.method == "POST" })
    #expect(try await route.handle(request).value()["result"]?["text"] == "Я & you")
  }

  @Test(arguments: [
    (#"{}"#, "rich message is empty"),
    (#"{"markdown":"x"}"#, "the stand-in accepts rich messages as blocks only"),
    (#"{"blocks":[{"type":"paragraph"}]}"#, #"can't parse paragraph: Can't find field "text""#),
    (
      #"{"blocks":[{"type":"heading","text":"x","size":7}]}"#,
      #"can't parse heading: Field "size" must be from 1 to 6"#
    ),
    (
      #"{"blocks":[{"type":"paragraph","text":{"type":"bold","text":"x","url":"y"}}]}"#,
      #"can't parse bold: Unexpected field "url" (strict stand-in)"#
    ),
    (
      #"{"blocks":[{"type":"table","cells":[[{"text":"x"}]]}]}"#,
      #"can't parse table cell: Can't find field "align""#
    ),
    (
      #"{"blocks":[{"type":"thinking","text":"x"}]}"#, #"block "thinking" is for drafts only"#
    ),
    (
      #"{"blocks":[{"type":"pre","text":"x","language":null}]}"#,
      #"can't parse pre: Field "language" must not be null"#
    ),
  ])
  func richRefusals(message: String, words: String) async throws {
    let json = #"{"chat_id":1001,"rich_message":\#(message)}"#
    #expect(try await fixture.refusal("sendRichMessage", json) == "Bad Request: " + words)
  }

  @Test func richLimits() async throws {
    func send(_ blocks: String) async throws -> Int {
      try await fixture.call(
        "sendRichMessage", #"{"chat_id":1001,"rich_message":{"blocks":[\#(blocks)]}}"#
      ).status
    }
    func paragraphs(_ count: Int) -> String {
      Array(repeating: #"{"type":"divider"}"#, count: count).joined(separator: ",")
    }
    #expect(try await send(paragraphs(500)) == 200)
    #expect(try await send(paragraphs(501)) == 400)
    func text(_ count: Int) -> String {
      #"{"type":"paragraph","text":"\#(String(repeating: "я", count: count))"}"#
    }
    #expect(try await send(text(32_768)) == 200)
    #expect(try await send(text(32_769)) == 400)
    func nested(_ depth: Int) -> String {
      String(repeating: #"{"type":"blockquote","blocks":["#, count: depth - 1)
        + #"{"type":"divider"}"# + String(repeating: "]}", count: depth - 1)
    }
    #expect(try await send(nested(16)) == 200)
    #expect(try await send(nested(17)) == 400)
    func row(_ columns: Int) -> String {
      let cell = #"{"align":"left","valign":"top","text":"x"}"#
      let cells = Array(repeating: cell, count: columns).joined(separator: ",")
      return #"{"type":"table","cells":[[\#(cells)]]}"#
    }
    #expect(try await send(row(20)) == 200)
    #expect(try await send(row(21)) == 400)
  }

  @Test func editsAnswerAsTelegramDoes() async throws {
    let sent = try await fixture.result("sendMessage", #"{"chat_id":1001,"text":"one"}"#)
    let id = try #require(sent["message_id"]?.integer)
    let same = try await fixture.refusal(
      "editMessageText", #"{"chat_id":1001,"message_id":\#(id),"text":"one"}"#)
    #expect(same.hasPrefix("Bad Request: message is not modified: "))
    let edited = try await fixture.result(
      "editMessageText", #"{"chat_id":1001,"message_id":\#(id),"text":"two"}"#)
    #expect(edited["text"] == "two" && edited["edit_date"] != nil)
    #expect(
      try await fixture.refusal(
        "editMessageText", #"{"chat_id":1001,"message_id":99,"text":"x"}"#)
        == "Bad Request: message to edit not found")
    #expect(
      try await fixture.refusal(
        "editMessageText", #"{"chat_id":1001,"message_id":1,"text":"x"}"#)
        == "Bad Request: message can't be edited")
  }

  @Test func strangersAndBlockedPeopleCannotBeWrittenTo() async throws {
    let stranger = fixture.telegram.addPerson("Stranger")
    let json = #"{"chat_id":\#(stranger),"text":"x"}"#
    #expect(
      try await fixture.refusal("sendMessage", json, status: 403)
        == "Forbidden: bot can't initiate conversation with a user")
    try fixture.telegram.setBlocked(true, chat: fixture.anna, by: fixture.anna)
    let blocked = #"{"chat_id":1001,"text":"x"}"#
    #expect(
      try await fixture.refusal("sendMessage", blocked, status: 403)
        == "Forbidden: bot was blocked by the user")
    try fixture.telegram.setBlocked(false, chat: fixture.anna, by: fixture.anna)
    _ = try await fixture.result("sendMessage", blocked)
    let members = fixture.telegram.updates.compactMap {
      $0["my_chat_member"]?["new_chat_member"]?["status"]?.string
    }
    #expect(members == ["kicked", "member"])
  }

  @Test func commandsAreChecked() async throws {
    let good = #"{"commands":[{"command":"new","description":"d"}],"language_code":"ru"}"#
    #expect(try await fixture.result("setMyCommands", good) == true)
    let kept = try await fixture.result("getMyCommands", #"{"language_code":"ru"}"#)
    #expect(kept.array?.count == 1)
    let bad = #"{"commands":[{"command":"New","description":"d"}]}"#
    #expect(
      try await fixture.refusal("setMyCommands", bad) == "Bad Request: BOT_COMMAND_INVALID")
  }
}
