import Foundation
import Gateways
import Simulator
import Staging
import Testing

/// Every request that the program sends to Telegram, looked at by aiogram and by the facts of the
/// Bot API.
@Suite(.serialized) struct RequestTests {
  private static let block = [
    "paragraph", "heading", "pre", "divider", "mathematical_expression", "list", "blockquote",
    "table",
  ]

  @Test func conversationsAreHeldInTheWordsOfTheBotAPI() async throws {
    let recorder = CallRecorder()
    try await Stage.run(chunkDelay: .milliseconds(6), observer: { recorder.record($0, $1) }) {
      stage in
      try await holdConversations(on: stage)
      try await useWebhook(on: stage)
      try await check(
        recorder,
        has: [
          "getMe", "getUpdates", "setMyCommands", "sendMessage", "sendRichMessage",
          "sendMessageDraft", "sendRichMessageDraft", "sendChatAction", "setWebhook",
          "deleteWebhook", "getWebhookInfo",
        ], stage)
    }
  }

  @Test func answersOfEveryKindSatisfyTheBotAPI() async throws {
    let recorder = CallRecorder()
    try await Stage.run(observer: { recorder.record($0, $1) }) { stage in
      let model = try await Llmock.start(on: stage)
      let program = try await stage.start(model.environment)
      let texts = [Texts.everything] + Texts.troubles
      let people = texts.indices.map { stage.telegram.addPerson("P\($0)", language: "en") }
      for round in 1...2 {
        for text in texts { try await model.reply(text) }
        for person in people { try stage.telegram.post("Say it: \(round)", from: person) }
        for person in people {
          try await eventually("an answer", within: .seconds(20)) {
            stage.telegram.transcript(of: person)?.messages.last?.from.isBot == true
          }
        }
        // The same for a server that knows no rich messages: everything goes out as text.
        stage.telegram.inject(.init(.methodNotFound, method: "sendRichMessage", count: nil))
        stage.telegram.inject(.init(.methodNotFound, method: "sendRichMessageDraft", count: nil))
      }
      try await program.end(SIGTERM)
      let refused = stage.telegram.calls.filter { $0.status == 400 }
      #expect(refused.isEmpty, "\(refused.map { ($0.method, $0.description) })")
      try await check(
        recorder, has: ["sendMessage", "sendRichMessage"], blocks: Self.block, stage)
      try await model.end()
    }
  }

  /// What people do in private chats and groups while the program polls.
  private func holdConversations(on stage: Stage) async throws {
    let program = try await stage.start()
    let anna = stage.telegram.addPerson("Anna", lastName: "K", username: "anna", language: "en")
    try stage.telegram.post("/start", from: anna)
    _ = try await stage.waitForMessages(1, in: anna)
    try stage.telegram.post("Show everything", from: anna)
    _ = try await stage.waitForMessages(2, in: anna)
    let long = try stage.telegram.post("A long story", from: anna)
    try await eventually("a preview") {
      stage.telegram.transcript(of: anna)?.drafts.isEmpty == false
    }
    try stage.telegram.edit(long, in: anna, text: "A long, long story")
    let draft = try #require(stage.telegram.transcript(of: anna)?.drafts.first)
    try stage.telegram.stop(draft: draft.id, in: anna)
    _ = try await stage.waitForMessages(3, in: anna)
    for command in ["/help", "/whoami", "/forget", "/new", "/nonsense"] {
      try stage.telegram.post(command, from: anna)
    }
    for media in PersonMessage.Media.allCases {
      try stage.telegram.post(PersonMessage(media: media), from: anna, in: anna)
    }
    try stage.telegram.postAlbum("An album", count: 2, from: anna, in: anna)
    _ = try await stage.waitForMessages(10, in: anna)
    try await talkInGroups(anna, on: stage)
    stage.telegram.inject(
      .init(.refused, method: "sendMessage", description: "can't parse entities: bad"))
    stage.telegram.inject(.init(.flood, method: "sendMessage", seconds: 1))
    try stage.telegram.post("And now?", from: anna)
    try await eventually("the answer") {
      stage.said(in: anna).contains { $0.contains("And now?") }
    }
    #expect(try await program.end(SIGTERM) == 0)
  }

  private func talkInGroups(_ anna: Int64, on stage: Stage) async throws {
    let group = stage.telegram.addGroup("Club", members: [anna])
    let forum = stage.telegram.addGroup("Forum", members: [anna], isForum: true)
    let topic = try stage.telegram.addTopic("Tables", in: forum, by: anna)
    try stage.telegram.post(PersonMessage("@switchboard_bot hello"), from: anna, in: group)
    try stage.telegram.post(
      PersonMessage("@switchboard_bot a table, please", thread: topic), from: anna, in: forum)
    try stage.telegram.post(PersonMessage("@switchboard_bot here?"), from: anna, in: forum)
    _ = try await stage.waitForMessages(1, in: group)
    _ = try await stage.waitForMessages(2, in: forum)
    let supergroup = try stage.telegram.migrate(group)
    try stage.telegram.post(PersonMessage("@switchboard_bot again"), from: anna, in: supergroup)
    _ = try await stage.waitForMessages(1, in: supergroup)
    try stage.telegram.setBlocked(true, chat: supergroup, by: anna)
  }

  /// Updates by webhook, and the way back to polling.
  private func useWebhook(on stage: Stage) async throws {
    let port = try FreePort.find()
    let settings = [
      "BASE_WEBHOOK_URL": "http://127.0.0.1:\(port)", "WEB_SERVER_PORT": "\(port)",
    ]
    let program = try await stage.start(settings)
    let boris = stage.telegram.addPerson("Борис")
    try stage.telegram.post("Привет", from: boris)
    _ = try await stage.waitForMessages(1, in: boris)
    let check = try RunningProgram(
      ["check"], environment: stage.environment.merging(settings) { $1 },
      directory: stage.directory)
    #expect(try await check.waitForEnd() == 0, "\(check.log)")
    try await program.end(SIGTERM)
    let polling = try await stage.start()
    try stage.telegram.post("Ещё раз", from: boris)
    _ = try await stage.waitForMessages(2, in: boris)
    try await polling.end(SIGTERM)
  }

  private func check(
    _ recorder: CallRecorder, has methods: [String], blocks: [String] = [], _ stage: Stage
  ) async throws {
    let file = stage.directory.appending(path: "calls.jsonl")
    try recorder.write(to: file)
    let report = try await Python.run(
      "check_calls.py",
      [file.path(), methods.joined(separator: ","), blocks.joined(separator: ",")],
      in: stage.directory)
    print(report)
  }
}
