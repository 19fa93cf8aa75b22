import Conversation
import Gateways
import Storage
import Testing
import Turn

/// What operators see of a customer who asked to be forgotten, and of a topic that was made anew.
@Suite struct ForgettingTests {
  private static let anna = DeskScene.anna
  private static let person = DeskScene.person
  private static let forum = DeskScene.forum

  @Test func whatIsWrittenInTheTopicOfWhoWasForgottenIsNotLostUnseen() async throws {
    let scene = try await DeskScene([.person, .forum])
    try await scene.writes(Self.anna, "Where is my order?")
    try await scene.writes(Self.anna, nil, command: "operator")
    let topic = try #require(scene.shown(in: Self.forum).last?.topic)
    try await scene.says("/take 11111", in: Self.forum)
    let answer = try await scene.says("On its way", in: Self.forum, topic: topic)
    try await scene.writes(DeskScene.boris, "Hi")
    try await scene.says("/take 22222", in: Self.forum)
    try await scene.writes(Self.anna, nil, command: "forget", argument: "all")
    #expect(scene.said(in: Self.forum).last?.contains("erased their data") == true)
    let read = scene.said(in: Self.anna).count

    let lost = try await scene.says("Has it come?", in: Self.forum, topic: topic)
    let told = try #require(scene.shown(in: Self.forum).last)
    #expect(told.replyTo == lost.id && told.text.contains("leads to nobody"))
    try await scene.changes(answer, to: "It has come") { $0.topic = topic }
    #expect(scene.shown(in: Self.forum).last?.replyTo == answer.id)
    // An order given there is not for another customer.
    let order = try await scene.says("/close", in: Self.forum, topic: topic)
    #expect(scene.shown(in: Self.forum).last?.replyTo == order.id)
    #expect(try await scene.dialogue(DeskScene.boris)?.status == .operated)
    #expect(scene.said(in: Self.anna).count == read)

    // Who comes back gets a topic of their own.
    try await scene.writes(Self.anna, nil, command: "operator")
    let next = try #require(scene.shown(in: Self.forum).last?.topic)
    #expect(next != topic)
    try await scene.says("Hello", in: Self.forum, topic: next)
    #expect(scene.said(in: Self.anna).last == "Operator's answer: Hello")
  }

  @Test func operatorsAreToldOfWhoAskedInAnotherTopicToBeForgotten() async throws {
    let scene = try await DeskScene()
    try await scene.writes(Self.anna, "Where is my order?")
    try await scene.writes(Self.anna, nil, command: "operator")
    try await scene.says("11111: On its way", in: Self.person)
    try await scene.writes(
      Self.anna, nil, command: "forget", argument: "all", topic: TopicID(7))
    let words = "id 11111: The customer erased their data; the dialogue is the bot's again."
    #expect(scene.said(in: Self.person).last == words)
    #expect(scene.said(in: Self.person).count(where: { $0 == words }) == 1)
    #expect(try await scene.dialogue(Self.anna)?.status == .bot)
  }

  @Test func aTopicMadeAnewShowsHowTheDialogueStands() async throws {
    let scene = try await DeskScene([.forum])
    try await scene.writes(Self.anna, "Where is my order?")
    try await scene.writes(Self.anna, nil, command: "operator")
    let topic = try #require(scene.shown(in: Self.forum).last?.topic)
    try await scene.happens(.staffChatLost(Self.forum, topicOnly: true), to: Self.anna)
    #expect(scene.said(in: Self.forum).last?.hasPrefix("🙋 A person is wanted") == true)
    try await scene.says("Hello", in: Self.forum, topic: topic)
    try await scene.happens(.staffChatLost(Self.forum, topicOnly: true), to: Self.anna)
    let card = try #require(scene.shown(in: Self.forum).last)
    #expect(card.text.hasPrefix("🟢 In work: Petr"))
    #expect(card.buttons.map(\.label).suffix(2) == ["Return to bot", "Close"])
  }
}
