import Conversation
import Foundation
import Gateways
import TelegramAPI
import TelegramTypes
import Testing

/// Everything that version 10.3 of the Bot API can put into an update is read without failing. The
/// samples were made from a machine-readable description of that version: one value for each kind of
/// update and each field of a message, with and without what is optional.
@Suite struct UpdateSpecTests {
  private static var samples: [String: Any] {
    let json = try? JSONSerialization.jsonObject(with: Data(PackageResources.bot_api_samples_json))
    return json as? [String: Any] ?? [:]
  }
  private static let group: [String: any Sendable] = [
    "id": -100, "type": "supergroup", "title": "G",
  ]
  private static let ann: [String: any Sendable] = ["id": 5, "is_bot": false, "first_name": "Ann"]

  private let decoder = ScriptedTelegram().api().decoder(
    for: BotIdentity(id: BotID(99), username: "b", readsAllGroupMessages: true))

  static func names(_ key: String) -> [String] {
    (samples[key] as? [String: Any]).map { $0.keys.sorted() } ?? []
  }

  private static func value(_ key: String, _ name: String) -> Any {
    (samples[key] as? [String: Any])?[name] ?? NSNull()
  }

  private func read(_ update: [String: Any]) throws -> InboundUpdate {
    let json = try JSONSerialization.data(
      withJSONObject: update.merging(["update_id": 3]) { first, _ in first })
    let inbound = try decoder.decode(Array(json))
    // What is read can be written and read again.
    let wire = try JSONDecoder().decode(TelegramUpdate.self, from: json)
    #expect(try JSONDecoder().decode(TelegramUpdate.self, from: JSONEncoder().encode(wire)) == wire)
    return inbound
  }

  @Test func theSamplesAreComplete() {
    #expect(Self.samples["version"] as? String == "Bot API 10.3")
    #expect(Self.names("updates").count == 27)
    #expect(Self.names("message_fields").count == 117)
  }

  @Test(arguments: names("updates"))
  func everyKindOfUpdate(kind: String) throws {
    for key in ["updates", "full_updates"] where Self.names(key).contains(kind) {
      let update = try read([kind: Self.value(key, kind)])
      switch update.kind {
      case .membershipChanged: #expect(kind == "my_chat_member")
      case .memberChanged: #expect(kind == "chat_member")
      case .pressed: #expect(kind == "callback_query" && key == "full_updates")
      case .generationStopped: #expect(kind == "stopped_message_generation")
      case .ignored(let name):
        // A message without sender is the least that the description allows.
        #expect(
          name == kind || name == "no_sender" && (kind == "message" || kind == "edited_message"))
      case .message, .editedMessage, .migrated, .topicCreated:
        Issue.record("\(kind) became \(update.kind)")
      }
    }
  }

  @Test(arguments: names("message_fields"))
  func everyFieldOfAMessage(field: String) throws {
    var message: [String: Any] = [
      "message_id": 7, "date": 50, "chat": Self.group, "from": Self.ann,
    ]
    message[field] = Self.value("message_fields", field)
    for kind in ["message", "edited_message"] { _ = try read([kind: message]) }
    message["text"] = "hello"
    let update = try read(["message": message])
    switch (field, update.kind) {
    case ("migrate_to_chat_id", .migrated), ("migrate_from_chat_id", .migrated): break
    case ("is_automatic_forward", .ignored), ("from", .ignored): break
    case (_, .message(let read)):
      #expect(read.text == "hello")
      #expect(read.chat == ChatID(-100))
    default: Issue.record("\(field) made it \(update.kind)")
    }
  }

  @Test func everyBlockAndTextOfARichMessage() throws {
    let blocks = try #require(Self.samples["rich_blocks"] as? [[String: Any]])
    let texts = try #require(Self.samples["rich_texts"] as? [[String: Any]])
    #expect(blocks.count == 24 && texts.count == 26)
    let message: [String: Any] = [
      "message_id": 7, "date": 50, "chat": Self.group, "from": Self.ann,
      "rich_message": ["blocks": blocks + [["type": "paragraph", "text": texts]]],
    ]
    guard case .message(let read) = try read(["message": message]).kind else {
      Issue.record("not a message")
      return
    }
    #expect(read.attachment == nil)
    #expect(read.text?.contains("x") == true)
  }

  @Test func everyKindOfMember() throws {
    for member in try #require(Self.samples["chat_members"] as? [[String: Any]]) {
      for kind in ["my_chat_member", "chat_member"] {
        _ = try read([
          kind: [
            "chat": Self.group, "from": Self.ann, "date": 1, "old_chat_member": member,
            "new_chat_member": member,
          ]
        ])
      }
    }
  }
}
