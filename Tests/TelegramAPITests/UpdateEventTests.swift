import Conversation
import Gateways
import TelegramAPI
import Testing

/// Presses of buttons, members of groups, and what a message replies to.
@Suite struct UpdateEventTests {
  private static let bot = BotIdentity(
    id: BotID(99), username: "Switch_Bot", readsAllGroupMessages: false)
  private let decoder = ScriptedTelegram().api().decoder(for: bot)

  private func kind(_ fields: String) throws -> InboundUpdate.Kind {
    try decoder.decode(Array("{\"update_id\":3,\(fields)}".utf8)).kind
  }

  private static let ann =
    #"{"id":5,"is_bot":false,"first_name":"Ann","last_name":"Lee","language_code":"en"}"#
  private static let group = #"{"id":-100,"type":"supergroup","title":"G","is_forum":true}"#
  private static let message =
    #""message_id":7,"date":50,"chat":\#(group),"from":{"id":99,"is_bot":true,"first_name":"B"},"#
    + #""text":"?","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}"#

  @Test func aPress() throws {
    let press = ButtonPress(
      id: "438", chat: ChatID(-100), isPrivate: false, topic: nil, message: MessageID(7),
      speaker: Speaker(id: PersonID(5), name: "Ann Lee", language: .english), data: "take:1")
    let query = #""id":"438","from":\#(Self.ann),"chat_instance":"c","data":"take:1""#
    #expect(
      try kind(#""callback_query":{\#(query),"message":{\#(Self.message)}}"#) == .pressed(press))
    var inTopic = press
    inTopic.topic = TopicID(4)
    #expect(
      try kind(
        #""callback_query":{\#(query),"#
          + #""message":{\#(Self.message),"message_thread_id":4,"is_topic_message":true}}"#)
        == .pressed(inTopic))
    // A thread of replies is no topic.
    #expect(
      try kind(
        #""callback_query":{\#(query),"message":{\#(Self.message),"message_thread_id":4}}"#)
        == .pressed(press))
    var alone = press
    alone.chat = ChatID(5)
    alone.isPrivate = true
    #expect(
      try kind(
        #""callback_query":{\#(query),"message":{"message_id":7,"date":50,"#
          + #""chat":{"id":5,"type":"private","first_name":"Ann"},"photo":[{}],"caption":"?"}}"#)
        == .pressed(alone))
    // A message that can no longer be read.
    var old = press
    old.topic = nil
    old.message = MessageID(7)
    #expect(
      try kind(
        #""callback_query":{\#(query),"message":{"message_id":7,"date":0,"chat":\#(Self.group)}}"#)
        == .pressed(old))
  }

  @Test(
    "Presses that tell too little",
    arguments: [
      #""data":"take:1""#, #""data":"take:1","inline_message_id":"i""#,
      #""game_short_name":"g","message":{\#(message)}"#,
    ])
  func pressesThatTellTooLittle(fields: String) throws {
    let query = #""id":"438","from":\#(Self.ann),"chat_instance":"c",\#(fields)"#
    #expect(try kind("\"callback_query\":{\(query)}") == .ignored(kind: "callback_query"))
  }

  private func member(
    _ member: String, user: String = ann, chat: String = group
  ) throws -> InboundUpdate.Kind {
    try kind(
      #""chat_member":{"chat":\#(chat),"from":{"id":6,"is_bot":false,"first_name":"Boss"},"date":1,"#
        + #""old_chat_member":{"status":"member","user":\#(user)},"#
        + #""new_chat_member":{\#(member),"user":\#(user)}}"#)
  }

  @Test(arguments: [
    (#""status":"creator","is_anonymous":false"#, true), (#""status":"administrator""#, true),
    (#""status":"member""#, true),
    (#""status":"restricted","is_member":true,"can_send_messages":true"#, true),
    (#""status":"restricted","is_member":true,"can_send_messages":false"#, false),
    (#""status":"restricted","is_member":false,"can_send_messages":true"#, false),
    (#""status":"left""#, false), (#""status":"kicked","until_date":0"#, false),
  ])
  func aMember(fields: String, isMember: Bool) throws {
    #expect(
      try member(fields)
        == .memberChanged(chat: ChatID(-100), person: PersonID(5), isMember: isMember))
  }

  @Test func theBotItselfAndChannelsAreNoMembersOfAGroup() throws {
    let bot = #"{"id":99,"is_bot":true,"first_name":"B"}"#
    #expect(try member(#""status":"left""#, user: bot) == .ignored(kind: "chat_member"))
    let channel = #"{"id":-100,"type":"channel","title":"C"}"#
    #expect(try member(#""status":"left""#, chat: channel) == .ignored(kind: "chat_member"))
  }

  @Test(
    "What a message replies to",
    arguments: [
      ("", nil, InboundMessage.Addressee.nobody),
      (#","reply_to_message":{"message_id":6,"date":1,"text":"b"}"#, MessageID(6), .nobody),
      (
        #","reply_to_message":{"message_id":6,"date":1,"text":"b","#
          + #""from":{"id":99,"is_bot":true,"first_name":"B"}}"#, MessageID(6), .bot
      ),
      // A message of the same topic, and the opening of the topic.
      (
        #","message_thread_id":4,"is_topic_message":true,"reply_to_message":{"message_id":6,"#
          + #""date":1,"text":"b","message_thread_id":4,"is_topic_message":true}"#, MessageID(6),
        .nobody
      ),
      (
        #","message_thread_id":4,"is_topic_message":true,"#
          + #""reply_to_message":{"message_id":4,"date":1}"#, nil, .nobody
      ),
      (
        #","message_thread_id":4,"is_topic_message":true,"reply_to_message":{"message_id":3,"#
          + #""date":1,"forum_topic_created":{"name":"n","icon_color":1}}"#, nil, .nobody
      ),
      // One that can no longer be read, one of another chat, an ephemeral one.
      (
        #","reply_to_message":{"message_id":6,"date":0,"chat":{"id":-100,"type":"supergroup"}}"#,
        MessageID(6), .nobody
      ),
      (#","external_reply":{"origin":{}}"#, nil, .nobody),
      (#","reply_to_message":{"message_id":0,"date":1,"ephemeral_message_id":8}"#, nil, .nobody),
    ] as [(String, MessageID?, InboundMessage.Addressee)])
  func repliesTo(fields: String, expected: MessageID?, addressee: InboundMessage.Addressee) throws {
    let kind = try kind(
      #""message":{"message_id":7,"date":50,"chat":\#(Self.group),"from":\#(Self.ann),"#
        + #""text":"a"\#(fields)}"#)
    guard case .message(let message) = kind else {
      Issue.record("became \(kind)")
      return
    }
    #expect(message.repliesTo == expected)
    #expect(message.addressee == addressee)
  }

  /// A staff group's anonymous administrators speak as the group, whatever they do there.
  @Test func anAnonymousAdministratorRepliesAsTheGroup() throws {
    let kind = try kind(
      #""message":{"message_id":7,"date":50,"chat":\#(Self.group),"sender_chat":\#(Self.group),"#
        + #""from":{"id":1087968824,"is_bot":true,"first_name":"Group"},"text":"a","#
        + #""message_thread_id":4,"is_topic_message":true,"#
        + #""reply_to_message":{"message_id":6,"date":1,"text":"b"}}"#)
    guard case .message(let message) = kind else {
      Issue.record("became \(kind)")
      return
    }
    #expect(message.speaker.id == PersonID(-100))
    #expect(message.topic == TopicID(4))
    #expect(message.repliesTo == MessageID(6))
  }
}
