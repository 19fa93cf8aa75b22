import Gateways
import Simulator
import Testing

/// Staff forums: what the bot and people do to topics, and what is refused.
struct TelegramTopicTests {
  private let staff: StaffFixture

  init() throws { staff = try StaffFixture() }

  @Test func topicIsMadeWrittenToAndRenamed() async throws {
    let before = staff.telegram.updates.count
    let topic = try await staff.topic()
    let sent = try await staff.send("hello", topic: topic)
    #expect(sent["is_topic_message"] == true && sent["message_thread_id"]?.integer == topic)
    #expect(sent["reply_to_message"]?["forum_topic_created"]?["name"] == "Anna")
    let edit = #"{"chat_id":\#(staff.forum),"message_thread_id":\#(topic),"name":"✅ Anna"}"#
    #expect(try await staff.base.result("editForumTopic", edit) == true)
    #expect(
      try await staff.base.refusal("editForumTopic", edit) == "Bad Request: TOPIC_NOT_MODIFIED")
    #expect(try staff.chat.topics.map(\.name) == ["✅ Anna"])
    #expect(try staff.chat.messages.last?.service == "topic_edited")
    #expect(staff.telegram.updates.count == before, "the bot's own doings are not told to it")
  }

  @Test func iconIsOneOfTheListed() async throws {
    let topic = try await staff.topic()
    let icons = try await staff.base.result("getForumTopicIconStickers")
    let icon = try #require(icons.array?.first)
    let id = try #require(icon["custom_emoji_id"]?.string)
    func edit(_ icon: String) -> String {
      #"{"chat_id":\#(staff.forum),"message_thread_id":\#(topic),"icon_custom_emoji_id":"\#(icon)"}"#
    }
    _ = try await staff.base.result("editForumTopic", edit(id))
    #expect(try staff.chat.topics.first?.emoji == icon["emoji"]?.string)
    #expect(
      try await staff.base.refusal("editForumTopic", edit("1")) == "Bad Request: DOCUMENT_INVALID")
    _ = try await staff.base.result("editForumTopic", edit(""))
    #expect(try staff.chat.topics.first?.icon == nil)
  }

  @Test func onlyForumsHaveTopics() async throws {
    let plain = staff.telegram.addGroup("P", members: [staff.olga], bot: .administrator)
    for chat in [plain, staff.anna] {
      #expect(
        try await staff.base.refusal("createForumTopic", #"{"chat_id":\#(chat),"name":"x"}"#)
          == "Bad Request: the chat is not a forum")
    }
  }

  @Test(arguments: [BotRole.member, .administratorWithoutTopics])
  func topicsNeedTheRight(role: BotRole) async throws {
    let staff = try StaffFixture(bot: role)
    #expect(
      try await staff.base.refusal(
        "createForumTopic", #"{"chat_id":\#(staff.forum),"name":"x"}"#)
        == "Bad Request: not enough rights to create a topic")
    let topic = try staff.telegram.addTopic("T", in: staff.forum, by: staff.olga)
    let call = #"{"chat_id":\#(staff.forum),"message_thread_id":\#(topic)}"#
    for method in ["closeForumTopic", "deleteForumTopic"] {
      #expect(
        try await staff.base.refusal(method, call)
          == "Bad Request: not enough rights to edit the topic")
    }
    try staff.telegram.change(topic: topic, .close, in: staff.forum, by: staff.olga)
    #expect(
      try await staff.refusal("x", topic: topic) == "Bad Request: TOPIC_CLOSED")
    try staff.telegram.setRole(.administrator, in: staff.forum, by: staff.olga)
    _ = try await staff.send("an administrator may", topic: topic)
  }

  @Test func deletedTopicIsGoneAndTheBotIsNotTold() async throws {
    let topic = try await staff.topic()
    let sent = try await staff.send("hello", topic: topic)
    let before = staff.telegram.updates.count
    try staff.telegram.change(topic: topic, .delete, in: staff.forum, by: staff.olga)
    #expect(staff.telegram.updates.count == before)
    #expect(
      try await staff.refusal("x", topic: topic) == "Bad Request: message thread not found")
    let copy = """
      {"chat_id":1001,"from_chat_id":\(staff.forum),"message_id":\(sent["message_id"]?.integer ?? 0)}
      """
    #expect(
      try await staff.base.refusal("copyMessage", copy)
        == "Bad Request: message to copy not found")
    #expect(try staff.chat.messages.allSatisfy { $0.isDeleted })
  }

  @Test func botClosesReopensAndDeletes() async throws {
    let topic = try await staff.topic()
    let call = #"{"chat_id":\#(staff.forum),"message_thread_id":\#(topic)}"#
    _ = try await staff.base.result("closeForumTopic", call)
    #expect(
      try await staff.base.refusal("closeForumTopic", call) == "Bad Request: TOPIC_NOT_MODIFIED")
    #expect(throws: ActionRefused(reason: "topic closed")) {
      try staff.telegram.post(
        PersonMessage("x", thread: topic), from: staff.max, in: staff.forum)
    }
    try staff.telegram.post(PersonMessage("x", thread: topic), from: staff.olga, in: staff.forum)
    _ = try await staff.base.result("reopenForumTopic", call)
    try staff.telegram.post(PersonMessage("y", thread: topic), from: staff.max, in: staff.forum)
    _ = try await staff.base.result("deleteForumTopic", call)
    #expect(
      try await staff.base.refusal("deleteForumTopic", call)
        == "Bad Request: message thread not found")
  }

  @Test func peopleChangeTopicsAndTheBotIsTold() async throws {
    let topic = try await staff.topic()
    let (telegram, forum, olga) = (staff.telegram, staff.forum, staff.olga)
    try telegram.change(topic: topic, .rename("Other"), in: forum, by: olga)
    #expect(staff.last("message")?["forum_topic_edited"] == ["name": "Other"])
    try telegram.change(topic: topic, .close, in: forum, by: olga)
    #expect(staff.last("message")?["forum_topic_closed"] == [:])
    try telegram.change(topic: topic, .reopen, in: forum, by: olga)
    let told = staff.last("message")
    #expect(told?["forum_topic_reopened"] == [:] && told?["from"]?["id"]?.integer == olga)
    #expect(told?["message_thread_id"]?.integer == topic && told?["is_topic_message"] == true)
    #expect(throws: ActionRefused(reason: "not enough rights")) {
      try telegram.change(topic: topic, .delete, in: forum, by: staff.max)
    }
  }

  @Test func messageInATopicRepliesToItsBeginningOrToWhatItSays() async throws {
    let topic = try await staff.topic()
    let sent = try await staff.send("What is it?", topic: topic)
    let id = try #require(sent["message_id"]?.integer)
    try staff.telegram.post(
      PersonMessage("plain", thread: topic), from: staff.max, in: staff.forum)
    let plain = staff.last("message")
    #expect(plain?["reply_to_message"]?["message_id"]?.integer == topic)
    #expect(plain?["reply_to_message"]?["forum_topic_created"]?["icon_color"] == 9_367_192)
    try staff.telegram.post(
      PersonMessage("answer", replyTo: id, quote: "is it", thread: topic), from: staff.max,
      in: staff.forum)
    let reply = staff.last("message")
    #expect(reply?["reply_to_message"]?["text"] == "What is it?")
    #expect(reply?["reply_to_message"]?["from"]?["is_bot"] == true)
    #expect(reply?["reply_to_message"]?["reply_to_message"] == nil)
    #expect(reply?["quote"] == ["text": "is it", "position": 5, "is_manual": true])
  }

  @Test func membersComeAndGo() async throws {
    let (telegram, forum) = (staff.telegram, staff.forum)
    _ = try await staff.base.result(
      "getUpdates", #"{"allowed_updates":["message","chat_member","my_chat_member"]}"#)
    try telegram.join(staff.anna, chat: forum, by: staff.olga)
    let joined = staff.last("chat_member")
    #expect(joined?["old_chat_member"]?["status"] == "left")
    #expect(joined?["new_chat_member"]?["status"] == "member")
    #expect(joined?["from"]?["id"]?.integer == staff.olga)
    try telegram.leave(staff.anna, chat: forum)
    #expect(staff.last("chat_member")?["new_chat_member"]?["status"] == "left")
    try telegram.leave(staff.max, chat: forum, by: staff.olga)
    #expect(staff.last("chat_member")?["new_chat_member"]?["status"] == "kicked")
    #expect(
      try staff.chat.messages.map(\.service) == ["members_joined", "member_left", "member_left"])
    for (person, status) in [
      (staff.olga, "creator"), (staff.max, "kicked"), (4242, "administrator"),
    ] {
      let call = #"{"chat_id":\#(forum),"user_id":\#(person)}"#
      #expect(try await staff.base.result("getChatMember", call)["status"] == .string(status))
    }
    let plain = staff.telegram.addGroup("G", members: [staff.anna])
    let member = #"{"chat_id":\#(plain),"user_id":\#(staff.anna)}"#
    #expect(try await staff.base.result("getChatMember", member)["status"] == "member")
    let admins = try await staff.base.result("getChatAdministrators", #"{"chat_id":\#(forum)}"#)
    #expect(admins.array?.count == 2)
    #expect(throws: ActionRefused(reason: "not a member")) {
      try telegram.post(PersonMessage("x"), from: staff.max, in: forum)
    }
  }

  @Test func membersAreNotToldUnlessAskedFor() throws {
    try staff.telegram.join(staff.anna, chat: staff.forum, by: staff.olga)
    #expect(staff.last("message")?["new_chat_members"]?.array?.count == 1)
  }

  @Test func botIsDemotedKickedAndAddedAgain() async throws {
    let (telegram, forum) = (staff.telegram, staff.forum)
    try telegram.setRole(.member, in: forum, by: staff.olga)
    let demoted = staff.last("my_chat_member")
    #expect(demoted?["old_chat_member"]?["can_manage_topics"] == true)
    #expect(demoted?["new_chat_member"]?["status"] == "member")
    try telegram.setBlocked(true, chat: forum, by: staff.olga)
    #expect(staff.last("my_chat_member")?["new_chat_member"]?["status"] == "kicked")
    let refused = try await staff.base.refusal(
      "sendMessage", #"{"chat_id":\#(forum),"text":"x"}"#, status: 403)
    #expect(refused == "Forbidden: bot was kicked from the supergroup chat")
    try telegram.setBlocked(false, chat: forum, by: staff.olga)
    #expect(staff.last("my_chat_member")?["new_chat_member"]?["status"] == "member")
    let chat = try await staff.base.result("getChat", #"{"chat_id":\#(forum)}"#)
    #expect(chat["type"] == "supergroup" && chat["is_forum"] == true && chat["title"] == "Staff")
  }

  @Test func administratorHearsEverything() throws {
    try staff.telegram.post(PersonMessage("just talk"), from: staff.max, in: staff.forum)
    #expect(staff.last("message")?["text"] == "just talk")
  }
}
