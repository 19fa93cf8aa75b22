import Conversation
import Gateways
import TelegramAPI
import Testing

/// What each refusal means for each kind of message.
@Suite struct SendingOutcomeTests {
  enum Kind: String, CaseIterable, Sendable {
    case text, rich, copy, album, document, newTopic, topicName, reaction, pressAnswer

    var content: MessageContent {
      let first = MessageCopy(
        from: ChatID(5), messages: [MessageID(7)], fallback: FormattedText("f"))
      switch self {
      case .text: return .text(FormattedText("a"))
      case .rich: return .rich(Document([.divider]))
      case .copy: return .copy(first)
      case .album:
        var album = first
        album.messages.append(MessageID(8))
        return .copy(album)
      case .document: return .document(name: "a.txt", text: "a", caption: "")
      case .newTopic: return .newTopic(name: "Ann")
      case .topicName: return .topicName("Ann")
      case .reaction: return .reaction(MessageID(7), emoji: "👍")
      case .pressAnswer: return .pressAnswer(id: "1", text: nil)
      }
    }
  }

  private func outcome(
    _ kind: Kind, chat: Int64 = -100, topic: Int64? = 9, _ prepare: (ScriptedTelegram) -> Void
  ) async -> SendOutcome {
    let telegram = ScriptedTelegram()
    prepare(telegram)
    let outcome = await telegram.api().messenger.send(
      OutboundMessage(
        chat: ChatID(chat), topic: topic.map(TopicID.init), content: kind.content, replyTo: nil,
        keyboard: nil))
    #expect(telegram.calls.count == 1)
    return outcome
  }

  private func refusing(_ code: Int, _ words: String) -> (ScriptedTelegram) -> Void {
    { telegram in
      telegram.answer(code, #"{"ok":false,"error_code":\#(code),"description":"\#(words)"}"#)
    }
  }

  private static let sendings: [Kind] = [.text, .rich, .copy, .album, .document]

  @Test(
    arguments: sendings,
    [
      "message thread not found", "TOPIC_DELETED", "TOPIC_CLOSED", "TOPIC_ID_INVALID",
      "topic_closed",
    ])
  func aTopicOfAGroupIsLost(kind: Kind, words: String) async {
    let words = "Bad Request: " + words
    let refused = SendOutcome.targetRefused(reason: words)
    #expect(await outcome(kind, refusing(400, words)) == .topicLost)
    // No topic was meant, or the one that can't be made anew.
    #expect(await outcome(kind, topic: nil, refusing(400, words)) == refused)
    #expect(await outcome(kind, topic: 1, refusing(400, words)) == refused)
    // The person's own topics.
    #expect(await outcome(kind, chat: 5, refusing(400, words)) == refused)
  }

  @Test func aNameAloneMakesNoLostTopicAnew() async {
    let words = "Bad Request: TOPIC_DELETED"
    #expect(await outcome(.topicName, refusing(400, words)) == .targetRefused(reason: words))
  }

  @Test(arguments: [
    (400, "Bad Request: the chat is not a forum"),
    (400, "Bad Request: not enough rights to create a topic"),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED"), (400, "Bad Request: CHANNEL_FORUM_MISSING"),
    (400, "Bad Request: TOPIC_TITLE_EMPTY"), (400, "Bad Request: TOPIC_CLOSED"),
    (403, "Forbidden: something else"),
  ])
  func topicsAreRefused(code: Int, words: String) async {
    #expect(
      await outcome(.newTopic, topic: nil, refusing(code, words)) == .topicsRefused(reason: words))
  }

  @Test(
    arguments: [Kind.copy, .album],
    [
      "message to copy not found", "message can't be copied", "CHAT_FORWARDS_RESTRICTED",
      "message has protected content and can't be forwarded", "MESSAGE_ID_INVALID",
      "message caption is too long", "something nobody has seen",
    ])
  func whatCannotBeCopiedIsRefused(kind: Kind, words: String) async {
    let words = "Bad Request: " + words
    #expect(await outcome(kind, refusing(400, words)) == .contentRefused(reason: words))
  }

  @Test(arguments: [
    "query is too old and response timeout expired or query ID is invalid", "QUERY_ID_INVALID",
    "message is not modified", "chat not found", "MESSAGE_ID_INVALID", "something nobody has seen",
  ])
  func aPressThatCannotBeAnsweredIsForgotten(words: String) async {
    #expect(
      await outcome(.pressAnswer, refusing(400, "Bad Request: " + words)) == .sent(MessageID(0)))
  }

  @Test func aReactionMayBeThereAlready() async {
    let same = "Bad Request: MESSAGE_NOT_MODIFIED"
    #expect(await outcome(.reaction, refusing(400, same)) == .sent(MessageID(0)))
    let gone = "Bad Request: message to react not found"
    #expect(await outcome(.reaction, refusing(400, gone)) == .targetRefused(reason: gone))
    let unknown = "Bad Request: REACTION_INVALID"
    #expect(await outcome(.reaction, refusing(400, unknown)) == .contentRefused(reason: unknown))
  }

  private static let unsupported = "the server does not know the method"

  @Test(arguments: [
    (Kind.text, SendOutcome.unauthorized), (.rich, .richUnsupported),
    (.copy, .contentRefused(reason: unsupported)), (.album, .contentRefused(reason: unsupported)),
    (.document, .contentRefused(reason: unsupported)),
    (.newTopic, .topicsRefused(reason: unsupported)),
    (.topicName, .contentRefused(reason: unsupported)),
    (.reaction, .contentRefused(reason: unsupported)),
    (.pressAnswer, .contentRefused(reason: unsupported)),
  ])
  func aServerMayLackTheMethod(kind: Kind, expected: SendOutcome) async {
    #expect(await outcome(kind, refusing(404, "Not Found: method not found")) == expected)
  }

  /// What every kind of message has in common.
  @Test(arguments: Kind.allCases)
  func theRestIsTheSameForAll(kind: Kind) async {
    let kicked = "Forbidden: bot was kicked from the supergroup chat"
    #expect(await outcome(kind, refusing(403, kicked)) == .unreachable(reason: kicked))
    #expect(await outcome(kind, refusing(401, "Unauthorized")) == .unauthorized)
    let restart = "Internal Server Error: restart"
    #expect(await outcome(kind, refusing(500, restart)) == .notSent(reason: restart))
    let limited = await outcome(kind) {
      $0.answer(429, #"{"ok":false,"error_code":429,"parameters":{"retry_after":7}}"#)
    }
    #expect(limited == .rateLimited(retryAfter: .seconds(7)))
    let migrated = await outcome(kind) {
      $0.answer(400, #"{"ok":false,"error_code":400,"parameters":{"migrate_to_chat_id":-1007}}"#)
    }
    #expect(migrated == .migrated(to: ChatID(-1007)))
  }

  @Test(arguments: Kind.allCases)
  func onlyWhatWouldStandThereTwiceIsUnknown(kind: Kind) async {
    let outcome = await outcome(kind) { $0.fail(.timedOut, written: true) }
    switch kind {
    case .text, .rich, .copy, .album, .document, .newTopic:
      #expect(outcome == .unknown(reason: "timedOut "))
    case .topicName, .reaction, .pressAnswer: #expect(outcome == .notSent(reason: "timedOut "))
    }
  }

  @Test(arguments: [Kind.copy, .album, .document, .newTopic])
  func anAnswerWithoutIDIsUnknown(kind: Kind) async {
    let outcome = await outcome(kind) { $0.answer(#"{"ok":true,"result":true}"#) }
    #expect(outcome == .unknown(reason: "an answer without a message id"))
  }
}
