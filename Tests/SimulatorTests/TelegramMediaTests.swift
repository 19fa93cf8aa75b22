import Foundation
import Gateways
import Platform
import Simulator
import TelegramTypes
import Testing

/// Files that people send, topics of private chats, edits by the bot.
struct TelegramMediaTests {
  private let fixture: TelegramFixture

  init() throws { fixture = try TelegramFixture { $0.hasTopics = true } }

  private var lastMessage: JSONValue? { fixture.telegram.updates.last?["message"] }

  private static let files: [(PersonMessage.Media, String, [UInt8])] = [
    (.photo, ".jpg", [0xFF, 0xD8, 0xFF]), (.voice, ".oga", Array("OggS".utf8)),
    (.document, ".txt", Array("A file".utf8)), (.sticker, ".webp", Array("RIFF".utf8)),
  ]

  @Test(arguments: files)
  func filesCanBeFetched(media: PersonMessage.Media, ending: String, start: [UInt8]) async throws {
    try fixture.telegram.post(PersonMessage(media: media), from: fixture.anna, in: fixture.anna)
    let told = lastMessage?[media.rawValue]
    let id = try #require((told?.array?.last ?? told)?["file_id"]?.string)
    let file = try await fixture.result("getFile", #"{"file_id":"\#(id)"}"#)
    let path = try #require(file["file_path"]?.string)
    #expect(path.hasSuffix(ending))
    func get(_ token: String) async throws -> HTTPServerResponse {
      try await fixture.telegram.routes.call("GET", "/file/bot\(token)/\(path)")
    }
    let response = try await get("4242:simulated-token")
    guard case .bytes(let bytes) = response.body else {
      Issue.record("no bytes")
      return
    }
    #expect(response.status == 200)
    #expect(bytes.starts(with: start))
    #expect(file["file_size"]?.integer == Int64(bytes.count))
    #expect((told?.array?.last ?? told)?["file_size"] == file["file_size"])
    #expect(try await get("4242:another").status == 404)
  }

  @Test func filesThatAreNotThere() async throws {
    #expect(
      try await fixture.refusal("getFile", #"{"file_id":"no"}"#)
        == "Bad Request: wrong file_id or the file is temporarily unavailable")
    let lost = try await fixture.telegram.routes.call("GET", "/file/bot4242:simulated-token/no")
    #expect(lost.status == 404)
    try fixture.telegram.post(PersonMessage(media: .location), from: fixture.anna, in: fixture.anna)
    #expect(lastMessage?["location"]?["file_id"] == nil)
  }

  private func topic(_ name: String = "New chat", isNameImplicit: Bool = true) throws -> Int64 {
    try fixture.telegram.addTopic(
      name, isNameImplicit: isNameImplicit, in: fixture.anna, by: fixture.anna)
  }

  @Test func topicsOfPrivateChats() async throws {
    #expect(try await fixture.result("getMe")["has_topics_enabled"] == true)
    let topic = try topic()
    #expect(lastMessage?["message_thread_id"]?.integer == topic)
    #expect(lastMessage?["forum_topic_created"]?["is_name_implicit"] == true)
    try fixture.telegram.post(
      PersonMessage("Hi", thread: topic), from: fixture.anna, in: fixture.anna)
    #expect(lastMessage?["message_thread_id"]?.integer == topic)
    #expect(lastMessage?["is_topic_message"] == true)
    #expect(lastMessage?["chat"]?["type"] == "private")
    _ = try self.topic("Cats", isNameImplicit: false)
    #expect(lastMessage?["forum_topic_created"]?["is_name_implicit"] == nil)
    #expect(throws: ActionRefused.self) {
      try fixture.telegram.post(
        PersonMessage("Hi", thread: 1), from: fixture.anna, in: fixture.anna)
    }
  }

  private static let calls = [
    ("sendMessage", #""text":"x""#), ("sendMessageDraft", #""draft_id":1,"text":"x""#),
    ("sendChatAction", #""action":"typing""#),
    ("sendRichMessage", #""rich_message":{"blocks":[{"type":"divider"}]}"#),
    ("editForumTopic", #""name":"x""#),
  ]

  @Test(arguments: calls)
  func callsNeedATopicThatIsThere(method: String, fields: String) async throws {
    let topic = try topic()
    func json(_ thread: Int64) -> String {
      #"{"chat_id":1001,"message_thread_id":\#(thread),\#(fields)}"#
    }
    #expect(try await fixture.call(method, json(topic)).status == 200)
    #expect(
      try await fixture.refusal(method, json(topic + 50))
        == "Bad Request: message thread not found")
  }

  @Test func topicsGetNames() async throws {
    let topic = try topic()
    func json(_ name: String) -> String {
      #"{"chat_id":1001,"message_thread_id":\#(topic),"name":"\#(name)"}"#
    }
    #expect(try await fixture.result("editForumTopic", json("Cats")) == true)
    #expect(try fixture.chat.topics.map(\.name) == ["Cats"])
    #expect(try fixture.chat.topics.map(\.isNameImplicit) == [false])
    #expect(
      try await fixture.refusal("editForumTopic", json("Cats"))
        == "Bad Request: TOPIC_NOT_MODIFIED")
    #expect(
      try await fixture.call("editForumTopic", json(String(repeating: "x", count: 129))).status
        == 400)
  }

  @Test func noTopicIsTakenForTheGeneralOne() throws {
    var settings = TelegramSimulator.Settings()
    settings.hasTopics = true
    let telegram = TelegramSimulator(settings: settings, clock: .instantaneous)
    let anna = telegram.addPerson("Anna")
    #expect(try telegram.addTopic("T", in: anna, by: anna) != 1)
  }

  @Test func topicsAreWhereTheyMayBe() async throws {
    let plain = try TelegramFixture()
    #expect(throws: ActionRefused.self) {
      try plain.telegram.addTopic("T", in: plain.anna, by: plain.anna)
    }
    let forum = fixture.telegram.addGroup("F", members: [fixture.anna], isForum: true)
    #expect(throws: ActionRefused.self) {
      try fixture.telegram.addTopic("T", isNameImplicit: true, in: forum, by: fixture.anna)
    }
    let topic = try fixture.telegram.addTopic("T", in: forum, by: fixture.anna)
    #expect(
      try await fixture.refusal(
        "editForumTopic", #"{"chat_id":\#(forum),"message_thread_id":\#(topic),"name":"x"}"#)
        == "Bad Request: not enough rights to edit the topic")
  }

  @Test func topicsComeOverHTTPToo() async throws {
    let action =
      #"{"action":"topic","from":1001,"text":"New chat","isNameImplicit":true}"#
    let answer = try await fixture.telegram.routes.call(
      "POST", "/_simulator/actions", json: action)
    #expect(try answer.value()["result"]?.integer == (try fixture.chat.topics.first?.id))
    #expect(try fixture.chat.topics.first?.isNameImplicit == true)
  }

  @Test func answersChangeTheirForm() async throws {
    let sent = try await fixture.result("sendMessage", #"{"chat_id":1001,"text":"old"}"#)
    let id = try #require(sent["message_id"]?.integer)
    let rich = #"{"blocks":[{"type":"divider"}]}"#
    let edited = try await fixture.result(
      "editMessageText", #"{"chat_id":1001,"message_id":\#(id),"rich_message":\#(rich)}"#)
    #expect(edited["rich_message"]?["blocks"]?.array?.count == 1 && edited["text"] == nil)
    let again = #"{"chat_id":1001,"message_id":\#(id),"text":"new"}"#
    #expect(try await fixture.result("editMessageText", again)["text"] == "new")
    #expect(
      try await fixture.refusal("editMessageText", again)
        .hasPrefix("Bad Request: message is not modified"))
    #expect(
      try await fixture.refusal(
        "editMessageText", #"{"chat_id":1001,"message_id":999,"text":"new"}"#)
        == "Bad Request: message to edit not found")
    #expect(try fixture.chat.messages.last?.text == "new")
  }

  /// What the product's types write, the stand-in accepts, and the other way round.
  @Test func agreesWithTheProductsTypes() async throws {
    func result<Method: TelegramMethod>(_ method: Method) async throws -> Method.Result {
      let json = String(decoding: try JSONEncoder().encode(method), as: UTF8.self)
      let value = try await fixture.call(Method.name, json).value()
      let answer = try JSONDecoder().decode(
        TelegramResponse<Method.Result>.self, from: Data(value.bytes))
      return try #require(answer.result, "\(answer.description ?? "")")
    }
    let topic = try topic()
    let photo = PersonMessage("Look", thread: topic, media: .photo)
    try fixture.telegram.post(photo, from: fixture.anna, in: fixture.anna)
    let update = try #require(fixture.telegram.updates.last)
    let read = try JSONDecoder().decode(TelegramUpdate.self, from: Data(update.bytes))
    guard case .message(let message) = read.kind else {
      Issue.record("not a message")
      return
    }
    let id = try #require(message.files[.photo]?.fileID)
    #expect(try await result(GetFile(fileID: id)).filePath?.hasPrefix("photos/") == true)
    #expect(
      try await result(EditForumTopic(chatID: 1001, messageThreadID: topic, name: "Cats")))
    let sent = try await result(
      SendMessage(chatID: 1001, messageThreadID: topic, text: "old"))
    let edit = EditMessageText(chatID: 1001, messageID: sent.messageID, text: "new")
    #expect(try await result(edit).text == "new")
  }
}
