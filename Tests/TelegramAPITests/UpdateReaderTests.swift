import Conversation
import Gateways
import TelegramAPI
import Testing

@Suite struct UpdateReaderTests {
  private static let bot = BotIdentity(
    id: BotID(99), username: "Switch_Bot", readsAllGroupMessages: false)
  private let decoder = ScriptedTelegram().api().decoder(for: bot)

  private func update(_ fields: String) throws -> InboundUpdate.Kind {
    let update = try decoder.decode(Array("{\"update_id\":3,\(fields)}".utf8))
    #expect(update.id == 3)
    return update.kind
  }

  private static let ann = #""from":{"id":5,"is_bot":false,"first_name":"Ann"}"#
  private static let group = #""chat":{"id":-100,"type":"supergroup","title":"G"}"#

  /// A message in a group by Ann, with more fields.
  private func message(_ fields: String, from: String = ann) throws -> InboundMessage {
    let json = "\"message\":{\"message_id\":7,\"date\":50,\(Self.group),\(from),\(fields)}"
    guard case .message(let message) = try update(json) else {
      Issue.record("not a message")
      throw UnusableUpdate(id: nil, reason: "")
    }
    return message
  }

  /// The same, reduced to what became of it.
  private func kind(_ fields: String, from: String = ann) throws -> InboundUpdate.Kind {
    try update("\"message\":{\"message_id\":7,\"date\":50,\(Self.group),\(from),\(fields)}")
  }

  @Test func readsAPrivateMessage() throws {
    let kind = try update(
      #""edited_message":{"message_id":7,"date":50,"edit_date":60,"text":" hi\n@Switch_Bot ","#
        + #""chat":{"id":5,"type":"private","first_name":"Ann"},"message_thread_id":4,"#
        + #""is_topic_message":true,"ephemeral_message_id":8,"media_group_id":"al","photo":[{}],"#
        + #""from":{"id":5,"is_bot":false,"first_name":"Ann","last_name":"Lee","language_code":"en-GB"}}"#
    )
    let speaker = Speaker(id: PersonID(5), name: "Ann Lee", language: .english)
    let expected = InboundMessage(
      chat: ChatID(5), isPrivate: true, topic: TopicID(4), id: MessageID(7), ephemeralID: 8,
      speaker: speaker, date: Instant(seconds: 50), editDate: Instant(seconds: 60),
      text: " hi\n@Switch_Bot ", addressee: .bot, attachment: Attachment(.photo), album: "al")
    #expect(kind == .editedMessage(expected))
  }

  @Test func aThreadOfRepliesIsNoTopic() throws {
    #expect(try message(#""text":"a","message_thread_id":4"#).topic == nil)
  }

  struct Words: Sendable {
    var words: String
    var entities: String
    var text: String?
    var addressee: InboundMessage.Addressee
    var command: InboundMessage.Command?

    init(
      _ words: String, _ entities: String, _ text: String?,
      _ addressee: InboundMessage.Addressee, _ command: (String, String)? = nil
    ) {
      self.words = words
      self.entities = entities
      self.text = text
      self.addressee = addressee
      self.command = command.map { .init(name: $0.0, argument: $0.1) }
    }
  }

  private static func entity(_ type: String, _ offset: Int, _ length: Int, _ more: String = "")
    -> String
  {
    #"{"type":"\#(type)","offset":\#(offset),"length":\#(length)\#(more)}"#
  }

  static let words: [Words] = [
    Words("hello", "", "hello", .nobody),
    Words("@switch_bot hello", entity("mention", 0, 11), "hello", .bot),
    Words("@SWITCH_BOT, hello", entity("mention", 0, 11), "hello", .bot),
    Words("hello @switch_bot", entity("mention", 6, 11), "hello", .bot),
    Words("say @switch_bot something", entity("mention", 4, 11), "say something", .bot),
    Words("hey @switch_bot, how are you", entity("mention", 4, 11), "hey, how are you", .bot),
    Words("(@switch_bot)", entity("mention", 1, 11), "()", .bot),
    Words("@switch_bot", entity("mention", 0, 11), nil, .bot),
    // Emoji before it: offsets are UTF-16, two units each.
    Words("😀👍🏽 @switch_bot да", entity("mention", 7, 11), "😀👍🏽 да", .bot),
    Words(
      "@switch_bot и @switch_bot", entity("mention", 0, 11) + "," + entity("mention", 14, 11), "и",
      .bot),
    Words("@switch_bots hello", entity("mention", 0, 12), "@switch_bots hello", .nobody),
    Words("@switch_bot hello", "", "@switch_bot hello", .nobody),
    Words(
      "Bot, hi", entity("text_mention", 0, 3, #","user":{"id":99,"is_bot":true,"first_name":"B"}"#),
      "hi", .bot),
    Words(
      "Bob, hi", entity("text_mention", 0, 3, #","user":{"id":98,"is_bot":true,"first_name":"B"}"#),
      "Bob, hi", .nobody),
    Words("/new", entity("bot_command", 0, 4), "/new", .nobody, ("new", "")),
    Words(
      "/Ask  what is it ", entity("bot_command", 0, 4), "/Ask  what is it ", .nobody,
      ("ask", "what is it")),
    Words("/ask@Switch_bot what", entity("bot_command", 0, 15), "/ask what", .bot, ("ask", "what")),
    Words(
      "/ask@other_bot what", entity("bot_command", 0, 14), "/ask what", .other, ("ask", "what")),
    Words("see /ask", entity("bot_command", 4, 4), "see /ask", .nobody),
    Words(
      "@switch_bot /ask what", entity("mention", 0, 11) + "," + entity("bot_command", 12, 4),
      "/ask what", .bot, ("ask", "what")),
    Words(
      "/ask @switch_bot what", entity("bot_command", 0, 4) + "," + entity("mention", 5, 11),
      "/ask what", .bot, ("ask", "what")),
    // Entities that do not fit the text are overlooked.
    Words("hi", entity("mention", 1, 9) + "," + entity("bot_command", -1, 2), "hi", .nobody),
    Words("hi", entity("mention", 9223372036854775807, 9223372036854775807), "hi", .nobody),
    Words("hi", entity("no_such_kind", 0, 2), "hi", .nobody),
    Words(
      "@switch_bot hi", entity("mention", 0, 11) + "," + entity("mention", 0, 11), "hi", .bot),
  ]

  @Test(arguments: words, ["text", "caption"])
  func readsWords(_ it: Words, field: String) throws {
    let entities = field == "text" ? "entities" : "caption_entities"
    let message = try message(#""\#(field)":"\#(it.words)","\#(entities)":[\#(it.entities)]"#)
    #expect(message.text == it.text)
    #expect(message.addressee == it.addressee)
    #expect(message.command == it.command)
  }

  @Test func aReplyToTheBotIsForTheBotAndQuotesNothing() throws {
    let message = try message(
      #""text":"a","reply_to_message":{"message_id":6,"date":1,"text":"b","#
        + #""from":{"id":99,"is_bot":true,"first_name":"B"}}"#)
    #expect(message.addressee == .bot)
    #expect(message.quoted == nil)
  }

  @Test(arguments: [
    (#""quote":{"text":"part","position":0,"is_manual":true},"#, String?("part")),
    (#""quote":{"text":"part","position":0},"#, nil),
  ])
  func aChosenPartOfTheBotsMessageIsQuoted(quote: String, quoted: String?) throws {
    let message = try message(
      quote + #""text":"a","reply_to_message":{"message_id":6,"date":1,"text":"whole part","#
        + #""from":{"id":99,"is_bot":true,"first_name":"B"}}"#)
    #expect(message.addressee == .bot)
    #expect(message.quoted == quoted)
  }

  @Test func theOpeningOfATopicIsNoMessageOfTheBot() throws {
    let opening = #""from":{"id":99,"is_bot":true,"first_name":"B"},"date":1"#
    for root in [
      #"{"message_id":3,\#(opening),"forum_topic_created":{"name":"n","icon_color":1}}"#,
      #"{"message_id":4,\#(opening)}"#,
    ] {
      let message = try message(
        #""text":"a","message_thread_id":4,"is_topic_message":true,"reply_to_message":\#(root)"#)
      #expect(message.addressee == .nobody)
      #expect(message.topic == TopicID(4))
    }
  }

  @Test func quotesSomebodyElse() throws {
    func quoted(_ original: String) throws -> String? {
      try message(#""text":"a","reply_to_message":{"message_id":6,"date":1,\#(original)}"#).quoted
    }
    #expect(try quoted(#""text":"b""#) == "b")
    #expect(try quoted(#""caption":"c","photo":[]"#) == "c")
    #expect(try quoted(#""photo":[]"#) == nil)
    #expect(
      try quoted(
        #""rich_message":{"blocks":[{"type":"heading","size":1,"text":["T",{"type":"bold","text":"!"}]},"#
          + #"{"type":"footer","text":"f"}]}"#) == "T!\nf")
    let long = try quoted(#""text":"\#(String(repeating: "я", count: 3000))""#)
    #expect(long?.unicodeScalars.count == 1_000)
    #expect(
      try message(#""text":"a","external_reply":{},"quote":{"text":"q","position":3}"#).quoted
        == "q"
    )
  }

  @Test func anonymousAdministratorsSpeakAsTheirChat() throws {
    let anonymous =
      #""from":{"id":1087968824,"is_bot":true,"first_name":"Group","username":"GroupAnonymousBot"}"#
    let message = try message(
      #""text":"a","sender_chat":{"id":-100,"type":"supergroup","title":"Our Group"}"#,
      from: anonymous)
    #expect(message.speaker == Speaker(id: PersonID(-100), name: "Our Group", language: .russian))
  }

  @Test func botsAreIgnored() throws {
    let bot = #""from":{"id":8,"is_bot":true,"first_name":"B"}"#
    #expect(try kind(#""text":"a""#, from: bot) == .ignored(kind: "bot_message"))
    #expect(
      try kind(
        #""text":"a","is_automatic_forward":true,"sender_chat":{"id":-5,"type":"channel"}"#)
        == .ignored(kind: "bot_message"))
    #expect(try kind(#""text":"a""#, from: #""x":1"#) == .ignored(kind: "no_sender"))
  }

  @Test(arguments: [
    (#"{"id":5,"is_bot":false,"first_name":" Ann\n\nLee ","last_name":"\u0000X"}"#, "Ann Lee X"),
    (#"{"id":5,"is_bot":false,"first_name":"","username":"ann"}"#, "ann"),
    (#"{"id":5,"is_bot":false,"first_name":" "}"#, "5"),
    (
      #"{"id":5,"is_bot":false,"first_name":"\#(String(repeating: "ы", count: 500))"}"#,
      String(repeating: "ы", count: 100)
    ),
  ])
  func namesAreOneShortLine(user: String, name: String) throws {
    #expect(try message(#""text":"a""#, from: "\"from\":\(user)").speaker.name == name)
  }

  @Test(arguments: [
    ("photo", AttachmentKind.photo), ("live_photo", .photo), ("voice", .voice), ("audio", .audio),
    ("video", .video), ("video_note", .video), ("document", .document), ("sticker", .sticker),
    ("location", .location), ("venue", .location), ("contact", .contact), ("poll", .poll),
    ("dice", .other), ("game", .other), ("story", .other), ("paid_media", .other),
    ("checklist", .other), ("invoice", .other),
    // A shape of later versions that cannot be read.
    ("rich_message", .other),
  ])
  func namesTheAttachment(field: String, kind: AttachmentKind) throws {
    let message = try message(#""\#(field)":{}"#)
    #expect(message.attachment == Attachment(kind))
    #expect(message.text == nil)
  }

  @Test func anAnimationIsAVideoThoughADocumentComesAlong() throws {
    #expect(try message(#""document":{},"animation":{}"#).attachment?.kind == .video)
  }

  @Test(arguments: [
    "new_chat_members", "left_chat_member", "pinned_message", "forum_topic_created",
    "video_chat_started", "web_app_data", "successful_payment", "something_of_next_year",
  ])
  func serviceMessagesAreIgnoredByName(field: String) throws {
    #expect(
      try kind(#""\#(field)":{},"has_protected_content":true,"via_bot":{}"#)
        == .ignored(kind: field))
  }

  @Test func aMigrationIsToldInBothChats() throws {
    #expect(
      try kind(#""migrate_to_chat_id":-1007"#)
        == .migrated(from: ChatID(-100), to: ChatID(-1007)))
    #expect(
      try kind(#""migrate_from_chat_id":-7"#) == .migrated(from: ChatID(-7), to: ChatID(-100)))
  }

  @Test(arguments: [
    (#""status":"kicked","until_date":0"#, false), (#""status":"left""#, false),
    (#""status":"member""#, true), (#""status":"administrator""#, true),
    (#""status":"restricted","is_member":true,"can_send_messages":true"#, true),
    (#""status":"restricted","is_member":true,"can_send_messages":false"#, false),
    (#""status":"restricted","is_member":false"#, false),
  ])
  func membership(member: String, reachable: Bool) throws {
    let bot = #""user":{"id":99,"is_bot":true,"first_name":"B"}"#
    let kind = try update(
      #""my_chat_member":{"chat":{"id":5,"type":"private"},\#(Self.ann),"date":1,"#
        + #""old_chat_member":{"status":"member",\#(bot)},"new_chat_member":{\#(member),\#(bot)}}"#)
    #expect(
      kind == .membershipChanged(chat: ChatID(5), isPrivate: true, reachable: reachable))
  }

  @Test func theStopButton() throws {
    let kind = try update(
      #""stopped_message_generation":{"chat":{"id":5,"type":"private"},"#
        + #""message_thread_id":4,"draft_id":4503599627370495}"#)
    #expect(
      kind
        == .generationStopped(chat: ChatID(5), topic: TopicID(4), draftID: 4_503_599_627_370_495))
  }

  @Test func unknownKindsAreIgnoredByName() throws {
    #expect(try update(#""telepathy":{"deep":[1,2]}"#) == .ignored(kind: "telepathy"))
    #expect(
      try update(#""callback_query":{"id":"1",\#(Self.ann),"chat_instance":"c"}"#)
        == .ignored(kind: "callback_query"))
    #expect(try decoder.decode(Array(#"{"update_id":3}"#.utf8)).kind == .ignored(kind: "empty"))
  }

  @Test(
    arguments: [
      ("", nil, "not JSON"), ("[]", nil, "wrong type at "), ("{}", nil, "no update_id at "),
      (#"{"update_id":"x"}"#, nil, "wrong type at update_id"),
      (#"{"update_id":4,"message":{}}"#, 4, "no message_id at message"),
      (
        #"{"message":{"text":5,"message_id":1,"date":1,"chat":{"id":1,"type":"private"}},"update_id":4}"#,
        4, "wrong type at message.text"
      ),
      (#"{"update_id":4,"message":{"#, 4, "not JSON"),
      (
        #"{"update_id":4,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"\ud800"}}}"#, 4,
        "not JSON"
      ),
    ] as [(String, Int64?, String)])
  func whatCannotBeReadSaysItsID(json: String, id: Int64?, reason: String) {
    #expect(throws: UnusableUpdate(id: id, reason: reason)) {
      try decoder.decode(Array(json.utf8))
    }
  }

  @Test func anAbyssOfBracketsIsRefused() {
    let abyss = String(repeating: "[", count: 100_000)
    #expect(throws: UnusableUpdate.self) {
      try decoder.decode(Array("{\"update_id\":1,\"message\":\(abyss)".utf8))
    }
  }
}
