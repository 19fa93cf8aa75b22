import Conversation
import Gateways
import Platform
import TelegramAPI
import Testing

/// How many messages groups get.
@Suite struct GroupPaceTests {
  private let staff = ChatID(-100)
  private let otherStaff = ChatID(-200)
  private let ann = ChatID(5)

  private func seconds(_ value: Double) -> Duration { .milliseconds(Int64(value * 1000)) }

  /// When each of so many messages goes out, if all are there at once, each asks as soon as it was
  /// told to, and `between` runs before each.
  private func times(
    _ messages: Int, to chat: ChatID, each parts: Int = 1, patience: Duration = .seconds(1),
    from start: Duration = .zero, with pacer: inout Pacer
  ) -> [Duration] {
    var times: [Duration] = []
    var now = start
    while times.count < messages * parts {
      switch pacer.admit(chat, messages: parts, patience: patience, at: now) {
      case .go(let wait): times += repeatElement(now + wait, count: parts)
      case .chatLimited(let wait), .crowded(let wait): now += wait
      }
    }
    return times
  }

  private func most(of times: [Duration], within span: Duration) -> Int {
    times.map { first in times.filter { $0 >= first && $0 < first + span }.count }.max() ?? 0
  }

  @Test(arguments: [Duration.zero, .seconds(1), .seconds(90)])
  func atMostTwentyInAnyMinuteAndAsManyAsThat(patience: Duration) {
    var pacer = Pacer(ceiling: nil)
    let times = times(200, to: staff, patience: patience, with: &pacer)
    #expect(most(of: times, within: .seconds(60)) == 20)
    #expect(most(of: times, within: .seconds(5)) == 5)
    // Five at once, and 20 in every minute from then on: the 200th in the tenth.
    #expect(times[4] == .zero)
    #expect(times[199] == .seconds(9 * 60 + 15))
  }

  @Test func aQuietGroupNeverWaits() {
    var pacer = Pacer(ceiling: nil)
    for index in 0..<500 {
      #expect(
        pacer.admit(staff, messages: 1, patience: .zero, at: seconds(3 * Double(index)))
          == .go(after: .zero))
    }
  }

  @Test func eachGroupHasItsOwn() {
    var pacer = Pacer(ceiling: nil)
    let first = times(40, to: staff, with: &pacer)
    let second = times(40, to: otherStaff, with: &pacer)
    #expect(first == second)
    #expect(first.last == .seconds(75))
  }

  @Test func privateChatsAndWhatIsNoMessageAreNotCounted() {
    var pacer = Pacer(ceiling: nil)
    for _ in 0..<100 {
      #expect(pacer.admit(ann, messages: 1, patience: .zero, at: .zero) == .go(after: .zero))
      #expect(pacer.admit(staff, patience: .zero, at: .zero) == .go(after: .zero))
    }
    #expect(pacer.admit(staff, messages: 1, patience: .zero, at: .zero) == .go(after: .zero))
  }

  @Test func aMessageThatIsTurnedAwayTakesNoPlace() {
    var pacer = Pacer(ceiling: nil)
    _ = times(20, to: staff, with: &pacer)
    for _ in 0..<100 {
      #expect(
        pacer.admit(staff, messages: 1, patience: seconds(1), at: seconds(20))
          == .chatLimited(seconds(40)))
    }
    #expect(
      pacer.admit(staff, messages: 1, patience: seconds(1), at: seconds(60)) == .go(after: .zero))
  }

  @Test func anAlbumCountsEachPart() {
    var pacer = Pacer(ceiling: nil)
    let albums = times(6, to: staff, each: 10, with: &pacer)
    #expect(most(of: albums, within: .seconds(60)) == 20)
    #expect(albums[10] == .seconds(5) && albums[20] == .seconds(60))
    // More than a minute allows goes when the minute before is empty, instead of never.
    #expect(
      pacer.admit(staff, messages: 30, patience: .zero, at: seconds(130))
        == .chatLimited(seconds(55)))
    #expect(
      pacer.admit(staff, messages: 30, patience: .zero, at: seconds(185)) == .go(after: .zero))
    #expect(
      pacer.admit(staff, messages: 1, patience: .zero, at: seconds(186))
        == .chatLimited(seconds(59)))
  }

  @Test func aLimitDelaysOnlyItsGroup() {
    var pacer = Pacer(ceiling: nil)
    _ = times(3, to: staff, with: &pacer)
    pacer.limited(staff, retryAfter: seconds(40), at: seconds(1))
    #expect(
      pacer.admit(staff, messages: 1, patience: seconds(1), at: seconds(1))
        == .chatLimited(seconds(40)))
    for chat in [otherStaff, ann] {
      #expect(
        pacer.admit(chat, messages: 1, patience: .zero, at: seconds(1)) == .go(after: .zero))
    }
    #expect(pacer.currentPace(at: seconds(1)) == nil)
    let after = times(5, to: staff, from: seconds(41), with: &pacer)
    #expect(after == Array(repeating: seconds(41), count: 5))
  }

  @Test func memoryIsBounded() {
    var pacer = Pacer(ceiling: nil)
    for chat in 1...20_000 {
      let now = seconds(Double(chat) / 1000)
      #expect(
        pacer.admit(ChatID(-Int64(chat)), messages: 1, patience: .zero, at: now)
          == .go(after: .zero))
    }
    #expect(pacer.remembered <= 4096)
    // The last ones are still known.
    for _ in 0..<4 {
      _ = pacer.admit(ChatID(-20_000), messages: 1, patience: .zero, at: seconds(20))
    }
    #expect(
      pacer.admit(ChatID(-20_000), messages: 1, patience: .zero, at: seconds(20))
        == .chatLimited(seconds(5)))
  }
}

/// The same, through the messenger and with its clock.
@Suite struct GroupSendingTests {
  private let telegram = ScriptedTelegram()

  private func message(_ content: MessageContent, chat: Int64 = -100) -> OutboundMessage {
    OutboundMessage(
      chat: ChatID(chat), topic: nil, content: content, replyTo: nil, keyboard: nil)
  }

  private static func copy(_ count: Int64) -> MessageContent {
    .copy(
      MessageCopy(
        from: ChatID(5), messages: (1...count).map(MessageID.init), fallback: FormattedText("f")))
  }

  private static let text = MessageContent.text(FormattedText("a"))

  @Test(arguments: [
    (text, 1), (.rich(Document([.divider])), 1), (copy(1), 1), (copy(3), 3),
    (.document(name: "a.txt", text: "a", caption: ""), 1), (.newTopic(name: "a"), 1),
  ])
  func countsWhatStandsThereAfterwards(content: MessageContent, messages: Int) async {
    let messenger = telegram.api().messenger
    _ = await messenger.send(message(content))
    for _ in 0..<(5 - messages) { _ = await messenger.send(message(Self.text)) }
    let sent = telegram.calls.count
    let limited = SendOutcome.rateLimited(retryAfter: .seconds(5))
    #expect(await messenger.send(message(content)) == limited)
    #expect(await messenger.send(message(Self.text)) == limited)
    #expect(telegram.calls.count == sent && sent == 6 - messages)
    #expect(telegram.slept.isEmpty)
    // Others do not wait.
    telegram.answer(#"{"ok":true,"result":{"message_id":1}}"#)
    #expect(await messenger.send(message(Self.text, chat: -200)) == .sent(MessageID(1)))
    telegram.pass(.milliseconds(4_500))
    telegram.answer(#"{"ok":true,"result":{"message_id":2}}"#)
    #expect(await messenger.send(message(Self.text)) == .sent(MessageID(2)))
    #expect(telegram.slept == [.milliseconds(500)])
  }

  @Test func pressesReactionsEditsAndTypingNeedNoPlace() async {
    let messenger = telegram.api().messenger
    for _ in 0..<5 { _ = await messenger.send(message(Self.text)) }
    var edit = message(Self.text)
    edit.edits = MessageID(7)
    #expect(await messenger.send(edit) == .sent(MessageID(7)))
    await messenger.showTyping(ChatID(-100), nil)
    let sent = telegram.calls.count
    #expect(sent == 7)
    telegram.answer(429, #"{"ok":false,"error_code":429,"parameters":{"retry_after":9}}"#)
    #expect(await messenger.send(edit) == .rateLimited(retryAfter: .seconds(9)))
    #expect(
      await messenger.send(message(.pressAnswer(id: "1", text: nil))) == .sent(MessageID(0)))
    #expect(
      await messenger.send(message(.reaction(MessageID(7), emoji: "👍"))) == .sent(MessageID(0)))
    #expect(telegram.calls.count == sent + 3)
  }
}
