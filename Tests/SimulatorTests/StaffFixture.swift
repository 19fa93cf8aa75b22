import Gateways
import Simulator
import Testing

/// A stand-in Telegram with a customer, two operators, and a staff forum whose administrators the
/// first operator and the bot are.
struct StaffFixture {
  let base: TelegramFixture
  let olga: Int64
  let max: Int64
  let forum: Int64

  init(bot: BotRole = .administrator) throws {
    base = try TelegramFixture()
    olga = telegramPerson("Olga", base)
    max = telegramPerson("Max", base)
    forum = base.telegram.addGroup(
      "Staff", members: [olga, max], isForum: true, admins: [olga], bot: bot)
  }

  var telegram: TelegramSimulator { base.telegram }
  var anna: Int64 { base.anna }

  /// A topic that the bot makes; its id.
  func topic(_ name: String = "Anna") async throws -> Int64 {
    let made = try await base.result(
      "createForumTopic", #"{"chat_id":\#(forum),"name":"\#(name)","icon_color":9367192}"#)
    #expect(made["name"] == .string(name) && made["icon_color"] == 9_367_192)
    return try #require(made["message_thread_id"]?.integer)
  }

  /// Sends a text to the forum; gives the `Message`.
  func send(_ text: String, topic: Int64? = nil, more: String = "") async throws -> JSONValue {
    try await base.result("sendMessage", fields(text, topic, more))
  }

  /// What is said to a text that the forum must not get.
  func refusal(_ text: String, topic: Int64) async throws -> String {
    try await base.refusal("sendMessage", fields(text, topic, ""))
  }

  private func fields(_ text: String, _ topic: Int64?, _ more: String) -> String {
    let thread = topic.map { #","message_thread_id":\#($0)"# } ?? ""
    return #"{"chat_id":\#(forum),"text":"\#(text)"\#(thread)\#(more)}"#
  }

  var chat: Transcript {
    get throws { try #require(telegram.transcript(of: forum)) }
  }

  /// The newest update, when it is of the kind.
  func last(_ kind: String) -> JSONValue? { telegram.updates.last?[kind] }
}

private func telegramPerson(_ name: String, _ base: TelegramFixture) -> Int64 {
  base.telegram.addPerson(name, hasStarted: true)
}
