import Conversation
import Delivery
import Gateways
import Storage
import Testing

@Suite struct DeliveryPolicyTests {
  private let policy = DeliveryPolicy(
    attempts: 3, firstPause: .seconds(1), longestPause: .seconds(60), repeatPause: .seconds(1))
  private let now = Instant(seconds: 1_000)
  private let flat = [FormattedText("one"), FormattedText("two")]

  private func decide(
    _ outcome: SendOutcome, content: MessageContent = .text(FormattedText("hi")),
    failures: Int = 0, unknowns: Int = 0
  ) -> DeliveryPolicy.Decision {
    policy.decide(
      outcome, for: work(content, failures: failures, unknowns: unknowns), flatten: { _ in flat },
      now: now)
  }

  private func work(
    _ content: MessageContent = .text(FormattedText("hi")), failures: Int = 0, unknowns: Int = 0
  ) -> SendWork {
    SendWork(
      id: OutboxID(1), address: ConversationAddress(bot: BotID(1), chat: ChatID(2)),
      message: OutboxMessage(parts: [content]), part: 0, failures: failures, unknowns: unknowns,
      interrupted: false)
  }

  @Test func aSentPartIsMarkedAsRepeatedAfterAnUnknownTry() {
    #expect(decide(.sent(MessageID(9))) == .settle(.sent(MessageID(9), repeated: false)))
    #expect(
      decide(.sent(MessageID(9)), unknowns: 1) == .settle(.sent(MessageID(9), repeated: true)))
  }

  @Test func waitingForTelegramIsNoFailure() {
    #expect(
      decide(.rateLimited(retryAfter: .seconds(37)))
        == .settle(.retry(at: now + .seconds(37), counted: false)))
    #expect(
      decide(.unauthorized) == .settle(.retry(at: now + .seconds(60), counted: false)))
  }

  @Test(arguments: [(0, 1), (1, 2)])
  func failuresAreTriedAgainEverLater(_ failures: Int, _ seconds: Int) {
    #expect(
      decide(.notSent(reason: "x"), failures: failures)
        == .settle(.retry(at: now + .seconds(seconds), counted: true)))
  }

  @Test func afterTheLastTryItIsUndeliverable() {
    #expect(
      decide(.notSent(reason: "x"), failures: 2)
        == .settle(.undelivered(reason: "x", unreachable: false)))
  }

  @Test func aTopicWhoseMakingStaysUnknownDoesNotTakeTheMessageWithIt() {
    let topic = MessageContent.newTopic(name: "Anna")
    #expect(
      decide(.unknown(reason: "x"), content: topic)
        == .settle(.repeatAgain(at: now + .seconds(1))))
    #expect(decide(.unknown(reason: "x"), content: topic, unknowns: 1) == .settle(.withoutTopic))
    #expect(
      policy.decideInterrupted(work(topic, unknowns: 1), now: now) == SendSettlement.withoutTopic)
  }

  @Test func anUnknownOutcomeIsRepeatedOnce() {
    #expect(decide(.unknown(reason: "x")) == .settle(.repeatAgain(at: now + .seconds(1))))
    #expect(
      decide(.unknown(reason: "x"), unknowns: 1)
        == .settle(.undelivered(reason: "x", unreachable: false)))
  }

  @Test func aTryCutOffByTheEndOfTheProcessCountsAsUnknown() {
    #expect(policy.decideInterrupted(work(), now: now) == .repeatAgain(at: now + .seconds(1)))
    guard case .undelivered = policy.decideInterrupted(work(unknowns: 1), now: now) else {
      Issue.record("a second unknown outcome must not be repeated")
      return
    }
  }

  @Test func refusedContentGoesOutInASimplerForm() {
    let rich = MessageContent.rich(Document([.divider]))
    let styled = MessageContent.text(
      FormattedText("hi", entities: [.init(.bold, offset: 0, length: 2)]))
    #expect(
      decide(.contentRefused(reason: "x"), content: rich)
        == .settle(.replacePart(flat.map(MessageContent.text))))
    #expect(
      decide(.richUnsupported, content: rich)
        == .settle(.replacePart(flat.map(MessageContent.text))))
    #expect(
      decide(.contentRefused(reason: "x"), content: styled)
        == .settle(.replacePart([.text(FormattedText("hi"))])))
    #expect(
      decide(.contentRefused(reason: "x"))
        == .settle(.undelivered(reason: "x", unreachable: false)))
  }

  @Test func anUnreachableChatIsToldToItsDialogueAndARefusedTargetIsNot() {
    #expect(
      decide(.unreachable(reason: "x")) == .settle(.undelivered(reason: "x", unreachable: true)))
    #expect(
      decide(.targetRefused(reason: "x"))
        == .settle(.undelivered(reason: "x", unreachable: false)))
  }

  /// What becomes of a customer's words on their way to operators.
  private func decideForStaff(
    _ outcome: SendOutcome, _ content: MessageContent = .text(FormattedText("hi")),
    failures: Int = 0, unknowns: Int = 0, relay: Relay? = .toStaff([MessageID(5)])
  ) -> DeliveryPolicy.Decision {
    var work = work(content, failures: failures, unknowns: unknowns)
    work.message.staff = StaffDestination(chat: ChatID(2))
    work.message.relay = relay
    return policy.decide(outcome, for: work, flatten: { _ in flat }, now: now)
  }

  @Test func aStaffChatThatRefusesACustomersWordsIsLostToTheDialogue() {
    #expect(
      decideForStaff(.targetRefused(reason: "chat not found"))
        == .settle(.undelivered(reason: "chat not found", unreachable: true)))
    #expect(
      decideForStaff(.notSent(reason: "x"), failures: 2)
        == .settle(.undelivered(reason: "x", unreachable: true)))
    // What answers an operator is not the dialogue's.
    #expect(
      decideForStaff(.targetRefused(reason: "x"), relay: nil)
        == .settle(.undelivered(reason: "x", unreachable: false)))
  }

  @Test func aForumWithoutTopicsIsToldToTheDialogue() {
    #expect(
      decideForStaff(.topicsRefused(reason: "x"), .newTopic(name: "Anna"))
        == .settle(.topicsRefused))
  }

  @Test func aFileThatAStaffChatDoesNotAllowIsTold() {
    let copy = MessageCopy(
      from: ChatID(1), messages: [MessageID(5)], fallback: FormattedText("Anna: a sticker"))
    #expect(
      decideForStaff(.targetRefused(reason: "not enough rights to send stickers"), .copy(copy))
        == .settle(.replacePart([.text(FormattedText("Anna: a sticker"))])))
  }

  @Test(arguments: [(0, 1), (1, 2), (2, 4), (3, 8), (11, 60)])
  func whatIsForOperatorsIsSentAgainUntilItIsKnownToArrive(_ unknowns: Int, _ seconds: Int) {
    #expect(
      decideForStaff(.unknown(reason: "x"), unknowns: unknowns)
        == .settle(.repeatAgain(at: now + .seconds(seconds))))
    #expect(
      decideForStaff(.unknown(reason: "x"), unknowns: 12)
        == .settle(.undelivered(reason: "x", unreachable: false)))
  }

  @Test func aMessageThatCannotBeEditedIsSentAnew() {
    #expect(decide(.editRefused(reason: "x")) == .settle(.sendAnew))
  }

  @Test func aMigrationIsFollowed() {
    #expect(decide(.migrated(to: ChatID(-100))) == .migrate(to: ChatID(-100)))
  }
}
