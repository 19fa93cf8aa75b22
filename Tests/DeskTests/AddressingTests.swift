import Conversation
import Gateways
import Testing

/// Which of several dialogues of one chat an operator means by the chat's id.
@Suite struct AddressingTests {
  private static let anna = DeskScene.anna
  private static let person = DeskScene.person
  private static let label = "Operator's answer: "

  /// Anna writes in a topic of her chat, or calls an operator there.
  private func writes(
    _ scene: DeskScene, _ text: String?, topic: Int64, command: String? = nil
  ) async throws {
    var message = scene.message(in: Self.anna, by: DeskScene.speaker(11_111, "Anna"), text)
    message.topic = TopicID(topic)
    message.command = command.map { .init(name: $0, argument: "") }
    try await scene.give([.message(message)])
  }

  /// The topics in which Anna read operators.
  private func topics(_ scene: DeskScene) -> [TopicID?] {
    scene.shown(in: Self.anna).filter { $0.text.hasPrefix(Self.label) }.map(\.topic)
  }

  @Test func anAnswerGoesToTheDialogueThatWaits() async throws {
    let scene = try await DeskScene()
    try await writes(scene, nil, topic: 7, command: "operator")
    try await writes(scene, "Hi, bot", topic: 8)
    try await scene.writes(Self.anna, "Hi again, bot")
    try await scene.says("11111: Hello", in: Self.person)
    #expect(topics(scene) == [TopicID(7)])
    try await scene.says("11111: Still there?", in: Self.person)
    #expect(topics(scene) == [TopicID(7), TopicID(7)])
    try await scene.says("/return 11111", in: Self.person)
    #expect(try await scene.dialogue(Self.anna)?.status == .bot)
  }

  @Test func anAnswerToOneOfTwoThatWaitReachesNobody() async throws {
    let scene = try await DeskScene()
    try await writes(scene, nil, topic: 7, command: "operator")
    let card = try #require(scene.shown(in: Self.person).last)
    try await writes(scene, nil, topic: 8, command: "operator")
    for words in ["11111: secret", "/take 11111", "/ban 11111", "/canned add hi Hello"] {
      let message = try await scene.says(words, in: Self.person)
      let told = try #require(scene.shown(in: Self.person).last { $0.replyTo == message.id })
      #expect(told.text.contains("Several dialogues of chat 11111") == words.contains("11111"))
    }
    _ = try await scene.says("/canned hi 11111", in: Self.person)
    #expect(scene.said(in: Self.person).last?.contains("Several dialogues") == true)
    #expect(topics(scene).isEmpty)
    // A reply tells which one, be the id written or not.
    try await scene.says("11111: Hello", in: Self.person, repliesTo: card.id)
    #expect(topics(scene) == [TopicID(7)])
    // One is held and one waits: it is still not known which one is meant.
    try await scene.says("11111: Hello?", in: Self.person)
    #expect(topics(scene) == [TopicID(7)])
  }
}
