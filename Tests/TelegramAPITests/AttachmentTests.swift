import Conversation
import Gateways
import TelegramAPI
import Testing

/// The testing library has a type of this name too.
typealias Attachment = Conversation.Attachment

@Suite struct AttachmentTests {
  private let decoder = ScriptedTelegram().api().decoder(
    for: BotIdentity(id: BotID(99), username: "b", readsAllGroupMessages: false))

  private func kind(_ fields: String, field: String = "message") throws -> InboundUpdate.Kind {
    let common =
      #""message_id":7,"date":50,"chat":{"id":5,"type":"private"},"#
      + #""from":{"id":5,"is_bot":false,"first_name":"Ann"}"#
    return try decoder.decode(
      Array("{\"update_id\":3,\"\(field)\":{\(common),\(fields)}}".utf8)
    ).kind
  }

  private func attachment(_ fields: String) throws -> Attachment? {
    guard case .message(let message) = try kind(fields) else {
      Issue.record("not a message")
      return nil
    }
    return message.attachment
  }

  private static let files: [(String, Attachment)] = [
    (
      #""photo":[{"file_id":"s","file_unique_id":"1","width":90,"height":60},"#
        + #"{"file_id":"l","file_unique_id":"2","width":1280,"height":853,"file_size":9},"#
        + #"{"file_id":"m","file_unique_id":"3","width":320,"height":213}]"#,
      Attachment(.photo, fileID: "l", mediaType: "image/jpeg")
    ),
    (
      #""live_photo":{"file_id":"v","mime_type":"video/mp4"},"photo":[{"file_id":"p"}]"#,
      Attachment(.photo, fileID: "p", mediaType: "image/jpeg")
    ),
    (#""live_photo":{"file_id":"v","mime_type":"video/mp4"}"#, Attachment(.photo)),
    (
      #""voice":{"file_id":"v","duration":3}"#,
      Attachment(.voice, fileID: "v", mediaType: "audio/ogg")
    ),
    (
      #""voice":{"file_id":"v","duration":3,"mime_type":"audio/mpeg"}"#,
      Attachment(.voice, fileID: "v", mediaType: "audio/mpeg")
    ),
    (
      #""audio":{"file_id":"a","mime_type":"Audio/MP4"}"#,
      Attachment(.audio, fileID: "a", mediaType: "audio/mp4")
    ),
    (
      #""document":{"file_id":"d","mime_type":"image/png"},"caption":"x""#,
      Attachment(.document, fileID: "d", mediaType: "image/png")
    ),
    (
      #""document":{"file_id":"d"},"animation":{"file_id":"a","mime_type":"video/mp4"}"#,
      Attachment(.video, fileID: "a", mediaType: "video/mp4")
    ),
    (#""video_note":{"file_id":"n","length":240}"#, Attachment(.video, fileID: "n")),
    (#""sticker":{"file_id":"s","emoji":"x"}"#, Attachment(.sticker, fileID: "s")),
    (#""location":{"latitude":1,"longitude":2}"#, Attachment(.location)),
    // Shapes that cannot be read still tell what they are.
    (#""photo":[]"#, Attachment(.photo)), (#""voice":{"file_id":5}"#, Attachment(.voice)),
    // The product of the sides does not fit.
    (
      #""photo":[{"file_id":"p","width":9223372036854775807,"height":9223372036854775807}]"#,
      Attachment(.photo, fileID: "p", mediaType: "image/jpeg")
    ),
  ]

  @Test(arguments: files)
  func namesTheFile(fields: String, expected: Attachment) throws {
    #expect(try attachment(fields) == expected)
  }

  @Test(arguments: [
    "text", "/", "a/", "a/b/c", "image/png; x=1", #"image/\"png\""#, "image/p\\nng", "имя/типа",
    "a/" + String(repeating: "b", count: 100),
  ])
  func whatIsNoMediaTypeIsNotPassedOn(type: String) throws {
    let fields = #""document":{"file_id":"d","mime_type":"\#(type)"}"#
    #expect(try attachment(fields) == Attachment(.document, fileID: "d"))
  }

  @Test(arguments: [
    (#"{"name":"N","icon_color":7322096}"#, false),
    (#"{"name":"N","icon_color":7322096,"is_name_implicit":true}"#, true),
  ])
  func tellsOfANewTopic(created: String, implicit: Bool) throws {
    let fields =
      #""message_thread_id":4,"is_topic_message":true,"forum_topic_created":\#(created)"#
    #expect(
      try kind(fields)
        == .topicCreated(
          chat: ChatID(5), topic: TopicID(4), isPrivate: true, nameIsImplicit: implicit))
    #expect(try kind(fields, field: "edited_message") == .ignored(kind: "forum_topic_created"))
  }

  @Test func aTopicMadeByABotIsToldToo() throws {
    let kind = try decoder.decode(
      Array(
        (#"{"update_id":3,"message":{"message_id":7,"date":50,"message_thread_id":7,"#
          + #""chat":{"id":-100,"type":"supergroup"},"forum_topic_created":{"name":"N"},"#
          + #""from":{"id":99,"is_bot":true,"first_name":"B"}}}"#).utf8)
    ).kind
    #expect(
      kind
        == .topicCreated(
          chat: ChatID(-100), topic: TopicID(7), isPrivate: false, nameIsImplicit: false))
  }
}
