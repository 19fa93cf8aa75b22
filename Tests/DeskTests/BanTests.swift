import Conversation
import Gateways
import Storage
import StorageSQLite
import Testing

/// For whom a ban holds.
@Suite struct BanTests {
  private static let anna = DeskScene.anna
  private static let person = DeskScene.person

  /// Anna writes in a topic of her private chat; what she was told there.
  private func said(_ text: String, in topic: Int64, _ scene: DeskScene) async throws -> [String] {
    var message = scene.message(in: Self.anna, by: DeskScene.speaker(11_111, "Anna"), text)
    message.topic = TopicID(topic)
    try await scene.give([.message(message)])
    return scene.shown(in: Self.anna).filter { $0.topic == TopicID(topic) }.map(\.text)
  }

  @Test func aBanHoldsInEveryTopicOfAPrivateChat() async throws {
    let scene = try await DeskScene()
    let banned = "An operator has stopped this conversation."
    try await scene.writes(Self.anna, "Hi")
    _ = try await said("Hi again", in: 7, scene)
    try await scene.says("/ban 11111", in: Self.person)
    try await expectEqual(said("You!", in: 7, scene), [banned])
    try await expectEqual(said("And here?", in: 8, scene), [banned])
    try await scene.says("/unban 11111", in: Self.person)
    for topic: Int64 in [7, 8] {
      try await expectEqual(said("Sorry", in: topic, scene), [banned])
      let address = ConversationAddress(
        bot: BotID(1), chat: Self.anna, topic: TopicID(topic))
      let dialogue = try await scene.store.load(address).dialogue
      #expect(dialogue.desk?.isBanned == false)
      #expect(dialogue.state != .bot(awaiting: nil), "it is answered")
    }
  }

  @Test func nobodyIsBannedForAWholeGroup() async throws {
    let scene = try await DeskScene()
    let club = ChatID(-33_333)
    try await scene.give([
      .message(scene.message(in: club, by: DeskScene.speaker(11_111, "Anna"), "Hi all"))
    ])
    try await scene.says("/ban -33333", in: Self.person)
    #expect(scene.said(in: Self.person).last?.contains("shared by a group") == true)
    #expect(try await scene.dialogue(club)?.desk?.isBanned != true)
  }

  private func expectEqual(
    _ value: [String], _ expected: [String], at location: SourceLocation = #_sourceLocation
  ) {
    #expect(value == expected, sourceLocation: location)
  }
}
