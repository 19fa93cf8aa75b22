import Conversation
import Gateways
import Intake
import Storage
import Testing

@Suite struct UpdateRoutingTests {
  private let now = Instant(seconds: 1_000)
  private let group = ChatID(-5)

  private func routing(
    _ memory: IntakePolicy.GroupMemory = .shared, admin: ChatID? = nil, readsAll: Bool = false
  ) -> UpdateRouting {
    UpdateRouting(
      identity: BotIdentity(id: BotID(1), username: "bot", readsAllGroupMessages: readsAll),
      policy: IntakePolicy(groupMemory: memory, administrator: admin))
  }

  private func message(
    chat: ChatID = ChatID(7), id: Int64 = 3, topic: TopicID? = nil,
    addressee: InboundMessage.Addressee = .bot, command: String? = nil, album: String? = nil,
    person: Int64 = 7, ephemeral: Int64? = nil
  ) -> InboundMessage {
    InboundMessage(
      chat: chat, isPrivate: chat.rawValue > 0, topic: topic, id: MessageID(id),
      ephemeralID: ephemeral,
      speaker: Speaker(id: PersonID(person), name: "A", language: .russian), date: now,
      text: "hi", command: command.map { .init(name: $0, argument: "") }, addressee: addressee,
      album: album)
  }

  private func routed(
    _ message: InboundMessage, _ memory: IntakePolicy.GroupMemory = .shared
  ) -> NewInboxEntry? {
    routing(memory).entry(for: InboundUpdate(id: 11, kind: .message(message)), now: now)
  }

  @Test func aPrivateMessageIsAdmittedUnderBothKeys() throws {
    let entry = try #require(routed(message()))
    #expect(entry.sourceKeys == ["1:u:11", "1:m:7:3"])
    #expect(entry.address == ConversationAddress(bot: BotID(1), chat: ChatID(7)))
    #expect(entry.askedAt == now)
    #expect(entry.notBefore == now)
  }

  @Test func anEphemeralMessageHasItsOwnKey() throws {
    let entry = try #require(routed(message(chat: group, id: 0, ephemeral: 44)))
    #expect(entry.sourceKeys.last == "1:m:-5:ephemeral:44")
  }

  @Test(arguments: [
    (InboundMessage.Addressee.bot, String?.none, true), (.nobody, nil, false),
    (.other, "start", false), (.nobody, "start", true), (.nobody, "unknown", false),
    (.nobody, "weather", false), (.bot, "weather", true),
  ])
  func inAGroupOnlyWhatIsForTheBotIsTaken(
    _ addressee: InboundMessage.Addressee, _ command: String?, _ taken: Bool
  ) {
    let entry = routed(message(chat: group, addressee: addressee, command: command))
    #expect((entry != nil) == taken)
  }

  @Test func topicsAndPersonsHaveConversationsOfTheirOwn() throws {
    let inTopic = message(chat: group, topic: TopicID(8), person: 9)
    #expect(
      try #require(routed(inTopic)).address
        == ConversationAddress(bot: BotID(1), chat: group, topic: TopicID(8)))
    #expect(
      try #require(routed(inTopic, .person)).address
        == ConversationAddress(
          bot: BotID(1), chat: group, topic: TopicID(8), person: PersonID(9)))
    #expect(try #require(routed(message(), .person)).address.person == nil)
  }

  @Test func partsOfAnAlbumWaitForEachOther() throws {
    let entry = try #require(routed(message(album: "a1")))
    #expect(entry.album == "a1")
    #expect(entry.notBefore == now + .seconds(1))
  }

  @Test func theSameEditTwiceHasTheSameKeyAndALaterOneAnother() throws {
    func key(_ update: Int64, _ editSeconds: Int64) throws -> String? {
      var edited = message()
      edited.editDate = Instant(seconds: editSeconds)
      let entry = routing().entry(
        for: InboundUpdate(id: update, kind: .editedMessage(edited)), now: now)
      return try #require(entry).sourceKeys.last
    }
    #expect(try key(11, 50) == key(12, 50))
    #expect(try key(11, 50) != key(12, 51))
  }

  @Test func theAdministratorIsToldOfAGroupThatIsNotHeard() throws {
    func entry(added: Bool, admin: ChatID?, readsAll: Bool) -> NewInboxEntry? {
      routing(admin: admin, readsAll: readsAll).entry(
        for: InboundUpdate(
          id: 1, kind: .membershipChanged(chat: group, isPrivate: false, reachable: added)),
        now: now)
    }
    let told = try #require(entry(added: true, admin: ChatID(99), readsAll: false))
    #expect(told.event == .announcement(.groupNotHeard(group)))
    #expect(told.address.chat == ChatID(99))
    #expect(entry(added: false, admin: ChatID(99), readsAll: false) == nil)
    #expect(entry(added: true, admin: nil, readsAll: false) == nil)
    #expect(entry(added: true, admin: ChatID(99), readsAll: true) == nil)
  }

  @Test func whatIsIgnoredIsNotStored() {
    #expect(
      routing().entry(for: InboundUpdate(id: 1, kind: .ignored(kind: "poll")), now: now) == nil)
  }

  @Test func anUnusableBodyKeepsItsText() {
    let entry = routing().entry(
      for: UnusableUpdate(id: 5, reason: "no object"), body: Array("[1]".utf8), now: now)
    #expect(entry.event == .unusable(body: "[1]", reason: "no object"))
    #expect(entry.sourceKeys == ["1:u:5"])
  }
}
