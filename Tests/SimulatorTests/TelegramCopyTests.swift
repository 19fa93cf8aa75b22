import Gateways
import Simulator
import Testing

/// Copies, documents, captions, reactions, buttons and limits, as operators need them.
struct TelegramCopyTests {
  private let staff: StaffFixture

  init() throws { staff = try StaffFixture() }

  private func copy(_ message: Int64, more: String = "") -> String {
    #"{"chat_id":\#(staff.forum),"from_chat_id":1001,"message_id":\#(message)\#(more)}"#
  }

  @Test(arguments: PersonMessage.Media.allCases)
  func mediumIsCopied(media: PersonMessage.Media) async throws {
    let topic = try await staff.topic()
    let id = try staff.telegram.post(
      PersonMessage("words", media: media, upload: Upload(type: "a/b", bytes: [1])),
      from: staff.anna, in: staff.anna)
    let made = try await staff.base.result(
      "copyMessage", copy(id, more: #","message_thread_id":\#(topic)"#))
    let copied = try #require(try staff.chat.messages.last)
    let original = try #require(try staff.base.chat.messages.last)
    #expect(made == ["message_id": .integer(copied.id)])
    #expect(copied.media == media.rawValue && copied.text == "words" && copied.thread == topic)
    #expect(copied.from.isBot && copied.fileID == original.fileID)
  }

  @Test func captionAndReplyReplaceThoseOfTheOriginal() async throws {
    let id = try staff.telegram.post(
      PersonMessage("old", media: .photo), from: staff.anna, in: staff.anna)
    let asked = try await staff.send("asked")
    let replied = try #require(asked["message_id"]?.integer)
    let more = #"""
      ,"caption":"new","caption_entities":[{"type":"bold","offset":0,"length":3}],
      "reply_parameters":{"message_id":\#(replied)}
      """#
    _ = try await staff.base.result("copyMessage", copy(id, more: more))
    let copied = try #require(try staff.chat.messages.last)
    #expect(copied.text == "new" && copied.entities.count == 1 && copied.replyTo == replied)
    let long = String(repeating: "x", count: 1025)
    #expect(
      try await staff.base.refusal("copyMessage", copy(id, more: #","caption":"\#(long)""#))
        == "Bad Request: message caption is too long")
  }

  @Test func whatIsNotThereIsNotCopied() async throws {
    #expect(
      try await staff.base.refusal("copyMessage", copy(999))
        == "Bad Request: message to copy not found")
    try staff.telegram.delete(1, in: staff.anna, by: staff.anna)
    #expect(
      try await staff.base.refusal("copyMessage", copy(1))
        == "Bad Request: message to copy not found")
    let topic = try await staff.topic()
    let back = #"{"chat_id":1001,"from_chat_id":\#(staff.forum),"message_id":\#(topic)}"#
    #expect(
      try await staff.base.refusal("copyMessage", back) == "Bad Request: message can't be copied")
    try staff.telegram.setBlocked(true, chat: staff.anna, by: staff.anna)
    #expect(
      try await staff.base.refusal(
        "copyMessage", #"{"chat_id":1001,"from_chat_id":\#(staff.forum),"message_id":1}"#,
        status: 403) == "Forbidden: bot was blocked by the user")
  }

  @Test func albumStaysAnAlbum() async throws {
    let ids = try staff.telegram.postAlbum(
      "two", count: 2, of: .document, from: staff.anna, in: staff.anna)
    let albums = staff.telegram.updates.suffix(2).map { $0["message"]?["media_group_id"] }
    #expect(albums[0] != nil && albums[0] == albums[1])
    let list = "[\(ids[0]),\(ids[1]),999]"
    let call = #"{"chat_id":\#(staff.forum),"from_chat_id":1001,"message_ids":\#(list)}"#
    #expect(try await staff.base.result("copyMessages", call).array?.count == 2)
    let copies = try staff.chat.messages.suffix(2)
    #expect(copies.first?.album != nil && copies.first?.album == copies.last?.album)
    #expect(copies.map(\.text) == ["two", nil])
    for (ids, words) in [
      ("[2,1]", "message identifiers must be in a strictly increasing order"),
      ("[999]", "there are no messages to forward"),
    ] {
      let wrong = #"{"chat_id":\#(staff.forum),"from_chat_id":1001,"message_ids":\#(ids)}"#
      #expect(
        try await staff.base.refusal("copyMessages", wrong) == "Bad Request: " + words)
    }
  }

  private func upload(_ parts: [(head: String, body: String)]) async throws -> HTTPServerResponse {
    let body =
      parts.map { "--b\r\nContent-Disposition: form-data; \($0.head)\r\n\r\n\($0.body)\r\n" }
      .joined() + "--b--\r\n"
    return try await staff.telegram.routes.call(
      "POST", "/bot4242:simulated-token/sendDocument", json: body,
      headers: [HTTPHeader("Content-Type", "multipart/form-data; boundary=b")])
  }

  @Test(arguments: ["document", "file0"])
  func documentIsUploaded(field: String) async throws {
    var parts = [
      (#"name="chat_id""#, "\(staff.forum)"), (#"name="caption""#, "Transcript"),
      (
        "name=\"\(field)\"; filename=\"dialogue; 1.txt\"",
        "Anna: Hello\nПривет"
      ),
    ]
    if field != "document" { parts.append((#"name="document""#, "attach://\(field)")) }
    let response = try await upload(parts)
    let sent = try response.value()["result"]
    #expect(response.status == 200 && sent?["caption"] == "Transcript")
    #expect(sent?["document"]?["file_name"] == "dialogue; 1.txt")
    let message = try #require(try staff.chat.messages.last)
    let page = DemoPage(telegram: staff.telegram, modelName: "m", isStandIn: true)
    let shown = try await page.routes.call("GET", "/media/\(message.fileID ?? "")")
    #expect(shown.headers["Content-Type"] == "text/plain; charset=utf-8")
    guard case .bytes(let bytes) = shown.body else {
      Issue.record("no bytes")
      return
    }
    #expect(String(decoding: bytes, as: UTF8.self) == "Anna: Hello\nПривет")
    let again = #"{"chat_id":1001,"document":"\#(message.fileID ?? "")"}"#
    #expect(try await staff.base.result("sendDocument", again)["document"]?["file_size"] == 24)
  }

  @Test func documentRefusals() async throws {
    for (document, words) in [
      ("no-such-file", "wrong file identifier/HTTP URL specified"),
      ("attach://x", "there is no document in the request"),
    ] {
      #expect(
        try await staff.base.refusal(
          "sendDocument", #"{"chat_id":1001,"document":"\#(document)"}"#)
          == "Bad Request: " + words)
    }
    let empty = try await upload([
      (#"name="chat_id""#, "1001"), (#"name="document"; filename="a.txt""#, ""),
    ])
    #expect(try empty.value()["description"] == "Bad Request: file must be non-empty")
  }

  @Test func captionIsEdited() async throws {
    let id = try staff.telegram.post(
      PersonMessage("old", media: .photo), from: staff.anna, in: staff.anna)
    let made = try await staff.base.result("copyMessage", copy(id))
    let copied = try #require(made["message_id"]?.integer)
    let call = #"{"chat_id":\#(staff.forum),"message_id":\#(copied),"caption":"new"}"#
    #expect(try await staff.base.result("editMessageCaption", call)["caption"] == "new")
    #expect(
      try await staff.base.refusal("editMessageCaption", call).hasPrefix(
        "Bad Request: message is not modified"))
    let text = try await staff.send("text")["message_id"]?.integer ?? 0
    #expect(
      try await staff.base.refusal(
        "editMessageCaption", #"{"chat_id":\#(staff.forum),"message_id":\#(text),"caption":"x"}"#)
        == "Bad Request: there is no caption in the message to edit")
  }

  @Test func reactionsAreOfTheAllowedOnes() async throws {
    func reaction(_ list: String, _ message: Int64 = 1) -> String {
      #"{"chat_id":1001,"message_id":\#(message),"reaction":\#(list)}"#
    }
    _ = try await staff.base.result(
      "setMessageReaction", reaction(#"[{"type":"emoji","emoji":"👀"}]"#))
    #expect(try staff.base.chat.messages.first?.reactions == ["👀"])
    _ = try await staff.base.result("setMessageReaction", reaction("[]"))
    #expect(try staff.base.chat.messages.first?.reactions == [])
    for (list, message, words) in [
      (#"[{"type":"emoji","emoji":"✅"}]"#, Int64(1), "REACTION_INVALID"),
      (#"[{"type":"paid"}]"#, 1, "REACTION_INVALID"),
      (#"[{"type":"emoji","emoji":"👀"},{"type":"emoji","emoji":"👍"}]"#, 1, "REACTIONS_TOO_MANY"),
      (#"[{"type":"emoji","emoji":"👀"}]"#, 999, "message to react not found"),
    ] {
      #expect(
        try await staff.base.refusal("setMessageReaction", reaction(list, message))
          == "Bad Request: " + words)
    }
  }

  @Test func twoPressTheSameButtonAtOnce() async throws {
    let markup = #","reply_markup":{"inline_keyboard":[[{"text":"Take","callback_data":"t:1"}]]}"#
    let sent = try await staff.send("New", more: markup)
    let queries = try staff.telegram.press(
      "t:1", on: sent["message_id"]?.integer ?? 0, in: staff.forum, by: [staff.olga, staff.max])
    let told = staff.telegram.updates.suffix(2).map { $0["callback_query"] }
    #expect(told.map { $0?["id"]?.string } == queries)
    #expect(told.map { $0?["from"]?["id"]?.integer } == [staff.olga, staff.max])
    #expect(told[0]?["message"]?["text"] == "New" && told[0]?["data"] == "t:1")
    let notices = staff.telegram.events()
    for query in queries {
      let call = #"{"callback_query_id":"\#(query)","text":"for \#(query)","show_alert":true}"#
      #expect(try await staff.base.result("answerCallbackQuery", call) == true)
    }
    var seen: [Int64] = []
    for await event in notices {
      if case .notice(_, let isAlert, let person) = event.change {
        #expect(isAlert)
        seen.append(person)
      }
      if seen.count == 2 { break }
    }
    #expect(seen == [staff.olga, staff.max])
  }

  @Test func groupTakesTwentyMessagesAMinute() async throws {
    let topic = try await staff.topic()
    for number in 0..<20 {
      _ = try await staff.send("\(number)", topic: number < 10 ? topic : nil)
    }
    #expect(
      try await staff.base.refusal(
        "sendMessage", #"{"chat_id":\#(staff.forum),"text":"x"}"#, status: 429)
        == "Too Many Requests: retry after 60")
    #expect(try await staff.base.call("copyMessage", copy(1)).status == 429)
    _ = try await staff.base.result("sendMessage", #"{"chat_id":1001,"text":"others may"}"#)
    staff.telegram.limitGroups(to: nil)
    _ = try await staff.send("no limit")
    staff.telegram.limitGroups(to: 20)
    #expect(try await staff.base.call("copyMessage", copy(1)).status == 429)
    staff.base.time.advance(.seconds(60))
    _ = try await staff.send("a minute later")
  }

  @Test func floodOfOneChatLasts() async throws {
    staff.telegram.inject(.init(.flood, chat: staff.forum, lasting: 30))
    let json = #"{"chat_id":\#(staff.forum),"text":"x"}"#
    for left in [30, 20, 10] {
      #expect(
        try await staff.base.refusal("sendMessage", json, status: 429)
          == "Too Many Requests: retry after \(left)")
      staff.base.time.advance(.seconds(10))
    }
    _ = try await staff.base.result("sendMessage", json)
  }

  @Test func deletionFollowsTelegramsRules() async throws {
    let sent = try await staff.send("x")["message_id"]?.integer ?? 0
    let topic = try await staff.topic()
    func delete(_ message: Int64) -> String {
      #"{"chat_id":\#(staff.forum),"message_id":\#(message)}"#
    }
    #expect(
      try await staff.base.refusal("deleteMessage", delete(topic))
        == "Bad Request: message can't be deleted")
    #expect(try await staff.base.result("deleteMessage", delete(sent)) == true)
    let theirs = try staff.telegram.post(PersonMessage("y"), from: staff.max, in: staff.forum)
    staff.base.time.advance(.seconds(48 * 3600))
    #expect(
      try await staff.base.refusal("deleteMessage", delete(theirs))
        == "Bad Request: message can't be deleted")
    try staff.telegram.setRole(.member, in: staff.forum, by: staff.olga)
    let newer = try staff.telegram.post(PersonMessage("z"), from: staff.max, in: staff.forum)
    #expect(
      try await staff.base.refusal("deleteMessage", delete(newer))
        == "Bad Request: message can't be deleted")
  }

  @Test func commandsFollowTheNarrowestScope() async throws {
    func set(_ name: String, _ scope: String) async throws {
      _ = try await staff.base.result(
        "setMyCommands",
        #"{"commands":[{"command":"\#(name)","description":"d"}],"scope":\#(scope)}"#)
    }
    try await set("all", #"{"type":"default"}"#)
    try await set("groups", #"{"type":"all_group_chats"}"#)
    try await set("staff", #"{"type":"chat","chat_id":\#(staff.forum)}"#)
    try await set("desk", #"{"type":"chat","chat_id":"\#(staff.olga)"}"#)
    func names(_ person: Int64, _ chat: Int64) -> [String?] {
      staff.telegram.commands(language: "ru", person: person, chat: chat).map {
        $0["command"]?.string
      }
    }
    #expect(names(staff.olga, staff.forum) == ["staff"])
    #expect(names(staff.olga, staff.olga) == ["desk"])
    #expect(names(staff.anna, staff.anna) == ["all"])
    let other = staff.telegram.addGroup("G", members: [staff.anna])
    #expect(names(staff.anna, other) == ["groups"])
    #expect(
      try await staff.base.refusal(
        "setMyCommands", #"{"commands":[],"scope":{"type":"chat","chat_id":77}}"#)
        == "Bad Request: chat not found")
  }

  @Test func staffActsOverHTTP() async throws {
    func act(_ json: String) async throws -> JSONValue? {
      let answer = try await staff.telegram.routes.call(
        "POST", "/_simulator/actions", json: json)
      #expect(answer.status == 200)
      return try answer.value()["result"]
    }
    let (olga, forum) = (staff.olga, staff.forum)
    let made = try await act(
      #"{"action":"group","text":"New","members":[\#(olga)],"isForum":true,"bot":"administrator"}"#)
    #expect(made?.integer ?? 0 < -1_000_000_000_000)
    let topic = try await staff.topic()
    let here = #""from":\#(olga),"chat":\#(forum),"thread":\#(topic)"#
    let bold = #"[{"type":"bold","offset":0,"length":2}]"#
    let post = try await act(
      #"{"action":"post",\#(here),"text":"hi you","entities":\#(bold)}"#)
    #expect(staff.last("message")?["entities"]?.array?.first?["type"] == "bold")
    let edit = #"{"action":"edit",\#(here),"message":\#(post?.integer ?? 0),"text":"hello"}"#
    _ = try await act(edit)
    #expect(staff.last("edited_message")?["text"] == "hello")
    for action in ["close_topic", "reopen_topic"] {
      _ = try await act(#"{"action":"\#(action)",\#(here)}"#)
    }
    _ = try await act(#"{"action":"rename_topic",\#(here),"text":"Anna 2"}"#)
    #expect(try staff.chat.topics.map(\.name) == ["Anna 2"])
    _ = try await act(#"{"action":"delete_topic",\#(here)}"#)
    _ = try await act(
      #"{"action":"join","member":\#(staff.anna),"from":\#(olga),"chat":\#(forum)}"#)
    _ = try await act(
      #"{"action":"leave","member":\#(staff.anna),"from":\#(olga),"chat":\#(forum)}"#)
    _ = try await act(#"{"action":"role","bot":"member","from":\#(olga),"chat":\#(forum)}"#)
    #expect(staff.last("my_chat_member")?["new_chat_member"]?["status"] == "member")
    let markup = #","reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}"#
    let sent = try await staff.send("pick", more: markup)["message_id"]?.integer ?? 0
    let queries = try await act(
      #"{"action":"press","chat":\#(forum),"message":\#(sent),"data":"a","members":[\#(olga),\#(staff.max)]}"#
    )
    #expect(queries?.array?.count == 2)
  }
}
