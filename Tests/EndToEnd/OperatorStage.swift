import Foundation
import Gateways
import HTTPClient
import Simulator
import Staging
import Testing

/// What tests of operators look at.
extension Stage {
  /// A group of operators in which the bot is an administrator, as is the first of them.
  func staffGroup(_ operators: [Int64], isForum: Bool = false) -> Int64 {
    telegram.addGroup(
      "Операторы", members: operators, isForum: isForum, admins: Array(operators.prefix(1)),
      bot: .administrator)
  }

  /// The newest message of the bot in a chat, or in a topic of it, that holds some words; waits for
  /// it.
  func message(
    with words: String, in chat: Int64, topic: Int64? = nil
  ) async throws -> Transcript.Message {
    func found() -> Transcript.Message? {
      telegram.transcript(of: chat)?.messages.last {
        $0.from.isBot && !$0.isDeleted && $0.shown.contains(words)
          && (topic == nil || $0.thread == topic)
      }
    }
    try await eventually("“\(words)” in chat \(chat); there is \(said(in: chat))") {
      found() != nil
    }
    return try #require(found())
  }

  /// Presses the button with a label under the newest message of the bot that has one; waits for it.
  func press(_ label: String, in chat: Int64, by people: Int64...) async throws {
    func found() -> (message: Int64, data: String)? {
      for message in (telegram.transcript(of: chat)?.messages ?? []).reversed()
      where !message.isDeleted {
        for button in (message.buttons ?? []).joined() {
          if let data = button.button(labelled: label) { return (message.id, data) }
        }
      }
      return nil
    }
    try await eventually("a button “\(label)” in chat \(chat)") { found() != nil }
    let target = try #require(found())
    try telegram.press(target.data, on: target.message, in: chat, by: people)
  }

  /// The topic of a staff forum whose name holds some words; waits for it.
  func topic(_ words: String, in chat: Int64) async throws -> Int64 {
    func found() -> Transcript.Topic? {
      telegram.transcript(of: chat)?.topics.last { $0.name.contains(words) }
    }
    try await eventually(
      "a topic “\(words)”; there are \(telegram.transcript(of: chat)?.topics.map(\.name) ?? [])"
    ) { found() != nil }
    return try #require(found()?.id)
  }

  /// What the bot has written in a topic.
  func said(in chat: Int64, topic: Int64) -> [String] {
    (telegram.transcript(of: chat)?.messages ?? [])
      .filter { $0.from.isBot && $0.thread == topic }.map(\.shown)
  }
}

extension Transcript.Message {
  /// Its words, formatted or not.
  var shown: String { text ?? blocks.map { "\($0)" } ?? media ?? "" }
}

extension JSONValue {
  fileprivate func button(labelled label: String) -> String? {
    guard case .object(let fields) = self, case .string(let text)? = fields["text"],
      text.contains(label), case .string(let data)? = fields["callback_data"]
    else { return nil }
    return data
  }
}

extension Stage {
  /// What the HTTP API answered.
  struct Answer {
    var status: Int
    var json: [String: Any]
  }

  /// Asks the HTTP API of a running program.
  func api(
    _ program: RunningProgram, _ method: String, _ path: String, body: String? = nil,
    token: String = "0123456789abcdef0123456789"
  ) async throws -> Answer {
    let response = try await client.transport.send(
      HTTPRequest(
        method: method, url: "http://127.0.0.1:\(try program.port)/api/v1\(path)",
        headers: [
          HTTPHeader("Authorization", "Bearer \(token)"),
          HTTPHeader("Content-Type", "application/json"),
        ],
        body: body.map { .bytes(Array($0.utf8)) } ?? .none, timeout: .seconds(10)))
    let json = try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
    return Answer(status: response.status, json: json ?? [:])
  }
}
